"""Which kinds of damage a text may have: one pass of RE2 for the families, which look closer only where it says so."""

from __future__ import annotations

import re
from functools import cache
from weakref import WeakKeyDictionary

from cleantext.document import Document
from cleantext.matching.sets import PatternSet

GLUED = r"[a-z0-9)\]%][.?!][A-Z]|[.,?!][\"”][A-Za-z]|[a-z][.,!?:]“[A-Z]|\)[a-z][a-z]|[a-z][,;:][a-z]|[a-z][a-z][A-Z]"
"""What stands where sentences, words or headings are glued."""
LIGATURE = r"[\x00-\x08\x0b\x0e-\x1f]|f[bcdghkmnpqvw][a-z]|\b[Ff]rm\b"
"""What lost ligatures leave."""
TOKENS = r"[a-z] n[’']t\b|[a-z]n [’']t\b|[A-Za-z] [’'](?:s|m|re|ve|ll|d)\b|[A-Z]\.[A-Z] \.[ ,]|[$£€] \d"
"""A blank before a clitic, inside an abbreviation or before a figure."""

SIGNS = {
    "glued": GLUED,
    "ligature": LIGATURE,
    "tokens": TOKENS,
    "marks": r" [.,] ",
    "blanks": "  |\t| \u00a0",
    "torn": "[-\u00ad][ \t\r\n\u00a0]",
    "code": r"[|{}<>=\\\t]| {3}",
    "capital": "(?:\\A|[\r\n])[\"“‘']?[A-ZÀ-Þ][ \t\r\n\u00a0]",
    "bullet": "[-*•–·][ \t]*[\r\n]",
}
"""Name of a sign -> RE2's pattern, at least as wide as what the family that asks for it looks for."""
_NAMES = tuple(SIGNS)
_SURROGATE = re.compile("[\ud800-\udfff]")
_seen: WeakKeyDictionary[Document, frozenset[str]] = WeakKeyDictionary()


def signs(document: Document) -> frozenset[str]:
    """Return the names of the signs that stand in a document; all of them where RE2 ran out of memory."""
    found = _seen.get(document)
    if found is None:
        found = _seen[document] = _signs(document.text)
    return found


def readable(text: str) -> str:
    """Return a text as RE2 takes it, code point by code point: a lone surrogate is a replacement character."""
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return _SURROGATE.sub("\ufffd", text)
    return text


def _signs(text: str) -> frozenset[str]:
    found = _set().matching(readable(text).encode("utf-8"))
    return frozenset(_NAMES if found is None else [_NAMES[number] for number in found])


@cache
def _set() -> PatternSet:
    return PatternSet(list(enumerate(SIGNS.values())))
