"""What a line is made of, whatever its words: its form, rows of one form that follow one another, and code."""

from __future__ import annotations

import regex

from cleantext.checks.boilerplate.page import Page

LEAST_ENTRIES = 4
"""Lines of one form, one after the other, from which on they are a timetable."""
_PIECES = 14
"""Words and marks of a line that tell its form."""
_ENTRY_PIECES, _ENTRY_NUMBERS = 6, 2
"""Pieces and numbers of the shortest entry of a timetable."""
_NUMBERED = regex.compile(r"\d\D+\d")
_PIECE = regex.compile(r"\w+|[^\w\s]")
_BULLET = regex.compile(r"[-–—•·*►▶▸➡→›»>|](?!\w)\s*")
_MARK = regex.compile(r"[^\w\s,.'’&\"“”!?:-]|(?<!\w)-|-(?!\w)|(?<!\d):|:(?!\d)")
_LOOKED_AT = 200
"""Code points of a line in which the mark that parts it is looked for."""
_CODE = regex.compile(
    r"(?!.*\{\{).*[{};]|[\]})]+[;,]?|(?:.*\W)?[\p{L}_]\w*\.\w+ ?\((?:['\"\d\[{()]|\w+[.,\[(]).*"
    r"|(?:let|const|var|def|class|import|return|private|public|function) .*[=({:<].*|.*(?:=>|= >).*"
)


def form_of(line: str) -> tuple[str, ...]:
    """Return the form of a line: what its words are, numbers, capitalised or not, and its marks themselves."""
    return tuple(
        "0" if piece[0].isdigit() else ("A" if piece[0].isupper() else "a") if piece[0].isalpha() else piece
        for piece in _PIECE.findall(line)[:_PIECES]
    )


def entry_form(line: str) -> tuple[bool, str, str] | None:
    """Return the form of an entry of a list: whether a bullet stands before it, whether it begins with a letter, a number
    or neither, and the first mark that parts it ("Length: 4 m", "3 May -- Town Hall").

    None where no mark does. What stands in sentences parts nothing.
    """
    bullet = _BULLET.match(line)
    at = bullet.end() if bullet else 0
    mark = _MARK.search(line, at, _LOOKED_AT)
    if mark is None:
        return None
    first = line[at]
    return bullet is not None, "0" if first.isdigit() else "a" if first.isalpha() else first, mark[0]


def is_code(line: str) -> bool:
    """Say whether a line reads like one of a program; the templates of a page with their double braces do not."""
    return _CODE.fullmatch(line) is not None


def is_entry(page: Page, i: int) -> bool:
    """Say whether a line is one of several of one form, with two numbers and more, that follow one another."""
    text = page.fact(i).text
    if not _NUMBERED.search(text):
        return False
    form = form_of(text)
    if len(form) < _ENTRY_PIECES or form.count("0") < _ENTRY_NUMBERS:
        return False
    found = 1
    for step in (-1, 1):
        other = i + step
        while 0 <= other < page.lines and found < LEAST_ENTRIES and form_of(page.fact(other).text) == form:
            found += 1
            other += step
    return found >= LEAST_ENTRIES
