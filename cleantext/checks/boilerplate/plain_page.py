"""An article as the line model sees it, in plain Python: the reference of ``_page.pyx``, and what says what is right."""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Sequence
from itertools import accumulate
from typing import NamedTuple

from cleantext.checks.boilerplate.cues import GROUPS, word_set
from cleantext.checks.boilerplate.dump_features import dump_features_of
from cleantext.checks.boilerplate.facts import CLOSERS, Facts, facts_of, is_pair, tokens_of
from cleantext.checks.boilerplate.features import COLUMNS, FEATURES, GLANCE, MISSING
from cleantext.checks.boilerplate.headlines import ALIKE, CUT, LONGEST, RUNNING, TOP, is_sentence
from cleantext.checks.boilerplate.known_lines import LISTS
from cleantext.checks.boilerplate.metadata import metadata_of
from cleantext.checks.boilerplate.patterns import (
    ADDRESS,
    BULLET,
    CODE,
    COLONS,
    COMMAS,
    DATE,
    FINITE,
    NAME,
    NUMBERED,
    OTHER_ENDS,
    PIPES,
    QUESTIONS,
    QUOTE,
    SENTENCES,
)
from cleantext.checks.boilerplate.trees import Trees
from cleantext.document.once import once
from cleantext.document.pieces import lowered

PROSE = 0.45
"""Sentence-likeness from which on a line counts as prose."""
SAMPLE = 400
"""Code points of a line that its proportions are taken from."""
LOOKED_AT = 60
"""Words of a line that are held against the article's prose."""
FAR = 16.0
"""Distance to prose where there is none."""


class Looks(NamedTuple):
    """Looks of one line that its neighbours ask for, too."""

    colon: bool
    capitals: float
    date: bool


def looks_of(fact: Facts) -> Looks:
    """See whether a line ends in a colon, how many of its words start with a capital, whether it holds a date."""
    text = fact.text
    words = [word for word in text.split()[:40] if word[0].isalpha()]
    capitals = sum(word[0].isupper() for word in words) / len(words) if words else 0.0
    return Looks(text[-1:] in COLONS, capitals, fact.words <= 40 and DATE.search(text) is not None)


def is_topical(token: str) -> bool:
    """Say whether a word tells what a text is about: it is long enough, and no function word."""
    return (len(token) > 3 or is_pair(token)) and token not in word_set("function-words")


