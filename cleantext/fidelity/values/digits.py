"""Numbers written in digits: separators by locale, with every reading that a careless writer may have meant."""

from __future__ import annotations

import re
from typing import NamedTuple

SPACES = " \u00a0\u202f\u2009"
NUMERAL = rf"\d{{1,3}}(?:[.,] ?\d{{3}}){{2,}}(?!\d)|\d{{1,3}}(?:[{SPACES}]\d{{3}}(?!\d))+(?:[.,]\d+)?(?![\d.,:]\d)|\d+(?:[.,:'’٫]\d+)*"
"""A run of digits with what may stand between them (for a verbose-free alternation)."""

_WIDE = {0xFF10 + i: ord("0") + i for i in range(10)} | {0xFF0C: ord(","), 0xFF0E: ord("."), 0xFF1A: ord(":")}
_WIDE |= {0xFF05: ord("%"), 0x066B: ord("."), 0x066C: ord(",")}
_WIDE |= {base + i: ord("0") + i for base in (0x0660, 0x06F0, 0x0966, 0x09E6) for i in range(10)}
_HAS_WIDE = re.compile("[・" + "".join(map(chr, sorted(_WIDE))) + "]")
_DOT = re.compile(r"(?<=\d)・(?=\d)")
"""The middle dot that Japanese puts before decimals."""


def ascii_digits(text: str) -> str:
    """Write digits of other scripts and full-width marks in ASCII; every code point keeps its place."""
    return _DOT.sub(".", text.translate(_WIDE)) if _HAS_WIDE.search(text) else text


class Numeral(NamedTuple):
    """The readings of one run of digits.

    ``amounts`` are those as one number, the likeliest first; ``pieces`` the digits
    between separators where these are no decimals at all (a time, a score, a date).
    ``plain`` says that nothing but digits stands there.
    """

    amounts: tuple[float, ...]
    pieces: tuple[str, ...]
    plain: bool


def year_of(amount: float) -> tuple[float, ...]:
    """Return the readings of a year of four digits; one that ends in a zero may stand for its decade: 1980 and 80."""
    return (amount, amount % 100) if amount % 10 == 0 and amount % 100 else (amount,)


def decade_of(amount: float) -> tuple[float, ...]:
    """Return the readings of a decade, with its century and without: 1980 and 80."""
    return (amount, amount % 100) if amount >= 1000 else (amount, 1900 + amount)


def is_date(pieces: tuple[str, ...]) -> bool:
    """Whether three pieces of digits can be a day, a month and a year, in any order."""
    if len(pieces) != 3 or not all(pieces):
        return False
    short = [int(p) for p in pieces if len(p) <= 2]
    return len(short) >= 2 and all(0 < n <= 99 for n in short) and min(short) <= 12


def read_numeral(written: str, decimal: str) -> Numeral:
    """Read a run of digits as a language with that ``decimal`` mark does, and as others would."""
    if written.isdigit():
        return Numeral((float(written),), (), True)
    if ":" in written:
        return Numeral((), tuple(re.split(r"\D", written)), False)
    tight = re.sub(rf"[{SPACES}'’]", "", written)
    marks = [c for c in tight if not c.isdigit()]
    if not marks:
        return Numeral((float(tight),), (), False)
    groups = re.split(r"[.,٫]", tight)
    if len(set(marks)) == 2:
        last = marks[-1]
        if all(len(g) == 3 for g in groups[1:]) and len(groups[0]) <= 3 and marks.count(last) == 1:
            as_decimal = float("".join(groups[:-1]) + "." + groups[-1])
            return Numeral((as_decimal, float("".join(groups))), (), False)  # 4.176,000 for 4,176,000
        if marks.count(last) == 1 and all(len(g) == 3 for g in groups[1:-1]):
            return Numeral((float("".join(groups[:-1]) + "." + groups[-1]),), (), False)
        return Numeral((), tuple(groups), False)
    grouped = all(len(g) == 3 for g in groups[1:]) and len(groups[0]) <= 3 and groups[0] != "0"
    if len(marks) > 1:
        if grouped:
            return Numeral((float("".join(groups)),), (), False)
        if all(len(g) in (2, 3) for g in groups[1:-1]) and len(groups[-1]) == 3 and marks[0] == ",":
            return Numeral((float("".join(groups)),), (), False)  # 12,34,567 in India
        return Numeral((), tuple(groups), False)
    as_decimal = float(groups[0] + "." + groups[1])
    if not grouped:
        if marks[0] == "," and decimal == "." and len(groups[1]) == 3:
            return Numeral((float("".join(groups)), as_decimal), (), False)  # 12800,000
        apart = max(map(len, groups)) <= 2 or marks[0] != decimal
        return Numeral((as_decimal,), tuple(groups) if apart else (), False)
    as_grouped = float("".join(groups))
    first, second = (as_decimal, as_grouped) if marks[0] == decimal else (as_grouped, as_decimal)
    return Numeral((first, second), (), False)
