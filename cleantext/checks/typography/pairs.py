"""Quotation marks that do not make a pair."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from cleantext.checks import Gate, Hit
from cleantext.checks.damage.signs import signs
from cleantext.configuration import Configuration
from cleantext.document import Document, Line
from cleantext.document.quotations import QuotationMarks
from cleantext.finding import Applicability, Evidence, replace
from cleantext.rulebook import Card

MIXED, UNCLOSED = "TY004", "TY005"

# What closes what; German quotation opens low and closes with the mark that opens English ones.
_CLOSES = {'"': '"', "“": "”", "„": "“”", "«": "»", "»": "«", "‘": "’", "‚": "‘’", "'": "'"}
_OPENS = {"”": "“", '"': '"'}
_TELLING = "“”„«»"  # straight marks alone make no mixed pair, and an odd one of them tells no side
_MARKS = frozenset('"' + _TELLING)
_LONE = re.compile(r'(?<![^\s(\[—–])"(?![^\W\d_]?\])(?=[^\W_]|[‘\'$£€])(?P<word>[^\W_]?[\w’\'-]*)')
_OPENING_MARKS = frozenset('"“„«')
_POINT_AND_BLANK = frozenset([", ", ". ", "! ", "? "])
_CURLY_CLOSE = re.compile(r"[.,!?…][“”](?!\w)")
_AFTER = 6  # paragraphs in which the closing mark of a quotation is looked for
_REACH = 60  # lines in which it is looked for, where lines follow each other without a blank one
_WIDE = 120  # code points of the longest line that is part of a paragraph broken into lines
_HABIT = 3  # quotations of one text that nothing closes: it is set so
_BLOCK = 200  # code points of a paragraph that a long quotation fills


def gate() -> Gate:
    """Return what a text must hold: a mark of quotation."""
    return Gate(literals=('"', *_TELLING))


def check(document: Document, cards: Mapping[str, Card], configuration: Configuration) -> Iterator[Hit]:
    """Yield a hit for each pair of two styles, and for each mark that opens while a quotation is still open."""
    text = document.text
    if UNCLOSED in cards and "lone" in signs(document):
        yield from _lone_marks(document)
    if not any(mark in text for mark in _TELLING):
        return
    for quotation in document.quotations:
        if quotation.single or not quotation.opened:
            continue
        opening = text[quotation.start]
        if opening not in _CLOSES:
            continue
        inner = _inner_mark(text, quotation)
        if inner is not None:
            if UNCLOSED in cards and opening != '"':
                note = Evidence(
                    quotation.start, quotation.start + 1, opening, "the quotation that is still open"
                )
                yield Hit(UNCLOSED, inner, _word_end(text, inner), evidence=(note,))
            continue
        closing = text[quotation.end - 1]
        if MIXED in cards and quotation.closed and closing in _MARKS and closing not in _CLOSES[opening]:
            yield from _mend(quotation, opening, closing)


def _lone_marks(document: Document) -> Iterator[Hit]:
    """Find paragraphs whose one straight mark opens, and that nothing after them closes.

    A line after it that opens with a mark goes on with the quotation, and one with an odd mark may close it; a quotation
    may stand sentence by sentence on lines of its own. A long one that fills the last paragraph may have been cut off.
    """
    text, lines = document.text, document.filled
    odd: list[int] = []  # the lines with an odd count of straight marks, in order
    for number, line in enumerate(lines):
        if text.find('"', line.start, line.end) >= 0 and text.count('"', line.start, line.end) % 2:
            odd.append(number)
    found: list[Hit] = []
    for place, number in enumerate(odd):
        line = lines[number]
        at = text.find('"', line.start, line.end)
        if text.find('"', at + 1, line.end) >= 0:
            continue
        opening = _LONE.match(text, at, line.end)
        if number == len(lines) - 1 and at == line.start and line.end - at > _BLOCK:
            continue
        if opening is None or any(text.find(mark, line.start, line.end) >= 0 for mark in _TELLING):
            continue
        last = _end_of_reach(text, lines, number)
        after = lines[number + 1 : last]
        if any(text[following.start] in _OPENING_MARKS for following in after):
            continue
        if any(_may_close(text, lines[other]) for other in odd[place + 1 : place + 2] if other < last):
            continue
        if _may_close(text, line) and place and number - odd[place - 1] <= _AFTER:
            continue
        if any(_CURLY_CLOSE.search(text, one.start, one.end) for one in after):
            continue
        if document.places.of(line.start, line.end) != "verse":
            found.append(Hit(UNCLOSED, at, opening.end(), applicability=Applicability.DISPLAY))
    if len(found) < _HABIT:
        yield from found


def _end_of_reach(text: str, lines: Sequence[Line], number: int) -> int:
    """Return the number after that of the last line in which a quotation of one line may be closed.

    A paragraph that was broken into lines counts as one.
    """
    paragraphs = 0
    end = min(len(lines), number + _REACH)
    for following in range(number + 1, end):
        before, line = lines[following - 1], lines[following]
        alone = line.end - line.start > _WIDE or before.end - before.start > _WIDE
        paragraphs += alone or text.count("\n", before.end, line.start) > 1
        if paragraphs > _AFTER:
            return following
    return end


def _may_close(text: str, line: Line) -> bool:
    """Whether the last straight mark of a line may close: it follows a word, or a point of its own and a blank."""
    at = text.rfind('"', line.start, line.end)
    return _LONE.match(text, at, line.end) is None or text[max(line.start, at - 2) : at] in _POINT_AND_BLANK


def _mend(quotation: QuotationMarks, opening: str, closing: str) -> Iterator[Hit]:
    """Make the pair one style: the English one of the two marks decides, the curly one of two English ones."""
    start, end = quotation.start, quotation.end
    if opening == "“" and closing != "”":
        yield Hit(MIXED, end - 1, end, (replace(end - 1, end, "”"),))
    elif closing in _OPENS and opening != _OPENS[closing]:
        yield Hit(MIXED, start, start + 1, (replace(start, start + 1, _OPENS[closing]),))


def _inner_mark(text: str, quotation: QuotationMarks) -> int | None:
    """Return the first double mark inside a quotation whose two ends are of different styles."""
    opening, closing = text[quotation.start], text[quotation.end - 1]
    if closing in _CLOSES.get(opening, ""):
        return None
    for at in range(quotation.start + 1, quotation.end - 1):
        if text[at] in _MARKS and text[at - 1] not in "\r\n":  # each paragraph of a long one opens anew
            return at
    return None


def _word_end(text: str, at: int) -> int:
    end = at + 1
    while end < len(text) and (text[end].isalnum() or text[end] in "-’'"):
        end += 1
    return end
