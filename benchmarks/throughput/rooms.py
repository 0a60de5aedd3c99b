"""``python -m benchmarks.throughput.rooms``: in which room of the house a check spends its time.

A timer interrupts the check every millisecond of CPU time and looks who is at work: the innermost Python frame of
ours, to whom what it calls in C or in a library is charged. ``--data DIR`` as for ``benchmarks.throughput``.
"""

from __future__ import annotations

import argparse
import signal
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

from benchmarks.throughput import articles
from cleantext import Cleaner

_PACKAGE = Path(__file__).resolve().parents[2] / "cleantext"
_EVERY = 0.001
_SAMPLES = 4_000


def room_of(frame: FrameType | None) -> str:
    """Return the room of the innermost frame of ours, a family for what lies in ``checks``."""
    while frame is not None:
        path = Path(frame.f_code.co_filename)
        if path.is_relative_to(_PACKAGE):
            parts = path.relative_to(_PACKAGE).with_suffix("").parts
            return "/".join(parts[: 2 if parts[0] == "checks" else 1])
        frame = frame.f_back
    return "elsewhere"


@contextmanager
def sampled() -> Iterator[Counter[str]]:
    """Count samples by room while the block runs."""
    found: Counter[str] = Counter()
    before = signal.signal(signal.SIGPROF, lambda _, frame: found.update([room_of(frame)]))
    signal.setitimer(signal.ITIMER_PROF, _EVERY, _EVERY)
    try:
        yield found
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)


def shares(cleaner: Cleaner, texts: Sequence[str]) -> dict[str, float]:
    """Return the share of each room in the time of checking these texts, over and over until enough is counted."""
    for text in texts[:20]:  # compiled and read before the clock runs
        cleaner.check(text)
    with sampled() as found:
        while found.total() < _SAMPLES:
            for text in texts:
                cleaner.check(text)
    return {room: count / found.total() for room, count in found.items()}


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, help="folder with real articles")
    data = parser.parse_args().data
    cleaner = Cleaner()
    clean, residue = (
        shares(
            cleaner,
            (articles.real(data, residue=kind) if data else articles.made(100, residue=kind))[:120],
        )
        for kind in (False, True)
    )
    print("| room | clean | with residue |\n| --- | ---: | ---: |")
    for room in sorted({*clean, *residue}, key=lambda room: -clean.get(room, 0.0)):
        if max(clean.get(room, 0.0), residue.get(room, 0.0)) >= 0.005:
            print(f"| `{room}` | {clean.get(room, 0.0):.0%} | {residue.get(room, 0.0):.0%} |")


if __name__ == "__main__":
    main()
