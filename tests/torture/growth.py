"""Time and memory of one check in a process of its own: ``growth.py SHAPE SIZE [fix]`` prints them as JSON."""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import time
from pathlib import Path
from typing import NamedTuple

from shapes import SHAPES


class Cost(NamedTuple):
    """What a check took: CPU seconds, and bytes of memory over those before the text was made.

    ``held``: bytes of the text as Python holds it, one to four a code point.
    """

    size: int
    held: int
    seconds: float
    memory: int
    findings: int
    trouble: tuple[str, ...]


def measure(shape: str, size: int, *, task: str = "check") -> Cost:
    """Check (or fix) one article of a shape in this process."""
    from cleantext import Cleaner

    cleaner = Cleaner(min_confidence=0.0)
    warm = SHAPES["prose in lines"](2000) + SHAPES[shape](2000)
    cleaner.fix(warm, apply="review")
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    text = SHAPES[shape](size)
    start = time.process_time()
    report = cleaner.check(text)
    trouble = report.trouble
    if task == "fix":
        trouble = report.fix(apply="review").trouble
    seconds = time.process_time() - start
    after = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    return Cost(
        len(text), sys.getsizeof(text), seconds, after - before, len(report.findings), trouble
    )  # fmt: skip


def measured(shape: str, size: int, *, task: str = "check", limit: float = 600) -> Cost | None:
    """The same in a fresh process; None where it took longer than ``limit`` seconds."""
    try:
        done = subprocess.run(
            [sys.executable, str(Path(__file__)), shape, str(size), task],
            capture_output=True, text=True, check=True, timeout=limit,
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        return None
    return Cost(**json.loads(done.stdout))


if __name__ == "__main__":
    print(json.dumps(measure(sys.argv[1], int(sys.argv[2]), task=(sys.argv[3:] or ["check"])[0])._asdict()))
