"""Names: who is introduced, who is referred to, what is no person."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from timing import assert_growth, cpu_seconds

from cleantext.article import Article
from cleantext.document import Document
from cleantext.document.names import Kind, find_names


def kinds(text: str) -> dict[str, Kind]:
    return {mention.text: mention.kind for mention in find_names(text).mentions}


def people(text: str) -> list[str]:
    return [person.name for person in find_names(text).people]


def test_a_full_name_introduces_and_a_surname_refers() -> None:
    names = find_names("Yesterday Angela Merkel flew to Lisbon. Later Merkel spoke with reporters.")
    (person,) = names.people
    assert person.name == "Angela Merkel"
    assert person.gender == "f"
    assert len(person.mentions) == 2
    assert names.persons("Merkel") == (person,)


def test_accents_do_not_part_a_person_from_her_surname() -> None:
    names = find_names("Ségolène Réal won. Real thanked them.")
    assert [person.name for person in names.persons("Real")] == ["Ségolène Réal"]


def test_a_surname_before_its_introduction_is_tied_too() -> None:
    assert kinds("Thursday, Merkel spoke. Angela Merkel is 60.")["Merkel"] is Kind.SURNAME


def test_titles_are_no_part_of_a_name() -> None:
    (mention,) = find_names("The crowd met French President François Hollande there.").mentions
    assert mention.text == "François Hollande"
    assert mention.title == "French President"


def test_what_stands_before_a_title_belongs_to_it() -> None:
    (mention,) = find_names("So said Texas Gov. Greg Abbott then.").mentions
    assert (mention.title, mention.text) == ("Texas Gov.", "Greg Abbott")


def test_middle_initials_and_particles_hold_a_name_together() -> None:
    assert people("Professor Laurence H. Tribe met Ursula von der Leyen.") == [
        "Laurence H. Tribe",
        "Ursula von der Leyen",
    ]


def test_the_longest_form_names_the_person() -> None:
    assert people("Donald Duck came. Donald F. Duck left.") == ["Donald F. Duck"]


def test_two_bearers_of_a_surname_stay_two() -> None:
    names = find_names("Hillary Clinton spoke. Bill Clinton listened.")
    assert {person.name for person in names.persons("Clinton")} == {"Hillary Clinton", "Bill Clinton"}


@pytest.mark.parametrize(
    ("text", "name", "kind"),
    [
        ("They flew to New Zealand.", "New Zealand", Kind.PLACE),
        ("It rained in Springvale.", "Springvale", Kind.PLACE),
        ("The European Commission objected.", "European Commission", Kind.ORGANISATION),
        ("He works for the University of Turin.", "University of Turin", Kind.ORGANISATION),
        ("NATO objected.", "NATO", Kind.ORGANISATION),
        ("As Reuters reported.", "Reuters", Kind.AGENCY),
        ("Two French soldiers left.", "French", Kind.PEOPLE),
        ("They left on Tuesday.", "Tuesday", Kind.TIME),
    ],
)
def test_other_names_are_told_apart(text: str, name: str, kind: Kind) -> None:
    assert kinds(text)[name] is kind


def test_words_that_open_a_sentence_are_no_names() -> None:
    assert kinds("However, it rained. But they came. After Merkel left, it stopped.") == {
        "Merkel": Kind.UNKNOWN
    }


def test_a_possessive_ending_is_left_out() -> None:
    assert people("They read Angela Merkel’s letter and Ann O’Brien's answer.") == [
        "Angela Merkel",
        "Ann O’Brien",
    ]


@given(st.text(st.one_of(st.sampled_from("ABC abc.’'-&\n of the Mr. "), st.characters()), max_size=200))
def test_names_are_in_order_inside_the_text(text: str) -> None:
    names = find_names(text)
    last = 0
    for mention in names.mentions:
        assert last <= mention.start < mention.end <= len(text)
        assert text[mention.start : mention.end] == mention.text
        last = mention.end
    for person in names.people:
        assert list(person.mentions) == sorted(set(person.mentions))


@pytest.mark.parametrize("piece", ["Ab of ", "A.", "Mr. ", "A B ", "Ab-", "A’b", "Bob Smith "])
def test_a_megabyte_of_capitals_takes_linear_time(piece: str) -> None:
    def cost(count: int) -> float:
        text = piece * count
        return cpu_seconds(lambda: find_names(text))

    cost(100)
    assert_growth(cost, 10_000, 100_000, times=40, floor=0.01)


def test_a_parser_s_own_strings_are_read_as_text() -> None:
    class Own(str):
        __slots__ = ()

    document = Document(Article(text=Own("“We will,” said Ana Berg.")))
    assert type(document.text) is str
    assert [mention.text for mention in document.names.mentions] == ["Ana Berg"]
