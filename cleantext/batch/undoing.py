"""Putting back what ``fix`` changed: by file, by run, or without some rules."""

from __future__ import annotations

import hashlib
import os
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path, PureWindowsPath
from typing import IO, NamedTuple

from cleantext.batch import changes, overwriting, runrecord, withdrawing
from cleantext.batch.chunks import reason
from cleantext.batch.inputs import Failure, is_hidden
from cleantext.batch.known import Known, Placed
from cleantext.batch.runrecord import Entry, File, Run
from cleantext.batch.withdrawing import CannotUndoError, restored
from cleantext.files import Draft, is_there, open_plain, real

__all__ = [
    "CannotUndoError",
    "Moved",
    "Named",
    "Stretch",
    "as_asked",
    "changed_since",
    "of_record",
    "put_back",
    "standing",
    "take_back",
    "trouble",
]


class Stretch(NamedTuple):
    """The lines of one rewritten file in a record; ``path`` is where the file is now, without links."""

    name: str
    path: Path
    record: Path
    start: int
    end: int
    before: str
    after: str


def standing(name: str, path: Path, known: Sequence[Placed], now: str) -> list[Stretch]:
    """Return the changes of a file that still stand, the latest first, out of all that are known, the latest first.

    ``now`` is the sum of the file.
    """
    return [
        _stretch(name, path, known[n]) for n in changes.standing([placed.change for placed in known], now)
    ]


def _stretch(name: str, path: Path, placed: Placed) -> Stretch:
    change = placed.change
    return Stretch(name, path, placed.record, change.start, change.end, change.before, change.after)


def changed_since(known: Sequence[Placed], now: str) -> CannotUndoError | None:
    """Return what to say of a file none of whose changes stands: nothing where it is as it was before one."""
    if not known or any(placed.change.before == now for placed in known):
        return None
    return CannotUndoError(
        "was changed after the fix, so it cannot be put back byte for byte; what the fix took away is kept in "
        f"{known[0].record}"
    )


class Moved:
    """Finds the changes of files that were renamed or moved, by what these files hold."""

    def __init__(self, known: Known) -> None:
        """Begin; nothing is looked up before it is asked for."""
        self._known = known
        self._by_sum: dict[str, dict[str, Path]] | None = None

    def _sums(self) -> dict[str, dict[str, Path]]:
        """For what a change left: what stood there before it, with a path where that was, best one that is gone."""
        if self._by_sum is None:
            self._by_sum = {}
            for path in self._known.paths():
                gone = not os.path.lexists(path)
                for placed in self._known.of(path):
                    befores = self._by_sum.setdefault(placed.change.after, {})
                    if gone or placed.change.before not in befores:
                        befores[placed.change.before] = path
        return self._by_sum

    def any(self) -> bool:
        """Say whether there is any change at all."""
        return bool(self._sums())

    def of(self, now: str) -> list[Placed]:
        """Return the changes of the file that was elsewhere when it came to hold this, the latest first.

        A file whose old place still holds it is a copy, and none of its changes are. Raises CannotUndoError where
        several files that were moved came to hold the same out of different texts.
        """
        befores = self._sums().get(now, {})
        left = {before: path for before, path in befores.items() if not _holds(path, now, before)}
        if len(left) > 1:
            raise CannotUndoError(
                "was renamed or moved, and so was another file that held the same after its fix; what it held "
                "before cannot be told. Give it its old name: "
                + " or ".join(str(path) for path in left.values())
            )
        return self._known.of(next(iter(left.values()))) if left else []


def _holds(path: Path, *sums: str) -> bool:
    try:
        return changes.sum_of(path) in sums
    except OSError:
        return False


class Named(NamedTuple):
    """A file that a run's record says was rewritten; ``path`` is where it is now, without links."""

    name: str
    path: Path
    before: str
    after: str


def of_record(record: Path) -> Iterator[Named | Failure]:
    """Return the rewritten files of a run by its record, the last first; a damaged line costs its file alone.

    A record may come from anybody: it only says what is asked for, and :func:`as_asked` whether that was done.
    """
    found: list[Named | Failure] = []
    with open_plain(record) as file:
        for number, raw in enumerate(file, 1):
            if not raw.endswith(b"\n"):
                break
            if b'"kind":"file"' in raw[:20]:
                try:
                    value = _file_of(raw)
                    path = real(value.path)
                except ValueError:
                    found.append(
                        Failure(str(record), number, "damaged; the file named here cannot be put back")
                    )
                else:
                    if value.done:
                        found.append(Named(value.path, path, value.before, value.after))
    yield from reversed(found)


