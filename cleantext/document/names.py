"""Names in an article: who is introduced, who is referred to, and what is no person at all.

A full mention ("François Hollande") introduces a person; a surname or a titled
surname ("Mr Hollande") refers to one. Places, organisations, agencies, peoples
and parts of the calendar are told apart by word lists and by a few signs in
the text (an article before the name, capitals throughout). One regular
expression finds the capitalised runs; everything else is look-ups in sets, so
that rules may ask for names without a second thought.
"""

from __future__ import annotations

import enum
import re
import sys
import unicodedata
from collections.abc import Mapping
from functools import cache
from typing import NamedTuple

from cleantext.document.spans import Span
from cleantext.document.words import phrases, words


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
        """Give those introduced people who bear a surname, whatever its accents."""
        return self.by_surname.get(fold(surname), ())

    def of_kind(self, *kinds: Kind) -> tuple[Mention, ...]:
        """Give the mentions of these kinds, in order."""
        return tuple(mention for mention in self.mentions if mention.kind in kinds)


def fold(name: str) -> str:
    """Give a name without accents, and with straight apostrophes, to compare by."""
    if name.isascii():
        return name
    decomposed = unicodedata.normalize("NFKD", name.replace("’", "'"))
    return "".join(mark for mark in decomposed if not unicodedata.combining(mark))


@cache
def uppercase_class() -> str:
    """Give all upper-case letters, as the inside of a character class (``re`` has no \\p{Lu})."""
    ranges: list[str] = []
    begin = None
    for point in range(0x2C00 + 1):
        upper = point < 0x2C00 and chr(point).isupper() and chr(point).isalpha()
        if upper and begin is None:
            begin = point
        elif not upper and begin is not None:
            ranges.append(
                re.escape(chr(begin)) + ("-" + re.escape(chr(point - 1)) if point - 1 > begin else "")
            )
            begin = None
    return "".join(ranges)


@cache
def _run() -> re.Pattern[str]:
    upper = uppercase_class()
    dotted = "|".join(
        sorted(
            (word for word in words("attribution-titles") if word in words("attribution-abbreviations")),
            key=len,
        )
    )
    # A word of a name: initials with their stops, a title with its stop, or a capital and letters with
    # inner hyphens and apostrophes (Jean-Claude, O’Brien). A possessive ending is left out.
    word = rf"(?:(?:[{upper}]\.)+|(?:{dotted})\.|[{upper}](?:\w|[-’'](?=[{upper}]|\w\w\w))*)"
    particle = (
        r"(?:(?:de|del|della|di|da|dos|du|van|von|der|den|bin|ibn|al|el|ten|ter|y)[ \u00a0]"
        r"(?:(?:la|los|der|den|de)[ \u00a0])?|al-|el-)"
    )
    gap = r"(?:[ \u00a0]|(?<=\.))"
    return re.compile(
        rf"(?<![\w])(?:al-)?{word}(?:{gap}{particle}?{word}|[ \u00a0](?:of the|of|for|&)[ \u00a0]{word})*"
    )


class _Lists(NamedTuple):
    openers: frozenset[str]
    titles: frozenset[str]
    organisations: frozenset[str]
    agencies: frozenset[str]
    places: frozenset[str]
    place_words: frozenset[str]
    demonyms: frozenset[str]
    times: frozenset[str]
    abbreviations: frozenset[str]
    women: frozenset[str]
    men: frozenset[str]


@cache
def _lists() -> _Lists:
    places = words("attribution-places")
    names = phrases("attribution-places")
    return _Lists(
        words("attribution-openers"),
        words("attribution-titles"),
        words("attribution-organisations"),
        phrases("attribution-agencies"),
        frozenset(name for name in names if " " in name and len(name) < 40),
        places
        - {
            "New",
            "City",
            "North",
            "South",
            "West",
            "East",
            "Great",
            "San",
            "Los",
            "Las",
            "Salt",
            "Des",
            "of",
            "d",
        },
        words("attribution-demonyms"),
        words("attribution-times"),
        words("attribution-abbreviations"),
        words("attribution-women"),
        words("attribution-men"),
    )


_SENTENCE_END = frozenset(".!?…:\n\r\"“”‘’'«»„(*•|>")
_JOINS = frozenset(["of", "for", "&"])


def find_names(text: str) -> Names:
    """Find the names of an article."""
    lists = _lists()
    mentions: list[Mention] = []
    # Articles repeat their names: a run in the same surroundings is read once.
    known: dict[tuple[str, str], list[Mention]] = {}
    for run in _run().finditer(text):
        start = run.start()
        key = (run.group(), _before(text, start))
        parsed = known.get(key)
        if parsed is None:
            parsed = known[key] = []
            _read_run(key[0], key[1], lists, parsed)
        for low, high, kind, spelled, title, folded in parsed:
            mentions.append(Mention(start + low, start + high, kind, spelled, title, folded))
    return _people(mentions, lists)


