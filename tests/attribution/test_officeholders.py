"""The table of office holders is true to itself; it is checked against other sources in benchmarks/."""

import importlib
import sys
import tomllib
from datetime import date
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).parents[2]
TABLE = ROOT / "rules" / "attribution"


@pytest.fixture(scope="module")
def verify() -> ModuleType:
    sys.path.insert(0, str(ROOT))
    try:
        return importlib.import_module("benchmarks.officeholders.verify")
    finally:
        sys.path.remove(str(ROOT))


@pytest.fixture(scope="module")
def table(verify):
    return verify.read_table(TABLE / "officeholders.csv")


@pytest.fixture(scope="module")
def exceptions():
    return tomllib.loads((TABLE / "offices.toml").read_text("utf-8"))


def holder(terms, office, day):
    return [
        term.person
        for term in terms
        if term.office == office and term.starts()[1] <= day and term.ends()[0] > day and not term.acting
    ]


def test_every_row_has_its_columns_and_dates(table):
    terms, faults = table
    assert faults == []
    assert len(terms) >= 1500


def test_no_seat_has_two_holders_and_no_dead_one(verify, table, exceptions):
    assert list(verify.table_faults(table[0], exceptions)) == []


def test_at_least_eighty_countries_have_their_leaders(verify, table):
    countries = {term.country for term in table[0] if verify.is_leading(term)}
    assert len(countries) >= 80


def test_exceptions_name_offices_of_the_table(table, exceptions):
    offices = {term.office for term in table[0]}
    named = {entry.split()[0] for kind in exceptions.values() for entry in kind}
    assert named <= offices


def test_the_notes_are_keyed_by_state_leader_and_start():
    meta = tomllib.loads((TABLE / "meta.toml").read_text("utf-8"))
    assert date.fromisoformat(meta["as_of"]) >= date(2024, 12, 31)
    for key in meta["notes"]:
        state, *leader, start = key.split()
        assert len(state) == 3
        assert leader
        assert date.fromisoformat(start) <= date(2021, 3, 31)


@pytest.mark.parametrize(
    ("office", "day", "person"),
    [
        ("fr-president", date(2015, 11, 24), "francois-hollande"),
        ("ru-president", date(2010, 1, 1), "dmitry-medvedev"),
        ("de-chancellor", date(1990, 10, 3), "helmut-kohl"),
        ("un-secgen", date(2003, 3, 20), "kofi-annan"),
        ("uk-pm", date(2005, 1, 1), "tony-blair"),
        ("us-president", date(2016, 6, 1), "barack-obama"),
    ],
)
def test_the_holder_of_a_day(table, office, day, person):
    assert holder(table[0], office, day) == [person]


def test_a_row_with_a_fault_is_named_by_its_line(verify, tmp_path):
    head = ",".join(verify.COLUMNS)
    rows = [
        "xx-president,XX,president,a-b,A,B,,2001-02-30,,,,own",
        "xx-president,XX,president,c-d,C,D,,2005,2003,,,own",
        "xx-president,XX,president,e-f,E,F,,2005,,maybe,,own",
        "xx-president,XX,president,g-h,G,H",
    ]
    path = tmp_path / "officeholders.csv"
    path.write_text("\n".join([head, *rows]), "utf-8")
    terms, faults = verify.read_table(path)
    assert terms == []
    assert [fault.split(":")[0] for fault in faults] == ["line 2", "line 3", "line 4", "line 5"]
    assert "2001-02-30" in faults[0]


def test_two_people_in_one_seat_are_a_fault_unless_one_acts(verify, tmp_path):
    head = ",".join(verify.COLUMNS)
    first = "xx-pm,XX,prime minister,a-b,A,B,,2001,2005-06-01,,,own"
    second = "xx-pm,XX,prime minister,c-d,C,D,,2004-01-01,2006,{},,own"
    path = tmp_path / "officeholders.csv"
    for acting, faults in (("", 1), ("yes", 0)):
        path.write_text("\n".join([head, first, second.format(acting)]), "utf-8")
        terms, _ = verify.read_table(path)
        assert len(list(verify.table_faults(terms, {}))) == faults


def test_an_imprecise_handover_is_no_overlap(verify, tmp_path):
    head = ",".join(verify.COLUMNS)
    rows = [
        "xx-pm,XX,prime minister,a-b,A,B,,2001,2004,,,own",
        "xx-pm,XX,prime minister,c-d,C,D,,2004-03,,,,own",
    ]
    path = tmp_path / "officeholders.csv"
    path.write_text("\n".join([head, *rows]), "utf-8")
    assert list(verify.table_faults(verify.read_table(path)[0], {})) == []


def test_a_disagreement_with_the_reference_is_found(verify, tmp_path):
    head = ",".join(verify.COLUMNS)
    rows = [
        "fr-president,FR,president,a-b,A,Dupont,,2001-05-01,2004-05-01,,,own",
        "fr-president,FR,president,c-d,C,Durand,,2004-05-01,,,,own",
    ]
    path = tmp_path / "officeholders.csv"
    path.write_text("\n".join([head, *rows]), "utf-8")
    spells = [
        verify.Spell("FRN", "Dupond", date(2001, 5, 3), date(2004, 5, 31)),
        verify.Spell("FRN", "Durand", date(2004, 9, 1), date(2010, 1, 31)),
        verify.Spell("FRN", "Martin", date(2002, 1, 1), date(2002, 3, 31)),
        verify.Spell("ZZZ", "Nobody", date(2002, 1, 1), date(2002, 3, 31)),
    ]
    differ, agreed, compared = verify.compare(verify.read_table(path)[0], spells)
    assert set(differ) == {"FRN Durand 2004-09-01", "FRN Martin 2002-01-01"}
    assert [term.person for term in agreed] == ["a-b"]
    assert compared == 3
