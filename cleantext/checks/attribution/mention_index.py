"""How the names of an article stand in it: alone, in longer names, with titles, in lower case."""

from __future__ import annotations

import re
from bisect import bisect_left

from cleantext.checks.attribution.mentions import SpeakerMention
from cleantext.document import Document
from cleantext.document.lines import Line
from cleantext.document.names import Kind, Mention, Names, fold
from cleantext.document.runs import name_lists
from cleantext.document.sentences import split_sentences
from cleantext.document.words import words

_LOWER = re.compile(r"(?<![^\W\d_])[^\W\d_]+")
_CAPITAL_LAST = re.compile(r"[A-Z][\w-]+\Z")
_FEW = 16  # words looked for one by one; for more, all words of the text are gathered
NEAR = 400  # characters that a sentence reaches on each side, as far as it is looked at
_THINGS = words("attribution-things")
_MOST_NEAR = 100  # mentions of one name, whatever others stand there
_WOMEN = frozenset(["Mrs", "Ms", "Miss", "Lady", "Dame", "Baroness"])
_MEN = frozenset(["Mr", "Sir", "Lord"])


def gender_of(title: str) -> str:
    """Return "f" or "m" where a title tells it, else ""."""
    last = title.rpartition(" ")[2].rstrip(".")
    return "f" if last in _WOMEN else "m" if last in _MEN else ""


def ends_a_full_name(mention: Mention) -> bool:
    """Whether a longer name has a usual given name or an initial before its last word, whatever the rest is."""
    parts = mention.text.split(" ")
    if len(parts) < 2:
        return False
    given = parts[-2]
    lists = name_lists()
    return given in lists.men or given in lists.women or (len(given) == 2 and given[1] == ".")


class MentionIndex:
    """How names stand in an article, looked up by a name's key, which is its surname.

    ``names`` need not be all of the article's: those suffice that hold the words which are asked for.
    Everything is linear in the article's length. For one thread.
    """

    def __init__(self, document: Document, names: Names) -> None:
        """Go over the names once."""
        self.document = document
        self.text: str = document.text
        self.names = names
        self.alone: dict[str, int] = {}  # how often each name stands alone, as one word
        self.titled: dict[str, int] = {}  # how often each surname has a title before it
        self.genders: dict[str, set[str]] = {}  # what the titles before each surname tell
        self.in_people: set[str] = set()  # the words of the full names of people
        self.in_things: set[str] = set()  # the words of other names of several words
        self.full_names: set[str] = set()  # the last words of longer names with a given name before them
        self.introductions: dict[
            str, tuple[int, ...]
        ] = {}  # where names asked for are introduced, two places at most
        self.by_key: dict[str, list[Mention]] = {}  # the mentions by their last word
        self._asked = 0
        self._before: dict[str, frozenset[str]] = {}
        self._called: dict[str, bool] = {}
        self._counts: dict[str, int] = {}
        self._lower: frozenset[str] | None = None
        for mention in names.mentions:
            self._add(mention)

    def _add(self, mention: Mention) -> None:
        key = mention.key
        last = key.rpartition(" ")[2]
        if " " not in mention.text:
            self.alone[key] = self.alone.get(key, 0) + 1
        else:
            parts = self.in_people if mention.kind is Kind.PERSON else self.in_things
            parts.update(key.split(" "))
            if ends_a_full_name(mention):
                self.full_names.add(last)
        if mention.title:
            self.titled[last] = self.titled.get(last, 0) + 1
            gender = gender_of(mention.title)
            if gender:
                self.genders.setdefault(last, set()).add(gender)
        same = self.by_key.get(last)
        if same is None:
            self.by_key[last] = [mention]
        else:
            same.append(mention)

    def kinds(self, key: str) -> set[Kind]:
        """Return what a name that stands alone is taken for, wherever it does."""
        return {
            mention.kind
            for mention in self.by_key.get(key.rpartition(" ")[2], ())
            if mention.key == key and " " not in mention.text
        }

    def near(self, site: SpeakerMention) -> list[Mention]:
        """Return the other mentions of a speaker's surname within a few hundred characters of the place."""
        name = site.mention.text
        start = site.mention.start
        low, high = max(0, start - NEAR), site.end + NEAR
        if name not in self.text[low : site.start] and name not in self.text[site.end : high]:
            return []
        same = self.by_key.get(site.mention.key, [])
        first = bisect_left(same, low, key=_start)
        return [
            mention
            for mention in same[first : first + _MOST_NEAR]
            if mention.start <= high and mention.start != start
        ]

    def sentence(self, at: int) -> tuple[int, int]:
        """Return the sentence around a code point, at most `NEAR` characters to each side."""
        line = self.document.line_at(at)
        low, high = max(line.start, at - NEAR), min(line.end, at + NEAR)
        for start, end in split_sentences(self.text, (Line(low, high, high),)):
            if end > at:
                return min(start, at), end
        return low, high

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
        alone = self.alone.get(fold(name), 0)
        if alone:
            return alone
        if name not in self._counts:
            self._counts[name] = self.text.count(" " + name)
        return self._counts[name]

    def words_before(self, name: str) -> frozenset[str]:
        """Return the capitalised words that stand right before a name, wherever it stands."""
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
            if self._lower is None:
                self._lower = frozenset(_LOWER.findall(self.text))
            return word in self._lower
        at = self.text.find(word)
        while at >= 0:
            end = at + len(word)
            if not self.text[at - 1 : at].isalpha() and not self.text[end : end + 1].isalpha():
                return True
            at = self.text.find(word, at + 1)
        return False


def _start(mention: Mention) -> int:
    return mention.start
