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
from typing import Any, NamedTuple

import lightgbm
import msgspec
import numpy as np
from sklearn.isotonic import IsotonicRegression
from sklearn.linear_model import LogisticRegression
from sklearn.preprocessing import StandardScaler

from benchmarks.boilerplate.articles import (
    Array,
    Rows,
    clean,
    folds,
    load,
    news_without_residue,
    rows,
    shortened,
)
from cleantext.checks.boilerplate.features import FEATURES
from cleantext.checks.boilerplate.line_model import Gate, Model, Reader, doubted
from cleantext.checks.boilerplate.trees import Trees
from cleantext.rulefiles import rules_dir

FOLDS = 5
GATE_THRESHOLD = 0.8
SAFE_PRECISION = 0.97
QUIET = {"boilerplate": 0.35, "pagedump": 0.55}
"""Lowest probability of a finding. In a page dump, lines less sure than even cost whole paragraphs and bring no F1."""
KINDS = 4
NEVER = (1.01, 1.01, 1.01, 1.01)
RESIDUE: dict[str, Any] = {
    "n_estimators": 300,
    "num_leaves": 24,
    "learning_rate": 0.06,
    "min_child_samples": 40,
}
WEIGHT = {"boilerplate": 0.0, "pagedump": 0.75}
"""What a line weighs in training: its words, plus one, to this power. In a page dump a lost paragraph is worse than
a lost label; elsewhere every line counts alike."""
DUMP: dict[str, Any] = {"n_estimators": 200, "num_leaves": 24, "learning_rate": 0.08, "min_child_samples": 40}
NEWS = {"newstest": 0.3, "bbc": 0.02, "wmt": 0.02}
"""What a line of clean news weighs. The BBC's are many and much alike: lest they outweigh the pages."""
SETTINGS = {"boilerplate": RESIDUE, "pagedump": DUMP}
COMMON: dict[str, Any] = {
    "objective": "binary", "subsample": 0.8, "subsample_freq": 1, "colsample_bytree": 0.5,
    "n_jobs": 1, "verbose": -1, "random_state": 0, "deterministic": True, "force_row_wise": True,
}  # fmt: skip


class View(NamedTuple):
    """One way of showing the articles to the model, and what a line of it weighs in training.

    The first view is the one that is judged, the second the same lines without metadata. ``clean`` names one
    without residue, of which is told what it loses.
    """

    clean: str
    rows: Rows
    weight: float
    fold: Array
    power: float


def views_of(name: str, folder: Path) -> list[View]:
    """Read a data set in all its views."""
    articles = load(folder / f"{name}.jsonl.gz")
    shown = [("", rows(articles), 1.0), ("", rows(articles, meta=False), 1.0)]
    if name == "boilerplate":
        bare = [clean(article) for article in articles]
        short = [found for article in articles if (found := shortened(article))]
        newstest, *others = (
            (f"clean {source}", rows(news_without_residue(folder, source), meta=False), weight)
            for source, weight in NEWS.items()
        )
        shown += [("clean articles", rows(bare), 0.1), ("", rows(bare, meta=False), 0.1), newstest]
        shown += [("", rows(short), 0.1), ("", rows(short, meta=False), 0.1), *others]
    return [View(what, data, weight, folds(data.host, FOLDS), WEIGHT[name]) for what, data, weight in shown]


def fit(views: list[View], chosen: list[Array], settings: dict[str, Any]) -> lightgbm.LGBMClassifier:
    """Fit on the chosen lines of the views."""
    pairs = [(view, mask & (view.rows.taught >= 0)) for view, mask in zip(views, chosen, strict=True)]
    x = np.vstack([view.rows.features[mask] for view, mask in pairs])
    y = np.concatenate([view.rows.taught[mask] for view, mask in pairs])
    weight = np.concatenate([view.weight * (1 + view.rows.words[mask]) ** view.power for view, mask in pairs])
    return lightgbm.LGBMClassifier(**COMMON, **settings).fit(x, y, sample_weight=weight)


