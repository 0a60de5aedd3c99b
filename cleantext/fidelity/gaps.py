"""Sentences with nothing beside them: what a translation lacks, and what it adds."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Literal, NamedTuple

from cleantext.fidelity.alignment import Alignment, Bead, Costs, Sentence
from cleantext.logistic import probability

_MOST_PAIRS = 400
"""Pairs of sentences of a long run that are looked at."""


class Gap(NamedTuple):
    """A run of sentences ``start:end`` (code points of their own side) with nothing beside them.

    ``at`` is where they would stand on the other side. ``balance`` is how much worse, in nats, the
    lengths of the neighbours fit with the run among them than without it; ``common`` the weight of
    what the run shares with its neighbours' other side; ``unknown`` and ``known`` count its telling
    keys that the other text has nowhere, and somewhere. ``fit`` is how badly, in nats, the lengths of
    the worse neighbour fit, ``anchored`` what the worse neighbour shares with its partner, ``drawn``
    what the run shares with the partners of its neighbours, both weighed as the alignment does.
    """

    side: Literal["missing", "added"]
    start: int
    end: int
    at: int
    sentences: int
    length: float
    balance: float
    common: float
    unknown: int
    known: int
    fit: float
    anchored: float
    drawn: float


def gaps(alignment: Alignment) -> tuple[Gap, ...]:
    """Return the runs of sentences with nothing beside them, in order of the path."""
    return tuple(_gaps(alignment))


def _gaps(alignment: Alignment) -> Iterator[Gap]:
    beads = alignment.beads
    at = 0
    costs = alignment.costs()
    here = frozenset(key for s in alignment.source for key in s.keys)
    there = frozenset(key for s in alignment.target for key in s.keys)
    while at < len(beads):
        side = _side(beads[at])
        if side is None:
            at += 1
            continue
        last = at
        while last + 1 < len(beads) and _side(beads[last + 1]) == side:
            last += 1
        yield _gap(alignment, costs, side, at, last, here if side == "added" else there)
        at = last + 1


def _side(bead: Bead) -> Literal["missing", "added"] | None:
    if bead.low == bead.high:
        return "missing"
    return "added" if bead.first == bead.last else None


def _gap(
    alignment: Alignment,
    costs: Costs,
    side: Literal["missing", "added"],
    first: int,
    last: int,
    other: frozenset[object],
) -> Gap:
    beads = alignment.beads
    missing = side == "missing"
    if missing:
        run = alignment.source[beads[first].first : beads[last].last]
        where = beads[first].low
        at = alignment.target[where].start if where < len(alignment.target) else _end(alignment.target)
    else:
        run = alignment.target[beads[first].low : beads[last].high]
        where = beads[first].first
        at = alignment.source[where].start if where < len(alignment.source) else _end(alignment.source)
    ratio = alignment.ratio if missing else 1.0
    length = sum(s.end - s.start for s in run) * ratio
    balance, common, fit, anchored, drawn = 30.0, 0.0, 0.0, 6.0, 0.0
    run_keys = frozenset(key for s in run for key in s.keys)
    for number in (first - 1, last + 1):
        if not 0 <= number < len(beads) or _side(beads[number]) is not None:
            continue
        bead = beads[number]
        source = sum(s.end - s.start for s in alignment.source[bead.first : bead.last]) * alignment.ratio
        target = float(sum(s.end - s.start for s in alignment.target[bead.low : bead.high]))
        alone = off(source, target)
        merged = off(source + length, target) if missing else off(source, target + length)
        balance = min(balance, merged - alone)
        facing = (
            alignment.target[bead.low : bead.high] if missing else alignment.source[bead.first : bead.last]
        )
        own = alignment.source[bead.first : bead.last] if missing else alignment.target[bead.low : bead.high]
        taken = frozenset(key for s in own for key in s.keys)
        shared = (run_keys & frozenset(key for s in facing for key in s.keys)) - taken
        common = max(common, float(len(shared)))
        fit = max(fit, alone)
        anchored = min(anchored, _shared(costs, bead.first, bead.last, bead.low, bead.high))
        if missing:
            span = (beads[first].first, beads[last].last, bead.low, bead.high)
        else:
            span = (bead.first, bead.last, beads[first].low, beads[last].high)
        drawn = max(drawn, _shared(costs, *span))
    telling = [key for s in run for key in s.telling]
    unknown = sum(key not in other for key in telling)
    return Gap(
        side,
        run[0].start,
        run[-1].end,
        at,
        len(run),
        length,
        balance,
        common,
        unknown,
        len(telling) - unknown,
        fit,
        anchored,
        drawn,
    )


def _shared(costs: Costs, first: int, last: int, low: int, high: int) -> float:
    if (last - first) * (high - low) > _MOST_PAIRS:
        return 0.0
    return sum(costs.shared(i, j) for i in range(first, last) for j in range(low, high))


def off(source: float, target: float) -> float:
    """Return how unlikely two lengths are of one another, in nats (Gale and Church)."""
    return (source - target) ** 2 / (16.0 * (source + target) / 2 + 1.0)


def _end(sentences: tuple[Sentence, ...]) -> int:
    return sentences[-1].end if sentences else 0


# Logistic regression on gaps of the open articles, of which every third had a sentence deleted and every third one
# put in; in the wild few have, so the intercept is lower by _RARE. The order is that of the terms below.
_WEIGHTS = (-1.19, 0.94, -0.77, -2.17, 2.15, 0.09, -0.73, 0.29, 0.08, -0.22, 0.24, -0.36)
_RARE = 0.6
_LONG_RUN = 0.85
"""Probability of a run of three sentences and more that its neighbours have no room for."""


def likelihood(gap: Gap) -> float:
    """Return the probability that a gap is a true one, by what the open articles taught."""
    balance = max(-2.0, min(5.0, gap.balance))
    terms = (
        1.0,
        balance,
        balance * balance / 5,
        float(gap.balance > 20),
        max(-1.5, min(1.5, math.log(max(gap.length, 5.0) / 60))),
        float(gap.common > 0),
        min(gap.common, 4.0),
        min(gap.unknown, 3),
        min(gap.known, 3),
        min(gap.fit, 4.0),
        min(gap.anchored, 6.0),
        min(gap.drawn, 5.0),
    )
    odds = sum(weight * term for weight, term in zip(_WEIGHTS, terms, strict=True)) - _RARE
    sure = probability(odds)
    long_run = gap.sentences >= 3 and gap.balance >= 5
    return max(sure, _LONG_RUN) if long_run else sure


BELIEVED = 0.5
"""Probability from which a sentence without a partner stands alone; under it, it belongs to a neighbour."""


def settled(alignment: Alignment) -> Alignment:
    """Return the alignment with what hardly stands alone put to the neighbour that it fits best.

    The search makes a run stand alone rather than merge it, so that a lost sentence is not
    hidden in a neighbour; most runs that it leaves so are parts of a merged or split sentence.
    """
    doubted = {(gap.side, gap.start) for gap in gaps(alignment) if likelihood(gap) < BELIEVED}
    if not doubted:
        return alignment
    beads = list(alignment.beads)
    cost = alignment.costs().bead
    at = 0
    while at < len(beads):
        side = _side(beads[at])
        last = at
        while side is not None and last + 1 < len(beads) and _side(beads[last + 1]) == side:
            last += 1
        if side is None or (side, _start(alignment, side, beads[at])) not in doubted:
            at = last + 1
            continue
        run = beads[at : last + 1]
        options = [n for n in (at - 1, last + 1) if 0 <= n < len(beads) and _side(beads[n]) is None]
        if not options:
            at = last + 1
            continue
        best = min(options, key=lambda n: cost(*_joined(run, beads[n])) - beads[n].cost)
        span = _joined(run, beads[best])
        beads[min(at, best) : max(last, best) + 1] = [Bead(*span, cost(*span))]
        at = min(at, best)
    return alignment._replace(beads=tuple(beads))


def _start(alignment: Alignment, side: Literal["missing", "added"], bead: Bead) -> int:
    return alignment.source[bead.first].start if side == "missing" else alignment.target[bead.low].start


def _joined(run: list[Bead], bead: Bead) -> tuple[int, int, int, int]:
    every = [*run, bead]
    return (
        min(b.first for b in every),
        max(b.last for b in every),
        min(b.low for b in every),
        max(b.high for b in every),
    )
