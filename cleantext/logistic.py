"""Log odds as a probability, for all models alike."""

from __future__ import annotations

from math import exp

_FARTHEST = 30.0
"""Log odds beyond which a probability is as good as 0 or 1; `exp` overflows far beyond."""


def probability(log_odds: float) -> float:
    """Return the logistic function of log odds."""
    return 1 / (1 + exp(-max(-_FARTHEST, min(_FARTHEST, log_odds))))
