"""Train the line model, cross-validated by site, and write ``rules/boilerplate/line-model.json``.

    python -m benchmarks.boilerplate.train --data DIR [--dry-run]

DIR holds ``boilerplate.jsonl.gz`` (articles with residue) and ``pagedump.jsonl.gz``
(whole pages). Two ensembles of boosted trees are trained, one for each, and a
small logistic regression that tells which of them reads an article. Every
figure printed comes from lines of sites that the judging model never saw
(``by site``) or of articles that it never saw (``by article``).
"""

from __future__ import annotations

import argparse
import math
from pathlib import Path
from typing import Any

import lightgbm
import msgspec
import numpy as np
from sklearn.isotonic import IsotonicRegression
from sklearn.linear_model import LogisticRegression
from sklearn.preprocessing import StandardScaler

from benchmarks.boilerplate.articles import Array, Rows, folds, load, rows
from cleantext.checks.boilerplate.features import FEATURES
from cleantext.checks.boilerplate.line_model import Gate, Model, Reader
from cleantext.checks.boilerplate.trees import Trees
from cleantext.rulefiles import rules_dir

FOLDS = 5
GATE_THRESHOLD = 0.8
SAFE_PRECISION = 0.97
RESIDUE: dict[str, Any] = {"n_estimators": 300, "num_leaves": 24, "learning_rate": 0.06, "min_child_samples": 40}
DUMP: dict[str, Any] = {"n_estimators": 200, "num_leaves": 24, "learning_rate": 0.08, "min_child_samples": 40}
COMMON: dict[str, Any] = {
    "objective": "binary", "subsample": 0.8, "subsample_freq": 1, "colsample_bytree": 0.5,
    "n_jobs": 1, "verbose": -1, "random_state": 0, "deterministic": True, "force_row_wise": True,
}  # fmt: skip


def fit(data: list[Rows], chosen: list[Array], settings: dict[str, Any]) -> lightgbm.LGBMClassifier:
    """Fit on the chosen lines of several views of the same articles (with and without metadata)."""
    x = np.vstack([view.features[mask] for view, mask in zip(data, chosen, strict=True)])
    y = np.concatenate([view.taught[mask] for view, mask in zip(data, chosen, strict=True)])
    weight = np.concatenate([np.sqrt(1 + view.words[mask]) for view, mask in zip(data, chosen, strict=True)])
    return lightgbm.LGBMClassifier(**COMMON, **settings).fit(x, y, sample_weight=weight)


def held_out(data: list[Rows], fold: Array, settings: dict[str, Any], *, judge: int = 0) -> Array:
    """Give every line's log odds by a model that never saw its fold; of the view that is judged."""
    odds = np.zeros(len(fold))
    for k in range(FOLDS):
        model = fit(data, [(fold != k) & (view.taught >= 0) for view in data], settings)
        odds[fold == k] = model.predict(data[judge].features[fold == k], raw_score=True)
    odds[data[judge].prose] = -9.0
    return odds


def figures(data: Rows, odds: Array, chosen: Array | None = None) -> dict[str, float]:
    """Give the scorer's figures at the threshold with the best line F1."""
    use = data.label >= 0 if chosen is None else (data.label >= 0) & chosen
    y, score, words = data.label[use], odds[use], data.words[use]
    order = np.argsort(-score, kind="stable")
    hits, count = np.cumsum(y[order]), np.arange(1, len(order) + 1)
    f1 = 2 * hits / (count + y.sum())
    lost = np.cumsum(words[order] * (y[order] == 0)) / words[y == 0].sum()
    precise = np.flatnonzero(hits / count >= SAFE_PRECISION)
    best = int(f1.argmax())
    return {
        "F1": f1[best],
        "precision": hits[best] / count[best],
        "recall": hits[best] / y.sum(),
        "% words lost": 100 * lost[best],
        "F1 at 0.3 % lost": f1[np.flatnonzero(lost <= 0.003)[-1]],
        "recall at .97": hits[precise[-1]] / y.sum() if len(precise) else 0.0,
    }


