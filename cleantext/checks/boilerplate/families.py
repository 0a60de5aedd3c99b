"""The families of residue written as sentences: ``rules/boilerplate/prose.txt``, read once and asked by the line.

Each pattern is held against a sentence, or a line, whole; RE2 does it, in linear time whatever a text holds. First all
lines of an article are looked through at once for the literals of which a match must hold one: few lines have any.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from functools import cache
from typing import Any, NamedTuple

import re2

from cleantext.matching.literals import beginnings, folded
from cleantext.matching.prefilters import literals_of_each
from cleantext.matching.sets import OnePattern, literal_set, options
from cleantext.rulefiles import rules_dir

FILE = "prose.txt"
LONGEST = 700
"""Code points of the longest sentence or line that a pattern is held against."""
_FLAGS = frozenset(["line", "top", "bottom", "edge", "weak", "unsure"])
_DOUBTS = frozenset(["weak", "unsure"])
_RANKED = (frozenset[str](), frozenset(["unsure"]), frozenset(["weak"]), _DOUBTS)
_OUTER = " \t\u00a0\u200b\u200c\u200d\ufe0f\ufeff-–—•·*►▶▸➡→›»>|👉✅🔔📱📧▼▪■●◾"
_AFTER = " \t\u00a0\u200b\u200d\ufe0f.!…:»>→›|"
LONGEST_LINE = 600
"""Bytes of the longest line that can be residue as a whole."""
TOP, BOTTOM = 3, 8
"""Lines of the beginning, and of the end, to which some patterns are held."""
_AT_ONCE = 1_000
_MOST_BEGINNINGS = 12
"""Beginnings of a pattern that are looked for one by one, each cut to so many bytes that there are no more."""
_CUTS = (12, 8, 6, 4)
# Wider than where sentences begin and what `bare` leaves out before them.
_BEFORE = r"[^\pL\d@]*"
_BEGINNING = rf"(?:^|[.!?…\"'”’»“)\]] ){_BEFORE}"
_OUTER_BEGINNING = re.compile(rf"\n[{re.escape(_OUTER)}]+")
_SPACES = ("\t", "\x0b", "\x0c", "\u00a0", "\u2009", "\u202f", "\u200a", "\u2002", "\u2003", "\u3000")
"""What `bare` makes one blank of, as far as it is met with; two blanks, too. Those of ASCII come first."""


class Row(NamedTuple):
    """A pattern, the rule that it belongs to, and its flags, as the file's head explains them."""

    rule: str
    pattern: str
    flags: frozenset[str]


@cache
def rows() -> tuple[Row, ...]:
    """Read the file; raises ValueError for an unknown flag, or a pattern above the first section."""
    found: list[Row] = []
    rule = ""
    for entry in (rules_dir() / "boilerplate" / FILE).read_text("utf-8").split("\n"):
        if entry.startswith("[BP"):
            rule = entry[1:].split()[0]
        elif entry and not entry.startswith("#"):
            flags: frozenset[str] = frozenset()
            pattern = entry
            if entry.startswith("@") and not entry.startswith("@\\"):
                written, pattern = entry[1:].split(" ", 1)
                flags = frozenset(written.split(","))
            if not rule or not flags <= _FLAGS:
                raise ValueError(f"{FILE}: what is this line? {entry}")
            found.append(Row(rule, pattern, flags))
    return tuple(found)


@cache
def literals() -> Any:
    """Return the set of the literals of which whatever a pattern matches holds one, by the pattern's number.

    What is a whole line begins with the line, as far as `_OUTER` leaves it: few lines begin with a word that many hold.
    """
    found = literals_of_each(
        [f"\n(?:{row.pattern})" if "line" in row.flags else f"(?:{row.pattern})" for row in rows()]
    )
    return literal_set([(number, literal) for number, some in enumerate(found) for literal in some])


def _written(number: int) -> str:
    # Where a capital is asked for, case counts all the same.
    return rows()[number].pattern.replace(r"\p{Lu}", r"(?-i:\p{Lu})")


@cache
def _compiled(number: int) -> Any:
    return re2.compile(f"(?i:{_written(number)})", options())


def opening_of(pattern: str) -> str:
    """Return what a pattern begins with, up to where anything may stand: an automaton of that is small, and so fast.

    The whole pattern where it begins with anything, or is made of alternatives.
    """
    depth, at, in_class = 0, 0, False
    cut = None
    while at < len(pattern):
        char = pattern[at]
        if char == "\\":
            at += 2
            continue
        if in_class:
            in_class = char != "]"
        elif depth == 0 and cut is None and (char == "." or pattern.startswith("[^", at)):
            cut = at
        elif char == "|" and depth == 0:
            return pattern
        if char == "[" and not in_class:
            in_class = True
        elif not in_class:
            depth += (char == "(") - (char == ")")
        at += 1
    opening = pattern if cut is None else pattern[:cut]
    return opening or pattern


