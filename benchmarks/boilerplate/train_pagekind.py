"""Fit the model that tells articles from lists, forums and shop pages, and write ``rules/boilerplate/article-model.json``.

    python -m benchmarks.boilerplate.train_pagekind --data DIR [--dry-run]

DIR holds ``chain/`` (pages of seven types as two extractors and a whole-page dump leave them), ``languages/``,
``phrasing_human``, ``boilerplate``, ``read/``, ``cropped/``, ``extracted/`` and ``oldmt/``. Every figure is of pages
that the judging model never saw: folds by host, or by page where no host is known; all views of a page go together.
Pages that are neither (services, documentation) are not learnt from; how they are judged is printed apart.
"""

from __future__ import annotations

import argparse
import gzip
import json
from collections.abc import Iterable, Iterator
from hashlib import blake2b
from pathlib import Path
from typing import Any, NamedTuple, TypeAlias

import msgspec
import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score
from sklearn.preprocessing import StandardScaler

from cleantext.document.lines import filled_lines, split_lines
from cleantext.document.pagekind import form, odds_of, sampled
from cleantext.document.pagekindmodel import FEATURES, PageKindModel
from cleantext.logistic import probability
from cleantext.rulefiles import rules_dir

Array: TypeAlias = "np.ndarray[Any, Any]"
FOLDS = 5
PRIOR = 0.95
"""Share of articles among texts that people clean; the training data hold half."""
HALF = 40.0
STRENGTH = 0.003
"""Inverse of the penalty on the weights."""
VIEWS = ("trafilatura", "resiliparse", "dump")
NEITHER = ("service", "documentation")


class Page(NamedTuple):
    """One text, who it is (its fold hangs on it), what it is and where it comes from."""

    key: str
    kind: str
    source: str
    text: str


def pages(data: Path) -> Iterator[Page]:
    """Yield every text with its kind: ``article``, or the page's type."""
    for page in _whole(data):
        yield page
        yield page._replace(source=f"{page.source} (some lines)", text=_some_lines(page))


def _some_lines(page: Page) -> str:
    """Cut a few lines in a row out of a text, by a hash of it: short texts are cleaned, too, and say less."""
    lines = [line for line in page.text.splitlines() if line.strip()]
    digest = blake2b(page.text.encode("utf-8", "replace"), digest_size=8).digest()
    count = 3 + digest[0] % 12
    start = int.from_bytes(digest[1:5], "big") % max(1, len(lines) - count)
    return "\n".join(lines[start : start + count])


def _whole(data: Path) -> Iterator[Page]:
    for d in _rows(data / "chain" / "chain.jsonl.gz"):
        for view in VIEWS:
            if d[view].strip():
                yield Page(d["id"], d["type"], view, d[view])
    for name in ("boilerplate", "read/boilerplate", "cropped/boilerplate", "extracted/boilerplate"):
        for d in _rows(data / f"{name}.jsonl.gz"):
            yield Page(d["host"], "article", name, d["text"])
    for d in _rows(data / "languages" / "boilerplate.jsonl.gz"):
        yield Page(d["host"], "article", "languages", d["text"])
    for d in _rows(data / "languages" / "articles.jsonl.gz"):
        yield Page(d["id"], "article", "languages/articles", d["text"])
    for d in _rows(data / "phrasing_human.jsonl.gz"):
        yield Page(d["id"], "article", f"human {d['source']}", d["text"])
    for number, d in enumerate(_rows(data / "oldmt" / "phrasing_mt.jsonl.gz")):
        if number % 4 == 0:
            yield Page(d["id"], "article", "oldmt", "\n".join(s["text"] for s in d["segments"]))


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def _fold(key: str) -> int:
    return int.from_bytes(blake2b(key.encode(), digest_size=4).digest(), "big") % FOLDS


def _row(text: str) -> list[float]:
    return form(sampled([text[a:b].strip() for a, b, _ in filled_lines(text, split_lines(text))]))


