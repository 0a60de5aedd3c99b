"""Learning which language a machine translation came from, of those that the data has."""

from __future__ import annotations

import numpy as np
from garble_fit import FOLDS, Learner, logistic
from scipy import sparse

TRIED = ("online-a", "rbmt-1", "rbmt-4", "smt-1")
"""Vendor groups that the guess is tried on; each translated from all three languages."""
KEEP = 500
"""n-grams that tell one language from the others, a language."""


def learn_languages(learner: Learner, chosen: np.ndarray | None = None) -> dict[str, np.ndarray]:
    """Return for each language a weight for each n-gram, learnt one against the others from whole documents."""
    languages = learner.corpus.column(lambda text: text.language)
    usable = learner.machine & (learner.families != "smt-moses") & (learner.words >= 60)
    if chosen is not None:
        usable &= chosen
    rows = np.flatnonzero(usable)
    documents = learner.documents[rows]
    # The fourth order adds nothing for languages.
    short = learner.keys < 1 << 33
    often = np.asarray(documents.multiply(documents).sum(axis=0)).ravel()
    found = {}
    for language in sorted(set(languages[rows])):
        label = languages[rows] == language
        balance = np.where(label, 0.5 / label.sum(), 0.5 / (~label).sum()) * len(rows)
        first = logistic(documents[:, np.flatnonzero(short)], label, balance)
        columns = np.flatnonzero(short)[np.argsort(-np.abs(first) * np.sqrt(often[short]))[:KEEP]]
        weights = np.zeros(len(learner.keys))
        weights[columns] = logistic(documents[:, columns], label, balance)
        found[language] = weights
    return found


def unseen_languages(learner: Learner) -> tuple[np.ndarray, np.ndarray, list[str]]:
    """Return mean weights a language of documents under models without their vendor and source article.

    The second array names the rows; the list the columns.
    """
    values: list[np.ndarray] = []
    rows: list[np.ndarray] = []
    names: list[str] = []
    for group in TRIED:
        for fold in range(FOLDS):
            tested = np.flatnonzero(
                (learner.groups == group) & (learner.folds == fold) & (learner.words >= 60)
            )
            if not len(tested):
                continue
            models = learn_languages(learner, (learner.groups != group) & (learner.folds != fold))
            names = list(models)
            means = (
                sparse.diags(1 / (learner.document_lengths[tested] + 40)) @ learner.document_counts[tested]
            )
            values.append(np.column_stack([means @ weights for weights in models.values()]))
            rows.append(tested)
    return np.concatenate(values), np.concatenate(rows), names


def calibrate_languages(learner: Learner) -> dict[str, float]:
    """Return the slope that makes a softmax of mean weights a probability."""
    values, rows, names = unseen_languages(learner)
    languages = learner.corpus.column(lambda text: text.language)[rows]
    truth = np.array([names.index(language) for language in languages])
    best = (np.inf, 1.0)
    for slope in np.geomspace(1, 200, 40):
        odds = slope * values
        odds -= odds.max(axis=1, keepdims=True)
        loss = float(np.mean(np.log(np.exp(odds).sum(axis=1)) - odds[np.arange(len(truth)), truth]))
        best = min(best, (loss, float(slope)))
    right = float(np.mean(values.argmax(axis=1) == truth))
    print(f"source language right in {right:.3f} of {len(truth)} unseen documents, slope {best[1]:.1f}")
    return {"language-slope": best[1], "language-least": 0.7}
