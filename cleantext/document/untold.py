"""Why words in quotation marks have no speaker.

One of their two marks is not in their paragraph, they are a heading, a tag beside them cannot be read, nobody is named near
them, or nothing tells who of those who are named.
"""

from __future__ import annotations

import re
from bisect import bisect_left

from cleantext.document.attribution import Untold
from cleantext.document.mentions import Kind
from cleantext.document.namedbeside import lead, tail
from cleantext.document.names import Names
from cleantext.document.subjects import roles
from cleantext.document.titles import MARKS

_NEAR = 500  # code points on each side in which somebody may be named
_HEADING = 120  # code points of a line
_WORD = re.compile(r"[^\W\d_]+")
_SOMEBODY = frozenset([Kind.PERSON, Kind.SURNAME])
_PERSONS = frozenset(["he", "she"])
_ARTICLES = frozenset(["the", "a", "an", "his", "her", "their", "our", "my"])
_MARKS = frozenset(MARKS)


def why_untold(
    text: str, start: int, end: int, names: Names, starts: list[int], sentence: tuple[int, int]
) -> Untold:
    """Return why the words at ``start:end`` have no speaker.

    ``starts`` are those of the mentions of ``names``; ``sentence`` is where the words' sentence starts, and where the one at
    their end does.
    """
    if text[start] not in _MARKS or _MARKS.isdisjoint(text[end - 2 : end]):
        return "unpaired-marks"
    if _is_heading(text, start, end):
        return "heading"
    if tail(text, start, end, sentence[1]) is not None or lead(text, start, sentence[0]) is not None:
        return "unclear-tag"
    low, high = max(0, start - _NEAR), min(len(text), end + _NEAR)
    for at in range(bisect_left(starts, low), bisect_left(starts, high)):
        mention = names.mentions[at]
        if mention.kind in _SOMEBODY and not start <= mention.start < end:
            return "not-told"
    for begin, finish in ((low, start), (end, high)):
        words = [word.lower() for word in _WORD.findall(text, begin, finish)]
        for at, word in enumerate(words):
            if word in _PERSONS or (word in roles() and not _ARTICLES.isdisjoint(words[max(0, at - 3) : at])):
                return "not-told"
    return "nobody-named"


def _is_heading(text: str, start: int, end: int) -> bool:
    """Whether words in marks are a line of their own, or its end, that no stop ends: a headline, a crosshead, a pull quote."""
    low = text.rfind("\n", 0, start) + 1
    if text[end : end + 1] not in ("", "\n") or end - low > _HEADING:
        return False
    if low == 0 and start - low <= 1:
        return True  # the headline
    inner = text[start:end].rstrip(MARKS)
    return inner[-1:].isalnum() and (low == start or text[low:start].rstrip()[-1:] in (":", "-", "–", "—"))
