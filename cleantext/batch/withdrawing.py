"""Taking back what some rules did and keeping what the others did, over all fixes of a file that stand.

Each fix of the chain is done again on the text that the one before it leaves, less the
edits of these rules. What comes out is entered as changes of its own from the same
beginnings, so a later ``undo`` goes back from there, one fix at a time, and never does
an edit again that was taken back.
"""

from __future__ import annotations

import hashlib
import io
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from cleantext import edits
from cleantext.batch import changes, runrecord
from cleantext.batch.chunks import Chunk, Form
from cleantext.batch.entries import regions, with_text
from cleantext.batch.fields import Fields
from cleantext.batch.reading import BOM_BYTES, Raw, Source, decoded
from cleantext.batch.recordchunks import whole
from cleantext.batch.runrecord import Entry, Piece
from cleantext.finding import Edit

Key = int | None
"""A record of a file of records, by its number; None for a file that is one article."""
TakesBack = Callable[[str], bool]


class CannotUndoError(ValueError):
    """A file cannot be put back; the message says why."""


class Again(NamedTuple):
    """A fix done again: its articles' lines of the record, and the file before and after it."""

    entries: tuple[Entry, ...]
    before: bytes
    after: bytes


def restored(data: bytes, entries: Sequence[Entry]) -> bytes:
    """Return a file as it was before a fix."""
    out = io.BytesIO()
    changes.restore(io.BytesIO(data), out, (r for e in entries if e.undo for r in e.undo.regions))
    return out.getvalue()


def without(
    states: Sequence[bytes], fixes: Sequence[Sequence[Entry]], takes_back: TakesBack, field: str
) -> tuple[list[Again], int]:
    """Do fixes again less the edits of some rules; return them, the earliest first, and how many edits that took.

    ``states[k]`` is the file before ``fixes[k]``, in the order in which they were made, and the last state is
    the file as it is. Fixes before the first that loses an edit are left out. ``field`` is that of the text in a
    JSON line. Raises CannotUndoError where an edit belongs to one of the rules and to another too, or where a
    later edit stands on it: then they can only go together.
    """
    taken = 0
    made: list[Again] = []
    moved: dict[Key, list[Edit]] = {}  # from an article's text in the old state to that in the new
    data = states[0]
    for k, entries in enumerate(fixes):
        lose = sum(_lost(piece, takes_back) for e in entries if e.undo for piece in e.undo.pieces)
        taken += lose
        if not made and not lose:
            data = states[k + 1]
            continue
        again = _again(states[k], data, entries, moved, takes_back, field)
        made.append(again)
        data = again.after
    return made, taken


def _again(
    old: bytes,
    data: bytes,
    entries: Sequence[Entry],
    moved: dict[Key, list[Edit]],
    takes_back: TakesBack,
    field: str,
) -> Again:
    """Do one fix again on ``data``, where it was first done on ``old``; ``moved`` is brought up to its end."""
    made: list[Entry] = []
    if any(entry.line is None for entry in entries):
        [entry] = entries
        bom = BOM_BYTES if data.startswith(BOM_BYTES) else b""
        text = data[len(bom) :].decode("utf-8", "surrogatepass")
        pieces = _kept(entry, moved.get(None, []), takes_back)
        after = bom + edits.apply(text, _edits(pieces)).text.encode("utf-8", "surrogatepass")
        if pieces:
            made.append(_entry(entry, runrecord.Undo(regions(text, pieces, len(bom)), pieces), takes_back))
        before_text = old[len(bom) :].decode("utf-8", "surrogatepass")
        moved[None] = _moved_on(before_text, entry, moved.get(None, []), takes_back)
        return Again(tuple(made), data, after)
    form = entries[0].form if entries else None
    # A fix of a table takes line breaks out of cells, so rows keep their order and not their lines.
    old_records = list(_records(old, form, field))
    by_line = {entry.line: entry for entry in entries}
    out: list[bytes] = []
    at = 0
    for number, (_, text, raw) in enumerate(_records(data, form, field)):
        line, old_text, _ = old_records[number]
        found = by_line.get(line) if line is not None else None
        new = raw.data
        if found is not None:
            pieces = _kept(found, moved.get(number, []), takes_back)
            if pieces:
                new = with_text(raw, field, edits.apply(text, _edits(pieces)).text)
                region = runrecord.Region(at, len(new), raw.data.decode("utf-8"))
                made.append(_entry(found, runrecord.Undo((region,), pieces), takes_back))
            moved[number] = _moved_on(old_text, found, moved.get(number, []), takes_back)
        out.append(new)
        at += len(raw.data)
    return Again(tuple(made), data, b"".join(out))


