"""What stands twice: which copy goes, what is shown, what is meant to stand twice."""

from __future__ import annotations

import pytest
import regex
from hypothesis import given
from hypothesis import strategies as st
from timing import assert_seconds

from cleantext import Cleaner
from cleantext.article import Article
from cleantext.checks.boilerplate import said_twice, twice
from cleantext.checks.boilerplate.loops import loops
from cleantext.checks.boilerplate.said_twice import find_copies
from cleantext.checks.boilerplate.twice import BEGINNING
from cleantext.configuration import Configuration
from cleantext.document import Document
from cleantext.document.pageform import size_of
from cleantext.native import compiled

CLEANER = Cleaner(select=["BP50"])
P = (
    "The council voted on Monday to close the old bridge, which lorries have used since the motorway was flooded.",
    "Repairs are expected to take until the autumn, the town's engineer told residents at a meeting in the school.",
    "Shop owners on the far bank said that they had been given no warning and that the detour would cost them trade.",
    "The county has promised a ferry for pedestrians, but nobody could say when the first boat would run this year.",
)
LONG = (
    "The bridge was built in 1911 by a firm from the coast, carried two tramlines until the war, and has been closed "
    "three times since, each time for longer than the engineers had promised the shops beside it."
)


LOOP = regex.compile(r"\b((?:\w+[ ,]+){2,10}?)(?:\1){2,}(?:\w+)?")
"""What a loop is, in one expression; on long lines it takes minutes."""


def text_of(*paragraphs: str) -> str:
    return "\n\n".join(paragraphs) + "\n"


def fixed(text: str) -> str:
    return CLEANER.fix(text, apply="review", min_confidence=0.5).text


@pytest.mark.parametrize(
    ("paragraphs", "kept"),
    [
        ((P[0], P[1], P[1], P[2]), P[:3]),
        ((*P, *P), P),
        ((P[0], P[1], P[0], P[1], P[2]), P[:3]),
        ((P[0], "A ferry", P[1], P[2], "A ferry", P[1], P[2], P[3]), (P[0], "A ferry", P[1], P[2], P[3])),
        ((LONG, P[0], LONG, P[1]), (LONG, *P[:2])),
        ((P[0], P[0], P[0], P[1]), P[:2]),
    ],
)
def test_one_copy_stays(paragraphs: tuple[str, ...], kept: tuple[str, ...]) -> None:
    assert fixed(text_of(*paragraphs)) == text_of(*kept)


def test_an_author_who_says_again_elsewhere_what_holds_of_the_next_thing_keeps_it() -> None:
    others = (
        "Pupils from the villages will be taken to school by minibus, at the cost of the county, until the summer.",
        "A baker who sells half of his bread to commuters means to open a stall beside the railway station instead.",
        "Two firms have offered to build a footbridge of aluminium, which would be ready in nine weeks at most.",
        "The rector reminded the meeting that the ford had served for six hundred years before anybody built a bridge.",
        "Anglers are the only ones who welcome the quiet, although none of them would say so in front of the others.",
    )
    text = text_of(LONG, *P, *others, LONG)
    (again,) = Cleaner(select=["BP50"], min_confidence=0.0).check(text).findings
    assert again.confidence < 0.5 and fixed(text) == text


def test_of_two_that_differ_the_longer_stays() -> None:
    cut = LONG.removesuffix(" beside it.") + "."
    assert fixed(text_of(P[0], cut, LONG, P[1])) == text_of(P[0], LONG, P[1])
    assert fixed(text_of(P[0], LONG, cut, P[1])) == text_of(P[0], LONG, P[1])


@pytest.mark.parametrize(
    "paragraphs",
    [
        ("We shall cross.", P[0], "We shall cross.", P[1], "We shall cross."),
        (LONG, P[0], LONG, P[1], LONG, P[2]),
        (
            P[0],
            "The first ferry left at 9 o'clock with 40 people on board, and a queue stood on the quay until noon.",
            P[1],
            "The first ferry left at 11 o'clock with 30 people on board, and a queue stood on the quay until noon.",
        ),
        (P[0], "row, row, row your boat,\nrow, row, row your boat,\ngently down the stream", P[1]),
        (P[0], "Monday | closed | closed\nTuesday | closed | closed\nMonday | closed | closed", P[1]),
        ("Q: Is the bridge safe?", "A: No.", P[0], "Q: Is the bridge safe?", "A: Yes."),
    ],
)
def test_refrains_tables_verse_and_other_figures_stay(paragraphs: tuple[str, ...]) -> None:
    text = text_of(*paragraphs)
    assert fixed(text) == text


def test_what_stands_under_another_label_is_no_copy() -> None:
    address = (
        "send the form with two copies of the plan to the Harbour Office, Pier Road, Ashford, before noon."
    )
    text = text_of(P[0], f"By post: {address}", f"By hand: {address}")
    assert not Cleaner(select=["BP500"]).check(text).findings
    assert Cleaner(select=["BP500"]).check(text.replace("By hand", "By post")).findings


def test_a_catalogue_that_repeats_sentence_after_sentence_stays() -> None:
    offers = [f"{LONG[:-1]} and pier {letter}." for letter in "abc"]
    text = text_of(*[line for offer in offers for line in (offer, P[0][:50])], *offers[::-1])
    assert fixed(text) == text


def test_a_pull_quote_is_shown_and_not_cut() -> None:
    text = text_of(P[0], P[1], "they had been given no warning", P[2], P[3])
    (finding,) = CLEANER.check(text).findings
    assert (finding.rule, finding.text, finding.applicability) == (
        "BP501",
        "they had been given no warning",
        "display",
    )
    assert finding.evidence[0].text == finding.text
    assert not finding.fixes


