"""Sentences of the original that are not translated, and sentences that it does not have."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from cleantext.checks import Hit
from cleantext.checks.fidelity.passages import hit_on, place, quoted
from cleantext.checks.fidelity.residue import residue
from cleantext.fidelity.gaps import BELIEVED, Gap
from cleantext.fidelity.pair import Pair
from cleantext.fidelity.shortfalls import shortfalls
from cleantext.rulebook import Card

MISSING, ADDED, MANY_MISSING, PART = "FD010", "FD011", "FD012", "FD013"
AVALANCHE = 20
"""Sentences beyond which single findings help nobody."""
LEAST = 0.1
"""Probability below which a gap is not worth a finding."""


def gap_hits(pair: Pair, cards: Mapping[str, Card]) -> Iterator[Hit]:
    """Yield a hit for each run of sentences that stands alone; one for all where they are many."""
    likely = [(gap, p) for gap, p in pair.gaps if p >= LEAST]
    if not likely:
        return
    sure = [(gap, p) for gap, p in likely if p >= BELIEVED]
    for side, rule in (("missing", MISSING), ("added", ADDED)):
        many = [gap for gap, _ in sure if gap.side == side]
        if sum(gap.sentences for gap in many) > AVALANCHE:
            if MANY_MISSING in cards:
                yield _summed(pair, side, many)
            continue
        if rule in cards:
            yield from _hits(pair, rule, [(gap, p) for gap, p in likely if gap.side == side])


_PART = 0.6
"""Confidence of a part left out: one in 55,000 words of human translations is called so; how many are true nobody has read."""


def part_hits(pair: Pair, cards: Mapping[str, Card]) -> Iterator[Hit]:
    """Yield a hit for sentences whose translation is far too short and lacks their figures or names."""
    if PART not in cards:
        return
    for bead in shortfalls(pair.alignment):
        yield hit_on(pair, PART, bead, _PART)


def _hits(pair: Pair, rule: str, found: list[tuple[Gap, float]]) -> Iterator[Hit]:
    if not found:
        return
    text = pair.original if rule == MISSING else pair.text
    left_out = residue(text)
    for gap, probability in found:
        if any(start < gap.end and gap.start < end for start, end in left_out):
            continue  # residue is no part of the article: nobody need translate it
        if rule == MISSING:
            passage = pair.original[gap.start : gap.end]
            yield Hit(
                rule,
                gap.at,
                gap.at,
                confidence=round(probability, 4),
                evidence=(quoted(passage),),
                message="A sentence of the original is missing here."
                if gap.sentences == 1
                else f"{gap.sentences} sentences of the original are missing here.",
                original=place(pair, gap.start, gap.end),
            )
        else:
            yield Hit(
                rule,
                gap.start,
                gap.end,
                confidence=round(probability, 4),
                original=place(pair, gap.at, gap.at),
            )


def _summed(pair: Pair, side: str, found: list[Gap]) -> Hit:
    count = sum(gap.sentences for gap in found)
    whole = len(pair.alignment.source if side == "missing" else pair.alignment.target)
    if side == "missing":
        message = (
            f"{count} of {whole} sentences of the original are missing: a summary, a part, or another text."
        )
        return Hit(
            MANY_MISSING,
            0,
            len(pair.text.rstrip()),
            confidence=0.9,
            message=message,
            original=place(pair, found[0].start, found[-1].end),
        )
    message = f"{count} of {whole} sentences are not in the original: this seems to be another text."
    return Hit(MANY_MISSING, found[0].start, found[-1].end, confidence=0.9, message=message)
