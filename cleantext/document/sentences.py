"""A fast, crude sentence splitter.

It works line by line: a line end always ends a sentence, since articles keep
one paragraph on a line. Inside a line a sentence ends at ``.``, ``!``, ``?``
or ``…``, closing quotation marks and brackets included, where white space and
something that can open a sentence follow, unless the stop belongs to an
abbreviation or an initial. It knows nothing of grammar: it serves the search
for speakers and cues, and evidence windows.
"""

from __future__ import annotations

import re

from cleantext.document.lines import Line
from cleantext.document.spans import Span
from cleantext.document.words import words

_STOP = re.compile(r"([.!?…]+[\"'”’»“)\]]*)[ \t\u00a0\u2009]+(?=[\"'“‘«„(\[\-–—]*([^\W_]))")
_CLOSING = "\"'”’»“)]"


def split_sentences(text: str, lines: tuple[Line, ...]) -> tuple[Span, ...]:
    """Return the sentences, in order, without white space around them; blank lines have none."""
    abbreviations = words("attribution-abbreviations")
    openers = words("attribution-openers")
    sentences: list[Span] = []
    add, new = sentences.append, tuple.__new__  # a named tuple's own constructor is a function in Python
    find = _STOP.finditer
    for start, end, _ in lines:
        begin = start
        for stop in find(text, start, end):
            at, after = stop.span()
            following = text[stop.start(2)]
            if following.islower():
                continue
            if (
                text[at] == "."
                and after - at <= 3
                and _is_abbreviation(text, begin, at, after, abbreviations, openers)
            ):
                continue
            add(new(Span, (begin, stop.end(1))))
            begin = after
        while begin < end and text[begin].isspace():
            begin += 1
        if begin < end:
            add(new(Span, (begin, _rstrip(text, begin, end))))
    return tuple(sentences)


def _rstrip(text: str, start: int, end: int) -> int:
    while end > start and text[end - 1].isspace():
        end -= 1
    return end


def _is_abbreviation(
    text: str, begin: int, at: int, after: int, abbreviations: frozenset[str], openers: frozenset[str]
) -> bool:
    """Whether the full stop at ``at`` belongs to the word before it."""
    if text[at + 1] in _CLOSING:
        return False
    # The window keeps one endless "word" from costing its length at every stop.
    word = text[max(begin, at - 24, text.rfind(" ", max(begin, at - 24), at) + 1) : at].lstrip("\"'“‘«„([-–—")
    if not word:
        return False
    if word in abbreviations:
        return True
    if len(word) == 1:
        return word.isupper() and word != "I"
    if "." in word and len(word) <= 8 and word[0].isupper():
        # "U.S. President" goes on, "in the U.S. The" ends: the next word tells.
        following = text[after : after + 16].lstrip("\"'“‘«„([-–—").partition(" ")[0]
        return following not in openers
    return False
