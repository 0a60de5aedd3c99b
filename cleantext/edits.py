"""The algebra of edits: choosing among overlaps, applying, the inverse, and passes over passes."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Sequence
from itertools import pairwise
from operator import attrgetter

import msgspec

from cleantext.finding import Applicability, Edit, Finding

_RANK = {Applicability.SAFE: 0, Applicability.REVIEW: 1, Applicability.DISPLAY: 2}


class Loser(msgspec.Struct, frozen=True):
    """A finding whose fix was not taken, and the finding that stands in its way."""

    finding: Finding
    winner: Finding


class Choice(msgspec.Struct, frozen=True):
    """Findings whose best fixes go together, in order of start, and those that lost."""

    chosen: tuple[Finding, ...]
    losers: tuple[Loser, ...]

    @property
    def edits(self) -> list[Edit]:
        """All edits of the chosen fixes, in order."""
        return sorted(edit for finding in self.chosen if finding.fix for edit in finding.fix.edits)


class Applied(msgspec.Struct, frozen=True):
    """A text after its edits, and the edits of the new text that bring the old one back."""

    text: str
    inverse: tuple[Edit, ...]


def conflict(a: Edit, b: Edit) -> bool:
    """Say whether two edits cannot both be made.

    They conflict where their spans share a code point, where an insertion falls
    inside the other's span, and where two insertions share a point: their order
    would be an accident. Edits that only touch do not.
    """
    if a.start == a.end and b.start == b.end:
        return a.start == b.start
    return a.start < b.end and b.start < a.end


_ROW = 512
"""Edits in a row of those taken, so that one more moves few others; a row of twice as many is cut in two."""


class _Taken:
    """Edits taken so far, kept in order in rows of bounded length, each with the finding it belongs to."""

    def __init__(self) -> None:
        self._edits: list[list[Edit]] = []
        self._owners: list[list[Finding]] = []
        self._lasts: list[Edit] = []  # of each row

    def holder(self, edit: Edit) -> Finding | None:
        """Return the finding whose edit conflicts with this one."""
        if not self._lasts:
            return None
        # Edits taken are disjoint, so only the neighbours of the place can conflict.
        row, at = self._place(edit)
        for i in (at - 2, at - 1, at, at + 1):
            there, inside = row, i
            if i < 0:
                there, inside = row - 1, i + (len(self._edits[row - 1]) if row else 0)
            elif i >= len(self._edits[row]):
                there, inside = row + 1, i - len(self._edits[row])
            if (
                0 <= there < len(self._edits)
                and 0 <= inside < len(self._edits[there])
                and conflict(self._edits[there][inside], edit)
            ):
                return self._owners[there][inside]
        return None

    def take(self, edit: Edit, owner: Finding) -> None:
        if not self._lasts:
            self._edits, self._owners, self._lasts = [[edit]], [[owner]], [edit]
            return
        row, at = self._place(edit)
        edits, owners = self._edits[row], self._owners[row]
        edits.insert(at, edit)
        owners.insert(at, owner)
        if len(edits) == 2 * _ROW:
            self._edits[row : row + 1] = edits[:_ROW], edits[_ROW:]
            self._owners[row : row + 1] = owners[:_ROW], owners[_ROW:]
            self._lasts[row : row + 1] = edits[_ROW - 1], edits[-1]
        else:
            self._lasts[row] = edits[-1]

    def _place(self, edit: Edit) -> tuple[int, int]:
        """Return the row in which an edit belongs, and where in it."""
        row = min(bisect_left(self._lasts, edit), len(self._lasts) - 1)
        return row, bisect_left(self._edits[row], edit)


def choose(findings: Iterable[Finding], *, length: int, first: Iterable[Finding] = ()) -> Choice:
    """Pick the findings whose best fixes are applied where spans overlap.

    Spans are code points of the original text. Safe fixes go before reviewed
    ones, then the surer, the longer, the lower rule id, the earlier. Losers are
    kept with the winner, because a reviewer asks for them. The order is total, so
    the result does not depend on the order of rules (Ruff sorts by start alone,
    and reports no losers). Those of the findings that are ``first``, what a person
    wrote, go before all others. Findings without a fix are left out.

    Raises ValueError for a span outside ``0..length`` or for edits of one fix
    that overlap: a rule's fault, never an article's.
    """
    taken = _Taken()
    chosen: list[Finding] = []
    losers: list[Loser] = []
    ahead = set(map(id, first))
    for finding in sorted((f for f in findings if f.fixes), key=lambda f: (id(f) not in ahead, priority(f))):
        fix = finding.fixes[0]
        _check(finding.rule, fix.edits, length)
        holder = next((h for edit in fix.edits if (h := taken.holder(edit))), None)
        if holder is not None:
            losers.append(Loser(finding, holder))
            continue
        for edit in fix.edits:
            taken.take(edit, finding)
        chosen.append(finding)
    chosen.sort(key=lambda f: (f.start, f.end, f.rule))
    return Choice(tuple(chosen), tuple(losers))


def priority(finding: Finding) -> tuple[object, ...]:
    """Return what :func:`choose` orders findings by, the one that goes first being the least; it has a fix."""
    edits = finding.fixes[0].edits
    return (
        _RANK[finding.applicability],
        -finding.confidence,
        -sum(edit.end - edit.start for edit in edits),
        finding.rule,
        edits,
        finding.start,
        finding.end,
    )


def _check(rule: str, edits: Sequence[Edit], length: int) -> None:
    if not edits:
        raise ValueError(f"rule {rule}: a fix has no edit")
    for edit in edits:
        if not 0 <= edit.start <= edit.end <= length:
            raise ValueError(f"rule {rule}: span {edit.start}:{edit.end} is outside the text (0:{length})")
    for a, b in pairwise(edits):
        if a.end > b.start or (a.start, a.end) == (b.start, b.end):
            raise ValueError(f"rule {rule}: edits {a} and {b} of one fix overlap or are out of order")


def apply(text: str, edits: Iterable[Edit]) -> Applied:
    """Apply edits that do not conflict, given in any order.

    ``apply(a.text, a.inverse).text`` is the old text again, byte for byte.
    Raises ValueError where edits conflict or reach outside the text.
    """
    parts: list[str] = []
    inverse: list[Edit] = []
    at = moved = 0
    for edit in sorted(edits):
        if edit.start < at or edit.end > len(text) or edit.end < edit.start:
            raise ValueError(f"edit {edit} overlaps the one before it or is outside the text")
        parts += (text[at : edit.start], edit.replacement)
        start = edit.start + moved
        back = Edit(start, start + len(edit.replacement), text[edit.start : edit.end])
        if inverse and inverse[-1].end == back.start and inverse[-1].start == back.end:
            # Neighbours that were both deleted come back at one point: one edit, or their order is lost.
            back = Edit(start, start, inverse.pop().replacement + back.replacement)
        inverse.append(back)
        moved += len(edit.replacement) - (edit.end - edit.start)
        at = edit.end
    parts.append(text[at:])
    return Applied("".join(parts), tuple(inverse))


def applied(text: str, edits: Iterable[Edit]) -> str:
    """Return the text alone of :func:`apply`, in half the time; raises ValueError as that does."""
    parts: list[str] = []
    at = 0
    for edit in sorted(edits):
        if edit.start < at or edit.end > len(text) or edit.end < edit.start:
            raise ValueError(f"edit {edit} overlaps the one before it or is outside the text")
        parts += (text[at : edit.start], edit.replacement)
        at = edit.end
    parts.append(text[at:])
    return "".join(parts)


def shared_beginning(a: str, b: str) -> int:
    """Count the code points that two texts begin with alike; compares slices, so long texts are cheap."""
    low, high = 0, min(len(a), len(b))
    while low < high:
        middle = (low + high + 1) // 2
        if a[:middle] == b[:middle]:
            low = middle
        else:
            high = middle - 1
    return low


class Piece(msgspec.Struct, frozen=True):
    """One edit of the original text and the numbers of the findings that share it."""

    edit: Edit
    owners: frozenset[int]


class Passes:
    """Edits of several passes, each on the text that the one before it left, as edits of the original.

    Where a later edit touches what an earlier one wrote, both become one edit
    that belongs to both findings; all others are only moved. So ``pieces`` are
    always disjoint, and applying them to the original gives the current text.
    """

    def __init__(self, original: str) -> None:
        """Start with no edit: the current text is the original."""
        self.original = original
        self.text = original
        self.pieces: list[Piece] = []
        # Worked out when first asked for; a new pass makes them void.
        self._known: tuple[list[tuple[int, int, Edit]], list[int]] | None = None
        self._owned: dict[int, list[Edit]] | None = None

    def to_original(self, start: int, end: int) -> tuple[int, int]:
        """Return the span of the original that a span of the current text came from.

        A span that cuts through something an earlier pass wrote gets all of what
        stood there before.
        """
        if self._known is None:
            places = self._places()
            self._known = places, [new_end for _, new_end, _ in places]
        places, ends = self._known
        low, high = self._back(start, places, ends), self._back(end, places, ends, closing=True)
        return min(low, high), max(low, high)

    def _places(self) -> list[tuple[int, int, Edit]]:
        """For each piece: the span of its replacement in the current text, and its edit."""
        places = []
        moved = 0
        for piece in self.pieces:
            start = piece.edit.start + moved
            places.append((start, start + len(piece.edit.replacement), piece.edit))
            moved += len(piece.edit.replacement) - (piece.edit.end - piece.edit.start)
        return places

    @staticmethod
    def _back(
        offset: int, places: list[tuple[int, int, Edit]], ends: list[int], *, closing: bool = False
    ) -> int:
        at = bisect_right(ends, offset)  # the first piece that ends after the offset
        if at < len(places) and places[at][0] < offset:
            return places[at][2].end if closing else places[at][2].start
        # What was deleted exactly here lies after a closing offset and before an opening one.
        while closing and at and places[at - 1][0] >= offset:
            at -= 1
        return places[at - 1][2].end + offset - places[at - 1][1] if at else offset

    def add(self, edits: Sequence[Edit], owner: Callable[[Edit], int]) -> None:
        """Apply edits of the current text, each owned by the finding that ``owner`` numbers.

        Raises ValueError where they conflict with each other.
        """
        places = self._places()
        starts = [start for start, _, _ in places]
        # Spans of the current text that change together: old replacements and new edits that touch.
        spans: list[tuple[int, int, list[int], list[Edit]]] = []
        items: list[tuple[int, int, int | Edit]] = [(s, e, i) for i, (s, e, _) in enumerate(places)]
        items += [(edit.start, edit.end, edit) for edit in edits]
        items.sort(key=lambda item: (item[0], item[1]))
        for start, end, item in items:
            if spans and start <= spans[-1][1]:
                low, high, old, new = spans[-1]
                spans[-1] = (low, max(high, end), old, new)
            else:
                spans.append((start, end, [], []))
            (spans[-1][2] if isinstance(item, int) else spans[-1][3]).append(item)  # type: ignore[arg-type]
        pieces: list[Piece] = []
        for low, high, old, new in spans:
            if not new:
                pieces += [self.pieces[i] for i in old]
                continue
            if not old:
                shift = self._shift(low, starts, places)
                pieces += [
                    Piece(Edit(e.start + shift, e.end + shift, e.replacement), frozenset({owner(e)}))
                    for e in sorted(new)
                ]
                continue
            first, last = places[old[0]], places[old[-1]]
            start = first[2].start - max(0, first[0] - low)
            end = last[2].end + max(0, high - last[1])
            inside = [Edit(e.start - low, e.end - low, e.replacement) for e in new]
            owners = frozenset().union(*(self.pieces[i].owners for i in old), {owner(e) for e in new})
            pieces.append(Piece(Edit(start, end, applied(self.text[low:high], inside)), owners))
        self.text = applied(self.text, edits)
        self.pieces = sorted(pieces, key=attrgetter("edit"))
        self._known = self._owned = None

    def _shift(self, offset: int, starts: list[int], places: list[tuple[int, int, Edit]]) -> int:
        at = bisect_right(starts, offset) - 1
        return 0 if at < 0 else places[at][2].end - places[at][1]

    def edits_of(self, owner: int) -> tuple[Edit, ...]:
        """Return the edits of the original that a finding has a part in."""
        if self._owned is None:
            self._owned = {}
            for piece in self.pieces:
                for number in piece.owners:
                    self._owned.setdefault(number, []).append(piece.edit)
        return tuple(self._owned.get(owner, ()))