def _before(text: str, start: int) -> str:
    """Say what stands before a run: a sentence end ("."), "the", "in", or nothing of interest ("")."""
    if start < 2:
        return "."
    last = text[start - 1]
    if last in _SENTENCE_END or text[start - 2] in _SENTENCE_END:
        return "."
    if last == " ":
        word = text[max(0, start - 5) : start - 1].rpartition(" ")[2].lower()
        if word in ("the", "in", "an", "a"):
            return word
    return ""


def _read_run(run: str, before: str, lists: _Lists, mentions: list[Mention]) -> None:
    """Cut a capitalised run into titles and names; offsets count from the run's start."""
    parts = (
        run.replace("\u00a0", " ").replace(".", ". ").replace(".  ", ". ").split()
        if "." in run
        else run.replace("\u00a0", " ").split()
    )
    offsets = []
    at = 0
    for part in parts:
        at = run.index(part, at)
        offsets.append(at)
        at += len(part)
    begin = 0
    if before == ".":
        # A word that only opens the sentence is no part of the name.
        while begin < len(parts) and parts[begin] in lists.openers:
            begin += 1
    elif parts[0] in lists.openers and len(parts[0]) < 4:
        begin = 1
    if begin < len(parts):
        _read_name(run, parts[begin:], offsets[begin:], before, lists, mentions)


def _read_name(
    run: str, parts: list[str], offsets: list[int], before: str, lists: _Lists, mentions: list[Mention]
) -> None:
    """Take titles off the front, split at "of" and "for" where no organisation holds them together."""
    for index, part in enumerate(parts):
        if part in _JOINS and index:
            if part == "&" or parts[index - 1] in lists.organisations:
                continue
            _read_name(run, parts[:index], offsets[:index], before, lists, mentions)
            rest = index + 1
            if rest < len(parts) and parts[rest] == "the":
                rest += 1
            if rest < len(parts) - 2 and parts[rest] == "State":  # Secretary of State John Kerry
                rest += 1
            if rest < len(parts):
                _read_name(
                    run,
                    parts[rest:],
                    offsets[rest:],
                    "the" if parts[rest - 1] == "the" else "",
                    lists,
                    mentions,
                )
            return
    # Everything up to the last title belongs to the title: "Florida Gov. Jeb Bush".
    titled = 0
    for index in range(len(parts) - 1):
        if (
            parts[index].rstrip(".") in lists.titles
            and parts[index + 1] not in _SUFFIXES
            and (parts[index + 1].rstrip(".") not in lists.organisations)
        ):
            titled = index + 1
    if (
        not titled
        and len(parts) > 2
        and parts[0] in lists.demonyms | lists.openers
        and (parts[1] in lists.men or parts[1] in lists.women)
    ):
        titled = 1
    name = parts[titled:]
    if len(name) == 1 and name[0].rstrip(".") in lists.titles and name[0] not in lists.organisations:
        return
    last = name[-1]
    if last[-1] == "." and len(last) > 2 and last.count(".") == 1 and last not in _SUFFIXES:
        name[-1] = last.rstrip(".")
    low = offsets[titled]
    high = offsets[-1] + len(name[-1])
    spelled = run[low:high]
    title = " ".join(parts[:titled])
    kind = _kind(before if not titled else "", name, spelled, title, lists)
    mentions.append(Mention(low, high, kind, spelled, title, fold(spelled)))


def _kind(before: str, name: list[str], spelled: str, title: str, lists: _Lists) -> Kind:
    """Tell what a name names, by its words and by what stands before it."""
    first, last = name[0], name[-1]
    if len(name) == 1:
        if first in lists.times:
            return Kind.TIME
        if first in lists.agencies:
            return Kind.AGENCY
        if first in lists.demonyms:
            return Kind.PEOPLE
        if title:
            return Kind.SURNAME
        if first in lists.place_words:
            return Kind.PLACE
        if first in lists.organisations or (len(first) > 1 and first.isupper()):
            return Kind.ORGANISATION
        if before == "the":
            return Kind.ORGANISATION
        if before == "in":
            return Kind.PLACE
        return Kind.UNKNOWN
    if spelled in lists.agencies:
        return Kind.AGENCY
    if spelled in lists.places or spelled.rstrip(".") in lists.places:
        return Kind.PLACE
    known_given = first in lists.men or first in lists.women
    if (
        any(word in lists.organisations for word in name)
        and not (known_given and last not in lists.organisations)
        and not (
            known_given
            and len(name) == 2
            and (last in ("House", "Church", "Hill", "Park", "Hall", "Cook", "Brook"))
        )
    ):
        return Kind.ORGANISATION
    if any(word in _JOINS for word in name):
        return Kind.ORGANISATION
    if first in lists.demonyms or (last in lists.demonyms and not known_given):
        return Kind.PEOPLE
    if last in lists.times or (first in lists.times and not known_given):
        return Kind.TIME
    if not known_given:
        if last in lists.place_words and (first in lists.place_words or len(name) > 2):
            return Kind.PLACE
        if before == "the":
            return Kind.ORGANISATION
        if all(len(word) > 1 and word.isupper() for word in name):
            return Kind.UNKNOWN  # a headline in capitals
        if first in lists.place_words:
            return Kind.PLACE
        if len(name) > 4:
            return Kind.UNKNOWN  # a headline in title case
    return Kind.PERSON


