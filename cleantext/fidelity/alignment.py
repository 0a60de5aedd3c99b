"""Sentences of a translation beside those of its original.

Dynamic programming over beads of 1:1, 2:1, 1:2, 2:2, 1:0 and 0:1 sentences (Gale and
Church 1993), whose cost joins length with what both sides share: numbers, and words
that sound alike. The search keeps to a band around a path of anchors, pairs that
share a key which stands nowhere else; so time and memory are linear in practice.
"""

from __future__ import annotations

import math
from bisect import bisect_left
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from cleantext.document.spans import Span
from cleantext.fidelity import keys as shared_keys
from cleantext.fidelity.sentences import split
from cleantext.fidelity.values import Value, read_values

FULL = 20_000
"""Cells up to which the whole table is searched."""
BAND = 12
"""Sentences on either side of the path of anchors that are searched in a long text, beside its own slack."""
SLACK = 120

# Costs, in nats; set on the open articles (benchmarks/fidelity/alignment.py).
_MOVES = ((1, 1), (1, 0), (0, 1), (2, 1), (1, 2), (2, 2), (3, 1), (1, 3))
_NULL = 2.0
_NULL_PER_LENGTH = 0.004
_NULL_CAP = 4.0
_MERGE = 7.0
_CHANCE = 0.1
"""Share of telling keys that another sentence holds by chance."""
_KEPT_BESIDE = 0.85
"""Share of the telling keys that stand somewhere on the other side which stand in the right sentence."""
_LOST = 0.7
_LOST_CAP = 4.0
_VARIANCE = 8.0
_LENGTH_CAP = 14.0
_SHARED = 1.2
_SHARED_CAP = 9.0
_PARAGRAPH = 1.0
_DENSITY = {"zh": 3.3, "ja": 2.3, "ko": 2.1, "th": 1.1, "he": 1.25, "ar": 1.15}
"""Code points of English that one code point of a language makes, roughly; 1 where none is given."""
_DOUBT = 400
"""Code points of a text that its ratio of lengths is believed for as much as the expected one."""


class Sentence(NamedTuple):
    """A sentence of one side: its span, its values (spans of the whole text), its keys, those that a translation keeps, whether a line begins with it."""

    start: int
    end: int
    values: tuple[Value, ...]
    keys: frozenset[object]
    telling: tuple[object, ...]
    opens_line: bool


class Bead(NamedTuple):
    """Sentences ``first:last`` of the original and ``low:high`` of the translation that say the same.

    ``cost`` is the bead's share of the path's cost, in nats.
    """

    first: int
    last: int
    low: int
    high: int
    cost: float


class Alignment(NamedTuple):
    """The sentences of both sides, and the beads in order; every sentence stands in one bead."""

    source: tuple[Sentence, ...]
    target: tuple[Sentence, ...]
    beads: tuple[Bead, ...]
    ratio: float

    def costs(self) -> Costs:
        """Return what any bead of these sentences would cost."""
        return Costs(self.source, self.target, self.ratio)


def align(original: str, original_lang: str, text: str, lang: str) -> Alignment:
    """Align the sentences of two texts; languages are ISO 639-1 codes, any will do."""
    expected = _DENSITY.get(original_lang, 1.0) / _DENSITY.get(lang, 1.0)
    return align_sentences(read_sentences(original, original_lang), read_sentences(text, lang), expected)


def read_sentences(text: str, lang: str) -> tuple[Sentence, ...]:
    """Split a text into sentences and read what an alignment needs of each."""
    return tuple(_sentence(text, span, lang) for span in split(text))


def _sentence(text: str, span: Span, lang: str) -> Sentence:
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
    )


