"""Lines that an editor knows by heart: the lists under ``rules/boilerplate/lines``, looked up by their normal form."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import NamedTuple

import regex

from cleantext.document.repeats import normal_line
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


class KnownLines(NamedTuple):
    """``exact``: normal form -> list; ``patterns``: list and pattern of the whole line."""

    exact: Mapping[str, str]
    patterns: tuple[tuple[str, regex.Pattern[str]], ...]


@cache
def known_lines() -> KnownLines:
    """Read the lists; the first list that holds a line has it.

    A line that starts with ``~ `` is a ``regex`` pattern for a whole line as it
    stands (outer blank space left out); ``#`` starts a comment.
    """
    exact: dict[str, str] = {}
    patterns = []
    for name in LISTS:
        path = rules_dir() / "boilerplate" / "lines" / f"{name}.txt"
        forms = []
        for row in path.read_text("utf-8").split("\n"):
            if row.startswith(_MARK):
                form = row.removeprefix(_MARK)
                forms.append(f"(?i:{form.removeprefix('(?i)')})" if form.startswith("(?i)") else f"(?:{form})")
            elif row and not row.startswith("# "):
                key = normal_line(row)
                if key:
                    exact.setdefault(key, name)
        if forms:
            patterns.append((name, regex.compile("|".join(forms))))
    return KnownLines(exact, tuple(patterns))


def list_of(line: str, key: str) -> tuple[str, bool] | None:
    """Say which list knows a stripped line, and whether word for word (not by a pattern).

    ``key`` is the line's :func:`cleantext.document.repeats.normal_line`.
    """
    known = known_lines()
    name = known.exact.get(key)
    if name is not None:
        return name, True
    if len(line) <= LONGEST:
        for name, pattern in known.patterns:
            if pattern.fullmatch(line):
                return name, False
    return None
