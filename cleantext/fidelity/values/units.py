"""Units and currencies beside a number: ``rules/fidelity/units.toml``."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from typing import NamedTuple

from cleantext.rulefiles import rules_dir


class Unit(NamedTuple):
    """A unit's short name; ``factor`` (and ``offset``, for temperatures) lead to the dimension's base unit."""

    name: str
    dimension: str
    factor: float
    offset: float = 0.0


class _Units(NamedTuple):
    by_name: Mapping[str, Unit]
    forms: Mapping[str, Unit]
    stems: Mapping[str, Unit]


@cache
def _units() -> _Units:
    data = tomllib.loads((rules_dir() / "fidelity" / "units.toml").read_text("utf-8"))
    by_name: dict[str, Unit] = {}
    forms: dict[str, Unit] = {}
    stems: dict[str, Unit] = {}
    for dimension, units in data.items():
        for name, row in units.items():
            unit = Unit(name, dimension, float(row.get("factor", 1.0)), float(row.get("offset", 0.0)))
            by_name[name] = unit
            for form in row["forms"].split():
                if form.endswith("*"):
                    stems[form[:-1]] = unit
                else:
                    forms[form] = unit
    return _Units(by_name, forms, stems)


@cache
def _longest() -> int:
    return max(map(len, _units().stems))


def unit_of(word: str) -> str | None:
    """Return the short name of the unit that a word (small letters) or sign names, None where it names none."""
    units = _units()
    unit = units.forms.get(word)
    if unit is not None:
        return unit.name
    for length in range(min(len(word), _longest()), 2, -1):
        unit = units.stems.get(word[:length])
        if unit is not None:
            return unit.name
    return None


def same_dimension(one: str | None, other: str | None) -> bool:
    """Whether two units, by short name, differ and measure the same thing."""
    if one is None or other is None or one == other:
        return False
    by_name = _units().by_name
    return by_name[one].dimension == by_name[other].dimension


def is_money(name: str | None) -> bool:
    """Whether a unit, by short name, is a currency."""
    return name is not None and _units().by_name[name].dimension == "money"


def converted(a: float, one: str | None, b: float, other: str | None, tolerance: float) -> bool:
    """Whether two amounts in units of one dimension are equal but for rounding; of money, never."""
    if one is None or other is None or is_money(one):
        return False
    left, right = _units().by_name[one], _units().by_name[other]
    x, y = a * left.factor + left.offset, b * right.factor + right.offset
    return abs(x - y) <= tolerance * max(abs(x), abs(y))