class Costs:
    """What beads cost: lengths summed up, and the weight of what pairs of sentences share."""

    def __init__(self, source: Sequence[Sentence], target: Sequence[Sentence], ratio: float) -> None:
        self.source, self.target, self.ratio = source, target, ratio
        self.source_length = _sums(source)
        self.target_length = _sums(target)
        here = Counter(key for sentence in source for key in sentence.keys)
        there = Counter(key for sentence in target for key in sentence.keys)
        self.weight = {
            key: (2.2 if isinstance(key, float) else 1.6) / (n * there[key]) ** 0.5
            for key, n in here.items()
            if key in there
        }
        known = self.weight.keys()
        self.source_keys = [sentence.keys & known for sentence in source]
        self.target_keys = [sentence.keys & known for sentence in target]
        self._shared: dict[tuple[int, int], float] = {}
        self.told_here, self.told_there = _told(source, there), _told(target, here)
        self.telling_here = [frozenset(sentence.telling) for sentence in source]
        self.telling_there = [frozenset(sentence.telling) for sentence in target]
        self._lost: dict[tuple[int, int], float] = {}
        self.alone_here = [
            _NULL + min(_NULL_PER_LENGTH * (s.end - s.start) * ratio, _NULL_CAP) for s in source
        ]
        self.alone_there = [_NULL + min(_NULL_PER_LENGTH * (s.end - s.start), _NULL_CAP) for s in target]

    def shared(self, i: int, j: int) -> float:
        known = self._shared.get((i, j))
        if known is None:
            weight = self.weight
            known = sum([weight[key] for key in self.source_keys[i] & self.target_keys[j]])
            if self.source[i].opens_line and self.target[j].opens_line:
                known += _PARAGRAPH
            self._shared[i, j] = known
        return known

    def lost(self, i: int, j: int) -> float:
        """Weigh the telling keys of two sentences that the other one lacks."""
        known = self._lost.get((i, j))
        if known is None:
            known = self._lost[i, j] = self.told_here * len(
                self.telling_here[i] - self.target[j].keys
            ) + self.told_there * len(self.telling_there[j] - self.source[i].keys)
        return known

    def lost_by_all(self, first: int, last: int, low: int, high: int) -> float:
        """Weigh the telling keys of a bead that its other side lacks."""
        here: frozenset[object] = frozenset().union(*[s.keys for s in self.source[first:last]])
        there: frozenset[object] = frozenset().union(*[s.keys for s in self.target[low:high]])
        return self.told_here * sum(len(t - there) for t in self.telling_here[first:last]) + (
            self.told_there * sum(len(t - here) for t in self.telling_there[low:high])
        )

    def bead(self, first: int, last: int, low: int, high: int) -> float:
        here = (self.source_length[last] - self.source_length[first]) * self.ratio
        there = self.target_length[high] - self.target_length[low]
        move = _MERGE * (last - first + high - low - 2)
        if first == last or low == high:
            return sum(self.alone_here[first:last]) + sum(self.alone_there[low:high])
        off = here - there
        length = min(off * off / (_VARIANCE * (here + there) + 1.0), _LENGTH_CAP)
        common = sum(self.shared(i, j) for i in range(first, last) for j in range(low, high))
        lost = min(self.lost_by_all(first, last, low, high), _LOST_CAP)
        return move + length + lost - min(_SHARED * common, _SHARED_CAP)