class PlainPage:
    """An article summed up, and the rows of features of its lines. What the fields mean is said in :mod:`.page`."""

    def __init__(
        self,
        lines: Sequence[str],
        title: str | None = None,
        url: str | None = None,
        source: str | None = None,
    ) -> None:
        """Take the stripped, non-blank lines in order."""
        self._tokens = [tokens_of(line) for line in lines]
        self.lines = len(lines)
        facts = [facts_of(line, tokens) for line, tokens in zip(lines, self._tokens, strict=True)]
        self.facts = facts
        self._prose = [i for i, fact in enumerate(facts) if fact.sentence > PROSE]
        self._vocabulary: Counter[str] = Counter()
        for i in self._prose:
            self._vocabulary.update(set(self._tokens[i]))
        self._keys = Counter(fact.key for fact in facts if fact.key)
        self._openings = Counter(tuple(tokens[:6]) for tokens in self._tokens if len(tokens) >= 6)
        self._glance: list[tuple[float, ...]] = [self._glance_of(fact) for fact in facts]
        columns = zip(*self._glance, strict=True) if facts else [()] * len(GLANCE)
        self._sums: list[list[float]] = [list(accumulate(column, initial=0.0)) for column in columns]
        self._before = list(accumulate([fact.words for fact in facts], initial=0))
        self.words = self._before[-1]
        self._total = self.words or 1
        self._metadata = metadata_of(title, url, source)
        self.site = self._metadata.site
        self._prose_words = sum(facts[i].words for i in self._prose)
        self._title_line = self._find_title_line()
        self._runs = _runs(facts)
        self.core = _densest(facts)
        self._looks: dict[int, Looks] = {}

    def fact(self, i: int) -> Facts:
        """Return the facts of a line."""
        return self.facts[i]

    def is_known(self, i: int) -> bool:
        """Say whether a list knows a line."""
        return self.facts[i].listed[1] > 0

    def stands_again(self, i: int) -> bool:
        """Say whether another line has the same normal form."""
        return self._keys[self.facts[i].key] > 1

    def is_prose(self, i: int) -> bool:
        """Say whether a line reads like running prose in the midst of prose, whatever its words, and nothing of it is repeated."""
        facts, fact = self.facts, self.facts[i]
        first, last = self.core
        if not first <= i <= last or self._openings[tuple(self._tokens[i][:6])] >= 2:
            return False
        return fact.plain or (
            first < i < last
            and fact.stop
            and not fact.listed[1]
            and facts[i - 1].stop
            and facts[i + 1].stop
            and ((fact.words >= 6 and not fact.cue) or (fact.words >= 12 and fact.cue < 0.5))
        )

    def shares(self) -> tuple[float, float]:
        """Return the shares of function words among the tokens, and of prose among the words."""
        known = word_set("function-words")
        found = sum(sum(map(known.__contains__, tokens)) for tokens in self._tokens)
        return found / (sum(map(len, self._tokens)) or 1), self._prose_words / self._total

    def dump_features(self) -> list[float]:
        """Return the features that tell a page dump from an article."""
        return dump_features_of(self.facts, self.core)

    def likely_copies(self) -> dict[int, list[int]] | None:
        """Return the lines that may be the headline and may stand again, each with those that may be its copies.

        No copy is missing that :func:`.headlines.find_headline` finds without a title: that asks for four words and
        more, of which most are the other line's. None where there is no telling.
        """
        facts = self.facts
        able = [i for i, fact in enumerate(facts) if 3 < fact.words <= LONGEST and fact.sentence <= RUNNING]
        able = [i for i in able if i == 0 or not is_sentence(facts[i].text)]
        first = next((i for i, fact in enumerate(facts) if fact.sentence > RUNNING), len(facts))
        above = [i for i in able if i < TOP and i < first and not is_sentence(facts[i].text)]
        if not above or len(able) < 2:
            return {}
        # There the words are case-folded.
        if any(lowered(facts[i].text) != facts[i].text.casefold() for i in able):
            return None
        found: dict[int, list[int]] = {}
        for i in above:
            own = set(self._tokens[i])
            for j in able:
                tokens = self._tokens[j]
                different = set(tokens)
                if j != i and (
                    sum(map(own.__contains__, tokens)) >= CUT * len(tokens)
                    or len(own & different) >= ALIKE * len(different)
                ):
                    found.setdefault(i, []).append(j)
        return found

    def verdicts(self, trees: Trees, sound: float) -> list[tuple[int, float]]:
        """Return number and log odds of each line but prose whose wording scores below ``sound``."""
        return [
            (i, trees.log_odds(self.row(i)))
            for i, fact in enumerate(self.facts)
            if not (fact.wording < sound and self.is_prose(i))
        ]

    def contributions(self, trees: Trees, i: int) -> dict[int, float]:
        """Say what each feature of line ``i`` did to its log odds, by its place in ``FEATURES``."""
        return trees.contributions(self.row(i))

    def strongest(self, trees: Trees, i: int, least: float, most: int) -> list[tuple[int, float]]:
        """Return the features that added most to the log odds of line ``i``, by their places, with what each added."""
        shares = self.contributions(trees, i)
        spoke = sorted([(-share, place) for place, share in shares.items() if share > least])
        return [(place, -less) for less, place in spoke[:most]]

    def row(self, i: int) -> list[float]:
        """Return the features of line ``i``, in the order of ``FEATURES``."""
        own = [
            *self._glance[i],
            *self._looked(i),
            *self._own(i),
            *self._place(i),
            *self._meta(i),
            *self._article,
        ]
        if len(own) != len(COLUMNS):
            raise AssertionError("the page computes other columns than the table names")
        return [
            own[feature.column]
            if feature.low == feature.high == 0
            else self._mean(i, feature.column, feature.low, feature.high)
            for feature in FEATURES
        ]

    def _mean(self, i: int, column: int, low: int, high: int) -> float:
        """Return a column's mean over the lines ``low`` to ``high`` places on that the page has."""
        first, last = max(0, i + low), min(len(self.facts) - 1, i + high)
        if first > last:
            return MISSING
        if low != high:
            return (self._sums[column][last + 1] - self._sums[column][first]) / (last + 1 - first)
        if column < len(GLANCE):
            return self._glance[first][column]
        return self._looked(first)[column - len(GLANCE)]

    @staticmethod
    def _glance_of(fact: Facts) -> tuple[float, ...]:
        return (
            fact.sentence,
            math.log1p(fact.words),
            float(fact.stop),
            fact.cue,
            float(fact.listed[1]),
            fact.wording,
        )

    def _look(self, i: int) -> Looks:
        look = self._looks.get(i)
        if look is None:
            look = self._looks[i] = looks_of(self.facts[i])
        return look

    def _looked(self, i: int) -> tuple[float, ...]:
        look = self._look(i)
        return float(look.colon), look.capitals, float(look.date)

    def _own(self, i: int) -> list[float]:
        fact, tokens = self.facts[i], self._tokens[i]
        text, words = fact.text, fact.words
        sample = text[:SAMPLE]  # proportions of a long line are those of its beginning
        size, count = len(sample), len(tokens)
        letters = sum(map(str.isalpha, sample))
        digits = sum(map(str.isdigit, sample))
        tail = text[-4:].rstrip(CLOSERS)[-1:]
        heads = set(tokens)
        return [
            float(words == 1),
            float(tail in QUESTIONS if tail else False),
            float(tail in OTHER_ENDS if tail else False),
            float(min(3, sum(map(sample.count, COMMAS)))),
            float(min(5, len(SENTENCES.findall(sample)))),
            fact.function,
            sum(map(str.isupper, sample)) / letters if letters else 0.0,
            digits / size,
            float(text[:1].islower()),
            float(BULLET.match(text) is not None),
            float(NUMBERED.match(text) is not None),
            float(min(3, len(PIPES.findall(sample)))),
            float(QUOTE.search(sample) is not None),
            (size - letters - sample.count(" ") - digits) / size,
            min(12.0, sum(map(len, tokens[:LOOKED_AT])) / min(count, LOOKED_AT)) if count else 0.0,
            float(not heads.isdisjoint(FINITE)),
            float(not heads.isdisjoint(ADDRESS)),
            float(bool(tokens) and tokens[0] in word_set("imperative")),
            float(CODE.search(sample) is not None),
            float(NAME.fullmatch(sample) is not None) if words <= 5 else 0.0,
            float(fact.mask.bit_count()) if words <= 25 else 0.0,
            letters / size,
            *(float(fact.mask >> place & 1) * fact.cue for place in range(len(GROUPS))),
            *(float(fact.listed[1]) if fact.listed[0] == place else 0.0 for place in range(len(LISTS))),
        ]

    def _place(self, i: int) -> list[float]:
        facts, prose, fact, tokens = self.facts, self._prose, self.facts[i], self._tokens[i]
        count = len(facts)
        first, last = (prose[0], prose[-1]) if prose else (0, count - 1)
        start, end = self.core
        own = fact.sentence > PROSE
        content = [token for token in tokens[:LOOKED_AT] if is_topical(token)]
        vocabulary = self._vocabulary
        known = sum(vocabulary[token] > own for token in content)
        strong = sum(vocabulary[token] > 2 + own for token in content)
        p, q = bisect_left(prose, i), bisect_right(prose, i)
        mean = self._prose_words / len(prose) if prose else 25.0
        return [
            i / max(1, count - 1),
            min(1.0, i / 10),
            min(1.0, (count - 1 - i) / 10),
            self._before[i] / self._total,
            float(max(-15, min(15, i - first))),
            float(max(-15, min(15, i - last))),
            float(start <= i <= end),
            0.0 if start <= i <= end else float(max(-20, i - start) if i < start else min(20, i - end)),
            math.log1p(self._runs[i]),
            float(min(3, self._keys[fact.key] - 1)) if fact.key else 0.0,
            float(min(3, self._openings[tuple(tokens[:6])] - 1)) if len(tokens) >= 6 else 0.0,
            known / max(1, len(content)),
            strong / max(1, len(content)),
            math.log1p(known),
            float(min(15, i - prose[p - 1])) if p > 0 else FAR,
            float(min(15, prose[q] - i)) if q < len(prose) else FAR,
            math.log1p(p),
            math.log1p(len(prose) - q),
            min(8.0, fact.words / mean),
        ]

    def _meta(self, i: int) -> list[float]:
        fact, tokens, (title, site, sections) = self.facts[i], self._tokens[i], self._metadata
        common = len(title.intersection(tokens)) if title else 0
        joined = "".join(tokens) if fact.words <= 12 else ""
        return [
            common / max(1, len(set(tokens))) if title else -1.0,
            common / len(title) if title else -1.0,
            float(max(-20, min(20, i - self._title_line))) if self._title_line >= 0 else -30.0,
            float(len(site) > 2 and site in joined),
            sum(token in sections for token in tokens) / len(tokens) if 0 < len(tokens) <= 6 else 0.0,
        ]

    @once
    def _article(self) -> list[float]:
        count, prose, sums = len(self.facts), len(self._prose), self._sums
        return [
            math.log1p(count),
            math.log1p(self.words),
            self._prose_words / self._total,
            prose / count,
            math.log1p(self._prose_words / prose) if prose else 0.0,
            sum(fact.listed[1] > 0 for fact in self.facts) / count,
            sums[2][count] / count,
            math.log1p(max(self._runs)),
        ]

    def _find_title_line(self) -> int:
        """Find the first line that is nearly the title, -1 for none."""
        title = self._metadata.title
        if not title:
            return -1
        for i, tokens in enumerate(self._tokens):
            if tokens and len(tokens) <= 3 * len(title):
                common = len(title.intersection(tokens))
                if common >= 0.5 * len(title) and common >= 0.7 * len(set(tokens)):
                    return i
        return -1


def _densest(facts: Sequence[Facts]) -> tuple[int, int]:
    """First and last line of the stretch with the most prose for the fewest other lines (maximum subarray)."""
    best, first, last = -math.inf, 0, len(facts) - 1
    running, start = 0.0, 0
    for i, fact in enumerate(facts):
        value = fact.words if fact.sentence > 0.3 else -6 - 0.2 * fact.words
        if running <= 0:
            running, start = value, i
        else:
            running += value
        if running > best:
            best, first, last = running, start, i
    return first, last


def _runs(facts: Sequence[Facts]) -> list[int]:
    """For a short line without a sentence end: how many such lines stand together; else 0."""
    runs = [0] * len(facts)
    start = 0
    while start < len(facts):
        end = start
        while end < len(facts) and facts[end].words <= 8 and not facts[end].stop:
            end += 1
        for i in range(start, end):
            runs[i] = end - start
        start = max(end, start + 1)
    return runs
