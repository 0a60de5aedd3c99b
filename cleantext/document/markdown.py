"""What Markdown marks as no prose: front matter, code, HTML, link addresses, template tags.

Block structure line by line as in CommonMark, but for what a cleaner need not know (nested containers): where
the two differ, more counts as code. Time grows with the text's length.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from cleantext.document.lines import Line

LONGEST_HEAD = 200
"""Lines of the longest front matter."""

_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})([^\n]*)")
_HTML = re.compile(r" {0,3}<(?:[A-Za-z][A-Za-z0-9-]*|/[A-Za-z]|[!?])")
_RAW = re.compile(r" {0,3}<(script|pre|style|textarea)\b", re.IGNORECASE)
_KEY = re.compile(r"[\w\"'.-]+\s*[:=]|\[|#|-\s")
_DEFINITION = re.compile(r" {0,3}\[[^\]\n]{1,999}\]:\s*\S")
_TICKS = re.compile(r"`+")
_INLINE = re.compile(
    r"\]\((?:[^()\n\\]|\\.|\([^()\n]{0,999}\)){0,2000}\)"  # the address of a link or picture
    r"|\]\[[^\]\n]{0,999}\]"
    r"|<(?:[A-Za-z/!?][^<>\n]{0,2000})>"  # a tag, or an address in angle brackets
    r"|\bhttps?://[^\s<>)\]]+"
    r"|\{\{[^{}\n]{0,999}\}\}|\{%[^%\n]{0,999}%\}"
)
_STARTS = re.compile(r"[\]<{]|https?://")


class Region(NamedTuple):
    """Code points ``start:end`` that are no prose, and what they are instead."""

    start: int
    end: int
    kind: str


class Regions:
    """Regions in order of start, none in another."""

    def __init__(self, regions: Sequence[Region]) -> None:
        """Take regions in any order; what overlaps becomes one."""
        joined: list[Region] = []
        for region in sorted(regions):
            if joined and region.start < joined[-1].end:
                if region.end > joined[-1].end:
                    joined[-1] = joined[-1]._replace(end=region.end)
            else:
                joined.append(region)
        self.all = tuple(joined)
        self._starts = [region.start for region in joined]

    def touching(self, start: int, end: int) -> Region | None:
        """Return the last region that shares a code point with a span, or that an insertion falls into."""
        at = bisect_left(self._starts, end) - 1
        return self.all[at] if at >= 0 and self.all[at].end > start else None


def front_matter(text: str, lines: Sequence[Line]) -> int:
    """Return how many lines the front matter takes, its fences included; 0 where there is none."""
    if not lines or (fence := text[: lines[0].end].rstrip()) not in ("---", "+++"):
        return 0
    ends = {"---", "..."} if fence == "---" else {fence}
    for number in range(1, min(len(lines), LONGEST_HEAD)):
        row = text[lines[number].start : lines[number].end]
        if row.rstrip() in ends:
            return number + 1 if number > 1 else 0
        if number == 1 and not _KEY.match(row):
            return 0
    return 0


def fenced(text: str, lines: Sequence[Line], first: int = 0) -> Iterator[tuple[int, int]]:
    """Yield the numbers of the first and of the line after the last of each block of fenced code."""
    opened: str | None = None
    start = 0
    for number in range(first, len(lines)):
        line = lines[number]
        head = text[line.start : line.start + 6].lstrip(" ")[:1]
        if head not in ("`", "~"):
            continue
        found = _FENCE.match(text, line.start, line.end)
        if found is None:
            continue
        marks, info = found.groups()
        if opened is None:
            if marks[0] == "~" or "`" not in info:
                opened, start = marks, number
        elif marks[0] == opened[0] and len(marks) >= len(opened) and not info.strip():
            yield start, number + 1
            opened = None
    if opened is not None:
        yield start, len(lines)


def code_spans(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the stretches between backticks within a paragraph, marks included."""
    runs = [found.span() for found in _TICKS.finditer(text, start, end)]
    by_length: dict[int, list[int]] = {}
    for number, (a, b) in enumerate(runs):
        by_length.setdefault(b - a, []).append(number)
    number = 0
    while number < len(runs):
        a, b = runs[number]
        same = by_length[b - a]
        at = bisect_right(same, number)
        if at == len(same):
            number += 1
            continue
        yield a, runs[same[at]][1]
        number = same[at] + 1


def regions(text: str, lines: Sequence[Line]) -> Regions:
    """Return all that a Markdown text holds beside its prose."""
    found: list[Region] = []

    def block(first: int, after: int, kind: str) -> None:
        found.append(Region(lines[first].start, lines[after - 1].end, kind))

    head = front_matter(text, lines)
    if head:
        block(0, head, "front matter")
    fences = dict(fenced(text, lines, head))
    number, paragraph, blank = head, -1, True
    while number < len(lines):
        line = lines[number]
        row = text[line.start : line.end]
        empty = not row or row.isspace()
        after = number + 1
        kind = ""
        if number in fences:
            after, kind = fences[number], "code"
        elif not empty and blank and row.startswith(("    ", "\t")):
            kind = "code"
        elif (
            not empty and _HTML.match(row) and (blank or not row.lstrip(" ").startswith(("<http", "<mailto")))
        ):
            after, kind = _html_end(text, lines, number, row), "HTML"
        elif not empty and _DEFINITION.match(row):
            kind = "a link"
        if (kind or empty) and paragraph >= 0:
            found += _inline(text, lines[paragraph].start, lines[number - 1].end)
            paragraph = -1
        if kind:
            block(number, after, kind)
        elif not empty and paragraph < 0:
            paragraph = number
        blank = empty or (kind == "code" and number not in fences) or (blank and kind == "a link")
        number = after
    if paragraph >= 0:
        found += _inline(text, lines[paragraph].start, lines[-1].end)
    return Regions(found)


def _html_end(text: str, lines: Sequence[Line], number: int, row: str) -> int:
    """Return the line after an HTML block: its closing mark, or the next blank line."""
    raw = _RAW.match(row)
    mark = f"</{raw.group(1).lower()}>" if raw else "-->" if row.lstrip(" ").startswith("<!--") else ""
    for at in range(number, len(lines)):
        here = text[lines[at].start : lines[at].end]
        if mark and mark in here.lower():
            return at + 1
        if not mark and (not here or here.isspace()):
            return at
    return len(lines)


def _inline(text: str, start: int, end: int) -> Iterator[Region]:
    for a, b in code_spans(text, start, end):
        yield Region(a, b, "code")
    at = start
    while (here := _STARTS.search(text, at, end)) is not None:
        found = _INLINE.match(text, here.start(), end)
        if found is None:
            at = here.start() + 1
            continue
        tag = text[found.start()] == "<" and not text.startswith(("<http", "<mailto"), found.start())
        template = text[found.start()] == "{"
        yield Region(
            found.start(), found.end(), "a template tag" if template else "HTML" if tag else "a link"
        )
        at = found.end()
