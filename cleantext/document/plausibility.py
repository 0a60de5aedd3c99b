"""How likely an indirect candidate is an attribution: a logistic model over what stands around the cue.

The weights come from ``benchmarks/attribution/train.py``; inference is a sum.
"""

from __future__ import annotations

import math
from functools import cache
from itertools import repeat
from typing import NamedTuple

import msgspec

from cleantext.rulefiles import rules_dir


class Model(NamedTuple):
    """Weights by feature; a candidate stays where its sum reaches the threshold of its kind."""

    bias: float
    keep_indirect: float
    keep_mixed: float
    least_cue: float
    weights: dict[str, float]

    def score(self, features: tuple[str, ...]) -> float:
        """Give the log-odds of a candidate; features that the model doesn't know count nothing."""
        return self.bias + sum(map(self.weights.get, features, repeat(0.0)))

    def hopeless(self, cue: tuple[str, ...]) -> bool:
        """Whether a cue's own features fall so low that hardly any speaker brings it over a threshold."""
        return self.bias + sum(map(self.weights.get, cue, repeat(0.0))) < self.least_cue


def probability(score: float) -> float:
    """Give the probability that log-odds stand for."""
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, score))))


@cache
def model() -> Model:
    """Read the shipped weights, once."""
    content = (rules_dir() / "attribution" / "plausibility.json").read_bytes()
    return msgspec.json.decode(content, type=Model)
