"""Lines that an editor knows by heart: the lists under ``rules/boilerplate/lines``, looked up by their normal form."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import NamedTuple

import regex

from cleantext.checks.boilerplate.line_sieve import LineSieve, between_line_feeds
from cleantext.document.repeats import normal_line
from cleantext.matching.prefilters import literals_of_each
from cleantext.rulefiles import rules_dir

LISTS = (
    "share",
    "follow",
    "navigation",
    "comments",
    "consent",
    "newsletter",
    "related",
    "advertising",
    "credits",
    "sections",
)
"""The lists, in the order in which a line is looked for: the first that knows it names it."""

LONGEST = 400
"""Code points of the longest line that patterns are tried on; longer ones are prose."""

_MARK = "~ "
_STANDING = "~! "


class Row(NamedTuple):
    """A pattern of a whole line, the list that it stands in, and whether what it matches is residue wherever it stands."""

    list: str
    pattern: str
    standing: bool


class KnownLines(NamedTuple):
    """``exact``: normal form -> list; ``sieve`` says fast which of the ``rows`` of patterns may match a line.

    ``standing``: list -> the numbers of its rows that say so.
    """

    exact: dict[str, str]
    rows: tuple[Row, ...]
    sieve: LineSieve
    standing: Mapping[str, frozenset[int]]


@cache
def compiled(pattern: str) -> regex.Pattern[str]:
    """Compile a pattern of the lists, when a line first asks for it: most texts ask for few."""
    return regex.compile(pattern)


@cache
def known_lines() -> KnownLines:
    """Read the lists; the first list that holds a line has it.

    A line that starts with ``~ `` is a ``regex`` pattern for a whole line as it
    stands (outer blank space left out), with ``~! `` one that is residue wherever
    it stands; ``#`` starts a comment.
    """
    exact: dict[str, str] = {}
    rows = []
    for name in LISTS:
        path = rules_dir() / "boilerplate" / "lines" / f"{name}.txt"
        for entry in path.read_text("utf-8").split("\n"):
            if entry.startswith((_MARK, _STANDING)):
                form = entry.split(" ", 1)[1]
                form = f"(?i:{form.removeprefix('(?i)')})" if form.startswith("(?i)") else form
                rows.append(Row(name, form, entry.startswith(_STANDING)))
            elif entry and not entry.startswith("# "):
                key = normal_line(entry)
                if key:
                    exact.setdefault(key, name)
    standing: dict[str, frozenset[int]] = {}
    for number, row in enumerate(rows):
        if row.standing:
            standing[row.list] = standing.get(row.list, frozenset()) | {number}
    patterns = [row.pattern for row in rows]
    sieve = LineSieve(patterns, literals_of_each([between_line_feeds(pattern) for pattern in patterns]))
    return KnownLines(exact, tuple(rows), sieve, standing)


def list_of(line: str, key: str, *, patterns: bool = True) -> tuple[str, bool] | None:
    """Say which list knows a stripped line, and whether word for word (not by a pattern).

    ``key`` is the line's :func:`cleantext.document.repeats.normal_line`;
    ``patterns`` may spare the patterns.
    """
    known = known_lines()
    name = known.exact.get(key)
    if name is not None:
        return name, True
    if patterns and len(line) <= LONGEST:
        for number in known.sieve.may_match(line):
            row = known.rows[number]
            if compiled(row.pattern).fullmatch(line):
                return row.list, False
    return None


def known_by_pattern(lines: Sequence[str]) -> list[tuple[int, str]]:
    """Return the place of each of the lines that a pattern knows, and the list that holds the pattern.

    The lines are those that have a normal form, which none longer than `LONGEST` has, and no list knows word for
    word: what :func:`list_of` would then say of one after the other.
    """
    known = known_lines()
    found = []
    for place, numbers in known.sieve.may_match_each(lines):
        for number in numbers:
            row = known.rows[number]
            if compiled(row.pattern).fullmatch(lines[place]):
                found.append((place, row.list))
                break
    return found


def stands_alone(name: str, line: str) -> bool:
    """Say whether a line that the list ``name`` knows is residue wherever it stands, like the credit of a picture."""
    known = known_lines()
    if name not in known.standing or len(line) > LONGEST:
        return False
    return any(
        compiled(known.rows[number].pattern).fullmatch(line)
        for number in known.sieve.may_match(line, among=known.standing[name])
    )
