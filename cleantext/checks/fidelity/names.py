"""Names and quotations that the translation spells, or places, otherwise."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from cleantext.checks import Hit
from cleantext.checks.fidelity.passages import beside, place
from cleantext.fidelity.names import names, spelt_twice, without_partner
from cleantext.fidelity.pair import Pair
from cleantext.fidelity.quotations import changes
from cleantext.rulebook import Card

SPELT_TWICE, NO_PARTNER = "FD040", "FD041"
LOST, MOVED = "FD050", "FD051"
_SPELT, _ALONE, _LOST, _MOVED = 0.45, 0.25, 0.4, 0.4
"""Under the level at which findings are shown unasked: nobody has judged enough of them yet."""


def name_hits(pair: Pair, cards: Mapping[str, Card]) -> Iterator[Hit]:
    """Yield a hit for each name in a second spelling, for the one without a partner, and for quotations that changed."""
    if not cards.keys() & {SPELT_TWICE, NO_PARTNER, LOST, MOVED}:
        return
    alignment = pair.alignment
    source = names(pair.original, alignment.source, pair.original_lang)
    target = names(pair.text, alignment.target, pair.lang)
    if SPELT_TWICE in cards:
        for found in spelt_twice(alignment, source, target):
            yield Hit(
                SPELT_TWICE,
                found.rare.start,
                found.rare.end,
                confidence=_SPELT,
                message=f"“{found.usual}” elsewhere; the original writes one name, “{found.original.text}”.",
                original=place(pair, found.original.start, found.original.end),
            )
    if NO_PARTNER in cards:
        for name in without_partner(alignment, source, pair.text, pair.original_lang):
            at = _stands(pair, name.sentence)
            message = f"The original names “{name.text}”; nothing here sounds like it."
            yield Hit(
                NO_PARTNER,
                at,
                at,
                confidence=_ALONE,
                message=message,
                original=place(pair, name.start, name.end),
            )
    if not cards.keys() & {LOST, MOVED}:
        return
    for change in changes(alignment, pair.original, pair.text, source, target):
        original = place(pair, change.quotation.start, change.quotation.end)
        evidence = beside(pair, change.bead)
        if change.mouths is None:
            if LOST in cards:
                bead = alignment.beads[change.bead]
                first, last = alignment.target[bead.low], alignment.target[bead.high - 1]
                yield Hit(LOST, first.start, last.end, confidence=_LOST, evidence=evidence, original=original)
        elif MOVED in cards:
            speaker, other = change.mouths
            yield Hit(
                MOVED,
                other.start,
                other.end,
                confidence=_MOVED,
                evidence=evidence,
                message=f"The original has “{speaker.text}” beside this quotation, not “{other.text}”.",
                original=original,
            )


def _stands(pair: Pair, sentence: int) -> int:
    """Return where the translation of a sentence of the original ends."""
    for bead in pair.alignment.beads:
        if bead.is_pair and bead.first <= sentence < bead.last:
            return pair.alignment.target[bead.high - 1].end
    return 0
