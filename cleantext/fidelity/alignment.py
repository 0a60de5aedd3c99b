"""Sentences of a translation beside those of its original.

Dynamic programming over beads of 1:1, 2:1, 1:2, 2:2, 1:0 and 0:1 sentences (Gale and
Church 1993), whose cost joins length with what both sides share: numbers, and words
that sound alike. The search keeps to a band around a path of anchors, pairs that
share a key which stands nowhere else; so time and memory are linear in practice.
"""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from cleantext.fidelity import keys as shared_keys
from cleantext.fidelity.evidence import Evidence
from cleantext.fidelity.sentences import Piece, split
from cleantext.fidelity.values import Value, read_values

FULL = 20_000
"""Cells up to which the whole table is searched."""
BAND = 12
"""Sentences on either side of the path of anchors that are searched in a long text, beside its own slack."""
SLACK = 120

# Costs, in nats of log odds; set on the open articles (benchmarks/fidelity/alignment.py).
_MOVES = ((1, 1), (1, 0), (0, 1), (2, 1), (1, 2), (2, 2), (3, 1), (1, 3))
_PAIR = -1.7
"""What a pair of sentences costs before anything is known of it: most stand beside one another."""
ALONE = 1.5
"""What it costs that a sentence stands alone."""
_MERGE = 5.0
_MERGE_GUESSED = 1.0
"""What it costs to take two sentences for one, and two that a guess has parted."""
LENGTH = 5.3
"""What a nat between the lengths of both sides costs."""
SHORT = 8.0
"""Code points added to either length: short sentences differ more."""
_PARAGRAPH = 1.0
_DENSITY = {"zh": 3.3, "ja": 2.3, "ko": 2.1, "th": 1.1, "he": 1.25, "ar": 1.15}
"""Code points of English that one code point of a language makes, roughly; 1 where none is given."""
_DOUBT = 400
"""Code points of a text that its ratio of lengths is believed for as much as the expected one."""


class Sentence(NamedTuple):
    """A sentence of one side: its span, its values (spans of the whole text), its keys, those that a translation keeps, whether a line begins with it, and whether a guess has parted it from the one before, before a name even."""

    start: int
    end: int
    values: tuple[Value, ...]
    keys: frozenset[object]
    telling: tuple[object, ...]
    opens_line: bool
    guessed: bool = False
    torn: bool = False


class Bead(NamedTuple):
    """Sentences ``first:last`` of the original and ``low:high`` of the translation that say the same.

    ``cost`` is the bead's share of the path's cost, in nats.
    """

    first: int
    last: int
    low: int
    high: int
    cost: float

    @property
    def is_pair(self) -> bool:
        """Whether both sides have a sentence in it."""
        return self.first < self.last and self.low < self.high


class Alignment(NamedTuple):
    """The sentences of both sides, the beads in order, and what the sentences share; every sentence stands in one bead."""

    source: tuple[Sentence, ...]
    target: tuple[Sentence, ...]
    beads: tuple[Bead, ...]
    ratio: float
    evidence: Evidence

    def costs(self) -> Costs:
        """Return what any bead of these sentences would cost."""
        return Costs(self.source, self.target, self.ratio, self.evidence)


def code_points(sentences: Iterable[Sentence]) -> int:
    """Return the length of sentences taken together, without what stands between them."""
    return sum(sentence.end - sentence.start for sentence in sentences)


def density(original_lang: str, lang: str) -> float:
    """Return how many code points of one language one of the other makes, roughly."""
    return _DENSITY.get(original_lang, 1.0) / _DENSITY.get(lang, 1.0)


def expected_ratio(here: int, there: int, original_lang: str, lang: str) -> float:
    """Return how many code points of the translation one of the original makes, for texts of these lengths."""
    return _ratio(here, there, density(original_lang, lang))


def read_sentences(text: str, lang: str) -> tuple[Sentence, ...]:
    """Split a text into sentences and read what an alignment needs of each."""
    return tuple(read_sentence(text, piece, lang) for piece in split(text, lang))


def read_sentence(text: str, span: Piece, lang: str) -> Sentence:
    """Read what an alignment needs of one sentence."""
    written = text[span.start : span.end]
    values = tuple(
        value._replace(start=value.start + span.start, end=value.end + span.start)
        for value in read_values(written, lang)
    )
    at = span.start
    while at and text[at - 1] in " \t\u00a0\u3000":
        at -= 1
    return Sentence(
        span.start,
        span.end,
        values,
        shared_keys.keys(written, values, lang),
        shared_keys.telling(written, values),
        at == 0 or text[at - 1] in "\r\n",
        span.guessed,
        span.torn,
    )


