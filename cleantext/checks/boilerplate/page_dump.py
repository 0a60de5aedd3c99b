"""Is this text an article with a little residue, or a whole page's text?

The two need different priors: in a page dump most lines are residue, in an
extracted article few are. A small logistic regression over the article's lines
decides which line model reads it.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from cleantext.checks.boilerplate.facts import Facts
from cleantext.checks.boilerplate.known_lines import LISTS
from cleantext.checks.boilerplate.page import Page
from cleantext.document.pieces import lowered

_MENU = frozenset(LISTS.index(name) for name in ("navigation", "newsletter", "sections"))
_FOOT = _MENU | {LISTS.index("follow")}
_LOOSE = frozenset(LISTS.index(name) for name in ("consent", "credits"))
_CONSENT = LISTS.index("consent")

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


def dump_odds(page: Page, weights: Sequence[float], bias: float) -> float:
    """Give the log odds that a text is a whole page, by one weight a feature."""
    odds = bias
    for weight, feature in zip(weights, page_features(page), strict=True):
        odds += weight * feature
    return odds


def page_features(page: Page) -> list[float]:
    """Give the features that tell a page dump from an article, in the order of ``NAMES``."""
    facts = page.facts
    count = len(facts)
    first, last = page.core
    # Most lines are plain prose, and say nothing here.
    told = [(i, fact) for i, fact in enumerate(facts) if not fact.plain]
    listed = [(i, *fact.listed) for i, fact in told if fact.listed[1]]
    labels = [(i, place) for i, place, how in listed if how > 1 or place in _LOOSE]
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
        math.log1p(sum(i < 15 and place in _MENU for i, place in labels)),
        math.log1p(len({place for _, place in labels})),
        math.log1p(sum(i >= foot and place in _FOOT for i, place in labels)),
    ]


def _legal(fact: Facts) -> int:
    text = fact.text
    marked = "©" in text or "rights reserved" in lowered(text)
    return (fact.listed[0] == _CONSENT) + marked
