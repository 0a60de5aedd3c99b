"""What an article tells of those who may have spoken: its people, the offices that they hold, its day, spellings."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import NamedTuple

from cleantext.checks.attribution.mention_index import MentionIndex, ends_a_full_name
from cleantext.checks.attribution.mentions import SpeakerMention, find_sites
from cleantext.checks.attribution.offices import Offices, Term, is_given, surname_key
from cleantext.checks.attribution.personhood import person_score
from cleantext.checks.attribution.weighing import Model
from cleantext.checks.attribution.weighing import models as shipped_models
from cleantext.document import Document, Line
from cleantext.document.names import Kind, Mention, Names, Person, fold
from cleantext.document.once import once
from cleantext.document.pieces import beyond_ascii
from cleantext.document.runs import surname_of


def nearest_spelling(people: Iterable[Person], key: str) -> Person | None:
    """Return the introduced person whose surname is spelt almost like a name: a letter lost, added, changed or turned."""
    if len(key) < 4:
        return None
    folded = surname_key(key)
    best: tuple[int, Person] | None = None
    for person in people:
        edits = _apart(folded, surname_key(surname_of(fold(person.name))))
        if edits is not None and (best is None or edits < best[0]):
            best = (edits, person)
    return best[1] if best else None


def is_near_spelling(spellings: Iterable[tuple[str, str]], key: str) -> bool:
    """Whether one of the words of an article is spelt almost like a name; they are given as `spelt_from` does."""
    folded = surname_key(key)
    return len(folded) > 3 and any(
        name != key and _apart(folded, spelt) is not None for name, spelt in spellings
    )


def spelt_from(words_: Iterable[str], letter: str) -> list[tuple[str, str]]:
    """Return the words that begin with a letter, without accents, each with the key that surnames are compared by.

    The first letter never differs between two spellings of a name.
    """
    found = []
    for word in words_:
        first = word[0]
        if first.lower() == letter or not first.isascii():
            spelt = surname_key(word)
            if len(spelt) > 3 and spelt[0] == letter:
                found.append((fold(word), spelt))
    return found


def _apart(one: str, other: str) -> int | None:
    """Return the letters that one spelling is from another, both folded; None where they are two names."""
    # "The Ebelings said": a family, or several of a kind.
    if len(other) < 4 or one == other + "s":
        return None
    edits = _edits(one, other)
    return edits if edits <= (1 if len(one) < 6 else 2) else None


def _edits(one: str, other: str) -> int:
    """Count the letters to lose, add, change or turn round; 3 where the two share too little to be looked at."""
    if abs(len(one) - len(other)) > 2 or one[0] != other[0] or len(one) > 40:
        return 3
    # What both begin and end with takes no edit.
    first = 1
    while first < len(one) and first < len(other) and one[first] == other[first]:
        first += 1
    last = 0
    while last < min(len(one), len(other)) - first and one[-1 - last] == other[-1 - last]:
        last += 1
    one, other = one[first : len(one) - last], other[first : len(other) - last]
    # Each letter that the other does not have is lost, added or changed.
    if len(one) > 2 and len(set(one) - set(other)) > 2:
        return 3
    before: list[int] = []
    above = list(range(len(other) + 1))
    for i, letter in enumerate(one, 1):
        row = [i]
        for j, facing in enumerate(other, 1):
            cost = min(above[j] + 1, row[j - 1] + 1, above[j - 1] + (letter != facing))
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == facing:
                cost = min(cost, before[j - 2] + 1)
            row.append(cost)
        before, above = above, row
    return above[-1]


class PersonCandidate(NamedTuple):
    """Somebody whom an article names: introduced by full name, or by surname repeatedly.

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


