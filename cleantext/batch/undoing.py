"""Putting back what ``fix`` changed: by file, by run, or without some rules."""

from __future__ import annotations

import hashlib
import io
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

from cleantext import edits
from cleantext.batch import changes, runrecord
from cleantext.batch.changes import Change
from cleantext.batch.jsontext import line_with_text
from cleantext.batch.reading import BOM_BYTES, object_of
from cleantext.batch.runrecord import Entry, File, Region
from cleantext.batch.sinks import replacing
from cleantext.finding import Edit


class CannotUndoError(ValueError):
    """A file cannot be put back; the message says why."""


class Stretch(NamedTuple):
    """The lines of one rewritten file in a record."""

    path: Path
    record: Path
    start: int
    end: int
    before: str
    after: str
    original: Path | None = None


def last_change(path: Path) -> Stretch | None:
    """Give the last change of a file that still stands; None where there is none to put back.

    Raises CannotUndoError where the file was changed after it.
    """
    folder = changes.folder_for(path)
    known = changes.changes(path, folder)
    if not known:
        return None
    now = changes.sum_of(path)
    for change in known:
        if change.after == now:
            return _stretch(path, folder, change)
    if any(change.before == now for change in known):
        return None
    record = folder / changes.RUNS / known[0].record
    raise CannotUndoError(
        f"was changed after the fix, so it cannot be put back byte for byte; what the fix took away is kept in {record}"
    )


def _stretch(path: Path, folder: Path, change: Change) -> Stretch:
    record = folder / changes.RUNS / change.record
    if not record.is_file():
        raise CannotUndoError(f"what stood there before was kept in {record}, which is gone")
    return Stretch(path, record, change.start, change.end, change.before, change.after)


def of_record(record: Path) -> Iterator[Stretch]:
    """Give the rewritten files of a run by its record, the last first; raises ValueError where it is none."""
    found = []
    at = start = 0
    with record.open("rb") as file:
        for raw in file:
            at += len(raw)
            if not raw.endswith(b"\n"):
                break
            if b'"kind":"file"' in raw[:20]:
                value = runrecord.parse(raw)
                assert isinstance(value, File)
                if value.done:
                    original = None
                    if value.original:
                        original = changes.folder_for(Path(value.path)) / changes.RUNS / value.original
                    found.append(
                        Stretch(Path(value.path), record, start, at, value.before, value.after, original)
                    )
                start = at
    yield from reversed(found)


def put_back(stretch: Stretch) -> bool:
    """Put a file back byte for byte; False where it already is as it was.

    Raises CannotUndoError, OSError; the file is then as it was before the call.
    """
    now = changes.sum_of(stretch.path)
    if now == stretch.before:
        return False
    if now != stretch.after:
        raise CannotUndoError(
            "was changed after this run, so it cannot be put back byte for byte; undo the later runs first"
        )
    original = _original(stretch)
    if original is not None and not original.is_file():
        raise CannotUndoError(f"its old bytes were kept in {original}, which is gone")
    total = hashlib.sha256()
    with replacing(stretch.path, times=True) as out:
        summing = _Summing(out.write, total.update)
        if original is not None:
            with original.open("rb") as file:
                while part := file.read(1 << 20):
                    summing.write(part)
        else:
            with stretch.path.open("rb") as file:
                regions = (region for entry in _own(stretch) if entry.undo for region in entry.undo.regions)
                changes.restore(file, summing, regions)  # type: ignore[arg-type]
        if total.hexdigest() != stretch.before:
            raise CannotUndoError("cannot be put back: the record of the change is damaged")
    return True


class _Summing:
    """Writes and sums at once."""

    def __init__(self, write: Callable[[bytes], object], update: Callable[[bytes], object]) -> None:
        self._write, self._update = write, update

    def write(self, data: bytes) -> None:
        self._write(data)
        self._update(data)


def _original(stretch: Stretch) -> Path | None:
    if stretch.original is not None:
        return stretch.original
    for value in _tail(stretch):
        if value.original:
            return changes.folder_for(stretch.path) / changes.RUNS / value.original
    return None


def _tail(stretch: Stretch) -> Iterator[File]:
    """The `file` line ends its stretch."""
    with stretch.record.open("rb") as file:
        file.seek(max(stretch.start, stretch.end - (1 << 16)))
        last = file.read(stretch.end - file.tell()).rstrip(b"\n").rsplit(b"\n", 1)[-1]
    value = runrecord.parse(last)
    if isinstance(value, File):
        yield value


def _own(stretch: Stretch) -> Iterator[Entry]:
    """The file's articles. A run's record may hold some of another file before them, one that was left as it was."""
    path = next((value.path for value in _tail(stretch)), None)
    for value in changes.entries(stretch.record, stretch.start, stretch.end):
        if isinstance(value, Entry) and value.undo is not None and value.path == path:
            yield value


