"""What a number or date in a text amounts to."""

from __future__ import annotations

from enum import IntEnum
from typing import Literal, NamedTuple

Kind = Literal["number", "year", "day", "month", "time", "decade", "ordinal", "label"]
"""What a value is: a ``label`` holds digits that count nothing (A4, iPhone 6)."""


class Strength(IntEnum):
    """How firmly a translation is held to a value."""

    HINT = 0
    """Explains a number on the other side and asks for none: "both", "dozens", "the second"."""
    WORD = 1
    """A number written as a word."""
    DIGITS = 2
    """A number written in digits."""


class Value(NamedTuple):
    """One number, or one part of a date, at code points ``start:end`` of the passage.

    ``amounts`` are the readings, the likeliest first: "1.500" is 1500 in German and
    1.5 in English, and sloppy translations mix the two. ``parts`` is another reading
    as several numbers, such as hours and minutes of "8.30". ``unit`` is a unit's
    short name (km, %, EUR) or None; ``exact`` says that the amount is written out to
    its last digit.
    """

    start: int
    end: int
    kind: Kind
    amounts: tuple[float, ...]
    strength: Strength
    unit: str | None = None
    parts: tuple[float, ...] = ()
    exact: bool = True
    label: str = ""
