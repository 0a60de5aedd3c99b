"""Look whether rules made by code still find what was judged, and set aside the verdicts on what they find no more.

    python -m benchmarks.verdicts.again --data DIR    # the texts that the verdicts were drawn from

A pattern's verdicts go with its pattern (`store.version`); of code the card says the name alone, and a verdict on what the
code no longer does would count for ever. Nothing of the texts is shown, and what is found again counts again.
"""

from __future__ import annotations

import argparse
from collections.abc import Collection, Iterable, Mapping
from pathlib import Path

import msgspec

from benchmarks.verdicts.draw import articles
from benchmarks.verdicts.store import Verdict, digest, load, place_of, save, version
from cleantext import Cleaner
from cleantext.article import Article
from cleantext.configuration import Configuration
from cleantext.rulebook import Card

GONE = "gone"
"""Stands for the card's hash in a verdict on a finding that is made no more."""


def looked_up(
    verdicts: Iterable[Verdict], cards: Mapping[str, Card], read: Collection[str], found: Collection[str]
) -> list[Verdict]:
    """Return the verdicts, those on rules made by code set aside or brought back where their article was read.

    ``read`` holds the hashes of the articles that were read, ``found`` those of the places where their rule still finds
    something.
    """
    kept = []
    for verdict in verdicts:
        card = cards.get(verdict.rule)
        if card is not None and card.check and verdict.article in read:
            now = version(card)
            if verdict.card == now and verdict.place not in found:
                verdict = msgspec.structs.replace(verdict, card=GONE)
            elif verdict.card == GONE and verdict.place in found:
                verdict = msgspec.structs.replace(verdict, card=now)
        kept.append(verdict)
    return kept


def main() -> None:
    """Read the articles that were judged, and write the store."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, required=True, help="directory of phrasing_*.jsonl.gz")
    chosen = parser.parse_args()
    verdicts = load()
    cleaner = Cleaner(Configuration(), min_confidence=0.0)
    judged = {v.article for v in verdicts}
    rules = {v.rule for v in verdicts if v.rule in cleaner.cards and cleaner.cards[v.rule].check}
    cleaner = Cleaner(Configuration(), select=tuple(sorted(rules)), min_confidence=0.0)
    read, found = set(), set()
    for identity, _, text in articles(chosen.data, "all"):
        if digest(identity) not in judged:
            continue
        read.add(digest(identity))
        for finding in cleaner.check(Article(text=text, id=identity)).findings:
            found.add(place_of(identity, text, finding))
    after = looked_up(verdicts, cleaner.cards, read, found)
    changed = sum(one != other for one, other in zip(verdicts, after, strict=True))
    save(after)
    print(f"{len(read)} articles read; {changed} of {len(verdicts)} verdicts set aside or brought back")


if __name__ == "__main__":
    main()
