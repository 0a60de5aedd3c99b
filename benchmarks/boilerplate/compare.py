"""Ablation and peers, on lines of sites that the model had not seen.

    python -m benchmarks.boilerplate.compare --data DIR [--peers] [--cache DIR]

Every fold's articles are checked by the whole product with line models that were
trained on the other folds. ``best F1`` is read at the one confidence with the best
line F1. A line is removed when edits delete at least 80 % of its non-space
characters. ``--peers`` puts each peer into an environment of its own below the
cache folder and gives it the same lines.
"""

from __future__ import annotations

import argparse
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from benchmarks.boilerplate import peers
from benchmarks.boilerplate.articles import folds, load
from benchmarks.boilerplate.train import (
    FOLDS,
    NEVER,
    QUIET,
    SETTINGS,
    View,
    calibration,
    export,
    fit,
    gate_of,
    probabilities,
    safe_thresholds,
    views_of,
)
from cleantext.article import Article
from cleantext.checks.boilerplate import line_model
from cleantext.checks.boilerplate.facts import facts_of, tokens_of
from cleantext.checks.boilerplate.features import FEATURES
from cleantext.checks.boilerplate.line_model import Gate, Model, Reader
from cleantext.cleaner import Cleaner
from cleantext.document.repeats import normal_line
from cleantext.finding import Applicability

LINES = [f"BP{n:03}" for n in range(1, 11)]
CLEANERS = {
    "lists and line model": [*LINES, "BP900"],
    "+ headlines": [*LINES, "BP900", "BP100", "BP101"],
    "+ inline residue (all)": ["boilerplate"],
}


class Line(NamedTuple):
    """A labelled line: ``confidence`` of what deletes it (0: nothing does), and whether that is ``safe``."""

    residue: bool
    words: int
    news: bool
    confidence: float
    safe: bool


class SiteIndex:
    """Lines that stand in two or more of a site's labelled pages: a corpus index in small."""

    def __init__(self, articles: Iterable[Mapping[str, Any]]) -> None:
        """Count lines over the distinct articles of each host."""
        pages: dict[str, dict[str, set[str]]] = defaultdict(dict)
        for article in articles:
            known = pages[article["host"]].setdefault(article["id"], set())
            known |= {key for line in article["lines"] if (key := normal_line(line["text"]))}
        self._lines: dict[str, dict[str, int]] = {}
        for host, by_article in pages.items():
            counts = Counter(key for keys in by_article.values() for key in keys)
            self._lines[host] = {key: count for key, count in counts.items() if count > 1}

    def site_lines(self, source: str) -> Mapping[str, int]:
        """Give the repeated lines of a site."""
        return self._lines.get(source, {})

    def site_articles(self, source: str) -> int:
        """Give nothing: not asked here."""
        return 0

    def same_quotations(self, quotation: str, *, article: Article) -> tuple[()]:
        """Give nothing: not asked here."""
        return ()


def fold_models(views: Mapping[str, list[View]], gate: Gate) -> list[Model]:
    """Train, for each fold, the models that never saw it."""
    readers: dict[str, list[Reader]] = {}
    for name, settings in SETTINGS.items():
        shown = views[name]
        odds = np.zeros(len(shown[0].fold))
        trees = []
        for k in range(FOLDS):
            model = fit(shown, [view.fold != k for view in shown], settings)
            mine = shown[0].fold == k
            odds[mine] = model.predict(shown[0].rows.features[mine], raw_score=True)
            trees.append(export(model, shown))
        odds[shown[0].rows.prose] = -9.0
        knots = calibration(shown[0].rows, odds)
        one = Reader(trees[0], knots, NEVER, QUIET[name])
        p = probabilities(one, shown[0].rows, odds)
        safe = safe_thresholds(shown[0].rows, p)
        readers[name] = [Reader(tree, knots, safe, QUIET[name]) for tree in trees]
    return [Model(FEATURES, gate, readers["boilerplate"][k], readers["pagedump"][k]) for k in range(FOLDS)]


def checked(articles: Sequence[Mapping[str, Any]], models: Sequence[Model], cleaner: Cleaner) -> list[Line]:
    """Check every article by a product whose models never saw its site."""
    fold = folds(np.array([article["host"] for article in articles]), FOLDS)
    found: list[Line] = []
    for k, model in enumerate(models):
        line_model.model = lambda model=model: model  # type: ignore[assignment, misc]
        for article in (a for a, f in zip(articles, fold, strict=True) if f == k):
            found += _lines(article, cleaner)
    return found


