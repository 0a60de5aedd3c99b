"""What is known of many files: the changes that the stores near them hold, read once."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from heapq import merge
from pathlib import Path, PurePath, PurePosixPath, PureWindowsPath
from typing import NamedTuple

import msgspec

from cleantext.batch.changes import FOLDER, INDEX, RUNS, Change, doubt, opened
from cleantext.batch.inputs import Input
from cleantext.batch.records import decode
from cleantext.batch.runrecord import END_OF_TIME
from cleantext.files import is_folder, real

Note = Callable[[str], object]
_MOST = 1 << 62  # bytes of a record


class Placed(NamedTuple):
    """A change, and the ``.cleantext`` that holds its record."""

    folder: Path
    change: Change

    @property
    def record(self) -> Path:
        """The record of its run."""
        return self.folder / RUNS / self.change.record

    @property
    def path(self) -> Path:
        """Where the file was then."""
        return self.folder.parent / self.change.path


class Known:
    """The changes of files by the path and by the content that these have; each store is read once."""

    def __init__(self, folders: Iterable[Path], note: Note) -> None:
        """Read the indexes of these ``.cleantext``; ``note`` is told of what is damaged or cannot be read."""
        self._by_path: dict[str, list[list[Placed]]] = {}
        for folder in folders:
            mine: dict[str, list[Placed]] = {}
            for change in _read(folder, note):
                placed = Placed(folder, change)
                mine.setdefault(str(folder.parent / change.path), []).append(placed)
            for path, placed_here in mine.items():
                placed_here.reverse()
                self._by_path.setdefault(path, []).append(placed_here)

    def of(self, path: Path) -> list[Placed]:
        """Return the changes of a file (its path without links), the latest first."""
        kept = self._by_path.get(str(path), [])
        if len(kept) == 1:
            return kept[0]
        # The order of an index is that of its changes, whatever the clock did; between two only the clock tells.
        return list(merge(*kept, key=lambda placed: -placed.change.when))

    def of_run(self, run: str) -> dict[str, Change]:
        """Return the last change of each file in a run, by its path."""
        return {
            path: placed.change
            for path, kept in self._by_path.items()
            for one in kept
            for placed in reversed(one)
            if placed.change.run == run
        }

    def paths(self) -> Iterator[Path]:
        """Return the path of every file that was changed."""
        return map(Path, self._by_path)


def near(items: Iterable[Input], note: Note) -> list[Path]:
    """Return every ``.cleantext`` at, above and below what was named, less those that are not believed."""
    found: dict[Path, None] = {}
    seen: set[Path] = set()
    tops: set[str] = set()

    def look(folder: Path) -> None:
        inside = folder / FOLDER
        if is_folder(inside):
            trouble = doubt(inside)
            if trouble is None:
                found[inside] = None
            else:
                note(trouble)

    def upwards(folder: Path) -> None:
        for above in (folder, *folder.parents):
            if above in seen:
                return
            seen.add(above)
            look(above)

    for item in items:
        if item.below is None:
            upwards(real(item.name).parent)
        elif item.below not in tops:
            tops.add(item.below)
            upwards(real(item.below))
    for top in sorted(tops):
        for path, folders, _ in os.walk(os.path.realpath(top)):
            if FOLDER in folders and Path(path) not in seen:
                seen.add(Path(path))
                look(Path(path))
            folders[:] = sorted(name for name in folders if not name.startswith("."))
    return list(found)


def _read(folder: Path, note: Note) -> Iterator[Change]:
    """Return the changes of an index in their order; raises nothing: what is wrong with it is said."""
    index = folder / RUNS / INDEX
    try:
        with opened(folder) as runs, runs.read(INDEX) as file:
            for number, raw in enumerate(file, 1):
                try:
                    yield _inside(decode(raw, Change))
                except (msgspec.DecodeError, ValueError) as error:
                    # A kill or a full disk tore the line: then its file did not change.
                    if raw.strip() and "truncated" not in str(error):
                        note(f"{index}:{number}: damaged; the change that stood here cannot be put back")
    except FileNotFoundError:
        return
    except OSError as error:
        note(f"{index}: cannot be read: {error.strerror or error}")


def _inside(change: Change) -> Change:
    """Raise ValueError for a change that names no file below its store, no record in it or no time: a planted one."""
    os.fsencode(change.path + change.record)  # raises ValueError for what no path can hold
    windows = PureWindowsPath(change.path)
    outside = (
        "\0" in change.path + change.record
        or PurePosixPath(change.path).is_absolute()
        or bool(windows.root)
        or bool(PurePath(change.path).drive)  # elsewhere an article may well be called "Q: and A.txt"
        or ".." in windows.parts
        or PureWindowsPath(change.record).name != change.record
        or change.record in ("", ".", "..")
        or not 0 <= change.start <= change.end < _MOST
        or not 0 <= change.when < END_OF_TIME
    )
    if outside:
        raise ValueError("names a place outside, or a time that was never")
    return change