@cache
def _opening(number: int) -> OnePattern:
    """Return a pattern that matches a line in which what a pattern matches stands where a sentence begins, or the line itself."""
    opening = f"(?i:{opening_of(_written(number))})"
    if "line" in rows()[number].flags:
        return OnePattern(_BEFORE + opening, anchored=True)
    return OnePattern(_BEGINNING + opening)


def likely(lines: Sequence[str], *, spaced: bool = True) -> Iterator[tuple[int, Collection[int]]]:
    """Yield the place of each line that may hold residue, in order, with the numbers of the patterns that may match.

    ``lines`` are stripped and hold no line feed; they are all that are filled, and a pattern may match at some only.
    ``spaced`` is whether two blanks may stand side by side in one.
    """
    for first in range(0, len(lines), _AT_ONCE):
        text = "\n".join(["", *lines[first : first + _AT_ONCE], ""])
        if not text.isascii():
            text = _same(text)
        others = _SPACES[:3] if text.isascii() else _SPACES
        if any(map(text.__contains__, others)) or (spaced and "  " in text):
            text = "\n".join([" ".join(line.split()) for line in text.split("\n")])
        try:
            data = text.encode("utf-8")
        except UnicodeEncodeError:  # a lone surrogate is a question mark to `bare`, too
            data = text.encode("utf-8", "replace")
            text = data.decode("utf-8")
        small = _folded_beginnings(text, data)
        found = literals().matching_lines(small)
        if found is not None and not found:
            continue
        folds = small.split(b"\n")[1:-1]
        split: list[bytes] = []
        for place in sorted(found) if found is not None else range(len(folds)):
            numbers = sorted(set(found[place])) if found is not None else range(len(rows()))
            fold, at = folds[place], first + place
            able = [n for n in numbers if _in_place(n, at, len(lines)) and _may_begin(n, fold)]
            if able:
                split = split or data.split(b"\n")[1:-1]
                able = [n for n in able if _is_able(n, split[place])]
            if able:
                yield at, able


def _folded_beginnings(text: str, data: bytes) -> bytes:
    """Fold lines, ``data`` in UTF-8, as literals are, without the bullets and marks that they begin with."""
    text, found = _OUTER_BEGINNING.subn("\n", text)
    return folded(text, text.encode("utf-8") if found else data)


@cache
def _beginnings(number: int) -> tuple[bytes, ...]:
    """Return what a pattern begins with, in folded bytes; nothing where that is too much, or anything."""
    found = beginnings(rows()[number].pattern)
    for most in _CUTS:
        cut = {beginning[:most] for beginning in found}
        least = [one for one in cut if not any(one[:size] in cut for size in range(1, len(one)))]
        if len(least) <= _MOST_BEGINNINGS:
            return tuple(sorted(least))
    return ()


def _may_begin(number: int, line: bytes) -> bool:
    """Say whether what a pattern begins with stands in a folded line, and neither inside a word nor amid a sentence."""
    some = _beginnings(number)
    for beginning in some:
        at = line.find(beginning)
        while at >= 0:
            before = line[max(0, at - 2) : at]
            if not (before[-1:].isalnum() or (before[-1:] == b" " and before[:1].isalnum())):
                return True
            at = line.find(beginning, at + 1)
    return not some


def _in_place(number: int, place: int, count: int) -> bool:
    flags = rows()[number].flags
    if not flags:
        return True
    top, bottom = place < TOP, place >= count - BOTTOM
    if "top" in flags:
        return top
    if "bottom" in flags:
        return bottom
    return top or bottom if "edge" in flags else True


def _is_able(number: int, line: bytes) -> bool:
    if len(line) > LONGEST_LINE and "line" in rows()[number].flags:
        return False
    return _opening(number).may_match(line)


def _same(text: str) -> str:
    """Return a text with straight apostrophes, and with the letters of ASCII for those that are not the same to RE2.

    It takes two for them where case does not count; the I with its dot is two letters in lower case, of which the first
    would go on with the word before it.
    """
    return text.replace("’", "'").replace("ſ", "s").replace("\u212a", "k").replace("İ", "I")


def bare(text: str) -> str:
    """Return a sentence or a line as patterns see it: outer blanks, bullets, arrows and the final mark left out."""
    return (
        " ".join(_same(text).encode("utf-8", "replace").decode("utf-8").split()).strip(_OUTER).rstrip(_AFTER)
    )


def matching(text: str, numbers: Collection[int]) -> Row | None:
    """Return the first of the rows with these numbers whose pattern a `bare` text is, whole.

    A weak one only where no other is, and an unsure one only where no surer is.
    """
    if not text or len(text) > LONGEST:
        return None
    best, rank = None, len(_RANKED)
    for number in numbers:
        row = rows()[number]
        of_row = _RANKED.index(row.flags & _DOUBTS)
        if of_row < rank and _compiled(number).fullmatch(text):
            if not of_row:
                return row
            best, rank = row, of_row
    return best
