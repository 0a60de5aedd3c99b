"""How well garble tells translations from human articles, by family and system, with plots.

    OMP_NUM_THREADS=1 python benchmarks/translation/garble_report.py --data DIR [--output FOLDER]

Every system is judged by models that saw neither its vendor's output nor the source article of
the text judged, so no article stands on both sides. `--left-out` asks for less: `article` is what
other articles by the same systems would show; `vendor` alone lets a model learn the references and the other
vendors' translations of the very articles that it judges, which flatters it much. Human side: reference
translations of the same articles (newstest) and original English news (aeb). Takes some ten minutes.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
from garble_calibrate import (
    KINDS,
    LEFT_OUT,
    NEWS,
    Unseen,
    area,
    calibrate,
    document_evidence,
    gather,
    judge_unseen,
    sentence_evidence,
)
from garble_fit import Learner, read_corpus
from train_garble import PRIOR


def main() -> None:
    """Judge, print the tables, draw the plots."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, required=True, help="directory of phrasing_*.jsonl.gz")
    parser.add_argument("--prose", type=Path, help="folder of *.jsonl, prose of packages that is no news")
    parser.add_argument("--keep", type=int, default=8000, help="n-grams to keep")
    parser.add_argument(
        "--unseen", type=Path, help="file of decision values: read if it exists, else written"
    )
    parser.add_argument(
        "--left-out",
        nargs="+",
        choices=LEFT_OUT,
        default=LEFT_OUT,
        help="what the models must not have seen of the text judged (both)",
    )
    parser.add_argument("--output", type=Path, help="folder for plots (SVG)")
    arguments = parser.parse_args()
    learner = Learner(read_corpus(arguments.data, arguments.prose))
    unseen = judge_unseen(learner, arguments.keep, arguments.unseen, arguments.left_out)
    print(f"Left out of training: {' and '.join(arguments.left_out)}.")
    numbers = calibrate(learner, unseen)
    report(learner, unseen, numbers)
    if arguments.output:
        arguments.output.mkdir(parents=True, exist_ok=True)
        draw(learner, unseen, numbers, arguments.output)


def report(learner: Learner, unseen: Unseen, numbers: dict[str, float]) -> None:
    """Print areas under the curve, sentences caught, and what the probabilities are worth."""
    long = learner.words >= 100
    owner = learner.corpus.owner
    news = np.isin(learner.families, NEWS)
    rows = []
    for group, whole in unseen.documents.items():
        evidence = document_evidence(numbers, whole, learner.document_lengths, learner.document_marks)
        alone = unseen.sentences[group] / learner.sentence_lengths
        leaning = sentence_evidence(
            numbers,
            unseen.sentences[group],
            learner.sentence_lengths,
            learner.sentence_marks,
            evidence[owner],
            PRIOR,
        )
        mine = learner.groups == group
        row: list[float | str] = [_family(learner, mine), group, int((mine & long).sum())]
        row += [area(evidence[mine & long], evidence[long & side]) for side in (news, *_sides(learner))]
        for values in (alone, leaning):
            human = values[news[owner]]
            machine = values[mine[owner]]
            line = np.quantile(human, 0.99)
            row += [area(machine, human), float(np.mean(machine > line))]
        rows.append(row)
    _table(
        "Each system by itself. Documents of 100 words or more, AUC against "
        "both, newstest, aeb. Sentences of 8 words or more: AUC and share caught at 1 % false alarms on "
        "newstest and aeb, alone and leaning on their article.",
        ["family", "system", "articles", "auc", "newstest", "aeb", "s.auc", "s.1%", "lean.auc", "lean.1%"],
        [*rows, *_by_family(rows)],
    )
    _probabilities(learner, unseen, numbers)


def _sides(learner: Learner) -> list[np.ndarray]:
    return [learner.families == side for side in NEWS]


def _family(learner: Learner, mine: np.ndarray) -> str:
    family = str(learner.families[mine][0])
    return KINDS.get(family, family)


def _by_family(rows: Sequence[Sequence[float | str]]) -> list[list[float | str]]:
    """Average each family's rows by articles."""
    found = []
    for family in sorted({str(row[0]) for row in rows}):
        members = [row for row in rows if row[0] == family]
        articles = np.array([float(row[2]) for row in members])
        means = [
            float(np.average([float(row[column]) for row in members], weights=articles))
            for column in range(3, len(members[0]))
        ]
        found.append([family, "ALL", int(articles.sum()), *means])
    return found


