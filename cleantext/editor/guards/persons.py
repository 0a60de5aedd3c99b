"""Which words say what a person is: the listed roles and professions, and what looks like one."""

from __future__ import annotations

from functools import lru_cache

from cleantext.document.words import words
from cleantext.editor.inflection import stem

_ENDINGS = ("man", "woman", "ist", "ician", "ologist")


@lru_cache(maxsize=4096)
def is_person(word: str) -> bool:
    """Whether a stem is the role of a person."""
    return role(word) in _roles() or (len(word) > 5 and role(word).endswith(_ENDINGS))


def role(word: str) -> str:
    """Return the stem of a role in the singular ("fishermen", "fisherman")."""
    return word[:-2] + "an" if word.endswith("men") else word


@lru_cache(maxsize=1)
def _roles() -> frozenset[str]:
    listed = words("attribution-roles") | words("professions") | words("people")
    return frozenset(role(stem(word.lower())) for word in listed if len(word) > 3)
