"""A translation aligned with its original, in two looks.

The first look takes sentences as their stops part them. What fits badly then may hold two sentences,
a heading that runs into the next line above all; the second look has those parted, by a guess that an
alignment may take back at little cost.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from cleantext.fidelity import keys as shared_keys
from cleantext.fidelity.alignment import (
    ALONE,
    LENGTH,
    Alignment,
    Costs,
    Sentence,
    align_sentences,
    code_points,
    density,
    read_sentence,
    read_sentences,
)
from cleantext.fidelity.seams import NOUNS_IN_CAPITALS, Vocabulary, seams
from cleantext.fidelity.sentences import Piece
from cleantext.fidelity.strangers import best_place, places
from cleantext.fidelity.values import read_values

_MISFIT, _SLIGHT = 0.3, 0.2
"""Nats between the lengths of a pair from which one of both may hold two sentences, and from which a part of one is looked for that the other does not say."""
_ROOM = 60
"""Code points of a sentence that may hold two."""
_NO_KEYS: frozenset[object] = frozenset()


class _Side(NamedTuple):
    """One of the two texts, its language, and the words that it writes small."""

    text: str
    lang: str
    vocabulary: Vocabulary


def align(original: str, original_lang: str, text: str, lang: str) -> Alignment:
    """Align the sentences of two texts; languages are ISO 639-1 codes, any will do."""
    expected = density(original_lang, lang)
    source, target = read_sentences(original, original_lang), read_sentences(text, lang)
    alignment = align_sentences(source, target, expected)
    costs = alignment.costs()
    here, there = _suspects(alignment, costs)
    source_side = _Side(original, original_lang, Vocabulary(original))
    target_side = _Side(text, lang, Vocabulary(text))
    strange_here, strange_there = _strange_parts(alignment, costs, source_side, target_side)
    again = (
        _parted(source, here, strange_here, source_side),
        _parted(target, there, strange_there, target_side),
    )
    if again == (source, target):
        return alignment
    return align_sentences(*again, expected)


def _suspects(alignment: Alignment, costs: Costs) -> tuple[set[int], set[int]]:
    """Return the sentences of either side that may hold two: they fit their partner badly, or one beside them stands alone."""
    here: set[int] = set()
    there: set[int] = set()
    beads = alignment.beads
    alone = [not bead.is_pair for bead in beads]
    for number, bead in enumerate(beads):
        if alone[number]:
            continue
        misfit = costs.length(bead.first, bead.last, bead.low, bead.high) > _MISFIT * LENGTH
        if misfit or any(alone[max(0, number - 1) : number + 2]):
            here.update(range(bead.first, bead.last))
            there.update(range(bead.low, bead.high))
    return here, there


def _strange_parts(
    alignment: Alignment, costs: Costs, original: _Side, text: _Side
) -> tuple[dict[int, int], dict[int, int]]:
    """Return where sentences of either side, by number, are best parted from what their partner does not say."""
    here: dict[int, int] = {}
    there: dict[int, int] = {}
    for bead in alignment.beads:
        if not bead.is_pair:
            continue
        if costs.length(bead.first, bead.last, bead.low, bead.high) < _SLIGHT * LENGTH:
            continue
        source = alignment.source[bead.first : bead.last]
        target = alignment.target[bead.low : bead.high]
        ratio = alignment.ratio
        for number, at in _parts(costs, source, ratio, target, 1.0, original):
            here[bead.first + number] = at
        for number, at in _parts(costs, target, 1.0, source, ratio, text):
            there[bead.low + number] = at
    return here, there


def _parts(
    costs: Costs,
    own: Sequence[Sentence],
    scale: float,
    other: Sequence[Sentence],
    other_scale: float,
    side: _Side,
) -> list[tuple[int, int]]:
    """Return which sentences of one side of a bead to part, and where; scales turn code points into the translation's."""
    partner = _NO_KEYS.union(*(sentence.keys for sentence in other))
    long = code_points(other) * other_scale
    found: list[tuple[int, int]] = []
    text, lang, vocabulary = side

    def read(start: int, end: int) -> frozenset[object]:
        written = text[start:end]
        return shared_keys.keys(written, read_values(written, lang), lang)

    for number, sentence in enumerate(own):
        begins = places(text, sentence.start, sentence.end)
        if begins and lang in NOUNS_IN_CAPITALS:
            begins = [at for at in begins if not vocabulary.begins_with_name(text, at)]
        if not begins:
            continue
        rest = (*own[:number], *own[number + 1 :])
        beside, more = _NO_KEYS.union(*(s.keys for s in rest)), code_points(rest)

        def cost(
            length: int, keys: frozenset[object], beside: frozenset[object] = beside, more: int = more
        ) -> float:
            shared = costs.evidence.of(keys | beside, partner)
            return costs.misfit((length + more) * scale, long) - shared

        at = best_place(begins, sentence.start, sentence.end, read, cost, ALONE)
        if at is not None:
            found.append((number, at))
    return found


def _parted(
    sentences: tuple[Sentence, ...], suspects: set[int], strange: dict[int, int], side: _Side
) -> tuple[Sentence, ...]:
    """Return the sentences, parted where one holds what its partner does not say, and suspected ones wherever another may begin in them."""
    found: list[Sentence] = []
    text, lang, vocabulary = side
    for number, sentence in enumerate(sentences):
        begins: list[int] = []
        if number in strange:
            begins = [strange[number]]
        elif number in suspects and sentence.end - sentence.start >= _ROOM and not sentence.guessed:
            loose = lang not in NOUNS_IN_CAPITALS
            begins = seams(text, sentence.start, sentence.end, vocabulary, loose=loose)
        if not begins:
            found.append(sentence)
            continue
        for start, end in pairwise([sentence.start, *begins, sentence.end]):
            guessed = start > sentence.start
            torn = guessed and vocabulary.begins_with_name(text, start)
            piece = Piece(start, start + len(text[start:end].rstrip()), guessed, torn)
            found.append(read_sentence(text, piece, lang))
    return tuple(found)
