"""Files with several names (hard links) are written over in place, so that all names show the new text.

Such a write can be torn, so it has a journal in ``.cleantext/runs``: the old and the
new bytes whole, and what file they belong to, on the disk before its first byte
changes. After a kill the next run that changes files there finds it and finishes
what was begun; the change is in the index by then, so ``undo`` takes it back like any other.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path
from typing import IO

import msgspec

from cleantext.batch.changes import RUNS, opened
from cleantext.batch.chunks import reason
from cleantext.batch.records import decode, encode
from cleantext.files import Draft, Folder, lock

_PAGE = 4096
_NOTE, _OLD, _NEW = ".overwriting", ".old", ".new"


class _Begun(msgspec.Struct, frozen=True):
    """A file, relative to the folder that holds ``.cleantext``, that is being written over."""

    path: str


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
    name = f"over-{os.urandom(16).hex()}"
    with draft.folder.overwrite(draft.target.name) as out:
        if os.fstat(out.fileno()).st_ino != (draft.status() or os.fstat(draft.file.fileno())).st_ino:
            raise OSError("was replaced by another program meanwhile")
        try:
            for end, source in ((_OLD, draft.old()), (_NEW, draft.file)):
                source.seek(0)
                with runs.create(name + end) as copy:
                    shutil.copyfileobj(source, copy, 1 << 20)
                    _save(copy)
            begun = _Begun(draft.target.relative_to(folder.parent).as_posix())
            with runs.create(name + _NOTE) as note:
                lock(note)  # held until the end: another run takes it for dead otherwise
                note.write(encode(begun))
                _save(note)
                runs.sync()
                draft.file.seek(0)
                _copy_over(draft.file, out)
                runs.remove(name + _NOTE)
        except BaseException:
            with suppress(OSError):
                if runs.status(name + _NOTE) is not None:
                    _copy_over(_rewound(draft.file), out)
                    runs.remove(name + _NOTE)
            raise
        finally:
            if runs.status(name + _NOTE) is None:
                runs.remove(name + _OLD)
                runs.remove(name + _NEW)


def _rewound(file: IO[bytes]) -> IO[bytes]:
    file.seek(0)
    return file


def _copy_over(source: IO[bytes], out: IO[bytes]) -> None:
    out.seek(0)
    shutil.copyfileobj(source, out, 1 << 20)
    out.truncate()
    _save(out)


def _save(file: IO[bytes]) -> None:
    file.flush()
    os.fsync(file.fileno())


def recover(folders: Iterable[Path], say: Callable[[str], object]) -> None:
    """Finish what killed runs had begun to write over, in these ``.cleantext``; ``say`` is told of each file."""
    for folder in folders:
        if not (folder / RUNS).is_dir():
            continue
        try:
            with opened(folder) as runs:
                for name in sorted(name for name in runs.names() if name.endswith(_NOTE)):
                    _recover(runs, name, folder, say)
        except OSError as error:
            say(f"{folder / RUNS}: {reason(error)}")


def _recover(runs: Folder, name: str, folder: Path, say: Callable[[str], object]) -> None:
    stem = name.removesuffix(_NOTE)
    with runs.claim(name) as note:
        if not lock(note):
            return  # its run lives
        try:
            path = folder.parent / decode(note.read(), _Begun).path
        except (msgspec.DecodeError, ValueError):  # torn: the file itself was not touched yet
            path = None
        if path is not None:
            if ".." in path.parts:
                raise OSError(f"{folder / RUNS / name} names a file elsewhere")
            trouble = _finish(path, runs, stem)
            if trouble:
                say(f"{path}: {trouble}; what stood in it is kept in {folder / RUNS / (stem + _OLD)}")
                runs.remove(name)
                return
            say(
                f"{path}: a run was killed while it wrote over this file; it is whole now, as the run meant it"
            )
        for end in (_NOTE, _OLD, _NEW):
            runs.remove(stem + end)


def _finish(path: Path, runs: Folder, stem: str) -> str | None:
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
            if not _is_between(out, old, new):
                return (
                    "a run was killed while it wrote over this file, and it was changed since, so it is left"
                )
            _copy_over(_rewound(new), out)
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