def show(title: str, found: dict[str, float]) -> None:
    """Print one row."""
    print(f"| {title} | " + " | ".join(f"{value:.3f}" for value in found.values()) + " |", flush=True)


def lower_bound(right: int, total: int, z: float = 1.645) -> float:
    """Wilson's one-sided 95 % lower bound of a proportion."""
    if not total:
        return 0.0
    p = right / total
    middle = p + z * z / (2 * total)
    return (middle - z * math.sqrt(p * (1 - p) / total + z * z / (4 * total * total))) / (1 + z * z / total)


def safe_thresholds(data: Rows, probability: Array) -> tuple[float, float, float]:
    """Per kind of line (word for word, by pattern, not listed): the lowest probability that is precise enough.

    The lower bound must hold for everything above the threshold of the kind.
    """
    found = []
    for kind in (2, 1, 0):
        use = (data.label >= 0) & (data.listed == kind)
        y, p = data.label[use], probability[use]
        threshold = 1.01
        for t in np.unique(np.round(p, 4)):
            above = p >= t
            if above.sum() >= 30 and lower_bound(int(y[above].sum()), int(above.sum())) >= SAFE_PRECISION:
                threshold = float(t)
                break
        found.append(round(threshold, 4))
    return found[0], found[1], found[2]


def calibration(data: Rows, odds: Array) -> tuple[tuple[float, float], ...]:
    """Isotonic knots of log odds and probability from held-out lines, thinned to what changes."""
    use = (data.label >= 0) & ~data.prose
    fitted = IsotonicRegression(y_min=0.001, y_max=0.995, out_of_bounds="clip").fit(odds[use], data.label[use])
    # Means of bins, so that the steps of isotonic regression become a line that tells scores apart.
    x, y = np.array(fitted.X_thresholds_), np.array(fitted.y_thresholds_)
    knots: list[tuple[float, float]] = []
    for value in np.unique(y):
        places = x[y == value]
        knots.append((round(float(places.mean()), 3), round(float(value), 4)))
    return tuple(knots)


def probabilities(reader: Reader, odds: Array) -> Array:
    """Calibrate many log odds."""
    return np.array([reader.calibrated(float(value)) for value in odds])


def export(model: lightgbm.LGBMClassifier, data: list[Rows]) -> Trees:
    """Flatten an ensemble; the checkpoint stands where no training line that came out likely was hopeless."""
    roots: list[int] = []
    columns: tuple[list[Any], ...] = ([], [], [], [], [])
    leaves: list[float] = []

    def add(node: dict[str, Any]) -> int:
        if "leaf_value" in node:
            leaves.append(round(node["leaf_value"], 5))
            return ~(len(leaves) - 1)
        feature, threshold, left, right, value = columns
        place = len(feature)
        feature.append(node["split_feature"])
        threshold.append(float(f"{node['threshold']:.7g}"))
        value.append(round(node["internal_value"], 5))
        left.append(0)
        right.append(0)
        left[place], right[place] = add(node["left_child"]), add(node["right_child"])
        return place

    for tree in model.booster_.dump_model()["tree_info"]:
        roots.append(add(tree["tree_structure"]))
    checkpoint = len(roots) // 5
    x = np.vstack([view.features for view in data])
    early = model.predict(x, raw_score=True, num_iteration=checkpoint)
    final = model.predict(x, raw_score=True)
    hopeless = float(np.quantile(early[final > -2.5], 0.002)) - 0.2
    print(f"{(early < hopeless).mean():.0%} of all lines end after {checkpoint} trees (below {hopeless:.2f})")
    return Trees(tuple(roots), *(tuple(column) for column in columns), tuple(leaves), checkpoint, hopeless)  # type: ignore[arg-type]


