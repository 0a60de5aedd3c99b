"""What ftfy would repair, segment by segment, with the cheap tests that spare it nearly all text.

Only faults of encoding are repaired: mojibake, HTML entities, control characters,
surrogates. Curly quotation marks, ligatures, character width and line ends are
taste or typography, and stay.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cache
from typing import NamedTuple

from cleantext.checks import Gate
from cleantext.checks.encoding.alignment import Step
from cleantext.matching.literals import USUAL, as_class

SEGMENT = 1_000_000  # code points; ftfy cuts longer lines there, to bound its work

# The letters of ordinary typesetting never make ftfy act by themselves, but for the ampersand. Anything else gets a
# closer look.
_ODD = re.compile(f"[^{re.escape(USUAL.replace('&', ''))}]")
_USUAL = frozenset(USUAL) - {"&"}
_USUAL_ASCII = "".join(filter(str.isascii, _USUAL)).encode()
_FEW = 12
"""Sorts of odd letters that are looked for one by one; an expression finds more of them."""
_GATE = Gate(("&",), (f"[^{as_class(USUAL)[1:]}",))
_ENTITY = re.compile(r"&#?[0-9A-Za-z]{1,24};")
# Whatever ftfy takes for mojibake, control characters aside, holds two characters beyond ASCII side by side, or
# one of Â Ã Œ œ; a test holds it to that.
_SUSPECT = re.compile("[^\x00-\x7f](?:[^\x00-\x7f]|(?<=[ÂÃŒœ]))")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u206a-\u206f\ufeff\ufff9-\ufffc\ud800-\udfff]")


class Repair(NamedTuple):
    """A segment ``start:end`` of the text that is broken, how it reads mended, and ftfy's steps from one to the other."""

    start: int
    end: int
    fixed: str
    plan: tuple[Step, ...]


def gate() -> Gate:
    """Return what a text must hold for anything to be repaired."""
    return _GATE


def segments(text: str) -> Iterator[tuple[int, int]]:
    """Yield the stretches that ftfy repairs one by one: lines, cut after a million code points."""
    at = 0
    while at < len(text):
        end = text.find("\n", at) + 1 or len(text)
        end = min(end, at + SEGMENT)
        yield at, end
        at = end


def find_repairs(text: str) -> Iterator[Repair]:
    """Yield every segment that ftfy would change, looking only at those that it could.

    Equal to :func:`find_repairs_slowly` (held by a property test).
    """
    # ftfy reads entities only up to the first segment with a "<": after it the text may be HTML.
    tag = text.find("<")
    for start, end in _odd_segments(text):
        segment = text[start:end]
        entities = (tag < 0 or end <= tag) and "&" in segment
        if _may_change(segment, entities=entities):
            fixed, plan = _ftfy(segment, entities=entities)
            if fixed != segment:
                yield Repair(start, end, fixed, plan)


def _odd_segments(text: str) -> Iterator[tuple[int, int]]:
    """Yield the segments that hold an odd letter: most texts have few sorts of these, and each is found fast."""
    try:
        rest = text.encode("utf-8").translate(None, _USUAL_ASCII).decode("utf-8")
    except UnicodeEncodeError:
        letters = None
    else:
        letters = set(rest) - _USUAL
    last = -1
    if letters is None or len(letters) > _FEW:
        odd = _ODD.search(text)
        while odd is not None:
            start, last = _segment_around(text, odd.start(), last)
            yield start, last
            odd = _ODD.search(text, last)
        return
    ahead = {letter: text.find(letter) for letter in letters}
    while ahead:
        start, last = _segment_around(text, min(ahead.values()), last)
        yield start, last
        ahead = {letter: at if at >= last else text.find(letter, last) for letter, at in ahead.items()}
        ahead = {letter: at for letter, at in ahead.items() if at >= 0}


def _segment_around(text: str, offset: int, last: int) -> tuple[int, int]:
    start = max(text.rfind("\n", 0, offset) + 1, 0)
    if offset - start >= SEGMENT:
        start += (offset - start) // SEGMENT * SEGMENT
    end = text.find("\n", offset) + 1 or len(text)
    return max(start, last), min(end, start + SEGMENT)


def _may_change(segment: str, *, entities: bool) -> bool:
    if entities and _ENTITY.search(segment):
        return True
    if _CONTROL.search(segment):
        return True
    return _SUSPECT.search(segment) is not None and _is_bad()(segment)


@cache
def _is_bad() -> Callable[[str], bool]:
    from ftfy.badness import is_bad

    found: Callable[[str], bool] = is_bad
    return found


def find_repairs_slowly(text: str) -> Iterator[Repair]:
    """Yield every segment that ftfy would change, by asking it about each one."""
    html = False
    for start, end in segments(text):
        segment = text[start:end]
        html = html or "<" in segment
        fixed, plan = _ftfy(segment, entities=not html)
        if fixed != segment:
            yield Repair(start, end, fixed, plan)


def _ftfy(segment: str, *, entities: bool) -> tuple[str, tuple[Step, ...]]:
    import ftfy

    config = ftfy.TextFixerConfig(
        unescape_html=entities,
        fix_latin_ligatures=False,
        fix_character_width=False,
        uncurl_quotes=False,
        fix_line_breaks=False,
        normalization=None,
        explain=True,
    )
    fixed, steps = ftfy.fix_and_explain(segment, config)
    return fixed, tuple(steps or ())
