"""The judgement on time that other tests rely on: it tells a square from a line, and noise from both."""

from __future__ import annotations

import gc
import re
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest
from timing import TRIES, assert_cost, assert_growth, assert_seconds, cpu_seconds

HERE = Path(__file__).parent


def _line(size: int) -> None:
    for number in range(size):
        str(number)


def _square(size: int) -> None:
    _line(size * size // 2_000)


def _cost_of(work: Callable[[int], None]) -> Callable[[int], float]:
    return lambda size: cpu_seconds(lambda: work(size))


def test_what_grows_in_proportion_passes() -> None:
    assert_growth(_cost_of(_line), 20_000, 80_000, times=8)


def test_a_square_fails() -> None:
    with pytest.raises(AssertionError, match="too slow every time"):
        assert_growth(_cost_of(_square), 10_000, 80_000, times=8 * 3)


def _given(values: Iterable[float]) -> Callable[..., float]:
    left = iter(values)
    return lambda *_: next(left)


def test_noise_in_all_tries_but_one_fails_nothing() -> None:
    assert_cost(_given([5.0] * (TRIES - 1) + [1.0]), lambda: 2.0)


def test_too_slow_in_every_try_fails_with_the_figures_of_all() -> None:
    with pytest.raises(AssertionError) as failed:
        assert_cost(_given([5.0, 4.0, 3.0]), lambda: 2.0, tries=3)
    assert str(failed.value) == (
        "too slow every time: 5.000 s where 2.000 s were allowed; 4.000 s where 2.000 s were allowed; "
        "3.000 s where 2.000 s were allowed"
    )


@pytest.mark.parametrize("limits", [[9.0, 2.0], [2.0, 9.0]])
def test_a_slow_moment_of_the_small_one_lets_nothing_pass(limits: list[float]) -> None:
    with pytest.raises(AssertionError):
        assert_cost(lambda: 5.0, _given(limits), tries=1)


def test_a_small_one_below_the_floor_counts_as_the_floor() -> None:
    costs = {1: 0.0001, 8: 0.07}
    assert_growth(costs.__getitem__, 1, 8, times=8, floor=0.01)
    with pytest.raises(AssertionError):
        assert_growth(costs.__getitem__, 1, 8, times=8)


def test_a_limit_in_seconds_holds() -> None:
    assert_seconds(lambda: None, 1)
    with pytest.raises(AssertionError):
        assert_seconds(lambda: _line(10_000), 0.00001)


def test_the_heap_of_others_is_frozen_while_the_work_runs_and_only_then() -> None:
    frozen = []
    cpu_seconds(lambda: frozen.append(gc.get_freeze_count()))
    assert frozen[0] > 1000
    with pytest.raises(ZeroDivisionError):
        cpu_seconds(lambda: 1 // 0)
    assert gc.get_freeze_count() < frozen[0]


def test_no_other_test_reads_the_clock_on_its_own() -> None:
    """Each that did failed by noise sooner or later; a deadline of what is waited for is another thing."""
    clock = re.compile(r"\b(process_time|perf_counter|thread_time)(_ns)?\(")
    readers = {
        str(path.relative_to(HERE)) for path in HERE.rglob("*.py") if clock.search(path.read_text("utf-8"))
    }
    # A check in a process of its own; when an editor heard of what.
    assert readers == {"timing.py", "torture/growth.py", "lsp/editing.py"}
