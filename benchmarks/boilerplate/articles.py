"""The labelled articles that the line model is trained and judged on, as rows of features."""

from __future__ import annotations

import gzip
import json
import random
import zlib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from cleantext.checks.boilerplate.line_model import kind_of
from cleantext.checks.boilerplate.page import Page, page_of

Array = np.ndarray[Any, Any]


class Rows(NamedTuple):
    """Lines of many articles.

    ``label``: 1 residue, 0 article, -1 doesn't count; ``taught`` is what the
    model learns: a headline above the article doesn't count and must stay;
    ``article`` numbers the articles; ``kind``: :func:`cleantext.checks.boilerplate.line_model.kind_of` the line;
    ``prose``: never reaches the model.
    """

    features: Array
    label: Array
    taught: Array
    words: Array
    article: Array
    host: Array
    news: Array
    kind: Array
    prose: Array
    pages: Array


def load(path: Path) -> list[dict[str, Any]]:
    """Read articles: ``{id, url, host, title, source, lines: [{text, keep}]}``."""
    with gzip.open(path, "rt", encoding="utf-8") as file:
        return [json.loads(line) for line in file]


def rows(articles: Iterable[Mapping[str, Any]], *, meta: bool = True) -> Rows:
    """Compute what the model sees of every non-blank line; ``meta`` gives it title, url and site."""
    features: list[list[float]] = []
    columns: list[tuple[int, int, int, int, str, bool, int, bool]] = []
    pages = []
    for number, article in enumerate(articles):
        lines = [line for line in article["lines"] if line["text"].strip()]
        page = _page(article, [line["text"].strip() for line in lines], meta)
        pages.append(page.dump_features())
        for i, line in enumerate(lines):
            fact = page.fact(i)
            features.append(page.row(i))
            label = -1 if line["keep"] is None else int(not line["keep"])
            taught = 0 if label < 0 and fact.words >= 3 else label
            columns.append(
                (
                    label,
                    taught,
                    fact.words,
                    number,
                    article["host"],
                    article["source"] == "aeb",
                    kind_of(fact.listed),
                    page.is_prose(i),
                )
            )
    label, taught, words, article_, host, news, kind, prose = (
        np.array(column) for column in zip(*columns, strict=True)
    )
    return Rows(
        np.array(features, dtype=np.float64),
        label,
        taught,
        words,
        article_,
        host,
        news,
        kind,
        prose,
        np.array(pages),
    )


def clean(article: Mapping[str, Any]) -> dict[str, Any]:
    """Give the article without its residue: what stays must not be taken for more of it."""
    return {**article, "lines": [line for line in article["lines"] if line["keep"]]}


def shortened(article: Mapping[str, Any], seed: int = 7) -> dict[str, Any] | None:
    """Give the article with two to eight of its own lines: most news is shorter than the labelled pages."""
    lines = article["lines"]
    own = [i for i, line in enumerate(lines) if line["keep"]]
    if len(own) < 9:
        return None
    draw = random.Random(f"{seed} {article['id']}")
    count = draw.randint(2, 8)
    first = draw.randint(1, count - 1)
    return {**article, "lines": [*lines[: own[first - 1] + 1], *lines[own[first - count] :]]}


def source_of(article: Mapping[str, Any]) -> str:
    """Name the data set that an article comes from; the files name the field differently, one has none."""
    return str(article.get("source") or article.get("src") or "polnear")


def news_without_residue(folder: Path, source: str) -> list[dict[str, Any]]:
    """Read clean news, one paragraph a line, headline first.

    ``source`` is ``newstest`` (of ``phrasing_human.jsonl.gz``) or one of those of ``misattribution.jsonl.gz``, of
    which articles with a swapped name are left out.
    """
    name = "phrasing_human" if source == "newstest" else "misattribution"
    return [
        {
            "id": article["id"],
            "host": article["id"],
            "source": source,
            "lines": [{"text": text, "keep": True} for text in article["text"].split("\n") if text.strip()],
        }
        for article in load(folder / f"{name}.jsonl.gz")
        if source_of(article) == source and not article.get("swaps")
    ]


def _page(article: Mapping[str, Any], lines: list[str], meta: bool) -> Page:
    if not meta:
        return page_of(lines)
    return page_of(lines, title=article.get("title"), url=article.get("url"), source=article.get("host"))


def folds(hosts: Array, count: int) -> Array:
    """Give each line the fold of its host."""
    return np.array([zlib.crc32(host.encode()) % count for host in hosts])
