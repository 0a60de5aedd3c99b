"""Fit the wording model out of fold, so that no line's score has seen its site, and put the scores into the rows."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
from scipy import sparse
from sklearn.linear_model import LogisticRegression

from benchmarks.boilerplate.pages import FOLDS
from cleantext.checks.boilerplate.features import COLUMNS, FEATURES, MISSING
from cleantext.checks.boilerplate.wording import MOST_TOKENS, SLOTS, Wording

Array = np.ndarray[Any, Any]
_STEPS = 35
_WORDING = next(number for number, column in enumerate(COLUMNS) if column.name == "wording")


class Fitted(NamedTuple):
    """Weights as they are shipped: rounded to bytes."""

    weights: Array
    scale: float
    bias: float

    def scores(self, words: sparse.csr_matrix) -> Array:
        """Return the scores of lines."""
        found: Array = self.bias + self.scale * (words @ self.weights)
        return found

    def shipped(self) -> Wording:
        """Return what the data file holds."""
        return Wording(self.scale, self.bias, self.weights.astype(np.int8).tobytes())


def words_matrix(slots: Sequence[Array], tokens: Array) -> sparse.csr_matrix:
    """Return one row a line: its slots, each weighing one over the root of how many tokens are read."""
    lengths = np.array([len(line) for line in slots])
    weight = 1 / np.sqrt(np.maximum(1, np.minimum(tokens, MOST_TOKENS)))
    places = np.concatenate([[0], np.cumsum(lengths)])
    return sparse.csr_matrix(
        (np.repeat(weight, lengths), np.concatenate(slots), places), shape=(len(slots), SLOTS)
    )


def fit(words: sparse.csr_matrix, label: Array, weight: Array, chosen: Array) -> Fitted:
    """Fit on the chosen lines that count."""
    use = chosen & (label >= 0)
    model = LogisticRegression(C=1.0, max_iter=_STEPS, tol=1e-3)
    model.fit(words[use], label[use], sample_weight=weight[use])
    weights = model.coef_[0]
    scale = round(float(np.abs(weights).max()) / 127, 6)
    return Fitted(np.round(weights / scale), scale, round(float(model.intercept_[0]), 5))


def nested_scores(words: sparse.csr_matrix, label: Array, weight: Array, fold: Array) -> Array:
    """Return a column of scores for each outer fold.

    The lines of the outer fold are scored by a fit on all other folds, each other line by a fit that saw neither its
    own fold nor the outer one.
    """
    found = np.zeros((len(label), FOLDS))
    for outer in range(FOLDS):
        for inner in range(outer, FOLDS):
            fitted = fit(words, label, weight, (fold != outer) & (fold != inner))
            found[fold == inner, outer] = fitted.scores(words[fold == inner])
            found[fold == outer, inner] = fitted.scores(words[fold == outer])
    return found


def with_scores(features: Array, page: Array, scores: Array) -> Array:
    """Return the rows with other scores of wording, in every feature that asks for them; ``page`` is sorted."""
    rows = features.copy()
    count = np.arange(len(page))
    first, last = np.searchsorted(page, page), np.searchsorted(page, page, side="right") - 1
    sums = np.concatenate([[0.0], np.cumsum(scores)])
    for number, feature in enumerate(FEATURES):
        if feature.column == _WORDING:
            low, high = np.maximum(first, count + feature.low), np.minimum(last, count + feature.high)
            some = low <= high
            low, high = np.where(some, low, 0), np.where(some, high, 0)
            mean = (sums[high + 1] - sums[low]) / (high - low + 1)
            rows[:, number] = np.where(some, mean, MISSING)
    return rows
