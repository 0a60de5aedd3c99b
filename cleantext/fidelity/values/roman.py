"""Roman numerals."""

from __future__ import annotations

import re

_ROMAN = re.compile(r"M{0,3}(?:CM|CD|D?C{0,3})(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})")
_WORTH = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100, "D": 500, "M": 1000}
_CYRILLIC = str.maketrans("ІХСМ", "IXCM")
"""Cyrillic capitals that look like Roman ones, and are typed for them."""


def read_roman(word: str) -> int | None:
    """Return the amount of a Roman numeral in capitals, None for any other word."""
    word = word.translate(_CYRILLIC)
    if not word or not _ROMAN.fullmatch(word):
        return None
    amounts = [_WORTH[c] for c in word]
    return sum(-a if a < b else a for a, b in zip(amounts, [*amounts[1:], 0], strict=True))