def all_of(views: list[View]) -> list[Array]:
    """Choose every line."""
    return [np.ones(len(view.fold), dtype=bool) for view in views]


def held_out(views: list[View], settings: dict[str, Any]) -> list[Array]:
    """Give, view by view, every line's log odds by a model that never saw its fold."""
    odds = [np.zeros(len(view.fold)) for view in views]
    for k in range(FOLDS):
        model = fit(views, [view.fold != k for view in views], settings)
        for view, found in zip(views, odds, strict=True):
            found[view.fold == k] = model.predict(view.rows.features[view.fold == k], raw_score=True)
    for view, found in zip(views, odds, strict=True):
        found[view.rows.prose] = -9.0
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


def safe_thresholds(data: Rows, probability: Array) -> tuple[float, float, float, float]:
    """Per kind of line: the lowest probability that is precise enough.

    Each kind must reach one precision above its threshold; that is the lowest
    with which the lower bound of the precision of all kinds together holds.
    """
    use = data.label >= 0
    for wanted in np.arange(SAFE_PRECISION, 1.0, 0.001):
        found = [_lowest(data, probability, kind, float(wanted)) for kind in range(KINDS)]
        taken = use & (probability >= np.array(found)[data.kind])
        if lower_bound(int(data.label[taken].sum()), int(taken.sum())) >= SAFE_PRECISION:
            return found[0], found[1], found[2], found[3]
    return NEVER


def _lowest(data: Rows, probability: Array, kind: int, wanted: float) -> float:
    """The lowest probability above which lines of a kind are residue with the wanted precision, 1.01 for none."""
    use = (data.label >= 0) & (data.kind == kind)
    y, p = data.label[use], probability[use]
    for threshold in np.unique(np.floor(p * 1000) / 1000):
        above = p >= threshold
        if threshold >= 0.5 and above.sum() >= 20 and y[above].mean() >= wanted:
            return round(float(threshold), 4)
    return 1.01


def calibration(data: Rows, odds: Array) -> tuple[tuple[float, float], ...]:
    """Isotonic knots of log odds and probability from held-out lines, thinned to what changes."""
    use = (data.label >= 0) & ~data.prose
    fitted = IsotonicRegression(y_min=0.001, y_max=0.995, out_of_bounds="clip").fit(
        odds[use], data.label[use]
    )
    # Means of bins, so that the steps of isotonic regression become a line that tells scores apart.
    x, y = np.array(fitted.X_thresholds_), np.array(fitted.y_thresholds_)
    knots: list[tuple[float, float]] = []
    for value in np.unique(y):
        places = x[y == value]
        knots.append((round(float(places.mean()), 3), round(float(value), 4)))
    return tuple(knots)


def probabilities(reader: Reader, data: Rows, odds: Array) -> Array:
    """Calibrate log odds, and lower those of articles without a sure line."""
    p = np.array([reader.calibrated(float(value)) for value in odds])
    surest = np.zeros(int(data.article.max()) + 1)
    np.maximum.at(surest, data.article, np.where(data.prose | (data.kind == 3), 0.0, p))
    return np.array([doubted(one, surest[i]) for one, i in zip(p, data.article, strict=True)])


def export(model: lightgbm.LGBMClassifier, views: list[View]) -> Trees:
    """Flatten an ensemble, with stops under which almost no training line came out likely."""
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

    for tree in model.booster_.dump_model()["tree_info"]:  # `add` fills the columns in order
        roots.append(add(tree["tree_structure"]))  # noqa: PERF401
    x = np.vstack([view.rows.features for view in views])
    final = model.predict(x, raw_score=True)
    stops = []
    for share in (0.04, 0.1, 0.2, 0.4):
        count = round(len(roots) * share)
        early = model.predict(x, raw_score=True, num_iteration=count)
        least = round(float(np.quantile(early[final > -1.5], 0.004)) - 0.02, 3)
        stops.append((count, least))
        print(f"{(early < least).mean():.0%} of all lines end after {count} trees")
    return Trees(tuple(roots), *(tuple(column) for column in columns), tuple(leaves), tuple(stops))  # type: ignore[arg-type]


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
    print(
        f"page dumps told by site: {dumped[y == 1].sum()} of {len(dump.pages)}; articles taken for one: {dumped[y == 0].sum()} of {len(residue.pages)}\n"
    )
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


