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


def page_features(page: Page) -> list[float]:
    """Give the features that tell a page dump from an article, in the order of ``NAMES``."""
    facts = page.facts
    first, last = page.core
    outside = [*facts[:first], *facts[last + 1 :]]
    head, foot = facts[:15], facts[-20:]
    return [
        math.log1p(len(outside)),
        math.log1p(sum(fact.listed[1] > 1 for fact in outside)),
        math.log1p(len(facts)),
        _share(facts[:20]),
        _share(foot),
        math.log1p(min(3, _legal(foot))),
        math.log1p(min(3, _legal(facts))),
        math.log1p(sum(place in _MENU for place in _labels(head))),
        math.log1p(len(set(_labels(facts)))),
        math.log1p(sum(place in _FOOT for place in _labels(foot))),
    ]


def _share(facts: Sequence[Facts]) -> float:
    return sum(fact.listed[1] > 0 for fact in facts) / max(1, len(facts))


def _legal(facts: Sequence[Facts]) -> int:
    found = 0
    for fact in facts:
        if not fact.plain:
            found += fact.listed[0] == _CONSENT
            found += "©" in fact.text or "rights reserved" in fact.text.lower()
    return found


def _labels(facts: Sequence[Facts]) -> list[int]:
    return [
        fact.listed[0]
        for fact in facts
        if fact.listed[1] > 1 or (fact.listed[1] and fact.listed[0] in _LOOSE)
    ]
