"""Sentences with nothing beside them: what a translation lacks, and what it adds."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Literal, NamedTuple

from cleantext.fidelity.alignment import Alignment, Bead, Sentence


class Gap(NamedTuple):
    """A run of sentences ``start:end`` (code points of their own side) with nothing beside them.

    ``at`` is where they would stand on the other side. ``balance`` is how much worse, in nats, the
    lengths of the neighbours fit with the run among them than without it; ``common`` the weight of
    what the run shares with its neighbours' other side; ``unknown`` and ``known`` count its telling
    keys that the other text has nowhere, and somewhere.
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


def gaps(alignment: Alignment) -> tuple[Gap, ...]:
    """Give the runs of sentences with nothing beside them, in order of the path."""
    return tuple(_gaps(alignment))


def _gaps(alignment: Alignment) -> Iterator[Gap]:
    beads = alignment.beads
    at = 0
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
        yield _gap(alignment, side, at, last, here if side == "added" else there)
        at = last + 1


def _side(bead: Bead) -> Literal["missing", "added"] | None:
    if bead.low == bead.high:
        return "missing"
    return "added" if bead.first == bead.last else None


def _gap(
    alignment: Alignment, side: Literal["missing", "added"], first: int, last: int, other: frozenset[object]
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
    balance, common, fit = 30.0, 0.0, 0.0
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
        facing = alignment.target[bead.low : bead.high] if missing else alignment.source[bead.first : bead.last]
        own = alignment.source[bead.first : bead.last] if missing else alignment.target[bead.low : bead.high]
        taken = frozenset(key for s in own for key in s.keys)
        shared = (run_keys & frozenset(key for s in facing for key in s.keys)) - taken
        common = max(common, float(len(shared)))
        fit = max(fit, alone)
    telling = [key for s in run for key in s.telling]
    unknown = sum(key not in other for key in telling)
    return Gap(
        side, run[0].start, run[-1].end, at, len(run), length, balance, common, unknown, len(telling) - unknown, fit
    )


def off(source: float, target: float) -> float:
    """Give how unlikely two lengths are of one another, in nats (Gale and Church)."""
    return (source - target) ** 2 / (16.0 * (source + target) / 2 + 1.0)


def _end(sentences: tuple[Sentence, ...]) -> int:
    return sentences[-1].end if sentences else 0


def likelihood(gap: Gap) -> float:
    """Give the probability that a gap is a true one."""
    z = 0.0
    return 1 / (1 + math.exp(-z))
