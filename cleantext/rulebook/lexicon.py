"""Lexicon slots: ``{said}`` in a pattern stands for the words of ``rules/lexicon/en/said.txt``, ``{es/garble}`` for those of Spanish.

A slot may also name a table of the card.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from types import MappingProxyType

import regex

from cleantext.document.words import unknown, word_list

_SLOT = regex.compile(r"\{((?:[a-z]{2}/)?[a-z][a-z-]*)\}|\{\{")

NAME = r"\p{Lu}[\p{L}\p{M}'’-]*"
CLASSES: Mapping[str, str] = {
    # Classes found in the article itself match any capitalised name; a `where` of the card narrows them.
    "name": NAME,
    "full-name": rf"{NAME}(?: (?:{NAME}|al|bin|da|de|del|der|di|du|la|le|van|von))* {NAME}",
}


@cache
def slot(name: str) -> str:
    """Return the pattern that a slot stands for, in a group of its own."""
    if name in CLASSES:
        return f"(?:{CLASSES[name]})"
    try:
        return _any_of(word_list(name))
    except KeyError:
        raise unknown(name, CLASSES) from None


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
