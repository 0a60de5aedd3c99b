"""“It” for a person whom the sentence before introduced: "Marta Solis is a painter. It was born in Lugo in 1950."

Spanish, Catalan, Italian and Portuguese leave the subject out, and an engine that translates sentence by sentence puts
"it" in its place, "its" for "su" with it. What makes it sure is the pair: a sentence whose subject is a name and which
says what that person does, and a next one that tells of "it" what is told of people alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache

from cleantext.checks import Gate, Hit
from cleantext.configuration import Configuration
from cleantext.document import Document
from cleantext.document.names import given_gender
from cleantext.document.words import word_list
from cleantext.finding import Edit, Evidence, Fix
from cleantext.rulebook import Card

RULE = "MT350"

_DEEDS = (
    "was born",
    "died",
    "studied",
    "graduated",
    "married",
    "grew up",
    "was educated",
    "was raised",
    "was married",
    "got married",
    "retired",
    "emigrated",
    "is married",
    "lives in",
    "lived in",
    "worked as",
    "served as",
    "attended",
)
"""What is told of people and hardly of things, after a sentence whose subject is a person."""

_NEUTER = re.compile(rf"\bIt (?P<deed>{'|'.join(_DEEDS)})\b[^.!?\n]*")
_OWN = re.compile(r"\b(?:its|itself)\b")
_NAME = (
    r"(?P<given>[^\W\d_]\w+)(?: (?:[^\W\d_][\w'’-]*|de|del|la|van|von|der|di|da|dos|y|i))*? [^\W\d_][\w'’-]+"
)
_WOMEN = re.compile(r"(?:ess|woman|comedienne)$")
_ENDS_IN_A_YET_A_MAN = frozenset(
    [
        "Andrea",
        "Luca",
        "Nicola",
        "Nikita",
        "Joshua",
        "Mustafa",
        "Ilya",
        "Sasha",
        "Mischa",
        "Josua",
        "Elia",
        "Mattia",
    ]
)


@cache
def _introduction() -> re.Pattern[str]:
    nouns = "|".join(sorted(word_list("professions"), key=len, reverse=True))
    return re.compile(
        rf"(?:^|[.!?]['\"”’]? )(?P<name>{_NAME})(?: \([^()\n]{{1,60}}\)| ?,[^,.\n]{{1,60}},)? (?:is|was) "
        rf"(?:an?|the|one of the) (?:[\w'’,-]+ ){{0,6}}?(?P<noun>(?:{nouns}))s?\b[^.!?\n]{{0,200}}[.!?]['\"”’]? $"
    )


def gate() -> Gate:
    """Return what a text must hold: "It" and something that people do."""
    return Gate(literals=tuple(f"it {deed}" for deed in _DEEDS))


def check(document: Document, cards: Mapping[str, Card], configuration: Configuration) -> Iterator[Hit]:
    """Yield a hit for each such sentence; he or she by the given name, both offered where it does not tell."""
    text = document.text
    for found in _NEUTER.finditer(text):
        line = document.line_at(found.start())
        before = text[max(line.start, found.start() - 400) : found.start()]
        introduced = _introduction().search(before)
        if introduced is None or not introduced["name"][0].isupper() or document.in_quotation(*found.span()):
            continue
        at = found.start() - len(before) + introduced.start("name")
        name = introduced["name"]
        yield Hit(
            RULE,
            found.start(),
            found.start() + len("It ") + len(found["deed"]),
            tuple(_fix(found, woman) for woman in _women_first(introduced["given"], introduced["noun"])),
            evidence=(Evidence(at, at + len(name), name, "the person spoken of"),),
        )


def _women_first(given: str, noun: str) -> tuple[bool, ...]:
    """Say whether the person is a woman: one answer where the name or the noun tells, the likelier first elsewhere."""
    named = given_gender(given)
    # A woman may be the chairman, but no man the actress.
    called = "f" if _WOMEN.search(noun) else "m" if noun.endswith("man") and named != "f" else ""
    told = {named, called} - {""}
    if len(told) == 1:
        return (told == {"f"},)
    likely = given.endswith("a") and given not in _ENDS_IN_A_YET_A_MAN
    return (likely, not likely)


def _fix(found: re.Match[str], woman: bool) -> Fix:
    """Write one person through the whole sentence, for "He … its brother" would be half a repair."""
    own, self = ("her", "herself") if woman else ("his", "himself")
    start = found.start()
    edits = [Edit(start, start + len("It"), "She" if woman else "He")]
    edits += [
        Edit(start + one.start(), start + one.end(), own if one.group() == "its" else self)
        for one in _OWN.finditer(found.group())
    ]
    return Fix(tuple(edits))