class Costs:
    """What beads cost: lengths, what both sides share, and what it takes to stand alone or together."""

    def __init__(
        self, source: Sequence[Sentence], target: Sequence[Sentence], ratio: float, evidence: Evidence
    ) -> None:
        self.source, self.target, self.ratio = source, target, ratio
        self.source_length = _sums(source)
        self.target_length = _sums(target)
        self.evidence = evidence
        self._pairs: dict[tuple[int, int], float] = {}
        self._groups: dict[tuple[int, int, int, int], float] = {}
        # Sums of what it costs that a sentence goes together with the one before.
        self.source_joins = _joins(source)
        self.target_joins = _joins(target)

    def length(self, first: int, last: int, low: int, high: int) -> float:
        """Return what it costs that both sides of a bead differ in length."""
        here = (self.source_length[last] - self.source_length[first]) * self.ratio
        there = self.target_length[high] - self.target_length[low]
        return self.misfit(here, there)

    def misfit(self, here: float, there: float) -> float:
        """Return the same for two lengths, both in code points of the translation."""
        return LENGTH * abs(math.log((here + SHORT) / (there + SHORT)))

    def pair(self, i: int, j: int) -> float:
        """Return the cost of a pair of sentences."""
        known = self._pairs.get((i, j))
        if known is None:
            known = _PAIR + self.length(i, i + 1, j, j + 1) - self.evidence.pair(i, j)
            if self.source[i].opens_line and self.target[j].opens_line:
                known -= _PARAGRAPH
            self._pairs[i, j] = known
        return known

    def group(self, first: int, last: int, low: int, high: int, limit: float = math.inf) -> float:
        """Return the cost of several sentences of either side taken together, or infinity where it is ``limit`` or more."""
        key = (first, last, low, high)
        known = self._groups.get(key)
        if known is None:
            known = _PAIR + self.length(*key)
            known += self.source_joins[last - 1] - self.source_joins[first]
            known += self.target_joins[high - 1] - self.target_joins[low]
            if self.source[first].opens_line and self.target[low].opens_line:
                known -= _PARAGRAPH
            if known - self.evidence.at_most(*key) >= limit:
                return math.inf
            known -= self.evidence.group(*key)
            self._groups[key] = known
        return known

    def bead(self, first: int, last: int, low: int, high: int) -> float:
        if first == last or low == high:
            return ALONE * (last - first + high - low)
        if last - first == 1 == high - low:
            return self.pair(first, low)
        return self.group(first, last, low, high)


def _joins(sentences: Sequence[Sentence]) -> list[float]:
    sums = [0.0]
    for sentence in sentences[1:]:
        sums.append(sums[-1] + (_MERGE_GUESSED if sentence.guessed else _MERGE))
    return sums


def _sums(sentences: Sequence[Sentence]) -> list[int]:
    sums = [0]
    for sentence in sentences:
        sums.append(sums[-1] + sentence.end - sentence.start)
    return sums


def align_sentences(
    source: tuple[Sentence, ...], target: tuple[Sentence, ...], expected: float = 1.0
) -> Alignment:
    """Align sentences that were read before.

    ``expected`` is how many code points of the translation one of the original makes, before
    the texts themselves are looked at.
    """
    here, there = code_points(source), code_points(target)
    ratio = _ratio(here, there, expected)
    evidence = Evidence(source, target)
    if not source or not target:
        missing = [Bead(i, i + 1, 0, 0, 0.0) for i in range(len(source))]
        added = [Bead(0, 0, j, j + 1, 0.0) for j in range(len(target))]
        return Alignment(source, target, (*missing, *added), ratio, evidence)
    costs = Costs(source, target, ratio, evidence)
    beads = _search(costs, _band(costs))
    # A sentence lost or added shifts the ratio of lengths; what is left of the pairs tells it better.
    paired = [b for b in beads if b.is_pair]
    here = sum(costs.source_length[b.last] - costs.source_length[b.first] for b in paired)
    there = sum(costs.target_length[b.high] - costs.target_length[b.low] for b in paired)
    if here and there and not 0.97 < _ratio(here, there, expected) / ratio < 1.03:
        ratio = _ratio(here, there, expected)
        costs.ratio = ratio
        beads = _search(costs, _band(costs))
    return Alignment(source, target, tuple(beads), ratio, evidence)


def _ratio(here: int, there: int, expected: float) -> float:
    """Estimate the ratio of lengths: in a short text mostly what is expected, in a long one what it shows."""
    return (there + _DOUBT) / (here + _DOUBT / expected)


