"""Where a sentence holds another one that its partner does not say: a heading, or a sentence put in, that runs into it.

What its partner says stands in one part of such a sentence, and the other part is what makes it too long.
A seam is where parting the two gains most, by the costs of the alignment itself.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from itertools import pairwise

from cleantext.fidelity.scripts import UNSPACED

_SEAM = re.compile(r"(?<=[^\s])[ \u00a0\u3000]+(?=[\"«“„‘「『(\[【]?[^\W\d_])")
_UNSPACED = re.compile(f"[{UNSPACED}]")
_OPENERS = '"«“„‘「『([【'
LEAST = 18
"""Code points of either part."""
LEAST_UNSPACED = 7
"""The same where no space parts the words."""
_MOST = 24
"""Seams of a sentence that are tried."""
GAIN = 1.0
"""Nats that parting a sentence must gain."""


def places(text: str, start: int, end: int) -> list[int]:
    """Return where a sentence, code points ``start:end``, could be parted.

    That is before a word with a capital, or where a language that writes no spaces has one.
    """
    found: list[int] = []
    for seam in _SEAM.finditer(text, start, end):
        at = seam.end()
        first = text[at + 1] if text[at] in _OPENERS and at + 1 < end else text[at]
        unspaced = bool(_UNSPACED.match(first)) or bool(_UNSPACED.match(text[seam.start() - 1]))
        least = LEAST_UNSPACED if unspaced else LEAST
        if (first.isupper() or unspaced) and at - start >= least and end - at >= least:
            found.append(at)
    return found[:_MOST]


def best_place(
    begins: Sequence[int],
    start: int,
    end: int,
    keys: Callable[[int, int], frozenset[object]],
    cost: Callable[[int, frozenset[object]], float],
    alone: float,
) -> int | None:
    """Return the place that parts best what the partner says from what it does not; None where nothing is gained.

    ``keys`` reads a stretch of the sentence, ``cost`` says what a rest of so many code points and with
    such keys costs beside the partner, ``alone`` what a sentence without one costs.
    """
    edges = [start, *begins, end]
    stretches = [keys(a, b) for a, b in pairwise(edges)]
    whole = cost(end - start, frozenset().union(*stretches))
    best, place = -GAIN, None
    for number, at in enumerate(begins, 1):
        before: frozenset[object] = frozenset().union(*stretches[:number])
        behind: frozenset[object] = frozenset().union(*stretches[number:])
        change = min(cost(at - start, before), cost(end - at, behind)) + alone - whole
        if change < best:
            best, place = change, at
    return place
