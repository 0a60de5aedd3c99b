"""From what stands beside a cue to the fullest name that the article gives."""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING

import msgspec

from cleantext.document.names import Kind, Mention, Names, Person, fold
from cleantext.document.words import words

if TYPE_CHECKING:
    from cleantext.document.speakers import Quotation

_WINDOW = 60  # mentions looked back over for a pronoun


class Resolver:
    """The people of one article, and who spoke last."""

    def __init__(self, text: str, names: Names) -> None:
        """Take an article's names; titles are tied to those who bear them when first needed."""
        self.text = text
        self.names = names
        self.starts = [mention.start for mention in names.mentions]
        self._last: str | None = None
        self._by_role: dict[str, list[Person]] | None = None

    def name(self, quotation: Quotation, kind: str) -> Quotation:
        """Give the quotation with ``speaker_name`` filled in where the article tells it."""
        span = quotation.speaker
        if span is None:
            return quotation
        phrase = self.text[span.start : span.end]
        found = self._full(span.start, span.end, phrase, kind)
        if found:
            self._last = found
        return msgspec.structs.replace(quotation, speaker_name=found)

    def _full(self, start: int, end: int, phrase: str, kind: str) -> str | None:
        if kind == "he":
            return self._pronoun(start, "f" if phrase.lower().startswith("she") else "m")
        if kind in ("i", "you", "it", "they", "who", "possessive", "other"):
            return None if kind != "other" else phrase
        mention = self._mention(start, end)
        if mention is not None:
            person = self._person(mention)
            if kind == "name":
                return person.name if person is not None else mention.text
            if person is not None and mention.end == end and mention.title:
                return person.name
        if kind == "role":
            return self._role(phrase) or phrase
        return phrase

    def _mention(self, start: int, end: int) -> Mention | None:
        """The last name inside a span; a person if there is one."""
        best = None
        at = bisect_left(self.starts, start)
        while at < len(self.starts) and self.starts[at] < end:
            mention = self.names.mentions[at]
            if mention.kind in (Kind.PERSON, Kind.SURNAME) or best is None:
                best = mention
                if mention.kind is Kind.PERSON:
                    break
            at += 1
        return best

    def _person(self, mention: Mention) -> Person | None:
        if mention.kind not in (Kind.PERSON, Kind.SURNAME):
            return None
        persons = self.names.by_surname.get(mention.key.rpartition(" ")[2], ())
        if mention.kind is Kind.PERSON:
            given = fold(mention.text.split(" ", 1)[0])
            for person in persons:
                if fold(person.given) == given:
                    return person
            return None
        if len(persons) > 1:
            gender = (
                "f"
                if mention.title.startswith(("Mrs", "Ms"))
                else "m"
                if mention.title.startswith("Mr")
                else ""
            )
            fitting = [person for person in persons if not gender or person.gender in (gender, "")]
            before = [person for person in fitting if person.introduced <= mention.start]
            return max(before or fitting or persons, key=lambda person: len(person.mentions))
        return persons[0] if persons else None

    def _pronoun(self, start: int, gender: str) -> str | None:
        """The last speaker or the last person named before, whose gender fits."""
        at = bisect_left(self.starts, start) - 1
        low = max(0, at - _WINDOW)
        nearest: Person | None = None
        while at >= low:
            person = self._person(self.names.mentions[at])
            if person is not None and person.gender in (gender, ""):
                if self._last == person.name:
                    return person.name
                if nearest is None:
                    nearest = person
                if start - self.names.mentions[at].start > 600:
                    break
            at -= 1
        return nearest.name if nearest is not None else None

    def _role(self, phrase: str) -> str | None:
        """The one person who bears the role as a title or beside the name: "the French president"."""
        if self._by_role is None:
            self._by_role = {}
            for mention in self.names.mentions:
                if mention.kind is not Kind.PERSON and not mention.title:
                    continue
                person = self._person(mention)
                if person is None:
                    continue
                for word in self._described(mention):
                    bearers = self._by_role.setdefault(word, [])
                    if person not in bearers:
                        bearers.append(person)
        wanted = [word for word in phrase.lower().split()[:8] if word not in _SMALL]
        fitting: list[Person] | None = None
        for word in wanted:
            these = self._by_role.get(_stem(word), [])
            fitting = these if fitting is None else [person for person in fitting if person in these]
        if (
            fitting
            and len(fitting) == 1
            and any(_stem(word) in words("attribution-roles") for word in wanted)
        ):
            return fitting[0].name
        return None

    def _described(self, mention: Mention) -> list[str]:
        """The words that describe a person beside a mention: title, apposition before and after."""
        found = [_stem(word) for word in mention.title.lower().split()]
        before = self.text[max(0, mention.start - 60) : mention.start]
        cut = max(before.rfind(mark) for mark in '.;:\n"“”(')
        found += [_stem(word) for word in before[cut + 1 :].lower().split()[-5:]]
        after = self.text[mention.end : mention.end + 60]
        if after.startswith(", "):
            found += [_stem(word) for word in after[2:].partition(",")[0].lower().split()[:6]]
        return [word for word in found if word not in _SMALL]


_SMALL = frozenset(
    [
        "the",
        "a",
        "an",
        "of",
        "for",
        "to",
        "in",
        "at",
        "his",
        "her",
        "its",
        "their",
        "our",
        "that",
        "this",
        "and",
    ]
)
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
