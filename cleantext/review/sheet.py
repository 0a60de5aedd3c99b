"""One article before a person: its marks, what of them is certain enough to be taken at once, and the original at its side."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

import msgspec

from cleantext import edits
from cleantext.article import Article
from cleantext.document import Document
from cleantext.fidelity.pair import LONGEST, Pair, pair_of
from cleantext.finding import Edit, Finding
from cleantext.review.database import Item
from cleantext.review.marking import Piece
from cleantext.review.marks import Mark, applied, marks, shown
from cleantext.review.session import Session

THRESHOLDS = (0.99, 0.95, 0.9, 0.8, 0.7, 0.6, 0.5)
AROUND = 160  # code points shown of the original on either side


class Sheet(msgspec.Struct, frozen=True):
    """An article of the store with its marks; ``path`` has the line of a record of many."""

    number: int
    name: str
    path: str
    article: Article
    marks: tuple[Mark, ...]

    @property
    def left(self) -> int:
        """Count the marks that wait for a person."""
        return sum(mark.waits for mark in self.marks)

    @property
    def asks(self) -> int:
        """Count the marks that a person is asked about, decided or not, as the queue does."""
        return sum(mark.item.finding.applicability != "safe" and not mark.theirs for mark in self.marks)

    def mark_of(self, finding: int) -> Mark | None:
        """Return the mark of a finding by its number in the store."""
        return next((mark for mark in self.marks if mark.item.id == finding), None)


class Bulk(msgspec.Struct, frozen=True):
    """What could be taken in one go: marks at least ``least`` sure, and of how many a mistake is to be expected; ``more`` are those that a higher threshold leaves."""

    least: float
    count: int
    wrong: float
    more: tuple[Mark, ...]


def sheet(session: Session, number: int) -> Sheet | None:
    """Return an article by its number in the store, with its marks; None where there is none."""
    one = session.store.stored(number)
    if one is None:
        return None
    store = session.store
    items, theirs = store.items("f.document = ?", (number,)), store.beside(number)
    every = [*items, *theirs]
    found = marks(
        every,
        lambda item: store.event(item.seq),
        store.todo,
        {item.id for item in theirs},
        _left_alone(session, number, one.name, every),
    )
    return Sheet(number, one.name, one.place, one.article, found)


def _left_alone(session: Session, number: int, name: str, items: Sequence[Item]) -> set[int]:
    """Return the numbers of safe findings that `fix` would leave alone for what was decided in their article."""
    unasked = [item for item in items if item.state == "open" and item.finding.applicability == "safe"]
    if not unasked:
        return set()
    refuses = session.decisions(number).refuses(name)
    return {item.id for item in unasked if refuses(item.finding)}


def certain(found: Sequence[Mark], least: float) -> list[Mark]:
    """Return the marks that wait, would change something, stand behind no rival, and are ``least`` sure."""
    seen = shown(found)
    return [
        mark
        for mark in found
        if mark.waits and mark.edits and mark.number in seen and mark.item.finding.confidence >= least
    ]


def bulks(found: Sequence[Mark]) -> list[Bulk]:
    """Return what each threshold would take, the highest first, those that add nothing left out."""
    offered: list[Bulk] = []
    known: set[int] = set()
    for least in THRESHOLDS:
        taken = certain(found, least)
        if len(taken) > (offered[-1].count if offered else 0):
            wrong = sum(1 - mark.item.finding.confidence for mark in taken)
            more = tuple(mark for mark in taken if mark.number not in known)
            known.update(mark.number for mark in more)
            offered.append(Bulk(least, len(taken), wrong, more))
    return offered


def as_made(one: Sheet, mark: Mark) -> str | None:
    """Return the words of a mark that proposes nothing with what is made inside it; None where there is nothing inside.

    Whoever writes the sentence anew begins with the corrections that were accepted already.
    """
    finding = mark.item.finding
    if finding.fix is not None:
        return None
    made = applied(one.marks)
    inside = sorted(
        edit
        for other in one.marks
        if other.number in made and other is not mark
        for edit in other.edits
        if finding.start <= edit.start and edit.end <= finding.end
    )
    if not inside:
        return None
    moved = [Edit(edit.start - finding.start, edit.end - finding.start, edit.replacement) for edit in inside]
    return edits.applied(one.article.text[finding.start : finding.end], moved)


def original_beside(document: Document, finding: Finding) -> list[Piece]:
    """Return the place in the original that a finding is about, or that its sentence was made from; empty where there is none."""
    whole = document.article.original
    if whole is None:
        return []
    if finding.original is not None:
        start, end = finding.original.start, finding.original.end
    else:
        pair = _pair(document.article)
        span = _sentence(pair, finding) if pair is not None else None
        if span is None:
            return []
        start, end = span
    low, high = max(0, start - AROUND), min(len(whole), end + AROUND)
    return [
        piece
        for piece in (
            Piece("near", ("…" if low else "") + whole[low:start]),
            Piece("flag" if end > start else "keep", whole[start:end]),
            Piece("near", whole[end:high] + ("…" if high < len(whole) else "")),
        )
        if piece.text
    ]


@lru_cache(maxsize=4)
def _pair(article: Article) -> Pair | None:
    if len(article.text) > LONGEST or len(article.original or "") > LONGEST:
        return None
    return pair_of(Document(article))


def _sentence(pair: Pair, finding: Finding) -> tuple[int, int] | None:
    """Return the span of the original's sentences that stand beside those of a finding."""
    aligned = pair.alignment
    for bead in aligned.beads:
        here = aligned.target[bead.low : bead.high]
        there = aligned.source[bead.first : bead.last]
        if (
            here
            and there
            and here[0].start < max(finding.end, finding.start + 1)
            and finding.start < here[-1].end
        ):
            return there[0].start, there[-1].end
    return None
