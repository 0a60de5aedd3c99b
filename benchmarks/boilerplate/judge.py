"""Calibration, thresholds and figures of line verdicts, each chosen on other folds than it is judged on.

Odds are those of models that never saw a line's fold; a fold's calibration and ``safe`` thresholds come from the
other folds' odds. Bounds resample sites: lines of one page are right or wrong together.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Sequence
from typing import Any, NamedTuple

import numpy as np
from sklearn.isotonic import IsotonicRegression

from cleantext.rulebook.ledger import LEAST_BOUND, LINE_KINDS

Array = np.ndarray[Any, Any]
Knots = tuple[tuple[float, float], ...]
DRAWS = 1000
LEAST_SAFE = 0.5
UNLISTED = LINE_KINDS.index("on no list")
FEWEST = 20
"""Lines of the smallest sample that a threshold is read from."""


class Verdicts(NamedTuple):
    """Lines that were judged: one entry a line.

    ``label``: 1 residue, 0 article, -1 does not count; ``words`` of it; ``page`` and ``site`` are numbers; ``fold``;
    ``odds`` by a model that never saw the fold; ``kind`` of line, which has a ``safe`` threshold of its own;
    ``never``: may not be ``safe``; ``bin``: the calibration that holds, 0 for English, 1 for other languages, 2 for these
    below the main block;
    ``readable``: teaches that of English; ``as_it_stands``: of no page that is shown without its residue or its title,
    so that it teaches that of others; ``weight`` of the line in it.
    """

    label: Array
    words: Array
    page: Array
    site: Array
    fold: Array
    odds: Array
    kind: Array
    never: Array
    bin: Array
    readable: Array
    as_it_stands: Array
    weight: Array

    def of(self, mask: Array) -> Verdicts:
        """Return the lines of a mask."""
        return Verdicts(*(column[mask] for column in self))


class Figures(NamedTuple):
    """Of the lines taken: precision, recall, F1 by line; share of article words lost, in per cent."""

    taken: int
    precision: float
    recall: float
    f1: float
    lost: float


def figures(lines: Verdicts, taken: Array) -> Figures:
    """Return the scorer's figures of the lines taken."""
    use = lines.label >= 0
    right = int((taken & (lines.label == 1)).sum())
    count = int((taken & use).sum())
    residue, words = int((lines.label == 1).sum()), float(lines.words[lines.label == 0].sum())
    precision, recall = right / max(1, count), right / max(1, residue)
    f1 = 2 * precision * recall / (precision + recall) if right else 0.0
    lost = 100 * float(lines.words[taken & (lines.label == 0)].sum()) / max(1.0, words)
    return Figures(count, precision, recall, f1, lost)


def calibration(lines: Verdicts, kind: int) -> Knots:
    """Return the knots of a calibration.

    That of English is learnt from all languages that the lists know: by English alone likely residue is shown less
    surely (F1 of the older file .758 for .763). That of the others from them alone: by that of English theirs were shown
    far too unsure (of what Russian, German and Spanish pages were shown as .3 to .5, .86 was residue), and by one for
    all places what stands below the main block, where residue is, far less sure than what stands above it.
    """
    use = (lines.bin == kind) & lines.as_it_stands if kind else lines.readable
    return knots_of(lines.odds[use], lines.label[use], lines.weight[use])


def knots_of(odds: Array, label: Array, weight: Array) -> Knots:
    """Return log odds and measured probability, in order: means of the steps of isotonic regression."""
    use = (label >= 0) & (weight > 0)
    fitted = IsotonicRegression(y_min=0.001, y_max=0.995, out_of_bounds="clip")
    fitted.fit(odds[use], label[use], sample_weight=weight[use])
    x, y = np.array(fitted.X_thresholds_), np.array(fitted.y_thresholds_)
    return tuple((round(float(x[y == value].mean()), 3), round(float(value), 4)) for value in np.unique(y))


def calibrated(odds: Array, knots: Knots) -> Array:
    """Return probabilities, linear between the knots."""
    x, y = zip(*knots, strict=True)
    found: Array = np.interp(odds, x, y)
    return found


def nested_probabilities(lines: Verdicts) -> Array:
    """Calibrate each fold by what was measured on the others, one kind of page at a time."""
    found = np.zeros(len(lines.label))
    for fold in np.unique(lines.fold):
        for kind in np.unique(lines.bin):
            here = (lines.fold == fold) & (lines.bin == kind)
            if here.any():
                knots = calibration(lines.of(lines.fold != fold), int(kind))
                found[here] = calibrated(lines.odds[here], knots)
    return found


def among_english(lines: Verdicts, probability: Array) -> Array:
    """Return the probabilities that ``safe`` goes by, as :func:`sure`, each fold by what was measured on the others."""
    return sure(lines.kind, probability, nested_probabilities(lines._replace(bin=np.zeros_like(lines.bin))))


