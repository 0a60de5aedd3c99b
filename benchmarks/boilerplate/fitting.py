"""The rows of all views, and the fits of the line model's parts, each on folds other than those that it judges."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

import lightgbm
import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.preprocessing import StandardScaler

from benchmarks.boilerplate import words
from benchmarks.boilerplate.judge import Array, Verdicts
from benchmarks.boilerplate.pages import FOLDS, Labelled, labelled_pages
from benchmarks.boilerplate.rows import Rows, View, clean_articles, rows_of, views_of
from benchmarks.boilerplate.texts import TEXTS, whole_texts
from cleantext.checks.boilerplate.line_model import Gate

GATE_THRESHOLD = 0.5
SOUND = -2.0

SETTINGS: dict[str, dict[str, Any]] = {
    "article": {"n_estimators": 260, "num_leaves": 24, "learning_rate": 0.06, "min_child_samples": 40},
    "dump": {"n_estimators": 180, "num_leaves": 24, "learning_rate": 0.08, "min_child_samples": 40},
}
COMMON: dict[str, Any] = {
    "objective": "binary", "subsample": 0.8, "subsample_freq": 1, "colsample_bytree": 0.4, "max_bin": 127,
    "n_jobs": 1, "verbose": -1, "deterministic": True, "force_row_wise": True,
}  # fmt: skip
SEEDS = {"article": (0, 1, 2), "dump": (0,)}
"""One ensemble of trees each; their mean is what is shown. By the seed alone F1 moves by .01 and what is lost by a
quarter, and a line is never sure by one ensemble's chance."""
CALIBRATING = {
    "read/boilerplate": 1.0,
    "cropped/boilerplate": 1.0,
    "extracted/boilerplate": 1.0,
    "boilerplate": 0.4,
    TEXTS: 0.3,
}
"""What a line counts for in the calibration: labels nobody read are a tenth wrong; other sets but those in other
languages do not."""
GOOD = "languages"
"""Articles without residue in other languages: with them in the calibration they lose .50 % of their words for .98, and
F1 on what extractors leave there is .883 for .920."""


class Shown(NamedTuple):
    """All views and their rows; ``fold`` and ``site`` are of each line."""

    pages: list[Labelled]
    views: list[View]
    rows: Rows
    fold: Array
    site: Array
    data: Array
    language: Array
    is_dump: Array


def shown(folder: Path, texts: Path | None = None) -> Shown:
    """Read the data in all views, and below ``texts`` those that were never web pages."""
    pages = labelled_pages(folder)
    views = views_of(pages, clean_articles(folder), whole_texts(texts) if texts else [])
    rows = rows_of(views)
    sites = {group: number for number, group in enumerate(sorted({view.page.group for view in views}))}
    return Shown(
        pages,
        views,
        rows,
        np.array([view.page.fold for view in views])[rows.view],
        np.array([sites[view.page.group] for view in views])[rows.view],
        np.array([view.page.data for view in views])[rows.view],
        np.array([view.page.language for view in views])[rows.view],
        np.array([view.page.kind == "dump" for view in views])[rows.view],
    )


def fit(features: Array, rows: Rows, chosen: Array, kind: str) -> list[lightgbm.LGBMClassifier]:
    """Fit a reader's ensembles on the chosen lines that teach."""
    use = chosen & (rows.taught >= 0)
    return [
        lightgbm.LGBMClassifier(**COMMON, random_state=seed, **SETTINGS[kind]).fit(
            features[use], rows.taught[use], sample_weight=rows.weight[use]
        )
        for seed in SEEDS[kind]
    ]


def odds_of(models: Sequence[lightgbm.LGBMClassifier], features: Array) -> Array:
    """Return the mean log odds of the ensembles."""
    return np.mean([model.predict(features, raw_score=True) for model in models], axis=0)


def teaching(found: Shown, kind: str) -> Array:
    """Say which lines a reader learns from; of whole pages not those labelled by machine, which cost .02 to .03 F1."""
    if kind == "dump":
        return found.is_dump & ~np.char.startswith(found.data.astype(str), "chain")
    return ~found.is_dump


def held_out(found: Shown, scores: Array, kind: str) -> Array:
    """Return every line's log odds by trees that never saw its fold: of all lines, for the gate may err."""
    rows, mine = found.rows, teaching(found, kind)
    odds = np.zeros(len(rows.label))
    for k in range(FOLDS):
        features = words.with_scores(rows.features, rows.view, scores[:, k])
        models = fit(features, rows, mine & (found.fold != k), kind)
        here = found.fold == k
        odds[here] = odds_of(models, features[here])
    return odds


def verdicts_of(found: Shown, odds: Array, own: Array, kind: str) -> Verdicts:
    """Return the lines as they are judged; prose that sounds like prose is never residue."""
    rows = found.rows
    return Verdicts(
        rows.label, rows.words, rows.view, found.site, found.fold,
        np.where(rows.prose & (own < SOUND), -9.0, odds), rows.kind, np.zeros(len(odds), bool),
        np.where(rows.english, 0, 1 + rows.below) if kind == "article" else np.zeros(len(odds), int),
        (rows.readable & (found.data != GOOD)) | (kind != "article"), rows.judged | np.isin(found.data, (GOOD, TEXTS)),
        calibration_weight(found, kind),
    )  # fmt: skip


def calibration_weight(found: Shown, kind: str) -> Array:
    """Return what each line counts for in the calibration of a reader."""
    weight = np.array([CALIBRATING.get(name, 0.0) for name in found.data])
    weight[np.isin(found.data, ("languages/boilerplate", GOOD))] = 1.0
    weight[found.is_dump & ~np.char.startswith(found.data.astype(str), "chain")] = 1.0
    weight[found.is_dump != (kind == "dump")] = 0.0
    return weight


def gate_of(found: Shown, chosen: Array) -> Gate:
    """Fit the regression that tells page dumps, on the chosen views."""
    y = np.array([view.page.kind == "dump" for view in found.views])
    scaler = StandardScaler().fit(found.rows.dump[chosen])
    fitted = LogisticRegression(C=1.0, max_iter=1000).fit(
        scaler.transform(found.rows.dump[chosen]), y[chosen]
    )
    weights = fitted.coef_[0] / scaler.scale_
    bias = float(fitted.intercept_[0] - (weights * scaler.mean_).sum())
    return Gate(tuple(round(float(w), 4) for w in weights), round(bias, 4), GATE_THRESHOLD)


def gated(found: Shown) -> Array:
    """Say of each view whether a gate that never saw its fold takes it for a whole page."""
    fold = np.array([view.page.fold for view in found.views])
    taken = np.zeros(len(fold), dtype=bool)
    for k in range(FOLDS):
        gate = gate_of(found, fold != k)
        odds = found.rows.dump @ np.array(gate.weights) + gate.bias
        taken[fold == k] = (1 / (1 + np.exp(-odds)) > gate.threshold)[fold == k]
    return taken
