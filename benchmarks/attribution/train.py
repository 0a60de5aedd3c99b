"""Train and cross-validate the plausibility of indirect attributions.

    python benchmarks/attribution/train.py --data DIR [--folds document|publisher] [--write]

DIR holds ``attribution.jsonl.gz``: articles with ``quotes`` of ``source``,
``cue`` and ``content`` spans (PolNeAR's annotation). Prints F1 of speakers with
every article judged by weights learnt from other articles; ``--write`` fits on
all and replaces ``rules/attribution/plausibility.json``. Needs scikit-learn.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import json
from collections import Counter
from pathlib import Path

import msgspec
import numpy as np
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from cleantext.document import speakers
from cleantext.document.cueweights import Weights
from cleantext.document.plausibility import Plausibility, cue_features, place_features
from cleantext.rulefiles import rules_dir

PRONOUNS = {"he", "she", "they", "i", "we", "it", "who", "you", "him", "her"}
MARKS = set('"“”')


def overlap(a: int, b: int, x: int, y: int) -> int:
    return max(0, min(b, y) - max(a, x))


def match(start: int, end: int, gold: dict) -> bool:
    shared = sum(overlap(start, end, a, b) for a, b in gold["content"])
    return shared > 0 and shared >= 0.5 * min(end - start, sum(b - a for a, b in gold["content"]))


def right(speaker, gold: dict, text: str) -> bool:
    if speaker is None:
        return False
    if any(overlap(*speaker, a, b) for a, b in gold["source"]):
        return True
    mine = text[speaker[0] : speaker[1]].strip(" ,.'’s").split()
    want = " ".join(text[a:b] for a, b in gold["source"]).strip(" ,.").split()
    return bool(mine and want) and mine[-1] == want[-1] and mine[-1].lower() not in PRONOUNS


def correct(quotation, article: dict) -> bool:
    return any(
        match(quotation.start, quotation.end, gold) and right(quotation.speaker, gold, article["text"])
        for gold in article["quotes"]
    )


def score(articles: list[dict], predicted: list[tuple]) -> dict[str, float]:
    """Return speaker F1 on direct and mixed, indirect and all, as the project's scorer counts them."""
    types = {"quoted": ("direct", "mixed"), "indirect": ("indirect",), "all": ("direct", "mixed", "indirect")}
    figures = {}
    recall = {name: [0, 0] for name in types}
    precision = {name: [0, 0] for name in types}
    for article, quotations in zip(articles, predicted, strict=True):
        text = article["text"]
        for gold in article["quotes"]:
            if not gold["source"] or not gold["content"]:
                continue
            hit = any(match(q.start, q.end, gold) and right(q.speaker, gold, text) for q in quotations)
            for name, kinds in types.items():
                if gold["type"] in kinds:
                    recall[name][0] += 1
                    recall[name][1] += hit
        for quotation in quotations:
            if quotation.speaker is None:
                continue
            quoted = bool(MARKS & set(text[max(0, quotation.start - 1) : quotation.end + 1]))
            good = correct(quotation, article)
            for name in ("all", "quoted" if quoted else "indirect"):
                precision[name][0] += 1
                precision[name][1] += good
    for name in types:
        r = recall[name][1] / max(1, recall[name][0])
        p = precision[name][1] / max(1, precision[name][0])
        figures[name] = (round(p, 4), round(r, 4), round(2 * p * r / (p + r), 4) if p + r else 0.0)
    return figures


def collect(articles: list[dict]):
    """Return every indirect candidate's features, whether it is right, and whether marks stand in it."""
    rows, labels, marked, groups = [], [], [], []
    kept: list = []
    open_model = Plausibility(Weights(0.0, 0.0, 0.0, 0.0, -99.0, {}))
    speakers.plausibility = lambda: open_model

    def keep(self, candidate):
        kept.append((candidate, self._marks_within(candidate.start, candidate.end), self))
        return False

    original = speakers._Choice.keep
    speakers._Choice.keep = keep
    try:
        for number, article in enumerate(articles):
            kept.clear()
            speakers.attribute(article["text"])
            for candidate, marks, choice in kept:
                start, end = choice._trim(candidate.start, candidate.end)
                found = speakers.Quotation(
                    "indirect", start, end, choice._speaker(candidate.subject), None, None
                )
                rows.append(
                    [*cue_features(candidate.cue), *place_features(candidate.place, candidate.cue.sort)]
                )
                labels.append(correct(found, article))
                marked.append(marks)
                groups.append(number)
    finally:
        speakers._Choice.keep = original
    return rows, np.array(labels), np.array(marked), np.array(groups)