def test_a_loop_is_shown() -> None:
    loop = (
        "It was known that in the town that in the town that in the town that in the town it had been closed."
    )
    (finding,) = CLEANER.check(text_of(P[0], loop, P[1])).findings
    assert finding.rule == "BP502"
    assert finding.text.count("that in the town") == 4


@given(st.lists(st.sampled_from([*P, LONG, "A ferry", "We shall cross.", ""]), max_size=14))
def test_whatever_goes_stands_elsewhere_and_stays_there(lines: list[str]) -> None:
    lines = [line for line in lines if line]
    copies = find_copies(lines)
    gone = [place for copy in copies for place in range(copy.first, copy.end)]
    assert len(gone) == len(set(gone))
    left = {line for place, line in enumerate(lines) if place not in gone}
    assert left == set(lines)


def test_many_paragraphs_that_begin_alike_take_no_long_time() -> None:
    text = text_of(
        *[f"{P[0][:60]} number {'x' * (n % 97)} and {n} more of its kind, he said." for n in range(4000)]
    )
    assert_seconds(lambda: CLEANER.check(text), 5)


NATIVE = compiled("cleantext.checks.boilerplate._twice")
STRETCHES = ("the old bridge", " by the river", "Ω", " was closed", " 🌉 ", "é", "\n", "ab")


@pytest.mark.skipif(NATIVE is None, reason="not built")
@given(st.lists(st.sampled_from(STRETCHES), max_size=40).map("".join), st.data())
def test_no_beginning_that_stands_again_is_missed(text: str, data: st.DataObject) -> None:
    starts = data.draw(st.lists(st.integers(0, max(0, len(text) - 1)), unique=True, max_size=20))
    beginnings = [(start, text[start : start + BEGINNING]) for start in starts]
    assert NATIVE.begin_elsewhere(text, starts) == [
        start
        for start, beginning in beginnings
        if len(beginning) < BEGINNING or text.find(beginning, text.find(beginning) + 1) >= 0
    ]


SENTENCES = (
    *P,
    LONG,
    f"“{P[0]}”",
    P[0][:90],
    LONG[:110],
    LONG[20:120],
    "A ferry",
    "Who said so?",
    P[1] * 2,
    "so it went, " * 9,
)


@given(st.lists(st.sampled_from(SENTENCES), max_size=14))
def test_looks_ahead_keep_nothing_back(paragraphs: list[str]) -> None:
    cards, text = CLEANER.checks["said-twice"], text_of(*paragraphs)

    def found() -> list[object]:
        return list(said_twice.check(Document(Article(text=text)), cards, CLEANER.configuration))

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(said_twice, "may_hold_copies", lambda _: True)
        patch.setattr(said_twice, "may_loop", lambda lines: range(len(lines)))
        patch.setattr(said_twice, "may_be_pulled", lambda _, lines, __: range(2, len(lines) - 1))
        plain = found()
    assert found() == plain


@given(
    st.lists(
        st.one_of(st.sampled_from(SENTENCES), st.lists(st.sampled_from(STRETCHES)).map("".join)), max_size=14
    )
)
def test_the_looks_in_c_find_what_their_references_do(paragraphs: list[str]) -> None:
    document = Document(Article(text=text_of(*paragraphs)))
    lines = document.contents
    assert said_twice.may_hold_copies(lines) >= twice.may_hold_copies(lines)
    assert said_twice.may_loop(lines) == twice.may_loop(lines)
    pulled = said_twice.may_be_pulled(document.text, lines, document.filled)
    assert set(pulled) >= set(twice.may_be_pulled(document.text, lines, document.filled))


@given(
    st.lists(
        st.sampled_from(["a", "b", "a ", "b ", "a, ", "b,  ", "c ", " ", ",", "'", ". ", "é ", "1 "]),
        max_size=60,
    ).map("".join)
    | st.builds(
        lambda before, phrase, times, after: before + phrase * times + after,
        st.text("ab ,", max_size=6),
        st.text("abc ,", min_size=3, max_size=24),
        st.integers(2, 5),
        st.text("ab ,", max_size=6),
    )
)
def test_loops_are_what_the_expression_finds(line: str) -> None:
    assert [tuple(loop) for loop in loops(line)] == [(m.start(), m.end(), m[1]) for m in LOOP.finditer(line)]


def test_a_line_of_a_million_code_points_is_looked_through_for_loops() -> None:
    line = (" ".join(P) + " ") * (1_000_000 // sum(map(len, P)))
    told: list[tuple[object, ...]] = []

    def look() -> None:
        told[:] = [*loops(line)], Cleaner(min_confidence=0.0).check(line).trouble

    assert_seconds(look, 20)
    assert told == [[], ()]


def test_the_whole_text_is_measured_once_however_many_passages_stand_twice(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    numbers = [f"{n:04}".translate(str.maketrans("0123456789", "abcdefghij")) for n in range(200)]
    text = text_of(
        *(f"{n.title()}: {line} {n}." for n in numbers for line in (P[0], P[1], P[2], P[0], P[1], P[3]))
    )
    document = Document(Article(text=text))
    measured = 0

    def counting(line: str) -> int:
        nonlocal measured
        measured += 1
        return size_of(line)

    monkeypatch.setattr(said_twice, "size_of", counting)
    hits = list(said_twice.check(document, CLEANER.checks["said-twice"], Configuration()))
    assert len(hits) == len(numbers)
    assert measured < 20 * len(document.contents)
