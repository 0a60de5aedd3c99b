"""One fault, one finding: where the fixes of two rules cannot both be made, the surer one alone is shown.

What it leaves over is found again once it was applied; so no two rules mend half a clause each.
"""

from __future__ import annotations

from collections.abc import Sequence

from cleantext.edits import choose
from cleantext.finding import Finding

FAMILIES = frozenset(["translation", "typography", "style"])
SHOWN = 0.5
"""Confidence from which a finding may silence another: one that nobody sees may not."""


def without_rivals(findings: Sequence[Finding], *, length: int) -> list[Finding]:
    """Return the findings without those of these families whose fix conflicts with a better one's, in their order.

    Which is better, `cleantext.edits.choose` says. A finding that offers no fix has no rival.
    """
    mine = [f for f in findings if f.category in FAMILIES and f.fixes and f.confidence >= SHOWN]
    if len(mine) < 2:
        return list(findings)
    lost = {
        (loser.finding.rule, loser.finding.start, loser.finding.end)
        for loser in choose(mine, length=length).losers
        if loser.winner.category in FAMILIES
    }
    return [f for f in findings if not (f.category in FAMILIES and (f.rule, f.start, f.end) in lost)]
