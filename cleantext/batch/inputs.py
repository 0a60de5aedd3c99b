"""Which files a run reads: paths, directories, globs, less what is excluded; always in the same order."""

from __future__ import annotations

import glob
import itertools
import os
from collections.abc import Callable, Iterator, Sequence
from difflib import get_close_matches
from functools import cache
from importlib.util import find_spec
from pathlib import Path, PurePath
from typing import Literal

import msgspec
import regex

from cleantext.batch import datasets
from cleantext.files import ABSENT, STREAMS, is_folder, is_link, not_plain, open_plain, real
from cleantext.pathpatterns import matcher
from cleantext.provenance import in_gits_folder

MARKDOWN_SUFFIXES = (".md", ".markdown")
TEXT_SUFFIXES = (".txt", *MARKDOWN_SUFFIXES)
JSONL_SUFFIXES = (".jsonl", ".ndjson", ".jsonl.gz", ".ndjson.gz", ".jsonl.zst", ".ndjson.zst")
PARQUET_SUFFIXES = (".parquet",)
ARROW_SUFFIXES = (".arrow",)
HTML_SUFFIXES = (".html", ".htm", ".xhtml")
CSV_SUFFIXES = (".csv", ".csv.gz", ".csv.zst")
TSV_SUFFIXES = (".tsv", ".tab", ".tsv.gz", ".tsv.zst")
JSON_SUFFIXES = (".json", ".json.gz", ".json.zst")

_BEGINNING = 4096
_LOOKED_AT = 500  # names beside a path that is not there

Kind = Literal["text", "jsonl", "parquet", "arrow", "csv", "tsv", "json", "html"]


class Failure(msgspec.Struct, frozen=True):
    """An input that could not be read: its path as the user named it, its line in a JSON lines file, and why."""

    path: str
    line: int | None
    error: str

    @property
    def place(self) -> str:
        """Return the path, with the line where there is one."""
        return f"{self.path}:{self.line}" if self.line else self.path


class Input(msgspec.Struct, frozen=True):
    """One file: its name as messages show it, and the directory that the user named to find it, if one was."""

    name: str
    below: str | None = None


def kind_of(path: Path) -> Kind | None:
    """Say what kind of input a file is by its name; None where it is none."""
    name = path.name.lower()
    if name.endswith(TEXT_SUFFIXES):
        return "text"
    if name.endswith(JSONL_SUFFIXES):
        return "jsonl"
    if name.endswith(CSV_SUFFIXES):
        return "csv"
    if name.endswith(TSV_SUFFIXES):
        return "tsv"
    if name.endswith(JSON_SUFFIXES):
        return "json"
    if name.endswith(HTML_SUFFIXES):
        return "html"
    if name.endswith(ARROW_SUFFIXES):
        return "arrow"
    return "parquet" if name.endswith(PARQUET_SUFFIXES) else None


def is_found(path: Path) -> bool:
    """Say whether a file in a directory is an input by its name.

    A ``.json`` is one only where it is named itself: most of those that lie about hold settings. Pages are where
    something is installed that extracts articles from them.
    """
    kind = kind_of(path)
    return pages_are_read() if kind == "html" else kind not in (None, "json")


@cache
def pages_are_read() -> bool:
    """Say whether the extra ``html`` is installed."""
    return find_spec("trafilatura") is not None


def is_hidden(path: str) -> bool:
    """Say whether a path, relative, has a part that a search for articles passes over."""
    return any(part.startswith(".") for part in PurePath(path).parts)


def unknown(name: str) -> str:
    """Say why a file is not read whose name says nothing known of what it holds."""
    suffix = Path(name).suffix
    what = f"a {suffix} file is no kind that is read" if suffix else "its name does not say what it holds"
    return f"{what}; --as text, jsonl, csv, tsv, json or html says what it is"


def files(paths: Sequence[str]) -> Iterator[str | Failure]:
    """Yield the name of every file that the paths mean; see :func:`inputs`."""
    for item in inputs(paths):
        yield item.name if isinstance(item, Input) else item


OUTSIDE = "a link that leads out of the directory, or to what is no article there; name the file itself"