def _file_of(raw: bytes) -> File:
    """Decode a ``file`` line; raises ValueError, also where its path is one that no file can have."""
    value = runrecord.parse(raw)
    if isinstance(value, File) and b"\0" not in os.fsencode(value.path):
        return value
    raise ValueError("no file line, or no path in it")


def as_asked(named: Named, known: Sequence[Placed], *, by_record_alone: bool) -> Stretch | None:
    """Return the change that a record names, as the stores near the file know it (the latest first).

    None where the file is as it was already. Raises CannotUndoError where no store holds such a change, or where
    nothing but the record names a hidden file: what no search finds is not to be written at a repository's word.
    Raises OSError.
    """
    for placed in known:
        if (placed.change.before, placed.change.after) == (named.before, named.after):
            if by_record_alone and is_hidden(placed.change.path):
                raise CannotUndoError(
                    "not put back: it is hidden, and only the record names it; name it, too"
                )
            return _stretch(named.name, named.path, placed)
    if changes.sum_of(named.path) == named.before:
        return None
    raise CannotUndoError("not put back: no .cleantext at or above it holds this change")


def put_back(stretches: Sequence[Stretch]) -> bool:
    """Put a file back byte for byte, as it was before the first of its changes; False where it is already.

    ``stretches`` are the changes that stand, the latest first. Raises CannotUndoError, OSError; the file is then
    as it was before the call.
    """
    last = stretches[0]
    draft = Draft(last.path)
    try:
        # Looked at only now that no other run can write it.
        now = _sum(draft.old())
        if now == last.before:
            return False
        if now != last.after:
            raise CannotUndoError(
                "was changed after this run, so it cannot be put back byte for byte; undo the later runs first"
            )
        original = _original(last)
        if original is not None:
            with changes.open_kept(original) as kept:
                total = _copied(kept, draft.file)
        elif _is_undo(last):
            total = _through(draft, stretches)
        else:
            summing = changes.Summing(draft.file)
            regions = (region for entry in _own(last) if entry.undo for region in entry.undo.regions)
            try:
                changes.restore(draft.old(), summing, regions)  # type: ignore[arg-type]
            except OverflowError:  # no file is as long as a planted region says
                raise _damaged(last) from None
            total = summing.total.hexdigest()
        if total != last.before:
            raise _damaged(last)
        overwriting.finish(draft, changes.folder_for(draft.target))
    finally:
        draft.drop()
    return True


def _through(draft: Draft, stretches: Sequence[Stretch]) -> str:
    """Go back over what an older version's ``undo --rule`` did, to what stood there before the fix itself."""
    data = draft.old().read()
    for stretch in stretches:
        data = restored(data, list(_own(stretch)))
        if withdrawing.sum_of(data) != stretch.before:
            raise _damaged(stretch)
        if not _is_undo(stretch):
            break
    draft.file.write(data)
    return stretches[0].before


def _is_undo(stretch: Stretch) -> bool:
    """Say whether a change is one that an older version entered for ``undo --rule``: nothing of it is a fix."""
    with changes.open_kept(stretch.record) as file:
        if b'"command":"undo"' not in file.readline():
            return False
    return not any(entry.undo.pieces for entry in _own(stretch) if entry.undo)


def _sum(file: IO[bytes]) -> str:
    return hashlib.file_digest(file, "sha256").hexdigest()  # type: ignore[arg-type]


def _copied(source: IO[bytes], out: IO[bytes]) -> str:
    summing = changes.Summing(out)
    while part := source.read(1 << 20):
        summing.write(part)
    return summing.total.hexdigest()


def _damaged(stretch: Stretch) -> CannotUndoError:
    return CannotUndoError(f"cannot be put back: the record of the change, {stretch.record}, is damaged")


