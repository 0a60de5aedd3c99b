"""How tests measure time: CPU seconds of the work alone, and noise gets a second try.

A neighbour on the processor, or a collection of what other tests left behind, makes one measurement too
long. What truly grows too fast is too long in every try.
"""

from __future__ import annotations

import gc
import time
from collections.abc import Callable

TRIES = 5


def cpu_seconds(work: Callable[[], object]) -> float:
    """Return the CPU seconds of ``work``; no collection of garbage passes through what was there before."""
    gc.freeze()
    try:
        start = time.process_time()
        work()
        return time.process_time() - start
    finally:
        gc.unfreeze()


def assert_cost(cost: Callable[[], float], limit: Callable[[], float], *, tries: int = TRIES) -> None:
    """Fail where the cost is over the limit in every try; both are measured anew in each."""
    told = []
    for _ in range(tries):
        # The limit before and after: one that was measured in a slow moment would let anything pass.
        before, seconds = limit(), cost()
        most = min(before, limit())
        if seconds <= most:
            return
        told.append(f"{seconds:.3f} s where {most:.3f} s were allowed")
    raise AssertionError("too slow every time: " + "; ".join(told))


def assert_growth(
    cost: Callable[[int], float],
    small: int,
    large: int,
    *,
    times: float,
    floor: float = 0.0,
    tries: int = TRIES,
) -> None:
    """Fail unless the cost of ``large`` is at most so many times that of ``small``.

    ``floor``: seconds that the small one counts as at least; below some milliseconds the clock tells nothing.
    """
    assert_cost(lambda: cost(large), lambda: times * max(cost(small), floor), tries=tries)


def assert_seconds(work: Callable[[], object], most: float) -> None:
    """Fail unless the work takes at most so many CPU seconds."""
    assert_cost(lambda: cpu_seconds(work), lambda: most)
