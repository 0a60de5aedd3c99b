"""The read-only view of an article that rules see, each part worked out once, when first asked for."""

from __future__ import annotations

from bisect import bisect_right
from functools import cached_property

from cleantext.article import Article
from cleantext.document.lines import Line, split_lines

__all__ = ["Document", "Line"]


class Document:
    """An article and what can be read off it. Immutable; views are computed on demand."""

    def __init__(self, article: Article) -> None:
        """Wrap an article; nothing is computed yet."""
        self.article = article
        self.text = article.text

    @cached_property
    def lines(self) -> tuple[Line, ...]:
        """The lines, in order, line ends left out."""
        return split_lines(self.text)

    @cached_property
    def _line_starts(self) -> list[int]:
        return [line.start for line in self.lines]

    def line_at(self, offset: int) -> Line:
        """Give the line that holds a code point (its line end belongs to it)."""
        if not self.lines:
            return Line(0, 0, 0)
        return self.lines[max(0, bisect_right(self._line_starts, offset) - 1)]

    def place(self, offset: int) -> tuple[int, int]:
        """Give line and column of a code point, both counted from 1."""
        if not self.lines:
            return 1, 1
        number = max(1, bisect_right(self._line_starts, offset))
        line = self.lines[number - 1]
        if offset >= line.next > line.end:  # the point after the last line end
            return number + 1, offset - line.next + 1
        return number, offset - line.start + 1
