"""Chunks of inputs: what workers are handed, and where a stopped run goes on; lines cut into them.

Where a chunk ends depends on the inputs alone, never on the number of workers or
on time: so a resumed run cuts as the first one did, and packs as it did.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from hashlib import blake2b
from pathlib import Path
from typing import Literal

import msgspec

from cleantext.batch.cells import Table
from cleantext.batch.inputs import Failure, Input
from cleantext.batch.streams import READ_ERRORS, Stream

Form = Literal["csv", "tsv", "json", "rows"]
"""Files of whole records that are no lines of JSON."""
BY_NAME = ("text", "pages")
"""Kinds of chunks that are files by their names, one article each."""
ARTICLES = 64
BYTES = 1 << 19
LONGEST = 256 << 20
"""Bytes of a line; memory is bounded by some of these, however far a packed file unpacks."""


class State(msgspec.Struct, frozen=True):
    """A file as it was found: size in bytes, time of its last change in nanoseconds, inode."""

    size: int
    changed: int
    inode: int

    @classmethod
    def of(cls, path: str) -> State:
        """Look at a file, through a link; raises OSError."""
        return cls.of_status(Path(path).stat())

    @classmethod
    def of_status(cls, status: os.stat_result) -> State:
        """Return the state of a file whose status is known."""
        return cls(status.st_size, status.st_mtime_ns, status.st_ino)


class Chunk(msgspec.Struct, frozen=True):
    """Some articles of one file, or some text files.

    ``data`` are whole lines (``lines``), an Arrow stream (``rows``), rows of delimited text (``cells``,
    of a ``table``, the first piece of the file is its head), elements of a JSON array (``elements``, the
    first piece is what opens the array, the last what closes it), one text
    (``text``, from standard input only) or empty: text files are read by the
    worker, ``names``; so are HTML pages (``pages``). ``first`` is the number, from 1, of its first line or row, ``count`` how many it has.
    ``lengths`` cuts ``data`` into pieces. ``start:end`` are unpacked bytes, or rows. ``number`` counts inputs from 0;
    ``first_of_file`` and ``last_of_file`` say where a file begins and ends.
    ``encoding`` is that of the file where it is not UTF-8; ``data`` always is. ``weight`` is what the chunk took of its files, in bytes.
    """

    kind: Literal["text", "pages", "lines", "rows", "cells", "elements", "failure"]
    number: int
    names: tuple[str, ...] = ()
    below: str | None = None
    data: bytes = b""
    first: int = 1
    count: int = 0
    start: int = 0
    end: int = 0
    first_of_file: bool = True
    last_of_file: bool = True
    weight: int = 0
    state: State | None = None
    failure: Failure | None = None
    encoding: str | None = None
    lengths: tuple[int, ...] = ()
    table: Table | None = None

    def head(self) -> Chunk:
        """Return the chunk without its bytes: what the parent keeps while a worker has them."""
        return msgspec.structs.replace(self, data=b"", lengths=())

    @property
    def next_number(self) -> int:
        """The input with which a run goes on after this chunk."""
        if self.kind in BY_NAME:
            return self.number + max(1, len(self.names))
        return self.number + (1 if self.last_of_file else 0)


class Place(msgspec.Struct, frozen=True):
    """Where to go on: the input's number, and within it the offset and the number of the next line or row."""

    number: int = 0
    offset: int = 0
    line: int = 1

    @classmethod
    def after(cls, chunk: Chunk) -> Place:
        """Return the place after a chunk."""
        if chunk.last_of_file:
            return cls(chunk.next_number)
        return cls(chunk.number, chunk.end, chunk.first + chunk.count)


class Passed:
    """A sum over the inputs that were begun: a resumed run must find them as they were."""

    def __init__(self, *, names_only: bool = False) -> None:
        """Start with none; ``names_only`` for a run that itself changes its inputs."""
        self._sum = blake2b(digest_size=16)
        self._names_only = names_only

    def add(self, item: Input | Failure) -> str:
        """Add an input; return the sum so far."""
        if self._names_only and isinstance(item, Input):
            self._sum.update(f"{item.name}\n".encode("utf-8", "surrogateescape"))
        elif isinstance(item, Input) and item.name != "-":
            try:
                state = State.of(item.name)
                self._sum.update(
                    f"{item.name}\0{state.size}\0{state.changed}\n".encode("utf-8", "surrogateescape")
                )
            except OSError:
                self._sum.update(f"{item.name}\0gone\n".encode("utf-8", "surrogateescape"))
        else:
            self._sum.update(repr(item).encode("utf-8", "backslashreplace"))
        return self._sum.hexdigest()


