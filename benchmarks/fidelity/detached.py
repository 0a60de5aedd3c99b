"""Weights of the score that tells detached sentences, learnt on one half of the pairs that people marked, tried on the other.

Run: ``python -m benchmarks.fidelity.detached --data DIR``.
"""

from __future__ import annotations

import numpy as np
from sklearn.linear_model import LogisticRegression

from benchmarks.fidelity.data import arguments, pick, rows
from cleantext.fidelity.strangeness import _terms


def main() -> None:
    """Print the weights, and recall where four in a thousand sound pairs are flagged."""
    given = arguments(__doc__)
    terms, groups, halves = [], [], []
    for row in rows(given.data, "hallucination-de-en"):
        marks = {e["category"] for e in row["errors"]}
        if marks and not marks & {"full-unsupport", "strong-unsupport"}:
            continue
        terms.append(_terms(row["source"], "de", row["target"], "en")[1:])
        groups.append("sound" if not marks else "full" if "full-unsupport" in marks else "strong")
        halves.append(pick(row["id"], 2))
    x, group, half = np.array(terms), np.array(groups), np.array(halves)
    learn = (half == given.half) & (group != "strong")
    model = LogisticRegression(C=0.3, max_iter=3000).fit(x[learn], group[learn] != "sound")
    odds = model.decision_function(x)
    sound = np.sort(odds[learn & (group == "sound")])
    floor = sound[int(len(sound) * 0.9965)]
    print("flagged from", round(float(floor), 2))
    print("weights", np.round([model.intercept_[0], *model.coef_[0]], 2).tolist())
    for name in ("full", "strong", "sound"):
        held = (half != given.half) & (group == name)
        print(f"{name:6} flagged on the other half {np.mean(odds[held] > floor):.4f} of {held.sum()}")


if __name__ == "__main__":
    main()
