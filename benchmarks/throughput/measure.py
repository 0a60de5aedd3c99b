"""Timing in turns: every contestant works on the same articles in the same run, round by round."""

from __future__ import annotations

import statistics
import time
from collections import deque
from collections.abc import Callable, Mapping, Sequence

import msgspec


class Timing(msgspec.Struct, frozen=True):
    """Megabytes of UTF-8 text a CPU second: the median over the rounds, and its range."""

    median: float
    low: float
    high: float


def megabytes(texts: Sequence[str]) -> float:
    """Size of the texts as UTF-8."""
    return sum(len(text.encode("utf-8", "surrogatepass")) for text in texts) / 1e6


def in_turns(
    contestants: Mapping[str, Callable[[str], object]],
    texts: Sequence[str],
    *,
    together: Mapping[str, Callable[[Sequence[str]], object]] | None = None,
    rounds: int = 5,
) -> dict[str, Timing]:
    """Time each contestant over all texts, interleaved, after one round that counts for nothing.

    Those of ``together`` are handed all texts at once. Quote ratios of the medians: the machine's speed drifts, its ratios less so.
    """
    size = megabytes(texts)
    every = {name: _each(work) for name, work in contestants.items()} | dict(together or {})
    seconds: dict[str, list[float]] = {name: [] for name in every}
    for number in range(rounds + 1):
        for name, work in every.items():
            start = time.process_time()
            work(texts)
            if number:
                seconds[name].append(time.process_time() - start)
    return {
        name: Timing(size / statistics.median(runs), size / max(runs), size / min(runs))
        for name, runs in seconds.items()
    }


def _each(work: Callable[[str], object]) -> Callable[[Sequence[str]], object]:
    return lambda texts: deque(map(work, texts), maxlen=0)


def ratio(timings: Mapping[str, Timing], name: str, to: str) -> float:
    """How many times as fast one contestant is as another."""
    return timings[name].median / timings[to].median
