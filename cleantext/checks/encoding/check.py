"""Encoding findings: each changed stretch of a repaired segment, named by what was wrong with it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from cleantext.checks import Hit
from cleantext.checks.encoding.alignment import aligned
from cleantext.checks.encoding.repair import Repair, find_repairs
from cleantext.configuration import Configuration
from cleantext.document import Document
from cleantext.edits import shared_beginning
from cleantext.finding import Applicability, replace
from cleantext.rulebook import Card

MOJIBAKE, ENTITY, UNPRINTABLE = "EN001", "EN002", "EN003"

_ENTITY = re.compile(r"&#?[0-9A-Za-z]{1,24};")
_CONTROLS = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u206a-\u206f\ufeff\ufff9-\ufffc\ud800-\udfff]|\x1b\[[0-9;]*[A-Za-z]"
)


def check(document: Document, cards: Mapping[str, Card], configuration: Configuration) -> Iterator[Hit]:
    """Give a hit for every stretch whose encoding is broken."""
    text = document.text
    found = [
        (_rule(text[start:end]), start, end, fixed)
        for repair in find_repairs(text)
        for start, end, fixed in changes(text, repair)
    ]
    # A letter that is spoken of: only other mojibake in the article tells that it is broken, too.
    letters = all(_is_letter(text, start, end) for rule, start, end, _ in found if rule == MOJIBAKE)
    for rule, start, end, fixed in found:
        if rule in cards:
            applicability = Applicability.REVIEW if letters and rule == MOJIBAKE else None
            yield Hit(rule, start, end, (replace(start, end, fixed),), applicability=applicability)


def _is_letter(text: str, start: int, end: int) -> bool:
    """Say whether "Â" or "Ã" may be meant: by itself, or the last of a word in capitals."""
    before, after = text[max(0, start - 1) : start], text[start + 1 : start + 2]
    if text[start:end].rstrip(" ") not in ("Â", "Ã") or not after.isascii() or after.isalnum():
        return False
    return not before.isalnum() or before.isupper()


def _rule(broken: str) -> str:
    if _ENTITY.search(broken):
        return ENTITY
    if not broken or _CONTROLS.fullmatch(broken) or all(_CONTROLS.fullmatch(ch) for ch in broken):
        return UNPRINTABLE
    return MOJIBAKE


def changes(text: str, repair: Repair) -> Iterable[tuple[int, int, str]]:
    """Give the stretches of a repair that differ, as small as words and characters allow.

    Applied together they give the repaired segment; applied one by one, each
    mends its own words and leaves those beside it where they are.
    """
    old, new = text[repair.start : repair.end], repair.fixed
    for i1, i2, j1, j2 in aligned(old, new, repair.plan):
        mine, theirs = old[i1:i2], new[j1:j2]
        cut = shared_beginning(mine, theirs)
        tail = shared_beginning(mine[cut:][::-1], theirs[cut:][::-1])
        entities = [entity.span() for entity in _ENTITY.finditer(mine)]
        if entities:  # an entity is shown whole, though "&amp;" and "&" begin alike
            cut, tail = min(cut, entities[0][0]), min(tail, len(mine) - entities[-1][1])
        yield repair.start + i1 + cut, repair.start + i2 - tail, theirs[cut : len(theirs) - tail]
