"""Which texts speak of markup and code: what stands in them is meant, and no remains of a conversion."""

from __future__ import annotations

import re
from collections.abc import Iterable

from cleantext.document import Document, Line
from cleantext.finding import Edit

_ABOUT = re.compile(
    r"\b(?:X?HTML5?|XML|CSS|YAML|Markdown|BBCode|[Ww]iki ?text|[Ww]iki markup|[Mm]arkup|LaTeX|[Ss]hortcodes?|[Uu]nescap\w+"
    r"|[Ee]scape (?:sequence|character|code)s?|[Ee]scaping|[Rr]egex(?:es|ps?)?|[Rr]egular expressions?|[Pp]ercent-encod\w+|URL-encod\w+"
    r"|[Ss]ource code|[Pp]laceholders?|[Ss]yntax|[Tt]emplate (?:tag|engine|language)s?|[Cc]ode (?:block|sample|snippet)s?"
    r"|(?:opening|closing|HTML|self-closing|the) tags?)\b"
    r"|```|~~~|</?(?:code|pre|kbd|samp)\b"
)
_INDENTED = ("    ", "\t")
_NEAR = 300  # code points on either side in which marks of code are looked for
_RECORD = re.compile(r'[{,]\s*\\?"[\w$-]{1,40}\\?"\s*:')
"""A name and what it stands for, as JSON writes them."""
_QUOTING = {"`": "`", '"': '"', "“": "”", "‘": "’", "'": "'", "(": ")"}


def speaks_of_markup(text: str, remains: Iterable[tuple[int, int]]) -> bool:
    """Whether a text, the spans of ``remains`` (in order) left out, names markup or holds blocks of code."""
    at = 0
    for start, end in remains:
        if start > at and _ABOUT.search(text, at, start) is not None:
            return True
        at = max(at, end)
    return _ABOUT.search(text, at) is not None


def is_shown(document: Document, start: int, end: int) -> bool:
    """Whether a span is code: between backticks or marks of quotation, in an indented or fenced line, in a record of JSON."""
    text = document.text
    before, after = text[start - 1 : start], text[end : end + 1]
    if before and _QUOTING.get(before) == after:
        return True
    line = document.line_at(start)
    if text.startswith(_INDENTED, line.start):
        return True
    if _RECORD.search(text, max(line.start, start - _NEAR), start) is not None:
        return True
    if text.find("`", max(line.start, start - _NEAR), start) < 0:
        return False
    before_it = text.count("`", max(line.start, start - _NEAR), start)
    return before_it % 2 == 1 and text.find("`", end, min(line.end, end + _NEAR)) >= 0


class Code:
    """Which lines of a text are code; each is asked about once."""

    def __init__(self, document: Document) -> None:
        """Wrap a document; nothing is read yet."""
        self._document = document
        self._known: dict[int, bool] = {}

    def holds(self, at: int) -> bool:
        """Whether the line of a code point is code."""
        start = self._document.line_at(at).start
        if start not in self._known:
            self._known[start] = self._document.places.of(start, start) == "code"
        return self._known[start]


def removal(text: str, line: Line, start: int, end: int) -> Edit:
    """Return the edit that deletes a span, with its line break where nothing else stands in the line.

    Where blank lines stand on both sides, one of them goes, too.
    """
    if text[line.start : start].strip() or not line.start <= end <= line.end or text[end : line.end].strip():
        return Edit(start, end, "")
    start, end = line.start, line.next
    if (start == 0 or text[max(0, start - 2) : start] == "\n\n") and text.startswith("\n", end):
        end += 1
    elif end == len(text) and start > 0:
        start = len(text[:start].rstrip("\n"))
        end = line.end
    return Edit(start, end, "")
