"""Which patterns of the lists may match a line: those whose literals stand in it, and whose RE2 superset matches it.

Each pattern names literals of which a line must hold one, as rules do. A line is searched with a line feed at both
ends, so a literal may say that it begins or ends there: far fewer lines begin with a word than hold it. RE2, whose
time is linear, also keeps from `regex` what that would try in exponentially many ways.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence, Set
from functools import cache

import regex

from cleantext.matching.literals import EXOTIC_DIGITS, UNFOLDABLE_LETTERS, folded
from cleantext.matching.sets import OnePattern, literal_set
from cleantext.matching.sieves import superset_of
from cleantext.matching.syntax import Class, Literal, UnsupportedError, may_take, parse

# What makes a group sensitive to case or not: nothing to literals, which are folded, and to a superset.
_CASE = regex.compile(r"(?<!\\)\(\?-?i:")
_SURROGATES = regex.compile(r"[\ud800-\udfff]")
# Digits beyond ASCII are left as they are by folding, too.
_ODD = regex.compile(rf"[[{UNFOLDABLE_LETTERS}\p{{Nd}}]--[0-9]]", regex.VERSION1)
# Wider, and fifteen times as fast: the letters, or the blocks in which such digits are.
_MAY_BE_ODD = re.compile(
    f"[{UNFOLDABLE_LETTERS}]|" + re.sub(r"\\x{(\w+)}", lambda point: chr(int(point[1], 16)), EXOTIC_DIGITS)
)
_SMALL = re.compile("[a-z]")
_AT_ONCE = 1_000
"""Lines that are searched together: as many as there are would be copied."""


class LineSieve:
    """Numbered patterns of whole lines, and what they need."""

    def __init__(self, patterns: Sequence[str], literals: Sequence[Sequence[str]]) -> None:
        """Take the patterns, and for each the literals of which a match of :func:`between_line_feeds` must hold one."""
        self._patterns = tuple(patterns)
        self._always = [number for number, found in enumerate(literals) if not found]
        self._always_of_small = [number for number in self._always if may_hold_small(patterns[number])]
        self._literals = literal_set(
            [(number, one) for number, found in enumerate(literals) for one in found]
        )

    def may_match(self, line: str, among: Set[int] | None = None) -> list[int]:
        """Return the numbers of the patterns that may match a line, in order; ``among`` leaves out all others."""
        try:
            data = line.encode("utf-8")
        except UnicodeEncodeError:
            # A lone surrogate, which RE2 cannot read, is to any pattern of letters and marks what U+FFFD is.
            line = _SURROGATES.sub("\ufffd", line)
            data = line.encode("utf-8")
        found = self._with_literals(line, data)
        return self._asked(found if among is None else [number for number in found if number in among], data)

    def may_match_each(self, lines: Sequence[str]) -> list[tuple[int, list[int]]]:
        """Return the place of each line that patterns may match, with their numbers in order; many lines take one pass."""
        found = []
        for first in range(0, len(lines), _AT_ONCE):
            some = lines[first : first + _AT_ONCE]
            told = self._with_literals_each(some)
            for place, line in enumerate(some):
                if told is None:
                    numbers = self.may_match(line)
                else:
                    able = self._able(line, told.get(place, ()))
                    numbers = self._asked(able, line.encode("utf-8")) if able else able
                if numbers:
                    found.append((first + place, numbers))
        return found

    def _with_literals_each(self, lines: Sequence[str]) -> Mapping[int, Collection[int]] | None:
        """Return the patterns whose literals stand in a line, by its place; None where lines are to be asked one by one."""
        text = "\n".join(["", *lines, ""])
        try:
            data = text.encode("utf-8")
        except UnicodeEncodeError:
            return None
        if (len(data) > len(text) and _is_odd(text)) or text.count("\n") > len(lines) + 1:
            return None
        return self._literals.matching_lines(folded(text, data))

    def _asked(self, numbers: Collection[int], data: bytes) -> list[int]:
        """Leave out the patterns whose superset does not match a line."""
        return [
            number
            for number in numbers
            if (wide := _wide(self._patterns[number])) is None or wide.may_match(data)
        ]

    def _with_literals(self, line: str, data: bytes) -> Collection[int]:
        every = range(len(self._patterns))
        if len(data) > len(line) and _is_odd(line):
            return every
        found = self._literals.matching(b"\n%b\n" % folded(line, data))
        if found is None:
            return every
        return self._able(line, found)

    def _able(self, line: str, found: Collection[int]) -> list[int]:
        """Put the patterns that name no literals to those whose literals were found in a line."""
        always = self._always_of_small if _SMALL.search(line) else self._always
        return sorted({*always, *found}) if found else always


def _is_odd(text: str) -> bool:
    """Say whether a text holds a letter or a digit that folding does not take for what patterns do."""
    return _MAY_BE_ODD.search(text) is not None and _ODD.search(text) is not None


def between_line_feeds(pattern: str) -> str:
    """Return the pattern of a line between two line feeds that a pattern matches whole, in the case of literals."""
    return f"\n(?:{_CASE.sub('(?:', pattern)})\n"


def may_hold_small(pattern: str) -> bool:
    """Say whether a line with one of the letters a to z may match a pattern."""
    if _CASE.search(pattern):
        return True
    try:
        return may_take(parse(pattern), _may_be_small)
    except UnsupportedError:
        return True


def _may_be_small(node: Literal | Class) -> bool:
    if isinstance(node, Literal):
        return "a" <= node.char <= "z"
    return node.negated or any(
        "a" <= part <= "z" or (len(part) > 1 and part != r"\pLu") for part in node.parts
    )


@cache
def _wide(pattern: str) -> OnePattern | None:
    """Compile what RE2 is asked of a pattern, when a line first asks for it; None where it cannot take it."""
    wide = superset_of(_CASE.sub("(?:", pattern), ignore_case="(?i:" in pattern)
    return None if wide is None else OnePattern(rf"(?:{wide})\z", anchored=True)
