"""Patterns that some columns of the line model ask.

In C, `_page_looks.pxi` says of lines of Latin letters what DATE, NAME, SENTENCES and CODE say: whoever changes one of them
changes it there, too, and a property test (tests/boilerplate/test_page_twins.py) tells where they part.
"""

from __future__ import annotations

import regex

from cleantext.matching.sets import OnePattern

_MONTHS = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*"
DATE = regex.compile(
    rf"\b{_MONTHS}\.? \d{{1,2}}(?:st|nd|rd|th)?,? \d{{4}}|\b\d{{1,2}} {_MONTHS}\.?,? \d{{4}}"
    r"|\b\d{1,2}[./-]\d{1,2}[./-]\d{2,4}\b|\b\d{4}-\d\d-\d\d\b"
    r"|\b\d{1,2}:\d\d ?(?:[ap]\.?m\.?|gmt|utc|est|et|pst|bst|ist)?\b"
    r"|\b\d+ ?(?:min|minute|hour|hr|day|week|month|year)s? ago\b"
    r"|\d{4}年|\d{1,2}月\d{1,2}日",
    regex.IGNORECASE,
)
_ASCII_DATE = OnePattern(f"(?i){DATE.pattern}")
CODE = regex.compile(r"https?://|www\.|\.com\b|@\w|#\w|\d[\d ()-]{8,}\d")
SENTENCES = regex.compile(r"[.!?][\"”’)]?\s+[\"“‘(]?\p{Lu}|[。！？।؟۔]")
BULLET = regex.compile(r"\W*[•·*\-–—▪►>»→✓]")
NUMBERED = regex.compile(r"\d+[.)]? ")
PIPES = regex.compile(r"[|•·›»→/]| - ")
QUOTE = regex.compile(r"[\"“”«»„「」『』]")
NAME = regex.compile(r"(?:\p{Lu}[\p{L}'’.-]*\s*){2,4}")

OTHER_ENDS = ",;–—-|»>→›،、，"
"""Marks that a line breaks off with."""
COMMAS = ",，、،"
COLONS = ":："
QUESTIONS = "?？؟"
ADDRESS = frozenset(["you", "your", "us", "our", "we", "my", "me"])
FINITE = frozenset(
    ["he", "she", "they", "we", "his", "her", "their", "was", "were", "had", "said", "says", "is", "are", "has",
     "will", "would", "can", "could", "did"]
)  # fmt: skip


def is_dated(text: str) -> bool:
    """Say whether `DATE` stands in a line; in ASCII RE2, which reads it faster, says first that it may."""
    return (not text.isascii() or _ASCII_DATE.may_match(text.encode())) and DATE.search(text) is not None
