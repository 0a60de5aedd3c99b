r"""Code points to the protocol's positions and back.

A position is a line and a number of UTF-16 units within it, unless client and server agreed on another unit. The
protocol ends lines at ``\n``, ``\r\n`` and ``\r`` alone; ``str.splitlines``, which knows seven more ends,
would miscount the lines of an article that holds U+2028.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import NamedTuple

from cleantext.offsets import UNITS

_END = re.compile(r"\r\n|\n|\r")


class Position(NamedTuple):
    """Line and unit within it, both from 0."""

    line: int
    character: int


class Positions:
    """The lines of one text, and what stands where in them."""

    def __init__(self, text: str, unit: str = "utf-16") -> None:
        """Find the lines; raises KeyError for a unit that the protocol does not know."""
        self._text = text
        self._size = UNITS[unit]
        self._starts = [0, *(end.end() for end in _END.finditer(text))]

    def of(self, offset: int) -> Position:
        """Return the position of a code point, or of the end of the text."""
        line = bisect_right(self._starts, offset) - 1
        return Position(line, self._size(self._text[self._starts[line] : offset]))

    def offset(self, position: Position) -> int:
        """Return the code point at a position; one beyond its line's end is that end, as the protocol says."""
        if position.line >= len(self._starts):
            return len(self._text)
        start = self._starts[position.line]
        last = position.line + 1 == len(self._starts)
        line = self._text[start : None if last else self._starts[position.line + 1]].rstrip("\r\n")
        if line.isascii():
            return start + min(position.character, len(line))
        left, at = position.character, 0
        while at < len(line) and (left := left - self._size(line[at])) >= 0:
            at += 1
        return start + at
