"""The pieces of a passage that numbers are read from."""

from __future__ import annotations

import re
from typing import NamedTuple

from cleantext.fidelity.scripts import UNSPACED
from cleantext.fidelity.values.digits import NUMERAL

_LETTER = rf"[^\W\d_{UNSPACED}][\u0300-\u036f\u0900-\u0903\u093a-\u094f\u0951-\u0957]*"
_TOKEN = re.compile(
    rf"(?P<digits>{NUMERAL})|(?P<word>(?:{_LETTER})+(?:[.'’](?:{_LETTER})+)*[²³]?)|(?P<sign>[%‰°$€£¥₽₴₹№])"
)

# What holds digits and counts nothing: addresses, tags, telephone numbers, even chances.
_SET_ASIDE = re.compile(
    r"(?:https?://|www\.)\S+|\S+@\S+|[#@]\w+"
    r"|(?:\+\d{1,3}[\s(-]|\(\d{2,5}\))[\d\s()\u00a0–-]{5,}\d"
    r"|(?<![\d.,/-])50[/-]50(?![\d/-])|\b[Ff]ifty-[Ff]ifty\b"
    r"|(?<!\d)(?:\d{2,4}-){3,}\d{2,4}(?!\d)|(?<!\d)\d{3}-\d{3}-\d{3,4}(?!\d)"
)


class Token(NamedTuple):
    """A run of digits, a word or a sign, at code points ``start:end``."""

    start: int
    end: int
    text: str
    sort: str


def tokens(text: str) -> list[Token]:
    """Return the tokens of a passage whose digits are ASCII, in order; addresses and telephone numbers have none."""
    if any(mark in text for mark in ("://", "www.", "@", "#", "+", "(", "-", "50/50")):
        text = _SET_ASIDE.sub(lambda found: " " * len(found.group()), text)
    return [
        Token(found.start(), found.end(), found.group(), str(found.lastgroup))
        for found in _TOKEN.finditer(text)
    ]
