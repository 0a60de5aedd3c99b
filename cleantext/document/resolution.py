"""From what stands beside a cue to the fullest name that the article gives."""

from __future__ import annotations

import re
from bisect import bisect_left

from cleantext.document.names import Kind, Mention, Names, Person, fold
from cleantext.document.spans import Span
from cleantext.document.words import word_group, words

_WINDOW = 60  # mentions looked back over for a pronoun
_SUBJECT_WITHIN = 60  # code points from a sentence's start to its subject
_LONG_SENTENCE = 400  # code points
_OPENS_SENTENCE = frozenset(["", "\n", "\n\n", ".\n", ". ", "? ", "! ", '" ', "” "])
_SENTENCE_MARKS = (". ", "? ", "! ", "\n", '." ', '," ', ".” ", ",” ")

_BEARERS = 50  # people told apart by one surname or one role; more only make hostile text slow
_PERSON, _SURNAME = Kind.PERSON, Kind.SURNAME
_NO_PERSONS = frozenset([Kind.ORGANISATION, Kind.PLACE, Kind.UNKNOWN, Kind.PEOPLE])


class Resolver:
    """The people of one article, and who spoke last."""

    def __init__(self, text: str, names: Names) -> None:
        """Take an article's names; roles are tied to those who bear them when first asked for."""
        self.text = text
        self.names = names
        self.starts = [mention.start for mention in names.mentions]
        self._last: str | None = None
        self._known: dict[str, str | None] = {}  # what a role or a surname with one bearer stands for
        self._by_role: dict[str, dict[str, Person]] | None = None
        self._by_name: dict[tuple[str, str], Person] | None = None
        self._read = False
        self._persons: list[Person] = []  # in the order in which the article names them, repeatedly
        self._person_starts: list[int] = []  # where each of them is named

    def name(self, span: Span, kind: str) -> str | None:
        """Return the fullest name of the speaker that stands at a span, if the article tells it."""
        phrase = self.text[span.start : span.end]
        if kind == "he":
            found = self._pronoun(span.start, "f" if phrase.lower().startswith("she") else "m")
        elif kind in _NAMELESS:
            return None
        elif kind == "other":
            return self._called(span) or phrase
        elif phrase in self._known:
            found = self._known[phrase]
        else:
            found = self._full(span, phrase, kind)
        if found:
            self._last = found
        return found

    def _full(self, span: Span, phrase: str, kind: str) -> str | None:
        mention = self._mention(span)
        found: str | None = phrase
        ambiguous = False
        person = None
        if mention is not None:
            person = self._person(mention)
            ambiguous = len(self.names.by_surname.get(mention.key.rpartition(" ")[2], ())) > 1
        if kind == "name" and mention is not None:
            if person is not None:
                found = person.name
            elif mention.kind in _NO_PERSONS and mention.end < span.end and _LONG_NAME.fullmatch(phrase):
                found = phrase.removeprefix("The ").removeprefix(
                    "the "
                )  # "British Academy of Film and Music"
            else:
                found = _with_peerage(mention)
        elif person is not None and mention is not None and mention.end == span.end and mention.title:
            found = person.name
        elif kind == "role":
            bearer = self._role(phrase)
            if (
                bearer is not None
                and len([word for word in phrase.lower().split() if word not in _SMALL]) < 2
            ):
                # "The president" alone is whoever was named last, or nobody that can be told.
                ambiguous = True
                nearest = self._nearest(span.start)
                # Nobody named before, and one who bears the role: he is introduced a line later.
                if nearest is not bearer and nearest is not None:
                    bearer = None
            found = bearer.name if bearer is not None else self._called(span) or phrase
        if not ambiguous:
            self._known[phrase] = found
        return found

    def _called(self, span: Span) -> str | None:
        """Return the name that a nameless speaker goes by: a man who goes by the name “Lefty”."""
        match = _CALLED.search(self.text, span.start, span.end + 100)
        return match.group("name") if match is not None else None

    def _mention(self, span: Span) -> Mention | None:
        """The first person named in a span, or its last name of another kind."""
        best = None
        mentions = self.names.mentions
        for at in range(bisect_left(self.starts, span.start), len(mentions)):
            mention = mentions[at]
            if mention.start >= span.end:
                break
            if mention.kind in (Kind.PERSON, Kind.SURNAME) or best is None:
                best = mention
                if mention.kind is _PERSON:
                    break
        return best

    def _person(self, mention: Mention) -> Person | None:
        """The person a mention refers to; of several with one surname the one who fits, was named, is named most."""
        if mention.kind is not _PERSON and mention.kind is not _SURNAME:
            return None
        persons = self.names.by_surname.get(mention.key.rpartition(" ")[2], ())
        if len(persons) > 1 and mention.kind is _PERSON:
            return self._by_full_name().get((mention.key.rpartition(" ")[2], mention.key.partition(" ")[0]))
        if len(persons) > 1:
            persons = persons[:_BEARERS]
            gender = _title_gender(mention.title)
            fitting = [person for person in persons if not gender or person.gender in (gender, "")]
            before = [person for person in fitting if person.introduced <= mention.start]
            return max(before or fitting or persons, key=lambda person: len(person.mentions))
        return persons[0] if persons else None

    def _pronoun(self, start: int, gender: str) -> str | None:
        """Return whom a pronoun means.

        That is who opens its sentence, else the last speaker if named shortly before, else the last person named; a
        person whose gender nothing tells counts where the article names him or her again or has had him or her speak.
        """
        if not self._read:
            self._read_persons()
        nearest: Person | None = None
        opens = _sentence_start(self.text, start)
        last = bisect_left(self._person_starts, start) - 1
        first = bisect_left(self._person_starts, opens)
        for at in range(first, last + 1):
            if self._person_starts[at] - opens > _SUBJECT_WITHIN:
                break
            if self._fits(at, gender):
                return self._persons[at].name
        for at in range(last, max(-1, last - _WINDOW), -1):
            person = self._persons[at]
            if self._fits(at, gender):
                if self._last == person.name:
                    return person.name
                nearest = nearest or person
                if start - self._person_starts[at] > 600:
                    break
        return nearest.name if nearest is not None else None

    def _fits(self, at: int, gender: str) -> bool:
        person = self._persons[at]
        if person.gender:
            return person.gender == gender
        if person.name == self._last or len(person.mentions) > 1:
            return True
        return self.text[max(0, self._person_starts[at] - 2) : self._person_starts[at]] in _OPENS_SENTENCE

    def _by_full_name(self) -> dict[tuple[str, str], Person]:
        """Return people by surname and given name, both without accents."""
        if self._by_name is None:
            self._by_name = {
                (fold(person.name).rpartition(" ")[2], fold(person.given)): person
                for person in self.names.people
            }
        return self._by_name

    def _read_persons(self) -> None:
        """Record once who is named where."""
        self._read = True
        for mention in self.names.mentions:
            kind = mention.kind
            if kind is _PERSON or kind is _SURNAME:
                person = self._person(mention)
                if person is not None:
                    self._persons.append(person)
                    self._person_starts.append(mention.start)

    def _nearest(self, start: int) -> Person | None:
        """The person named last before a point."""
        if not self._read:
            self._read_persons()
        at = bisect_left(self._person_starts, start)
        return self._persons[at - 1] if at else None

    def _role(self, phrase: str) -> Person | None:
        """The one person who bears the role as a title or beside the name: "the French president"."""
        if self._by_role is None:
            self._by_role = self._roles()
        fitting: dict[str, Person] | None = None
        role = False
        for word in phrase.lower().split()[:8]:
            if word in _SMALL:
                continue
            stem = _stem(word)
            role = role or stem in words("attribution-roles")
            bearers = self._by_role.get(stem, {})
            if fitting is None:
                fitting = bearers
            else:
                fitting = {name: person for name, person in fitting.items() if name in bearers}
            if not fitting:
                return None
        return next(iter(fitting.values())) if role and fitting and len(fitting) == 1 else None

    def _roles(self) -> dict[str, dict[str, Person]]:
        """Tie the words of titles and appositions to the people they describe, by each one's first full mentions."""
        found: dict[str, dict[str, Person]] = {}
        seen: set[tuple[str, str]] = set()
        for mention in self.names.mentions:
            full = mention.kind is _PERSON
            if not (full or mention.title) or (mention.key, mention.title) in seen:
                continue
            seen.add((mention.key, mention.title))
            person = self._person(mention)
            if person is None:
                continue
            described = mention.title.lower().split()
            if full:
                before = self.text[max(0, mention.start - 60) : mention.start].removesuffix(", ")
                described += _BREAK.split(before)[-1].lower().split()[-5:]
                after = self.text[mention.end : mention.end + 60]
                if after.startswith(", "):
                    apposition = after[2:].partition(",")[0].lower().split()[:6]
                    if apposition and (
                        apposition[0] in _ARTICLES or apposition[0] in words("attribution-roles")
                    ):
                        described += apposition
            for word in described:
                if word not in _SMALL:
                    bearers = found.setdefault(_stem(word), {})
                    if len(bearers) < _BEARERS:
                        bearers[person.name] = person
        return found


