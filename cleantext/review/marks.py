"""An article with all its proposals in the text: what stands where, and which of several that want the same words is shown.

``marks`` says how each finding stands, ``shown`` and ``applied`` which of them are seen and which are made, and
``flow`` cuts the text into pieces that nest, so that a page can be written from front to back. The text of the flow
without what is inserted is the article, code point by code point.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from typing import Literal, NamedTuple

import msgspec

from cleantext import edits
from cleantext.finding import Applicability, Edit, Finding
from cleantext.review import marking
from cleantext.review.database import TODO, Item
from cleantext.review.decisions import edited
from cleantext.review.events import Event
from cleantext.safe import protects

Standing = Literal["open", "safe", "kept", "taken", "refused", "unsure", "disputed"]
"""``safe`` is applied unasked; ``kept`` would be, were not the same place refused to another rule, or the words to all."""
Kind = Literal["replace", "delete", "insert", "show"]
RUN = 400  # code points of a run before it may end


class Mark(msgspec.Struct, frozen=True):
    """A finding as it stands in the text.

    ``number`` counts from 1 in the order of the text. ``edits`` are what would be written, a person's own words where
    there are some; none where the finding only shows something. ``rivals`` are the numbers of marks that cannot be
    made together with this one, and of two of them the lower ``rank`` goes first, as in :func:`cleantext.edits.choose`, where what a person wrote goes before all.
    ``waits``: the queue asks for it. ``theirs``: others were asked about it, and this person was not.
    """

    number: int
    item: Item
    kind: Kind
    standing: Standing
    edits: tuple[Edit, ...]
    rank: int
    waits: bool
    rivals: tuple[int, ...] = ()
    theirs: bool = False

    @property
    def wanted(self) -> bool:
        """Say whether it is made, where no rival goes first."""
        return bool(self.edits) and self.standing in ("taken", "safe")


def marks(
    items: Iterable[Item],
    said: Callable[[Item], Event | None],
    todo: Collection[str] = TODO,
    theirs: Collection[int] = (),
    kept: Collection[int] = (),
) -> tuple[Mark, ...]:
    """Return the marks of an article in the order of its text.

    ``said`` finds what an item's state follows from, ``todo`` are the states that wait for a decision, ``theirs`` the
    numbers of findings that others were asked about alone, ``kept`` of those that wait for what was decided about
    such words, however safe.
    """
    ordered = sorted(items, key=lambda one: (one.finding.start, -one.finding.end, one.id))
    findings = [_as_decided(one, said) for one in ordered]
    ranked = sorted(
        (i for i, f in enumerate(findings) if f.fixes),
        key=lambda i: (ordered[i].state != "edited", edits.priority(findings[i])),
    )
    rank = {i: place for place, i in enumerate(ranked)}
    changes = [f.fix.edits if f.fix else () for f in findings]
    rivals = _rivals(changes)
    standing = [_standing(one, said) for one in ordered]
    for i, one in enumerate(ordered):
        if standing[i] == "safe" and (
            one.id in kept
            or any(
                standing[j] in ("refused", "unsure") and protects(ordered[j].finding, one.finding)
                for j in rivals.get(i, ())
            )
        ):
            standing[i] = "kept"
    return tuple(
        Mark(
            number=i + 1,
            item=one,
            kind=_kind(changes[i]),
            standing=standing[i],
            edits=changes[i],
            rank=rank.get(i, len(ordered)),
            waits=one.state in todo
            and one.finding.applicability is not Applicability.SAFE
            and one.id not in theirs,
            rivals=tuple(sorted(j + 1 for j in rivals.get(i, ()))),
            theirs=one.id in theirs,
        )
        for i, one in enumerate(ordered)
    )


def _as_decided(item: Item, said: Callable[[Item], Event | None]) -> Finding:
    if item.state == "edited" and (event := said(item)) is not None:
        return edited(item.finding, event)
    return item.finding


def _standing(item: Item, said: Callable[[Item], Event | None]) -> Standing:
    match item.state:
        case "accepted" | "edited":
            return "taken"
        case "rejected":
            return "refused"
        case "unsure":
            return "unsure"
        case "disputed":
            return "disputed"
    if item.finding.applicability is not Applicability.SAFE:
        return "open"
    # What was said of a safe rule as it was still holds it back; see `Decisions.refuses`.
    event = said(item) if item.state == "stale" else None
    return "open" if event is not None and event.verdict in ("reject", "unsure") else "safe"


def _kind(changes: Sequence[Edit]) -> Kind:
    if not changes:
        return "show"
    if not any(edit.replacement for edit in changes):
        return "delete"
    return "insert" if all(edit.start == edit.end for edit in changes) else "replace"


def _rivals(changes: Sequence[Sequence[Edit]]) -> dict[int, set[int]]:
    """Return which findings, by their place, have edits that conflict."""
    ordered = sorted((edit, i) for i, own in enumerate(changes) for edit in own)
    found: dict[int, set[int]] = {}
    reaching: list[tuple[Edit, int]] = []
    for edit, i in ordered:
        reaching = [
            (other, j) for other, j in reaching if other.end > edit.start or other.start == edit.start
        ]
        for other, j in reaching:
            if i != j and edits.conflict(other, edit):
                found.setdefault(i, set()).add(j)
                found.setdefault(j, set()).add(i)
        reaching.append((edit, i))
    return found


def applied(found: Sequence[Mark]) -> frozenset[int]:
    """Return the numbers of the marks that are made: those wanted, less those that a better one stands in the way of."""
    return _greedy((mark for mark in found if mark.wanted), lambda mark: (mark.rank,))


def shown(found: Sequence[Mark], current: int = 0) -> frozenset[int]:
    """Return the numbers of the marks whose change is to be seen, never two that want the same words.

    The ``current`` one goes first, then what is made, then what goes first anyway. Of what was refused there is
    nothing to see.
    """
    made = applied(found)
    return _greedy(
        (
            mark
            for mark in found
            if mark.edits and (mark.number == current or mark.standing not in ("refused", "kept"))
        ),
        lambda mark: (mark.number != current, mark.number not in made, mark.rank),
    )


def _greedy(found: Iterable[Mark], order: Callable[[Mark], tuple[int, ...]]) -> frozenset[int]:
    taken: set[int] = set()
    for mark in sorted(found, key=order):
        if taken.isdisjoint(mark.rivals):
            taken.add(mark.number)
    return frozenset(taken)


class Token(NamedTuple):
    """A step through the text.

    ``open`` and ``close`` a mark (``first``: where it begins), ``del``, ``flag`` and ``end`` around what a mark deletes
    or shows, ``text`` of the article, ``ins`` of a mark. Everything is closed in the order in which it was opened.
    """

    kind: Literal["open", "close", "del", "flag", "end", "text", "ins"]
    text: str = ""
    mark: Mark | None = None
    first: bool = False


class _Fragment(NamedTuple):
    """One edit of a mark, or the words that it shows: what is kept, deleted and inserted where."""

    start: int
    end: int
    mark: Mark
    parts: tuple[tuple[int, int, Literal["keep", "del", "flag"]], ...]
    inserts: tuple[tuple[int, str], ...]

    def kind_at(self, offset: int) -> Literal["keep", "del", "flag"]:
        return next((kind for low, high, kind in self.parts if low <= offset < high), "keep")


def flow(text: str, found: Sequence[Mark]) -> Iterator[tuple[Token, ...]]:
    """Yield the runs of an article: stretches of whole lines through which no change goes, with their marks.

    What several marks hold is nested, the longer outside; where they cross, the later is opened anew.
    """
    fragments = sorted(
        (fragment for mark in found for fragment in _fragments(text, mark)),
        key=lambda f: (f.start, f.start < f.end, -f.end, f.mark.number),  # what is inserted stands before
    )
    ends = _run_ends(text, fragments)
    cuts = sorted(
        {0, len(text), *ends}
        | {offset for f in fragments for offset in (f.start, f.end)}
        | {offset for f in fragments for low, high, _ in f.parts for offset in (low, high)}
        | {offset for f in fragments for offset, _ in f.inserts}
    )
    walk = _Walk()
    waiting = iter(fragments)
    upcoming = next(waiting, None)
    active: list[_Fragment] = []
    for at, offset in enumerate(cuts):
        for fragment in active:
            walk.insert(active, fragment, offset)
        active = [f for f in active if f.end > offset]
        if offset in ends:
            yield walk.run()
        while upcoming is not None and upcoming.start == offset:
            inside = [*active, upcoming]
            walk.insert(inside, upcoming, offset)
            if upcoming.start == upcoming.end and not upcoming.inserts:
                walk.point(inside, upcoming, offset)
            if upcoming.end > offset:
                active = inside
            upcoming = next(waiting, None)
        if at + 1 < len(cuts):
            walk.text(active, offset, text[offset : cuts[at + 1]])
    if last := walk.run():
        yield last


class _Walk:
    """The tokens of a run as they come, and what is open."""

    def __init__(self) -> None:
        self._tokens: list[Token] = []
        self._open: list[tuple[_Fragment, Literal["keep", "del", "flag"] | None]] = []
        self._begun: set[int] = set()

    def run(self) -> tuple[Token, ...]:
        """Close all and return what came since the last run."""
        self._reach([])
        done, self._tokens = tuple(self._tokens), []
        return done

    def text(self, active: Sequence[_Fragment], offset: int, written: str) -> None:
        self._reach([step for f in active for step in _steps(f, offset)])
        self._tokens.append(Token("text", written))

    def insert(self, active: Sequence[_Fragment], fragment: _Fragment, offset: int) -> None:
        """Write what a fragment inserts at an offset, within those that stand around it."""
        new = [written for at, written in fragment.inserts if at == offset]
        if new:
            self.point(active, fragment, offset)
            self._tokens += [Token("ins", written, fragment.mark) for written in new]

    def point(self, active: Sequence[_Fragment], fragment: _Fragment, offset: int) -> None:
        """Be inside a fragment at an offset, and inside nothing that it has there."""
        around = active[: active.index(fragment)]
        before = max(0, offset - 1)
        wanted = [step for f in around for step in _steps(f, before if f.start <= before else offset)]
        self._reach([*wanted, (fragment, None)])

    def _reach(self, wanted: list[tuple[_Fragment, Literal["keep", "del", "flag"] | None]]) -> None:
        alike = 0
        while alike < min(len(wanted), len(self._open)) and wanted[alike] == self._open[alike]:
            alike += 1
        for fragment, kind in reversed(self._open[alike:]):
            self._tokens.append(Token("close", mark=fragment.mark) if kind is None else Token("end"))
        for fragment, kind in wanted[alike:]:
            if kind is None:
                first = fragment.mark.number not in self._begun
                self._begun.add(fragment.mark.number)
                self._tokens.append(Token("open", mark=fragment.mark, first=first))
            elif kind != "keep":
                self._tokens.append(Token(kind, mark=fragment.mark))
        self._open = wanted


def _steps(fragment: _Fragment, offset: int) -> list[tuple[_Fragment, Literal["keep", "del", "flag"] | None]]:
    kind = fragment.kind_at(offset)
    return [(fragment, None)] if kind == "keep" else [(fragment, None), (fragment, kind)]


def _fragments(text: str, mark: Mark) -> Iterator[_Fragment]:
    if not mark.edits:
        finding = mark.item.finding
        yield _Fragment(finding.start, finding.end, mark, ((finding.start, finding.end, "flag"),), ())
        return
    for edit in mark.edits:
        parts: list[tuple[int, int, Literal["keep", "del", "flag"]]] = []
        inserts: list[tuple[int, str]] = []
        at = edit.start
        for piece in marking.words(text[edit.start : edit.end], edit.replacement):
            if piece.kind == "ins":
                inserts.append((at, piece.text))
                continue
            parts.append((at, at + len(piece.text), "del" if piece.kind == "del" else "keep"))
            at += len(piece.text)
        yield _Fragment(edit.start, edit.end, mark, tuple(parts), tuple(inserts))


def _run_ends(text: str, fragments: Sequence[_Fragment]) -> frozenset[int]:
    """Return where runs end: behind line ends through which no change goes, and that end nothing that begins there."""
    changes = [(f.start, f.end) for f in fragments if f.mark.edits]
    ends = []
    begun, at, reach = 0, 0, 0
    offset = text.find("\n") + 1
    while offset:
        # A run takes the blank lines behind it along.
        while text.startswith(("\n", "\r\n"), offset):
            offset = text.index("\n", offset) + 1
        while at < len(changes) and changes[at][0] < offset:
            reach = max(reach, changes[at][1])
            at += 1
        free = reach < offset and not (at < len(changes) and changes[at][0] == offset)
        if free and offset - begun >= RUN and offset < len(text):
            ends.append(offset)
            begun = offset
        offset = text.find("\n", offset) + 1
    return frozenset(ends)