def without_rules(stretch: Stretch, takes_back: Callable[[str], bool], text_field: str) -> tuple[bytes, int]:
    """Give a file's bytes as they would be had some rules not been applied, and how many edits that took back.

    Raises CannotUndoError where the file was changed since, and where an edit
    belongs to one of these rules and to another too: then they can only go together.
    """
    data = stretch.path.read_bytes()
    if hashlib.sha256(data).hexdigest() != stretch.after:
        raise CannotUndoError("was changed after the fix, so single rules cannot be taken back")
    if _original(stretch) is not None:
        raise CannotUndoError("is a packed file: it can be put back as a whole, not by rule")
    taken = 0
    out = io.BytesIO()
    now = io.BytesIO(data)
    place = 0
    for entry in _own(stretch):
        assert entry.undo is not None
        kept, n = _kept(entry, takes_back)
        taken += n
        if not n:
            continue
        first, last = entry.undo.regions[0], entry.undo.regions[-1]
        # Everything between the article's first and last region is put back, then edited again.
        out.write(now.read(first.start - place))
        old = io.BytesIO()
        shifted = [Region(r.start - first.start, r.length, r.old) for r in entry.undo.regions]
        span = (
            last.start
            - first.start
            + sum(r.length for r in entry.undo.regions)
            - sum(len(r.old.encode("utf-8", "surrogatepass")) for r in entry.undo.regions[:-1])
        )
        changes.restore(io.BytesIO(now.read(span)), old, iter(shifted))
        out.write(_edited(old.getvalue(), entry, kept, first.start, text_field))
        place = first.start + len(old.getvalue())
    out.write(now.read())
    return out.getvalue(), taken


def _kept(entry: Entry, takes_back: Callable[[str], bool]) -> tuple[list[Edit], int]:
    assert entry.undo is not None
    kept: list[Edit] = []
    taken = 0
    for piece in entry.undo.pieces:
        gone = [rule for rule in piece.rules if takes_back(rule)]
        if not gone:
            kept.append(Edit(piece.start, piece.end, piece.replacement))
        elif len(gone) < len(piece.rules):
            others = ", ".join(sorted(set(piece.rules) - set(gone)))
            raise CannotUndoError(
                f"one edit is the work of {', '.join(gone)} and of {others} together; take them back together"
            )
        else:
            taken += 1
    return kept, taken


def _edited(old: bytes, entry: Entry, kept: list[Edit], start: int, text_field: str) -> bytes:
    """Apply the edits that stay to the old bytes: a whole line of JSON, or a stretch of a text."""
    if entry.line is not None:
        bom = BOM_BYTES if old.startswith(BOM_BYTES) else b""
        record = object_of(old[len(bom) :])
        return line_with_text(old, record, text_field, edits.apply(record[text_field], kept).text)
    text = old.decode("utf-8", "surrogatepass")
    # The stretch begins where the first edit of the article does; spans are counted from there.
    assert entry.undo is not None
    base = entry.undo.pieces[0].start
    moved = [Edit(e.start - base, e.end - base, e.replacement) for e in kept]
    return edits.apply(text, moved).text.encode("utf-8", "surrogatepass")


def note_change(stretch: Stretch, new: bytes) -> None:
    """Enter a file's new bytes as a change of their own, before it is written, so that it can be undone too.

    Where they are what stood there before the fix, nothing is entered: all of it is undone.
    """
    path = stretch.path
    if hashlib.sha256(new).hexdigest() == stretch.before:
        return
    old = path.read_bytes()
    low = _common(old, new)
    tail = _common(old[low:][::-1], new[low:][::-1])
    run = runrecord.Run(runrecord.new_id(), time.time(), "undo", "")
    folder = changes.folder_for(path)
    store = changes.Store(folder, run)
    # Whole characters, so that what stood there can be kept as text.
    while low and (old[low : low + 1] or b"\0")[0] & 0xC0 == 0x80:
        low -= 1
    while tail and old[len(old) - tail] & 0xC0 == 0x80:
        tail -= 1
    region = Region(low, len(new) - tail - low, old[low : len(old) - tail].decode("utf-8", "surrogatepass"))
    before, after = hashlib.sha256(old).hexdigest(), hashlib.sha256(new).hexdigest()
    start = store.tell()
    undo = runrecord.Undo((region,), ())
    store.write(runrecord.line(Entry(path=str(path), undo=undo)))
    store.write(runrecord.line(File(str(path), before, after)))
    store.save()
    store.index(path, start, before, after, ())
    store.close()


def _common(a: bytes, b: bytes) -> int:
    low, high = 0, min(len(a), len(b))
    while low < high:
        middle = (low + high + 1) // 2
        if a[:middle] == b[:middle]:
            low = middle
        else:
            high = middle - 1
    return low
