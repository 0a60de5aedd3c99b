"""Quoted stretches of an article, in the quotation styles that occur in news.

Known styles: straight ``"…"``, curly ``“…”``, doubled apostrophes ``''…''`` and
LaTeX's ````…''``, low-high ``„…“``, guillemets in both directions, and single
marks where they clearly enclose words. A quotation that runs over several
paragraphs opens each with a mark and closes once. Broken marks are recovered
paragraph by paragraph, so that one lost mark never turns the rest of the
article inside out.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from cleantext.document.lines import Line

# Marks of double quotations. The single ones are looked for in a second pass, outside of these.
_MARKS = ('"', "“", "”", "„", "‟", "«", "»", "＂", "''", "``", "’’", "‘‘")
# The mark comes first in both, its left neighbour second: so ``re`` can skip to the next mark.
_SINGLE_OPEN = re.compile(r"['‘](?<![^\s(\[—–\-].)(?=[^\W_])")
_SINGLE_CLOSE = re.compile(r"['’](?<=[^\s(\[—–\-'‘].)(?![\w'’])")
_SINGLES, _BEFORE_SINGLE = ("'", "‘"), "([—–-"
_OPENS_ONLY = frozenset(["„", "‟", "``", "‘‘"])
_PUNCTUATION = ",.?!…;:"
# A tag in the third person: ", he said", ", said the chairman", ", Mr Low told". It shows where lost marks closed.
_TAG = re.compile(
    r"[,?!] (?:(?:he|she|they|the [a-z]+(?: [a-z]+)?|(?:Mr|Mrs|Ms|Dr)\.? \w+|[A-Z]\w+(?: [A-Z]\w+)?) )?"
    r"(?:said|says|added|adds|told|explained|insisted|admitted|warned|argued|continued|replied|claimed|asked|concluded)\b"
)
_LONGEST_GOING_ON = 1_200  # code points of speech between two opening marks
_STRAIGHT = frozenset(['"', "＂", "''"])


class QuotationMarks(NamedTuple):
    """One quoted stretch; ``start:end`` holds its marks.

    ``opened`` and ``closed`` say whether the mark is there on that side;
    ``continues`` that it goes on with the quotation before it, in a new
    paragraph. ``single`` tells single marks from double ones.
    """

    start: int
    end: int
    opened: bool = True
    closed: bool = True
    continues: bool = False
    single: bool = False


def find_quotations(text: str, lines: tuple[Line, ...]) -> tuple[QuotationMarks, ...]:
    """Return the quoted stretches, in order; they never overlap, and nested ones are part of the outer."""
    marks = _double_marks(text)
    singles = _single_openings(text)
    if not marks and not singles:
        return ()
    next_single = 0
    found: list[QuotationMarks] = []
    count = len(marks)
    at = 0
    for start, end, _ in lines:
        first = at
        while at < count and marks[at][0] < end:
            at += 1
        before = len(found)
        if at > first:
            _paragraph(text, start, end, marks[first:at], found)
        first_single = next_single
        while next_single < len(singles) and singles[next_single] < end:
            next_single += 1
        if next_single > first_single:
            _single(text, start, end, found, before)
    return tuple(found)


def _double_marks(text: str) -> list[tuple[int, int]]:
    """Return the spans of all double marks, in order: each kind looked for by itself, which takes no look at the rest."""
    found: list[tuple[int, int]] = []
    kinds = 0
    for mark in _MARKS:
        if mark[0] not in text:  # a single letter is found many times as fast as two
            continue
        at = text.find(mark)
        if at < 0:
            continue
        kinds += 1
        size = len(mark)
        while at >= 0:
            found.append((at, at + size))
            at = text.find(mark, at + size)
    if kinds > 1:
        found.sort()
    return found


def _single_openings(text: str) -> list[int]:
    """Return where single marks stand that can open a quotation, in order: what `_SINGLE_OPEN` finds."""
    found: list[int] = []
    last = len(text) - 1
    for mark in _SINGLES:
        at = text.find(mark)
        while 0 <= at < last:
            if text[at + 1].isalnum():
                before = text[at - 1] if at else " "
                if before in _BEFORE_SINGLE or before.isspace():
                    found.append(at)
            at = text.find(mark, at + 1)
    found.sort()
    return found


def _paragraph(
    text: str, start: int, end: int, marks: list[tuple[int, int]], found: list[QuotationMarks]
) -> None:
    """Read the double marks of one paragraph from left to right."""
    opened = -1  # where the current quotation opened
    style = ""
    nested = 0
    last_close = -1  # end of the last nested closing mark
    done = start  # nothing before this point is still free
    again = False  # the current quotation only goes on with the one before it
    for index, (left, right) in enumerate(marks):
        mark = text[left:right]
        can_open, can_close = _sides(text, start, end, left, right, mark)
        if opened < 0:
            if can_open or (can_close and mark in _STRAIGHT and not text[done:left].strip()):
                opened, style, nested, last_close = left, mark, 0, -1
            elif can_close and left > done and _closes_lost_opening(text, left):
                begin = _lost_opening(text, done, left)
                found.append(QuotationMarks(begin, right, opened=False))
                done = right
            continue
        if can_close and not (can_open and nested == 0 and style != mark and mark == "“" and style != "„"):
            if nested:
                nested -= 1
                last_close = right
                continue
            found.append(QuotationMarks(opened, right, continues=again))
            done, opened, again = right, -1, False
            continue
        if can_open:
            if (
                mark != style
                and not (style in "“”" and mark in "“”")
                and _closes_later(text, start, end, marks, index)
            ):
                nested += 1
            else:  # the mark that should have closed is lost, or the speech goes on and was opened anew
                close, spoken = _lost_closing(text, opened, left)
                found.append(QuotationMarks(opened, close, closed=False, continues=again))
                done, opened, style, nested, last_close, again = close, left, mark, 0, -1, spoken
    if opened >= 0:
        # An inner mark that closes at the very end may be the outer one in another style.
        close = last_close if last_close > 0 else _rstrip(text, opened, end)
        if close - opened > 1:
            found.append(QuotationMarks(opened, close, closed=last_close > 0, continues=again))
    _join(text, start, found)


def _join(text: str, start: int, found: list[QuotationMarks]) -> None:
    """Mark the paragraph's first quotation as going on with one that the paragraph before left open."""
    index = len(found) - 1
    while index > 0 and found[index - 1].start >= start:
        index -= 1
    if index < 1:
        return
    this, before = found[index], found[index - 1]
    if this.start < start or text[start : this.start].strip():
        return
    if not before.closed and not text[before.end : start].strip():
        found[index] = this._replace(continues=True)


