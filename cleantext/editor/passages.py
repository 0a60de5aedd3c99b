"""Which passages of an article are put to the model, and with what around them."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from typing import Literal, NamedTuple

from cleantext.document import Document
from cleantext.document.garble import garbled_sentences
from cleantext.document.spans import Span
from cleantext.finding import Finding

Which = Literal["garbled", "flagged", "all"]
Unit = Literal["line", "sentence"]

LEAST_WORDS = 3
"""Words below which nothing is asked: a passage so short says too little for a correction."""
LONGEST = 4000
"""Code points above which a passage is not asked: no sentence, and too long to be laid beside a reply."""
GARBLED = 0.5
"""Probability from which a sentence counts as garbled: it is only asked about, and what comes back is guarded."""
_TELLING = frozenset(["translation", "encoding", "typography", "languagetool", "fidelity"])
"""Categories whose findings say that a sentence wants an editor; boilerplate and attribution do not."""


class Passage(NamedTuple):
    """A line or a sentence: code points ``start:end`` of the article, with its neighbours as context."""

    start: int
    end: int
    text: str
    before: str
    after: str


def passages(
    document: Document, findings: Sequence[Finding], *, which: Which, unit: Unit
) -> tuple[Passage, ...]:
    """Return the passages to ask about, in order; none in an article that is not English.

    What the rules would delete as boilerplate is left out: nobody corrects what goes.
    """
    if not document.is_in(("en",)):
        return ()
    text = document.text
    units = (
        [Span(line.start, line.end) for line in document.filled]
        if unit == "line"
        else list(document.sentences)
    )
    units = [_stripped(text, span) for span in units]
    going = [(f.start, f.end) for f in findings if f.category == "boilerplate" and f.fixes]
    wanted = _wanted(document, findings, which)
    chosen = []
    for number, (start, end) in enumerate(units):
        if end - start > LONGEST or len(text[start:end].split()) < LEAST_WORDS:
            continue
        if wanted is not None and not _touched(wanted, start, end):
            continue
        if any(a <= start and end <= b for a, b in going):
            continue
        before = text[slice(*units[number - 1])] if number else ""
        after = text[slice(*units[number + 1])] if number + 1 < len(units) else ""
        chosen.append(Passage(start, end, text[start:end], before, after))
    return tuple(chosen)


def _wanted(document: Document, findings: Sequence[Finding], which: Which) -> list[tuple[int, int]] | None:
    """Return the spans that ask for a correction, in order; None where every passage is asked about."""
    if which == "all":
        return None
    if which == "garbled":
        found: Iterable[tuple[int, int]] = (
            (sentence.start, sentence.end)
            for sentence in garbled_sentences(
                document.text, document.sentences, document.garble, least=GARBLED
            )
        )
    else:
        found = ((f.start, f.end) for f in findings if f.category in _TELLING)
    return sorted(found)


def _touched(spans: list[tuple[int, int]], start: int, end: int) -> bool:
    at = bisect_left(spans, (end, end))
    return any(a < end and start < max(b, a + 1) for a, b in spans[:at])


def _stripped(text: str, span: tuple[int, int]) -> Span:
    start, end = span
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Span(start, end)
