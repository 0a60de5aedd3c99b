"""Names in an article: who is introduced, who is referred to, and what is no person at all.

A full mention ("François Hollande") introduces a person; a surname or a titled
surname ("Mr Hollande") refers to one. Places, organisations, agencies, peoples
and parts of the calendar are told apart by word lists and by a few signs in
the text (an article before the name, capitals throughout). One regular
expression finds the capitalised runs; everything else is look-ups in sets, so
that rules may ask for names without a second thought.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from functools import lru_cache
from typing import Final, Literal, NamedTuple

from cleantext.document.mentions import Kind, Mention, Names, Person, fold, name_key
from cleantext.document.runs import (
    Runs,
    capital_runs,
    name_lists,
    read_run,
    runs_holding,
    surname_of,
)
from cleantext.document.spans import Span

__all__ = ["Kind", "Mention", "Names", "Person", "find_names", "fold", "name_key", "surname_of"]

_MOST_PLACES = 50  # at which a word is looked at
_TITLE = 5  # code points of the longest of these
_TITLES = frozenset(["Mr.", "Mrs.", "Ms.", "Dr.", "Sen.", "Rep.", "Gov."])
_SENTENCE_END: Final = frozenset(".!?…:\n\r\"“”‘’'«»„(*•|>")


def find_names(text: str, runs: Runs | None = None) -> Names:
    """Find the names of an article; ``runs`` are its :func:`capital_runs`, where the caller has them."""
    runs = capital_runs(text) if runs is None else runs
    mentions = read_runs(text, zip(runs.starts, runs.ends, strict=True))
    return _people(mentions)


def names_holding(text: str, runs: Runs, parts: Collection[str]) -> Names:
    """Find the names whose keys hold one of these parts, and who bears them, as :func:`find_names` does.

    Other names may be among them. Each part is looked for by itself, so let there be few.
    """
    return _people(read_runs(text, runs_holding(text, runs, parts)))


def read_runs(text: str, runs: Iterable[tuple[int, int]]) -> list[Mention]:
    """Return the mentions in runs of capitals of a text, in order."""
    openers = name_lists().openers
    mentions: list[Mention] = []
    for start, end in runs:
        spelled = text[start:end]
        if spelled in openers:
            continue
        # What stands before the run: a sentence end ("."), "the", "in", or nothing of interest.
        if start < 2 or text[start - 2] in _SENTENCE_END or text[start - 1] in _SENTENCE_END:
            before = "."
        else:
            beside = text[start - 4 : start]
            before = "the" if beside in _THE else "in" if beside == " in " else ""
        read = read_run if end - start < 200 else read_run.__wrapped__  # no long junk in the cache
        for low, high, kind, name, title, key in read(spelled, before):
            mentions.append(tuple.__new__(Mention, (start + low, start + high, kind, name, title, key)))
    return mentions


_PERSON: Final = Kind.PERSON
_SURNAME: Final = Kind.SURNAME
_UNKNOWN: Final = Kind.UNKNOWN
_THE: Final = ("the ", "The ")
_MAY_BE_SURNAME: Final = frozenset([Kind.UNKNOWN, Kind.SURNAME, Kind.PLACE, Kind.ORGANISATION, Kind.PEOPLE])


class _Parts(NamedTuple):
    """What follows from a full name alone."""

    given: str
    given_key: str
    surname: str
    usual: bool  # the given name is one of the lists
    gender: str


@lru_cache(maxsize=8192)  # as many as runs of capitals are remembered
def _parts(name: str) -> _Parts:
    lists = name_lists()
    given = name.split(" ", 1)[0]
    usual = given in lists.men or given in lists.women
    return _Parts(given, fold(given), name.rsplit(" ", 1)[-1], usual, given_gender(given))


def _people(mentions: list[Mention]) -> Names:
    """Tie surnames to the people introduced by full name, wherever in the article that happens."""
    surnames: dict[str, dict[str, list[Span]]] = {}
    for start, end, kind, text, _, key in mentions:
        if kind is _PERSON:
            surnames.setdefault(surname_of(key), {}).setdefault(text, []).append(
                tuple.__new__(Span, (start, end))
            )
    titles: dict[str, str] = {}
    short: dict[str, list[Span]] = {}
    for at, (start, end, kind, text, title, key) in enumerate(mentions):
        if title:
            titles.setdefault(key, title)
            if kind is _PERSON:
                titles.setdefault(surname_of(key), title)
        if (
            key in surnames
            and kind in _MAY_BE_SURNAME
            and (kind is _UNKNOWN or kind is _SURNAME or any(_parts(form).usual for form in surnames[key]))
        ):
            short.setdefault(key, []).append(tuple.__new__(Span, (start, end)))
            if kind is not _SURNAME:
                mentions[at] = tuple.__new__(Mention, (start, end, _SURNAME, text, title, key))
    by_surname: dict[str, tuple[Person, ...]] = {}
    people: list[Person] = []
    for key, forms in surnames.items():
        merged = _merge(forms) if len(forms) > 1 else [*forms.items()]
        alone = len(merged) == 1
        persons = []
        for name, spans in merged:
            parts = _parts(name)
            title = (titles.get(fold(name)) or (titles.get(key, "") if alone else "")) if titles else ""
            gender = _gender(parts.given, title) if title else parts.gender
            all_spans = sorted(spans + short[key]) if alone and key in short else sorted(spans)
            # A named tuple's own constructor is a function in Python; an article has many names.
            persons.append(
                tuple.__new__(Person, (name, parts.given, parts.surname, gender, tuple(all_spans)))
            )
        by_surname[key] = tuple(persons)
        people += persons
    people.sort(key=_introduced)
    return Names(tuple(mentions), tuple(people), by_surname)


def _introduced(person: Person) -> Span:
    return person.mentions[0]


def _merge(forms: dict[str, list[Span]]) -> list[tuple[str, list[Span]]]:
    """Join "Donald J. Trump" and "Donald Trump": same surname, same given name; the longest form leads."""
    by_given: dict[str, tuple[str, list[Span]]] = {}
    for name, spans in forms.items():
        given = _parts(name).given_key
        if given in by_given:
            known, known_spans = by_given[given]
            by_given[given] = (max(known, name, key=len), known_spans + spans)
        else:
            by_given[given] = (name, list(spans))
    return list(by_given.values())


def _gender(given: str, title: str) -> str:
    """Return "f", "m" or "", by title before given name."""
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
    return given_gender(given)


def given_gender(given: str) -> Literal["f", "m", ""]:
    """Return "f", "m", or "" for a given name that is of neither list or of both."""
    lists = name_lists()
    woman, man = given in lists.women, given in lists.men
    return "" if woman == man else "f" if woman else "m"


def is_name_within(text: str, word: str) -> bool:
    """Whether a capitalised word stands inside a sentence somewhere, as a name does: behind a word, a comma or a title."""
    at = text.find(" " + word)
    tries = 0
    while at > 0 and tries < _MOST_PLACES:
        before = text[at - 1]
        if (
            before.isalnum()
            or before in ",)’'"
            or text[max(0, at - _TITLE) : at].rpartition(" ")[2] in _TITLES
        ):
            return True
        at = text.find(" " + word, at + 1)
        tries += 1
    return False
