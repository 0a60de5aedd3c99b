"""What readers said of a rule's findings, as counts: the ground that confidence rests on.

``rules/verdicts.toml`` is written by ``python -m benchmarks.verdicts.count --write`` from verdicts on text that no author of
rules had seen. A few verdicts say little, so a rule's share is shrunk towards that of its family.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from typing import Any, NamedTuple

from cleantext.rulebook.card import Card
from cleantext.rulefiles import rules_dir

SHIPPED = "rules/"
"""How the origin of a card begins that comes with the package."""
FAMILY_WEIGHT = 8.0
"""Verdicts that the family's mean is worth."""


class Read(NamedTuple):
    """Verdicts on a rule, and the share of right ones in its family: probability."""

    family: float
    right: int = 0
    wrong: int = 0

    def share(self, prior: float | None) -> float:
        """Return the probability that a finding is a fault and its fix right.

        ``prior`` is what the card's author believes; it counts only where it is humbler than the family.
        """
        start = self.family if prior is None else min(prior, self.family)
        return (FAMILY_WEIGHT * start + self.right) / (FAMILY_WEIGHT + self.right + self.wrong)


@cache
def _counts() -> Mapping[str, Any]:
    path = rules_dir() / "verdicts.toml"
    return tomllib.loads(path.read_text("utf-8")) if path.is_file() else {}


def read_of(card: Card) -> Read | None:
    """Return what was read of a shipped card; None for one whose family nobody reads, or a user's own."""
    family = _counts().get("families", {}).get(card.category)
    if family is None or not card.origin.startswith(SHIPPED):
        return None
    right, wrong = _counts().get("rules", {}).get(card.id, (0, 0))
    return Read(family, right, wrong)
