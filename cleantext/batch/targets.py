"""Where files go under an output directory: each to its own place, and none to that of an input."""

from __future__ import annotations

import os
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from cleantext.batch.inputs import Failure, Input, kind_of
from cleantext.batch.sinks import OutputError
from cleantext.files import is_folder, is_same, make_folder, opened_below, real
from cleantext.provenance import led_away

_WRITTEN = {"html": ".txt", "arrow": ".parquet"}
"""Endings of outputs, by kinds of input that are written as another."""


class Targets:
    """The places of a run's outputs under a directory: files keep their paths below the folder that holds them all.

    That is the named directory where one was named, the folder of the files where files were. The article of
    ``page.html`` becomes ``page.txt``, an Arrow file a Parquet file.
    """

    def __init__(self, folder: Path, items: Callable[[], Iterator[Input | Failure]]) -> None:
        """Look at every input, before any of them is written; ``items`` gives them, as often as it is called.

        Raises OutputError where two outputs would meet, one is an input, or a repository's link leads elsewhere.
        """
        if trouble := led_away(folder):
            raise OutputError(trouble)
        self.folder = folder
        self._real = real(folder)
        self._made: set[Path] = set()
        tops = {_top(item) for item in _files(items())}
        try:
            self._base = Path(os.path.commonpath(tops)) if tops else Path.cwd()
        except ValueError:  # Windows: two drives
            raise OutputError("the inputs lie on several drives; name those of one at a time.") from None
        self._refuse(items, tops)

    def of(self, name: str) -> Path:
        """Return the place of an input, without links above it."""
        inside = self._inside(name)
        suffix = _WRITTEN.get(kind_of(inside) or "")
        return self._real / (inside.with_suffix(suffix) if suffix else inside)

    def _inside(self, name: str) -> Path:
        return Path(_lexical(name)).relative_to(self._base)

    def made(self, name: str) -> Path:
        """Return the place of an input, its folder made; raises UnsafeError where a link stands in the way, OSError."""
        target = self.of(name)
        if target.parent not in self._made:
            if not is_folder(self._real):
                make_folder(self._real)
            opened_below(self._real, self._inside(name).parent, make=0o777).close()
            self._made.add(target.parent)
        return target

    def _refuse(self, items: Callable[[], Iterator[Input | Failure]], tops: Iterable[str]) -> None:
        real_tops = [real(top) for top in tops]
        own: dict[str, str] = {}
        if any(self._real.is_relative_to(top) or top.is_relative_to(self._real) for top in real_tops):
            own = {_place(item.name): item.name for item in _files(items())}
        folds = _folds_names(self._real)
        renamed = any(kind_of(Path(item.name)) in _WRITTEN for item in _files(items()))
        met: dict[str, str] = {}
        if not own and not folds and not renamed:
            return  # paths that differ below one folder differ below another
        for item in _files(items()):
            target = str(self.of(item.name))
            if target in own:
                raise OutputError(
                    f"{own[target]} is an input, and would be written over by --output {self.folder}. "
                    "Give another directory, or no --output to fix in place, which `cleantext undo` takes back."
                )
            if folds or renamed:
                key = unicodedata.normalize("NFC", target).casefold() if folds else target
                if key in met:
                    raise OutputError(
                        f"{met[key]} and {item.name} would be one file below {self.folder}. Fix them one by one."
                    )
                met[key] = item.name


def _files(items: Iterable[Input | Failure]) -> Iterator[Input]:
    return (item for item in items if isinstance(item, Input) and item.name != "-")


def _lexical(name: str | Path) -> str:
    """Return a path from the root on, links left as they are: an input keeps the path by which it was named."""
    return os.path.abspath(name)  # noqa: PTH100 - links stay


def _top(item: Input) -> str:
    return _lexical(item.below if item.below is not None else Path(item.name).parent)


def _place(name: str) -> str:
    """Return the place of a file, links above it followed, not one that it is itself."""
    path = Path(name)
    return str(real(path.parent) / path.name)


def _folds_names(folder: Path) -> bool:
    """Say whether the file system takes names for one that differ in the case of letters."""
    there = next(path for path in (folder, *folder.parents) if is_folder(path))
    other = there.with_name(there.name.swapcase())
    return other != there and is_same(other, there)
