"""A reply laid beside its passage, word by word: where they differ, and what only changed its place.

The alignment is the cheapest one of a small edit distance in which a word may stand for another form
of itself at half the price, as in ERRANT (Bryant et al. 2017), whose costs it simplifies: no parser,
no tagger, the same answer on every machine.
"""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from typing import NamedTuple

from cleantext.editor.reading import Reading, plain

MOST_CELLS = 1_000_000
"""Product of the two lengths in tokens from which nothing is aligned."""
_GAP, _MARK_GAP = 0.7, 0.5
_NEVER = 9.0
_SHARED = 4
"""Letters at the beginning that make two words relatives ("implement", "implementation")."""


class Hunk(NamedTuple):
    """Tokens ``start:end`` of the passage stand as tokens ``reply_start:reply_end`` in the reply."""

    start: int
    end: int
    reply_start: int
    reply_end: int


class TooLongError(ValueError):
    """Passage and reply are too long to be laid side by side."""


def align(passage: Reading, reply: Reading) -> tuple[Hunk, ...]:
    """Return the stretches in which two texts differ, in order, each as long as no word in it stays.

    White space counts too: where only the space between two tokens differs, the hunk is empty on both
    sides. Raises TooLongError beyond `MOST_CELLS`.
    """
    a, b = passage.tokens, reply.tokens
    low = 0
    while low < len(a) and low < len(b) and a[low].text == b[low].text:
        low += 1
    high = 0
    while high < min(len(a), len(b)) - low and a[-1 - high].text == b[-1 - high].text:
        high += 1
    pairs = [(i, i) for i in range(low)]
    pairs += _pairs(passage, reply, low, len(a) - high, len(b) - high)
    pairs += [(len(a) - k, len(b) - k) for k in range(high, 0, -1)]
    return _hunks(passage, reply, pairs)


def _pairs(passage: Reading, reply: Reading, low: int, high: int, reply_high: int) -> list[tuple[int, int]]:
    """Return the tokens that stay, by the cheapest alignment of the middle."""
    n, m = high - low, reply_high - low
    if n == 0 or m == 0:
        return []
    if n * m > MOST_CELLS:
        raise TooLongError(f"{n} and {m} tokens are too many to compare")
    a, b = passage.tokens, reply.tokens
    gap_a = [_MARK_GAP if a[low + i].kind == "mark" else _GAP for i in range(n)]
    gap_b = [_MARK_GAP if b[low + j].kind == "mark" else _GAP for j in range(m)]
    known: dict[tuple[str, str], float] = {}
    above = array("d", [0.0] * (m + 1))
    for j in range(m):
        above[j + 1] = above[j] + gap_b[j]
    moves = bytearray((n + 1) * (m + 1))  # 0: both, 1: left out of the passage, 2: put in
    for j in range(1, m + 1):
        moves[j] = 2
    for i in range(n):
        row = array("d", [above[0] + gap_a[i]] + [0.0] * m)
        at = (i + 1) * (m + 1)
        moves[at] = 1
        for j in range(m):
            key = (a[low + i].text, b[low + j].text)
            price = known.get(key)
            if price is None:
                price = known[key] = _price(passage, reply, low + i, low + j)
            best, move = above[j] + price, 0
            if (without := above[j + 1] + gap_a[i]) < best:
                best, move = without, 1
            if (added := row[j] + gap_b[j]) < best:
                best, move = added, 2
            row[j + 1] = best
            moves[at + j + 1] = move
        above = row
    found = []
    i, j = n, m
    while i and j:
        move = moves[i * (m + 1) + j]
        if move == 0:
            i, j = i - 1, j - 1
            if a[low + i].text == b[low + j].text:
                found.append((low + i, low + j))
        elif move == 1:
            i -= 1
        else:
            j -= 1
    return found[::-1]


def _price(passage: Reading, reply: Reading, i: int, j: int) -> float:
    """What it costs that one token stands for another; leaving one out and putting one in cost 1.4."""
    one, other = passage.tokens[i], reply.tokens[j]
    if one.text == other.text:
        return 0.0
    if one.lower == other.lower:
        return 0.15
    if (one.kind == "mark") != (other.kind == "mark"):
        return _NEVER
    if one.kind == "mark":
        return 0.9
    if passage.stems[i] == reply.stems[j]:
        return 0.5
    content = passage.content[i], reply.content[j]
    if all(content):
        return 0.9 if related(one.lower, other.lower) else 1.2
    return 1.3 if any(content) else 1.1


def related(one: str, other: str) -> bool:
    """Whether two words begin alike, whatever their accents: spelling, translation or derivation."""
    one, other = plain(one), plain(other)
    least = min(len(one), len(other), _SHARED)
    return least >= 3 and one[:least] == other[:least]


def _hunks(passage: Reading, reply: Reading, pairs: Sequence[tuple[int, int]]) -> tuple[Hunk, ...]:
    found = []
    i = j = 0
    for here, there in (*pairs, (len(passage.tokens), len(reply.tokens))):
        if here > i or there > j or gap(passage, i) != gap(reply, j):
            found.append(Hunk(i, here, j, there))
        i, j = here + 1, there + 1
    return tuple(found)


def gap(reading: Reading, index: int) -> str:
    """Return the white space before a token; before the first one and after the last one there is none to compare."""
    if index == 0 or index >= len(reading.tokens):
        return ""
    return reading.text[reading.tokens[index - 1].end : reading.tokens[index].start]
