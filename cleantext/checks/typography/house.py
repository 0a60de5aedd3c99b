"""House style: quotation marks, dashes, percent and closing punctuation, each only where configured."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import regex

from cleantext.checks import Hit
from cleantext.configuration import Configuration, Style
from cleantext.document import Document
from cleantext.finding import Edit, Fix, replace
from cleantext.rulebook import Card

QUOTES, DASH, PERCENT, PUNCTUATION = "TY050", "TY051", "TY052", "TY053"

_DASH = regex.compile(r"(?<=\w|[”\"’'),])(?:[ \u00a0]+(?:-{1,2}|–|—)[ \u00a0]+|—)(?=[\w“\"‘'(])")
_DASHES = {"en": " – ", "em": "—", "hyphen": " - "}
_PERCENT = regex.compile(r"(?<=\d)(?: ?%| percent\b| per cent\b)")
_PERCENTS = {"sign": "%", "percent": " percent", "per cent": " per cent"}
_INSIDE = regex.compile(r"([.,])([”\"])(?!\w)")
_OUTSIDE = regex.compile(r"([”\"])([.,])(?!\.)")


def check(document: Document, cards: Mapping[str, Card], configuration: Configuration) -> Iterator[Hit]:
    """Yield a hit for everything that departs from the configured style."""
    style: Style = configuration.style
    if style == Style():
        return
    text = document.text
    if style.quotes and QUOTES in cards:
        yield from _quotes(document, curly=style.quotes == "curly")
    if style.dash and DASH in cards:
        for match in _DASH.finditer(text):
            if match.group() != _DASHES[style.dash]:
                yield Hit(
                    DASH,
                    match.start(),
                    match.end(),
                    (replace(match.start(), match.end(), _DASHES[style.dash]),),
                )
    if style.percent and PERCENT in cards:
        for match in _PERCENT.finditer(text):
            if match.group() != _PERCENTS[style.percent]:
                yield Hit(
                    PERCENT,
                    match.start(),
                    match.end(),
                    (replace(match.start(), match.end(), _PERCENTS[style.percent]),),
                )
    if style.punctuation and PUNCTUATION in cards:
        # American style sets a stop or comma inside the closing mark, British style outside.
        pattern = _OUTSIDE if style.punctuation == "american" else _INSIDE
        for match in pattern.finditer(text):
            swapped = match.group(2) + match.group(1)
            yield Hit(
                PUNCTUATION, match.start(), match.end(), (replace(match.start(), match.end(), swapped),)
            )


def _quotes(document: Document, *, curly: bool) -> Iterator[Hit]:
    text = document.text
    for quotation in document.quotations:
        if quotation.single:
            continue
        edits = []
        wanted = "“”" if curly else '""'
        if quotation.opened and text[quotation.start] != wanted[0]:
            edits.append(Edit(quotation.start, quotation.start + 1, wanted[0]))
        if quotation.closed and text[quotation.end - 1] != wanted[1]:
            edits.append(Edit(quotation.end - 1, quotation.end, wanted[1]))
        if edits:
            yield Hit(QUOTES, quotation.start, quotation.end, (Fix(tuple(edits)),))
