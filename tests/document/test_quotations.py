"""Quoted stretches: styles, paragraphs, broken marks."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from timing import assert_growth, cpu_seconds

from cleantext.document.lines import split_lines
from cleantext.document.quotations import (
    _SINGLE_OPEN,
    QuotationMarks,
    _double_marks,
    _single_openings,
    find_quotations,
)

MARKS = "\"“”„‟«»'‘’`＂"
TEXTS = st.text(st.one_of(st.sampled_from(MARKS + " .,!?\n\r-–—abI"), st.characters()), max_size=200)


def marks(text: str) -> tuple[QuotationMarks, ...]:
    return find_quotations(text, split_lines(text))


def quoted(text: str) -> list[str]:
    return [text[found.start : found.end] for found in marks(text)]


@pytest.mark.parametrize(
    "quotation",
    [
        '"We will stay," ',
        "“We will stay,” ",
        "''We will stay,'' ",
        "``We will stay,'' ",
        "„We will stay“ ",
        "„We will stay” ",
        "«We will stay» ",
        "« We will stay » ",
        "‘We will stay,’ ",
        "'We will stay,' ",
        '“We will stay," ',
        '"We will stay,” ',
    ],
)
def test_every_style_is_found_with_its_marks(quotation: str) -> None:
    assert quoted(f"The mayor spoke. {quotation}she said, and left.") == [quotation.strip()]


@given(TEXTS)
def test_marks_looked_for_one_kind_at_a_time_are_what_one_pattern_finds(text: str) -> None:
    double = re.compile(r"[\"“”„‟«»＂]|''|``|’’|‘‘")
    assert _double_marks(text) == [mark.span() for mark in double.finditer(text)]
    assert _single_openings(text) == [mark.start() for mark in _SINGLE_OPEN.finditer(text)]


def test_two_quotations_of_one_sentence_stay_apart() -> None:
    assert quoted('It was "late" and "cold" outside.') == ['"late"', '"cold"']


def test_a_quotation_over_paragraphs_opens_each_and_closes_once() -> None:
    first, second, third = marks("“One.\n\n“Two.\n\n“Three,” she said.")
    assert not first.closed
    assert second.continues
    assert not second.closed
    assert third.continues
    assert third.closed


def test_a_lost_closing_mark_ends_with_its_paragraph() -> None:
    text = "“We will stay, she said.\n\nNobody left.\n\n“We will go,” he said."
    assert quoted(text) == ["“We will stay, she said.", "“We will go,”"]


def test_a_lost_opening_mark_is_recovered_where_speech_ends() -> None:
    text = 'We will stay," she said.\n\n"We will go," he said.'
    assert quoted(text) == ['We will stay,"', '"We will go,"']


def test_inches_quote_nothing() -> None:
    assert quoted('A board of 6" by 4" was found, and a man of 5\'10" too.') == []


def test_a_quotation_inside_another_belongs_to_it() -> None:
    assert quoted("“She called it “a mess” and left,” he said.") == [
        "“She called it “a mess” and left,”"
    ] or quoted('“She called it "a mess" and left,” he said.') == ['“She called it "a mess" and left,”']


def test_an_outer_quotation_closed_in_another_style_ends_there() -> None:
    text = 'The minister went on: “We build roads under the "roof of the union". Nobody else does.'
    assert quoted(text)[0].startswith("“We build roads")


def test_apostrophes_quote_nothing() -> None:
    assert quoted("The voters' choice wasn't the party's, it's the '90s again.") == []


@given(TEXTS)
def test_quotations_are_in_order_inside_the_text_and_never_overlap(text: str) -> None:
    last = 0
    for found in marks(text):
        assert last <= found.start < found.end <= len(text)
        last = found.end


@given(TEXTS)
def test_no_quotation_holds_a_line_end(text: str) -> None:
    for found in marks(text):
        assert "\n" not in text[found.start : found.end]


@settings(max_examples=8, deadline=None)
@given(st.sampled_from(['"', "“", "”", "'", "‘a’ ", '"a" ', "“a ", "a” ", "«", "''", "' '", "„a"]))
def test_a_hundred_thousand_marks_take_no_longer_than_linear(piece: str) -> None:
    def cost(count: int) -> float:
        text = piece * count
        lines = split_lines(text)
        return cpu_seconds(lambda: find_quotations(text, lines))

    cost(1000)
    assert_growth(cost, 10_000, 100_000, times=40, floor=0.01)
