"""The verdicts: which rule, what a reader said, and why; of the place itself only a hash.

A verdict belongs to the rule as it was when it was read: ``card`` is a hash of what the rule matches and writes, and
once that changes the verdict counts no more. What code finds is in no card: `benchmarks.verdicts.again` sets verdicts aside
that speak of what it finds no more.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from pathlib import Path
from typing import Literal, get_args

import msgspec

from cleantext.finding import Finding
from cleantext.rulebook import Band, Card

STORE = Path(__file__).with_name("verdicts.jsonl")
Said = Literal["fault-right", "fault-wrong", "preference", "harm"]
SAID: tuple[Said, ...] = get_args(Said)


class Verdict(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What one reader said of one finding.

    fault-right    a fault, and the fix is right
    fault-wrong    a fault, and the fix is not
    preference     the original is good English
    harm           the fix makes it worse

    ``place`` and ``article`` are hashes; ``text`` says what kind of text it stood in, ``band`` how that article reads,
    ``reader`` who read it and ``drawn`` how the finding was chosen.
    """

    rule: str
    card: str
    verdict: Said
    place: str
    article: str
    text: str
    reader: str
    drawn: str
    band: Band
    reason: str = ""

    @property
    def right(self) -> bool:
        """Whether the fix may stand."""
        return self.verdict == "fault-right"


def digest(*parts: object) -> str:
    """Hash some values into twelve hexadecimal digits."""
    return hashlib.sha1("\0".join(map(str, parts)).encode()).hexdigest()[:12]


def place_of(identity: str, text: str, finding: Finding) -> str:
    """Hash where a finding stands in an article's text."""
    return digest(identity, text[: finding.start].count("\n"), finding.start, finding.rule)


def version(card: Card) -> str:
    """Hash what a rule matches and writes."""
    return digest(
        card.pattern, card.unless, card.check, card.fix, card.fixes, card.delete, card.keep_case,
        sorted(card.where.items()), json.dumps(card.tables, sort_keys=True),
    )  # fmt: skip


def load(path: Path = STORE) -> tuple[Verdict, ...]:
    """Read the verdicts, in the order in which they were taken in."""
    if not path.is_file():
        return ()
    return tuple(msgspec.json.decode(line, type=Verdict) for line in path.read_bytes().splitlines() if line)


def save(verdicts: Iterable[Verdict], path: Path = STORE) -> None:
    """Write verdicts, sorted by rule and place, so that two branches merge."""
    rows = sorted(verdicts, key=lambda v: (v.rule, v.place, v.reader))
    path.write_bytes(b"".join(msgspec.json.encode(row) + b"\n" for row in rows))


def standing(verdicts: Iterable[Verdict], cards: Iterable[Card]) -> tuple[Verdict, ...]:
    """Return the verdicts on rules that still match and write what they did."""
    now = {card.id: version(card) for card in cards}
    return tuple(v for v in verdicts if now.get(v.rule) == v.card)
