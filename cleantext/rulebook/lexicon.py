"""Lexicon slots: ``{said}`` in a pattern stands for the words of ``rules/lexicon/said.txt``, or of a table of the card."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType

import regex

from cleantext.rulefiles import rules_dir

_SLOT = regex.compile(r"\{([a-z][a-z-]*)\}|\{\{")

NAME = r"\p{Lu}[\p{L}\p{M}'’-]*"
CLASSES: Mapping[str, str] = {
    # Classes found in the article itself match any capitalised name; a `where` of the card narrows them.
    "name": NAME,
    "full-name": rf"{NAME}(?: (?:{NAME}|al|bin|da|de|del|der|di|du|la|le|van|von))* {NAME}",
}


def word_list(path: Path) -> tuple[str, ...]:
    """Read a word list: one entry a line, ``#`` starts a comment, blank lines count for nothing."""
    rows = (row.split("#", 1)[0].strip() for row in path.read_text("utf-8").split("\n"))
    return tuple(dict.fromkeys(row for row in rows if row))


@cache
def words(name: str) -> tuple[str, ...]:
    """Give the entries of a shipped word list by its name, without ``.txt``.

    Raises KeyError, with the nearest names, where there is no such list.
    """
    path = rules_dir() / "lexicon" / f"{name}.txt"
    if not path.is_file():
        known = sorted(p.stem for p in path.parent.glob("*.txt"))
        near = difflib.get_close_matches(name, [*known, *CLASSES], n=3)
        raise KeyError(f"no word list {name!r}" + (f"; did you mean {' or '.join(near)}?" if near else ""))
    return word_list(path)


@cache
def slot(name: str) -> str:
    """Give the pattern that a slot stands for, in a group of its own."""
    return f"(?:{CLASSES[name]})" if name in CLASSES else _any_of(words(name))


def _any_of(entries: Iterable[str]) -> str:
    longest_first = sorted(entries, key=lambda word: (-len(word), word))
    return "(?:" + "|".join(regex.escape(word, literal_spaces=True) for word in longest_first) + ")"


def fill(pattern: str, tables: Mapping[str, Iterable[str]] = MappingProxyType({})) -> str:
    """Replace every slot of a pattern; raises KeyError for one that does not exist.

    A slot named as one of the card's own ``tables`` stands for what that table translates.
    """

    def words_of(match: regex.Match[str]) -> str:
        name = match.group(1)
        if name is None:
            return "{"
        return _any_of(tables[name]) if name in tables else slot(name)

    filled: str = _SLOT.sub(words_of, pattern)
    return filled
