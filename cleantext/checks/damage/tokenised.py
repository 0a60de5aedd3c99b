"""Text that was cut into tokens and not put together again: "did n't", "It 's", "U.S . Senator", "( see"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from cleantext.checks import Hit
from cleantext.checks.damage.signs import signs
from cleantext.configuration import Configuration
from cleantext.document import Document, Line
from cleantext.finding import Edit, Fix
from cleantext.rulebook import Card

RULE = "TY109"

_CLITIC = re.compile(
    r"(?<=[a-z])(?P<blank>[ \u00a0])(?=n[’']t\b)|(?<=[a-z]n)(?P<blank2>[ \u00a0])(?=[’']t\b)"
    r"|(?<=[A-Za-z])(?P<blank3>[ \u00a0])(?=[’'](?:s|m|re|ve|ll|d)(?:[.,;:!?)\]”\"—–-]*(?:\s|\Z)))"
)
_INSIDE = re.compile(
    r"(?<=[A-Z]\.[A-Z])(?P<blank>[ \u00a0])(?=\.[ ,])|(?<=[(\[])(?P<blank2>[ \u00a0])(?=\w)"
    r"|(?<=\w)(?P<blank3>[ \u00a0])(?=[)\]])|(?<![$£€]{2})(?<=[$£€])(?P<blank4>[ \u00a0])(?=\d)"
)
_CODE = re.compile(r"[{}=<>\\_`|]|[)\]];")  # "text [ i ]" is how some write programs
_NEAR = 60  # code points on either side of a bracket in which the rest of a program is looked for
_QUOTE = re.compile(r"(?P<before>[ \u00a0]?)\"(?P<after>[ \u00a0]?)")
_OPEN_QUOTE = re.compile(r"(?:\s|\A)[’'][A-Za-z]")  # a single mark that opens what a clitic would close
_BLANKS = " \u00a0"
_CUT = tuple((mark, blank + more + mark) for mark in "'’" for blank in _BLANKS for more in ("", "n"))
"""A mark with what stands around it: one of them stands wherever `_CLITIC` matches."""
_ENCLOSED = (
    *[(mark, mark + blank) for mark in "([$£€" for blank in _BLANKS],
    *[(mark, blank + mark) for mark in ")]." for blank in _BLANKS],
)
"""The same of `_INSIDE`."""
_SIGNS = 2  # of a text that was cut, from which on its brackets and marks are put together, too


def check(document: Document, cards: Mapping[str, Card], configuration: Configuration) -> Iterator[Hit]:
    """Yield one hit a line, with all edits of that line: a text was cut as a whole, or not at all."""
    text = document.text
    if RULE not in cards:
        return
    here = signs(document)
    if here.isdisjoint(("tokens", "marks")):
        return
    cut = _of(_CUT, text)
    clitics = "tokens" in here and any(
        _holds(text, line, cut) and _CLITIC.search(text, line.start, line.end) is not None
        for line in document.filled
    )
    if not clitics and ("marks" not in here or text.count(" . ") + text.count(" , ") < _SIGNS):
        return
    enclosed = _of(_ENCLOSED, text)
    for line in document.filled:
        edits = sorted(_edits(text, line, cut, enclosed, clitics=clitics), key=lambda edit: edit.start)
        if edits and document.places.of(line.start, line.end) != "code":
            yield Hit(RULE, edits[0].start, edits[-1].end, (Fix(tuple(edits)),))


def _of(signs: Sequence[tuple[str, str]], text: str) -> list[str]:
    return [sign for mark, sign in signs if mark in text and sign in text]


def _edits(
    text: str, line: Line, cut: Sequence[str], enclosed: Sequence[str], *, clitics: bool
) -> Iterator[Edit]:
    """Yield the edits of a line; ``cut`` and ``enclosed`` are those of `_CUT` and `_ENCLOSED` that stand in the text."""
    if _holds(text, line, cut):
        yield from _clitics(text, line, clitics)
    if _holds(text, line, enclosed):
        yield from _inside(text, line, clitics)
    if text.find(' " ', line.start, line.end) >= 0 or text.startswith('" ', line.start):
        yield from _marks(text, line)


def _inside(text: str, line: Line, clitics: bool) -> Iterator[Edit]:
    for match in _INSIDE.finditer(text, line.start, line.end):
        if not clitics and (match.group("blank2") or match.group("blank3")):
            continue  # "[ CNBC ]" is a style, and code's
        low, high = max(line.start, match.start() - _NEAR), min(line.end, match.end() + _NEAR)
        if _CODE.search(text, low, high) is not None:
            continue
        yield Edit(match.start(), match.start() + 1, "")


def _holds(text: str, line: Line, marks: Sequence[str]) -> bool:
    """Say whether a line has one of some marks."""
    start, end, _ = line
    for mark in marks:  # noqa: SIM110 (a generator costs more than the finds)
        if text.find(mark, start, end) >= 0:
            return True
    return False


def _clitics(text: str, line: Line, clitics: bool) -> Iterator[Edit]:
    quoted = _OPEN_QUOTE.search(text, line.start, line.end) is not None
    for match in _CLITIC.finditer(text, line.start, line.end):
        if match.group("blank3") is not None and quoted and not clitics:
            continue
        yield Edit(match.start(), match.start() + 1, "")


def _marks(text: str, line: Line) -> Iterator[Edit]:
    """Set straight marks close to what they enclose; where their number is odd nobody can tell sides."""
    found = list(_QUOTE.finditer(text, line.start, line.end))
    if len(found) % 2:
        return
    for number, match in enumerate(found):
        inner = "after" if number % 2 == 0 else "before"
        start, end = match.span(inner)
        if end > start:
            yield Edit(start, end, "")
