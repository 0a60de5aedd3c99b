"""Weights of the probability that a sentence without a partner is a true gap, and what they find of articles not learnt from.

Recall and precision are of predictions on folds by document, and on each language by the weights of the others.
Run: ``python -m benchmarks.fidelity.gaps --data DIR [--every N]``.
"""

from __future__ import annotations

from collections import Counter

import numpy as np
from sklearn.linear_model import LogisticRegression

from benchmarks.fidelity.data import arguments, pick
from benchmarks.fidelity.planted import is_planted, planted
from cleantext.fidelity.align import align
from cleantext.fidelity.gaps import gaps, terms

FLOORS = (0.3, 0.4, 0.5, 0.6, 0.7)


def main() -> None:
    """Print held-out recall and precision by threshold, and the weights learnt on all."""
    given = arguments(__doc__)
    x, right, sides, of, count = [], [], [], [], Counter[str]()
    documents, langs = [], []
    for number, article in enumerate(planted(given.data)):
        if pick(article.document, given.every):
            continue
        count[article.side] += 1
        for gap in gaps(align(article.original, article.lang, article.text, "en")):
            x.append(terms(gap))
            right.append(is_planted(gap, article))
            sides.append(article.side if gap.side == article.side else "whole" if not article.side else "")
            of.append(number)
            documents.append(str(pick(article.document + "fold", 5)))
            langs.append(article.lang)
    terms_, truth, side, number_of = np.array(x), np.array(right), np.array(sides), np.array(of)
    for name, groups in (("by document", np.array(documents)), ("by language", np.array(langs))):
        sure = np.zeros(len(truth))
        for group in np.unique(groups):
            held = groups == group
            model = LogisticRegression(max_iter=3000).fit(terms_[~held], truth[~held])
            sure[held] = model.predict_proba(terms_[held])[:, 1]
        for planted_side in ("missing", "added"):
            for floor in FLOORS:
                claimed = (side == planted_side) & (sure >= floor)
                found = len(set(number_of[claimed & truth].tolist()))
                print(
                    f"{name} {planted_side:8} from {floor}: recall {found / count[planted_side]:.3f}  precision {truth[claimed].mean():.3f}"
                )
        print(f"{name} sound translations: {np.sum((side == 'whole') & (sure >= 0.5))} claims in {count['']}")
    model = LogisticRegression(max_iter=3000).fit(terms_, truth)
    print("weights", np.round(model.coef_[0], 2).tolist(), "intercept", round(float(model.intercept_[0]), 2))


if __name__ == "__main__":
    main()
