"""The crude sentence splitter."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from timing import assert_growth, cpu_seconds

from cleantext.document.lines import split_lines
from cleantext.document.sentences import split_sentences


def sentences(text: str) -> list[str]:
    return [text[span.start : span.end] for span in split_sentences(text, split_lines(text))]


def test_stops_and_line_ends_end_sentences() -> None:
    assert sentences("It rained. Nobody came!\nWhy?  They slept") == [
        "It rained.",
        "Nobody came!",
        "Why?",
        "They slept",
    ]


def test_closing_marks_belong_to_the_sentence_before() -> None:
    assert sentences("“It rained.” Nobody came.") == ["“It rained.”", "Nobody came."]


def test_abbreviations_and_initials_end_nothing() -> None:
    text = "Gov. Ann B. Smith of the U.S. Senate met Dr. Lee."
    assert sentences(text) == [text]


def test_a_sentence_may_end_with_an_abbreviated_country() -> None:
    assert sentences("He left the U.S. The others stayed.") == ["He left the U.S.", "The others stayed."]


def test_a_small_letter_after_a_stop_goes_on() -> None:
    assert len(sentences("It cost 3.50 euros approx. and more.")) == 1


@given(st.text(st.one_of(st.sampled_from('.!? \n\rAb"”'), st.characters()), max_size=200))
def test_sentences_are_in_order_without_overlap_and_lose_only_white_space(text: str) -> None:
    last = 0
    for span in split_sentences(text, split_lines(text)):
        assert last <= span.start < span.end <= len(text)
        assert not text[last : span.start].strip()
        last = span.end
    assert not text[last:].strip()


def test_one_endless_line_takes_linear_time() -> None:
    def cost(count: int) -> float:
        text = "a.b. A. " * count
        lines = split_lines(text)
        return cpu_seconds(lambda: split_sentences(text, lines))

    cost(100)
    assert_growth(cost, 10_000, 100_000, times=40, floor=0.01)
