"""How the names of an article stand in it: alone, in longer names, with titles, in lower case."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Mapping

from cleantext.checks.attribution.sites import Site
from cleantext.document import Document
from cleantext.document.names import Kind, Mention, fold
from cleantext.document.once import once
from cleantext.document.words import words

_LOWER = re.compile(r"(?<![^\W\d_])[^\W\d_]+")
_CAPITAL_LAST = re.compile(r"[A-Z][\w-]+\Z")
_FEW = 16  # words looked for one by one; for more, all words of the text are gathered
NEAR = 400  # characters that a sentence reaches on each side, as far as it is looked at
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
_WOMEN = frozenset(["Mrs", "Ms", "Miss", "Lady", "Dame", "Baroness"])
_MEN = frozenset(["Mr", "Sir", "Lord"])


def gender_of(title: str) -> str:
    """Give "f" or "m" where a title tells it, else ""."""
    last = title.rpartition(" ")[2].rstrip(".")
    return "f" if last in _WOMEN else "m" if last in _MEN else ""


class NameUses:
    """Views of an article's names, each worked out once; every one is linear in the article's length. For one thread."""

    def __init__(self, document: Document) -> None:
        """Wrap a document; nothing is worked out yet."""
        self.document = document
        self.text = document.text
        self.names = document.names
        self._asked = 0
        self._before: dict[str, frozenset[str]] = {}
        self._called: dict[str, bool] = {}
        self._counts: dict[str, int] = {}

    @once
    def alone(self) -> Counter[str]:
        """How often each name stands alone, as one word."""
        return Counter(m.key for m in self.names.mentions if " " not in m.text)

    @once
    def kinds(self) -> Mapping[str, set[Kind]]:
        """What the names that stand alone are taken for, wherever they stand."""
        found: dict[str, set[Kind]] = {}
        for mention in self.names.mentions:
            if " " not in mention.text:
                found.setdefault(mention.key, set()).add(mention.kind)
        return found

    @once
    def titled(self) -> Counter[str]:
        """How often each surname has a title before it."""
        return Counter(m.key.rpartition(" ")[2] for m in self.names.mentions if m.title)

    @once
    def genders(self) -> Mapping[str, set[str]]:
        """The genders that the titles before each surname tell."""
        found: dict[str, set[str]] = {}
        for mention in self.names.mentions:
            if mention.title:
                gender = gender_of(mention.title)
                if gender:
                    found.setdefault(mention.key.rpartition(" ")[2], set()).add(gender)
        return found

    @once
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

    @once
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

    @once
    def by_key(self) -> Mapping[str, list[Mention]]:
        """The mentions by their last word."""
        found: dict[str, list[Mention]] = {}
        for mention in self.names.mentions:
            found.setdefault(mention.key.rpartition(" ")[2], []).append(mention)
        return found

    def near(self, site: Site) -> list[Mention]:
        """Give the further mentions of a speaker's surname few hundred characters around the place."""
        name = site.mention.text
        low = max(0, site.mention.start - NEAR)
        if name not in self.text[low : site.start] and name not in self.text[site.end : site.end + NEAR]:
            return []
        first = bisect_left(self.mention_starts, low)
        last = bisect_right(self.mention_starts, site.end + NEAR)
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

    @once
    def _lower(self) -> frozenset[str]:
        return frozenset(_LOWER.findall(self.text))

    @once
    def mention_starts(self) -> list[int]:
        """Where the names start."""
        return [mention.start for mention in self.names.mentions]
