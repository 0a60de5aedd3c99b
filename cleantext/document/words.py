"""Word lists of ``rules/lexicon/``, read once when first asked for."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from cleantext.rulefiles import rules_dir


@cache
def word_list(name: str) -> tuple[str, ...]:
    """Give the entries of ``rules/lexicon/<name>.txt`` in order.

    One entry a line; ``#`` starts a comment; blank lines don't count.
    Raises FileNotFoundError for a list that isn't shipped.
    """
    content = (rules_dir() / "lexicon" / f"{name}.txt").read_text("utf-8")
    entries = (line.partition("#")[0].strip() for line in content.split("\n"))
    return tuple(entry for entry in entries if entry)


@cache
def words(name: str) -> frozenset[str]:
    """Give the single words of a list: an entry line may hold several, set apart by spaces."""
    return frozenset(word for entry in word_list(name) for word in entry.split())


@cache
def phrases(name: str) -> frozenset[str]:
    """Give the entries of a list as they stand, of one or several words."""
    return frozenset(word_list(name))


@cache
def word_groups(name: str) -> Mapping[str, frozenset[str]]:
    """Give the groups of a list whose lines read "group: words"; a group may have several lines."""
    found: dict[str, set[str]] = {}
    for entry in word_list(name):
        group, _, members = entry.partition(":")
        found.setdefault(group, set()).update(members.split())
    return {group: frozenset(members) for group, members in found.items()}


def word_group(name: str) -> frozenset[str]:
    """Give one group of small words of ``attribution-function-words``."""
    return word_groups("attribution-function-words").get(name, frozenset())
