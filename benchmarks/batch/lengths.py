"""What an article costs by its length, checked and fixed, with the modules in C and in pure Python.

    python benchmarks/batch/lengths.py --data FILE.jsonl[.gz] [--count 30]

Takes articles of FILE (field ``text``) that are long enough, cut at 1,000 and at 10,000 characters. Prints milliseconds
of the processor an article: the least of three rounds, in a process of its own for each of the two builds.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

LENGTHS = (1_000, 10_000)
ROUNDS = 3


def texts(data: Path) -> Iterator[str]:
    """Yield the texts of a file of JSON lines."""
    with gzip.open(data) if data.suffix == ".gz" else data.open("rb") as file:
        for row in file:
            yield json.loads(row)["text"]


def least(work: Callable[[str], object], articles: list[str]) -> float:
    """Return the milliseconds an article of the quickest round."""
    taken = []
    for _ in range(ROUNDS):
        start = time.process_time()
        for text in articles:
            work(text)
        taken.append(time.process_time() - start)
    return 1000 * min(taken) / len(articles)


def measure(data: Path, count: int) -> None:
    """Print a row for each length."""
    from cleantext import Cleaner

    cleaner = Cleaner()
    build = "pure Python" if os.environ.get("CLEANTEXT_PURE") else "C"
    for length in LENGTHS:
        articles = [text[:length] for text in texts(data) if len(text) >= length][:count]
        if not articles:
            raise SystemExit(f"{data} holds no article of {length:,} characters")
        checked = least(lambda text: (report := cleaner.check(text)).findings and report.quality, articles)
        fixed = least(lambda text: cleaner.fix(text), articles)
        print(
            f"{build:12} {len(articles):5} of {length:6,} characters  check {checked:6.2f} ms  fix {fixed:6.2f} ms",
            flush=True,
        )


def main() -> None:
    """Measure with both builds."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--count", type=int, default=30)
    parser.add_argument("--alone", action="store_true", help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.alone:
        measure(given.data, given.count)
        return
    for pure in ("", "1"):
        words = [
            sys.executable,
            "-W",
            "ignore",
            __file__,
            "--alone",
            "--data",
            given.data,
            "--count",
            str(given.count),
        ]
        subprocess.run(words, env={**os.environ, "CLEANTEXT_PURE": pure}, check=True)


if __name__ == "__main__":
    main()