def _lines(article: Mapping[str, Any], cleaner: Cleaner) -> list[Line]:
    text = "\n".join(line["text"] for line in article["lines"])
    report = cleaner.check(
        Article(text=text, title=article.get("title"), url=article.get("url"), source=article["host"])
    )
    cuts = [
        (edit.start, edit.end, finding.confidence, finding.applicability is Applicability.SAFE)
        for finding in report.findings
        if finding.fix
        for edit in finding.fix.edits
        if not edit.replacement.strip()
    ]
    cuts.sort(key=lambda cut: -cut[2])
    out, start = [], 0
    for line in article["lines"]:
        end = start + len(line["text"])
        if line["keep"] is not None and line["text"].strip():
            gone, best, safe = set(), 0.0, False
            solid = [i for i in range(start, end) if not text[i].isspace()]
            for a, b, confidence, is_safe in cuts:
                if a < end and b > start:
                    gone.update(range(max(a, start), min(b, end)))
                    if sum(i in gone for i in solid) >= 0.8 * len(solid):
                        best, safe = confidence, is_safe
                        break
            words = len(line["text"].split())
            out.append(Line(not line["keep"], words, article["source"] == "aeb", best, safe))
        start = end + 1
    return out


def listed(articles: Iterable[Mapping[str, Any]]) -> list[Line]:
    """The lists alone: a line goes when a list knows it."""
    out = []
    for article in articles:
        for line in article["lines"]:
            if line["keep"] is not None and line["text"].strip():
                text_ = line["text"].strip()
                how = facts_of(text_, tokens_of(text_)).listed[1]
                words = len(line["text"].split())
                out.append(Line(not line["keep"], words, article["source"] == "aeb", how / 2, False))
    return out


def row(name: str, lines: Sequence[Line], taken: Callable[[Line], bool]) -> None:
    """Print one row: precision, recall, F1 of lines, share of article words lost."""
    gone = [line for line in lines if taken(line)]
    right = sum(line.residue for line in gone)
    residue = sum(line.residue for line in lines)
    precision, recall = right / max(1, len(gone)), right / max(1, residue)
    f1 = 2 * precision * recall / max(1e-9, precision + recall)
    lost = sum(line.words for line in gone if not line.residue)
    kept = sum(line.words for line in lines if not line.residue)
    print(
        f"| {name} | {precision:.3f} | {recall:.3f} | {f1:.3f} | {100 * lost / max(1, kept):.2f} |",
        flush=True,
    )


def best_threshold(lines: Sequence[Line]) -> float:
    """Give the confidence with the best line F1."""
    order = sorted((line for line in lines if line.confidence > 0), key=lambda line: -line.confidence)
    residue = sum(line.residue for line in lines)
    best, right = (0.0, 1.0), 0
    for i, line in enumerate(order):
        right += line.residue
        if i + 1 == len(order) or order[i + 1].confidence != line.confidence:
            best = max(best, (2 * right / (i + 1 + residue), line.confidence))
    return best[1]


def table(name: str, lines: Sequence[Line]) -> None:
    """Print the tiers of one system, all lines and news alone."""
    for part, chosen in (("", list(lines)), (", news", [line for line in lines if line.news])):
        threshold = best_threshold(chosen)
        if any(line.safe for line in chosen):
            row(f"{name}{part}: safe", chosen, lambda line: line.safe)
            row(f"{name}{part}: >= 0.5", chosen, lambda line: line.confidence >= 0.5)
        row(f"{name}{part}: best F1", chosen, lambda line, t=threshold: line.confidence >= t)  # type: ignore[misc]


def compare_peers(articles: Sequence[Mapping[str, Any]], cache: Path) -> None:
    """Print one row for each peer."""
    texts = [[line["text"] for line in article["lines"]] for article in articles]
    for peer in peers.PEERS:
        kept = peers.run(peer, texts, cache)
        lines = [
            Line(
                not line["keep"],
                len(line["text"].split()),
                article["source"] == "aeb",
                float(not keep),
                False,
            )
            for article, keeps in zip(articles, kept, strict=True)
            for line, keep in zip(article["lines"], keeps, strict=True)
            if line["keep"] is not None and line["text"].strip()
        ]
        for part, chosen in (("", lines), (", news", [line for line in lines if line.news])):
            row(f"{peer}{part}", chosen, lambda line: line.confidence > 0)


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--peers", action="store_true")
    parser.add_argument("--cache", type=Path, default=Path("~/.cache/cleantext-peers"))
    options = parser.parse_args()
    articles = {name: load(options.data / f"{name}.jsonl.gz") for name in SETTINGS}
    views = {name: views_of(name, options.data) for name in SETTINGS}
    gate = gate_of(views["boilerplate"][0].rows, views["pagedump"][0].rows)
    models = fold_models(views, gate)
    index = SiteIndex([*articles["boilerplate"], *articles["pagedump"]])
    shipped: Callable[[], Model] = line_model.model
    for name, data in articles.items():
        print(
            f"\n### {name}\n\n| system | precision | recall | F1 | % words lost |\n| --- | --- | --- | --- | --- |"
        )
        table("lists alone", listed(data))
        for label, selected in CLEANERS.items():
            table(label, checked(data, models, Cleaner(select=selected, min_confidence=0.0)))
        indexed = Cleaner(select=["boilerplate"], min_confidence=0.0, corpus=index)
        table("+ corpus index", checked(data, models, indexed))
        line_model.model = shipped  # type: ignore[assignment]
        if options.peers:
            compare_peers(data, options.cache.expanduser())


if __name__ == "__main__":
    main()
