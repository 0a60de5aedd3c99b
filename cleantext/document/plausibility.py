"""How likely an indirect candidate is an attribution: a logistic model over what stands around the cue.

The weights come from ``benchmarks/attribution/train.py``; inference is a sum.
"""

from __future__ import annotations

import math
from functools import cache
from typing import NamedTuple

import msgspec

from cleantext.rulefiles import rules_dir


class Model(NamedTuple):
    """Weights by feature; a candidate stays where its sum reaches the threshold of its kind."""

    bias: float
    keep_indirect: float
    keep_mixed: float
    weights: dict[str, float]

    def score(self, features: tuple[str, ...]) -> float:
        """Give the log-odds of a candidate; features that the model doesn't know count nothing."""
        get = self.weights.get
        total = self.bias
        for feature in features:
            total += get(feature, 0.0)
        return total


def probability(score: float) -> float:
    """Give the probability that log-odds stand for."""
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, score))))


@cache
def model() -> Model:
    """Read the shipped weights, once."""
    content = (rules_dir() / "attribution" / "plausibility.json").read_bytes()
    return msgspec.json.decode(content, type=Model)
