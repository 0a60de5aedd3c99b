"""Encoding findings: each changed stretch of a repaired segment, named by what was wrong with it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from difflib import SequenceMatcher

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
_COMPARABLE = 4000  # words or characters that a difference is worked out over; above it one edit covers all


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
    if max(len(words_a), len(words_b)) > _COMPARABLE:
        yield base, base + len(a), b
        return
    starts = [0]
    for word in words_a:
        starts.append(starts[-1] + len(word))
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, words_a, words_b, autojunk=False).get_opcodes():
        if tag == "equal":
            continue
        mine, theirs = "".join(words_a[i1:i2]), "".join(words_b[j1:j2])
        cut = shared_beginning(mine, theirs)
        tail = shared_beginning(mine[cut:][::-1], theirs[cut:][::-1])
        entities = [entity.span() for entity in _ENTITY.finditer(mine)]
        if entities:  # an entity is shown whole, though "&amp;" and "&" begin alike
            cut, tail = min(cut, entities[0][0]), min(tail, len(mine) - entities[-1][1])
        start = base + starts[i1] + cut
        yield start, base + starts[i2] - tail, theirs[cut : len(theirs) - tail]
