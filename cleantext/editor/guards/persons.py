"""Which words say what a person is, and of what gender: the listed roles and professions, and what looks like one."""

from __future__ import annotations

from functools import lru_cache
from typing import Literal, TypeAlias

from cleantext.document.names import given_gender
from cleantext.document.words import word_groups, words
from cleantext.editor.inflection import stem

Gender: TypeAlias = Literal["m", "f", ""]

_ENDINGS = ("man", "woman", "ist", "ician", "ologist")
_MAN, _WOMAN = ("man", "men"), ("woman", "women")
_DAUGHTERS = ("ová", "ova", "eva", "ská", "skaya", "skaja")
"""Endings that Slavic surnames have for women only."""
_LONG = 5
_NOBODY = frozenset(
    [
        "some",
        "many",
        "several",
        "other",
        "others",
        "opposition",
        "administration",
        "government",
        "campaign",
        "committee",
        "family",
        "families",
    ]
)
"""What the list of roles holds beside persons: bodies, and words for some of them."""
_NO_MAN = frozenset(["human", "german", "talisman", "caiman", "regimen", "specimen", "abdomen", "acumen"])


@lru_cache(maxsize=4096)
def is_person(word: str) -> bool:
    """Whether a stem is the role of a person."""
    return role(word) in _roles() or (len(word) > 5 and role(word).endswith(_ENDINGS))


def role(word: str) -> str:
    """Return the stem of a role in the singular ("fishermen", "fisherman")."""
    return word[:-2] + "an" if word.endswith("men") else word


@lru_cache(maxsize=4096)
def gender(word: str) -> Gender:
    """Return the gender that a word tells by itself: a noun in any number ("daughters"), a title, a given name with its capital."""
    lower = word.lower()
    titles = word_groups("editor-persons")
    if word in titles["madam"]:
        return "f"
    if word in titles["sir"]:
        return "m"
    for told, members in _gendered().items():
        if stem(lower) in members or lower in members:
            return told
    if lower.endswith(_WOMAN):
        return "f"
    if len(lower) > 5 and lower.endswith(_MAN) and word.islower() and lower not in _NO_MAN:
        return "m"
    if not word[:1].isupper():
        return ""
    return given_gender(word) or ("f" if len(word) > _LONG and lower.endswith(_DAUGHTERS) else "")


@lru_cache(maxsize=4096)
def one_role(one: str, other: str) -> bool:
    """Whether two stems of roles may be one person: a translation's other word for it."""
    return any(role(one) in group and role(other) in group for group in _groups())


@lru_cache(maxsize=1)
def _groups() -> tuple[frozenset[str], ...]:
    groups = word_groups("editor-roles")
    return tuple(frozenset(role(stem(word)) for word in members) for members in groups.values())


@lru_cache(maxsize=1)
def _gendered() -> dict[Gender, frozenset[str]]:
    groups = word_groups("editor-persons")
    woman, man = (frozenset(map(stem, groups[name])) | groups[name] for name in ("woman", "man"))
    return {"f": woman, "m": man}


@lru_cache(maxsize=1)
def _roles() -> frozenset[str]:
    listed = (words("attribution-roles") | words("professions") | words("people")) - _NOBODY
    groups = word_groups("editor-persons")
    own = groups["man"] | groups["woman"] | groups["person"]
    return frozenset(role(stem(word.lower())) for word in listed if len(word) > 3) | frozenset(
        role(stem(word)) for word in own
    )


def is_plural(word: str) -> bool:
    """Whether a lower-case noun names more than one."""
    return (
        word in _PLURALS
        or word.endswith("men")
        or (word.endswith("s") and not word.endswith(("ss", "us", "'s")))
    )


_PLURALS = frozenset(["people", "police", "children"])
