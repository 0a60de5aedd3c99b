"""Comments in Markdown that switch rules off: ``<!-- cleantext: ignore BP001 -->``.

In a line with other text it speaks for that line; alone in its line, for the paragraph after it. ``ignore-file`` speaks
for the whole article. Several rules stand side by side, with blanks or commas between them; without any, all are meant.
What stands in code is no comment. A comment that speaks to cleantext and switches nothing off is named by
:func:`misspelled`: whoever wrote it believes that it works.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import regex

from cleantext.document.lines import Line
from cleantext.document.markdown import Regions
from cleantext.document.spans import Span

NAME = "cleantext"
MARK = f"{NAME}:"
_COMMENT = regex.compile(
    r"<!--[ \t]{0,9}cleantext:[ \t]{0,9}(?P<what>ignore-file|ignore)(?P<rules>(?:[ \t,][\w:, \t-]{0,500})?)-->"
)


_ADDRESSED = regex.compile(r"<!--[ \t]{0,9}cleantext\b[^>\n]{0,500}-->")


class Ignored(NamedTuple):
    """Rules that are off in a part of the text: by category, name, id or its beginning; all where none is named.

    ``comment`` is the comment that says so, as written.
    """

    start: int
    end: int
    selectors: tuple[str, ...]
    comment: str


def ignored(text: str, lines: Sequence[Line], markup: Regions) -> tuple[Ignored, ...]:
    """Return what the comments of an article in Markdown switch off, spans in code points. Linear in the text."""
    if MARK not in text:
        return ()
    found: list[Ignored] = []
    for number, line in enumerate(lines):
        written = text[line.start : line.end]
        if MARK not in written:
            continue
        alone = not _COMMENT.sub("", written).strip()
        for comment in _COMMENT.finditer(written):
            if not _is_comment(markup, line, comment):
                continue
            start, end = line.start, line.end
            if comment["what"] == "ignore-file":
                start, end = 0, len(text)
            elif alone:
                end = _paragraph_after(text, lines, number)
            rules = tuple(comment["rules"].replace(",", " ").split())
            found.append(Ignored(start, end, rules, comment.group()))
    return tuple(found)


def misspelled(text: str, lines: Sequence[Line], markup: Regions) -> tuple[Span, ...]:
    """Return where comments that speak to cleantext in a form that it does not know stand. Linear in the text."""
    if NAME not in text:
        return ()
    found: list[Span] = []
    for line in lines:
        written = text[line.start : line.end]
        if NAME not in written:
            continue
        found += [
            Span(line.start + comment.start(), line.start + comment.end())
            for comment in _ADDRESSED.finditer(written)
            if _COMMENT.fullmatch(comment.group()) is None and _is_comment(markup, line, comment)
        ]
    return tuple(found)


def _is_comment(markup: Regions, line: Line, found: regex.Match[str]) -> bool:
    inside = markup.touching(line.start + found.start(), line.start + found.end())
    return inside is not None and inside.kind == "HTML"


def _paragraph_after(text: str, lines: Sequence[Line], number: int) -> int:
    """Return where the paragraph after a line ends, blank lines before it passed over."""
    end = lines[number].end
    begun = False
    for line in lines[number + 1 :]:
        if not text[line.start : line.end].strip():
            if begun:
                break
            continue
        begun = True
        end = line.end
    return end