def _probabilities(learner: Learner, unseen: Unseen, numbers: dict[str, float]) -> None:
    everything = np.arange(len(learner.corpus.texts))
    evidence = document_evidence(
        numbers,
        gather(learner, unseen.documents, everything),
        learner.document_lengths,
        learner.document_marks,
    )
    probability = 1 / (1 + np.exp(-PRIOR - evidence))
    long = learner.words >= 100
    rows = []
    for family in ("newstest", "aeb", "other", "wcxb", "rbmt", "hybrid", "online", "smt", "smt-moses"):
        chosen = probability[(learner.families == family) & long]
        quantiles = np.quantile(chosen, (0.5, 0.9, 0.95))
        rows.append(
            [family, "", len(chosen), *quantiles, *(float(np.mean(chosen > p)) for p in (0.1, 0.2, 0.5, 0.8))]
        )
    _table(
        "Probabilities of unseen articles of 100 words or more: quantiles, and share above.",
        ["family", "", "articles", "50 %", "90 %", "95 %", "> .1", "> .2", "> .5", "> .8"],
        rows,
    )
    values = sentence_evidence(
        numbers,
        gather(learner, unseen.sentences, learner.corpus.owner),
        learner.sentence_lengths,
        learner.sentence_marks,
        evidence[learner.corpus.owner],
        PRIOR,
    )
    rows = []
    for family in ("newstest", "aeb", "other", "rbmt", "online", "smt"):
        mine = (learner.families == family)[learner.corpus.owner] & np.isfinite(values)
        odds = values[mine]
        words = learner.sentence_lengths[mine].sum()
        row: list[float | str] = [family, "", len(odds)]
        for least in (0.5, 0.8, 0.9, 0.95, 0.98):
            flagged = odds > np.log(least / (1 - least))
            row += [float(flagged.mean()), float(1000 * flagged.sum() / words)]
        rows.append(row)
    _table(
        "Sentences flagged at a probability of .5, .8, .9, .95, .98: share, and number per 1,000 tokens.",
        [
            "family",
            "",
            "sentences",
            *(f"{kind} {p}" for p in (0.5, 0.8, 0.9, 0.95, 0.98) for kind in ("share", "/1k")),
        ],
        rows,
    )


def _table(title: str, heads: Sequence[str], rows: Sequence[Sequence[float | str]]) -> None:
    print(f"\n{title}")
    cells = [list(heads), *([_cell(value) for value in row] for row in rows)]
    widths = [max(len(row[column]) for row in cells) for column in range(len(heads))]
    for row in cells:
        print("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip())


def _cell(value: float | str) -> str:
    return f"{value:.3f}" if isinstance(value, float) else str(value)


def draw(learner: Learner, unseen: Unseen, numbers: dict[str, float], folder: Path) -> None:
    """Draw the distribution of probabilities by family, and ROC curves by family."""
    import matplotlib

    matplotlib.use("svg")
    from matplotlib import pyplot as plt

    everything = np.arange(len(learner.corpus.texts))
    evidence = document_evidence(
        numbers,
        gather(learner, unseen.documents, everything),
        learner.document_lengths,
        learner.document_marks,
    )
    long = learner.words >= 100
    figure, axes = plt.subplots(figsize=(7, 4), layout="constrained")
    bins = np.linspace(-12, 12, 61)
    for family in ("newstest", "aeb", "rbmt", "online", "smt"):
        chosen = np.clip(evidence[(learner.families == family) & long] + PRIOR, -12, 12)
        axes.hist(chosen, bins=bins, density=True, histtype="step", linewidth=1.6, label=family)
    axes.set_xlabel("logarithm of the odds of machine translation (unseen vendors and articles)")
    axes.set_ylabel("density")
    axes.legend(frameon=False)
    figure.savefig(folder / "garble-odds.svg")
    news = np.isin(learner.families, NEWS)
    _roc(plt, folder / "garble-roc-articles.svg", "articles of 100 words or more", lambda family: (
        evidence[(learner.families == family) & long], evidence[news & long]
    ))  # fmt: skip
    owner = learner.corpus.owner
    alone = gather(learner, unseen.sentences, owner) / learner.sentence_lengths
    _roc(plt, folder / "garble-roc-sentences.svg", "sentences of 8 words or more, alone", lambda family: (
        alone[(learner.families == family)[owner] & np.isfinite(alone)], alone[news[owner]]
    ))  # fmt: skip


def _roc(plt: object, path: Path, title: str, sides: Callable[[str], tuple[np.ndarray, np.ndarray]]) -> None:
    figure, axes = plt.subplots(figsize=(5, 4.4), layout="constrained")  # type: ignore[attr-defined]
    for family in ("rbmt", "online", "smt"):
        machine, human = sides(family)
        lines = np.quantile(human, np.linspace(0, 1, 400))
        axes.plot(
            [(human > line).mean() for line in lines],
            [(machine > line).mean() for line in lines],
            label=f"{KINDS[family]} {area(machine, human):.3f}",
        )
    axes.set(xlabel="false alarms", ylabel="caught", title=title)
    axes.legend(frameon=False, loc="lower right")
    figure.savefig(path)


if __name__ == "__main__":
    main()
