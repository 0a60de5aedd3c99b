"""Mentions of names, and the people behind them."""

from __future__ import annotations

import enum
import unicodedata
from collections.abc import Mapping
from typing import NamedTuple

from cleantext.document.spans import Span


class Kind(enum.StrEnum):
    """What a name names. ``SURNAME`` is a person referred to by one word, introduced or not."""

    PERSON = "person"
    SURNAME = "surname"
    PLACE = "place"
    ORGANISATION = "organisation"
    AGENCY = "agency"
    PEOPLE = "people"
    TIME = "time"
    UNKNOWN = "unknown"


class Mention(NamedTuple):
    """One name in the text.

    ``start:end`` leaves out titles and a possessive ending; ``title`` is what
    stands before it ("Mr.", "French President", ""); ``key`` is the name
    without accents, in which full and short forms are compared.
    """

    start: int
    end: int
    kind: Kind
    text: str
    title: str
    key: str

    @property
    def span(self) -> Span:
        """The mention's code points."""
        return Span(self.start, self.end)


class Person(NamedTuple):
    """Somebody whom the article introduces by full name; ``name`` is the fullest form."""

    name: str
    given: str
    surname: str
    gender: str  # "f", "m" or "" where the article and the given name do not tell
    mentions: tuple[Span, ...]

    @property
    def introduced(self) -> int:
        """Where the person is first named, in code points."""
        return self.mentions[0].start


class Names(NamedTuple):
    """The names of an article, in order, and the people whom it introduces."""

    mentions: tuple[Mention, ...]
    people: tuple[Person, ...]
    by_surname: Mapping[str, tuple[Person, ...]]  # by the surname's key

    def persons(self, surname: str) -> tuple[Person, ...]:
        """Return those introduced people who bear a surname, whatever its accents."""
        return self.by_surname.get(fold(surname), ())


def fold(name: str) -> str:
    """Return a name without accents, and with straight apostrophes, to compare by."""
    if name.isascii():
        return name
    decomposed = unicodedata.normalize("NFKD", name.replace("’", "'"))
    return "".join(mark for mark in decomposed if not unicodedata.combining(mark))


def name_key(name: str) -> str:
    """Return a name without accents and case, to look it up by among those that a user gave."""
    return fold(name).casefold()
