"""Which findings a run is about: less those that a baseline holds, that a file's own settings ignore, outside changed lines.

A baseline is JSON lines: a head, then for each article with findings its path beside the baseline, its id and the
fingerprints. It is written in the order of the inputs, so two of them differ where the findings do.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path, PurePath

import msgspec

from cleantext.batch.reading import Source
from cleantext.batch.records import encode
from cleantext.configuration import PerFile
from cleantext.document import Document
from cleantext.files import is_there, open_plain, read_plain
from cleantext.finding import Finding
from cleantext.pathpatterns import matcher
from cleantext.rulebook.selection import picks
from cleantext.safe import protects

HEAD = b'{"cleantext-baseline":1}\n'

Lines = tuple[tuple[int, int], ...]
"""Ranges of lines, from 1, the last included."""


class Known(msgspec.Struct, frozen=True):
    """The findings of one article in a baseline."""

    path: str
    id: str | None
    findings: tuple[str, ...]


class Scope(msgspec.Struct, frozen=True):
    """What is left out of a run; picklable.

    ``baseline`` maps a path beside ``folder``, and an id, to fingerprints; ``changed`` maps real paths to their
    changed lines, where only those count.
    """

    per_file: tuple[PerFile, ...] = ()
    baseline: dict[tuple[str, str | None], tuple[str, ...]] = {}
    folder: str = ""
    changed: dict[str, Lines] | None = None

    def __bool__(self) -> bool:
        """Say whether it leaves anything out."""
        return bool(self.per_file or self.baseline or self.changed is not None)

    def ignores(self, source: Source) -> Callable[[Finding], bool]:
        """Return what says whether the settings of an article's file or site leave a finding out."""
        found: list[PerFile] = []
        for one in self.per_file:
            by_path = not one.paths or matcher(one.paths)(source.path)
            by_site = one.source is None or one.source == source.article.source
            if by_path and by_site:
                found.append(one)
        return lambda finding: any(_leaves_out(one, finding) for one in found)

    def kept(self, source: Source, findings: tuple[Finding, ...]) -> tuple[Finding, ...]:
        """Return those of an article's findings that the run is about."""
        hidden = self.hides(source, findings) if self and findings else frozenset()
        return tuple(f for number, f in enumerate(findings) if number not in hidden) if hidden else findings

    def hides(self, source: Source, findings: Sequence[Finding]) -> frozenset[int]:
        """Return which of an article's findings, by their number, are left out."""
        ignored = self.ignores(source)
        refused = [finding for finding in findings if ignored(finding)]
        stood = _stood(self.baseline.get((beside(source.path, self.folder), source.article.id), ()), findings)
        lines = None if self.changed is None else self.changed.get(os.path.realpath(source.path), ())
        document = Document(source.article) if lines is not None else None
        return frozenset(
            number
            for number, finding in enumerate(findings)
            if number in stood
            or any(finding is one or protects(one, finding) for one in refused)
            or (document is not None and not _within(lines or (), source, document, finding))
        )


def _leaves_out(one: PerFile, finding: Finding) -> bool:
    return (
        (bool(one.ignore) and picks(one.ignore, finding))
        or not picks(one.select, finding)
        or (one.min_confidence is not None and finding.confidence < one.min_confidence)
    )


_MATCH, _BEFORE, _AFTER = slice(0, 8), slice(8, 12), slice(12, 16)
"""Parts of a fingerprint; see :mod:`cleantext.fingerprint`."""
MANY = 40
"""Equal matches of one article beyond which only the whole fingerprint tells them apart."""


def _stood(known: Sequence[str], findings: Sequence[Finding]) -> frozenset[int]:
    """Return which findings a baseline knows, by their number.

    Each fingerprint stands for one finding: the one that has it, else one of the same match with the same words on one
    side, since an edit beside a finding takes one side away and seldom both.
    """
    left = Counter(known)
    found = set()
    for number, finding in enumerate(findings):
        if left[finding.fingerprint]:
            left[finding.fingerprint] -= 1
            found.add(number)
    by_match: dict[str, list[str]] = {}
    for old in left.elements():
        by_match.setdefault(old[_MATCH], []).append(old)
    for number, finding in enumerate(findings):
        key = finding.fingerprint
        alike = by_match.get(key[_MATCH], []) if number not in found else []
        if len(alike) > MANY:
            continue
        near = (old for old in alike if old[_BEFORE] == key[_BEFORE] or old[_AFTER] == key[_AFTER])
        if (one := next(near, None)) is not None:
            alike.remove(one)
            found.add(number)
    return frozenset(found)


def _within(lines: Lines, source: Source, document: Document, finding: Finding) -> bool:
    if source.form == "json" or source.extractor is not None:
        return bool(lines)  # an element has no line of its own, and a page's text has others than the page
    first = last = source.line or 0
    if source.line is None:
        first, last = document.place(finding.start)[0], document.place(max(finding.start, finding.end - 1))[0]
    elif source.form is not None:  # a row of a table may go over several lines
        last = first + sum(str(value).count("\n") for value in (source.record or {}).values())
    return any(low <= last and first <= high for low, high in lines)


def beside(path: str, folder: str) -> str:
    """Return a path as it is seen from the folder of a baseline."""
    return path if path == "-" or not folder else PurePath(os.path.relpath(path, folder)).as_posix()


def known_line(path: str, article: str | None, findings: Sequence[Finding]) -> bytes:
    """Return an article's line of a baseline."""
    return encode(Known(path, article, tuple(finding.fingerprint for finding in findings))) + b"\n"


def no_baseline(file: Path) -> str | None:
    """Say why nothing may be written over a file for the sake of a baseline; None where it is one, empty or not there."""
    if not is_there(file):
        return None
    try:
        with open_plain(file) as opened:
            start = opened.read(len(HEAD))
    except OSError as error:
        return f"{file}: cannot be read as a baseline: {error.strerror or error}."
    return (
        None
        if start in (HEAD, b"")
        else f"{file}: is no baseline, and would be written over. Give another place."
    )


def read_baseline(file: Path) -> dict[tuple[str, str | None], tuple[str, ...]]:
    """Return the fingerprints of a baseline, by path and id. Raises ValueError for a file that is none."""
    try:
        data = read_plain(file)
    except OSError as error:
        raise ValueError(
            f"{file}: cannot be read as a baseline: {error.strerror or error}. --update-baseline writes one."
        ) from None
    if not data.startswith(HEAD):
        raise ValueError(
            f"{file}: is no baseline. `cleantext check --baseline FILE --update-baseline PATH` writes one."
        )
    found: dict[tuple[str, str | None], tuple[str, ...]] = {}
    for number, line in enumerate(data[len(HEAD) :].splitlines(), 2):
        try:
            one = msgspec.json.decode(line, type=Known)
        except (msgspec.DecodeError, ValueError) as error:
            raise ValueError(f"{file}:{number}: is no line of a baseline: {error}") from None
        key = one.path, one.id
        found[key] = (*found.get(key, ()), *one.findings)
    return found
