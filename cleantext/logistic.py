"""Log odds as a probability, for all models alike."""

from __future__ import annotations

from math import exp

_FARTHEST = 30.0
"""Log odds beyond which a probability is as good as 0 or 1; `exp` overflows far beyond."""


def probability(log_odds: float) -> float:
    """Return the logistic function of log odds."""
    if (
        -_FARTHEST < log_odds < _FARTHEST
    ):  # asked for every article, where two calls of `max` take most of the time
        return 1 / (1 + exp(-log_odds))
    return 1 / (1 + exp(_FARTHEST if log_odds < 0 else -_FARTHEST))
