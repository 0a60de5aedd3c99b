"""A translation that has nothing to do with its original, or is nothing but a copy of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from cleantext.checks import Hit
from cleantext.checks.fidelity.passages import hit_on, quoted
from cleantext.fidelity.alignment import Bead
from cleantext.fidelity.pair import Pair
from cleantext.fidelity.strangeness import (
    ENCODED,
    FAR,
    STRANGE,
    SUSPICIOUS,
    distances,
    has_encoder,
    strangeness,
)
from cleantext.fidelity.support import Support, support
from cleantext.rulebook import Card

SENTENCE, ARTICLE = "FD030", "FD031"
AVALANCHE = 8
"""Sentences that say something else, beyond which the whole text is another one."""
MEASURED = frozenset([("de", "en")])
"""Languages of original and translation in which the score alone was measured; elsewhere only the encoder may speak."""
_LEAST_WORDS = 3
_WITHOUT, _WITH = 0.7, 0.9
"""Confidence of a detached sentence without the encoder and with it."""
COPIED = 0.9
"""Share of lines taken over word for word from which a text is no translation at all."""

# On the open articles, true pairs keep .17 and more of figures and names and leave little of the text alone;
# strangers that are paired by chance keep up to .3, and the more they keep the more they leave alone.
_STRANGE, _PER_ALONE, _STRANGE_ALONE, _UTTERLY = 0.14, 0.2, 0.05, 0.1
_LEAST_TELLING, _LEAST_SENTENCES = 10, 3


def is_copy(text: str, original: str) -> bool:
    """Whether a text is its own original, but for a few lines and white space."""
    here = [" ".join(line.split()) for line in text.splitlines() if line.strip()]
    there = frozenset(" ".join(line.split()) for line in original.splitlines() if line.strip())
    copied = sum(len(line) for line in here if line in there)
    return copied >= COPIED * sum(map(len, here)) > 0


def detached_hits(pair: Pair, cards: Mapping[str, Card]) -> Iterator[Hit]:
    """Yield the one hit that says that an article is no translation of its original; usually none."""
    if ARTICLE not in cards:
        return
    found = support(pair.alignment)
    if is_strange(found):
        source = pair.alignment.source
        yield Hit(
            ARTICLE,
            0,
            len(pair.text.rstrip()),
            confidence=0.95 if found.share < 0.12 and found.alone > 0.1 else 0.8,
            evidence=(quoted(pair.original[source[0].start : source[min(1, len(source) - 1)].end]),),
            message=(
                f"This seems to be another text than its original: of {found.telling} figures and names on both "
                f"sides {found.kept} stand in the sentences beside them."
            ),
        )


def detached_sentences(pair: Pair, cards: Mapping[str, Card]) -> Iterator[Hit]:
    """Yield the sentences that say something else than those they stand beside; one hit for all where they are many."""
    if SENTENCE not in cards:
        return
    found = list(_strangers(pair))
    if len(found) > AVALANCHE:
        if ARTICLE in cards:
            message = (
                f"{len(found)} sentences say something else than the original: this seems to be another text."
            )
            yield Hit(ARTICLE, 0, len(pair.text.rstrip()), confidence=0.85, message=message)
        return
    for bead, confidence in found:
        yield hit_on(pair, SENTENCE, bead, confidence)


def _strangers(pair: Pair) -> Iterator[tuple[Bead, float]]:
    if pair.original_lang not in ENCODED or pair.lang not in ENCODED:
        return
    encoded = has_encoder()
    if not encoded and (pair.original_lang, pair.lang) not in MEASURED:
        return
    suspects: list[tuple[Bead, float, str, str]] = []
    for bead in pair.alignment.beads:
        if not bead.is_pair:
            continue
        source = pair.alignment.source[bead.first : bead.last]
        target = pair.alignment.target[bead.low : bead.high]
        here = pair.original[source[0].start : source[-1].end]
        there = pair.text[target[0].start : target[-1].end]
        if min(len(here.split()), len(there.split())) < _LEAST_WORDS and pair.original_lang not in (
            "zh",
            "ja",
        ):
            continue
        odds = strangeness(here, pair.original_lang, there, pair.lang)
        if odds is not None and odds >= SUSPICIOUS:
            suspects.append((bead, odds, here, there))
    if not suspects:
        return
    if not encoded:
        yield from ((bead, _WITHOUT) for bead, odds, _, _ in suspects if odds >= STRANGE)
        return
    cosines = distances([(here, there) for _, _, here, there in suspects])
    yield from (
        (bead, _WITH) for (bead, _, _, _), cosine in zip(suspects, cosines, strict=True) if cosine < FAR
    )


def is_strange(found: Support) -> bool:
    """Whether two texts share so little that one is no translation of the other."""
    return (
        found.telling >= _LEAST_TELLING
        and found.sentences >= _LEAST_SENTENCES
        and (
            (found.alone > _STRANGE_ALONE and found.share < _STRANGE + _PER_ALONE * min(found.alone, 0.6))
            or (found.share < _UTTERLY and found.telling >= 2 * _LEAST_TELLING)
        )
    )
