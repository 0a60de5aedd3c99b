"""A reporting clause between dashes inside a quotation, as Italian, Spanish and Polish set it.

“We must unite – said the mayor -. We are ready.” becomes
“We must unite,” said the mayor. “We are ready.”
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from typing import NamedTuple

from cleantext.checks import Gate, Hit
from cleantext.configuration import Configuration
from cleantext.document import Document
from cleantext.document.words import word_list
from cleantext.finding import Edit, Fix
from cleantext.rulebook import Card

RULE = "MT038"

_CLAUSE = re.compile(
    r"(?P<open> [-–—] ?| ?[–—] ?)(?P<clause>[^-–—\"“”„«»\n.,;:?!()]{5,80}?)(?P<close> ?[-–—] ?)(?P<mark>[.,])(?= |$)",
    re.MULTILINE,
)
_PAIRS = {"“": "”", "«": "»", '"': '"', "„": "“"}


_ENDS = ("-.", "–.", "—.", "- .", "– .", "-,", "–,", "—,")


class Inserted(NamedTuple):
    """A clause found between dashes: its span with the dashes and the mark after it, and what to write."""

    start: int
    end: int
    replacement: str


@cache
def _verbs() -> frozenset[str]:
    return frozenset(word_list("said")) | frozenset(word_list("says"))


def inserted_clauses(text: str, begin: int, end: int) -> Iterator[Inserted]:
    """Find reporting clauses between dashes inside a quotation that is open on the line ``begin:end``."""
    for found in _CLAUSE.finditer(text, begin, end):
        clause = found["clause"].strip()
        words = clause.split(" ")
        if not (words[0] in _verbs() or (len(words) > 1 and words[-1] in _verbs())):
            continue
        mark = _open_mark(text, begin, found.start())
        if mark is None:
            continue
        before = text[found.start() - 1 : found.start()]
        comma = "" if before in "?!,…" else ","
        after = text[found.end() : found.end() + 1] and " " + mark
        yield Inserted(
            found.start(),
            found.end() + len(after[:1]),
            f"{comma}{_PAIRS[mark]} {clause}{found['mark']}{after}",
        )


def _open_mark(text: str, begin: int, at: int) -> str | None:
    """Return the mark that opened the quotation in which a point of a line lies; None outside of one."""
    for mark, closing in (("“", "”"), ("«", "»")):
        if text.rfind(mark, begin, at) > text.rfind(closing, begin, at):
            return mark
    return '"' if text.count('"', begin, at) % 2 else None


def gate() -> Gate:
    """Return what a text must hold: a dash before a full stop or a comma."""
    return Gate(literals=_ENDS)


def check(document: Document, cards: Mapping[str, Card], configuration: Configuration) -> Iterator[Hit]:
    """Yield a hit for each clause: the quotation closes before it and opens again after it."""
    text = document.text
    if not any(end in text for end in _ENDS):
        return
    for line in document.filled:
        for one in inserted_clauses(text, line.start, line.end):
            yield Hit(RULE, one.start, one.end, (Fix((Edit(one.start, one.end, one.replacement),)),))
