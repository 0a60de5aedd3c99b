"""Where decisions are kept: ``.cleantext/`` beside the corpus, or where the user says."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

FOLDER = ".cleantext"
STORE = "review.db"
COPY = "decisions.jsonl"


def find(paths: Sequence[str], store: Path | None = None) -> Path | None:
    """Give the store that counts for these paths, or None.

    ``store`` where it is given (it need not exist yet), else the nearest
    ``.cleantext/review.db`` at or above the first path, or the place where it
    would be where only the committed copy, ``decisions.jsonl``, is there.
    """
    if store is not None:
        return store
    start = _first(paths)
    for folder in (start, *start.parents):
        inside = folder / FOLDER
        if (inside / STORE).is_file() or (inside / COPY).is_file():
            return inside / STORE
    return None


def for_review(paths: Sequence[str], store: Path | None = None) -> Path:
    """Give the store to review with: the one found, else a new one in the folder that holds the paths."""
    return find(paths, store) or _first(paths) / FOLDER / STORE


def _first(paths: Sequence[str]) -> Path:
    first = Path(next((path for path in paths if path != "-"), ".")).resolve()
    return first if first.is_dir() else first.parent


def root_of(store: Path) -> Path:
    """Give the folder that a store speaks for: the one that holds ``.cleantext``, else the store's own."""
    folder = store.resolve().parent
    return folder.parent if folder.name == FOLDER else folder


def copy_of(store: Path) -> Path:
    """Give the place of the copy that people commit: beside the store."""
    return store.parent / COPY
