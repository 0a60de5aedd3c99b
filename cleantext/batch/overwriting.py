"""Files with several names (hard links) are written over in place, so that all names show the new text.

Such a write can be torn, so it has a journal in ``.cleantext/runs``: the old and the
new bytes whole, and what file they belong to, on the disk before its first byte
changes. After a kill the next run that changes files there finds it and finishes
what was begun; the change is in the index by then, so ``undo`` takes it back like any other.

A journal may also have come with a repository, to have any file written over. So its note holds what
no checkout can foresee: the inode and change time of the old bytes' own file, and the inode of the target.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterable
from pathlib import Path, PurePosixPath
from typing import IO

import msgspec

from cleantext.batch.changes import RUNS, opened
from cleantext.batch.chunks import reason
from cleantext.batch.inputs import is_hidden, kind_of
from cleantext.batch.records import decode, encode
from cleantext.files import Draft, Folder, clear_dead, lock

_PAGE = 4096
_OVER = "over-"
_NOTE, _OLD, _NEW = ".overwriting", ".old", ".new"


class _Begun(msgspec.Struct, frozen=True):
    """A file, relative to the folder that holds ``.cleantext``, that is being written over.

    ``kept`` is the device, inode and change time (ns) of the old bytes' file when they were all in it,
    ``target`` the device and inode of the file itself.
    """

    path: str
    kept: tuple[int, int, int]
    target: tuple[int, int]


def _kept(old: IO[bytes]) -> tuple[int, int, int]:
    status = os.fstat(old.fileno())
    return status.st_dev, status.st_ino, status.st_ctime_ns


def _target(out: IO[bytes]) -> tuple[int, int]:
    status = os.fstat(out.fileno())
    return status.st_dev, status.st_ino


def finish(draft: Draft, folder: Path, *, times: bool = True) -> None:
    """Put a draft in its target's place: over it, where it has other names; raises OSError, UnsafeError.

    ``folder`` is the ``.cleantext`` that keeps the file's changes; ``times`` as in :meth:`Draft.finish`.
    """
    status = draft.status()
    if status is None or status.st_nlink == 1:
        draft.finish(times=times)
        return
    try:
        draft.save()
        with opened(folder, make=True) as runs:
            _write_over(draft, runs, folder)
    finally:
        draft.drop()


def _write_over(draft: Draft, runs: Folder, folder: Path) -> None:
    name = f"{_OVER}{os.urandom(16).hex()}"
    path = draft.target.relative_to(folder.parent).as_posix()
    with (
        draft.folder.overwrite(draft.target.name) as out,
        runs.create(name + _OLD) as old,
        runs.create(name + _NEW) as new,
    ):
        lock(old)  # held until the end: another run takes it all for dead otherwise
        try:
            _be_same(out, draft)
            for copy, source in ((old, draft.old()), (new, draft.file)):
                shutil.copyfileobj(_rewound(source), copy, 1 << 20)
                _save(copy)
            with runs.create(name + _NOTE) as note:
                note.write(encode(_Begun(path, _kept(old), _target(out))))
                _save(note)
            runs.sync()
            try:
                _copy_over(draft.file, out)
            except OSError:
                _copy_over(old, out)  # where that fails, too, the journal stays
                runs.remove(name + _NOTE)
                raise
            runs.remove(name + _NOTE)
        finally:
            if runs.status(name + _NOTE) is None:
                runs.remove(name + _NEW)
                runs.remove(name + _OLD)


def _be_same(out: IO[bytes], draft: Draft) -> None:
    status = draft.status()
    if status is None or status.st_ino != os.fstat(out.fileno()).st_ino:
        raise OSError("was replaced by another program meanwhile")


def _rewound(file: IO[bytes]) -> IO[bytes]:
    file.seek(0)
    return file


def _copy_over(source: IO[bytes], out: IO[bytes]) -> None:
    out.seek(0)
    shutil.copyfileobj(_rewound(source), out, 1 << 20)
    out.truncate()
    _save(out)


def _save(file: IO[bytes]) -> None:
    file.flush()
    os.fsync(file.fileno())


def recover(folders: Iterable[Path], say: Callable[[str], object]) -> None:
    """Finish what killed runs had begun to write over, in these ``.cleantext``; ``say`` is told of each file.

    Raises nothing: a journal that is not believed or cannot be read is named, and left as it is.
    """
    for folder in folders:
        try:
            with opened(folder) as runs:
                clear_dead(folder / RUNS)
                for name in sorted(
                    name for name in runs.names() if name.startswith(_OVER) and name.endswith(_OLD)
                ):
                    try:
                        _recover(runs, name.removesuffix(_OLD), folder, say)
                    except (OSError, ValueError) as error:
                        trouble = reason(error) if isinstance(error, OSError) else str(error)
                        say(
                            f"{folder / RUNS / name}: {trouble}; it is left. If it is not yours, take it away."
                        )
        except FileNotFoundError:
            continue  # nothing was begun there
        except OSError as error:
            say(f"{folder / RUNS}: {reason(error)}")


def _recover(runs: Folder, stem: str, folder: Path, say: Callable[[str], object]) -> None:
    with runs.claim(stem + _OLD) as old:
        if not lock(old):
            return  # its run lives
        begun = _begun(runs, stem + _NOTE)
        if begun is not None:
            if begun.kept != _kept(old) or not _is_article(begun.path):
                raise ValueError("is not the journal of a run that was killed here, and is not believed")
            path = folder.parent / begun.path
            trouble = _finish(path, begun, runs, stem)
            if trouble:
                kept = stem.replace(_OVER, "kept-") + _OLD
                runs.put(stem + _OLD, kept)
                say(f"{path}: {trouble}; what stood in it is kept in {folder / RUNS / kept}")
            else:
                say(
                    f"{path}: a run was killed while it wrote over this file; it is whole now, as the run meant it"
                )
        for end in (_NOTE, _NEW, _OLD):
            runs.remove(stem + end)


def _begun(runs: Folder, name: str) -> _Begun | None:
    """Return what was begun; None where the note is not whole, and so nothing was. Raises ValueError, OSError."""
    if runs.status(name) is None:
        return None
    with runs.claim(name) as note:
        written = note.read()
    try:
        return decode(written, _Begun)
    except msgspec.ValidationError:
        raise ValueError("has a note that no run of this version wrote") from None
    except (msgspec.DecodeError, ValueError):
        return None


def _is_article(path: str) -> bool:
    """Say whether a path, relative and as a note holds it, is one that a search for articles could find."""
    outside = PurePosixPath(path).is_absolute() or "\0" in path
    return not outside and not is_hidden(path) and kind_of(Path(path)) is not None


def _finish(path: Path, begun: _Begun, runs: Folder, stem: str) -> str | None:
    """Write the new bytes over a file that holds part of the old and part of the new; return why not."""
    try:
        with (
            Folder(path.parent) as place,
            place.overwrite(path.name) as out,
            runs.read(stem + _OLD) as old,
            runs.read(stem + _NEW) as new,
        ):
            if not lock(out):
                return "was being written by another run"
            same = _target(out) == begun.target and os.fstat(out.fileno()).st_nlink > 1
            if not same or not _is_between(out, old, new):
                return (
                    "a run was killed while it wrote over this file, and it was changed since, so it is left"
                )
            _copy_over(new, out)
    except OSError as error:
        return f"a run was killed while it wrote over this file, and it cannot be finished ({reason(error)})"
    return None


def _is_between(now: IO[bytes], old: IO[bytes], new: IO[bytes]) -> bool:
    """Say whether every page of a file is the old one, the new one, or the one up to some byte and then the other."""
    sizes = [os.fstat(file.fileno()).st_size for file in (now, old, new)]
    if not min(sizes[1:]) <= sizes[0] <= max(sizes[1:]):
        return False
    while page := now.read(_PAGE):
        before, after = old.read(_PAGE), new.read(_PAGE)
        if page not in (before, after) and not _is_torn(page, before, after):
            return False
    return True


def _is_torn(page: bytes, before: bytes, after: bytes) -> bool:
    at = 0
    while at < min(len(page), len(after)) and page[at] == after[at]:
        at += 1
    return page[at:] == before[at : len(page)]
