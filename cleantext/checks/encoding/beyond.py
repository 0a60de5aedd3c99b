"""Mojibake that ftfy leaves alone, because only the word itself tells: beside good dashes, or with bytes lost.

Each word is mended whole or not at all, and always for review: ftfy's author holds such repairs to be unsafe by
themselves (rspeer/python-ftfy, issues 99, 202 and 203).
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import groupby

_SUSPECT = re.compile("[ÃÂâÅÄÐÑÐ√‚Ôô][^\x00-\x40]|[ÃÂ](?:[a-z.]|\\s)|â[\"',]|â€")
_FIRST = "ÃÂâÅÄÐÑ√‚Ôô"
"""What a suspect begins with: looked for one by one, which takes next to nothing where none stands."""
_EDGES = "\"'“”‘’()[],.;:!?…–—-"

_RING = re.compile(r"(?<![^\W_])Ã(?:…|\.\.\.)(?=[a-zß-ÿ])")
_TRADE = re.compile('â"¢')
_EURO = re.compile("â[‚',]¬")
_TM = re.compile(r"â€(?:TM|\(tm\))(?![a-z]*[A-Z])")
_TILDE = re.compile(r"â€~")
_DASH = re.compile(r"(?P<before>(?<=\s)|(?<=[a-z]))â€\"(?=\s|[a-z])")
_CLITIC = re.compile(r"(?<=[A-Za-z])â€(?=(?:s|t|re|ve|ll|d|m)\b)")
_OPENING = re.compile(r"(?<![^\s(])â€(?=[A-Za-z0-9])")
_CLOSING = re.compile(r"(?<=[A-Za-z.,!?…])â€(?=[\s.,;:!?)]|\Z)")
_BEFORE_CLOSING = frozenset(".,!?…")
_LINE = 2000  # code points in which the opening mark is looked for
_PLURAL = re.compile(r"[a-z]s\Z")
_BLANK = re.compile(r"(?<=[a-z.,;:!?”\"’')])Â(?=[ \r\n]|\Z)")
_HYPHEN = re.compile(r"(?<=[a-z])Ã(?=[a-z])")
_SIMPLE = (
    (_RING, "Å"),
    (_TRADE, "™"),
    (_EURO, "€"),
    (_TM, "’"),
    (_TILDE, "‘"),
    (_CLITIC, "’"),
    (_OPENING, "“"),
    (_BLANK, ""),
    (_HYPHEN, "í"),
)

Change = tuple[int, int, str]


def repairs_beyond(text: str, known: Sequence[tuple[int, int]]) -> Iterator[Change]:
    """Yield the repairs of words that no span of ``known`` touches, in order: start, end, mended stretch."""
    if not is_suspect(text):
        return
    from ftfy.badness import is_bad

    spans = sorted(known)
    changes = [
        change for change in sorted({*_simple(text), *_marks(text)}) if not _touches(spans, *change[:2])
    ]
    changes += _alone(text, sorted([*spans, *(change[:2] for change in changes)]))
    changes.sort()
    for (low, high), group in groupby(changes, key=lambda change: _around(text, change[0], change[1])):
        parts = list(group)
        at, mended = low, ""
        for start, end, fixed in parts:
            mended += text[at:start] + fixed
            at = max(at, end)
        if is_bad(mended + text[at:high]) and not _touches(spans, low, high):
            continue
        at = 0
        for start, end, fixed in parts:
            if start >= at:
                at = end
                yield start, end, fixed


def is_suspect(text: str) -> bool:
    """Say whether the signs of mojibake stand in a text; what `_SUSPECT` finds, each first letter looked for by itself."""
    for letter in _FIRST:
        at = text.find(letter)
        while at >= 0:
            if _SUSPECT.match(text, at) is not None:
                return True
            at = text.find(letter, at + 1)
    return False


def _touches(spans: Sequence[tuple[int, int]], start: int, end: int) -> bool:
    """Whether a stretch shares a code point with one of the spans, which are in order and apart."""
    at = bisect_left(spans, (end, -1)) - 1
    return at >= 0 and spans[at][1] > start


def _simple(text: str) -> Iterator[Change]:
    for pattern, put in _SIMPLE:
        for match in pattern.finditer(text):
            yield match.start(), match.end(), put
    if 'â€"' in text:
        for match in _DASH.finditer(text):
            yield match.start(), match.end(), "–" if text[match.start() - 1].isspace() else "—"


def closing_mark(text: str, at: int) -> str:
    """Return what "â€" at a place was before its last byte was lost, at the end of a word.

    "the workersâ€ strike" has an apostrophe where no quotation is open; empty where nothing tells.
    """
    line = max(text.rfind("\n", max(0, at - _LINE), at), at - _LINE, 0)
    before = text[line:at]
    opened = before.count("“") + before.count("â€œ") + len(_OPENING.findall(before)) - before.count("”")
    if opened > 0 or text[at - 1 : at] in _BEFORE_CLOSING:
        return "”"
    return "’" if _PLURAL.search(before[-2:]) is not None else ""


def _marks(text: str) -> Iterator[Change]:
    for match in _CLOSING.finditer(text):
        mark = closing_mark(text, match.start())
        if mark:
            yield *match.span(), mark


def _alone(text: str, taken: Sequence[tuple[int, int]]) -> Iterator[Change]:
    """Yield the words that ftfy mends by themselves, though it leaves the line that they stand in."""
    import ftfy
    from ftfy.badness import is_bad

    config = ftfy.TextFixerConfig(
        unescape_html=False,
        fix_latin_ligatures=False,
        fix_character_width=False,
        uncurl_quotes=False,
        fix_line_breaks=False,
        remove_control_chars=False,
        remove_terminal_escapes=False,
        normalization=None,
    )
    at = 0
    while (suspect := _SUSPECT.search(text, at)) is not None:
        low, high = _around(text, suspect.start(), suspect.start() + 1)
        at = max(high, suspect.end())
        while low < high and text[low] in _EDGES:
            low += 1
        while high > low and text[high - 1] in _EDGES:
            high -= 1
        word = text[low:high]
        if not word or _touches(taken, low, high) or not is_bad(word):
            continue
        fixed = ftfy.fix_text(word, config)
        if (
            fixed != word
            and not is_bad(fixed)
            and all(letter.isalnum() or letter in "-'’.–—™“”…" for letter in fixed)
        ):
            yield low, high, fixed


def _around(text: str, start: int, end: int) -> tuple[int, int]:
    """Return the word around a span, 64 code points on either side at most."""
    low, high = start, end
    while low > 0 and start - low < 64 and not text[low - 1].isspace():
        low -= 1
    while high < len(text) and high - end < 64 and not text[high].isspace():
        high += 1
    return low, high
