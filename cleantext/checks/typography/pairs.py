"""Quotation marks that do not make a pair."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from cleantext.checks import Gate, Hit
from cleantext.configuration import Configuration
from cleantext.document import Document
from cleantext.document.quotations import QuotationMarks
from cleantext.finding import Evidence, replace
from cleantext.rulebook import Card

MIXED, UNCLOSED = "TY004", "TY005"

# What closes what; German quotation opens low and closes with the mark that opens English ones.
_CLOSES = {'"': '"', "“": "”", "„": "“”", "«": "»", "»": "«", "‘": "’", "‚": "‘’", "'": "'"}
_OPENS = {"”": "“", '"': '"'}
_TELLING = "“”„«»"  # straight marks alone make no mixed pair, and an odd one of them tells no side
_MARKS = frozenset('"' + _TELLING)


def gate() -> Gate:
    """Give what a text must hold: a mark that tells its side."""
    return Gate(literals=tuple(_TELLING))


def check(document: Document, cards: Mapping[str, Card], configuration: Configuration) -> Iterator[Hit]:
    """Give a hit for each pair of two styles, and for each mark that opens while a quotation is still open."""
    text = document.text
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


def _mend(quotation: QuotationMarks, opening: str, closing: str) -> Iterator[Hit]:
    """Make the pair one style: the English one of the two marks decides, the curly one of two English ones."""
    start, end = quotation.start, quotation.end
    if opening == "“" and closing != "”":
        yield Hit(MIXED, end - 1, end, (replace(end - 1, end, "”"),))
    elif closing in _OPENS and opening != _OPENS[closing]:
        yield Hit(MIXED, start, start + 1, (replace(start, start + 1, _OPENS[closing]),))


def _inner_mark(text: str, quotation: QuotationMarks) -> int | None:
    """Give the first double mark inside a quotation whose two ends are of different styles."""
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
