"""Passages of both sides as findings show them."""

from __future__ import annotations

from cleantext.checks import Hit
from cleantext.fidelity.alignment import Bead
from cleantext.fidelity.pair import Pair
from cleantext.finding import Evidence, Original

LONGEST = 220
"""Code points of a passage that evidence quotes."""


def shortened(text: str) -> str:
    """Return a passage on one line, its middle left out where it is long."""
    text = " ".join(text.split())
    if len(text) <= LONGEST:
        return text
    half = LONGEST // 2
    return f"{text[:half].rstrip()} … {text[-half:].lstrip()}"


def beside(pair: Pair, bead: int) -> tuple[Evidence, ...]:
    """Return the evidence that shows the original's sentences of a bead."""
    one = pair.alignment.beads[bead]
    sentences = pair.alignment.source[one.first : one.last]
    if not sentences:
        return ()
    return (quoted(pair.original[sentences[0].start : sentences[-1].end]),)


def hit_on(pair: Pair, rule: str, bead: Bead, confidence: float) -> Hit:
    """Return a hit on all that the translation has in a bead, with what the original has there."""
    source = pair.alignment.source[bead.first : bead.last]
    target = pair.alignment.target[bead.low : bead.high]
    start, end = source[0].start, source[-1].end
    return Hit(
        rule,
        target[0].start,
        target[-1].end,
        confidence=confidence,
        evidence=(quoted(pair.original[start:end]),),
        original=place(pair, start, end),
    )


def quoted(passage: str) -> Evidence:
    """Return evidence that quotes the original."""
    return Evidence(0, 0, "", f"original: {shortened(passage)}")


def place(pair: Pair, start: int, end: int) -> Original:
    """Return a span of the original."""
    return Original(start, end, pair.original[start:end])
