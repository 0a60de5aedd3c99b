"""How rare each notion is among sentences of English news: ``rules/fidelity/concept-rarity.txt``.

Counts are of newspaper articles written by people. Run: ``python -m benchmarks.fidelity.rarity --data DIR > FILE``.
"""

from __future__ import annotations

import math
from collections import Counter

from benchmarks.fidelity.data import arguments, rows
from cleantext.fidelity.concepts import concepts
from cleantext.fidelity.sentences import split

SOURCES = ("newstest", "aeb")


def main() -> None:
    """Print a line for each notion: how many nats rarer it is than in every sentence."""
    given = arguments(__doc__)
    held: Counter[str] = Counter()
    sentences = 0
    for row in rows(given.data, "phrasing_human"):
        if row["source"] not in SOURCES:
            continue
        for start, end, _ in split(row["text"], "en"):
            sentences += 1
            held.update(set(concepts(row["text"][start:end], "en")))
    print(
        "# Nats by which a notion is rarer than in every sentence, counted in English news that people wrote"
    )
    print("# (python -m benchmarks.fidelity.rarity). What stands in none is left out, and counts as rarest.")
    for concept, count in sorted(held.items()):
        print(f"{concept}: {math.log(sentences / count):.2f}")


if __name__ == "__main__":
    main()
