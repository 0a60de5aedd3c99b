"""Words that residue is made of: groups of cue words, looked up token by token."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from cleantext.document.words import word_list

GROUPS = ("social", "subscribe", "more", "legal", "comment", "byline", "photo", "ad", "nav")
"""Groups with a list ``rules/lexicon/boilerplate-<group>.txt`` each; a group's bit in a mask is its place here."""


class Cues(NamedTuple):
    """``words``: token -> mask; ``phrases``: first token -> the tokens that must follow, and the mask."""

    words: dict[str, int]
    phrases: dict[str, tuple[tuple[tuple[str, ...], int], ...]]


@cache
def cues() -> Cues:
    """Read the groups' lists."""
    words: dict[str, int] = {}
    phrases: dict[str, list[tuple[tuple[str, ...], int]]] = {}
    for place, group in enumerate(GROUPS):
        for entry in word_list(f"boilerplate-{group}"):
            first, *rest = entry.replace("'", " ").split()
            if rest:
                phrases.setdefault(first, []).append((tuple(rest), 1 << place))
            else:
                words[first] = words.get(first, 0) | 1 << place
    return Cues(words, {first: tuple(found) for first, found in phrases.items()})


@cache
def word_set(name: str) -> frozenset[str]:
    """Return the entries of the list ``boilerplate-<name>`` as a set."""
    return frozenset(word_list(f"boilerplate-{name}"))


def mask_of(tokens: Sequence[str]) -> int:
    """Return the groups that speak in a line, as a bit mask; tokens are lower-cased words."""
    words, phrases = cues()
    mask = 0
    for place, token in enumerate(tokens):
        found = words.get(token)
        if found:
            mask |= found
        if token in phrases:
            for rest, bit in phrases[token]:
                if not mask & bit and tuple(tokens[place + 1 : place + 1 + len(rest)]) == rest:
                    mask |= bit
    return mask