def _sides(text: str, start: int, end: int, left: int, right: int, mark: str) -> tuple[bool, bool]:
    """Whether a mark can open and can close, by what it is and by its neighbours."""
    before = text[left - 1] if left > start else " "
    after = text[right] if right < end else " "
    space_before = before.isspace() or before in "([-–—/‘'\"“«„"
    space_after = after.isspace() or not (after.isalnum() or after in "([$€£#@‘'\"“«„¡¿.…-–—")
    if mark in _OPENS_ONLY:
        return True, False
    if mark == "’’":
        return False, True
    if space_before and not space_after:
        return True, False
    if space_after and not space_before:
        return False, True
    if mark == "“":
        return True, space_after
    if mark == "”":
        return False, True
    if mark in "«»":
        return (True, False) if mark == "«" else (False, True)
    # Spaces on both sides, or none: the state decides.
    return True, True


def _closes_later(text: str, start: int, end: int, marks: list[tuple[int, int]], index: int) -> bool:
    """Whether the mark after next-to-come closes; looks one mark ahead only, to stay linear."""
    if index + 1 >= len(marks):
        return False
    left, right = marks[index + 1]
    return _sides(text, start, end, left, right, text[left:right])[1]


def _closes_lost_opening(text: str, left: int) -> bool:
    """A lone closing mark counts where punctuation shows that speech ends there (not in 5'10")."""
    return text[left - 1] in ",.?!…"


def _lost_opening(text: str, begin: int, end: int) -> int:
    while begin < end and not text[begin].isalnum():
        begin += 1
    return begin


def _lost_closing(text: str, opened: int, left: int) -> tuple[int, bool]:
    """Where a quotation that was never closed most likely ended, and whether the next mark only goes on with it.

    Papers open every paragraph of a speech and close the last one; where such paragraphs were joined into one line, each
    sentence before the next mark is speech unless a tag stands in it: "However, he said. "We …".
    """
    tag = _TAG.search(text, opened, left)
    if tag is not None:
        return tag.start() + 1, False
    close = _rstrip(text, opened, left)
    if text[close - 1] in ".?!…" and close - opened < _LONGEST_GOING_ON:
        return close, True
    window = max(opened, left - 400)
    for stop in (", ", ". ", "? ", "! "):
        at = text.find(stop, window, left)
        if at > 0:
            return at + 1, False
    return max(opened + 1, close), False


def _rstrip(text: str, start: int, end: int) -> int:
    while end > start and text[end - 1].isspace():
        end -= 1
    return end


def _single(text: str, start: int, end: int, found: list[QuotationMarks], before: int) -> None:
    """Add quotations in single marks that stand outside of the double ones of this paragraph."""
    gaps = []
    at = start
    for double in found[before:]:
        gaps.append((at, double.start))
        at = double.end
    gaps.append((at, end))
    added = False
    for low, high in gaps:
        position = low
        while True:
            opening = _SINGLE_OPEN.search(text, position, high)
            if opening is None:
                break
            close = _single_close(text, opening.end(), high)
            if close < 0:
                break
            if close > 0:
                found.append(QuotationMarks(opening.start(), close, single=True))
                added = True
                position = close
            else:
                position = opening.end()
    if added:
        found[before:] = sorted(found[before:])


def _single_close(text: str, low: int, high: int) -> int:
    """The end of a single-marked quotation that opens before ``low``; 0 where unclear, -1 where none can come."""
    fallback = -1
    for closing in _SINGLE_CLOSE.finditer(text, low, min(high, low + 1500)):
        if text[closing.start() - 1] in _PUNCTUATION:
            return closing.end()
        if fallback < 0:
            fallback = closing.end()
        if text[closing.start() - 1] != "s":  # "the voters' choice" is an apostrophe
            return closing.end()
    if fallback > 0:
        return fallback if fallback - low < 60 else 0
    return -1 if high - low < 1500 else 0