def leads_out(place: Path, name: str, below: str | None) -> bool:
    """Say whether a file must not be changed by this name, because ``place``, where it is without links, is elsewhere.

    It is where the file was found in the directory ``below`` and is not in it, or where a link found there leads
    to what is no article by its own name. Into git's own folder, whose files run programs, no link leads at all.
    """
    if in_gits_folder(place) and not in_gits_folder(Path(os.path.abspath(name))):  # noqa: PTH100 - links stay
        return True
    if below is None:
        return False
    return not place.is_relative_to(real(below)) or (is_link(name) and not is_found(place))


def inputs(
    paths: Sequence[str], *, exclude: Sequence[str] = (), force_exclude: bool = False, once: bool = False
) -> Iterator[Input | Failure]:
    """Yield every file that the paths mean, each once, directories searched in the order of names.

    ``exclude`` are patterns as in a ``.gitignore`` (``*`` within a name, ``**``
    over folders), tried against every end and every folder of a path; a path that
    the user named is passed over only with ``force_exclude``. A path that is no
    file is tried as a glob. Hidden files and folders below a directory are left out.
    With ``once``, for those who change files, a file that is there by several names (links,
    hard links) is given by one of them: its own name before that of a link to it.
    """
    # A hook is handed every file of a repository, our own decisions among them.
    excluded = matcher((*exclude, ".cleantext") if force_exclude else tuple(exclude))
    seen: set[str] = set()
    linked: set[tuple[int, int]] = set()

    def new(name: str, below: str | None = None) -> bool:
        if name == "-":
            return True
        linked_to = once and is_link(name)
        if len(paths) == 1 and not linked_to:
            return not (once and _was_linked(name, linked))
        place = os.path.realpath(name)
        if place in seen or (linked_to and below is not None and _found_below(place, below, excluded)):
            return False
        if once and _was_linked(name, linked):
            return False
        seen.add(place)
        return True

    for path in paths:
        searched = None
        if path != "-" and not os.path.lexists(path) and glob.has_magic(path):
            named = sorted(glob.glob(path, recursive=True))  # noqa: PTH207 - the path may be absolute
            searched = _searched(path) if once else None
            if not named:
                yield Failure(path, None, "no file matches this pattern")
        else:
            named = [path]
        for name in named:
            if name == "-":
                yield Input(name)
            elif searched is not None and not real(name).is_relative_to(real(searched)):
                yield Failure(name, None, OUTSIDE)
            elif is_folder(name):
                if force_exclude and excluded(name):
                    continue
                found = False
                for child in _below(name, excluded):
                    found = True
                    if new(child, name):
                        yield Input(child, name)
                if not found:
                    kinds = ", ".join(
                        (
                            *TEXT_SUFFIXES[:2],
                            *JSONL_SUFFIXES[:2],
                            CSV_SUFFIXES[0],
                            TSV_SUFFIXES[0],
                            *PARQUET_SUFFIXES,
                        )
                    )
                    yield Failure(name, None, f"no article below this directory ({kinds})")
            elif (trouble := _absent(name)) is not None:
                yield Failure(name, None, trouble)
            elif not (force_exclude and excluded(name)) and new(name):
                yield Input(name)


def _searched(pattern: str) -> str:
    """Return the folder in which a pattern is looked for: what stands before its first sign."""
    parts = Path(pattern).parts
    plain = itertools.takewhile(lambda part: not glob.has_magic(part), parts[:-1])
    return str(Path(*plain))


def _absent(name: str) -> str | None:
    """Say why a path that is no directory is not read; None where a plain file is there."""
    trouble = not_plain(name)
    if trouble is None:
        return None
    if trouble == ABSENT:
        return f"no such file or directory{_instead(name)}"
    if trouble in STREAMS:
        return (
            f"it is {trouble}, no plain file; what comes out of one is read from standard input:  - < {name}"
        )
    return f"it is {trouble}"


