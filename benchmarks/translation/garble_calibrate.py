"""Decision values of texts that a model has not seen, and what makes probabilities of them."""

from __future__ import annotations

import pickle
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from garble_fit import FOLDS, Learner, matrix
from scipy import sparse
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score

NEWS = ("newstest", "aeb")
KINDS = {"rbmt": "rule-based", "hybrid": "rule-based", "online": "online", "smt": "statistical"}
LEFT_OUT = ("vendor", "article")
PREFIXES = (12, 25, 50, 100, 200, 400)
SENTENCE_HALF_LENGTH = 10
MOST_LEAN = 1.0
"""Most that the text around a sentence may add to the logarithm of its odds."""


@dataclass(frozen=True)
class Unseen:
    """Summed weights under models that saw neither the vendor nor the source article, or not one of the two.

    One array a left-out vendor group; a value stands where the text is that vendor's or human,
    elsewhere it is NaN. ``prefixes`` has the first so many classes of each document.
    """

    documents: Mapping[str, np.ndarray]
    sentences: Mapping[str, np.ndarray]
    prefixes: Mapping[str, np.ndarray]
    prefix_owner: np.ndarray
    prefix_lengths: np.ndarray
    prefix_marks: np.ndarray


def judge_unseen(
    learner: Learner, keep: int, kept: Path | None = None, left_out: Sequence[str] = LEFT_OUT
) -> Unseen:
    """Learn a model for each vendor group and fold of source articles, and judge what it has not seen.

    ``left_out`` says what a model must not have seen, of `LEFT_OUT`: with the vendor alone, human texts and
    other translations of the article judged are among what taught it. ``kept`` names a file for the values:
    read where it exists, written where not.
    """
    if kept and kept.exists():
        return pickle.loads(kept.read_bytes())
    corpus = learner.corpus
    owner = corpus.owner
    rows, prefix_owner = [], []
    for number, coded in enumerate(corpus.documents):
        length = PREFIXES[number % len(PREFIXES)]
        if len(coded) > length:
            rows.append(coded[:length])
            prefix_owner.append(number)
    prefix_counts = matrix(rows, learner.keys)
    prefixes_of = np.array(prefix_owner)
    documents, sentences, prefixes = {}, {}, {}
    shared: dict[int | None, np.ndarray] = {}
    human = ~learner.machine
    for group in sorted(set(learner.groups[learner.machine])):
        mine = human | (learner.groups == group)
        whole = np.full(len(corpus.texts), np.nan)
        parts = np.full(len(owner), np.nan)
        starts = np.full(len(rows), np.nan)
        for fold in range(FOLDS) if "article" in left_out else [None]:
            seen, tested = np.ones(len(mine), bool), mine
            if fold is not None:
                seen, tested = learner.folds != fold, mine & (learner.folds == fold)
            if "vendor" in left_out:
                weights = learner.learn(seen & (learner.groups != group), keep)
            elif fold in shared:
                weights = shared[fold]
            else:
                weights = shared[fold] = learner.learn(seen, keep)
            _judge(learner.document_counts, weights, tested, whole)
            _judge(learner.sentence_counts, weights, tested[owner], parts)
            _judge(prefix_counts, weights, tested[prefixes_of], starts)
        documents[group], sentences[group], prefixes[group] = whole, parts, starts
        print(f"judged without {group}", flush=True)
    unseen = Unseen(
        documents,
        sentences,
        prefixes,
        prefixes_of,
        np.array([len(row) for row in rows]),
        learner.count_marks(rows),
    )
    if kept:
        kept.write_bytes(pickle.dumps(unseen))
    return unseen


def _judge(counts: sparse.csr_matrix, weights: np.ndarray, tested: np.ndarray, into: np.ndarray) -> None:
    rows = np.flatnonzero(tested)
    into[rows] = counts[rows] @ weights


def balance(learner: Learner, owner: np.ndarray) -> np.ndarray:
    """Weigh rows so that both sides count the same, and the kinds of systems 4 : 3 : 3."""
    weights = np.zeros(len(owner))
    families, groups = learner.families[owner], learner.groups[owner]
    for family, share in {"rbmt": 0.4, "hybrid": 0, "online": 0.3, "smt": 0.3, "smt-moses": 0}.items():
        chosen = families == family
        for group in set(groups[chosen]):
            these = chosen & (groups == group)
            weights[these] = share / len(set(groups[chosen])) / these.sum()
    for family, share in {"newstest": 0.35, "aeb": 0.2, "other": 0.25, "wcxb": 0.1, "prose": 0.1}.items():
        chosen = families == family
        weights[chosen] = share / max(1, chosen.sum())
    return weights * len(owner)


