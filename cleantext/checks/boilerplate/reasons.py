"""What spoke for a finding of the line model, in words: what a reviewer reads as evidence."""

from __future__ import annotations

from functools import lru_cache

from cleantext.checks.boilerplate.features import FEATURES
from cleantext.checks.boilerplate.page import Page, strongest
from cleantext.checks.boilerplate.trees import Trees
from cleantext.finding import Evidence

_LEAST = 0.05
"""What a feature adds to the log odds, at least, to be spoken of."""
_MOST = 4
"""Features that are spoken of."""


def reasons(page: Page, trees: Trees, line: int) -> tuple[Evidence, ...]:
    """Return the features that spoke most for a line's being residue, with what each added to the log odds."""
    spoke = strongest(page, trees, line, _LEAST, _MOST)
    return tuple([_piece(FEATURES[place].words, f"{share:+.1f}") for place, share in spoke])


@lru_cache(4_096)
def _piece(words: str, share: str) -> Evidence:
    return Evidence(0, 0, "", f"{words} ({share})")