def _told(sentences: Sequence[Sentence], others: Mapping[object, int]) -> float:
    """Return what it costs, in nats, that a sentence holds a telling key which the one beside it lacks.

    How much that tells is learnt from the texts themselves: German writes every noun
    like a name, and few of them sound alike in English.
    """
    kept = [key in others for sentence in sentences for key in sentence.telling]
    share = min((sum(kept) + 3.0) / (len(kept) + 6.0), 0.9) * _KEPT_BESIDE
    return max(0.0, math.log((1 - _CHANCE) / (1 - share))) * _LOST


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
    here = sum(s.end - s.start for s in source)
    there = sum(s.end - s.start for s in target)
    ratio = _ratio(here, there, expected)
    if not source or not target:
        nulls = [Bead(i, i + 1, 0, 0, 0.0) for i in range(len(source))]
        return Alignment(
            source, target, (*nulls, *(Bead(0, 0, j, j + 1, 0.0) for j in range(len(target)))), ratio
        )
    costs = Costs(source, target, ratio)
    beads = _search(costs, _band(costs))
    # A sentence lost or added shifts the ratio of lengths; what is left of the pairs tells it better.
    paired = [b for b in beads if b.first < b.last and b.low < b.high]
    here = sum(costs.source_length[b.last] - costs.source_length[b.first] for b in paired)
    there = sum(costs.target_length[b.high] - costs.target_length[b.low] for b in paired)
    if here and there and not 0.97 < _ratio(here, there, expected) / ratio < 1.03:
        ratio = _ratio(here, there, expected)
        costs.ratio = ratio
        beads = _search(costs, _band(costs))
    return Alignment(source, target, tuple(beads), ratio)


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
    where_here = _only_places(costs.source_keys)
    where_there = _only_places(costs.target_keys)
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
    n, m = len(costs.source), len(costs.target)
    best: list[dict[int, float]] = [{} for _ in range(n + 1)]
    came: list[dict[int, int]] = [{} for _ in range(n + 1)]
    best[0][0] = 0.0
    lengths, widths = costs.source_length, costs.target_length
    ratio, shared = costs.ratio, costs.shared
    lost = costs.lost
    alone_here, alone_there = costs.alone_here, costs.alone_there
    for i in range(n + 1):
        row, moves = best[i], came[i]
        above = best[i - 1] if i else {}
        above2 = best[i - 2] if i > 1 else {}
        above3 = best[i - 3] if i > 2 else {}
        low, high = band[i]
        for j in range(low, high + 1):
            cost, move = (row[j], moves.get(j, -1)) if j in row else (math.inf, -1)
            if j in above:  # 1:0
                value = above[j] + alone_here[i - 1]
                if value < cost:
                    cost, move = value, 1
            if j - 1 in row:  # 0:1
                value = row[j - 1] + alone_there[j - 1]
                if value < cost:
                    cost, move = value, 2
            for number, a, b, base, before in (
                (0, 1, 1, 0.0, above),
                (3, 2, 1, _MERGE, above2),
                (4, 1, 2, _MERGE, above),
                (5, 2, 2, 2 * _MERGE, above2),
                (6, 3, 1, 1.7 * _MERGE, above3),
                (7, 1, 3, 1.7 * _MERGE, above),
            ):
                start = before.get(j - b)
                if start is None or j < b or i < a:
                    continue
                here = (lengths[i] - lengths[i - a]) * ratio
                there = widths[j] - widths[j - b]
                off = here - there
                length = off * off / (_VARIANCE * (here + there) + 1.0)
                if length > _LENGTH_CAP:
                    length = _LENGTH_CAP
                common = shared(i - 1, j - 1)
                if a > 1:
                    common += shared(i - 2, j - 1)
                    if a > 2:
                        common += shared(i - 3, j - 1)
                if b > 1:
                    common += shared(i - 1, j - 2)
                    if a > 1:
                        common += shared(i - 2, j - 2)
                    elif b > 2:
                        common += shared(i - 1, j - 3)
                value = start + base + length - min(_SHARED * common, _SHARED_CAP)
                if value >= cost:
                    continue
                away = lost(i - 1, j - 1) if number == 0 else costs.lost_by_all(i - a, i, j - b, j)
                value += min(away, _LOST_CAP)
                if value < cost:
                    cost, move = value, number
            if move >= 0:
                row[j] = cost
                moves[j] = move
    beads: list[Bead] = []
    i, j = n, m
    while i or j:
        a, b = _MOVES[came[i][j]]
        beads.append(Bead(i - a, i, j - b, j, best[i][j] - best[i - a][j - b]))
        i, j = i - a, j - b
    beads.reverse()
    return beads
