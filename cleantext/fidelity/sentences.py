"""Sentences of a text in any language: what an alignment pairs.

Unlike :mod:`cleantext.document.sentences`, which serves the search for speakers in
English, it knows the stops of Chinese, Japanese and Hindi, ordinals written with a
stop ("3. Juni") and abbreviations of many languages. A line end ends a sentence.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from cleantext.document.lines import split_lines
from cleantext.document.words import words
from cleantext.fidelity.seams import Vocabulary, seams

_CLOSERS = "\"'”’»“›)\\]」』）】》"
_STOP = re.compile(
    rf"[.!?…]+[{_CLOSERS}]*[ \t\u00a0\u3000]+|[。！？｡]+[{_CLOSERS}]*[ \t\u3000]*|[।॥]+[{_CLOSERS}]*[ \t]*"
)
_OPENERS = "\"'“‘«„‹(\\[\\-–—「『（【《¿¡ "
_NEXT = re.compile(rf"[{_OPENERS}]*(.)")
_GOES_ON = frozenset("とっ、，,とのだでがはをにも")
"""After a closing 」 these carry the sentence on: the quotation was only a part of it."""
_LONGEST_ABBREVIATION = 12
_NO_STOPPED_ORDINALS = frozenset(["en", "fr", "es", "it", "pt", "nl", "ru", "uk", "be", "he", "el"])
"""Languages that write no ordinal as a figure with a stop."""


class Piece(NamedTuple):
    """A sentence, code points ``start:end``; ``guessed`` where it may be the rest of the one before it, ``torn`` where it then begins with a name."""

    start: int
    end: int
    guessed: bool = False
    torn: bool = False


def split(text: str, lang: str = "") -> tuple[Piece, ...]:
    """Return the sentences in order, without white space around them; blank lines have none.

    ``lang`` (ISO 639-1) tells whether "3." may be an ordinal. A heading that runs into the sentence behind it is parted from it, by a guess.
    """
    found: list[Piece] = []
    vocabulary = Vocabulary(text)
    for sentence in _sentences(text, lang):
        start = sentence.start
        for at in (*seams(text, start, sentence.end, vocabulary), sentence.end):
            _add(text, start, at, found, guessed=start != sentence.start)
            start = at
    return tuple(found)


def _sentences(text: str, lang: str) -> Iterator[Piece]:
    """Yield what stands between stops and line ends."""
    abbreviations = words("abbreviations-any-language")
    for line in split_lines(text):
        found: list[Piece] = []
        begin = line.start
        for stop in _STOP.finditer(text, line.start, line.end):
            end = stop.end()
            if end >= line.end or not _ends(text, begin, stop, line.end, abbreviations, lang):
                continue
            _add(text, begin, end, found)
            begin = end
        _add(text, begin, line.end, found)
        yield from found


def _add(text: str, start: int, end: int, found: list[Piece], guessed: bool = False) -> None:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if start < end:
        found.append(Piece(start, end, guessed))


def _ends(
    text: str, begin: int, stop: re.Match[str], limit: int, abbreviations: frozenset[str], lang: str
) -> bool:
    """Whether a sentence ends at a stop."""
    mark = text[stop.start()]
    following = _NEXT.match(text, stop.end(), limit)
    if following is None:
        return True
    first = following.group(1)
    if mark in "。！？｡":
        closed = stop.group().rstrip()[-1] in "」』”’）"
        return not (closed and first in _GOES_ON)
    if mark in "।॥":
        return True
    if first.islower():
        return False
    if mark != "." or stop.end() - stop.start() > 3 or text[stop.start() + 1] not in " \t\u00a0\u3000":
        return True
    low = max(begin, stop.start() - _LONGEST_ABBREVIATION)
    word = text[low : stop.start()].rpartition(" ")[2].rpartition("\u00a0")[2].lstrip("\"'“‘«„([-–—")
    if not word:
        return True
    if word.isdigit():
        # "3. Juni": an ordinal; "in 2020. The" is none. Where months are written small, what follows tells it.
        return (
            (lang in _NO_STOPPED_ORDINALS and not first.isdigit())
            or len(word) > 2
            or stop.start() - begin <= 2
        )
    if len(word) == 1 and word.isupper():
        return word == "I"
    return word.casefold() not in abbreviations and not re.fullmatch(r"(?:[^\W\d_]\.)+[^\W\d_]", word)
