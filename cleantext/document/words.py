"""Word lists of ``rules/lexicon/``, read once when first asked for."""

from __future__ import annotations

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
def word_group(name: str) -> frozenset[str]:
    """Give one group of small words of ``attribution-function-words`` ("group: words"; a group may have several lines)."""
    found: set[str] = set()
    for entry in word_list("attribution-function-words"):
        group, _, members = entry.partition(":")
        if group == name:
            found.update(members.split())
    return frozenset(found)
