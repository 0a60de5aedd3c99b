"""Tables of office holders: what one may ask them, and what a user's own table must be."""

from difflib import SequenceMatcher
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleantext import Cleaner
from cleantext.article import Article
from cleantext.checks.attribution.context import AttributionContext, Day
from cleantext.checks.attribution.offices import (
    COLUMNS,
    OfficeTableError,
    Term,
    is_given,
    looked_up_to,
    offices,
    read_rows,
    surname_key,
)
from cleantext.checks.attribution.reasons import tenure, written_day
from cleantext.checks.attribution.shared_offices import standing
from cleantext.configuration import Attribution, Configuration
from cleantext.document import Document

HEAD = ",".join(COLUMNS)


def write(path: Path, *rows: str, head: str = HEAD) -> Path:
    path.write_text("\n".join([head, *rows]) + "\n", "utf-8")
    return path


def test_a_full_name_finds_the_terms_of_one_person_only():
    assert {term.family for term in offices().person("Jacques Chirac")} == {"Chirac"}
    assert "us-president" not in {term.office for term in offices().person("Hillary Clinton")}
    assert "us-president" in {term.office for term in offices().person("Bill Clinton")}


@pytest.mark.parametrize("name", ["François Hollande", "Francois Hollande", "F. Hollande"])
def test_accents_and_initials_do_not_matter(name):
    assert "fr-president" in {term.office for term in offices().person(name)}


@pytest.mark.parametrize("surname", ["Schröder", "Schroeder", "Schroder", "schröder"])
def test_transliterations_find_the_same_terms(surname):
    assert "de-chancellor" in {term.office for term in offices().bearers(surname)}


def test_terms_that_do_not_follow_each_other_stay_apart():
    putin = [term for term in offices().person("Vladimir Putin") if term.office == "ru-president"]
    assert len(putin) == 2
    assert not any(term.holds("2010-06-01", "2010-06-01") for term in putin)
    assert any(term.holds("2013", "2013") for term in putin)


def test_dates_of_less_precision_leave_room():
    chirac = next(term for term in offices().person("Jacques Chirac") if term.office == "fr-president")
    assert chirac.holds("2007-05", "2007-05")
    assert chirac.holds("2007", "2007")
    assert not chirac.over("2007-05-16")
    assert chirac.over("2007-05-17")


def test_a_users_table_is_read_after_the_shipped_one(tmp_path):
    table = write(
        tmp_path / "clubs.csv",
        "x-rowing,,president of the rowing club,p1,Jana,Olbrich,,2001,2010-03,,,own",
        "x-rowing,,president of the rowing club,p2,Mira,Santner,,2010-03,,,,own",
    )
    text = (
        "Mira Santner, president of the rowing club, opened the season on Sunday. Four hundred rowers came.\n\n"
        "“The new boats are here,” Mr Olbrich said. “They are fast.”\n\nSantner said the club had grown.\n"
    )
    with_table = Cleaner(
        Configuration(attribution=Attribution(offices=(str(table),))), select=["attribution"]
    )
    finding = with_table.check(text, date="2015-05-03").findings[0]
    assert (finding.rule, finding.fixes[0].edits[0].replacement) == ("AT002", "Santner")
    assert "until March 2010" in finding.message
    without = Cleaner(select=["AT002"], min_confidence=0.0)
    assert not without.check(text, date="2015-05-03").findings


def test_columns_may_stand_in_any_order_and_optional_ones_be_left_out(tmp_path):
    table = write(tmp_path / "a.csv", "Olbrich,x,2001,Rower", head="family,office_id,start,titles")
    (row,) = read_rows(table)
    assert dict(zip(COLUMNS, row, strict=True))["titles"] == "rower"


@pytest.mark.parametrize(
    ("row", "head", "said"),
    [
        ("x,,t,p,A,B,,2001-13,,,,", HEAD, "a.csv:2: start is '2001-13'. Write a date as YYYY"),
        ("x,,t,p,A,B,,2001,2000-05,,,", HEAD, "a.csv:2: the term ends (2000-05) before it starts (2001)"),
        ("x,,t,p,A,,,2001,,,,", HEAD, "a.csv:2: family is empty"),
        ("x,,t,p,A,B", HEAD, "a.csv:2: has 6 fields where the head has 12"),
        ("x", "office_id,colour", "a.csv:1: has no column 'titles'"),
        ("x,t,B,2001,red", "office_id,titles,family,start,colour", "a.csv:1: has an unknown column 'colour'"),
    ],
)
def test_a_broken_table_says_where_and_what_to_write(tmp_path, row, head, said):
    with pytest.raises(OfficeTableError) as error:
        list(read_rows(write(tmp_path / "a.csv", row, head=head)))
    assert said in str(error.value)


