from __future__ import annotations

import itertools
import os

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleantext.checks.translation.repeats import LONGEST, Repeat, repeats, runs, runs_slowly


def test_a_word_that_stands_twice_is_found():
    assert list(repeats(" ".join(["to", "the", "the", "sea"]))) == [Repeat(1, 1, 2)]


def test_a_group_that_stands_three_times_is_one_repeat():
    assert list(
        repeats(" ".join(["of", "the", "case", "of", "the", "case", "of", "the", "case", "again"]))
    ) == [Repeat(0, 3, 3)]


def test_the_shorter_group_explains_the_longer():
    assert list(repeats(" ".join(["no", "no", "no", "no"]))) == [Repeat(0, 1, 4)]


def test_words_further_apart_are_no_repeat():
    assert not list(repeats(" ".join(["step", "by", "step", "he", "went"])))


@given(st.lists(st.sampled_from("abc"), max_size=40))
def test_every_repeat_is_one_and_none_overlap(words):
    end = 0
    for first, size, times in repeats(" ".join(words)):
        group = words[first : first + size]
        assert times >= 2 and 1 <= size <= LONGEST
        assert words[first : first + size * times] == group * times
        assert first >= end
        end = first + size * times


@given(st.lists(st.sampled_from("ab"), min_size=2, max_size=20))
def test_no_doubled_neighbour_goes_unseen(words):
    covered = {i for r in repeats(" ".join(words)) for i in range(r.first, r.first + r.size * r.times)}
    for place, (one, other) in enumerate(itertools.pairwise(words)):
        if one == other:
            assert {place, place + 1} & covered


@given(
    st.text(st.sampled_from("ab  é中\n\x00\ud800\U0001f600"), max_size=60)
    | st.lists(st.sampled_from(["the", "sea", "sae", "tie", "", "é"]), max_size=30).map(" ".join)
)
def test_the_c_runs_are_those_of_the_slow_twin(text: str) -> None:
    assert runs(text) == runs_slowly(text)


def test_continuous_integration_has_the_c_runs() -> None:
    if os.environ.get("CI") != "true":
        pytest.skip("a machine without a compiler does without")
    assert runs is not runs_slowly