def find_figures(
    names: Names, sites: tuple[SpeakerMention, ...], offices: Offices
) -> tuple[PersonCandidate, ...]:
    """Find everybody: whom the article introduces, and who is named by surname repeatedly."""
    spoken: dict[str, list[int]] = {}
    for site in sites:
        spoken.setdefault(site.mention.key.rpartition(" ")[2], []).append(site.mention.start)
    found = []
    for key, persons in names.by_surname.items():
        for person in persons:
            speaks = spoken.get(key, [])
            if len(persons) > 1:
                own = {span.start for span in person.mentions}
                speaks = [at for at in speaks if at in own]
            found.append(
                PersonCandidate(
                    key,
                    person.surname,
                    person.name,
                    person.gender,
                    True,
                    tuple(span.start for span in person.mentions),
                    tuple(speaks),
                    offices.borne(person.surname, person.given),
                )
            )
    found += _by_surname_only(names, spoken, offices)
    return tuple(found)


def _by_surname_only(
    names: Names, spoken: Mapping[str, list[int]], offices: Offices
) -> Iterator[PersonCandidate]:
    """People named by surname repeatedly, or in full where the name scan read a longer name."""
    full_names = {mention.key.rpartition(" ")[2] for mention in names.mentions if ends_a_full_name(mention)}
    by_key: dict[str, list[Mention]] = {}
    full: dict[str, str] = {}
    for mention in names.mentions:
        key = mention.key.rpartition(" ")[2]
        if key in names.by_surname:
            continue
        if " " not in mention.text:
            if mention.kind in (Kind.SURNAME, Kind.UNKNOWN):
                by_key.setdefault(key, []).append(mention)
        elif key in full_names and mention.kind is not Kind.PERSON:
            full.setdefault(key, " ".join(mention.text.split(" ")[-2:]))
            by_key.setdefault(key, []).append(mention)
    for key, mentions in by_key.items():
        titles = " ".join(mention.title for mention in mentions).lower()
        name = full.get(key, "")
        if len(mentions) < 2 and not titles and not name:
            continue
        terms = tuple(
            term
            for term in offices.bearers(key)
            if (is_given(term, name.partition(" ")[0]) if name else len(mentions) > 1)
            or any(title.rpartition(" ")[2] in titles for title in term.titles)
        )
        speaks = spoken.get(key, [])
        if terms or speaks:
            surname = mentions[0].text.rpartition(" ")[2]
            yield PersonCandidate(
                key,
                surname,
                name or surname,
                "",
                bool(name),
                tuple(mention.end - len(surname) for mention in mentions),
                tuple(speaks),
                terms,
            )


_BEHIND = re.compile(r"[ \u00a0.]((?:[Aa]l-|[Ee]l-)?[^\W\d_a-z][\w’'-]*)")
_CAPITALISED = re.compile(r"(?:[Aa]l-|[Ee]l-)?[^\W\d_a-z](?:[\w-]|['’](?!s\b)(?=\w))*")
_LINE = 1200  # characters of a paragraph that are compared
_LEADING = 60  # people among whom a speaker is looked for
_WINDOW = 70  # characters beside a mention in which its office may stand


@cache
def behind_by(letter: str, *, plain: bool = False) -> re.Pattern[str] | None:
    """Return an expression for those of the words behind another that may begin with a letter, accents aside.

    It begins with a class of few letters, which `re` looks for fast, and faster with one letter: in a ``plain`` text no
    letter is beyond ASCII. None where only `_BEHIND` finds them: the prefixes "al-" and "el-" may be small.
    """
    if not ("b" <= letter <= "z" and letter != "e"):
        return None
    others = "" if plain else r"\x80-\U0010ffff"
    return re.compile(rf"[{letter.upper()}{others}](?<=[ \u00a0.].)(?<![\W\d_])[\w’'-]*")


class Day(NamedTuple):
    """When an article was written: the first and the last day it may be, and how that is known."""

    first: str
    last: str
    given: bool