def sure(kind: Array, probability: Array, english: Array) -> Array:
    """Return probabilities, of what no list knows those of English lines as likely, where these are lower."""
    found: Array = np.where(kind < UNLISTED, probability, np.minimum(probability, english))
    return found


def site_bound(right: Array, site: Array, draws: int = DRAWS, seed: int = 1) -> float:
    """Return the one-sided 95 % lower bound of a precision, its sites drawn again with replacement."""
    if not len(right):
        return 0.0
    _, number = np.unique(site, return_inverse=True)
    hits, count = np.bincount(number, right), np.bincount(number)
    chosen = np.random.default_rng(seed).integers(0, len(count), (draws, len(count)))
    return float(np.quantile(hits[chosen].sum(1) / count[chosen].sum(1), 0.05))


def safe_thresholds(
    lines: Verdicts, probability: Array, target: float, lost: float, alone: Collection[int] = ()
) -> tuple[float, ...]:
    """Return, for each kind of line, the lowest probability that may be ``safe``.

    Each kind must reach one precision above its threshold: the lowest for which the bound by site of all of them
    together reaches ``target``, and no more than ``lost`` per cent of the article words go. A kind must also hold by
    itself what its row in the ledger must show. Kinds that stand ``alone`` do just that, and do not count for the others.
    """
    able = (lines.label >= 0) & ~lines.never
    kinds = int(lines.kind.max()) + 1
    apart = np.isin(lines.kind, list(alone))

    def thresholds(wanted: float) -> tuple[float, ...]:
        return tuple(
            _lowest_that_holds(lines, probability, able & (lines.kind == kind), wanted)
            for kind in range(kinds)
        )

    for wanted in np.arange(target, 1.0, 0.002):
        found = thresholds(float(wanted))
        taken = able & ~apart & (probability >= np.array(found)[lines.kind])
        if (
            site_bound(lines.label[taken], lines.site[taken], 300) >= target
            and figures(lines, taken).lost <= lost
        ):
            return found
    return (1.01,) * kinds


def _lowest_that_holds(lines: Verdicts, probability: Array, use: Array, wanted: float) -> float:
    """Return the lowest probability with the wanted precision, or with the next better that has the ledger's bound."""
    for better in np.arange(wanted, 1.0, 0.002):
        lowest = _lowest(lines, probability, use, float(better))
        taken = use & (probability >= lowest)
        if site_bound(lines.label[taken], lines.site[taken], 300) >= LEAST_BOUND:
            return lowest
    return 1.01


def _lowest(lines: Verdicts, probability: Array, use: Array, wanted: float) -> float:
    """Return the lowest probability above which lines are residue with the wanted precision, 1.01 for none."""
    y, p = lines.label[use], probability[use]
    order = np.argsort(-p, kind="stable")
    y, p = y[order], p[order]
    precise = np.cumsum(y) / np.arange(1, len(y) + 1) >= wanted
    last = np.append(p[1:] != p[:-1], True) if len(p) else np.zeros(0, bool)  # no tie is cut in two
    able = np.flatnonzero(precise & last & (p >= LEAST_SAFE) & (np.arange(1, len(y) + 1) >= FEWEST))
    return (
        math.floor(float(p[able[-1]]) * 10_000) / 10_000 if len(able) else 1.01
    )  # rounded up, it would take none


def nested_safe(lines: Verdicts, probability: Array, target: float, lost: float) -> Array:
    """Say which lines are ``safe``, each fold by thresholds that were chosen on the others."""
    found = np.zeros(len(lines.label), dtype=bool)
    for fold in np.unique(lines.fold):
        others = lines.fold != fold
        limits = np.array(safe_thresholds(lines.of(others), probability[others], target, lost))
        here = lines.fold == fold
        found[here] = ~lines.never[here] & (probability[here] >= limits[lines.kind[here]])
    return found


def calibration_error(lines: Verdicts, probability: Array, least: float = 0.05, bins: int = 10) -> float:
    """Return the expected calibration error of the lines shown at ``least`` and more."""
    use = (lines.label >= 0) & (probability >= least)
    if not use.any():
        return 0.0
    y, p = lines.label[use], probability[use]
    place = np.minimum((p * bins).astype(int), bins - 1)
    gaps = [abs(y[place == k].mean() - p[place == k].mean()) * (place == k).sum() for k in np.unique(place)]
    return float(sum(gaps) / use.sum())


def harmed(lines: Verdicts, taken: Array) -> tuple[int, int]:
    """Return how many pages lose a line of their article, and how many pages there are."""
    return len(np.unique(lines.page[taken & (lines.label == 0)])), len(np.unique(lines.page))


def pooled(parts: Sequence[Verdicts]) -> Verdicts:
    """Put lines together."""
    return Verdicts(*(np.concatenate(columns) for columns in zip(*parts, strict=True)))
