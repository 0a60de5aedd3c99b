"""Sentences whose translation is far too short for them: a part was left out, though each has its partner."""

from __future__ import annotations

import math
from collections.abc import Iterator

from cleantext.fidelity.alignment import SHORT, Alignment, Bead, code_points

_MISFIT = 0.5
"""Nats by which a translation must be shorter than those around it are for theirs."""
_LONG = 160
"""Code points, reckoned in the translation's, of sentences of which a part can be missed by length alone."""
_ENOUGH = 6
"""Pairs that tell how long this translator's sentences are."""


def shortfalls(alignment: Alignment) -> Iterator[Bead]:
    """Yield the beads whose translation is much too short and lacks a figure or name of theirs, in order."""
    lengths: dict[int, tuple[float, float]] = {}
    for number, bead in enumerate(alignment.beads):
        if bead.is_pair:
            long = code_points(alignment.source[bead.first : bead.last]) * alignment.ratio
            there = code_points(alignment.target[bead.low : bead.high])
            lengths[number] = (long, math.log((long + SHORT) / (there + SHORT)))
    if len(lengths) < _ENOUGH:
        return
    usual = sorted(misfit for _, misfit in lengths.values())[len(lengths) // 2]
    for number, (long, misfit) in lengths.items():
        if long >= _LONG and misfit - usual > _MISFIT and _lacks(alignment, number):
            yield alignment.beads[number]


def _lacks(alignment: Alignment, number: int) -> bool:
    """Whether a bead's original has a figure or name that the translation has neither in it nor beside it."""
    bead = alignment.beads[number]
    around = alignment.beads[max(0, number - 1) : number + 2]
    near = {key for b in around for s in alignment.target[b.low : b.high] for key in s.keys}
    return any(key not in near for s in alignment.source[bead.first : bead.last] for key in s.telling)
