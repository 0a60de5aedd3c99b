"""Is this text an article with a little residue, or a whole page's text?

The two need different priors: in a page dump most lines are residue, in an
extracted article few are. A small logistic regression over the article's lines
decides which line model reads it.
"""

from __future__ import annotations

from collections.abc import Sequence

from cleantext.checks.boilerplate.page import Page


def dump_odds(page: Page, weights: Sequence[float], bias: float) -> float:
    """Return the log odds that a text is a whole page, by one weight a feature."""
    odds = bias
    for weight, feature in zip(weights, page.dump_features(), strict=True):
        odds += weight * feature
    return odds
