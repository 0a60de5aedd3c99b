"""What was changed in place, kept under ``.cleantext/runs`` so that it can be put back byte for byte.

Every run has a record there (:mod:`cleantext.batch.runrecord`); ``index.jsonl`` says
which stretch of which record belongs to which file. A line of the index is on the
disk before the file itself changes.
"""

from __future__ import annotations

import errno
import hashlib
import os
import shutil
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import IO

import msgspec

from cleantext import ownership
from cleantext.batch import runrecord
from cleantext.batch.records import encode
from cleantext.batch.runrecord import Entry, File, Region, Run
from cleantext.files import Draft, Folder, UnsafeError, is_folder, is_link, open_plain, real

FOLDER = ".cleantext"
RUNS = "runs"
INDEX = "index.jsonl"


class Change(msgspec.Struct, frozen=True):
    """One file that was rewritten.

    ``path`` is relative to the folder that holds ``.cleantext``. Bytes
    ``start:end`` of the record hold the file's articles and its ``file`` line.
    ``before`` and ``after`` are SHA-256 sums of the whole file.
    """

    path: str
    run: str
    when: float
    record: str
    start: int
    end: int
    before: str
    after: str
    rules: tuple[str, ...] = ()


def folder_for(path: Path, below: str | None = None, *, note: Callable[[str], object] = len) -> Path:
    """Return the folder that keeps a file's changes.

    The nearest ``.cleantext`` above it, else one in the directory ``below`` that the
    user named, else one beside the file. One that is a link or another user's is passed
    over, with a line for ``note``: anybody may plant one in a folder that many can write to.
    """
    there = real(path)
    for parent in there.parents:
        folder = parent / FOLDER
        if is_folder(folder):
            trouble = doubt(folder)
            if trouble is None:
                return folder
            note(trouble)
    if below is not None:
        named = real(below)
        if there.is_relative_to(named):
            return named / FOLDER
    return there.parent / FOLDER


def doubt(folder: Path) -> str | None:
    """Return why a ``.cleantext`` is not believed, and what to do; None where it is."""
    if is_link(folder):
        return f"{folder} is a link, and is not followed. Take it away."
    return ownership.refusal(folder)


def _relative(path: Path, folder: Path) -> str:
    return real(path).relative_to(folder.parent).as_posix()


class Store:
    """The record of one run in one ``.cleantext`` folder, as it grows."""

    def __init__(self, folder: Path, run: Run) -> None:
        """Begin, or go on where a stopped run of the same id left it; raises UnsafeError, OSError."""
        self.folder = folder
        self._run = run
        self._name = f"{run.id}.jsonl"
        self.runs = opened(folder, make=True)
        try:
            with suppress(FileExistsError), self.runs.create(".gitignore") as ignore:
                ignore.write(b"*\n")
            self._file: IO[bytes] = self.runs.claim(self._name, append=True)
            self._index = self.runs.claim(INDEX, append=True)
            self.runs.sync()
        except BaseException:
            self.runs.close()
            raise
        if self._file.tell() == 0:
            self._file.write(runrecord.line(run))

    def tell(self) -> int:
        """Return where the next line will stand."""
        return self._file.tell()

    def write(self, lines: bytes) -> None:
        """Add lines."""
        self._file.write(lines)

    def save(self) -> None:
        """See to it that all of it is on the disk."""
        self._file.flush()
        os.fsync(self._file.fileno())

    def index(self, path: Path, start: int, before: str, after: str, rules: tuple[str, ...]) -> None:
        """Enter a file whose lines begin at ``start`` and end here; call ``save`` first."""
        change = Change(
            _relative(path, self.folder),
            self._run.id,
            time.time(),
            self._name,
            start,
            self.tell(),
            before,
            after,
            rules,
        )
        line = encode(change) + b"\n"  # a path may hold any bytes
        # One write in append mode: runs beside each other do not tear each other's lines.
        handle = self._index.fileno()
        if os.fstat(handle).st_size:
            os.lseek(handle, -1, os.SEEK_END)
            if os.read(handle, 1) != b"\n":  # a full disk tore the last line
                line = b"\n" + line
        if os.write(handle, line) < len(line):
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        os.fsync(handle)

    def keep(self, source: IO[bytes], total: str) -> str:
        """Keep a file whole, whose SHA-256 sum is ``total``; return the name that it has there.

        What stands at that name already is believed by its sum alone, else replaced. Raises OSError where
        ``source``, open at its beginning, has another sum: it was changed since.
        """
        kept = f"{total}.original"
        if self._holds(kept, total):
            return kept
        self.runs.remove(kept)  # its mode and owner are not to be taken over
        draft = Draft(self.folder / RUNS / kept, private=True)
        try:  # a torn copy would pass for a whole one
            summing = Summing(draft.file)
            shutil.copyfileobj(source, summing)
            if summing.total.hexdigest() != total:
                raise OSError("was changed by another program meanwhile")
            draft.finish()
        finally:
            draft.drop()
        return kept

    def _holds(self, kept: str, total: str) -> bool:
        """Say whether a file of this sum, with no other name through which it could change, stands there."""
        try:
            with self.runs.read(kept) as file:
                only = os.fstat(file.fileno()).st_nlink == 1
                return only and hashlib.file_digest(file, "sha256").hexdigest() == total  # type: ignore[arg-type]
        except (FileNotFoundError, UnsafeError):
            return False

    def close(self) -> None:
        """Close the record."""
        with suppress(OSError):  # a full disk, said before
            self._file.close()
        self._index.close()
        self.runs.close()


