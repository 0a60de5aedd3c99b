"""Encoding findings: each changed stretch of a repaired segment, named by what was wrong with it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from cleantext.checks import Hit
from cleantext.checks.encoding.repair import Repair, find_repairs
from cleantext.configuration import Configuration
from cleantext.document import Document
from cleantext.edits import shared_beginning
from cleantext.finding import replace
from cleantext.rulebook import Card

MOJIBAKE, ENTITY, UNPRINTABLE = "EN001", "EN002", "EN003"

_WORDS = re.compile(r"\s+|[^\s]+")
_ENTITY = re.compile(r"&#?[0-9A-Za-z]{1,24};")
_CONTROLS = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u206a-\u206f\ufeff\ufff9-\ufffc\ud800-\udfff]|\x1b\\[[0-9;]*[A-Za-z]"
)
_AHEAD = 12  # words that are looked ahead for where a repaired text goes on as it was


def check(document: Document, cards: Mapping[str, Card], configuration: Configuration) -> Iterator[Hit]:
    """Give a hit for every stretch whose encoding is broken."""
    for repair in find_repairs(document.text):
        for start, end, fixed in changes(document.text, repair):
            rule = _rule(document.text[start:end])
            if rule in cards:
                yield Hit(rule, start, end, (replace(start, end, fixed),))


def _rule(broken: str) -> str:
    if _ENTITY.search(broken):
        return ENTITY
    if not broken or _CONTROLS.fullmatch(broken) or all(_CONTROLS.fullmatch(ch) for ch in broken):
        return UNPRINTABLE
    return MOJIBAKE


def changes(text: str, repair: Repair) -> Iterable[tuple[int, int, str]]:
    """Give the stretches of a repair that differ, as small as words and characters allow.

    Applied together they give the repaired segment.
    """
    old, new = text[repair.start : repair.end], repair.fixed
    # Whole words: a difference may begin inside an entity, and the word says that it is one.
    low = old.rfind(" ", 0, shared_beginning(old, new)) + 1
    high = shared_beginning(old[low:][::-1], new[low:][::-1])
    blank = old.find(" ", len(old) - high) if high else -1
    high = len(old) - blank if blank >= 0 else 0
    a, b = old[low : len(old) - high], new[low : len(new) - high]
    base = repair.start + low
    words_a, words_b = _WORDS.findall(a), _WORDS.findall(b)
    starts = [0]
    for word in words_a:
        starts.append(starts[-1] + len(word))
    for i1, i2, j1, j2 in differing(words_a, words_b):
        mine, theirs = "".join(words_a[i1:i2]), "".join(words_b[j1:j2])
        cut = shared_beginning(mine, theirs)
        tail = shared_beginning(mine[cut:][::-1], theirs[cut:][::-1])
        entities = [entity.span() for entity in _ENTITY.finditer(mine)]
        if entities:  # an entity is shown whole, though "&amp;" and "&" begin alike
            cut, tail = min(cut, entities[0][0]), min(tail, len(mine) - entities[-1][1])
        start = base + starts[i1] + cut
        yield start, base + starts[i2] - tail, theirs[cut : len(theirs) - tail]


def differing(a: Sequence[str], b: Sequence[str]) -> Iterator[tuple[int, int, int, int]]:
    """Give the stretches ``a[i1:i2]`` and ``b[j1:j2]`` that differ, in order, everything between them equal.

    Repairs are local, so a short look ahead finds where both go on alike; difflib
    looks everywhere, and takes minutes where a line repeats one broken word.
    """
    i = j = 0
    while i < len(a) or j < len(b):
        if i < len(a) and j < len(b) and a[i] == b[j]:
            i, j = i + 1, j + 1
            continue
        i2, j2 = _meeting(a, i, b, j)
        yield i, i2, j, j2
        i, j = i2, j2


def _meeting(a: Sequence[str], i: int, b: Sequence[str], j: int) -> tuple[int, int]:
    """Give where two lists of words go on alike, the nearest first; their ends where that is too far."""
    for distance in range(1, 2 * _AHEAD + 1):
        if distance % 2 == 0 and _alike(a, i + distance // 2, b, j + distance // 2):
            return i + distance // 2, j + distance // 2
        for more in range(max(0, distance - _AHEAD), min(_AHEAD, distance) + 1):
            at, there = i + more, j + distance - more
            # A blank alone is everywhere: out of step, the word after it must be the same, too.
            if more * 2 != distance and _alike(a, at, b, there) and _alike(a, at + 1, b, there + 1):
                return at, there
    return len(a), len(b)


def _alike(a: Sequence[str], i: int, b: Sequence[str], j: int) -> bool:
    return a[i] == b[j] if i < len(a) and j < len(b) else i == len(a) and j == len(b)
