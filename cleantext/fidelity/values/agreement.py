"""Whether two values of a passage and its translation say the same."""

from __future__ import annotations

import math
from collections.abc import Iterable

from cleantext.fidelity.values.units import converted, same_dimension
from cleantext.fidelity.values.value import Strength, Value

_CLOSE = 1e-6
ROUNDING = 0.02
"""How far, of the amount, a number may be rounded."""
CONVERSION = 0.06
"""How far, of the amount, a converted unit may be rounded."""


def agree(one: Value, other: Value) -> bool:
    """Whether one value may be the translation of the other, in any reading of both."""
    if one.kind == "label" or other.kind == "label":
        return (bool(one.label) and one.label == other.label) or any(
            _equal(a, b) for a in one.amounts for b in other.amounts
        )
    if {one.kind, other.kind} == {"month", "day"}:
        return False
    for a in one.amounts:
        for b in other.amounts:
            if _equal(a, b) or _rounded(a, one, b, other):
                return True
    return same_dimension(one.unit, other.unit) and any(
        converted(a, one.unit, b, other.unit, CONVERSION) for a in one.amounts for b in other.amounts
    )


def licensed(value: Value, others: Iterable[Value]) -> bool:
    """Whether any of the values, or several together, says what this one says."""
    others = tuple(others)
    if any(agree(value, other) for other in others):
        return True
    if value.parts and all(_among(part, others) for part in value.parts):
        return True
    return any(
        other.parts and any(_equal(part, amount) for part in other.parts for amount in value.amounts)
        for other in others
    )


def _among(part: float, others: Iterable[Value]) -> bool:
    return any(_equal(part, amount) for other in others for amount in (*other.amounts, *other.parts))


def _equal(a: float, b: float) -> bool:
    return abs(a - b) <= _CLOSE * max(abs(a), abs(b), 1e-9)


def _rounded(a: float, one: Value, b: float, other: Value) -> bool:
    """Whether the rounder of two amounts is the other one rounded: 64,847 and "about 65,000"."""
    if _rounded_decimals(a, b):
        return True
    if min(abs(a), abs(b)) < 1000 or Strength.HINT in (one.strength, other.strength):
        return False
    if one.kind == "year" or other.kind == "year":
        return False
    places_a, places_b = _trailing(a), _trailing(b)
    if places_a == places_b:
        return False
    round_one, exact, places = (a, b, places_a) if places_a > places_b else (b, a, places_b)
    step: float = 10.0**places
    close = abs(exact - round_one) <= ROUNDING * round_one
    return places >= 2 and close and _equal(math.floor(exact / step + 0.5) * step, round_one)


def _rounded_decimals(a: float, b: float) -> bool:
    """Whether one is the other with fewer decimals: 51.11 and 51.1."""
    if abs(a - b) > 0.01 * max(abs(a), abs(b)) or (a == int(a) and b == int(b)):
        return False
    return any(round(a, places) == b or round(b, places) == a for places in (0, 1, 2))


def _trailing(amount: float) -> int:
    """Count the zeros that an amount ends in."""
    whole = round(amount)
    if whole == 0 or abs(whole - amount) > _CLOSE * abs(amount):
        return 0
    digits = str(whole)
    return len(digits) - len(digits.rstrip("0"))
