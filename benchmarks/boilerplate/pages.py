"""The labelled pages of every open data set, and one fold map by site over all of them.

Two pages are of one fold where they are of one host, or share two long lines: the same article stands in several
data sets, and under several hosts. Judged is always by models, calibration and thresholds of other folds.
"""

from __future__ import annotations

import zlib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import regex

from benchmarks.boilerplate.articles import load

FOLDS = 5
_LONG = 120
"""Code points from which on a line is taken for one article's own."""
_SHARED = 2
_WORD = regex.compile(r"\w+")


class Labelled(NamedTuple):
    """A labelled page.

    ``data`` is its data set, ``kind`` how it came about: ``article``, ``cropped``, ``extracted``, ``segments`` or
    ``dump``; ``keep`` says of each line whether it is article, None where it does not count; ``read`` whether
    somebody read the line for its label.
    """

    data: str
    id: str
    kind: str
    language: str
    source: str
    host: str
    title: str | None
    url: str | None
    lines: tuple[str, ...]
    keep: tuple[bool | None, ...]
    read: tuple[bool, ...]
    group: str
    fold: int


SETS = {
    "boilerplate": "article",
    "read/boilerplate": "article",
    "cropped/boilerplate": "cropped",
    "extracted/boilerplate": "extracted",
    "languages/boilerplate": "",
    "pagedump": "dump",
    "read/pagedump": "dump",
    "cropped/pagedump": "dump",
}
"""Files of labelled lines, and what their pages are; those of ``languages`` say it one by one."""
EXTRACTORS = {"trafilatura": "extracted", "resiliparse": "extracted", "dump": "dump"}


def labelled_pages(folder: Path) -> list[Labelled]:
    """Read all data sets below a folder; those that are not there are left out."""
    found = [page for name, kind in SETS.items() for page in _labelled(folder, name, kind)]
    found += _chained(folder / "chain" / "chain.jsonl.gz")
    return with_folds(found)


def _labelled(folder: Path, name: str, kind: str) -> Iterator[Labelled]:
    path = folder / f"{name}.jsonl.gz"
    for article in load(path) if path.exists() else []:
        lines = [line for line in article["lines"] if line["text"].strip()]
        if lines:
            yield Labelled(
                name, article["id"], kind or article["view"], article.get("lang", "en"), article["source"],
                article["host"], article.get("title"), article.get("url"),
                tuple(line["text"].strip() for line in lines),
                tuple(line["keep"] for line in lines),
                tuple(bool(line.get("read")) for line in lines),
                "", 0,
            )  # fmt: skip


def _chained(path: Path) -> Iterator[Labelled]:
    """Label what extractors left by the page's main text: a line is article where most of its triples stand there."""
    for page in load(path) if path.exists() else []:
        for extractor, kind in EXTRACTORS.items():
            lines = [line.strip() for line in page[extractor].split("\n") if line.strip()]
            if lines:
                yield Labelled(
                    f"chain/{extractor}", page["id"], kind, "en", page["type"], "", page["title"] or None, None,
                    tuple(lines), tuple(kept(lines, page["gold"], page["title"] or "")), (False,) * len(lines), "", 0,
                )  # fmt: skip


def kept(lines: Sequence[str], gold: str, title: str) -> Iterator[bool | None]:
    """Say of each line whether the main text holds it: None where that is in doubt, or the line is the title."""
    words = _WORD.findall(gold.lower())
    whole = f" {' '.join(words)} "
    triples = set(zip(words, words[1:], words[2:], strict=False))
    heading = set(_WORD.findall(title.lower()))
    for line in lines:
        own = _WORD.findall(line.lower())
        if len(own) < 3:
            keep = f" {' '.join(own)} " in whole if own else None
        else:
            share = sum(map(triples.__contains__, zip(own, own[1:], own[2:], strict=False))) / (len(own) - 2)
            keep = True if share >= 0.5 else None if share >= 0.2 else False
        common = len(heading.intersection(own))
        is_title = heading and common >= 0.7 * len(set(own)) and common >= 0.5 * len(heading)
        yield None if keep is False and is_title else keep


def with_folds(pages: Sequence[Labelled]) -> list[Labelled]:
    """Return pages of one host, and pages that share long lines, one group and one fold."""
    parent: dict[str, str] = {}

    def find(name: str) -> str:
        while parent.setdefault(name, name) != name:
            parent[name] = name = parent[parent[name]]
        return name

    holders: dict[str, set[str]] = {}
    names = [site_name(page) for page in pages]
    for name, page in zip(names, pages, strict=True):
        own = [line for line in page.lines if len(line) >= _LONG]
        shared = Counter(other for line in set(own) for other in holders.get(line, ()) if other != name)
        for other, count in shared.items():
            if count >= _SHARED:
                parent[find(other)] = find(name)
        for line in own:
            holders.setdefault(line, set()).add(name)
    groups = [find(name) for name in names]
    return [
        page._replace(group=group, fold=fold_of(group)) for page, group in zip(pages, groups, strict=True)
    ]


def site_name(page: Labelled) -> str:
    """Return the page's host, or, where none is known, the page's own name."""
    host = page.host.lower().split("://")[-1].split("/")[0].removeprefix("www.")
    return host or f"{page.data.split('/', maxsplit=1)[0]} {page.id}"


def fold_of(group: str) -> int:
    """Return the fold of a group: it depends on its name alone."""
    return zlib.crc32(group.encode()) % FOLDS


def counted(pages: Sequence[Labelled]) -> Mapping[str, tuple[int, int, int]]:
    """Return pages, article lines and lines of residue of each data set."""
    return {
        name: (
            sum(page.data == name for page in pages),
            sum(page.keep.count(True) for page in pages if page.data == name),
            sum(page.keep.count(False) for page in pages if page.data == name),
        )
        for name in dict.fromkeys(page.data for page in pages)
    }


def as_article(page: Labelled) -> dict[str, Any]:
    """Return a page as the scorers hand it in."""
    return {"text": "\n".join(page.lines), "title": page.title, "url": page.url, "source": page.host or None}