def _original(stretch: Stretch) -> Path | None:
    """Return where the old bytes of a packed file are kept whole; None for files that are put back by region."""
    value = _last_line(stretch)
    if value.original is None:
        return None
    if PureWindowsPath(value.original).name != value.original or value.original in ("", ".", ".."):
        raise _damaged(stretch)
    for runs in (stretch.record.parent, changes.folder_for(stretch.path) / changes.RUNS):
        if is_there(runs / value.original):
            return runs / value.original
    raise CannotUndoError(f"its old bytes were kept in {runs / value.original}, which is gone")


def _last_line(stretch: Stretch) -> File:
    """The ``file`` line ends its stretch."""
    if not is_there(stretch.record):
        raise CannotUndoError(f"what stood there before was kept in {stretch.record}, which is gone")
    with changes.open_kept(stretch.record) as file:
        file.seek(max(stretch.start, stretch.end - (1 << 16)))
        last = file.read(max(0, stretch.end - file.tell())).rstrip(b"\n").rsplit(b"\n", 1)[-1]
    try:
        value = runrecord.parse(last)
    except ValueError:
        raise _damaged(stretch) from None
    if not isinstance(value, File):
        raise _damaged(stretch)
    return value


def _own(stretch: Stretch) -> Iterator[Entry]:
    """The file's articles. A run's record may hold some of another file before them, one that was left as it was."""
    path = _last_line(stretch).path
    try:
        for value in changes.entries(stretch.record, stretch.start, stretch.end):
            if isinstance(value, Entry) and value.undo is not None and value.path == path:
                yield value
    except ValueError:
        raise _damaged(stretch) from None


def take_back(stretches: Sequence[Stretch], takes_back: Callable[[str], bool], field: str) -> int:
    """Take back what some rules did to a file in all changes that stand, the latest first; return how many edits.

    What is left is entered before the file is written, as :mod:`withdrawing` says. Raises CannotUndoError, OSError;
    the file is then as it was.
    """
    draft = Draft(stretches[0].path)  # from here on no other run changes the file
    try:
        data = draft.old().read()
        if withdrawing.sum_of(data) != stretches[0].after:
            raise CannotUndoError("was changed after the fix, so single rules cannot be taken back")
        states, fixes = [data], []
        wanted = _deepest(stretches, takes_back)
        for stretch in stretches[: wanted + 1]:
            if _original(stretch) is not None:
                raise CannotUndoError("is packed, or not UTF-8: it can be put back as a whole, not by rule")
            if _is_undo(stretch):
                raise CannotUndoError(
                    "an older version took rules back here; undo the whole file, and fix it again"
                )
            fixes.append(list(_own(stretch)))
            states.append(restored(states[-1], fixes[-1]))
            if withdrawing.sum_of(states[-1]) != stretch.before:
                raise _damaged(stretch)
        again, taken = withdrawing.without(states[::-1], fixes[::-1], takes_back, field)
        if not taken:
            return 0
        _note(draft.target, again)
        draft.file.write(again[-1].after)
        overwriting.finish(draft, changes.folder_for(draft.target))
    finally:
        draft.drop()
    return taken


def _deepest(stretches: Sequence[Stretch], takes_back: Callable[[str], bool]) -> int:
    """Return the number of the earliest change in which one of the rules has an edit; -1 for none."""
    found = -1
    for number, stretch in enumerate(stretches):
        edits = (piece for entry in _own(stretch) if entry.undo for piece in entry.undo.pieces)
        if any(takes_back(rule) for piece in edits for rule in piece.rules):
            found = number
    return found


def _note(path: Path, again: Sequence[withdrawing.Again]) -> None:
    """Enter fixes that were done again, before the file is written; one of which nothing is left is none."""
    store = changes.Store(changes.folder_for(path), Run(runrecord.new_id(), time.time(), "undo", ""))
    try:
        for fix in again:
            if fix.before == fix.after:
                continue
            start = store.tell()
            for entry in fix.entries:
                store.write(runrecord.line(entry))
            before, after = withdrawing.sum_of(fix.before), withdrawing.sum_of(fix.after)
            shown = fix.entries[0].path
            store.write(runrecord.line(File(shown, before, after)))
            store.save()
            store.index(path, start, before, after, ())
    finally:
        store.close()


def trouble(error: OSError | ValueError) -> str:
    """Return what to say of a file that could not be put back."""
    return str(error) if isinstance(error, ValueError) else f"not put back: {reason(error)}"
