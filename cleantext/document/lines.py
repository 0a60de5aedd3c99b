"""Lines of a text, with their ends left out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import regex

# Only these end a line: str.splitlines() also breaks at form feeds, U+0085 and
# U+2028, which stand inside paragraphs of scraped articles.
_END = regex.compile(r"\r\n|\r|\n")


class Line(NamedTuple):
    """Code points ``start:end`` of one line; its line end is ``text[end:next]``."""

    start: int
    end: int
    next: int


# A named tuple's own constructor is a function in Python; many lines are made.
_new = tuple.__new__


def filled_lines(text: str, lines: Sequence[Line]) -> tuple[Line, ...]:
    """Give the lines that are not blank."""
    return tuple(
        [line for line in lines if line.end > line.start and not text[line.start : line.end].isspace()]
    )


def split_lines(text: str) -> tuple[Line, ...]:
    r"""Give every line of a text; a text that ends in ``\n`` has no empty last line.

    An empty text has no lines.
    """
    lines: list[Line] = []
    start = 0
    if "\r" in text:
        for end in _END.finditer(text):
            lines.append(_new(Line, (start, end.start(), end.end())))
            start = end.end()
    else:
        end_at = text.find("\n")
        while end_at >= 0:
            lines.append(_new(Line, (start, end_at, end_at + 1)))
            start = end_at + 1
            end_at = text.find("\n", start)
    if start < len(text):
        lines.append(Line(start, len(text), len(text)))
    return tuple(lines)
