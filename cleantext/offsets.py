"""Places of a text counted in other units: UTF-16 as JavaScript and Java count, bytes of UTF-8.

Everything in this package counts code points; only what speaks to other programs converts, at its edge.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable
from itertools import accumulate


def _utf16(text: str) -> int:
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2


def _utf8(text: str) -> int:
    return len(text) if text.isascii() else len(text.encode("utf-8", "surrogatepass"))


UNITS: dict[str, Callable[[str], int]] = {"utf-16": _utf16, "utf-8": _utf8, "utf-32": len}
"""How many units a text takes, by the encoding whose units they are; UTF-32's are code points."""


class Offsets:
    """The places of one text in code points and in units of an encoding."""

    def __init__(self, text: str, unit: str) -> None:
        """Take a text; where all of its code points take one unit this costs next to nothing.

        Raises KeyError for an encoding that is none of :data:`UNITS`.
        """
        size = UNITS[unit]
        self._length = len(text)
        single = "\x7f" if unit == "utf-8" else "\uffff"
        wide = unit != "utf-32" and not text.isascii() and max(text, default="") > single
        self._units = [0, *accumulate(map(size, text))] if wide else None
        self.length = self._units[-1] if self._units else self._length
        """The text's length in units."""

    def of(self, offset: int) -> int:
        """Return the unit at which a code point, or the end of the text, begins."""
        return offset if self._units is None else self._units[offset]

    def code_point(self, unit: int) -> int | None:
        """Return the code point that begins at a unit; None within one and outside of the text."""
        if self._units is None:
            return unit if 0 <= unit <= self._length else None
        at = bisect_left(self._units, unit)
        return at if at < len(self._units) and self._units[at] == unit else None