def _sentence_start(text: str, offset: int) -> int:
    """Return where the sentence of a code point begins, looking back no further than a long sentence goes."""
    low = max(0, offset - _LONG_SENTENCE)
    return max(low, *(text.rfind(mark, low, offset) + len(mark) for mark in _SENTENCE_MARKS))


# A name that goes on behind its first capitals: "British Academy of Film and Music", "Oil giant Berg".
_LONG_NAME = re.compile(r"(?:[Tt]he )?(?:[^\s,]+ )+[A-Z][\w.&-]*(?<!Lord)(?<!Sir)")
_CALLED = re.compile(
    r" (?:(?:goes|went|going) by (?:the )?(?:name |nickname )?(?:of )?"
    r"|nicknamed |known as |identified (?:only |himself |herself )?as )[\"“‘']?(?P<name>[A-ZÀ-Þ][\w’'-]*)"
)
_PEERAGE = frozenset(
    ["Lord", "Lady", "Sir", "Dame", "Baron", "Baroness", "King", "Queen", "Prince", "Princess", "Pope"]
)
_NAMELESS = frozenset(["i", "you", "it", "they", "who", "possessive"])
_BREAK = re.compile(r"[.,;:\n\"“”(]")
_ARTICLES = frozenset(["the", "a", "an", "former", "his", "her", "their", "its", "who"])


def _with_peerage(mention: Mention) -> str:
    """Return a surname with the title that is part of a name: "Lord Ashby", but "Ashby" of "Mr Ashby"."""
    last = mention.title.rpartition(" ")[2]
    return f"{last} {mention.text}" if last in _PEERAGE else mention.text


def _title_gender(title: str) -> str:
    return "f" if title.startswith(("Mrs", "Ms")) else "m" if title.startswith("Mr") else ""


_SMALL = word_group("undescriptive")
_COUNTRY_OF = {
    "france": "french",
    "russia": "russian",
    "germany": "german",
    "britain": "british",
    "italy": "italian",
    "spain": "spanish",
    "turkey": "turkish",
    "china": "chinese",
    "syria": "syrian",
    "us": "us",
    "u.s": "us",
    "american": "us",
    "iran": "iranian",
    "israel": "israeli",
    "ukraine": "ukrainian",
    "poland": "polish",
}


def _stem(word: str) -> str:
    word = word.strip(".,;:'\"")
    word = word.removesuffix("'s").removesuffix("’s")
    return _COUNTRY_OF.get(word, word)
