"""How much of a translation its original supports, without a dictionary."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from cleantext.fidelity.alignment import Alignment, Sentence, code_points


class Support(NamedTuple):
    """What aligned sentences share.

    ``telling`` counts the keys that a translation keeps (figures, names) in sentences that have a partner,
    ``kept`` those that stand in the sentence beside it; ``alone`` is the share, 0 to 1, of
    the text that has nothing beside it, ``sentences`` the number of the shorter side's sentences.
    """

    telling: int
    kept: int
    alone: float
    sentences: int

    @property
    def share(self) -> float:
        """The share of telling keys that are kept, drawn to the middle where they are few."""
        return (self.kept + 2.0) / (self.telling + 4.0)


def support(alignment: Alignment) -> Support:
    """Weigh a whole alignment."""
    telling = kept = alone = total = 0
    for bead in alignment.beads:
        source = alignment.source[bead.first : bead.last]
        target = alignment.target[bead.low : bead.high]
        size = code_points(source) + code_points(target)
        total += size
        if not source or not target:
            alone += size
            continue
        here, there = _keys(source), _keys(target)
        for sentences, other in ((source, there), (target, here)):
            own = {key for s in sentences for key in s.telling}
            telling += len(own)
            kept += len(own & other)
    shorter = min(len(alignment.source), len(alignment.target))
    return Support(telling, kept, alone / max(1, total), shorter)


def _keys(sentences: Iterable[Sentence]) -> frozenset[object]:
    return frozenset(key for s in sentences for key in s.keys)