def test_a_table_that_is_not_there_or_not_utf8_says_so(tmp_path):
    with pytest.raises(OfficeTableError, match="cannot be read"):
        list(read_rows(tmp_path / "none.csv"))
    (tmp_path / "latin.csv").write_bytes("Schröder".encode("latin-1"))
    with pytest.raises(OfficeTableError, match="is not UTF-8"):
        list(read_rows(tmp_path / "latin.csv"))


def test_terms_by_surname_and_given_name_are_those_that_each_term_by_itself_says():
    table = offices()
    for name in ("Smith", "Bush", "Müller", "Kim", "Nobody"):
        terms = table.bearers(name)
        for first in {"", "J.", "George", "Georg", "Geo", "Jon", "Xaver", *(term.given for term in terms)}:
            assert table.borne(name, first) == tuple(term for term in terms if is_given(term, first))


@given(
    st.text("abcdé", min_size=1, max_size=14).map(str.capitalize),
    st.text("abcdé", min_size=1, max_size=14).map(str.capitalize),
)
def test_given_names_alike_by_eight_letters_of_ten_are_one_name(one, other):
    term = Term("office", "", ("title",), "p", one, "Berg", (), "2001", "", False, "")
    known, wanted = surname_key(one), surname_key(other)
    alike = len(known) > 3 and len(wanted) > 3 and SequenceMatcher(None, known, wanted).ratio() >= 0.8
    begins = len(known) > 3 and len(wanted) > 3 and (known.startswith(wanted) or wanted.startswith(known))
    expected = known == wanted or (known[0] == wanted[0] and (len(wanted) == 1 or begins or alike))
    assert is_given(term, other) == expected


def test_an_open_term_is_known_up_to_the_day_of_the_table_and_a_users_own_goes_on(tmp_path):
    own = write(
        tmp_path / "clubs.csv", "x-rowing,,president of the rowing club,p1,Jana,Olbrichová,,2001,,,,own"
    )
    table = offices((str(own),))
    (macron,) = [term for term in table.person("Emmanuel Macron") if term.office == "fr-president"]
    assert macron.seen == looked_up_to()
    assert macron.holds("2024-05-01", "2024-05-01")
    assert not macron.holds("2031-05-01", "2031-05-01")
    (olbrich,) = table.bearers("Olbrichová")
    assert olbrich.seen == ""
    assert olbrich.holds("2031-05-01", "2031-05-01")


def test_of_an_open_term_no_more_is_said_than_is_known(tmp_path):
    own = write(
        tmp_path / "clubs.csv", "x-rowing,,president of the rowing club,p1,Jana,Olbrichová,,2001,,,,own"
    )
    table = offices((str(own),))
    (macron,) = [term for term in table.person("Emmanuel Macron") if term.office == "fr-president"]
    (olbrich,) = table.bearers("Olbrichová")
    who = "Emmanuel Macron was President of France from 14 May 2017"
    assert tenure(macron, over=False) == f"{who} at least until {written_day(looked_up_to())}"
    assert tenure(macron._replace(seen=macron.start), over=False) == f"{who} on"
    assert tenure(macron._replace(end="2017", seen=""), over=False) == f"{who} to 2017"
    assert tenure(olbrich, over=False) == "Jana Olbrichová has been President of the Rowing Club since 2001"


def test_after_the_day_of_the_table_a_speaker_has_the_benefit_of_the_doubt():
    (macron,) = [term for term in offices().person("Emmanuel Macron") if term.office == "fr-president"]
    later = Day("2031-05-01", "2031-05-01", given=True)
    assert standing(macron, later) == "unknown"
    assert standing(macron, later, unknown="in") == "in"
    text = (
        "François Hollande and Nicolas Sarkozy opened the exhibition in Lyon on Monday. Hollande said it had taken long."
        "\n\n“I was shown around twice,” Macron said.\n\nSarkozy said that the light was good."
    )
    for day in ("2024-05-01", "2031-05-01"):
        assert not Cleaner(select=["attribution"]).check(text, date=day).findings


def test_a_title_that_several_clubs_share_tells_no_day():
    text = (
        "Liverpool boss Rafael Benitez has insisted that Steven Gerrard has promised him to stay. Gerrard nodded.\n\n"
        "Benitez said that he would wait."
    )
    scene = AttributionContext(Document(Article(text=text)), offices())
    assert scene.day == Day("2004-06", "2010-06", given=False)
