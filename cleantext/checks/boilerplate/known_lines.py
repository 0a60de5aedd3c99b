"""Lines that an editor knows by heart: the lists under ``rules/boilerplate/lines``, looked up by their normal form."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any, NamedTuple

import re2
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

_MEMORY = 64 << 20  # bytes for RE2's lazy automaton
_MARK = "~ "
_STANDING = "~! "


class KnownLines(NamedTuple):
    """``exact``: normal form -> list; ``any_pattern``, an RE2 set, says fast which of ``patterns`` may match a whole line.

    ``patterns``: list and pattern of the whole line. ``standing``: list and those of its patterns that are residue
    wherever they stand.
    """

    exact: Mapping[str, str]
    any_pattern: Any
    patterns: tuple[tuple[str, str], ...]
    standing: Mapping[str, str]


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
    patterns = []
    standing = {}
    for name in LISTS:
        path = rules_dir() / "boilerplate" / "lines" / f"{name}.txt"
        forms, sure = [], []
        for row in path.read_text("utf-8").split("\n"):
            if row.startswith((_MARK, _STANDING)):
                form = row.split(" ", 1)[1]
                form = f"(?i:{form.removeprefix('(?i)')})" if form.startswith("(?i)") else f"(?:{form})"
                forms.append(form)
                if row.startswith(_STANDING):
                    sure.append(form)
            elif row and not row.startswith("# "):
                key = normal_line(row)
                if key:
                    exact.setdefault(key, name)
        if forms:
            patterns.append((name, "|".join(forms)))
        if sure:
            standing[name] = "|".join(sure)
    options = re2.Options()
    options.max_mem = _MEMORY
    options.log_errors = False
    # A set answers yes or no; a pattern would work its groups out, too, ten times as slowly.
    every = re2.Set.FullMatchSet(options)
    every.Add("(?s:.*)")
    for _, pattern in patterns:
        every.Add(_loose(pattern))
    every.Compile()
    return KnownLines(exact, every, tuple(patterns), standing)


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
        for place in _may_match(known, line):
            name, pattern = known.patterns[place]
            if compiled(pattern).fullmatch(line):
                return name, False
    return None


def stands_alone(name: str, line: str) -> bool:
    """Say whether a line that the list ``name`` knows is residue wherever it stands, like the credit of a picture."""
    pattern = known_lines().standing.get(name)
    return pattern is not None and len(line) <= LONGEST and compiled(pattern).fullmatch(line) is not None


def _may_match(known: KnownLines, line: str) -> Iterable[int]:
    """Give the places of the patterns that may match a line."""
    try:
        data = line.encode()
    except UnicodeEncodeError:  # lone surrogates: RE2 cannot read them, `regex` can
        return range(len(known.patterns))
    # The first pattern matches every line: its absence says that the search failed.
    found = known.any_pattern.Match(data)
    return sorted(place - 1 for place in found if place) if found else range(len(known.patterns))


_TOKEN = regex.compile(r"\\.|\[\^?|\]|\{(\d+),\d+\}|.", regex.DOTALL)
_UNICODE = {"\\w": r"\p{L}\p{M}\p{N}\p{Pc}", "\\d": r"\p{Nd}", "\\s": r"\s\x0b\x1c-\x1f\x{85}\p{Z}"}


def _loose(pattern: str) -> str:
    """Give an RE2 pattern that matches wherever a pattern of the lists does.

    Counts like ``{0,200}`` would make the automaton too big: their upper end goes.
    RE2's classes know ASCII only: they are written out, and word boundaries go.
    """
    out = []
    inside = negated = False
    for token in _TOKEN.finditer(pattern):
        text = token.group()
        if token.group(1) is not None and not inside:
            text = f"{{{token.group(1)},}}"
        elif text in ("[", "[^") and not inside:
            inside, negated = True, text == "[^"
        elif text == "]" and inside:
            inside = False
        elif text == "\\b" and not inside:
            text = ""
        elif text in _UNICODE and not negated:
            text = _UNICODE[text] if inside else f"[{_UNICODE[text]}]"
        if text == "]" and not inside:
            negated = False
        out.append(text)
    return "".join(out)