def gather(learner: Learner, unseen: Mapping[str, np.ndarray], owner: np.ndarray) -> np.ndarray:
    """Return one value a row: of a human text the mean over the models, of a translation its own model's."""
    stacked = np.vstack(list(unseen.values()))
    return np.nanmean(stacked, axis=0)


def calibrate(learner: Learner, unseen: Unseen) -> dict[str, float]:
    """Fit the numbers that make odds of decision values; see the model's methods for what each does."""
    everything = np.arange(len(learner.corpus.texts))
    owner = np.concatenate([everything, unseen.prefix_owner])
    weight = np.concatenate(
        [gather(learner, unseen.documents, everything), gather(learner, unseen.prefixes, unseen.prefix_owner)]
    )
    lengths = np.concatenate([learner.document_lengths, unseen.prefix_lengths])
    usable = np.isfinite(weight) & (lengths > 5)
    marks = np.concatenate([learner.document_marks, unseen.prefix_marks])[usable]
    weight, lengths, owner = weight[usable], lengths[usable], owner[usable]
    rows_weight = balance(learner, owner)
    label = learner.machine[owner]
    best: tuple[float, ...] | None = None
    for half in (10, 20, 40, 80, 160, 320):
        reliable = lengths / (lengths + half)
        rows = np.column_stack([reliable, reliable * weight / lengths, marks])
        model = LogisticRegression(C=1e4, fit_intercept=False, max_iter=500).fit(rows, label, rows_weight)
        odds = rows @ model.coef_[0]
        loss = float(np.average(np.logaddexp(0, np.where(label, -odds, odds)), weights=rows_weight))
        if best is None or loss < best[0]:
            best = (loss, half, *map(float, model.coef_[0]))
    assert best is not None
    _, half, intercept, slope, mark = best
    numbers = {
        "half-length": half,
        "document-intercept": intercept,
        "document-slope": slope,
        "document-mark": mark,
    }
    own = gather(learner, unseen.sentences, learner.corpus.owner)
    usable = np.isfinite(own)
    owner = learner.corpus.owner[usable]
    value = own[usable] / (learner.sentence_lengths[usable] + SENTENCE_HALF_LENGTH)
    model = LogisticRegression(C=1e4, max_iter=500).fit(
        np.column_stack([value, learner.sentence_marks[usable]]),
        learner.machine[owner],
        balance(learner, owner),
    )
    return numbers | {
        "sentence-half-length": SENTENCE_HALF_LENGTH,
        "sentence-intercept": float(model.intercept_[0]),
        "sentence-slope": float(model.coef_[0][0]),
        "sentence-mark": float(model.coef_[0][1]),
        "sentence-most-lean": MOST_LEAN,
    }


def document_evidence(
    numbers: Mapping[str, float], weight: np.ndarray, lengths: np.ndarray, marks: np.ndarray
) -> np.ndarray:
    """Do what ``GarbleModel.document_evidence`` does, for many."""
    lengths = np.maximum(lengths, 1)
    reliable = lengths / (lengths + numbers["half-length"])
    mean = numbers["document-intercept"] + numbers["document-slope"] * weight / lengths
    return reliable * mean + numbers["document-mark"] * marks


def sentence_evidence(
    numbers: Mapping[str, float],
    weight: np.ndarray,
    lengths: np.ndarray,
    marks: np.ndarray,
    whole: np.ndarray,
    prior: float,
) -> np.ndarray:
    """Do what ``GarbleModel.sentence_evidence`` does, for many."""
    return (
        numbers["sentence-intercept"]
        + numbers["sentence-slope"] * weight / (lengths + numbers["sentence-half-length"])
        + numbers["sentence-mark"] * marks
        + np.minimum(numbers["sentence-most-lean"], prior + whole)
    )


def area(machine: np.ndarray, human: np.ndarray) -> float:
    """Return the area under the ROC curve; NaN where a side is empty."""
    if not len(machine) or not len(human):
        return float("nan")
    labels = np.r_[np.ones(len(machine)), np.zeros(len(human))]
    return float(roc_auc_score(labels, np.r_[machine, human]))
