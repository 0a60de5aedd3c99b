"""Many patterns, or many literals, looked for in one pass."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence, Set
from functools import lru_cache
from typing import Protocol, TypeAlias

import re2

from cleantext.matching.literals import as_pattern
from cleantext.native import compiled

Places: TypeAlias = Sequence[tuple[int, int]]

_MEMORY = 64 << 20  # bytes for RE2's lazy automaton; with less it starts over on long texts
_REMEMBERED = 512
"""Choices of patterns that matched together whose numbers are kept."""


def options() -> re2.Options:
    """Return RE2's options: room for the automaton, and no word on standard error."""
    made = re2.Options()
    made.max_mem = _MEMORY
    made.log_errors = False
    return made


_SURROGATE = re.compile(r"[\ud800-\udfff]")


def readable(text: str) -> str:
    """Return a text as RE2 takes it, code point by code point: a lone surrogate is a replacement character."""
    return _SURROGATE.sub("\ufffd", text)


def encoded(text: str) -> bytes:
    """Return a text in UTF-8, as RE2 takes it: of a lone surrogate a replacement character."""
    try:
        return text.encode("utf-8")
    except UnicodeEncodeError:
        return readable(text).encode("utf-8")


class PatternSet:
    """An RE2 set of patterns, each with a number; several may share one."""

    def __init__(self, patterns: Sequence[tuple[int, str]]) -> None:
        """Compile the patterns; raises re2.error for one that RE2 cannot take."""
        self._set = re2.Set.SearchSet(options())
        self._set.Add(r"\A")
        for _, pattern in patterns:
            self._set.Add(pattern)
        self._set.Compile()
        self._numbers = tuple(number for number, _ in patterns)
        self._numbers_at = lru_cache(maxsize=_REMEMBERED)(self._named)  # articles are much alike

    def matching(self, data: bytes) -> Set[int] | None:
        """Return the numbers of the patterns that match in a text in UTF-8; None where RE2 ran out of memory."""
        # The first pattern matches at the start of any text: its absence says that the search failed.
        found = self._set.Match(data)
        return self._numbers_at(tuple(found)) if found else None

    def _named(self, places: tuple[int, ...]) -> frozenset[int]:
        return frozenset([self._numbers[place - 1] for place in places if place])


class OnePattern:
    """One pattern, asked for yes or no: a set of it takes half the time of a match, which has a place and groups."""

    __slots__ = ("_set",)

    def __init__(self, pattern: str, *, anchored: bool = False, one_line: bool = False) -> None:
        """Compile it; raises re2.error for one that RE2 cannot take.

        ``anchored``: it has to match from a text's beginning on; ``one_line``: no match holds a line feed.
        """
        chosen = options()
        chosen.never_nl = one_line
        self._set = re2.Set.MatchSet(chosen) if anchored else re2.Set.SearchSet(chosen)
        self._set.Add("" if anchored else r"\A")
        self._set.Add(pattern)
        self._set.Compile()

    def may_match(self, data: bytes) -> bool:
        """Say whether it matches in a text in UTF-8; where RE2 ran out of memory it may."""
        # The other pattern matches in any text: where not even that does, the search failed.
        found: list[int] | None = self._set.Match(data)
        return found != _ANY_TEXT


_ANY_TEXT = [0]


class LiteralSet(Protocol):
    """Literals of :mod:`cleantext.matching.literals`, each with a number."""

    def matching(self, data: bytes) -> Mapping[int, Places | None] | None:
        """Return the numbers of the literals that stand in a folded text in UTF-8; None where there was no telling.

        Each with the places at which its literals have their most telling letters: the first and the last byte of some
        stretches, in order, that hold them all; the first few have no line feed in them. None where that was not asked.
        """

    def matching_lines(self, data: bytes) -> Mapping[int, Collection[int]] | None:
        """Return the numbers of the literals that stand in each line of a folded text in UTF-8, by the line's number.

        The text has a line feed at both ends, and between lines one, which each counts as its own. Lines without a
        literal are left out, and a number may be given twice; None where there was no telling.
        """


class SlowLiteralSet:
    """Literals as RE2 looks for them, which shares their beginnings."""

    def __init__(self, literals: Sequence[tuple[int, str]]) -> None:
        """Compile them."""
        self._patterns = PatternSet([(number, as_pattern(literal)) for number, literal in literals])

    def matching(self, data: bytes) -> Mapping[int, Places | None] | None:
        """Return the numbers of those that stand in a folded text in UTF-8, without their places."""
        found = self._patterns.matching(data)
        return None if found is None else dict.fromkeys(found)

    def matching_lines(self, data: bytes) -> Mapping[int, Collection[int]] | None:
        """Search line by line."""
        found = {}
        for place, line in enumerate(data.split(b"\n")[1:-1]):
            numbers = self._patterns.matching(b"\n%b\n" % line)
            if numbers is None:
                return None
            if numbers:
                found[place] = numbers
        return found


def literal_set(literals: Sequence[tuple[int, str]]) -> LiteralSet:
    """Look for literals in C where it was built, else with RE2."""
    native = compiled("cleantext.matching._literals")
    made: LiteralSet = native.LiteralSet(literals) if native else SlowLiteralSet(literals)
    return made