_MAY_BE_SURNAME = frozenset([Kind.UNKNOWN, Kind.SURNAME, Kind.PLACE, Kind.ORGANISATION, Kind.PEOPLE])
_SUFFIXES = frozenset(["Jr", "Sr", "Jr.", "Sr.", "II", "III", "IV"])


def _people(mentions: list[Mention], lists: _Lists) -> Names:
    """Tie surnames to the people introduced by full name, wherever in the article that happens."""
    surnames: dict[str, dict[str, list[Span]]] = {}
    titles: dict[str, str] = {}
    for mention in mentions:
        if mention.kind is Kind.PERSON:
            key = surname_of(mention.key)
            surnames.setdefault(key, {}).setdefault(mention.text, []).append(mention.span)
        if mention.title:
            titles.setdefault(mention.key, mention.title)
            if mention.kind is Kind.PERSON:
                titles.setdefault(surname_of(mention.key), mention.title)
    short: dict[str, list[Span]] = {}
    tied: list[Mention] = []
    for mention in mentions:
        if (
            mention.key in surnames
            and mention.kind in _MAY_BE_SURNAME
            and (mention.kind is Kind.UNKNOWN or _given_known(surnames[mention.key], lists))
        ):
            mention = mention._replace(kind=Kind.SURNAME)
            short.setdefault(mention.key, []).append(mention.span)
        tied.append(mention)
    by_surname: dict[str, tuple[Person, ...]] = {}
    people: list[Person] = []
    for key, forms in surnames.items():
        merged = _merge(forms)
        alone = len(merged) == 1
        persons = []
        for name, spans in merged:
            given = name.split(" ", 1)[0]
            title = titles.get(fold(name)) or (titles.get(key, "") if alone else "")
            all_spans = sorted(spans + short.get(key, [])) if alone else sorted(spans)
            persons.append(
                Person(
                    sys.intern(name),
                    given,
                    name.split(" ")[-1],
                    _gender(given, title, lists),
                    tuple(all_spans),
                )
            )
        by_surname[key] = tuple(persons)
        people += persons
    people.sort(key=lambda person: person.mentions[0])
    return Names(tuple(tied), tuple(people), by_surname)


def _given_known(forms: Mapping[str, object], lists: _Lists) -> bool:
    """Whether somebody of these full names bears a usual given name."""
    return any((given := form.split(" ", 1)[0]) in lists.men or given in lists.women for form in forms)


def surname_of(key: str) -> str:
    """Give the last word of a full name, leaving out "Jr." and the like."""
    parts = key.split(" ")
    while len(parts) > 1 and parts[-1] in _SUFFIXES:
        parts.pop()
    return parts[-1]


def _merge(forms: dict[str, list[Span]]) -> list[tuple[str, list[Span]]]:
    """Join "Donald J. Trump" and "Donald Trump": same surname, same given name; the longest form leads."""
    by_given: dict[str, tuple[str, list[Span]]] = {}
    for name, spans in forms.items():
        given = fold(name.split(" ", 1)[0])
        if given in by_given:
            known, known_spans = by_given[given]
            by_given[given] = (max(known, name, key=len), known_spans + spans)
        else:
            by_given[given] = (name, list(spans))
    return list(by_given.values())


def _gender(given: str, title: str, lists: _Lists) -> str:
    """Give "f", "m" or "", by title before given name."""
    for word in title.replace(".", "").split():
        if word in (
            "Mrs",
            "Ms",
            "Miss",
            "Mme",
            "Madame",
            "Lady",
            "Dame",
            "Queen",
            "Princess",
            "Congresswoman",
            "Frau",
            "Sister",
        ):
            return "f"
        if word in (
            "Mr",
            "Sir",
            "Lord",
            "King",
            "Prince",
            "Congressman",
            "Pope",
            "Herr",
            "Father",
            "Brother",
        ):
            return "m"
    woman, man = given in lists.women, given in lists.men
    if woman != man:
        return "f" if woman else "m"
    return ""
