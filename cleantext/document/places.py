"""Where a line stands that is no running text: in code, front matter, a table, verse, dialogue.

Told by form alone, from the line and its neighbours, so that asking about one line costs nothing for the others.
Whoever asks wants to leave such lines alone: what looks like both counts as no running text.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from cleantext.document.lines import Line
from cleantext.document.markdown import code_spans, fenced, front_matter

NEAR = 3
"""Lines on either side in which the rest of a piece of code or of a dialogue is looked for."""
LONGEST_STANZA = 60
"""Lines of the longest stanza."""
VERSE, LEAST_VERSE = 60, 2
"""Code points of the longest line of verse, and words of the shortest."""

_CODE = re.compile(
    r"\s*(?:(?:def|class|function|public|private|static|const|let|var|return|import|from|#include|using|package|SELECT"
    r"|INSERT|UPDATE|for|while|if|elif|else|try|except|end|fn|func|sudo|pip|npm|git|curl|docker|print|echo)\b.*[;:{}()=<>\\]"
    r"|(?:>>> |\$ |#!|// |/\*|<\?|</?[A-Za-z][\w-]*[ >/]).*"
    r"|[\w.\[\]\"'$-]+\s*(?::=|[-+*/|&]?=(?!=))\s*\S.*"
    r"|[\w.]+\([^()]*\);?\s*(?:[{:].*)?"
    r"|.*(?:[{};]|\\|=>|->|\*/)\s*"
    r"|[{}()\[\]]+[,;]?\s*)"
)
_CODE_MARK = re.compile(r"[{}();:=<>\\$#/]")
"""One of these stands in every line that is like code."""
_LABEL = re.compile(r"\s*([^\W\d_][^\n:.?!]{0,30}):\s")
_ENTITY = re.compile(r"&(?:amp|lt|gt|quot|apos|nbsp|#)\b|</?[a-z][a-z0-9]*>")
_GAP = re.compile(r"\S(?:[ ]{3,}|\t+)(?=\S)")
_OPENS, _CLOSES = '"“„«‘‹「『', '"”“»’›」』'
_RUNS_ON = ",;:—–"


class Places:
    """What the lines of one text stand in; asked line by line."""

    def __init__(self, text: str, lines: Sequence[Line]) -> None:
        """Look for what only the whole text tells, where it can be there at all: front matter, fenced code."""
        self._text, self._lines = text, lines
        self._starts = [line.start for line in lines]
        self._head = front_matter(text, lines) if text[:3] in ("---", "+++") else 0
        self._fences = list(fenced(text, lines)) if "```" in text or "~~~" in text else []
        self._known: dict[int, str] = {}
        self._code: dict[int, bool] = {}
        self._stanza = (0, -1, False)

    def of(self, start: int, end: int) -> str:
        """Say what a span stands in ("code", "a table" …); empty where it is running text."""
        number = max(0, bisect_right(self._starts, start) - 1)
        if number >= len(self._lines):
            return ""
        if number not in self._known:
            self._known[number] = self._line(number)
        if not self._known[number]:
            line = self._lines[number]
            if self._text.find("`", line.start, line.end) >= 0 and any(
                low < end and start < high for low, high in code_spans(self._text, line.start, line.end)
            ):
                return "code"
        return self._known[number]

    def _row(self, number: int) -> str:
        """Return a line, empty beyond the first and the last."""
        if not 0 <= number < len(self._lines):
            return ""
        line = self._lines[number]
        return self._text[line.start : line.end]

    def _line(self, number: int) -> str:
        if number < self._head:
            return "front matter"
        if any(first <= number < after for first, after in self._fences):
            return "code"
        row = self._row(number)
        if self._is_code(number, row):
            return "code"
        if self._is_table(number, row):
            return "a table"
        if self._is_dialogue(number, row):
            return "a line of dialogue"
        return "verse" if self._is_verse(number, row) else ""

    def _is_code(self, number: int, row: str) -> bool:
        own = self._code_at(number)
        if own and _ENTITY.search(row) and row[:1] in " \t":
            return True
        before = any(self._code_at(n) for n in range(number - NEAR, number))
        if before and (own or row[:1] == "\t" or row[:2] == "  "):
            return True
        if not (before or own or row[:1] == "\t" or row[:2] == "  "):
            return False
        return any(self._code_at(n) for n in range(number + 1, number + NEAR + 1))

    def _code_at(self, number: int) -> bool:
        if number not in self._code:
            self._code[number] = _like_code(self._row(number))
        return self._code[number]

    def _is_table(self, number: int, row: str) -> bool:
        cells = _cells(row)
        return cells > 1 and cells in (_cells(self._row(number - 1)), _cells(self._row(number + 1)))

    def _is_dialogue(self, number: int, row: str) -> bool:
        spoken = row.strip()
        if spoken[:1] in ("—", "–", "―") and len(spoken) > 1:
            return True
        bare = spoken.rstrip(".,;!? ")
        if len(bare) > 2 and bare[0] in _OPENS and bare[-1] in _CLOSES:
            return True
        own = _label(row)
        if own is None:
            return False
        # Two speakers take turns; "Tags:", "By:" and "Photo:" stand once, or by themselves.
        labels = Counter(
            found.group(1)
            for n in range(number - 2 * NEAR, number + 2 * NEAR + 1)
            if (found := _label(self._row(n)))
        )
        return labels[own.group(1)] > 1 and sum(count > 1 for count in labels.values()) > 1

    def _is_verse(self, number: int, row: str) -> bool:
        if not _may_be_verse(row):
            return False
        first, after, verse = self._stanza
        if not first <= number <= after:
            first, after, verse = self._stanza = self._stanza_around(number)
        return verse

    def _stanza_around(self, number: int) -> tuple[int, int, bool]:
        """Return the first and the last of the lines around one that may be verse together, and whether they are."""
        first = after = number
        while number - first < LONGEST_STANZA and _may_be_verse(self._row(first - 1)):
            first -= 1
        while after - first < LONGEST_STANZA and _may_be_verse(self._row(after + 1)):
            after += 1
        return first, after, self._is_stanza(first, after)

    def _is_stanza(self, first: int, after: int) -> bool:
        if after - first >= LONGEST_STANZA or self._row(first - 1).strip() or self._row(after + 1).strip():
            return False
        rows = [self._row(n).strip() for n in range(first, after + 1)]
        pairs = list(pairwise(rows))
        running = sum(a[-1] in _RUNS_ON or (a[-1].isalpha() and b[0].islower()) for a, b in pairs)
        if not pairs or 2 * running < len(pairs):
            return False
        # A paragraph that was wrapped at a column fills its lines.
        longest = max(map(len, rows))
        return (
            any(4 * len(a) < 3 * longest for a in rows[:-1])
            or all(a[0].isupper() for a in rows)
            or longest < 45
        )


def _like_code(row: str) -> bool:
    return len(row) <= 200 and _CODE_MARK.search(row) is not None and _CODE.fullmatch(row) is not None


def _label(row: str) -> re.Match[str] | None:
    return _LABEL.match(row) if ":" in row else None


def _cells(row: str) -> int:
    """Count the cells of a table's row; 1 where it is none."""
    row = row.strip()
    if not row:
        return 0
    if row.count("|") > 1:
        return len(row.strip("|").split("|"))
    return 1 + len(_GAP.findall(row)) if "   " in row or "\t" in row else 1


def _may_be_verse(row: str) -> bool:
    row = row.strip()
    return bool(row) and len(row) <= VERSE and LEAST_VERSE <= len(row.split()) <= 12
