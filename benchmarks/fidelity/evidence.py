"""Weights of what two sentences share: a logistic regression between true pairs and pairs of neighbours.

Log loss and ROC are of each language by the weights of the others.
Run: ``python -m benchmarks.fidelity.evidence --data DIR [--every N]``.
"""

from __future__ import annotations

import math
from collections import Counter

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import log_loss, roc_auc_score

from benchmarks.fidelity.data import arguments, pick
from benchmarks.fidelity.planted import Span, planted
from cleantext.fidelity.alignment import SHORT, Sentence, expected_ratio, read_sentences
from cleantext.fidelity.evidence import RAREST, Weight, weight_of

NEAR = 3
"""How far from its partner a sentence is a neighbour."""


def unit(spans: tuple[Span, ...], sentence: Sentence) -> int:
    """Return the number of the known sentence that shares most with one that was found."""
    return max(
        range(len(spans)), key=lambda k: min(spans[k][1], sentence.end) - max(spans[k][0], sentence.start)
    )


def main() -> None:
    """Print how well neighbours are told apart, and the weights learnt on all."""
    given = arguments(__doc__)
    x, truth, langs = [], [], []
    kinds: dict[Weight, int] = {}
    for article in planted(given.data):
        if article.side or pick(article.document, given.every):
            continue
        source = read_sentences(article.original, article.lang)
        target = read_sentences(article.text, "en")
        ratio = expected_ratio(len(article.original), len(article.text), article.lang, "en")
        here = [unit(article.spans[0], sentence) for sentence in source]
        there = [unit(article.spans[1], sentence) for sentence in target]
        lone_here, lone_there = Counter(here), Counter(there)
        held_here = Counter(key for sentence in source for key in sentence.keys)
        held_there = Counter(key for sentence in target for key in sentence.keys)
        names = frozenset(key for sentence in (*source, *target) for key in sentence.telling)
        most = max(len(source), len(target)) + 1
        for i, s in enumerate(source):
            for j, t in enumerate(target):
                if lone_here[here[i]] > 1 or lone_there[there[j]] > 1 or abs(here[i] - there[j]) > NEAR:
                    continue
                row = [0.0] * 15
                for key in s.keys & t.keys:
                    kind = kinds.setdefault(weight_of(key, names), len(kinds))
                    row[3 * kind] += min(math.log(most / max(held_here[key], held_there[key])), RAREST)
                    row[3 * kind + 1] += 1
                for key in s.keys ^ t.keys:
                    if key in held_here and key in held_there:
                        row[3 * kinds.setdefault(weight_of(key, names), len(kinds)) + 2] += 1
                long, wide = (s.end - s.start) * ratio, t.end - t.start
                x.append([*row, abs(math.log((long + SHORT) / (wide + SHORT)))])
                truth.append(here[i] == there[j])
                langs.append(article.lang)
    terms, true, lang = np.array(x), np.array(truth), np.array(langs)
    for code in np.unique(lang):
        held = lang == code
        model = LogisticRegression(max_iter=3000).fit(terms[~held], true[~held])
        sure = model.predict_proba(terms[held])[:, 1]
        print(f"{code}  ROC {roc_auc_score(true[held], sure):.4f}  log loss {log_loss(true[held], sure):.4f}")
    model = LogisticRegression(max_iter=3000).fit(terms, true)
    weights = np.round(model.coef_[0], 2).tolist()
    for shipped, at in kinds.items():
        print(f"{shipped} -> rare, base, astray {weights[3 * at : 3 * at + 3]}")
    print("length", weights[15], "intercept", round(float(model.intercept_[0]), 2))


if __name__ == "__main__":
    main()
