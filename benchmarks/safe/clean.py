"""Count what is changed unasked in news that people wrote and nobody damaged.

    python -m benchmarks.safe.clean --data DIR [--count FILE …] [--show]

DIR holds ``phrasing_human.jsonl.gz`` and ``misattribution.jsonl.gz``, whose news is read; files under ``--count`` are
counted, and no place in them is shown.
"""

from __future__ import annotations

import argparse
import gzip
import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from benchmarks.damage.texts import SOURCES
from cleantext import Cleaner
from cleantext.safe import keeps_the_words

SHOWN = 40
"""Code points shown before and after a place."""


def articles(path: Path) -> Iterator[dict[str, Any]]:
    """Yield the articles of a file that nobody tampered with."""
    with gzip.open(path, "rt", encoding="utf-8") as rows:
        yield from (article for article in map(json.loads, rows) if not article.get("swaps"))


def news(data: Path) -> Iterator[tuple[str, str]]:
    """Yield the news of a data folder: its source and its text."""
    for article in articles(data / "phrasing_human.jsonl.gz"):
        if article["source"] in SOURCES:
            yield article["source"], article["text"]
    for article in articles(data / "misattribution.jsonl.gz"):
        if article["src"] == "bbc":
            yield "bbc", article["text"]


def main() -> None:
    """Count, and show where asked."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--count", type=Path, nargs="*", default=[], help="further files, counted alone")
    parser.add_argument("--show", action="store_true", help="print the places of the news that may be read")
    chosen = parser.parse_args()
    cleaner = Cleaner()
    words: Counter[str] = Counter()
    changed: Counter[tuple[str, str]] = Counter()
    counted = (
        (f"counted, {path.stem}", article["text"]) for path in chosen.count for article in articles(path)
    )
    for number, texts in enumerate((news(chosen.data), counted)):
        for source, text in texts:
            words[source] += len(text.split())
            for finding in cleaner.fix(text).applied:
                if finding.category == "boilerplate" or keeps_the_words(text, finding):
                    continue
                changed[source, finding.rule] += 1
                if chosen.show and number == 0:
                    low, high = max(0, finding.start - SHOWN), finding.end + SHOWN
                    written = [edit.replacement for edit in finding.fixes[0].edits]
                    print(f"{source} {finding.rule} {text[low:high]!r} {written}")
    for (source, rule), count in sorted(changed.items()):
        print(f"{source:24} {rule} {count:4}")
    total, edits = sum(words.values()), sum(changed.values())
    print(
        f"{total} words; {edits} safe edits that change a word, {200_000 * edits / total:.2f} in 200,000 words"
    )


if __name__ == "__main__":
    main()
