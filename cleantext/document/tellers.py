"""Who can say something: people, bodies of people, and what they write; not a penalty, a tool or a style."""

from __future__ import annotations

from functools import cache

from cleantext.document.subjects import Subject, roles
from cleantext.document.tokens import Tokens
from cleantext.document.words import words

# Plurals of people by what they do: "voters", "investors", "lobbyists", "Australians".
_PEOPLE_ENDS = ("ers", "ors", "ists", "ians", "ees", "ants", "ents", "men", "women")
_NO_PEOPLE = frozenset(
    ["computers", "numbers", "letters", "papers", "powers", "orders", "offers", "matters", "others", "servers", "factors",
     "sensors", "motors", "doors", "floors", "colors", "errors", "restaurants", "events", "moments", "comments", "treatments",
     "elements", "documents", "payments", "investments", "developments", "movements", "arguments", "agreements",
     "ingredients", "components", "talents", "plants", "variants", "grants", "wants", "trees", "fees", "degrees", "rents",
     "centers", "dollars", "customers’", "filters", "layers", "trailers", "borders", "shoulders", "dinners", "corners", "chapters",
     "flowers", "towers", "showers", "winters", "monsters", "disasters", "characters", "rivers", "answers", "covers"]
)  # fmt: skip
_KINDS_THAT_SPEAK = frozenset(["he", "they", "i", "who", "name", "caps", "role", "possessive"])


@cache
def _tellers() -> frozenset[str]:
    singular = words("attribution-tellers")
    plurals = {
        word[:-1] + "ies" if word.endswith("y") and word[-2:-1] not in "aeiou" else word + "s"
        for word in singular
    }
    return singular | plurals | {"studies", "analyses", "churches", "theses"}


def can_speak(tokens: Tokens, subject: Subject, kind: str) -> bool:
    """Whether a speaker's phrase is of somebody, or of what somebody wrote, as far as its words tell."""
    if kind in _KINDS_THAT_SPEAK or tokens.lower[subject.last] == "who":
        return True
    return any(
        word in _tellers() or word in roles() or word.rpartition("-")[2] in roles() or _are_people(word)
        for word in map(_bare, tokens.lower[subject.first : subject.last + 1])
    )


def _bare(word: str) -> str:
    return word.partition("’")[0].partition("'")[0]


def _are_people(word: str) -> bool:
    return word.endswith(_PEOPLE_ENDS) and word not in _NO_PEOPLE
