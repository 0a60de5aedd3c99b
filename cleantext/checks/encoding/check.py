"""Encoding findings: each changed stretch of a repaired segment, named by what was wrong with it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from cleantext.checks import Hit
from cleantext.checks.encoding.alignment import aligned
from cleantext.checks.encoding.beyond import closing_mark, repairs_beyond
from cleantext.checks.encoding.repair import Repair, find_repairs
from cleantext.configuration import Configuration
from cleantext.document import Document
from cleantext.edits import shared_beginning
from cleantext.finding import Applicability, replace
from cleantext.rulebook import Card

MOJIBAKE, ENTITY, UNPRINTABLE, BEYOND = "EN001", "EN002", "EN003", "EN103"

_ENTITY = re.compile(r"&#?[0-9A-Za-z]{1,24};")
_CONTROLS = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u206a-\u206f\ufeff\ufff9-\ufffc\ud800-\udfff]|\x1b\[[0-9;]*[A-Za-z]"
)
_LOW_LINES = re.compile(r"_+\x08+|(?:_\x08)+")
_LONGEST_WORD = 64
_BLANKS = " \t\r\n"  # a no-break space may be the second byte of a broken letter
_REST_OF_WORD = re.compile(rf"[^{_BLANKS}]{{0,{_LONGEST_WORD}}}")
_AROUND_CODE = frozenset(["``", "''", '""', "“”", "‘’"])
_INDENTED = ("    ", "\t")
_NEAR = 200
_ABOUT_MARKUP = re.compile(
    r"\b(?:X?HTML|XML|ampersands?|less-than|greater-than|markup|unescap\w+|escape sequences?"
    r"|(?:character|named|numeric) (?:entit(?:y|ies)|references?)|entit(?:y|ies) for)\b"
)


def check(document: Document, cards: Mapping[str, Card], configuration: Configuration) -> Iterator[Hit]:
    """Yield a hit for every stretch whose encoding is broken."""
    text = document.text
    found = [
        (rule, start, end, fixed)
        for repair in find_repairs(text)
        for start, end, fixed in _closing_marks(text, changes(text, repair))
        if (rule := _rule(text[start:end])) != ENTITY or not is_spoken_of(text, start, end)
    ]
    halves = _half_mended(text, found)
    # A letter that is spoken of: only other mojibake in the article tells that it is broken, too.
    letters = all(_is_letter(text, start, end) for rule, start, end, _ in found if rule == MOJIBAKE)
    for rule, start, end, fixed in found:
        if rule in cards:
            if "\b" in text[start:end]:
                yield from _underlined(text, rule, start, end)
                continue
            # "Blair&#191;s": a converter wrote an inverted question mark for a sign that it did not know.
            lost = fixed == "¿" and text[start - 1 : start].isalpha()
            doubtful = lost or (rule == MOJIBAKE and (letters or start in halves))
            applicability = Applicability.REVIEW if doubtful else None
            yield Hit(rule, start, end, (replace(start, end, fixed),), applicability=applicability)
    if BEYOND in cards:
        for start, end, fixed in repairs_beyond(text, [(start, end) for _, start, end, _ in found]):
            yield Hit(BEYOND, start, end, (replace(start, end, fixed),))


def _underlined(text: str, rule: str, start: int, end: int) -> Iterator[Hit]:
    """A backspace printed one character over another: a low line goes with it, and of what else it joined nothing tells.

    Without the backspaces alone both characters would stand there, side by side.
    """
    low = start
    while text[low - 1 : low] == "_" and start - low < end - start:
        low -= 1
    if _LOW_LINES.fullmatch(text, low, end) and text.count("_", low, end) == text.count("\b", low, end):
        yield Hit(rule, low, end, (replace(low, end, ""),), applicability=Applicability.REVIEW)


def _closing_marks(text: str, found: Iterable[tuple[int, int, str]]) -> Iterator[tuple[int, int, str]]:
    """Read "â€" before a blank as the closing mark that lost its last byte: as a dagger nobody meant it."""
    for start, end, fixed in found:
        if fixed == "†" and text[start:end] in ("â€ ", "â€\xa0"):
            # Where an apostrophe may be meant, the word is left to those that wait for a person.
            if closing_mark(text, start) != "’":
                yield start, end - 1, "”"
        else:
            yield start, end, fixed


def _half_mended(text: str, found: Iterable[tuple[str, int, int, str]]) -> frozenset[int]:
    """Return where those repairs begin that leave a rest of mojibake in their word: whole or not at all."""
    from ftfy.badness import is_bad

    words: dict[int, list[tuple[int, int, str]]] = {}
    joined: dict[int, int] = {}
    for rule, start, end, fixed in found:
        if rule == MOJIBAKE:
            begin = start
            while begin > 0 and text[begin - 1] not in _BLANKS and start - begin < _LONGEST_WORD:
                begin -= 1
            # A blank may be half of a letter, which then goes on beyond it.
            begin = joined.get(begin, begin)
            joined[end] = begin
            words.setdefault(begin, []).append((start, end, fixed))
    halves: set[int] = set()
    for begin, repairs in words.items():
        at, mended = begin, ""
        for start, end, fixed in repairs:
            mended += text[at:start] + fixed
            at = end
        rest = _REST_OF_WORD.match(text, at)
        mended += rest.group() if rest else ""
        # Letters that were lost before are no rest of mojibake: nothing brings them back.
        if is_bad(mended.replace("\ufffd", "")) or "â€" in mended:
            halves.update([start for start, _, _ in repairs])
    return frozenset(halves)


def is_spoken_of(text: str, start: int, end: int) -> bool:
    """Say whether an entity is meant as such: in code, or in a line that is about entities and markup."""
    before, after = text[start - 1 : start], text[end : end + 1]
    if before and before + after in _AROUND_CODE:
        return True
    low = text.rfind("\n", 0, start) + 1
    if text.startswith(_INDENTED, low):
        return True
    high = text.find("\n", end)
    line = text[max(low, start - _NEAR) : min(len(text) if high < 0 else high, end + _NEAR)]
    return _ABOUT_MARKUP.search(line) is not None


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
    """Yield the stretches of a repair that differ, as small as words and characters allow.

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
        if mine == theirs:  # the rest of a text that could not be mended word by word, and needs no mending
            continue
        yield repair.start + i1 + cut, repair.start + i2 - tail, theirs[cut : len(theirs) - tail]
