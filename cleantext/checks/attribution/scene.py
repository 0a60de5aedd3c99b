"""The people of one article, as an argument about speakers needs them."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Mapping
from functools import cached_property
from typing import NamedTuple

from cleantext.checks.attribution.offices import Offices, Term, is_given, surname_key
from cleantext.checks.attribution.sites import Site
from cleantext.document import Document
from cleantext.document.names import Kind, Mention, Person
from cleantext.document.words import words

_LOWER = re.compile(r"(?<![\w’'])[a-z]{3,}(?![\w])")
_THING = re.compile(
    r"\b(?:agency|airline|bank|broadcaster|brand|chain|charity|club|company|developer|distributor|firm|giant|group"
    r"|insurer|label|magazine|maker|manufacturer|network|newspaper|paper|party|publisher|retailer|service|site|store"
    r"|studio|supplier|website) ([^\W\d_a-z][\w’'-]*)"
)
_WINDOW = 70  # characters beside a mention in which its office may stand


class Figure(NamedTuple):
    """Somebody whom an article names: introduced by full name, or by surname again and again.

    ``mentions`` and ``speaks`` are code points where the name stands, and where it
    stands beside a cue. ``terms`` are what the office table has of that person.
    """

    key: str
    surname: str
    name: str
    gender: str
    introduced: bool
    mentions: tuple[int, ...]
    speaks: tuple[int, ...]
    terms: tuple[Term, ...]


class Day(NamedTuple):
    """When an article was written: the first and the last day it may be, and how that is known."""

    first: str
    last: str
    given: bool


class Scene:
    """Views of one article, each worked out once; every one is linear in the article's length."""

    def __init__(self, document: Document, sites: tuple[Site, ...], offices: Offices) -> None:
        """Wrap a document; nothing is worked out yet."""
        self.document = document
        self.text = document.text
        self.names = document.names
        self.sites = sites
        self.offices = offices

    # -- words

    @cached_property
    def alone(self) -> Counter[str]:
        """How often each name stands alone, as one word."""
        return Counter(m.key for m in self.names.mentions if " " not in m.text)

    @cached_property
    def _parts(self) -> tuple[frozenset[str], frozenset[str]]:
        people, things = set(), set()
        for mention in self.names.mentions:
            if " " in mention.text:
                parts = mention.key.split(" ")
                if mention.kind is Kind.PERSON:
                    people.update(parts)
                else:
                    things.update(parts)
        return frozenset(people), frozenset(things)

    @property
    def in_people(self) -> frozenset[str]:
        """The words of the full names of people."""
        return self._parts[0]

    @property
    def in_things(self) -> frozenset[str]:
        """The words of other names of several words."""
        return self._parts[1]

    @cached_property
    def full_names(self) -> frozenset[str]:
        """The last words of longer names with a usual given name or an initial before them, whatever the rest is."""
        men, women = words("attribution-men"), words("attribution-women")
        found = set()
        for mention in self.names.mentions:
            parts = mention.text.split(" ")
            if len(parts) > 1:
                given = parts[-2]
                if given in men or given in women or (len(given) == 2 and given[1] == "."):
                    found.add(mention.key.rpartition(" ")[2])
        return frozenset(found)

    @cached_property
    def called_things(self) -> frozenset[str]:
        """The names that somewhere follow a word such as "firm" or "newspaper"."""
        return frozenset(_THING.findall(self.text))

    @cached_property
    def lower(self) -> frozenset[str]:
        """The words that stand in lower case somewhere."""
        return frozenset(_LOWER.findall(self.text))

    @cached_property
    def mention_starts(self) -> list[int]:
        """Where the names start."""
        return [mention.start for mention in self.names.mentions]

    # -- people

    @cached_property
    def figures(self) -> tuple[Figure, ...]:
        """Everybody who might be the right speaker somewhere."""
        spoken: dict[str, list[int]] = {}
        for site in self.sites:
            spoken.setdefault(site.mention.key.rpartition(" ")[2], []).append(site.mention.start)
        found = []
        for key, persons in self.names.by_surname.items():
            for person in persons:
                speaks = spoken.get(key, [])
                if len(persons) > 1:
                    own = {span.start for span in person.mentions}
                    speaks = [at for at in speaks if at in own]
                found.append(
                    Figure(
                        key,
                        person.surname,
                        person.name,
                        person.gender,
                        True,
                        tuple(span.start for span in person.mentions),
                        tuple(speaks),
                        self._terms(person),
                    )
                )
        by_key: dict[str, list[Mention]] = {}
        for mention in self.names.mentions:
            if (
                " " not in mention.text
                and mention.kind in (Kind.SURNAME, Kind.UNKNOWN)
                and mention.key not in self.names.by_surname
            ):
                by_key.setdefault(mention.key, []).append(mention)
        for key, mentions in by_key.items():
            titles = " ".join(mention.title for mention in mentions).lower()
            if len(mentions) < 2 and not titles:
                continue
            terms = tuple(
                term
                for term in self.offices.bearers(key)
                if len(mentions) > 1 or any(title.split(" ")[-1] in titles for title in term.titles)
            )
            speaks = spoken.get(key, [])
            if terms or speaks:
                found.append(
                    Figure(
                        key,
                        mentions[0].text,
                        mentions[0].text,
                        "",
                        False,
                        tuple(mention.start for mention in mentions),
                        tuple(speaks),
                        terms,
                    )
                )
        return tuple(found)

    def _terms(self, person: Person) -> tuple[Term, ...]:
        bearers = self.offices.bearers(person.surname)
        return tuple(term for term in bearers if is_given(term, person.given)) if bearers else ()

    @cached_property
    def holders(self) -> Mapping[str, tuple[tuple[Figure, Term], ...]]:
        """Who of the article holds, or held, which office."""
        offices: dict[str, list[tuple[Figure, Term]]] = {}
        for figure in self.figures:
            for term in figure.terms:
                offices.setdefault(term.office, []).append((figure, term))
        return {office: tuple(pairs) for office, pairs in offices.items()}

    def attested(self, figure: Figure, term: Term) -> int:
        """Where the article itself calls somebody by an office: the mention's start, -1 where it does not."""
        for at in figure.mentions[:4]:
            low, high = max(0, at - _WINDOW), at + len(figure.name) + _WINDOW
            beside = self.text[low:high].lower()
            if any(title in beside for title in term.titles):
                return at
        return -1

    @cached_property
    def day(self) -> Day | None:
        """When the article was written: as given, or the time at which all who are called by an office held it."""
        date = self.document.article.date
        if date and date[:4].isdigit():
            return Day(date[:10], date[:10], True)
        first, last = "0000", "9999"
        for figure in self.figures:
            if not figure.introduced:
                continue
            called = [term for term in figure.terms if self.attested(figure, term) >= 0]
            if not called:
                continue
            low = min(term.start for term in called)
            high = "9999" if any(not term.end for term in called) else max(term.end for term in called)
            if high < first or low > last:
                continue
            first, last = max(first, low), min(last, high)
        return Day(first, last, False) if first > "0000" else None

    # -- neighbourhood

    @cached_property
    def spoken(self) -> tuple[list[int], list[str]]:
        """Where people whom the article introduces speak, in order, and their surnames' keys."""
        pairs = [
            (site.mention.start, key)
            for site in self.sites
            if (key := site.mention.key.rpartition(" ")[2]) in self.names.by_surname
        ]
        return [at for at, _ in pairs], [key for _, key in pairs]

    def speaker_before(self, at: int) -> str:
        """The key of the last introduced speaker before a code point, or ""."""
        starts, keys = self.spoken
        number = bisect_left(starts, at) - 1
        return keys[number] if number >= 0 else ""

    def speaker_after(self, at: int) -> str:
        """The key of the next introduced speaker after a code point, or ""."""
        starts, keys = self.spoken
        number = bisect_right(starts, at)
        return keys[number] if number < len(keys) else ""

    def sentence(self, at: int) -> tuple[int, int]:
        """The sentence that holds a code point."""
        sentences = self.document.sentences
        number = bisect_right(self._sentence_starts, at) - 1
        if number < 0:
            return 0, len(self.text)
        return sentences[number].start, sentences[number].end

    @cached_property
    def _sentence_starts(self) -> list[int]:
        return [sentence.start for sentence in self.document.sentences]

    @cached_property
    def quotation_starts(self) -> list[int]:
        """Where the quotations start."""
        return [quotation.start for quotation in self.document.quotations]

    @cached_property
    def keys(self) -> frozenset[str]:
        """The surnames of introduced people, as the office table compares them."""
        return frozenset(surname_key(key) for key in self.names.by_surname)
