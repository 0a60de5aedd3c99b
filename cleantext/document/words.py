"""Word lists of ``rules/lexicon/``, read once when first asked for; nothing else reads them.

What belongs to a language lies in a folder of its code, ``en/said.txt``; what several share lies above.
A list without a folder in its name is one of those, or else English: the language that most rules are for.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path

from cleantext.rulefiles import rules_dir

_DEFAULT = "en"


def list_names() -> tuple[str, ...]:
    """Return the names by which the lists can be asked for; those of English without their folder."""
    folder = rules_dir() / "lexicon"
    found = (path.relative_to(folder).with_suffix("").as_posix() for path in folder.rglob("*.txt"))
    return tuple(sorted(name.removeprefix(f"{_DEFAULT}/") for name in found))


@cache
def word_list(name: str) -> tuple[str, ...]:
    """Return the entries of a list in order, each once.

    One entry a line; ``#`` starts a comment; blank lines don't count.
    Raises KeyError, with the nearest names, for a list that isn't shipped.
    """
    path = _place(name)
    if path is None:
        raise unknown(name)
    entries = (line.partition("#")[0].strip() for line in path.read_text("utf-8").split("\n"))
    return tuple(dict.fromkeys(entry for entry in entries if entry))


def unknown(name: str, others: Iterable[str] = ()) -> KeyError:
    """Return the error for a list that isn't there, with the nearest names, ``others`` among them."""
    near = difflib.get_close_matches(name, [*list_names(), *others], n=3)
    return KeyError(f"no word list {name!r}" + (f"; did you mean {' or '.join(near)}?" if near else ""))


def _place(name: str) -> Path | None:
    folder = rules_dir() / "lexicon"
    places = (folder / f"{name}.txt", folder / _DEFAULT / f"{name}.txt")
    return next((path for path in places if path.is_file()), None)


@cache
def words(name: str) -> frozenset[str]:
    """Return the single words of a list: an entry line may hold several, set apart by spaces."""
    return frozenset(word for entry in word_list(name) for word in entry.split())


@cache
def phrases(name: str) -> frozenset[str]:
    """Return the entries of a list as they stand, of one or several words."""
    return frozenset(word_list(name))


@cache
def word_groups(name: str) -> Mapping[str, frozenset[str]]:
    """Return the groups of a list whose lines read "group: words"; a group may have several lines."""
    found: dict[str, set[str]] = {}
    for entry in word_list(name):
        group, _, members = entry.partition(":")
        found.setdefault(group, set()).update(members.split())
    return {group: frozenset(members) for group, members in found.items()}


@cache
def given_names() -> frozenset[str]:
    """Return the given names of women and of men."""
    return words("attribution-women") | words("attribution-men")


def word_group(name: str) -> frozenset[str]:
    """Return one group of small words of ``attribution-function-words``; raises KeyError where there is none."""
    return word_groups("attribution-function-words")[name]
