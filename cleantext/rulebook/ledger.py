"""The safe ledger: what a rule must show before it changes a text unasked, and what each one has shown.

``rules/safe.toml`` is written by ``python -m benchmarks.safe --write``. A card that says ``safe`` says what its author
wishes; it is so only with a row that holds here. Until then the rule waits in review.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path

import msgspec

from cleantext.finding import Applicability
from cleantext.rulebook.card import Card
from cleantext.rulefiles import rules_dir

LEAST_CASES = 40
"""Judged cases that a rule must have of its own."""
MOST_WRONG = 1
"""Wrong ones among them, at most; of more than a thousand cases one in a thousand."""
LEAST_BOUND = 0.97
"""One-sided 95 % lower bound of the share of right cases in the rule's kind, resampled by article."""
HELD = frozenset(["encoding", "typography", "translation", "style"])
"""Categories that the ledger decides. The lines of boilerplate have their rows to come, and their bound in their model."""


class Row(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename="kebab"):
    """What was judged of a rule, or of a kind of line.

    ``articles`` are those that the cases stand in, ``bound`` is that of the ``kind`` that the rule belongs to. ``text``
    says on which text it was judged, ``judge`` by whom.
    """

    kind: str
    cases: int
    wrong: int
    articles: int
    bound: float
    text: str
    judge: str

    @property
    def holds(self) -> bool:
        """Whether this is enough to change a text unasked."""
        return not self.lacking

    @property
    def lacking(self) -> str:
        """What is missing, in words; empty where it holds."""
        if self.cases < LEAST_CASES:
            return f"{self.cases} cases judged of {LEAST_CASES} that it takes"
        if self.wrong > max(MOST_WRONG, self.cases // 1_000):
            return f"{self.wrong} of {self.cases} cases wrong"
        return f"bound {self.bound:.3f} under {LEAST_BOUND}" if self.bound < LEAST_BOUND else ""


@cache
def ledger(path: Path | None = None) -> Mapping[str, Row]:
    """Read the rows, by rule id or by the name of a kind of line; an absent file holds none."""
    path = path or rules_dir() / "safe.toml"
    if not path.is_file():
        return {}
    raw = tomllib.loads(path.read_text("utf-8"))
    return {name: msgspec.convert(row, Row) for name, row in raw.items()}


def earned(card: Card) -> Applicability:
    """Give what a shipped card may do: ``safe`` only with a row that holds, else ``review``."""
    if card.applicability is not Applicability.SAFE or card.category not in HELD:
        return card.applicability
    row = ledger().get(card.id)
    return Applicability.SAFE if row is not None and row.holds else Applicability.REVIEW


def standing(card: Card) -> str:
    """Say in a sentence what the ledger holds of a card that wishes to be safe; empty for any other."""
    if card.applicability is not Applicability.SAFE or card.category not in HELD:
        return ""
    row = ledger().get(card.id)
    if row is None:
        return "Waits in review: nobody has judged it for the safe ledger yet."
    told = (
        f"{row.cases - row.wrong} of {row.cases} cases right in {row.articles} articles, "
        f"{row.kind} at least {row.bound:.3f} (95 %, one-sided), on {row.text}, judged by {row.judge}"
    )
    return f"Safe: {told}." if row.holds else f"Waits in review ({row.lacking}): {told}."