class Summing:
    """Writes and sums (SHA-256) at once."""

    def __init__(self, out: IO[bytes]) -> None:
        """Begin with nothing."""
        self._out = out
        self.total = hashlib.sha256()

    def write(self, data: bytes) -> None:
        """Write and add to the sum."""
        self._out.write(data)
        self.total.update(data)


def opened(folder: Path, *, make: bool = False) -> Folder:
    """Open ``runs`` in a ``.cleantext``, both made with mode 0700 where ``make`` says so.

    Raises UnsafeError where one of them is a link or another user's, FileNotFoundError, OSError.
    """
    with Folder(folder.parent) as above, above.private(folder.name, make=make) as inside:
        return inside.private(RUNS, make=make)


def sum_of(path: Path) -> str:
    """Return the SHA-256 sum of a file, hexadecimal."""
    with open_plain(path) as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def standing(known: Sequence[Change], now: str) -> tuple[int, ...]:
    """Return which of a file's changes, by number, stand; ``known`` are the latest first.

    ``now`` is the sum of the file as it is. Each of them left what the one after it found.
    """
    found = []
    state = now
    for number, change in enumerate(known):
        if change.after == state != change.before:
            found.append(number)
            state = change.before
    return tuple(found)


def put_back(known: Sequence[Change], now: str) -> frozenset[int]:
    """Return which of a file's changes, by number, surely do not stand any more; else as :func:`standing`.

    Of a file that was changed by others since, a change is only known to have been taken back where a later one
    began with what stood before it.
    """
    if any(now in (change.before, change.after) for change in known):
        return frozenset(range(len(known))) - frozenset(standing(known, now))
    begun: set[str] = set()
    gone: set[int] = set()
    for number, change in enumerate(known):
        if change.before in begun:
            gone.add(number)
        begun.add(change.before)
    return frozenset(gone)


def open_kept(path: Path) -> IO[bytes]:
    """Open a record, or an original, in the ``runs`` of a ``.cleantext``, through no link; raises as :func:`opened`."""
    with opened(path.parents[1]) as runs:
        return runs.read(path.name)


def entries(record: Path, start: int, end: int) -> Iterator[Entry | File]:
    """Yield the articles and the ``file`` line of one file out of a record; raises OSError, ValueError."""
    with open_kept(record) as file:
        file.seek(start)
        while file.tell() < end and (raw := file.readline()):
            value = runrecord.parse(raw)
            if isinstance(value, Entry | File):
                yield value


def restore(now: IO[bytes], out: IO[bytes], changed: Iterator[Region]) -> None:
    """Copy a rewritten file with its regions as they were."""
    place = 0  # in the original
    for region in changed:
        _copy(now, out, region.start - place)
        now.seek(region.length, os.SEEK_CUR)
        old = region.old.encode("utf-8", "surrogatepass")
        out.write(old)
        place = region.start + len(old)
    while part := now.read(1 << 20):
        out.write(part)


def _copy(source: IO[bytes], out: IO[bytes], count: int) -> None:
    while count > 0 and (part := source.read(min(count, 1 << 20))):
        out.write(part)
        count -= len(part)
