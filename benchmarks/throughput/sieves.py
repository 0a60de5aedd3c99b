"""``python -m benchmarks.throughput.sieves``: write ``rules/sieves.json`` after a pattern or word list changed.

``--data DIR`` also measures anew whose literals stand in many articles (see
:func:`benchmarks.throughput.articles.real`); without it what was measured stays.
"""

from __future__ import annotations

import argparse
import re
from collections import Counter
from pathlib import Path

import msgspec
import re2

from benchmarks.throughput import articles
from cleantext.matching.sieves import Sieve, derive, key_of, shipped_sieves
from cleantext.rulebook import shipped
from cleantext.rulefiles import rules_dir

OFTEN = 0.04
"""Share of articles from which a rule is asked with the others of its kind: asking it alone costs as much
as asking fifteen together."""


_LONG_COUNT = re.compile(r"(?<!\\x)\{(?:\d*,)?(?:[2-9]\d|\d{3,})\}")
"""A repeat counted far multiplies the automaton of those that are asked together."""


def stand_often(sieves: dict[str, Sieve], texts: list[str]) -> set[str]:
    """Give the keys of the sieves whose literals stand in many of the texts."""
    counts: Counter[str] = Counter()
    literals = {
        key: re2.compile("|".join(s.literals))
        for key, s in sieves.items()
        if s.literals and s.wide and not _LONG_COUNT.search(s.wide)
    }
    for text in texts:
        folded = text.lower().encode("utf-8", "replace")
        counts.update(key for key, pattern in literals.items() if pattern.search(folded))
    return {key for key, count in counts.items() if count > OFTEN * len(texts)}


def main() -> None:
    """Derive every shipped rule's sieve anew."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, help="folder with real articles")
    given = parser.parse_args()
    sieves = {key_of(card): derive(card) for card in shipped() if card.pattern is not None}
    often = {key for key, sieve in shipped_sieves().items() if sieve.often}
    if given.data:
        often = stand_often(sieves, articles.real(given.data))
    sieves = {key: msgspec.structs.replace(sieve, often=key in often) for key, sieve in sieves.items()}
    path = rules_dir() / "sieves.json"
    path.write_bytes(msgspec.json.format(msgspec.json.encode(dict(sorted(sieves.items()))), indent=0) + b"\n")
    print(
        f"{len(sieves)} sieves, {len(often)} of them often asked, written to {path}, {path.stat().st_size} bytes"
    )


if __name__ == "__main__":
    main()
