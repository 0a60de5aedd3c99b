"""A rule's record as it is shipped: what readers said of its findings, and how its edits moved sentences."""

from __future__ import annotations

from functools import lru_cache

import msgspec

from cleantext.rulebook import Card
from cleantext.rulebook.calibration import load_records, pooled
from cleantext.rulebook.reading import read_of
from cleantext.rulefiles import rules_dir


class Read(msgspec.Struct, frozen=True):
    """How many findings of a rule readers called right and wrong, and the share of right ones in its category."""

    right: int
    wrong: int
    family: float


class Nearness(msgspec.Struct, frozen=True):
    """How many sentences the edits brought nearer to a reference, how many away from it, and fires on people's own English."""

    improved: int
    harmed: int
    human: int


class Shipped(msgspec.Struct, frozen=True):
    """What readers said of a rule, and how near its edits came to references; each None where nothing was judged."""

    read: Read | None
    nearness: Nearness | None

    @property
    def words(self) -> str:
        """Say it in a line; "" where nothing was judged."""
        parts = []
        if self.read is not None:
            n = self.read.right + self.read.wrong
            own = f"{self.read.right:,} of {n:,} right" if n else "none of its findings"
            parts.append(f"readers judged {own}, {100 * self.read.family:.0f} % in its family")
        if self.nearness is not None:
            parts.append(f"{self.nearness.improved:,} sentences improved, {self.nearness.harmed:,} harmed")
        return "; ".join(parts)


def shipped(rule: str, card: Card | None) -> Shipped:
    """Return the record that a rule comes with; an empty one for a rule that is gone, or of one's own."""
    read = None if card is None else read_of(card)
    bands = _records().get(rule)
    whole = pooled(bands) if bands else None
    return Shipped(
        None if read is None else Read(read.right, read.wrong, round(read.family, 4)),
        None if whole is None else Nearness(whole.improved, whole.harmed, whole.human),
    )


_records = lru_cache(1)(lambda: load_records(rules_dir() / "calibration.toml"))
