"""Labelled pages as rows of features, in the views that the line model is shown."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from benchmarks.boilerplate.articles import load, source_of
from benchmarks.boilerplate.labels import short_texts
from benchmarks.boilerplate.pages import Labelled, fold_of
from cleantext.checks.boilerplate.facts import tokens_of
from cleantext.checks.boilerplate.features import FEATURES
from cleantext.checks.boilerplate.line_model import READABLE, kind_of
from cleantext.checks.boilerplate.page import page_of
from cleantext.checks.boilerplate.wording import MOST_TOKENS, slots_of
from cleantext.document.language import detect

Array = np.ndarray[Any, Any]
_TITLE = next(number for number, feature in enumerate(FEATURES) if feature.name == "covers_title")
_CORE = next(number for number, feature in enumerate(FEATURES) if feature.name == "in_core")
_OF_TEXTS, _OF_LABELS = 0.3, 0.15
"""Weights of a line of a text that was never a web page, and of a short article with a known label."""
_SHOWN_BARE, _SHOWN_CLEAN = 3, 3
"""Of so many pages one is shown without metadata, and one without its residue."""


class View(NamedTuple):
    """A page as it is shown: ``meta`` says whether with title, address and site; ``weight`` is that of its lines."""

    page: Labelled
    number: int
    meta: bool
    weight: float
    judged: bool


class Rows(NamedTuple):
    """Lines of the views, in order; one entry each.

    ``label``: 1 residue, 0 article, -1 does not count; ``taught``: what is learnt, where a headline stays; ``view``
    and ``page`` are numbers; ``kind`` of line; ``prose``, ``inside`` and ``below`` the main block: as
    :class:`cleantext...Page` says;
    ``english`` as the line model calls a text, ``readable`` of a language that the lists know; ``dump`` is one row a view.
    """

    features: Array
    label: Array
    taught: Array
    words: Array
    weight: Array
    view: Array
    page: Array
    judged: Array
    kind: Array
    prose: Array
    inside: Array
    below: Array
    english: Array
    readable: Array
    tokens: Array
    slots: list[Array]
    dump: Array


def views_of(pages: list[Labelled], clean: list[Labelled], texts: list[Labelled]) -> list[View]:
    """Return every page as it stands, some of them bare or without residue, clean articles, and texts of other kinds.

    With these go short articles with a label, so that it stays one where nothing else is residue.
    """
    shown = [View(page, number, True, 1.0, True) for number, page in enumerate(pages)]
    for number, page in enumerate(pages):
        chosen = zlib.crc32(page.id.encode())
        if page.data.startswith("chain") or page.kind == "dump":
            continue
        if chosen % _SHOWN_BARE == 0:
            shown.append(View(page, number, False, 1.0, False))
        if (chosen >> 8) % _SHOWN_CLEAN == 0:
            stays = [i for i, keep in enumerate(page.keep) if keep]
            if stays:
                lines = tuple(page.lines[i] for i in stays)
                whole = page._replace(lines=lines, keep=(True,) * len(stays), read=(False,) * len(stays))
                shown.append(View(whole, number, False, 0.3, False))
    shown += [View(page, -1, False, 0.3 if page.data == "newstest" else 0.1, False) for page in clean]
    shown += [View(page, -1, False, _OF_TEXTS, False) for page in texts]
    shown += [View(page, -1, False, _OF_LABELS, False) for page in (short_texts(clean) if texts else ())]
    return shown


def clean_articles(folder: Path) -> list[Labelled]:
    """Read articles without residue, one paragraph a line: clean news, and good articles in other languages."""
    found = []
    for name, sources in (
        ("phrasing_human", {"newstest"}),
        ("misattribution", {"bbc", "wmt"}),
        ("languages/articles", None),
    ):
        path = folder / f"{name}.jsonl.gz"
        for article in load(path) if path.exists() else []:
            source = source_of(article) if sources else "languages"
            lines = tuple(line.strip() for line in article["text"].split("\n") if line.strip())
            if lines and not article.get("swaps") and (sources is None or source in sources):
                group = f"clean {article['id']}"
                found.append(
                    Labelled(
                        source,
                        article["id"],
                        "article",
                        article.get("lang", "en"),
                        source,
                        "",
                        None,
                        None,
                        lines,
                        (True,) * len(lines),
                        (False,) * len(lines),
                        group,
                        fold_of(group),
                    )
                )
    return found


@cache
def _slots(line: str) -> tuple[Array, int]:
    tokens = tokens_of(line)
    return np.array(slots_of(tokens), np.uint16), min(MOST_TOKENS, len(tokens))


def rows_of(views: Iterable[View]) -> Rows:
    """Work out the features of every line; those of wording are by the shipped weights, and to be replaced."""
    features: list[Array] = []
    columns: list[tuple[Any, ...]] = []
    slots: list[Array] = []
    dump = []
    for number, view in enumerate(views):
        dump.append(_add(number, view, features, columns, slots))
    (
        label,
        taught,
        words,
        weight,
        shown,
        page,
        judged,
        kind,
        prose,
        inside,
        below,
        english,
        readable,
        tokens,
    ) = (np.array(column) for column in zip(*columns, strict=True))
    return Rows(
        np.vstack(features), label, taught, words, weight, shown, page, judged, kind, prose, inside, below, english, readable,
        tokens,
        slots, np.array(dump),
    )  # fmt: skip


def _add(
    number: int, view: View, features: list[Array], columns: list[tuple[Any, ...]], slots: list[Array]
) -> list[float]:
    labelled = view.page
    page = (
        page_of(labelled.lines, title=labelled.title, url=labelled.url, source=labelled.host or None)
        if view.meta
        else page_of(labelled.lines)
    )
    english = detect("\n".join(labelled.lines)).english
    readable = page.shares()[0] >= READABLE
    found = np.array([page.row(i) for i in range(len(labelled.lines))], np.float32)
    features.append(found)
    for i, (line, keep, read) in enumerate(zip(labelled.lines, labelled.keep, labelled.read, strict=True)):
        fact = page.fact(i)
        label = -1 if keep is None else int(not keep)
        is_headline = label < 0 and not read and found[i, _TITLE] >= 0.6
        columns.append((
            label, 0 if is_headline else label, fact.words, view.weight * _weight(labelled, keep, read, fact.words),
            number, view.number, view.judged, kind_of(fact.listed), page.is_prose(i), found[i, _CORE] > 0,
            i > page.core[1], english, readable,
            _slots(line)[1],
        ))  # fmt: skip
        slots.append(_slots(line)[0])
    return page.dump_features()


def _weight(page: Labelled, keep: bool | None, read: bool, words: int) -> float:
    """Return what a line weighs in training: read lines more, lines labelled by machine less, lost words by their number."""
    by_words = (1 + words) ** (0.75 if page.kind == "dump" else 0.2) if keep or page.kind == "dump" else 1.0
    return by_words * (2.0 if read else 1.0) * (0.4 if page.data.startswith("chain") else 1.0)


def wording_weight(views: Sequence[View]) -> Array:
    """Return what each line weighs where wording is learnt: whole pages must not drown the others by their many words."""
    found: Array = np.concatenate([
        np.where(view.page.read, 2.0, 1.0)
        * (0.3 if view.page.data.startswith("chain") else 1.0)
        * (0.5 if view.page.kind == "dump" else 1.0)
        for view in views
    ])  # fmt: skip
    return found
