"""Sentences with nothing beside them: what a translation lacks, and what it adds."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from typing import Literal, NamedTuple

from cleantext.fidelity.alignment import Alignment, Bead, Costs, Sentence, code_points, search
from cleantext.logistic import probability

_MOST_PAIRS = 400
"""Pairs of sentences of a long run that are looked at."""


class Gap(NamedTuple):
    """A run of sentences ``start:end`` (code points of their own side) with nothing beside them.

    ``at`` is where they would stand on the other side, ``sentences`` their number, ``length`` their
    code points, reckoned in the translation's. ``margin`` is how much more expensive, in nats, the cheapest
    alignment of the surroundings is in which none of them stands alone; ``unknown`` and ``known``
    count the run's telling keys that the other text has nowhere, and somewhere; ``fit`` is the cost
    of the worse neighbour, ``strain`` that of a bead on average; ``opposed``, 0 to 1, how like
    in length a run of the other side is that stands alone beside this one: both may be one sentence.
    ``keys`` counts all keys of the run, ``shared`` those that the other text has somewhere, ``near`` those
    that it has in the sentences beside the neighbours. ``outermost``: the text begins or ends with it;
    ``torn``: a guess has parted it before a name, so it may be a part of a sentence.
    """

    side: Literal["missing", "added"]
    start: int
    end: int
    at: int
    sentences: int
    length: float
    margin: float
    unknown: int
    known: int
    fit: float
    strain: float
    opposed: float
    keys: int
    shared: int
    near: int
    outermost: bool
    torn: bool


class Judged(NamedTuple):
    """A gap, and the probability that it is one."""

    gap: Gap
    probability: float


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
    own = alignment.source if missing else alignment.target
    neighbours = [beads[n] for n in (first - 1, last + 1) if 0 <= n < len(beads) and _side(beads[n]) is None]
    beside = alignment.target if missing else alignment.source
    stretches = [(b.low, b.high) if missing else (b.first, b.last) for b in neighbours]
    near = {key for low, high in stretches for s in beside[low:high] for key in s.keys}
    keys = {key for s in run for key in s.keys}
    telling = [key for s in run for key in s.telling]
    unknown = sum(key not in other for key in telling)
    return Gap(
        side,
        run[0].start,
        run[-1].end,
        at,
        len(run),
        code_points(run) * ratio,
        _margin(alignment, costs, first, last),
        unknown,
        len(telling) - unknown,
        max((bead.cost for bead in neighbours), default=0.0),
        sum(max(bead.cost, -4.0) for bead in beads) / len(beads),
        _opposed(alignment, side, first, last),
        len(keys),
        len(keys & other),
        len(keys & near),
        first == 0 or last == len(beads) - 1,
        run[0].torn or _is_torn(own, beads[last].last if missing else beads[last].high),
    )


def _is_torn(sentences: Sequence[Sentence], number: int) -> bool:
    return number < len(sentences) and sentences[number].torn


def _opposed(alignment: Alignment, side: Literal["missing", "added"], first: int, last: int) -> float:
    beads = alignment.beads
    like = 0.0
    for at, step in ((first - 1, -1), (last + 1, 1)):
        other = at
        while 0 <= other < len(beads) and _side(beads[other]) not in (None, side):
            other += step
        if other == at:
            continue
        run = _lengths(alignment, beads[first : last + 1])
        facing = _lengths(alignment, beads[min(at, other - step) : max(at, other - step) + 1])
        like = max(like, min(run, facing) / max(run, facing))
    return like


def _lengths(alignment: Alignment, beads: Sequence[Bead]) -> float:
    """Return the code points of beads that stand alone, reckoned in the translation's."""
    here = sum(code_points(alignment.source[b.first : b.last]) for b in beads)
    there = sum(code_points(alignment.target[b.low : b.high]) for b in beads)
    return here * alignment.ratio + there


_AROUND = 4
"""Beads on either side of a run that are aligned anew without it."""
FAR = 12.0
"""The largest margin told."""


def _margin(alignment: Alignment, costs: Costs, first: int, last: int) -> float:
    beads = alignment.beads
    window = beads[max(0, first - _AROUND) : last + 1 + _AROUND]
    here = range(beads[first].first, beads[last].last)
    there = range(beads[first].low, beads[last].high)
    top, bottom, left, right = window[0].first, window[-1].last, window[0].low, window[-1].high
    if (bottom - top) * (right - left) > _MOST_PAIRS:
        return FAR
    others = search(costs, [(left, right)] * (bottom - top + 1), top, (here, there))
    if others is None:
        return FAR
    return min(FAR, sum(bead.cost for bead in others) - sum(bead.cost for bead in window))


def _end(sentences: tuple[Sentence, ...]) -> int:
    return sentences[-1].end if sentences else 0


# Logistic regression on the gaps that the alignment leaves in open articles, sentences planted anywhere in them, their ends too
# (benchmarks/fidelity/gaps.py); the order is that of `terms`. From .38 of its probability on, more than .95 are right on
# documents and languages not learnt from, so that counts as even odds.
_INTERCEPT = -12.35 + 0.5
_WEIGHTS = (0.91, -0.64, 1.76, -2.53, 0.03, 0.1, 0.0, -1.7, -4.86, 4.47, -2.65, -0.75, 2.12, -0.25, -1.08)
_LONG_RUN = 0.85
"""Probability of a run of three sentences and more that its neighbours have no room for."""


def terms(gap: Gap) -> tuple[float, ...]:
    """Return what speaks for and against a gap."""
    margin = max(-1.0, min(8.0, gap.margin))
    length = max(gap.length, 5.0)
    return (
        margin,
        margin * margin / 8,
        math.log(length / 60),
        max(0.0, math.log(40 / length)),
        min(gap.unknown, 3),
        min(gap.known, 3),
        max(-6.0, min(3.0, gap.fit)),
        max(-6.0, min(2.0, gap.strain)),
        gap.opposed,
        math.log1p(gap.keys),
        math.log1p(gap.shared),
        math.log1p(gap.near),
        float(gap.side == "missing"),
        float(gap.outermost),
        float(gap.torn),
    )


def likelihood(gap: Gap) -> float:
    """Return the probability that a gap is a true one, by what the open articles taught."""
    odds = sum(weight * term for weight, term in zip(_WEIGHTS, terms(gap), strict=True))
    sure = probability(odds + _INTERCEPT)
    long_run = gap.sentences >= 3 and gap.margin >= FAR
    return max(sure, _LONG_RUN) if long_run else sure


def judged(alignment: Alignment) -> tuple[Judged, ...]:
    """Return the gaps of an alignment, each with its probability."""
    return tuple(Judged(gap, likelihood(gap)) for gap in _gaps(alignment))


BELIEVED = 0.5
"""Probability from which a sentence without a partner stands alone; under it, it belongs to a neighbour."""


def settled(alignment: Alignment, found: Iterable[Judged]) -> Alignment:
    """Return the alignment with what hardly stands alone put to the neighbour that it fits best.

    ``found`` are its gaps; those that are believed stand alone afterwards as before. Ask for them
    before this, for what is put to a neighbour makes the others look less likely than they are.
    The search makes a run stand alone rather than merge it, so that a lost sentence is not
    hidden in a neighbour; most runs that it leaves so are parts of a merged or split sentence.
    """
    doubted = {(gap.side, gap.start) for gap, probability in found if probability < BELIEVED}
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
