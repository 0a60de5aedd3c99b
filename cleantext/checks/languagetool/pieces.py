"""An article cut into what LanguageTool is asked."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from cleantext.document import Document

LONGEST = 8_000
"""Code points of a piece; a longer line is cut between sentences."""
LONGEST_SENTENCE = 3_000
"""Code points from which a sentence is none, and nobody is asked about it."""
REQUEST = 16_000
"""Code points of a request, about: pieces are joined up to here."""
GAP = "\n\n"
"""Between two pieces of a request: to LanguageTool, the end of a paragraph."""


class Piece(NamedTuple):
    """A line, or a part of a long one, by its place in the article's code points."""

    start: int
    text: str


def pieces(document: Document) -> Iterator[Piece]:
    """Yield the lines with something to read in them, without the blank space around them."""
    text = document.text
    for line in document.filled:
        if line.end - line.start <= LONGEST:
            yield from _stripped(text, line.start, line.end)
        else:
            yield from _cut(document, line.start, line.end)


def _stripped(text: str, start: int, end: int) -> Iterator[Piece]:
    part = text[start:end]
    bare = part.strip()
    if any(map(str.isalpha, bare)):
        yield Piece(start + len(part) - len(part.lstrip()), bare)


def _cut(document: Document, start: int, end: int) -> Iterator[Piece]:
    """Cut a long line between sentences; what is no sentence by its length is left out."""
    sentences = document.sentences
    at = bisect_left(sentences, (start, start))
    low = high = start
    while at < len(sentences) and sentences[at][0] < end:
        first, last = sentences[at]
        at += 1
        if last - first > LONGEST_SENTENCE or last - low > LONGEST:
            if high > low:
                yield from _stripped(document.text, low, high)
            low = first
        high = last
        if last - first > LONGEST_SENTENCE:
            low = high = last
    if high > low:
        yield from _stripped(document.text, low, high)


def requests(texts: Sequence[str]) -> Iterator[range]:
    """Deal texts into requests, in order: each a run of them that is long enough to be worth one."""
    first = size = 0
    for at, text in enumerate(texts):
        if at > first and size + len(text) > REQUEST:
            yield range(first, at)
            first, size = at, 0
        size += len(text) + len(GAP)
    if first < len(texts):
        yield range(first, len(texts))
