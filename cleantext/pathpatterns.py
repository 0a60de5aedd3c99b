"""Patterns of paths, as in a ``.gitignore``: ``*`` within a name, ``**`` over folders."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from typing import TypeVar

import regex

T = TypeVar("T")


@cache
def matcher(patterns: tuple[str, ...]) -> Callable[[str], bool]:
    """Return what says whether one of the patterns matches a path; raises ValueError as :func:`as_regex` does."""
    if not patterns:
        return lambda path: False
    joined = regex.compile("|".join(f"(?:{as_regex(pattern)})" for pattern in patterns))
    return lambda path: joined.search(Path(path).as_posix()) is not None


def below(path: str, by_folder: Mapping[str, T], otherwise: T) -> T:
    """Return what holds for a path: the value of the nearest folder above it, by real path, that has one."""
    if not by_folder:
        return otherwise
    folders = map(str, Path(os.path.realpath(path)).parents)
    return next((by_folder[folder] for folder in folders if folder in by_folder), otherwise)


def as_regex(pattern: str) -> str:
    """Translate one pattern; it may start at any folder and cover a folder with all below it.

    Raises ValueError for a range that runs backwards.
    """
    parts = []
    for token in regex.findall(r"\*\*/?|\*|\?|\[[!^]?\]?[^\]]*\]|.", pattern.strip("/"), flags=regex.DOTALL):
        if token.startswith("**"):
            parts.append("(?:.*/)?" if token.endswith("/") else ".*")
        elif token == "*":
            parts.append("[^/]*")
        elif token == "?":
            parts.append("[^/]")
        elif token.startswith("[") and token not in ("[", "[]", "[!]", "[^]"):
            parts.append(_set_of(token[1:-1], pattern))
        else:
            parts.append(regex.escape(token))
    return "(?:^|/)" + "".join(parts) + "(?:/|$)"


def _set_of(inside: str, pattern: str) -> str:
    """Translate what stands in brackets; it never means a slash. Nothing in it has a meaning but ``!``, ``^`` and ``-``."""
    negated = inside[0] in "!^"
    rest = inside[1:] if negated else inside
    parts = []
    at = 0
    while at < len(rest):
        low = rest[at]
        if rest[at + 1 : at + 2] == "-" and at + 2 < len(rest):
            high = rest[at + 2]
            if high < low:
                raise ValueError(f'"{pattern}" is no pattern of paths: the range {low}-{high} runs backwards')
            parts.append(f"{regex.escape(low)}-{regex.escape(high)}")
            at += 3
        else:
            parts.append(regex.escape(low))
            at += 1
    return f"(?:(?!/)[{'^' if negated else ''}{''.join(parts)}])"
