"""One quotation that stands twice in an article, with two speakers."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import accumulate
from operator import attrgetter
from typing import Final, NamedTuple

from cleantext.checks.attribution.offices import surname_key
from cleantext.document import Document
from cleantext.document.attribution import Quotation
from cleantext.document.names import Person

_WORD = re.compile(r"\w+")
_OPENING: Final = '"“«„‘'
_CLOSING: Final = frozenset('"“”«»\n\r')
_OPENED: Final = 21  # code points after a mark that are compared
_LEAST = 7  # words; shorter quotations are said by many
_KEY = 5
_SAME = 0.75  # share of the shorter one's words
_MOST = 100  # repeated quotations of an article


class Pair(NamedTuple):
    """Two quotations of the same words: ``wrong`` has the speaker in doubt, ``right`` the other one."""

    wrong: Quotation
    right: Quotation
    doubted: Person | None
    speaker: Person


def repeated_quotations(document: Document) -> Iterator[Pair]:
    """Yield the pairs; who said what is worked out only where the same words do stand twice.

    A text that repeats more than a hundred quotations has none: it is a loop or an archive, no article with a slip in it.
    """
    if not _open_alike(document.text):
        return
    seen: dict[tuple[str, ...], tuple[int, frozenset[str]]] = {}
    pairs = []
    for number, marks in enumerate(document.quotations):
        words = _WORD.findall(document.text[marks.start : min(marks.end, marks.start + 1500)].lower())
        if len(words) < _LEAST:
            continue
        own = frozenset(words)
        first, others = seen.setdefault(tuple(words[:_KEY]), (number, own))
        if first != number and len(own & others) >= _SAME * min(len(own), len(others)):
            pairs.append((first, number))
    if not 0 < len(pairs) <= _MOST:
        return
    # Of many attributions each is looked up, not searched for.
    reach = list(accumulate(map(attrgetter("end"), document.attributions), max))
    for first, second in pairs:
        pair = _two_mouths(document, reach, first, second)
        if pair is not None:
            yield pair


def _open_alike(text: str) -> bool:
    """Say whether what follows two marks begins with the same letters: else an article is not read any further."""
    seen: set[str] = set()
    for mark in _OPENING:
        at = text.find(mark)
        while at >= 0:
            opening = text[at + 1 : at + 1 + _OPENED]
            if opening[:1].isalnum() and len(opening) == _OPENED:
                if opening in seen and _CLOSING.isdisjoint(opening):
                    return True
                seen.add(opening)
            at = text.find(mark, at + 1)
    return False


def _two_mouths(document: Document, reach: Sequence[int], first: int, second: int) -> Pair | None:
    one, other = _said(document, reach, first), _said(document, reach, second)
    if one is None or other is None or not one.speaker_name or not other.speaker_name:
        return None
    mine, theirs = _person(document, one), _person(document, other)
    names = [surname_key(q.speaker_name.rpartition(" ")[2]) for q in (one, other) if q.speaker_name]
    if names[0] == names[1] or (mine is None and theirs is None):
        return None
    # The one whom the article names less often stands in doubt; of two alike, the later.
    weight = [len(person.mentions) if person is not None else 0 for person in (mine, theirs)]
    if theirs is None or (mine is not None and weight[1] <= weight[0]):
        assert mine is not None
        return Pair(other, one, theirs, mine)
    return Pair(one, other, mine, theirs)


def _said(document: Document, reach: Sequence[int], number: int) -> Quotation | None:
    """Return who said a quotation; ``reach`` is how far the attributions up to each one go."""
    marks = document.quotations[number]
    attributions = document.attributions
    for at in range(bisect_right(reach, marks.start), len(attributions)):
        quotation = attributions[at]
        if quotation.start >= marks.end:
            return None
        if quotation.end > marks.start and quotation.speaker is not None:
            return quotation
    return None


def _person(document: Document, quotation: Quotation) -> Person | None:
    name = quotation.speaker_name or ""
    return next((p for p in document.names.persons(name.rpartition(" ")[2]) if p.name == name), None)