def fit(rows, labels, strength: float, least: int):
    counts = Counter(feature for row in rows for feature in row)
    index = {feature: i for i, feature in enumerate(sorted(f for f, n in counts.items() if n >= least))}
    matrix = to_matrix(rows, index)
    learner = LogisticRegression(C=strength, max_iter=300, solver="liblinear", random_state=0)
    learner.fit(matrix, labels)
    weights = {
        f: round(float(learner.coef_[0][i]), 3) for f, i in index.items() if abs(learner.coef_[0][i]) >= 0.02
    }
    return round(float(learner.intercept_[0]), 3), weights


def to_matrix(rows, index):
    pointers, columns = [0], []
    for row in rows:
        columns += sorted({index[f] for f in row if f in index})
        pointers.append(len(columns))
    return csr_matrix((np.ones(len(columns)), columns, pointers), shape=(len(rows), len(index)))


def sums(rows, bias, weights):
    return np.array([bias + sum(weights.get(f, 0.0) for f in row) for row in rows])


def least_cue(rows, bias, weights, threshold: float) -> float:
    """Return the cue-only sum that 98 % of the kept verb candidates reach: below it no speaker is looked for."""
    cues = [[f for f in row if f.startswith(("cue=", "says/", "thinks/", "next=", "prev="))] for row in rows]
    kept = (sums(rows, bias, weights) >= threshold) & np.array(
        [any(f.startswith("prev=") for f in row) for row in rows]
    )
    alone = sums(cues, bias, weights)
    return round(float(np.quantile(alone[kept], 0.02)), 3)


def fold_of(article: dict, by: str, count: int) -> int:
    key = article["id"] if by == "document" else article["id"].split("_")[0]
    return int(hashlib.md5(key.encode()).hexdigest(), 16) % count


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--folds", choices=["document", "publisher"], default="document")
    parser.add_argument("--strength", type=float, default=0.1)
    parser.add_argument("--least", type=int, default=3)
    parser.add_argument(
        "--indirect", type=float, default=-0.3, help="log-odds from which an indirect candidate stays"
    )
    parser.add_argument(
        "--mixed", type=float, default=-0.1, help="the same where quotation marks stand in it"
    )
    parser.add_argument(
        "--thought", type=float, default=0.0, help="how much more a verb of thought must have to stay"
    )
    parser.add_argument("--sweep", action="store_true")
    parser.add_argument("--write", action="store_true")
    args = parser.parse_args()
    with gzip.open(args.data / "attribution.jsonl.gz", "rt", encoding="utf-8") as lines:
        articles = [json.loads(line) for line in lines]
    rows, labels, marked, groups = collect(articles)
    print(f"{len(rows)} candidates, {labels.mean():.3f} right")
    count = 5
    folds = np.array([fold_of(article, args.folds, count) for article in articles])
    if args.folds == "publisher":
        names = sorted({article["id"].split("_")[0] for article in articles})
        folds = np.array([names.index(article["id"].split("_")[0]) for article in articles])
        count = len(names)
    models = []
    out = np.zeros(len(rows))
    for fold in range(count):
        train = [i for i in range(len(rows)) if folds[groups[i]] != fold]
        test = [i for i in range(len(rows)) if folds[groups[i]] == fold]
        bias, weights = fit([rows[i] for i in train], labels[train], args.strength, args.least)
        least = least_cue([rows[i] for i in train], bias, weights, args.indirect)
        models.append((bias, least, weights))
        out[test] = sums([rows[i] for i in test], bias, weights)
    if args.sweep:
        for low in np.arange(-1.6, 0.6, 0.2):
            for name, mask in (("indirect", ~marked), ("mixed", marked)):
                chosen = mask & (out >= low)
                print(
                    name,
                    round(low, 1),
                    int(chosen.sum()),
                    round(labels[chosen].mean(), 3),
                    round(labels[chosen].sum() / labels[mask].sum(), 3),
                )

    def run(indirect: float, mixed: float) -> dict:
        predicted = []
        fitted = [Plausibility(Weights(b, indirect, mixed, args.thought, c, w)) for b, c, w in models]
        for number, article in enumerate(articles):
            speakers.plausibility = lambda m=fitted[folds[number]]: m
            predicted.append(speakers.attribute(article["text"]))
        return score(articles, predicted)

    if args.sweep:
        for low in (-1.2, -0.9, -0.6, -0.3):
            for high in (-0.9, -0.5, -0.1, 0.3):
                print(low, high, run(low, high))
    print("cross-validated, (precision, recall, F1):", run(args.indirect, args.mixed))
    if args.write:
        bias, weights = fit(rows, labels, args.strength, args.least)
        shipped = Weights(
            bias,
            args.indirect,
            args.mixed,
            args.thought,
            least_cue(rows, bias, weights, args.indirect),
            weights,
        )
        content = json.dumps(msgspec.to_builtins(shipped), ensure_ascii=False, indent=0, sort_keys=True)
        (rules_dir() / "attribution" / "plausibility.json").write_text(content + "\n", "utf-8")
        print(len(weights), "weights written")


if __name__ == "__main__":
    main()
