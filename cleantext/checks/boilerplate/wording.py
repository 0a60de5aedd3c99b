"""How a line's words sound: a linear model over hashed words and pairs of words, fitted on labelled lines of many sites.

Its score is one column of the line model; in C, ``_page.pyx`` works it out from the same weights. Hashing as in
Weinberger et al. (2009): no list of words is kept, and none can be read back.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import cache

import msgspec

from cleantext.rulefiles import rules_dir

SLOTS = 1 << 16
MOST_TOKENS = 60
"""Words of a line that are read."""
OPENING, CLOSING = 1, 2
"""Stand for a line's edges in pairs."""
FIRST_FACTOR, SECOND_FACTOR = 0x9E3779B1, 0x85EBCA6B
_WORD = 0xFFFFFFFF


class Wording(msgspec.Struct, frozen=True):
    """``weights``: one signed byte a slot, to be multiplied by ``scale``; ``bias`` is what a line without words scores."""

    scale: float
    bias: float
    weights: bytes


@cache
def wording() -> Wording:
    """Read the shipped weights; raises ValueError where they are of another length."""
    path = rules_dir() / "boilerplate" / "line-words.json"
    found = msgspec.json.decode(path.read_bytes(), type=Wording)
    if len(found.weights) != SLOTS:
        raise ValueError(f"{path.name} holds {len(found.weights)} weights, not {SLOTS}")
    return found


def word_hash(word: str) -> int:
    """Return the hash (FNV-1a, 32 bits) of a word in small letters; all digits count alike."""
    found = 2166136261
    for letter in word:
        found = ((found ^ (0x30 if letter.isdecimal() else ord(letter))) * 16777619) & _WORD
    return found


def slots_of(tokens: Sequence[str]) -> list[int]:
    """Return the slots of a line's words and pairs of words, its edges among them."""
    hashes = [word_hash(token) for token in tokens[:MOST_TOKENS]]
    slots = [(found ^ found >> 16) & (SLOTS - 1) for found in hashes]
    before = OPENING
    for found in (*hashes, CLOSING):
        slots.append(((before * FIRST_FACTOR + found * SECOND_FACTOR) & _WORD) >> 16)
        before = found
    return slots


def wording_of(tokens: Sequence[str]) -> float:
    """Return the log odds that words alone give a line of being residue."""
    model = wording()
    total = sum(
        byte - 256 if byte > 127 else byte for byte in (model.weights[slot] for slot in slots_of(tokens))
    )
    return model.bias + model.scale * total / math.sqrt(max(1, min(len(tokens), MOST_TOKENS)))
