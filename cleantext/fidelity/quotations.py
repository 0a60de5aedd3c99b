"""Quotations of both sides held against each other: one that became none, one that is another's."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from operator import attrgetter
from typing import NamedTuple, TypeVar

from cleantext.fidelity.alignment import Alignment
from cleantext.fidelity.keys import sound
from cleantext.fidelity.names import Name
from cleantext.fidelity.scripts import UNSPACED, latin

_QUOTED = re.compile(
    r"«[^«»]{3,}»|“[^“”]{3,}”|„[^„“”]{3,}[“”]|「[^「」]{3,}」|『[^『』]{3,}』|"
    r"(?<!\w)\"(?=\S)[^\"\n]{3,}?(?<=\S)\"(?!\w)"
)
_MARKS = re.compile(r"[«»“”„\"「」『』‹›〈〉《》]|(?<!\w)[‘'](?=\w)|^[ \t]*[-–—]", re.MULTILINE)
_UNSPACED = re.compile(f"[{UNSPACED}]")
WORDS, SIGNS = 5, 14
"""Words, or code points where no space parts the words, that make a quotation more than a title or a term."""
_SAME = 0.5
"""Share of letters from which two names of different languages may be one."""


class Quotation(NamedTuple):
    """A quotation with its marks, code points ``start:end`` of its own side."""

    start: int
    end: int


_Placed = TypeVar("_Placed", Name, Quotation)


class Change(NamedTuple):
    """What became of a quotation: it was lost, or it moved from the mouth of one to that of another, ``mouths``."""

    bead: int
    quotation: Quotation
    mouths: tuple[Name, Name] | None


def quotations(text: str) -> tuple[Quotation, ...]:
    """Return the quotations of five words and more, in order."""
    return tuple(
        Quotation(found.start(), found.end())
        for found in _QUOTED.finditer(text)
        if _is_long(found.group()[1:-1])
    )


def _is_long(words: str) -> bool:
    return len(_UNSPACED.findall(words)) >= SIGNS or len(words.split()) >= WORDS


def changes(
    alignment: Alignment,
    original: str,
    text: str,
    source_names: Sequence[Name],
    target_names: Sequence[Name],
) -> Iterator[Change]:
    """Yield the quotations of the original that the translation has not, or gives to somebody else, in order."""
    here, there = quotations(original), quotations(text)
    if not here:
        return
    everyone = [latin(name.text.lower()) for name in source_names]
    beads = alignment.beads
    for number, bead in enumerate(beads):
        if not bead.is_pair:
            continue
        start, end = alignment.source[bead.first].start, alignment.source[bead.last - 1].end
        own = [q for q in _between(here, start, end) if q.end <= end]
        if len(own) != 1:
            continue
        low = alignment.target[min(bead.low, beads[max(0, number - 1)].low)].start
        last = max(bead.high, beads[min(len(beads) - 1, number + 1)].high)
        high = alignment.target[last - 1].end
        if _MARKS.search(text, low, high) is None:
            yield Change(number, own[0], None)
            continue
        left, right = alignment.target[bead.low].start, alignment.target[bead.high - 1].end
        others = [q for q in _between(there, left, right) if q.end <= right]
        if len(others) != 1:
            continue
        speakers = _outside(source_names, start, end, own[0])
        mouths = _outside(target_names, left, right, others[0])
        if len({sound(name.text) for name in speakers}) != 1 or not mouths:
            continue
        if any(_may_be_one(a.text, b.text) for a in speakers for b in mouths):
            continue
        stranger = next((m for m in mouths if any(_alike(latin(m.text.lower()), e) for e in everyone)), None)
        if stranger is not None:
            yield Change(number, own[0], (speakers[0], stranger))


def _outside(names: Sequence[Name], start: int, end: int, quotation: Quotation) -> list[Name]:
    return [name for name in _between(names, start, end) if not quotation.start <= name.start < quotation.end]


def _between(found: Sequence[_Placed], start: int, end: int) -> Sequence[_Placed]:
    """Return those, in order, that begin in code points ``start:end``."""
    begin = attrgetter("start")
    return found[bisect_left(found, start, key=begin) : bisect_left(found, end, key=begin)]


def _alike(one: str, other: str) -> bool:
    return SequenceMatcher(None, one, other).ratio() >= 0.7


def _may_be_one(one: str, other: str) -> bool:
    return sound(one)[:2] == sound(other)[:2] or (
        SequenceMatcher(None, latin(one.lower()), latin(other.lower())).ratio() >= _SAME
    )
