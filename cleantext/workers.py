"""Running one function over many chunks in several processes, results in the order of the chunks."""

from __future__ import annotations

import os
import sys
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from concurrent.futures import Future

COLLECT = (20_000, 20, 20)
"""Thresholds for collecting garbage where nothing but articles is worked on: they leave few circles behind."""

T = TypeVar("T")
R = TypeVar("R")


def chunked(items: Iterable[T], size: int) -> Iterator[list[T]]:
    """Yield the items in lists of at most ``size``."""
    iterator = iter(items)
    while chunk := list(islice(iterator, size)):
        yield chunk


def map_chunks(
    function: Callable[[list[T]], R],
    chunks: Iterable[list[T]],
    *,
    jobs: int,
    initializer: Callable[[Any], None] | None = None,
    initargs: tuple[Any] | tuple[()] = (),
    may_fork: bool = False,
) -> Iterator[R]:
    """Yield ``function(chunk)`` for each chunk, in order, computed by ``jobs`` processes.

    No more than a few chunks a worker are ever in memory, however many there are.
    Processes are spawned, not forked, since the caller may hold threads. Where a caller says that
    it holds nothing that a fork would harm (``may_fork``) and this process has one thread, they are
    forked on Linux, and begin with everything that is imported and compiled here.
    """
    # Only now: a hook over a few files never gets here, and should not pay for it.
    import multiprocessing
    from concurrent.futures import ProcessPoolExecutor

    context = multiprocessing.get_context("fork" if may_fork and _single_threaded() else "spawn")
    start: Any = {"initializer": initializer, "initargs": initargs}
    with ProcessPoolExecutor(max_workers=jobs, mp_context=context, **start) as pool:
        waiting: deque[Future[R]] = deque()
        try:
            for chunk in chunks:
                waiting.append(pool.submit(function, chunk))
                if len(waiting) >= 2 * jobs + 1:
                    yield waiting.popleft().result()
            while waiting:
                yield waiting.popleft().result()
        finally:
            for future in waiting:
                future.cancel()


def _single_threaded() -> bool:
    """Say whether this process surely has one thread, those of libraries counted; Linux alone tells."""
    try:
        return len(list(Path("/proc/self/task").iterdir())) == 1
    except OSError:
        return False


def end_with_parent() -> None:
    """See to it that this process ends when the one that started it is killed, where the system can do that.

    It would wait for work for ever, and keep what it inherited locked.
    """
    if sys.platform != "linux":
        return
    import ctypes
    import signal

    parent = os.getppid()
    with suppress(OSError, AttributeError):
        ctypes.CDLL(None).prctl(1, signal.SIGKILL)  # PR_SET_PDEATHSIG
    if os.getppid() != parent:  # it was gone before
        os._exit(1)