def line_chunks(item: Input, number: int, place: Place, encoding: str | None) -> Iterator[Chunk]:
    """Cut a file of JSON lines, from ``place`` on; what cannot be read is a chunk of kind ``failure``."""
    name = item.name
    try:
        state = None if name == "-" else State.of(name)
        stream = Stream(name, encoding)
    except (OSError, ImportError) as error:
        yield Chunk("failure", number, failure=Failure(name, None, reason(error)))
        return
    offset, line, told = place.offset, place.line, 0
    first = offset == 0
    rows: list[bytes] = []
    size = lines = articles = 0

    def cut(last: bool) -> Chunk:
        nonlocal told
        weight, told = stream.tell() - told, stream.tell()
        return Chunk(
            "lines",
            number,
            (name,),
            item.below,
            b"".join(rows),
            line,
            lines,
            offset,
            offset + size,
            first,
            last,
            max(0, weight),
            state,
            encoding=stream.encoding,
        )

    try:
        stream.skip(offset)
        told = stream.tell()
        ahead, blank = _row(stream, BYTES, blank=False)
        while ahead:
            rows.append(ahead)
            size += len(ahead)
            lines += ahead.count(b"\n") or 1
            articles += not blank
            full = articles >= ARTICLES or size >= BYTES
            ahead, blank = _row(stream, BYTES if full else BYTES - size, blank=blank)
            if ahead and full:
                yield cut(False)
                offset, line, first = offset + size, line + lines, False
                rows, size, lines, articles = [], 0, 0, 0
        # What changed while it was read was perhaps read half from the old and half from the new.
        if state is not None and State.of(name) != state:
            if rows:
                yield cut(False)
            yield Chunk(
                "failure",
                number,
                (name,),
                item.below,
                failure=Failure(name, None, CHANGED),
                first_of_file=False,
            )
        else:
            yield cut(True)
    except READ_ERRORS as error:
        if rows:
            yield cut(False)
        yield Chunk(
            "failure",
            number,
            (name,),
            item.below,
            failure=Failure(name, line + lines, f"{reason(error)}; the articles before it were read"),
            first_of_file=first and not rows,
        )
    finally:
        stream.close()


def _row(stream: Stream, room: int, *, blank: bool) -> tuple[bytes, bool]:
    """Read a line, or several blank ones after a ``blank`` one; return them, and whether they are blank.

    Blank ones are no more than fill ``room`` bytes, the last of them included: where a chunk ends does
    not depend on how the stream was read. Raises OSError for a line that no article has: a bomb, or no text at all.
    """
    row = stream.lines.readline(LONGEST + 1)
    if len(row) > LONGEST:
        raise OSError(f"a line is longer than {LONGEST >> 20} MB")
    if row.strip():
        return row, False
    # A few hundred packed KB hold hundreds of millions of blank lines; one by one they take minutes.
    peek = getattr(stream.lines, "peek", None)
    if blank and row.endswith(b"\n") and len(row) < room and peek is not None:
        ready = peek(1)
        end = blanks_end(ready, 0)
        full = ready.find(b"\n", max(0, room - len(row) - 1), end) + 1
        row += stream.lines.read(full or end)
    return row, True


_BLANKS = re.compile(rb"[ \t\n\r\x0b\x0c]*+")


def blanks_end(data: bytes, at: int) -> int:
    """Return where the whole blank lines from a line's beginning on end."""
    found = _BLANKS.match(data, at)
    return data.rfind(b"\n", at, found.end() if found else at) + 1 or at


CHANGED = "was changed by another program while it was read"


def reason(error: BaseException) -> str:
    """Say what went wrong, as the system says it."""
    return getattr(error, "strerror", None) or str(error) or type(error).__name__
