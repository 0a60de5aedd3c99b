"""How often an editor would take an edit of each class: readers' verdicts, counted, and the confidences that follow.

    python -m benchmarks.editor.confidence

verdicts.jsonl holds nine readings of 150 edits each, drawn from recorded corrections by somebody and read by somebody
else (`benchmarks.editor.reading`), four of an edit alone and five of one among the others of its passage, as the
review page shows it; only counts, no text. A class's confidence is its share of right edits, drawn towards that of all
classes as by `PRIOR` further verdicts, since some classes are rare.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from pathlib import Path

from benchmarks.editor.reading import VERDICTS
from cleantext.editor.classes import CLASSES
from cleantext.review.intervals import lower_bound, upper_bound

STORE = Path(__file__).with_name("verdicts.jsonl")
PRIOR = 10
"""Verdicts that the share of all classes counts for in each."""


def verdicts() -> dict[str, Counter[str]]:
    """Return the verdicts on each class, of all readings."""
    found: dict[str, Counter[str]] = defaultdict(Counter)
    for line in STORE.read_text("utf-8").splitlines():
        row = json.loads(line)
        found[row["rule"]].update({verdict: row[verdict] for verdict in VERDICTS})
    return found


def confidences() -> dict[str, float]:
    """Return the confidence of every class, to two places."""
    by = verdicts()
    right, every = sum(c["right"] for c in by.values()), sum(c.total() for c in by.values())
    return {
        rule: round((by[rule]["right"] + PRIOR * right / every) / (by[rule].total() + PRIOR), 2)
        for rule in CLASSES
    }


def main() -> None:
    """Print the table."""
    by = verdicts()
    for rule, confidence in confidences().items():
        n, right = by[rule].total(), by[rule]["right"]
        bounds = f"{lower_bound(right, n):.2f} to {upper_bound(right, n):.2f}"
        shown = ", ".join(f"{verdict} {by[rule][verdict]}" for verdict in VERDICTS)
        print(f"{rule}  {confidence:.2f}  ({bounds})  {shown}")


if __name__ == "__main__":
    main()
