"""Two rules that take the same line away say one thing; a reviewer should decide on it once."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate

import msgspec

from cleantext.finding import Applicability, Finding
from cleantext.rulebook.ledger import LINE_MODEL

LISTS = "BP0"
"""How the rules begin whose confidence is the line model's, too."""
SAME = 0.8
"""Share of the longer of two spans that both hold, from which on they are about the same place."""


def _overlap(findings: Sequence[Finding]) -> bool:
    """Say whether any two of the findings share a code point."""
    spans = sorted([(f.start, f.end) for f in findings])
    reach = accumulate([end for _, end in spans], max)
    return any(start < before for (start, _), before in zip(spans[1:], reach, strict=False))


def without_echoes(findings: Sequence[Finding]) -> list[Finding]:
    """Drop findings of boilerplate about a place that another one is about.

    `safe` stays before review, then a rule that says more than the line model, then the surer, then the longer; what
    stays is as sure as the surer of the two. Findings of other categories, and those that offer no fix, are given back
    as they are, in order.
    """
    mine = [f for f in findings if f.category == "boilerplate" and f.fixes]
    if len(mine) < 2 or not _overlap(mine):
        return list(findings)
    order = sorted(
        mine,
        key=lambda f: (
            f.applicability is not Applicability.SAFE,
            f.rule == LINE_MODEL or f.rule.startswith(LISTS),
            -f.confidence,
            f.start - f.end,
            f.rule,
            f.start,
        ),
    )
    dropped: set[int] = set()
    surest: dict[int, float] = {}
    by_start = sorted(order, key=lambda f: f.start)
    # Lines do not overlap but where they are the same: only neighbours by start can cover one another.
    rank = {id(f): place for place, f in enumerate(order)}
    open_ones: list[Finding] = []
    for finding in by_start:
        open_ones = [f for f in open_ones if f.end > finding.start]
        for other in open_ones:
            low, high = max(other.start, finding.start), min(other.end, finding.end)
            longer = max(other.end - other.start, finding.end - finding.start)
            if high - low >= SAME * longer:
                winner, loser = sorted((finding, other), key=lambda f: rank[id(f)])
                dropped.add(id(loser))
                surest[id(winner)] = max(surest.get(id(winner), 0.0), loser.confidence)
        open_ones.append(finding)
    return [
        msgspec.structs.replace(f, confidence=surest[id(f)]) if surest.get(id(f), 0.0) > f.confidence else f
        for f in findings
        if id(f) not in dropped
    ]