def _was_linked(name: str, linked: set[tuple[int, int]]) -> bool:
    """Say whether a file with several names was there before; only such are kept in mind."""
    try:
        status = Path(name).stat()
    except OSError:
        return False
    if status.st_nlink < 2:
        return False
    known = (status.st_dev, status.st_ino) in linked
    linked.add((status.st_dev, status.st_ino))
    return known


def _found_below(real: str, below: str, excluded: Callable[[str], bool]) -> bool:
    """Say whether what a link leads to is found in the same directory under its own name."""
    top = os.path.realpath(below)
    if not Path(real).is_relative_to(top):
        return False
    inside = Path(real).relative_to(top)
    folders = [str(Path(below, *inside.parts[:n])) for n in range(1, len(inside.parts) + 1)]
    return (
        is_found(Path(real))
        and not any(part.startswith(".") for part in inside.parts)
        and not any(map(excluded, folders))
    )


def _instead(name: str) -> str:
    """Say what to do about a path that is not there: name the one that was meant, or say what there may be."""
    path = Path(name)
    try:
        with os.scandir(path.parent) as scan:
            beside = [entry.name for entry, _ in zip(scan, range(_LOOKED_AT), strict=False)]
    except OSError:
        return f", and no directory {path.parent}"
    if path.name in beside:
        return ": it is a link that leads nowhere"
    close = get_close_matches(path.name, beside, n=1, cutoff=0.75)
    if close:
        return f"; did you mean {path.with_name(close[0])}?"
    kinds = " ".join((*TEXT_SUFFIXES[:2], JSONL_SUFFIXES[0], CSV_SUFFIXES[0], *PARQUET_SUFFIXES))
    return f"; name a file ({kinds}), a directory, or - for standard input"


def _below(folder: str, excluded: Callable[[str], bool]) -> Iterator[str]:
    """Walk without ever holding more than one path of open folders; linked folders are not entered."""
    try:
        with os.scandir(folder) as scan:
            entries = sorted((entry.name, entry.is_dir(follow_symlinks=False)) for entry in scan)
    except OSError:
        return
    for name, inner in datasets.without_leftovers(folder, entries):
        path = str(Path(folder, name))
        if name.startswith(".") or excluded(path):
            continue
        if inner:
            yield from _below(path, excluded)
        elif (
            is_found(Path(name))
            and not_plain(path) not in (ABSENT, *STREAMS)  # where it may not be read, reading it says so
            and not is_own_output(path)
        ):
            yield path


def is_own_output(path: str) -> bool:
    """Say whether a file begins as what cleantext prints or keeps: findings, the record of a run, a baseline, a report.

    What `fix` prints are articles, and no less so for having been cleaned.
    """
    if not path.lower().endswith((*JSONL_SUFFIXES[:2], ".json", *HTML_SUFFIXES)):
        return False
    try:
        with open_plain(path) as file:
            start = file.read(_BEGINNING)
    except OSError:
        return False  # said where it is read
    return _OWN.match(start) is not None


_SAID = rb'(?:null|"(?:[^"\\]|\\.)*+")'
_OF_ARTICLE = rb'\{"path":' + _SAID + rb',"id":' + _SAID
_OWN = regex.compile(
    rb"|".join(
        (
            rb'<!doctype html>\n<html lang="en">\n<meta charset="utf-8">\n<meta name="generator" content="cleantext ',
            rb'\{"kind":"run"',
            rb'\{"cleantext-baseline":',
            rb'\{"path":' + _SAID + rb',"line":(?:null|\d+),"error":"',
            _OF_ARTICLE + rb',"rule":' + _SAID + rb',"name":' + _SAID + rb',"category":',
            _OF_ARTICLE + rb',"kind":' + _SAID + rb',"quote":\{"start":',
            _OF_ARTICLE + rb',"original":\[(?:\{"start":|\],"text":\[)',
            rb'\{"rule":' + _SAID + rb',"name":' + _SAID + rb',"applicability":',
            rb'\{"sentence":' + _SAID + rb',"reply":',
            rb'\{"articles":(?:\d+,"(?:flagged|words)":|\[\],"errors":)',
            rb'\{"articles":\[' + _OF_ARTICLE + rb',"quality":\{',
        )
    )
)
