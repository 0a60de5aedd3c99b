"""Lines of a text, with their ends left out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import regex

from cleantext.native import compiled

# Only these end a line: str.splitlines() also breaks at form feeds, U+0085 and
# U+2028, which stand inside paragraphs of scraped articles.
_END = regex.compile(r"\r\n|\r|\n")


class Line(NamedTuple):
    """Code points ``start:end`` of one line; its line end is ``text[end:next]``."""

    start: int
    end: int
    next: int


_native = compiled("cleantext.document._segmentation")


def split_lines(text: str) -> tuple[Line, ...]:
    r"""Return every line of a text; a text that ends in ``\n`` has no empty last line.

    An empty text has no lines.
    """
    if _native is None:
        return split_lines_slowly(text)
    lines: tuple[Line, ...] = _native.split_lines(text, Line)
    return lines


def filled_lines(text: str, lines: Sequence[Line]) -> tuple[Line, ...]:
    """Return the lines that are not blank."""
    if _native is None:
        return tuple([line for line in lines if text[line.start : line.end].strip()])
    filled: tuple[Line, ...] = _native.filled_lines(text, lines)
    return filled


def contents(text: str, lines: Sequence[Line]) -> list[str]:
    """Return what stands in each of these lines, without the blank space around it."""
    if _native is None:
        return [text[line.start : line.end].strip() for line in lines]
    found: list[str] = _native.contents(text, lines)
    return found


def split_lines_slowly(text: str) -> tuple[Line, ...]:
    """Return what `split_lines` does."""
    lines = []
    start = 0
    for end in _END.finditer(text):
        lines.append(Line(start, end.start(), end.end()))
        start = end.end()
    if start < len(text):
        lines.append(Line(start, len(text), len(text)))
    return tuple(lines)
