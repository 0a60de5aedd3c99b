"""The people of one article, as an argument about speakers needs them."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from functools import cached_property
from typing import NamedTuple

from cleantext.checks.attribution.offices import Offices, Term, is_given, surname_key
from cleantext.checks.attribution.sites import Site
from cleantext.document import Document, Line
from cleantext.document.names import Kind, Mention, Person, fold
from cleantext.document.words import words

_LOWER = re.compile(r"(?<![^\W\d_])[^\W\d_]+")
_THINGS = frozenset(
    [
        "agency",
        "airline",
        "bank",
        "broadcaster",
        "brand",
        "chain",
        "charity",
        "club",
        "company",
        "developer",
        "distributor",
        "firm",
        "giant",
        "group",
        "insurer",
        "label",
        "magazine",
        "maker",
        "manufacturer",
        "network",
        "newspaper",
        "paper",
        "party",
        "platform",
        "publisher",
        "retailer",
        "service",
        "site",
        "store",
        "studio",
        "supplier",
        "website",
    ]
)
_CAPITAL_LAST = re.compile(r"[A-Z][\w-]+\Z")
_SENTENCE = 400  # characters that a sentence reaches on each side, as far as it is looked at
# The mark comes first, what must not stand before it second: so `re` can skip to the next mark.
_BOUNDARY = re.compile(
    r"[.!?](?<!\bMr.)(?<!\bMrs.)(?<!\bMs.)(?<!\bDr.)(?<!\bSen.)(?<!\bGov.)(?<!\bRep.)(?<![A-Z].)"
    r"[\"”’')]*\s+(?=[\"“‘'(]?[A-Z])"
)
_LINE = 1200  # characters of a paragraph that are compared
_LEADING = 60  # people among whom a speaker is looked for
_FEW = 16  # words looked for one by one; for more, all words of the text are gathered
_WINDOW = 70  # characters beside a mention in which its office may stand


_WOMEN = frozenset(["Mrs", "Ms", "Miss", "Lady", "Dame", "Baroness"])
_MEN = frozenset(["Mr", "Sir", "Lord"])


def gender_of(title: str) -> str:
    """Give "f" or "m" where a title tells it, else ""."""
    last = title.rpartition(" ")[2].rstrip(".")
    return "f" if last in _WOMEN else "m" if last in _MEN else ""


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
    """Views of one article, each worked out once; every one is linear in the article's length. For one thread."""

    def __init__(self, document: Document, sites: tuple[Site, ...], offices: Offices) -> None:
        """Wrap a document; nothing is worked out yet."""
        self.document = document
        self.text = document.text
        self.names = document.names
        self.sites = sites
        self.offices = offices
        self._asked = 0
        self._before: dict[str, frozenset[str]] = {}
        self._called: dict[str, bool] = {}
        self._counts: dict[str, int] = {}
        self._line_words: dict[int, frozenset[str]] = {}

    # -- words

    @cached_property
    def alone(self) -> Counter[str]:
        """How often each name stands alone, as one word."""
        return Counter(m.key for m in self.names.mentions if " " not in m.text)

    @cached_property
    def kinds(self) -> Mapping[str, set[Kind]]:
        """What the names that stand alone are taken for, wherever they stand."""
        found: dict[str, set[Kind]] = {}
        for mention in self.names.mentions:
            if " " not in mention.text:
                found.setdefault(mention.key, set()).add(mention.kind)
        return found

    @cached_property
    def titled(self) -> Counter[str]:
        """How often each surname has a title before it."""
        return Counter(m.key.rpartition(" ")[2] for m in self.names.mentions if m.title)

    @cached_property
    def genders(self) -> Mapping[str, set[str]]:
        """The genders that the titles before each surname tell."""
        found: dict[str, set[str]] = {}
        for mention in self.names.mentions:
            if mention.title:
                gender = gender_of(mention.title)
                if gender:
                    found.setdefault(mention.key.rpartition(" ")[2], set()).add(gender)
        return found

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
    def by_key(self) -> Mapping[str, list[Mention]]:
        """The mentions by their last word."""
        found: dict[str, list[Mention]] = {}
        for mention in self.names.mentions:
            found.setdefault(mention.key.rpartition(" ")[2], []).append(mention)
        return found

    def near(self, site: Site) -> list[Mention]:
        """Give the further mentions of a speaker's surname few hundred characters around the place."""
        name = site.mention.text
        low = max(0, site.mention.start - _SENTENCE)
        if name not in self.text[low : site.start] and name not in self.text[site.end : site.end + _SENTENCE]:
            return []
        first = bisect_left(self.mention_starts, low)
        last = bisect_right(self.mention_starts, site.end + _SENTENCE)
        key = site.mention.key
        return [
            mention
            for mention in self.names.mentions[first : min(last, first + 100)]
            if mention.key.rpartition(" ")[2] == key and mention.start != site.mention.start
        ]

    def is_called_thing(self, key: str) -> bool:
        """Whether a name somewhere follows a word such as "firm" or "newspaper"."""
        known = self._called.get(key)
        if known is None:
            known = self._called[key] = self._follows_a_thing(key)
        return known

    def _follows_a_thing(self, key: str) -> bool:
        for mention in self.by_key.get(key, ()):
            before = self.text[max(0, mention.start - 16) : mention.start].rstrip(" ")
            if before.rpartition(" ")[2] in _THINGS:
                return True
        return False

    def count(self, name: str) -> int:
        """How often a name stands alone; one that the name scan passes over ("Mr Major") is looked for as a word."""
        alone = self.alone[fold(name)]
        if alone:
            return alone
        if name not in self._counts:
            self._counts[name] = self.text.count(" " + name)
        return self._counts[name]

    def words_before(self, name: str) -> frozenset[str]:
        """Give the capitalised words that stand right before a name, wherever it stands."""
        known = self._before.get(name)
        if known is None:
            found = set()
            at = self.text.find(" " + name)
            while at >= 0:
                match = _CAPITAL_LAST.search(self.text[max(0, at - 20) : at])
                if match is not None:
                    found.add(match.group())
                at = self.text.find(" " + name, at + 1)
            known = self._before[name] = frozenset(found)
        return known

    def is_lower(self, word: str) -> bool:
        """Whether a word, given in lower case, stands in lower case somewhere."""
        self._asked += 1
        if self._asked > _FEW:
            return word in self._lower
        at = self.text.find(word)
        while at >= 0:
            end = at + len(word)
            if not self.text[at - 1 : at].isalpha() and not self.text[end : end + 1].isalpha():
                return True
            at = self.text.find(word, at + 1)
        return False

    @cached_property
    def _lower(self) -> frozenset[str]:
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
        found += self._by_surname_only(spoken)
        return tuple(found)

    def _by_surname_only(self, spoken: Mapping[str, list[int]]) -> Iterator[Figure]:
        """People named by surname again and again, or in full where the name scan read a longer name."""
        by_key: dict[str, list[Mention]] = {}
        full: dict[str, str] = {}
        for mention in self.names.mentions:
            key = mention.key.rpartition(" ")[2]
            if key in self.names.by_surname:
                continue
            if " " not in mention.text:
                if mention.kind in (Kind.SURNAME, Kind.UNKNOWN):
                    by_key.setdefault(key, []).append(mention)
            elif key in self.full_names and mention.kind is not Kind.PERSON:
                full.setdefault(key, " ".join(mention.text.split(" ")[-2:]))
                by_key.setdefault(key, []).append(mention)
        for key, mentions in by_key.items():
            titles = " ".join(mention.title for mention in mentions).lower()
            name = full.get(key, "")
            if len(mentions) < 2 and not titles and not name:
                continue
            terms = tuple(
                term
                for term in self.offices.bearers(key)
                if (is_given(term, name.partition(" ")[0]) if name else len(mentions) > 1)
                or any(title.rpartition(" ")[2] in titles for title in term.titles)
            )
            speaks = spoken.get(key, [])
            if terms or speaks:
                surname = mentions[0].text.rpartition(" ")[2]
                yield Figure(
                    key,
                    surname,
                    name or surname,
                    "",
                    bool(name),
                    tuple(mention.end - len(surname) for mention in mentions),
                    tuple(speaks),
                    terms,
                )

    def _terms(self, person: Person) -> tuple[Term, ...]:
        bearers = self.offices.bearers(person.surname)
        return tuple(term for term in bearers if is_given(term, person.given)) if bearers else ()

    @cached_property
    def leading(self) -> tuple[Figure, ...]:
        """The figures who are named most, at most sixty, in order of their names' first place."""
        if len(self.figures) <= _LEADING:
            return self.figures
        most = sorted(self.figures, key=lambda figure: -len(figure.mentions))[:_LEADING]
        return tuple(sorted(most, key=lambda figure: figure.mentions[0]))

    @cached_property
    def figure_of(self) -> Mapping[str, Figure]:
        """One figure by surname's key; the first introduced where several bear it."""
        found: dict[str, Figure] = {}
        for figure in self.figures:
            found.setdefault(figure.key, figure)
        return found

    @cached_property
    def introduced_starts(self) -> list[int]:
        """Where introduced people are named, in order."""
        return sorted(start for figure in self.figures if figure.introduced for start in figure.mentions)

    @cached_property
    def strangers(self) -> frozenset[str]:
        """The one-word speakers whom nobody introduces, by key."""
        return frozenset(
            site.mention.key
            for site in self.sites
            if site.one_word and not site.thing and site.mention.key not in self.names.by_surname
        )

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

    def line_words(self, line: Line, words_of: Callable[[str], frozenset[str]]) -> frozenset[str]:
        """Give the words of the beginning of a line, worked out once a line."""
        known = self._line_words.get(line.start)
        if known is None:
            known = words_of(self.text[line.start : min(line.end, line.start + _LINE)])
            self._line_words[line.start] = known
        return known

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
        """The sentence around a code point, at most so many characters to each side; reads no other sentence."""
        line = self.document.line_at(at)
        low, high = max(line.start, at - _SENTENCE), min(line.end, at + _SENTENCE)
        start = low
        for boundary in _BOUNDARY.finditer(self.text, low, at):
            start = boundary.end()
        following = _BOUNDARY.search(self.text, at, high)
        return start, following.end() if following is not None else high

    @cached_property
    def quotation_starts(self) -> list[int]:
        """Where the quotations start."""
        return [quotation.start for quotation in self.document.quotations]

    @cached_property
    def keys(self) -> frozenset[str]:
        """The surnames of introduced people, as the office table compares them."""
        return frozenset(surname_key(key) for key in self.names.by_surname)