def _band(costs: Costs) -> list[tuple[int, int]]:
    """Give, for each count of sentences of the original, the counts of the translation to look at."""
    n, m = len(costs.source), len(costs.target)
    if n * m <= FULL:
        return [(0, m)] * (n + 1)
    path = [(0, 0), *_anchors(costs), (n, m)]
    rows: list[tuple[int, int]] = []
    at = 0
    for i in range(n + 1):
        while path[at + 1][0] < i:
            at += 1
        (i0, j0), (i1, j1) = path[at], path[at + 1]
        middle = j0 + (j1 - j0) * (i - i0) / max(1, i1 - i0)
        wide = BAND + min(SLACK, abs((i1 - i0) - (j1 - j0)))
        rows.append((max(0, int(middle) - wide), min(m, int(middle) + wide + 1)))
    rows[0], rows[-1] = (0, rows[0][1]), (rows[-1][0], m)
    for i in range(1, n + 1):  # no row may lie wholly right of the row before: a path must lead on
        rows[i] = (min(rows[i][0], rows[i - 1][1]), max(rows[i]))
    return [(low, max(low, high)) for low, high in ((a, b) for a, b in rows)]


def _anchors(costs: Costs) -> list[tuple[int, int]]:
    """Return pairs of sentences that share a key found nowhere else, the longest chain that rises on both sides."""
    where_here = _only_places(costs.evidence.source)
    where_there = _only_places(costs.evidence.target)
    pairs = sorted({(i, where_there[key]) for key, i in where_here.items() if key in where_there})
    # Longest increasing run of the second members (patience sorting), strictly rising in both.
    tails: list[int] = []
    heads: list[int] = []
    before: list[int] = [-1] * len(pairs)
    for number, (_, j) in enumerate(pairs):
        at = bisect_left(tails, j)
        before[number] = heads[at - 1] if at else -1
        if at == len(tails):
            tails.append(j)
            heads.append(number)
        else:
            tails[at], heads[at] = j, number
    chain: list[tuple[int, int]] = []
    number = heads[-1] if heads else -1
    while number >= 0:
        if not chain or pairs[number][0] < chain[-1][0]:
            chain.append(pairs[number])
        number = before[number]
    return chain[::-1]


def _only_places(keys: Sequence[frozenset[object]]) -> dict[object, int]:
    places: dict[object, int] = {}
    seen: set[object] = set()
    for number, own in enumerate(keys):
        for key in own:
            if key in seen:
                places.pop(key, None)
            else:
                seen.add(key)
                places[key] = number
    return places


def _search(costs: Costs, band: list[tuple[int, int]]) -> list[Bead]:
    beads = search(costs, band)
    assert beads is not None  # a whole band always leads on
    return beads


def search(
    costs: Costs,
    band: Sequence[tuple[int, int]],
    top: int = 0,
    barred: tuple[range, range] = (range(0), range(0)),
) -> list[Bead] | None:
    """Return the cheapest beads through a band, whose first row is sentence ``top`` of the original.

    ``barred`` are sentences of either side that may not stand alone; None where nothing leads through then.
    """
    left, right = band[0][0], band[-1][1]
    best: list[dict[int, float]] = [{} for _ in band]
    came: list[dict[int, int]] = [{} for _ in band]
    best[0][left] = 0.0
    pair, group = costs.pair, costs.group
    no_here, no_there = barred
    for at, (low, high) in enumerate(band):
        i = top + at
        row, moves = best[at], came[at]
        before = (row, *(best[at - back] if at >= back else {} for back in (1, 2, 3)))
        for j in range(low, high + 1):
            cost, move = (row[j], moves.get(j, -1)) if j in row else (math.inf, -1)
            for number, (a, b) in enumerate(_MOVES):
                start = before[a].get(j - b)
                if start is None:
                    continue
                if not number:
                    value = start + pair(i - 1, j - 1)
                elif a and b:
                    value = start + group(i - a, i, j - b, j, cost - start)
                elif i - 1 in no_here if a else j - 1 in no_there:
                    continue
                else:
                    value = start + ALONE
                if value < cost:
                    cost, move = value, number
            if move >= 0:
                row[j] = cost
                moves[j] = move
    beads: list[Bead] = []
    at, j = len(band) - 1, right
    if j not in best[at]:
        return None
    while at or j > left:
        a, b = _MOVES[came[at][j]]
        beads.append(Bead(top + at - a, top + at, j - b, j, best[at][j] - best[at - a][j - b]))
        at, j = at - a, j - b
    beads.reverse()
    return beads
