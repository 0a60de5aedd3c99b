"""What sentences of two languages share, weighed: how likely it is that they say the same.

A key that both hold speaks for a pair, the more the fewer sentences hold it; one that the
other side has, but elsewhere, speaks against it. Weights are those of a logistic
regression between true pairs and pairs of neighbours (benchmarks/fidelity/evidence.py),
so sums are log odds, and one table serves every pair of languages.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from itertools import accumulate
from typing import NamedTuple, Protocol, TypeAlias


class Keyed(Protocol):
    """A sentence with its keys."""

    @property
    def keys(self) -> frozenset[object]: ...
    @property
    def telling(self) -> tuple[object, ...]: ...


class Weight(NamedTuple):
    """What a key of a class says: matched, ``rare`` by the nat of its rarity and ``base``; ``astray``, that it stands elsewhere."""

    rare: float
    base: float
    astray: float


FIGURE = Weight(0.5, 0.4, 1.4)
NAME = Weight(0.5, 0.0, 0.7)
SOUND = Weight(0.4, 0.0, 0.33)
CONCEPT = Weight(1.1, -0.6, 0.7)
MARK = Weight(0.0, 0.5, 0.55)
RAREST = 3.0
"""Nats of rarity beyond which a key tells no more: in a long text any two are rare."""


FREE = -3.0
"""The least log odds that keys give: translations are free at times."""


_Groups: TypeAlias = dict[tuple[int, int], tuple[frozenset[object], float]]
"""Sentences ``first:last`` of one side with all their keys and what those cost astray."""


class Evidence:
    """The keys that two texts share, and what each pair of their sentences says for and against itself."""

    def __init__(self, source: Sequence[Keyed], target: Sequence[Keyed]) -> None:
        here = Counter(key for sentence in source for key in sentence.keys)
        there = Counter(key for sentence in target for key in sentence.keys)
        names = frozenset(key for sentence in (*source, *target) for key in sentence.telling)
        most = max(len(source), len(target)) + 1
        self.matched: dict[object, float] = {}
        """What a shared key adds, what it costs astray on either side given back."""
        self.astray: dict[object, float] = {}
        for key, count in here.items():
            other = there.get(key)
            if other is None:
                continue
            weight = weight_of(key, names)
            rarity = min(math.log(most / max(count, other)), RAREST)
            self.astray[key] = weight.astray
            self.matched[key] = weight.rare * rarity + weight.base + 2 * weight.astray
        known = self.astray.keys()
        self.source = [sentence.keys & known for sentence in source]
        self.target = [sentence.keys & known for sentence in target]
        self._source = [self._cost(keys) for keys in self.source]
        self._target = [self._cost(keys) for keys in self.target]
        self._groups_here: _Groups = {}
        self._groups_there: _Groups = {}
        most_of = {key: max(0.0, worth - 2 * self.astray[key]) for key, worth in self.matched.items()}
        self.most_here = list(
            accumulate((sum([most_of[k] for k in keys]) for keys in self.source), initial=0.0)
        )
        """Sums of what the keys of the original's sentences can say at most."""
        self.most_there = list(
            accumulate((sum([most_of[k] for k in keys]) for keys in self.target), initial=0.0)
        )

    def _cost(self, keys: frozenset[object]) -> float:
        astray = self.astray
        return sum([astray[key] for key in keys])

    def pair(self, i: int, j: int) -> float:
        """Return the log odds that keys give to sentence ``i`` of the original beside ``j`` of the translation."""
        matched = self.matched
        shared = sum([matched[key] for key in self.source[i] & self.target[j]])
        return max(FREE, shared - self._source[i] - self._target[j])

    def of(self, here: frozenset[object], there: frozenset[object]) -> float:
        """Return the log odds that keys ``here``, of the original, give beside keys ``there``, of the translation."""
        matched, known = self.matched, self.astray.keys()
        shared = sum([matched[key] for key in here & there & known])
        return max(FREE, shared - self._cost(here & known) - self._cost(there & known))

    def at_most(self, first: int, last: int, low: int, high: int) -> float:
        """Return what :meth:`group` cannot exceed, without looking at what is shared."""
        here, there = self.most_here, self.most_there
        return min(here[last] - here[first], there[high] - there[low])

    def group(self, first: int, last: int, low: int, high: int) -> float:
        """Return the log odds that keys give to several sentences of either side taken together."""
        here, lost = self._together(self.source, first, last, self._groups_here)
        there, added = self._together(self.target, low, high, self._groups_there)
        matched = self.matched
        shared = sum([matched[key] for key in here & there])
        return max(FREE, shared - lost - added)

    def _together(
        self, side: Sequence[frozenset[object]], first: int, last: int, known: _Groups
    ) -> tuple[frozenset[object], float]:
        """Return the keys of several sentences and what they cost astray: once, though each group is put beside many."""
        found = known.get((first, last))
        if found is None:
            keys = side[first].union(*side[first + 1 : last])
            found = known[first, last] = (keys, self._cost(keys))
        return found


def weight_of(key: object, names: frozenset[object]) -> Weight:
    """Return what keys of this class say; ``names`` are the keys that some sentence holds as a name or figure."""
    if isinstance(key, tuple):
        return CONCEPT
    if not isinstance(key, str):
        return FIGURE
    if len(key) == 1:
        return MARK
    return NAME if key in names else SOUND
