"""The record of a run, JSON lines: what ``undo``, ``report`` and ``compare`` work from.

First a ``run``, then ``article`` lines in the order of the input, ``error`` lines
between them, after the articles of every rewritten file a ``file`` line, and an
``end``. A run that was stopped has no end.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterator, Sequence
from hashlib import blake2b
from pathlib import Path
from typing import Annotated, Any, Literal, TypedDict

import msgspec

from cleantext.batch.chunks import Form
from cleantext.batch.reading import object_of
from cleantext.batch.records import encode
from cleantext.batch.tally import Tally
from cleantext.cleaner import Cleaner
from cleantext.files import open_plain
from cleantext.version import __version__

FORMAT = 1
END_OF_TIME = 253_402_300_800.0
"""Seconds from 1970 to the year 10000, which no calendar here knows."""


class Line(msgspec.Struct, frozen=True, tag_field="kind", omit_defaults=True):
    """One line of a record."""


class Run(Line, frozen=True, tag="run"):
    """What was run, when (seconds since 1970), with which rules (a hash of their cards and the choice among them)."""

    id: str
    when: float
    command: str
    rules: str
    version: str = __version__
    format: int = FORMAT

    def __post_init__(self) -> None:
        """Raise ValueError for a time that was never."""
        if not 0 <= self.when < END_OF_TIME:
            raise ValueError("a run at no time that there is")


class Region(msgspec.Struct, frozen=True, array_like=True):
    """Bytes of a rewritten file: where they began in the original, how many there are now, what stood there before."""

    start: int
    length: int
    old: str


class Piece(msgspec.Struct, frozen=True, array_like=True):
    """An edit of the original text, in code points, and the rules that have a part in it."""

    start: int
    end: int
    replacement: str
    rules: tuple[str, ...]


class Undo(msgspec.Struct, frozen=True):
    """How one article of a rewritten file is put back: byte for byte, or without some rules."""

    regions: tuple[Region, ...]
    pieces: tuple[Piece, ...]


class Edited(msgspec.Struct, frozen=True, omit_defaults=True):
    """What the model editor did in an article: passages, edits proposed, refusals by guard, tokens of the replies.

    ``cost`` is their price in the currency of the configuration; ``garble`` and ``errors`` are the probability that the
    text is garbled and the findings of all other rules per 1,000 words, before the fixes and after them.
    """

    asked: int = 0
    proposed: int = 0
    refused: dict[str, int] = {}
    tokens_in: int = 0
    tokens_out: int = 0
    cost: float | None = None
    garble: tuple[float, float] | None = None
    errors: tuple[float, float] | None = None


class Entry(Line, frozen=True, tag="article", kw_only=True):
    """One article: what is known of it, what was found.

    ``applied`` and ``left`` are findings as ``check --format jsonl`` gives them;
    ``chars`` and ``words`` count the original text, ``garble`` and
    ``is_article`` are probabilities.
    ``form`` says of what form a record's file is, where it is not JSON lines; ``extractor`` what took the text out
    of a page.
    ``excerpts`` gives what stands left and right of a finding, by its fingerprint.
    """

    path: str
    line: int | None = None
    id: str | None = None
    title: str | None = None
    source: str | None = None
    date: str | None = None
    chars: int = 0
    words: int = 0
    garble: float | None = None
    source_language: str | None = None
    is_article: float | None = None
    applied: list[dict[str, Any]] = []
    left: list[dict[str, Any]] = []
    excerpts: dict[str, tuple[str, str]] = {}
    undo: Undo | None = None
    editor: Edited | None = None
    form: Form | None = None
    extractor: str | None = None


class _Edit(TypedDict):
    start: int
    end: int
    replacement: str


class _Fix(TypedDict):
    edits: list[_Edit]


class _Finding(TypedDict):
    """What reports and comparisons read of a finding; a record may come from anybody."""

    rule: str
    name: str
    category: str
    start: Annotated[int, msgspec.Meta(ge=0)]
    end: Annotated[int, msgspec.Meta(ge=0)]
    line: int
    column: int
    text: str
    applicability: Literal["safe", "review", "display"]
    confidence: Annotated[float, msgspec.Meta(ge=0, le=1)]
    fixes: list[_Fix]
    fingerprint: str


def check_findings(findings: Sequence[dict[str, Any]]) -> None:
    """Raise ValueError where one of them is not as ``check --format jsonl`` writes it."""
    try:
        msgspec.convert(findings, list[_Finding])
    except msgspec.ValidationError as error:
        raise ValueError(f"holds a finding that no run wrote: {error}") from None


class Error(Line, frozen=True, tag="error"):
    """An input that could not be read, or a rule that failed."""

    path: str
    line: int | None
    error: str


class File(Line, frozen=True, tag="file"):
    """A file was rewritten; ``before`` and ``after`` are SHA-256 sums of its bytes.

    ``original`` is where its old bytes are kept whole, for files that are packed.
    ``done`` is false where it was left as it was after all.
    """

    path: str
    before: str
    after: str
    original: str | None = None
    done: bool = True


class End(Line, frozen=True, tag="end"):
    """The run came to its end."""

    tally: Tally


_KINDS: dict[str, type[Line]] = {"run": Run, "article": Entry, "error": Error, "file": File, "end": End}


def new_id() -> str:
    """Return a name for a run: when it began (UTC), and some chance."""
    return time.strftime("%Y%m%dT%H%M%S", time.gmtime()) + "-" + os.urandom(4).hex()


def new_run(command: str, cleaner: Cleaner) -> Run:
    """Make the first line of a record."""
    return Run(new_id(), time.time(), command, rules_digest(cleaner))


def rules_digest(cleaner: Cleaner) -> str:
    """Hash the rules that run and how they were chosen: equal digests, equal findings on equal texts."""
    total = blake2b(digest_size=8)
    for card in cleaner.cards.values():
        total.update(msgspec.json.encode(card))
    total.update(encode(cleaner.configuration))
    return total.hexdigest()


def line(value: Line) -> bytes:
    """Encode one line, its end included."""
    return encode(value) + b"\n"


def parse(raw: bytes) -> Line:
    """Decode one line; raises ValueError."""
    value = object_of(raw)
    named = value.get("kind") if isinstance(value, dict) else None
    kind = _KINDS.get(named) if isinstance(named, str) else None
    if kind is None:
        raise ValueError("no line of a run record")
    made: Line = msgspec.convert(value, kind)
    return made


def is_record(path: Path) -> bool:
    """Say whether a file is the record of a run."""
    try:
        with open_plain(path) as file:
            return file.read(13) == b'{"kind":"run"'
    except OSError:
        return False


def read(path: Path) -> Iterator[Line]:
    """Yield the lines of a record; raises ValueError where it is none. A torn last line is left out."""
    with open_plain(path) as file:
        for number, raw in enumerate(file, 1):
            if not raw.endswith(b"\n"):
                return
            try:
                value = parse(raw)
            except ValueError as error:
                raise ValueError(f"{path}:{number}: {error}") from None
            if number == 1 and not isinstance(value, Run):
                raise ValueError(f"{path} is not the record of a run (check or fix with --record FILE)")
            if isinstance(value, Run) and value.format > FORMAT:
                raise ValueError(f"{path}: made by a newer cleantext (format {value.format}). Upgrade it.")
            if isinstance(value, Entry):
                try:
                    check_findings([*value.applied, *value.left])
                except ValueError as error:
                    raise ValueError(f"{path}:{number}: {error}") from None
            yield value