def _records(data: bytes, form: Form | None, field: str) -> Iterator[tuple[int | None, str, Raw]]:
    """Yield each record of a file with its number and text; None and nothing for what is no article."""
    fields = Fields(text=field)
    cut = [Chunk("lines", 0, ("",), data=data)] if form is None else whole("", form, data, fields)
    for chunk in cut:
        if chunk.failure is not None:
            raise CannotUndoError(f"single rules cannot be taken back: {chunk.failure.error}")
        for raw in decoded(chunk, fields):
            if isinstance(raw.item, Source):
                yield raw.item.line, raw.item.article.text, raw
            else:
                yield None, "", raw


def _lost(piece: Piece, takes_back: TakesBack) -> bool:
    gone = [rule for rule in piece.rules if takes_back(rule)]
    if gone and len(gone) < len(piece.rules):
        others = ", ".join(sorted(set(piece.rules) - set(gone)))
        raise CannotUndoError(
            f"one edit is the work of {', '.join(gone)} and of {others} together; take them back together"
        )
    return bool(gone)


def _kept(entry: Entry, moved: Sequence[Edit], takes_back: TakesBack) -> tuple[Piece, ...]:
    """Return the edits of an article that stay, on the text that was left without the others."""
    assert entry.undo is not None
    pieces = [piece for piece in entry.undo.pieces if not _lost(piece, takes_back)]
    found = []
    for piece in pieces:
        shift = _shift(Edit(piece.start, piece.end, piece.replacement), moved)
        found.append(Piece(piece.start + shift, piece.end + shift, piece.replacement, piece.rules))
    return tuple(found)


def _shift(edit: Edit, moved: Sequence[Edit]) -> int:
    """Return by how many code points an edit moves; raises CannotUndoError where it stands on one taken back."""
    shift = 0
    for other in moved:
        if edits.conflict(edit, other):
            raise CannotUndoError(
                "a later fix changed what one of these edits left, so it cannot be taken back alone; undo the file"
            )
        if other.end <= edit.start:
            shift += len(other.replacement) - (other.end - other.start)
    return shift


def _moved_on(text: str, entry: Entry, moved: Sequence[Edit], takes_back: TakesBack) -> list[Edit]:
    """Return the way from the old state to the new one behind a fix, out of that before it.

    ``text`` is the article before the fix, in the old state.
    """
    assert entry.undo is not None
    parts: list[tuple[int, int, Edit]] = []
    for other in moved:  # where it stands behind the fix
        shift = sum(len(p.replacement) - (p.end - p.start) for p in entry.undo.pieces if p.end <= other.start)
        if any(edits.conflict(Edit(p.start, p.end, p.replacement), other) for p in entry.undo.pieces):
            raise CannotUndoError(
                "two fixes changed the same place, so they can only be taken back together; undo the file"
            )
        parts.append((other.start, 0, Edit(other.start + shift, other.end + shift, other.replacement)))
    shift = 0
    for piece in entry.undo.pieces:
        start = piece.start + shift
        if _lost(piece, takes_back):
            back = Edit(start, start + len(piece.replacement), text[piece.start : piece.end])
            parts.append((piece.start, 1, back))
        shift += len(piece.replacement) - (piece.end - piece.start)
    ways: list[Edit] = []
    for _, _, edit in sorted(parts, key=lambda part: part[:2]):
        if ways and ways[-1].end == edit.start == edit.end == ways[-1].start:
            ways[-1] = Edit(
                edit.start, edit.end, ways[-1].replacement + edit.replacement
            )  # or their order is lost
        else:
            ways.append(edit)
    return ways


def _edits(pieces: Sequence[Piece]) -> list[Edit]:
    return [Edit(piece.start, piece.end, piece.replacement) for piece in pieces]


def _entry(entry: Entry, undo: runrecord.Undo, takes_back: TakesBack) -> Entry:
    applied = [finding for finding in entry.applied if not takes_back(str(finding.get("rule", "")))]
    return Entry(
        path=entry.path,
        line=entry.line,
        id=entry.id,
        chars=entry.chars,
        words=entry.words,
        applied=applied,
        undo=undo,
        form=entry.form,
    )


def sum_of(data: bytes) -> str:
    """Return the SHA-256 sum of bytes, hexadecimal."""
    return hashlib.sha256(data).hexdigest()