def report_safe(data: Rows, probability: Array, safe: tuple[float, float, float, float]) -> None:
    """Print what the ``safe`` tier does on held-out lines."""
    taken = (data.label >= 0) & (probability >= np.array(safe)[data.kind])
    right, total = int(data.label[taken].sum()), int(taken.sum())
    recall = right / (data.label == 1).sum()
    print(
        f"safe from {safe}: precision {right / total:.3f} (bound {lower_bound(right, total):.3f}), recall {recall:.3f}"
    )


def report_clean(views: list[View], odds: list[Array], reader: Reader) -> None:
    """Print what articles without residue lose at probability one half, and how many of the news lose their headline."""
    for view, found in zip(views, odds, strict=True):
        if not view.clean:
            continue
        data = view.rows
        first = np.r_[True, data.article[1:] != data.article[:-1]]
        gone = probabilities(reader, data, found) >= 0.5
        lost = 100 * data.words[gone & ~first].sum() / data.words.sum()
        print(
            f"{view.clean}: {lost:.3f} % of words at 0.5; first lines {(gone & first).sum()} of {first.sum()}"
        )


def main() -> None:
    """Train, print, write."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--dry-run", action="store_true", help="write nothing")
    parser.add_argument("--quick", action="store_true", help="by site only")
    options = parser.parse_args()
    readers = {}
    views = {name: views_of(name, options.data) for name in SETTINGS}
    gate = gate_of(views["boilerplate"][0].rows, views["pagedump"][0].rows)
    print("| model, folds | F1 | precision | recall | % words lost | F1 at 0.3 % lost | recall at .97 |")
    print("| --- | --- | --- | --- | --- | --- | --- |")
    for name, settings in SETTINGS.items():
        shown = views[name]
        data, bare = shown[0].rows, shown[1].rows
        odds = held_out(shown, settings)
        show(f"{name}, by site", figures(data, odds[0]))
        show(f"{name}, by site, news", figures(data, odds[0], data.news))
        show(f"{name}, by site, no metadata", figures(bare, odds[1]))
        show(f"{name}, by site, no metadata, news", figures(bare, odds[1], bare.news))
        if not options.quick:
            by_article = [view._replace(fold=view.rows.article % FOLDS) for view in shown]
            plain = held_out(by_article, settings)[0]
            show(f"{name}, by article", figures(data, plain))
            show(f"{name}, by article, news", figures(data, plain, data.news))
        knots = calibration(data, odds[0])
        final = fit(shown, all_of(shown), settings)
        reader = Reader(export(final, shown), knots, NEVER, QUIET[name])
        p = probabilities(reader, data, odds[0])
        safe = safe_thresholds(data, p)
        readers[name] = msgspec.structs.replace(reader, safe=safe)
        show(f"{name}, by site, as findings", figures(data, p))
        show(f"{name}, by site, as findings, news", figures(data, p, data.news))
        report_safe(data, p, safe)
        if name == "boilerplate":
            report_clean(shown, odds, reader)
    if not options.dry_run:
        path = rules_dir() / "boilerplate" / "line-model.json"
        path.write_bytes(
            msgspec.json.encode(Model(FEATURES, gate, readers["boilerplate"], readers["pagedump"]))
        )
        print(f"{path.name}: {path.stat().st_size / 1000:.0f} kB")


if __name__ == "__main__":
    main()
