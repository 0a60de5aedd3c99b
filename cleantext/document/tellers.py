"""Who can say something: people, bodies of people, and what they write; not a penalty, a tool or a style."""

from __future__ import annotations

from functools import cache

from cleantext.document.subjects import Subject, roles
from cleantext.document.tokens import Tokens, before_apostrophe
from cleantext.document.words import given_names, word_groups, words

# Plurals of people by what they do: "voters", "investors", "lobbyists", "Australians".
_PEOPLE_ENDS = ("ers", "ors", "ists", "ians", "ees", "ants", "ents", "men", "women")
_NO_PEOPLE = words("attribution-no-people")
_KINDS_THAT_SPEAK = frozenset(["he", "they", "i", "who", "name", "caps", "role", "possessive"])
THING = "thing"


@cache
def _tellers() -> dict[str, str]:
    found = {}
    for group, singular in word_groups("attribution-tellers").items():
        for word in singular:
            found[word] = group
            plural = word[:-1] + "ies" if word.endswith("y") and word[-2:-1] not in "aeiou" else word + "s"
            found[plural] = group
    return found | {"studies": "written", "analyses": "written", "theses": "written", "churches": "body"}


def speaker_sort(tokens: Tokens, subject: Subject, kind: str, low: int = -1) -> str:
    """Return what a speaker's phrase is, as far as its words tell.

    Its kind where that says somebody; else "written", "body", "people" by the list of those who tell, and THING for what
    can say nothing. ``low`` is the first token of the sentence, whose capital names nobody: "Polls show".
    """
    if kind == "name" and subject.head == low:
        word = tokens.lower[low]
        group = None if tokens.words[low] in given_names() else _tellers().get(word)
        return group or ("people" if _are_people(word) else kind)
    if kind in _KINDS_THAT_SPEAK:
        return kind
    if tokens.lower[subject.last] == "who":
        return "who"
    tellers = _tellers()
    for at in (subject.head, *range(subject.first, subject.last + 1)):
        word = before_apostrophe(tokens.lower[at])
        group = tellers.get(word)
        if group is not None:
            return group
        if word in roles() or word.rpartition("-")[2] in roles():
            return "role"
        if _are_people(word):
            return "people"
    if tokens.lower[subject.head][:1].isdigit() or tokens.words[subject.last] == "%":
        return "people"  # "42 % say", "26 of them"
    return THING if kind == "other" else kind


def can_speak(sort: str) -> bool:
    """Whether a speaker of a sort is somebody, or what somebody wrote."""
    return sort not in (THING, "it", "you")


def is_teller(word: str) -> bool:
    """Whether a common noun names people, a body of people, or something written that tells."""
    bare = before_apostrophe(word)
    return bare in _tellers() or bare.rpartition("-")[2] in roles() or _are_people(bare)


def _are_people(word: str) -> bool:
    return word.endswith(_PEOPLE_ENDS) and word not in _NO_PEOPLE
