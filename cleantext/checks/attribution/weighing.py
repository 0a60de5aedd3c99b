"""Evidence as numbers: sums of learnt weights, turned into probabilities."""

from __future__ import annotations

import math
import tomllib
from collections.abc import Iterable, Mapping
from functools import cache
from typing import NamedTuple

from cleantext import logistic
from cleantext.rulefiles import rules_dir

WITHOUT_OFFICE = 0.45
"""What is left of a probability that rests on absence or place alone: the line that introduced a speaker may have
been lost with a caption, a headline or the end of the text, which training texts cannot show. On clean news of
outlets that no weight was learnt from such findings are wrong far more often than their sum says, so they stay
below what is shown unasked."""


RATE = 0.001
"""The rate of wrong speakers at which the weights are learnt: one swap of office in a thousand attributions."""


class Model(NamedTuple):
    """A logistic model: log-odds of ``bias`` plus the weights of the features that hold.

    ``slope`` and ``offset`` make a probability of the sum that was true of articles from which no weight was learnt
    (Platt's scaling): sums of weights that were learnt on few cases are too sure of themselves.
    """

    bias: float
    weights: Mapping[str, float]
    slope: float = 1.0
    offset: float = 0.0

    def log_odds(self, features: Iterable[str]) -> float:
        """Add up; a feature that was never seen weighs nothing."""
        weights = self.weights
        return self.bias + sum(weights.get(feature, 0.0) for feature in features)

    def best(self, prefix: str) -> tuple[str, ...]:
        """Return which feature of this prefix weighs most in favour, if any does."""
        heaviest = max(
            (f for f in self.weights if f.startswith(prefix)), key=self.weights.__getitem__, default=""
        )
        return (heaviest,) if self.weights.get(heaviest, 0.0) > 0 else ()

    def probability(self, features: Iterable[str]) -> float:
        """Return the probability, 0 to 1."""
        return logistic.probability(self.slope * self.log_odds(features) + self.offset)


@cache
def models(prior: float = RATE) -> Mapping[str, Model]:
    """Return the shipped models by name, read once from ``rules/attribution/weights.toml``.

    ``prior`` is the share, between 0 and 1, of attributions that are supposed to have a wrong speaker: it moves the
    log-odds of a speaker who is in doubt as Bayes' rule has it.
    """
    shift = _odds(prior) - _odds(RATE)
    return {
        name: model._replace(offset=model.offset + shift) for name, model in _read("weights.toml").items()
    }


@cache
def person_model() -> Model:
    """Return what tells names of persons from others, read once from ``rules/attribution/persons.toml``."""
    return _read("persons.toml")["person"]


def _read(name: str) -> dict[str, Model]:
    raw = tomllib.loads((rules_dir() / "attribution" / name).read_text("utf-8"))
    return {
        model: Model(
            float(table["bias"]),
            {key: float(weight) for key, weight in table["weights"].items()},
            float(table.get("slope", 1.0)),
            float(table.get("offset", 0.0)),
        )
        for model, table in raw.items()
    }


def _odds(share: float) -> float:
    return math.log(share / (1 - share))
