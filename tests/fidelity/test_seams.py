"""A heading that runs into the sentence behind it."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cleantext.fidelity.align import align
from cleantext.fidelity.evidence import Evidence
from cleantext.fidelity.gaps import gaps, likelihood
from cleantext.fidelity.sentences import split


def pieces(text: str, lang: str = "en") -> list[str]:
    return [text[s.start : s.end] for s in split(text, lang)]


@pytest.mark.parametrize(
    ("text", "lang", "parted"),
    [
        (
            "The harbour of Torvik gets a new pier The mayor opened it on Monday before many guests.",
            "en",
            ["The harbour of Torvik gets a new pier", "The mayor opened it on Monday before many guests."],
        ),
        (
            "Гавань Торвика получила новый причал В понедельник мэр открыл его перед гостями.",
            "ru",
            ["Гавань Торвика получила новый причал", "В понедельник мэр открыл его перед гостями."],
        ),
        ("新しい桟橋が開通 市長が月曜日に開いた。", "ja", ["新しい桟橋が開通", "市長が月曜日に開いた。"]),
    ],
)
def test_a_heading_is_parted_from_the_sentence_it_runs_into(text: str, lang: str, parted: list[str]) -> None:
    assert pieces(text, lang) == parted


def test_names_and_titles_inside_a_sentence_are_no_seam() -> None:
    text = "The mayor of Torvik met the President of Lindby in the harbour on Monday, and Olivia Hartwell came too."
    assert pieces(text) == [text]


@pytest.mark.parametrize(
    ("text", "lang", "count"),
    [
        ("Глубина 60 тыс. куб. м воды. Дождь шёл.", "ru", 2),
        ("He came, e.g. late. and left.", "en", 1),
        ("It began on July 26. According to him it was cold.", "en", 2),
        ("Er kam am 26. August in Torvik an.", "de", 1),
    ],
)
def test_a_small_letter_carries_the_sentence_on(text: str, lang: str, count: int) -> None:
    assert len(pieces(text, lang)) == count


def test_a_lead_that_is_lost_behind_its_heading_is_found() -> None:
    german = (
        "Neue Mole für den Hafen von Torvik Die Bürgermeisterin eröffnete die Mole am Montag vor dreihundert Gästen aus Lindby. "
        "Der Bau kostete 40 Millionen Euro. Die Fischer waren zufrieden, und die Kinder bekamen Eis."
    )
    english = (
        "New pier for the harbour of Torvik The work cost 40 million euros. "
        "The fishermen were pleased, and the children got ice cream."
    )
    lost = max(gaps(align(german, "de", english, "en")), key=likelihood)
    assert german[lost.start : lost.end].startswith("Die Bürgermeisterin")


def test_evidence_of_a_group_is_that_of_a_pair_where_it_is_one() -> None:
    alignment = align(
        "Er kam 1973 nach Torvik. Sie blieb.", "de", "He came to Torvik in 1973. She stayed.", "en"
    )
    evidence = Evidence(alignment.source, alignment.target)
    for i in range(2):
        for j in range(2):
            assert evidence.pair(i, j) == pytest.approx(evidence.group(i, i + 1, j, j + 1))
    assert evidence.pair(0, 0) > evidence.pair(0, 1)


@settings(max_examples=60, deadline=None)
@given(
    original=st.text(alphabet="abcd ABCD.!?5\n", max_size=200),
    text=st.text(alphabet="abcd ABCD.!?15\n", max_size=200),
)
def test_evidence_of_a_group_is_that_of_all_its_keys_however_often_it_is_asked(
    original: str, text: str
) -> None:
    source, target, *_ = align(original, "xx", text, "en")
    evidence = Evidence(source, target)
    beads = [(i - 2, i, j - 2, j) for i in range(2, len(source) + 1) for j in range(2, len(target) + 1)]
    for first, last, low, high in (*beads, *beads):
        here = frozenset[object]().union(*(sentence.keys for sentence in source[first:last]))
        there = frozenset[object]().union(*(sentence.keys for sentence in target[low:high]))
        assert evidence.group(first, last, low, high) == pytest.approx(evidence.of(here, there))


def test_a_sentence_that_nothing_resembles_and_one_beside_it_are_no_two_gaps() -> None:
    german = "Der Hafen bekam 1973 eine Mole. Na ja, so war das halt damals eben in jener Gegend. Der Bau kostete 40 Millionen."
    english = "The port got a pier in 1973. Whatever one may say about it, folks did as they pleased. It cost 40 million."
    assert all(likelihood(gap) < 0.5 for gap in gaps(align(german, "de", english, "en")))


@settings(max_examples=60, deadline=None)
@given(
    original=st.text(alphabet="abcd ABCD.!?5\n", max_size=200),
    text=st.text(alphabet="abcd ABCD.!?15\n", max_size=200),
)
def test_what_is_passed_over_could_not_have_been_cheaper(original: str, text: str) -> None:
    costs = align(original, "xx", text, "en").costs()
    for i in range(1, len(costs.source)):
        for j in range(1, len(costs.target)):
            bead = (i - 1, i + 1, j - 1, j + 1)
            assert costs.evidence.group(*bead) <= costs.evidence.at_most(*bead) + 1e-9
