"""What a site says in article after article: paragraphs and sentences in a form in which they are held equal.

A unit is a line or a sentence of one. Its plain key leaves out case, figures and outer marks, at any length; its open
key, where a unit has names, handles or addresses, leaves those open too, so that an author box is one template
whoever wrote the article. Keys are hashes: an index of a million articles holds no second copy of them.
"""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import blake2b
from typing import NamedTuple

import regex

from cleantext.document.lines import Line
from cleantext.document.pageform import size_of
from cleantext.document.repeats import OUTER
from cleantext.document.sentences import split_sentences

SHORTEST = 24
"""Code points of the shortest unit (as `size_of` counts them): shorter lines are labels and subheadings."""
LEAST_FIXED = 6
"""Words that an open key must have besides what it leaves open."""
LONGEST = 4_000
_NUMBER = regex.compile(r"\d[\d.,:/]*")
_OPEN = regex.compile(
    r"\S*@\S+|https?://\S+|www\.\S+|(?<=[\p{L}\d,;)] )\p{Lu}[\p{L}'’-]*(?: \p{Lu}[\p{L}.'’-]*)*|^\p{Lu}[\p{L}'’-]+(?: \p{Lu}[\p{L}.'’-]+)+"
)


class Unit(NamedTuple):
    """A line (``whole``) or a sentence of one: where it stands, its plain key, and its open key or ``""``."""

    start: int
    end: int
    plain: str
    open: str
    whole: bool


def units(text: str, line: Line) -> Iterator[Unit]:
    """Yield a line as a unit, and its sentences where it has several."""
    start, end = line.start, line.end
    while end > start and text[end - 1].isspace():
        end -= 1
    while start < end and text[start].isspace():
        start += 1
    if end - start > LONGEST or size_of(text[start:end]) < SHORTEST:
        return
    yield _unit(text, start, end, whole=True)
    sentences = split_sentences(text, (line,))
    if len(sentences) > 1:
        for low, high in sentences:
            if size_of(text[low:high]) >= SHORTEST:
                yield _unit(text, low, high, whole=False)


def _unit(text: str, start: int, end: int, *, whole: bool) -> Unit:
    said = " ".join(text[start:end].replace("’", "'").split())
    plain = _NUMBER.sub("0", said.casefold()).strip(OUTER)
    opened = _OPEN.sub("\x00", said)
    template = ""
    if opened != said:
        fixed = _NUMBER.sub("0", opened.casefold()).strip(OUTER)
        if sum(word.isalpha() for word in fixed.replace("\x00", " ").split()) >= LEAST_FIXED:
            template = f"~{_hash(fixed)}"
    return Unit(start, end, f"={_hash(plain)}" if plain else "", template, whole)


def _hash(text: str) -> str:
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()
