"""Bounds and sample sizes, held against sums that are slow and obvious."""

from __future__ import annotations

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cleantext.review.intervals import lower_bound, needed, sample_size, upper_bound


def at_least(right: int, total: int, p: float) -> float:
    return sum(math.comb(total, k) * p**k * (1 - p) ** (total - k) for k in range(right, total + 1))


@given(st.integers(1, 60), st.data())
def test_the_lower_bound_is_that_of_clopper_and_pearson(total: int, data: st.DataObject) -> None:
    right = data.draw(st.integers(1, total))
    assert at_least(right, total, lower_bound(right, total)) == pytest.approx(0.05, abs=1e-6)


@given(st.integers(1, 60), st.data())
def test_bounds_mirror_each_other(total: int, data: st.DataObject) -> None:
    right = data.draw(st.integers(0, total))
    assert upper_bound(right, total) == pytest.approx(1 - lower_bound(total - right, total), abs=1e-9)
    assert lower_bound(right, total) <= right / total <= upper_bound(right, total)


def test_no_error_in_59_149_and_299_reaches_95_98_and_99_percent() -> None:
    assert [needed(0.95), needed(0.98), needed(0.99)] == [59, 149, 299]


def test_an_error_asks_for_more() -> None:
    assert needed(0.98, wrong=1) == 236


@settings(max_examples=60)
@given(st.integers(1, 80), st.sampled_from([0.5, 0.8, 0.9, 0.95]), st.integers(0, 3))
def test_a_sample_is_as_large_as_it_must_be_and_no_larger(population: int, share: float, wrong: int) -> None:
    size = sample_size(population, share, wrong)
    bad = math.floor(population * (1 - share) + 1e-9) + 1
    if bad > population:
        assert size == wrong
        return

    def seen_at_most(drawn: int) -> float:
        ways = math.comb(population, drawn)
        return (
            sum(
                math.comb(bad, k) * math.comb(population - bad, drawn - k)
                for k in range(min(wrong, drawn) + 1)
            )
            / ways
        )

    assert size == population or seen_at_most(size) <= 0.05 + 1e-9
    assert size <= wrong or seen_at_most(size - 1) > 0.05 - 1e-9


def test_a_bound_that_nothing_reaches_is_refused() -> None:
    with pytest.raises(ValueError, match="between 0 and 1"):
        needed(1.0)
