"""Sentences that loop: two to ten words said three times or more in a row, as a stuck decoder says them."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Iterator
from typing import NamedTuple

import regex

PERIOD = (2, 10)
"""Words of what comes again, least and most."""
TIMES = 3
"""How often it stands there at least."""
_UNIT = regex.compile(
    r"\b\w+[ ,]+"
)  # without the boundary a word of a million letters is tried from each of them
_WORD = regex.compile(r"\w+")


class Loop(NamedTuple):
    """Code points ``start:end`` of a line, and the words that come again there, with what parts them."""

    start: int
    end: int
    phrase: str


def loops(line: str) -> Iterator[Loop]:
    r"""Yield the loops of a line from left to right; none overlaps another.

    It finds what ``\b((?:\w+[ ,]+){2,10}?)(?:\1){2,}(?:\w+)?`` finds, in a time that grows with the line
    alone: the expression looks at some places of a long line for minutes.
    """
    row = array("I")
    end = 0
    for unit in _UNIT.finditer(line):
        if unit.start() != end:
            yield from _in_row(line, row, end)
            row = array("I")
        row.append(unit.start())
        end = unit.end()
    yield from _in_row(line, row, end)


def _in_row(line: str, starts: array[int], end: int) -> Iterator[Loop]:
    """Yield the loops of words that begin at ``starts`` and follow upon each other up to ``end``, with what parts them."""
    if len(starts) < PERIOD[0] * TIMES:
        return
    starts.append(end)
    count = len(starts) - 1
    at = 0
    while at < count:
        start = starts[at]
        for again in starts[at + PERIOD[0] : at + PERIOD[1] + 1]:
            if again == end or line[again] != line[start]:
                continue
            phrase = line[start:again]
            stop = again
            while line.startswith(phrase, stop):
                stop += len(phrase)
            if stop - start >= TIMES * len(phrase):
                tail = _WORD.match(line, stop)
                stop = tail.end() if tail else stop
                yield Loop(start, stop, phrase)
                at = bisect_left(starts, stop)
                break
        else:
            at += 1
