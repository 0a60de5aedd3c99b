"""Findings of LanguageTool that only repeat what our own rules found."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from itertools import accumulate

from cleantext.checks.languagetool.rules import CATEGORY
from cleantext.finding import Finding


def without_echoes(findings: Sequence[Finding]) -> list[Finding]:
    """Drop what LanguageTool says about places that a finding of ours with a fix already covers.

    Ours comes with its own reasons, and one fault should be decided on once.
    """
    spans = sorted((f.start, f.end) for f in findings if f.fixes and f.category != CATEGORY)
    starts = [start for start, _ in spans]
    reach = list(accumulate((end for _, end in spans), max))

    def repeats(finding: Finding) -> bool:
        # Of the spans that start before the finding's end, the farthest end decides.
        at = bisect_right(starts, finding.end - 1)
        return at > 0 and reach[at - 1] > finding.start

    return [f for f in findings if f.category != CATEGORY or not repeats(f)]
