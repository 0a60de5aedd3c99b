"""How a language writes numbers and dates: ``rules/fidelity/numbers/LANG.toml`` as look-up tables.

In the files a form that ends in ``~`` stands for the form with each of the
language's ``endings``; one that ends in ``*`` for every word that begins so.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Literal, NamedTuple

from cleantext.rulefiles import rules_dir

LANGUAGES = frozenset(["cs", "de", "en", "es", "fr", "hi", "it", "ja", "nl", "pl", "pt", "ru", "uk", "zh"])
"""ISO 639-1 codes of the languages whose numbers are read; any other is silent."""

Role = Literal["cardinal", "ordinal", "scale", "abbreviation", "loose", "month", "half"]


class Entry(NamedTuple):
    """What a word says: ``amount`` is a number, a scale to multiply with, or a month."""

    role: Role
    amount: float


class Grammar(NamedTuple):
    """The tables of one language; all words in small letters.

    ``joins`` are words between parts of one number ("two hundred and six"),
    ``unit_first`` the letters between unit and ten in one word ("einundzwanzig").
    ``glued`` says that hundreds and thousands are written in one word.
    """

    code: str
    decimal: str
    words: Mapping[str, Entry]
    stems: Mapping[str, float]
    joins: frozenset[str]
    centuries: tuple[str, ...]
    decades: tuple[str, ...]
    hours: frozenset[str]
    glued: Mapping[str, float]
    month_first: bool
    adds_teens: frozenset[float]

    def stem(self, word: str) -> float | None:
        """Return the number that a word begins with ("dreitägig"), None where it begins with none."""
        for length in range(min(len(word) - 1, 9), 2, -1):
            amount = self.stems.get(word[:length])
            if amount is not None:
                return amount
        return None


@cache
def grammar(code: str) -> Grammar | None:
    """Return a language's grammar by its ISO 639-1 code, None where the language has none."""
    if code not in LANGUAGES:
        return None
    data = tomllib.loads((rules_dir() / "fidelity" / "numbers" / f"{code}.toml").read_text("utf-8"))
    endings = str(data.get("endings", "")).split()
    words: dict[str, Entry] = {}
    stems: dict[str, float] = {}
    tables: tuple[tuple[str, Role], ...] = (
        ("loose", "loose"),
        ("ordinals", "ordinal"),
        ("cardinals", "cardinal"),
        ("scales", "scale"),
        ("abbreviations", "abbreviation"),
        ("months", "month"),
    )
    for table, role in tables:
        for amount, form in _forms(data.get(table, {}), endings):
            if form.endswith("*"):
                stems[form[:-1]] = amount
            else:
                words[form] = Entry(role, amount)
    for amount, form in _forms(data.get("stems", {}), endings):
        stems[form.rstrip("*")] = amount
    if "unit-first" in data:
        words.update(_unit_first(words, str(data["unit-first"]).split(), data.get("units", {})))
    for form in str(data.get("half", "")).split():
        words[form] = Entry("half", 0.5)
    return Grammar(
        code,
        str(data["decimal"]),
        words,
        stems,
        frozenset(str(data.get("joins", "")).split()),
        tuple(str(data.get("century", "")).split()),
        tuple(str(data.get("decade", "")).split()),
        frozenset(str(data.get("hour", "")).split()),
        {form: amount for amount, form in _forms(data.get("glued", {}), [])},
        bool(data.get("month-first", False)),
        frozenset(float(amount) for amount in data.get("adds-teens", ())),
    )


@cache
def spelled(amount: float, code: str) -> str | None:
    """Write an amount as a number word; None for what the grammar has no one word for, and where words bend."""
    rules = grammar(code)
    if code != "en" or rules is None:
        return None
    words = (
        word for word, entry in rules.words.items() if entry.role == "cardinal" and entry.amount == amount
    )
    return next(words, None)


def _forms(table: Mapping[str, str], endings: list[str]) -> Iterator[tuple[float, str]]:
    for amount, forms in table.items():
        for form in forms.split():
            if form.endswith("~"):
                yield from ((float(amount), form[:-1] + ending) for ending in ("", *endings))
            else:
                yield float(amount), form


def _unit_first(
    words: Mapping[str, Entry], joints: list[str], units: Mapping[str, str]
) -> Iterator[tuple[str, Entry]]:
    """Make the words from 21 to 99 of languages that say the unit before the ten."""
    tens = [
        (w, e.amount) for w, e in words.items() if e.role == "cardinal" and e.amount in range(20, 100, 10)
    ]
    for unit, forms in units.items():
        for form in forms.split():
            for joint in joints:
                for ten, amount in tens:
                    yield form + joint + ten, Entry("cardinal", amount + float(unit))
