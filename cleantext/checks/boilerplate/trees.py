"""Boosted trees read from a data file and walked in plain Python."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

HOPELESS = -9.0
"""Log odds of a row whose walk was not worth finishing."""


class Trees(msgspec.Struct, frozen=True):
    """An ensemble, flattened.

    Node ``n`` asks whether ``row[feature[n]] <= threshold[n]`` and goes to
    ``left[n]`` or ``right[n]``; a negative place ``p`` is leaf ``~p``. ``value``
    is what a node, ``leaf`` what a leaf adds to the log odds. ``roots``
    starts each tree. ``stops`` are numbers of trees, each with a sum: one that is lower after so many
    trees was never redeemed on the training data, and the walk ends.
    """

    roots: tuple[int, ...]
    feature: tuple[int, ...]
    threshold: tuple[float, ...]
    left: tuple[int, ...]
    right: tuple[int, ...]
    value: tuple[float, ...]
    leaf: tuple[float, ...]
    stops: tuple[tuple[int, float], ...] = ()

    def renumbered(self, places: Sequence[int]) -> Trees:
        """Return the same trees over other rows, in which feature ``n`` of these stands at ``places[n]``."""
        return msgspec.structs.replace(self, feature=tuple(places[n] for n in self.feature))

    def log_odds(self, row: Sequence[float]) -> float:
        """Return the summed log odds of a row; ``HOPELESS`` for one that a stop caught."""
        total, done = 0.0, 0
        for count, least in self.stops:
            total += self._walk(row, self.roots[done:count])
            if total < least:
                return HOPELESS
            done = count
        return total + self._walk(row, self.roots[done:])

    def _walk(self, row: Sequence[float], roots: Sequence[int]) -> float:
        feature, threshold, left, right, leaf = self.feature, self.threshold, self.left, self.right, self.leaf
        total = 0.0
        for node in roots:
            while node >= 0:
                node = left[node] if row[feature[node]] <= threshold[node] else right[node]
            total += leaf[~node]
        return total

    def contributions(self, row: Sequence[float]) -> dict[int, float]:
        """Say what each feature did to the log odds: the change of value at every node that asked for it.

        After Saabas (2014); the sum is the log odds less the trees' mean.
        """
        shares: dict[int, float] = {}
        for root in self.roots:
            node = root
            while node >= 0:
                asked = self.feature[node]
                after = self.left[node] if row[asked] <= self.threshold[node] else self.right[node]
                change = (self.value[after] if after >= 0 else self.leaf[~after]) - self.value[node]
                shares[asked] = shares.get(asked, 0.0) + change
                node = after
        return shares