def gate_of(residue: Rows, dump: Rows) -> Gate:
    """Fit the regression that tells page dumps, and print how often it errs on unseen sites."""
    x = np.vstack([residue.pages, dump.pages])
    y = np.concatenate([np.zeros(len(residue.pages)), np.ones(len(dump.pages))])
    host = np.concatenate([_by_article(residue), _by_article(dump)])
    fold = folds(host, FOLDS)
    odds = np.zeros(len(y))
    for k in range(FOLDS):
        weights, bias = _logistic(x[fold != k], y[fold != k])
        odds[fold == k] = x[fold == k] @ weights + bias
    dumped = 1 / (1 + np.exp(-odds)) > GATE_THRESHOLD
    print(f"page dumps told by site: {dumped[y == 1].sum()} of {len(dump.pages)}; articles taken for one: {dumped[y == 0].sum()} of {len(residue.pages)}\n")
    gate_of.held_out = dumped[: len(residue.pages)], dumped[len(residue.pages) :]  # type: ignore[attr-defined]
    weights, bias = _logistic(x, y)
    return Gate(tuple(round(float(w), 4) for w in weights), round(float(bias), 4), GATE_THRESHOLD)


def _by_article(data: Rows) -> Array:
    return data.host[np.unique(data.article, return_index=True)[1]]


def _logistic(x: Array, y: Array) -> tuple[Array, float]:
    scaler = StandardScaler().fit(x)
    fitted = LogisticRegression(C=1.0, max_iter=1000).fit(scaler.transform(x), y)
    weights = fitted.coef_[0] / scaler.scale_
    return weights, float(fitted.intercept_[0] - (weights * scaler.mean_).sum())


def main() -> None:
    """Train, print, write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--dry-run", action="store_true", help="write nothing")
    parser.add_argument("--quick", action="store_true", help="by site only")
    options = parser.parse_args()
    readers = {}
    views: dict[str, list[Rows]] = {}
    for name in ("boilerplate", "pagedump"):
        articles = load(options.data / f"{name}.jsonl.gz")
        views[name] = [rows(articles), rows(articles, meta=False)]
    gate = gate_of(views["boilerplate"][0], views["pagedump"][0])
    judged: dict[tuple[str, str], Array] = {}
    print("| model, folds | F1 | precision | recall | % words lost | F1 at 0.3 % lost | recall at .97 |")
    print("| --- | --- | --- | --- | --- | --- | --- |")
    for name, settings in (("boilerplate", RESIDUE), ("pagedump", DUMP)):
        data = views[name]
        fold = folds(data[0].host, FOLDS)
        odds = held_out(data, fold, settings)
        judged[name, name] = odds
        show(f"{name}, by site", figures(data[0], odds))
        show(f"{name}, by site, news", figures(data[0], odds, data[0].news))
        if not options.quick:
            bare = held_out(data, fold, settings, judge=1)
            show(f"{name}, by site, no metadata", figures(data[1], bare))
            show(f"{name}, by site, no metadata, news", figures(data[1], bare, data[1].news))
            plain = held_out(data, data[0].article % FOLDS, settings)
            show(f"{name}, by article", figures(data[0], plain))
            show(f"{name}, by article, news", figures(data[0], plain, data[0].news))
        knots = calibration(data[0], odds)
        final = fit(data, [view.taught >= 0 for view in data], settings)
        reader = Reader(export(final, data), knots, (1.01, 1.01, 1.01))
        p = probabilities(reader, odds)
        safe = safe_thresholds(data[0], p)
        readers[name] = msgspec.structs.replace(reader, safe=safe)
        use = data[0].label >= 0
        taken = use & (p >= np.array(safe)[2 - data[0].listed])
        y = data[0].label[taken]
        print(f"safe from {safe}: precision {y.mean():.3f} (bound {lower_bound(int(y.sum()), len(y)):.3f}), recall {y.sum() / (data[0].label == 1).sum():.3f}")
    if not options.dry_run:
        path = rules_dir() / "boilerplate" / "line-model.json"
        path.write_bytes(msgspec.json.encode(Model(FEATURES, gate, readers["boilerplate"], readers["pagedump"])))
        print(f"{path.name}: {path.stat().st_size / 1000:.0f} kB")


if __name__ == "__main__":
    main()