def fit(x: Array, y: Array, weight: Array) -> PageKindModel:
    """Fit standardised features and their products, classes balanced by ``weight``, and shift to the prior."""
    mean, scale = x.mean(axis=0), x.std(axis=0)
    z = np.clip((x - mean) / scale, -4, 4)
    pairs = [(i, j) for i in range(len(FEATURES)) for j in range(i, len(FEATURES))]
    wide = np.hstack([z, *[z[:, i : i + 1] * z[:, j : j + 1] for i, j in pairs]])
    scaler = StandardScaler().fit(wide)
    found = LogisticRegression(C=STRENGTH, max_iter=3000).fit(scaler.transform(wide), y, sample_weight=weight)
    weights = found.coef_[0] / scaler.scale_
    bias = float(found.intercept_[0] - weights @ scaler.mean_)
    products = iter(weights[len(FEATURES) :])
    return PageKindModel(
        FEATURES,
        _rounded(mean),
        _rounded(scale),
        _rounded(weights[: len(FEATURES)]),
        tuple(_rounded([next(products) for _ in range(i, len(FEATURES))]) for i in range(len(FEATURES))),
        round(bias, 4),
        round(float(np.log(PRIOR / (1 - PRIOR))), 4),
        HALF,
    )


def _rounded(values: Iterable[float]) -> tuple[float, ...]:
    return tuple(round(float(value), 4) for value in values)


def main() -> None:
    """Fit, print the figures out of fold, write the weights."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--dry-run", action="store_true")
    args = parser.parse_args()
    found = list(pages(args.data))
    x = np.array([_row(p.text) for p in found])
    kinds = np.array([p.kind for p in found])
    sources = np.array([p.source for p in found])
    fold = np.array([_fold(p.key) for p in found])
    y = (kinds == "article").astype(int)
    used = ~np.isin(kinds, NEITHER)
    weight = np.array([0.5 if "some lines" in p.source else 1.0 for p in found])
    # chain's articles are of the same sites as its other pages: they weigh as much as all other articles together.
    chain = np.array([p.source.split(" (")[0] in VIEWS for p in found])
    for part in (y == 1) & chain, (y == 1) & ~chain, y == 0:
        weight[part & used] *= (0.25 if part[y == 1].any() else 0.5) * len(found) / weight[part & used].sum()
    held = np.zeros(len(found))
    for number in range(FOLDS):
        train, test = used & (fold != number), fold == number
        model = fit(x[train], y[train], weight[train])
        held[test] = [probability(odds_of(row, model)) for row in x[test]]
    print("out of fold; p is the probability of an article with a prior of", PRIOR)
    for view in [part for whole in VIEWS for part in (whole, f"{whole} (some lines)")]:
        here = used & (sources == view)
        print(f"{view:24} ROC {roc_auc_score(y[here], held[here]):.3f}  pages {here.sum()}")
    here = used & np.isin(sources, VIEWS)
    print(f"{'all whole':24} ROC {roc_auc_score(y[here], held[here]):.3f}")
    for low, high in ((0, 0.1), (0.1, 0.5), (0.5, 0.8), (0.8, 0.95), (0.95, 1.01)):
        part = here & (held >= low) & (held < high)
        articles, others = (y[part] == 1).sum(), (y[part] == 0).sum()
        # As the bin would be filled in a corpus with the prior.
        a, o = articles / (y[here] == 1).sum() * PRIOR, others / (y[here] == 0).sum() * (1 - PRIOR)
        mean = (
            np.average(
                held[part],
                weights=np.where(
                    y[part] == 1, PRIOR / (y[here] == 1).sum(), (1 - PRIOR) / (y[here] == 0).sum()
                ),
            )
            if part.any()
            else 0
        )
        print(
            f"  {low:.2f}-{high:.2f}: {articles:4} articles {others:4} others; shown {mean:.2f}, at the prior {a / max(1e-9, a + o):.2f}"
        )
    print(f"{'kind':28} {'n':>5} {'<.1':>6} {'<.5':>6} {'<.8':>6}")
    for kind, source in sorted({(p.kind, p.source) for p in found}):
        p = held[(kinds == kind) & (sources == source)]
        print(
            f"{kind + ' ' + source:28} {len(p):5} {(p < 0.1).mean():6.3f} {(p < 0.5).mean():6.3f} {(p < 0.8).mean():6.3f}"
        )
    model = fit(x[used], y[used], weight[used])
    if not args.dry_run:
        path = rules_dir() / "boilerplate" / "article-model.json"
        path.write_bytes(msgspec.json.format(msgspec.json.encode(model), indent=1) + b"\n")
        print(path)


if __name__ == "__main__":
    main()
