"""Weights of the score that tells detached sentences, learnt on pairs that people marked, and what they find of pairs not learnt from.

Figures are of five folds by pair, for several draws of the folds. Run: ``python -m benchmarks.fidelity.detached --data DIR``.
"""

from __future__ import annotations

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from benchmarks.fidelity.data import arguments, pick, rows
from cleantext.fidelity.strangeness import _terms

FOLDS, DRAWS = 5, 4
ALLOWED = 0.004
"""Share of sound pairs that may be flagged."""


def main() -> None:
    """Print recall where a few in a thousand sound pairs are flagged, the threshold, and the weights learnt on all."""
    given = arguments(__doc__)
    terms, groups, names = [], [], []
    for row in rows(given.data, "hallucination-de-en"):
        marks = {e["category"] for e in row["errors"]}
        if marks and not marks & {"full-unsupport", "strong-unsupport"}:
            continue
        terms.append(_terms(row["source"], "de", row["target"], "en")[1:])
        groups.append("sound" if not marks else "full" if "full-unsupport" in marks else "strong")
        names.append(row["id"])
    x, group = np.array(terms), np.array(groups)
    taught = group != "strong"
    floors = []
    for draw in range(DRAWS):
        fold = np.array([pick(f"{draw}{name}", FOLDS) for name in names])
        odds = np.zeros(len(group))
        for held in range(FOLDS):
            learn = taught & (fold != held)
            model = make_pipeline(StandardScaler(), LogisticRegression(C=1.0, max_iter=5000))
            model.fit(x[learn], group[learn] != "sound")
            odds[fold == held] = model.decision_function(x[fold == held])
        floor = np.quantile(odds[group == "sound"], 1 - ALLOWED)
        floors.append(floor)
        shares = {name: float(np.mean(odds[group == name] >= floor)) for name in ("full", "strong", "sound")}
        print(f"draw {draw}: flagged", {name: round(share, 4) for name, share in shares.items()})
    print("flagged from", round(float(np.mean(floors)), 2))
    print("asked of the encoder from", round(float(np.quantile(odds[group == "full"], 0.02)), 2))
    model = make_pipeline(StandardScaler(), LogisticRegression(C=1.0, max_iter=5000))
    model.fit(x[taught], group[taught] != "sound")
    scaler, taught_model = model[0], model[-1]
    weights = taught_model.coef_[0] / scaler.scale_
    intercept = taught_model.intercept_[0] - float(np.sum(weights * scaler.mean_))
    print("weights", np.round([intercept, *weights], 3).tolist())
    odds = model.decision_function(x)
    for name in ("full", "strong", "sound"):
        print(f"{name:6} in sight: {np.mean(odds[group == name] >= np.mean(floors)):.4f}")


if __name__ == "__main__":
    main()
