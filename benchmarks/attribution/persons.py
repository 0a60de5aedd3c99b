"""Learn which names of an article are persons', and measure it out of fold.

    python -m benchmarks.attribution.persons --data DIR [--write]

DIR holds ``misattribution.jsonl.gz``, ``attribution.jsonl.gz`` and ``phrasing_human.jsonl.gz``. ``persons.csv`` beside
this file says of names of their articles whether a reader who wrote no rule took them for one person's: the article
by a hash of its text, where the name stands, how many characters it has, the verdict, and by which draw it was asked
for. Every figure printed is for articles from which no weight was learnt. Needs scikit-learn.
"""

from __future__ import annotations

import argparse
import csv
import hashlib
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np

from benchmarks.attribution.misattribution import as_toml, fit
from benchmarks.attribution.misattribution_cases import articles
from cleantext.article import Article
from cleantext.checks.attribution.mention_index import MentionIndex
from cleantext.checks.attribution.personhood import person_features
from cleantext.checks.attribution.weighing import Model
from cleantext.document import Document
from cleantext.document.names import fold
from cleantext.rulefiles import rules_dir

JUDGED = Path(__file__).with_name("persons.csv")
COLUMNS = ("article", "start", "length", "person", "kind", "draw")
FOLDS = 10
LEAST = 4  # names a feature must have to get a weight
STRENGTH = 1 / 20  # inverse of the regularisation; `fit` counts each row twenty times


class Judged(NamedTuple):
    """A name of an article with what a reader said of it."""

    article: str
    kind: str  # how the name was come by: "stranger", "figure-introduced", …
    draw: str
    features: list[str]
    person: bool


def article_key(text: str) -> str:
    """Return the hash by which an article goes in the table."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def judged(data: Path, table: Path = JUDGED) -> Iterator[Judged]:
    """Yield the names of the table whose articles are at hand."""
    texts = {article_key(case.text): case.text for case in articles(data) if case.start < 0}
    documents: dict[str, MentionIndex] = {}
    with table.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            text = texts.get(row["article"])
            if text is None:
                continue
            uses = documents.get(row["article"])
            if uses is None:
                document = Document(Article(text=text))
                uses = documents[row["article"]] = MentionIndex(document, document.names)
            start = int(row["start"])
            name = text[start : start + int(row["length"])]
            mentions = uses.by_key.get(fold(name).rpartition(" ")[2], [])
            yield Judged(
                row["article"],
                row["kind"],
                row["draw"],
                person_features(uses, mentions, name),
                row["person"] == "yes",
            )


def learn(rows: Sequence[Judged]) -> Model:
    return fit([(row.features, int(row.person), 1.0) for row in rows], LEAST, STRENGTH)


def show(rows: Sequence[Judged], scores: Sequence[float], name: str) -> None:
    """Print how often the more likely answer is wrong, by how the name was come by, and what sure answers are worth."""
    wrong: Counter[str] = Counter(
        row.kind for row, score in zip(rows, scores, strict=True) if (score >= 0.5) != row.person
    )
    totals = Counter(row.kind for row in rows)
    print(
        f"{name}: {sum(wrong.values())} of {len(rows)} wrong ({sum(wrong.values()) / len(rows):.3f}); "
        + ", ".join(f"{kind} {wrong[kind]}/{count}" for kind, count in sorted(totals.items()))
    )
    for low, high in ((0.0, 0.1), (0.1, 0.3), (0.3, 0.5), (0.5, 0.7), (0.7, 0.9), (0.9, 1.01)):
        here = [(row, score) for row, score in zip(rows, scores, strict=True) if low <= score < high]
        if here:
            said = sum(score for _, score in here) / len(here)
            true = sum(row.person for row, _ in here) / len(here)
            print(f"  said {low:.1f} to {min(high, 1.0):.1f} (mean {said:.2f}): {true:.2f} of {len(here)}")


def write(model: Model, path: Path) -> None:
    lines = [
        "# Weights of the evidence that a name is one person's, in log-odds; written by benchmarks/attribution/persons.py.",
        *as_toml("person", model),
    ]
    path.write_text("\n".join(lines) + "\n", "utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    every = list(judged(options.data))
    draws = sorted({row.draw for row in every})
    rows = [row for row in every if row.draw == draws[0]]
    scores = np.zeros(len(rows))
    for fold_number in range(FOLDS):
        inside = [row for row in rows if int(row.article[:8], 16) % FOLDS != fold_number]
        model = learn(inside)
        for number, row in enumerate(rows):
            if int(row.article[:8], 16) % FOLDS == fold_number:
                scores[number] = model.probability(row.features)
    show(rows, scores, f"draw {draws[0]}, {FOLDS} folds by article")
    model = learn(rows)
    for draw in draws[1:]:
        later = [row for row in every if row.draw == draw]
        show(later, [model.probability(row.features) for row in later], f"draw {draw}, held out")
    if options.write:
        write(model, rules_dir() / "attribution" / "persons.toml")


if __name__ == "__main__":
    main()
