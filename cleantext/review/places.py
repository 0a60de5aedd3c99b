"""Where decisions are kept: ``.cleantext/`` beside the corpus, or where the user says."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from pathlib import Path

from cleantext import ownership
from cleantext.files import is_folder, is_link, is_there, real

FOLDER = ".cleantext"
STORE = "review.db"
COPY = "decisions.jsonl"


def find(
    paths: Sequence[str], store: Path | None = None, tell: Callable[[str], None] = lambda _: None
) -> Path | None:
    """Return the store that counts for these paths, or None.

    ``store`` where it is given (it need not exist yet), else the nearest
    ``.cleantext/review.db`` at or above the first path, or the place where it
    would be where only the committed copy, ``decisions.jsonl``, is there. One that
    is another user's, or a link, is passed over; ``tell`` gets a line that says so.
    """
    if store is not None:
        return store
    start = _first(paths)
    for folder in (start, *start.parents):
        inside = folder / FOLDER
        if is_there(inside / STORE) or is_there(inside / COPY):
            refused = refusal(inside)
            if refused is None:
                return inside / STORE
            tell(refused)
    return None


def for_review(
    paths: Sequence[str], store: Path | None = None, tell: Callable[[str], None] = lambda _: None
) -> Path:
    """Return the store to review with: the one found, else a new one in the folder that holds the paths.

    Raises ValueError where that folder is another user's, or a link.
    """
    found = find(paths, store, tell)
    if found is not None:
        return found
    inside = _first(paths) / FOLDER
    refused = refusal(inside) if os.path.lexists(inside) else None
    if refused is not None:
        raise ValueError(refused)
    return inside / STORE


def refusal(folder: Path) -> str | None:
    """Return why a ``.cleantext`` that was found, or what it holds, is not believed; None where it may be.

    A link would let whoever made the folder choose what is read and written through it.
    """
    for path in (folder, folder / STORE, folder / COPY):
        try:
            if is_link(path):
                return (
                    f"{path} is a link, and is not followed. Where it is yours, name the store:  --store FILE"
                )
            refused = ownership.refusal(path, folder.parent)
        except OSError:  # it is not there
            continue
        if refused is not None:
            return refused
    return None


def _first(paths: Sequence[str]) -> Path:
    first = real(next((path for path in paths if path != "-"), "."))
    return first if is_folder(first) else first.parent


def root_of(store: Path) -> Path:
    """Return the folder that a store speaks for: the one that holds ``.cleantext``, else the store's own."""
    folder = real(store).parent
    return folder.parent if folder.name == FOLDER else folder


def copy_of(store: Path) -> Path:
    """Return the place of the copy that people commit: beside the store."""
    return store.parent / COPY
