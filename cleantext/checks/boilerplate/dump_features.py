"""What of an article's lines tells a page dump: the slow twin of the C page's ``dump_features``, and what says what is right."""

from __future__ import annotations

import math
from collections.abc import Sequence

from cleantext.checks.boilerplate.facts import Facts
from cleantext.checks.boilerplate.known_lines import LISTS
from cleantext.document.pieces import lowered

MENU = frozenset(LISTS.index(name) for name in ("navigation", "newsletter", "sections"))
FOOT = MENU | {LISTS.index("follow")}
LOOSE = frozenset(LISTS.index(name) for name in ("consent", "credits"))
CONSENT = LISTS.index("consent")

NAMES = (
    "lines outside the densest prose",
    "known labels outside it",
    "lines",
    "share of known lines among the first twenty",
    "share of known lines among the last twenty",
    "legal lines among the last twenty",
    "legal lines",
    "menu labels among the first fifteen",
    "kinds of known labels",
    "menu labels among the last twenty",
)


def dump_features_of(facts: Sequence[Facts], core: tuple[int, int]) -> list[float]:
    """Return the features, in the order of ``NAMES``, of lines of which ``core`` are the first and last of the densest prose."""
    count = len(facts)
    first, last = core
    # Most lines are plain prose, and say nothing here.
    told = [(i, fact) for i, fact in enumerate(facts) if not fact.plain]
    listed = [(i, *fact.listed) for i, fact in told if fact.listed[1]]
    labels = [(i, place) for i, place, how in listed if how > 1 or place in LOOSE]
    legal = [i for i, fact in told for _ in range(_legal(fact))]
    foot = count - 20
    return [
        math.log1p(count - max(0, last - first + 1)),
        math.log1p(sum(how > 1 and not first <= i <= last for i, _, how in listed)),
        math.log1p(count),
        sum(i < 20 for i, _, _ in listed) / max(1, min(20, count)),
        sum(i >= foot for i, _, _ in listed) / max(1, min(20, count)),
        math.log1p(min(3, sum(i >= foot for i in legal))),
        math.log1p(min(3, len(legal))),
        math.log1p(sum(i < 15 and place in MENU for i, place in labels)),
        math.log1p(len({place for _, place in labels})),
        math.log1p(sum(i >= foot and place in FOOT for i, place in labels)),
    ]


def _legal(fact: Facts) -> int:
    text = fact.text
    marked = "©" in text or "rights reserved" in lowered(text)
    return (fact.listed[0] == CONSENT) + marked
