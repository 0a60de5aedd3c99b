"""Decisions from the editor, in the store of every other reviewer."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Literal

import msgspec

from cleantext.article import Article
from cleantext.batch.reading import Source
from cleantext.batch.scope import Scope
from cleantext.cleaner import Cleaner
from cleantext.files import is_there
from cleantext.review import exchange, places
from cleantext.review.decisions import Decisions
from cleantext.review.scan import scan
from cleantext.review.session import GoneError, Session, reviewer, store_for
from cleantext.review.session import undo as take_back


class Workshop(msgspec.Struct, frozen=True):
    """What the configuration near a file says: compiled rules, what is ignored where, the store if it names one.

    ``store`` is False where decisions are not looked at.
    """

    cleaner: Cleaner
    scope: Scope = Scope()
    store: Path | Literal[False] | None = None


class UndecidedError(Exception):
    """Nothing was decided; the message says why, and what to do."""


class Decided:
    """What people decided about a file, read again when its store has changed."""

    def __init__(self, tell: Callable[[str], None]) -> None:
        """``tell`` gets what is said about a store that is passed over."""
        self._tell = tell
        self._read: dict[Path, tuple[object, Decisions]] = {}

    def about(self, path: Path | None, workshop: Workshop) -> Decisions:
        """Return the decisions that may bear on a file; none for a text without one."""
        if path is None or workshop.store is False:
            return Decisions()
        place = places.find([str(path)], workshop.store, self._tell)
        if place is None:
            return Decisions()
        state = _state(place)
        known = self._read.get(place)
        if known is None or known[0] != state:
            known = state, Decisions.load(place, workshop.cleaner.cards)
            self._read[place] = known
        return known[1]


def _state(store: Path) -> object:
    """What changes whenever somebody decides."""
    seen: list[tuple[int, int, int] | None] = []
    for path in (store, store.with_name(store.name + "-wal"), places.copy_of(store)):
        try:
            status = os.stat(path)  # noqa: PTH116
        except OSError:
            seen.append(None)
        else:
            seen.append((status.st_ino, status.st_size, status.st_mtime_ns))
    return seen


def decide(
    path: Path | None,
    article: Article,
    workshop: Workshop,
    verdict: Literal["accept", "reject"],
    fingerprint: str,
    who: str | None = None,
) -> None:
    """Put a decision on one finding of an article into the store, which is made where there is none.

    Raises UndecidedError for a text that is no file, or where the finding is gone, and ValueError for a store that
    cannot be used.
    """
    path, store = _kept_for(path, workshop)
    place = places.for_review([str(path)], store)
    cleaner = workshop.cleaner
    opened, _ = store_for(place)
    with opened:
        seen = scan(opened, cleaner, [Source(str(path), None, article)], on_failure=lambda _: None)
        name = Decisions(root=places.root_of(place)).document_id(str(path), None, article)
        found = opened.items("d.name = ? and f.key = ?", (name, fingerprint), limit=1)
        if not found:
            raise UndecidedError("the text has changed, and this finding is no longer in it")
        Session(opened, cleaner, who=who or reviewer(), scan=seen.number).decide(found[0], verdict)
    exchange.renew_copy(place)


def undo(path: Path | None, workshop: Workshop, who: str | None = None) -> int:
    """Take the latest decision of this person back; return how many were one action with it.

    Raises UndecidedError where there is nothing to take back from, or nothing left to take back.
    """
    path, store = _kept_for(path, workshop)
    place = places.find([str(path)], store)
    if place is None or not is_there(place):
        raise UndecidedError("no decision has been made here yet")
    opened, _ = store_for(place)
    with opened:
        try:
            undone = len(take_back(opened, who or reviewer()))
        except GoneError as error:
            raise UndecidedError(f"nothing was undone: {error}") from None
    exchange.renew_copy(place)
    return undone


def _kept_for(path: Path | None, workshop: Workshop) -> tuple[Path, Path | None]:
    if path is None:
        raise UndecidedError("save the text first: decisions are kept beside its file")
    if workshop.store is False:
        raise UndecidedError("the server was started with --isolated, and keeps no decisions")
    return path, workshop.store