class AttributionContext:
    """Views of one article, each worked out once; every one is linear in the article's length. For one thread."""

    def __init__(
        self,
        document: Document,
        offices: Offices,
        uses: MentionIndex | None = None,
        models: Mapping[str, Model] | None = None,
    ) -> None:
        """Wrap a document; nothing is worked out yet, but for ``uses`` of those who speak, where the caller has them."""
        self.document = document
        self.text = document.text
        self.uses = MentionIndex(document, document.names) if uses is None else uses
        self.offices = offices
        self.models = shipped_models() if models is None else models
        self._line_words: dict[int, frozenset[str]] = {}
        self._small_lines: dict[int, str] = {}
        self._last_names: dict[str, Sequence[tuple[str, str]]] = {}

    # -- people

    @property
    def names(self) -> Names:
        """The names of the article, and the people whom it introduces."""
        return self.document.names

    @once
    def sites(self) -> tuple[SpeakerMention, ...]:
        """Everybody who speaks by name, in order."""
        return find_sites(self.document)

    @once
    def sites_beside(self) -> frozenset[tuple[int, int]]:
        """Where names speak with their cue beside them: the starts of name and cue."""
        return frozenset((site.mention.start, site.cue.start) for site in self.sites if site.side != "apart")

    @once
    def people(self) -> tuple[Person, ...]:
        """Those introduced by full name, at most the sixty who are named most, in order of their first place."""
        people = self.names.people
        if len(people) <= _LEADING:
            return people
        most = sorted(people, key=lambda person: -len(person.mentions))[:_LEADING]
        return tuple(sorted(most, key=lambda person: person.introduced))

    @once
    def _behind(self) -> frozenset[str]:
        """The capitalised words behind another word: who is introduced by full name has the last one among them."""
        return frozenset(_BEHIND.findall(self.text))

    @once
    def is_plain(self) -> bool:
        """Whether the text holds no letter beyond ASCII."""
        return not any(map(str.isalnum, beyond_ascii(self.text)))

    def last_names(self, letter: str) -> Sequence[tuple[str, str]]:
        """What may be the last word of a full name, by its first letter in the key that surnames are compared by."""
        known = self._last_names.get(letter)
        if known is None:
            pattern = behind_by(letter, plain=self.is_plain)
            found = self._behind if pattern is None else frozenset(pattern.findall(self.text))
            known = self._last_names[letter] = spelt_from(found, letter)
        return known

    @once
    def office_words(self) -> Mapping[str, frozenset[str]]:
        """The surnames, or what may be one, by each office that somebody of the name holds or held."""
        found: dict[str, set[str]] = {}
        for word in set(_CAPITALISED.findall(self.text)):
            for part in {word, *word.split("-")}:
                if part:
                    for office in self.offices.held_by(part):
                        found.setdefault(office, set()).add(surname_key(part))
        return {office: frozenset(words) for office, words in found.items()}

    @once
    def figures(self) -> tuple[PersonCandidate, ...]:
        """Everybody who might be the right speaker somewhere."""
        return find_figures(self.names, self.sites, self.offices)

    @once
    def leading(self) -> tuple[PersonCandidate, ...]:
        """The figures who are named most, at most sixty, in order of their names' first place."""
        if len(self.figures) <= _LEADING:
            return self.figures
        most = sorted(self.figures, key=lambda figure: -len(figure.mentions))[:_LEADING]
        return tuple(sorted(most, key=lambda figure: figure.mentions[0]))

    @once
    def figure_of(self) -> Mapping[str, PersonCandidate]:
        """One figure by surname's key; the first introduced where several bear it."""
        found: dict[str, PersonCandidate] = {}
        for figure in self.figures:
            found.setdefault(figure.key, figure)
        return found

    @once
    def person_scores(self) -> Mapping[str, float]:
        """How likely each of the leading figures is a person, by name."""
        by_key: dict[str, list[Mention]] = {}
        for mention in self.names.mentions:
            by_key.setdefault(mention.key.rpartition(" ")[2], []).append(mention)
        return {
            figure.name: person_score(self.uses, by_key.get(figure.key, ()), figure.name)
            for figure in self.leading
        }

    @once
    def introduced_starts(self) -> list[int]:
        """Where introduced people are named, in order."""
        return sorted(start for figure in self.figures if figure.introduced for start in figure.mentions)

    @once
    def strangers(self) -> frozenset[str]:
        """The one-word speakers whom nobody introduces, by key."""
        return frozenset(
            site.mention.key
            for site in self.sites
            if site.one_word and not site.thing and site.mention.key not in self.names.by_surname
        )

    @once
    def holders(self) -> Mapping[str, tuple[tuple[PersonCandidate, Term], ...]]:
        """Who of the article holds, or held, which office."""
        offices: dict[str, list[tuple[PersonCandidate, Term]]] = {}
        for figure in self.figures:
            for term in figure.terms:
                offices.setdefault(term.office, []).append((figure, term))
        return {office: tuple(pairs) for office, pairs in offices.items()}

    @once
    def countries(self) -> frozenset[str]:
        """The countries and bodies in which people of the article hold, or held, an office."""
        return frozenset(term.country for figure in self.figures for term in figure.terms)

    def attested(self, figure: PersonCandidate, term: Term) -> int:
        """Where the article itself calls somebody by an office: the mention's start, -1 where it does not."""
        for at, around in self._first_mentions(figure):
            if any(title in around for title in term.titles):
                return at
        return -1

    def _first_mentions(self, figure: PersonCandidate) -> Iterator[tuple[int, str]]:
        """Yield where somebody is first mentioned, four places at most, each with the text around it in lower case."""
        for at in figure.mentions[:4]:
            low, high = max(0, at - _WINDOW), at + len(figure.name) + _WINDOW
            yield at, self.text[low:high].lower()

    @once
    def day(self) -> Day | None:
        """When the article was written: as given, or the time at which all who are called by an office held it."""
        date = self.document.article.date
        if date and date[:4].isdigit():
            return Day(date[:10], date[:10], True)
        first, last = "0000", "9999"
        for called in self._called():
            low = min(term.start for term in called)
            high = "9999" if any(not term.end for term in called) else max(term.end for term in called)
            if high < first or low > last:
                continue
            first, last = max(first, low), min(last, high)
        return Day(first, last, False) if first > "0000" else None

    def _called(self) -> Iterator[Sequence[Term]]:
        """Yield the terms by whose offices introduced people are called, those first whose title is no other office's here.

        Of "Liverpool boss Rafael Benitez" the title "boss" is that of each club he led, and of others whom the article
        names beside him.
        """
        called = []
        for figure in self.figures:
            if figure.introduced and figure.terms:
                around = "\n".join(beside for _, beside in self._first_mentions(figure))
                titled = [
                    (term, [title for title in term.titles if title in around]) for term in figure.terms
                ]
                called.append([(term, titles) for term, titles in titled if titles])
        bearers: dict[str, set[str]] = {}
        for pairs in called:
            for term, titles in pairs:
                for title in titles:
                    bearers.setdefault(title, set()).add(term.office)
        rest = []
        for pairs in called:
            own = [term for term, titles in pairs if any(len(bearers[title]) == 1 for title in titles)]
            if own:
                yield own
            elif pairs:
                rest.append([term for term, _ in pairs])
        yield from rest

    # -- neighbourhood

    @once
    def small(self) -> str:
        """The text in lower case, to count words in."""
        return self.text.lower()

    def small_line(self, line: Line) -> str:
        """Return the beginning of a line in lower case, worked out once a line."""
        known = self._small_lines.get(line.start)
        if known is None:
            known = self.text[line.start : min(line.end, line.start + _LINE)].lower()
            self._small_lines[line.start] = known
        return known

    def line_words(self, line: Line, words_of: Callable[[str], frozenset[str]]) -> frozenset[str]:
        """Return the words of the beginning of a line, worked out once a line."""
        known = self._line_words.get(line.start)
        if known is None:
            known = words_of(self.text[line.start : min(line.end, line.start + _LINE)])
            self._line_words[line.start] = known
        return known

    @once
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

    @once
    def quotation_starts(self) -> list[int]:
        """Where the quotations start."""
        return [quotation.start for quotation in self.document.quotations]

    @once
    def mention_starts(self) -> list[int]:
        """Where the names start."""
        return [mention.start for mention in self.names.mentions]
