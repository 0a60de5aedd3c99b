"""Cheap facts of one line: what every line of an article is asked first."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import regex

from cleantext.checks.boilerplate.cues import mask_of, word_set
from cleantext.checks.boilerplate.known_lines import LISTS, list_of
from cleantext.document.pieces import lowered
from cleantext.document.repeats import normal_line

WORD = regex.compile(r"\w+")
PROSE_WORDS = 16
"""Words from which on a line can pass for running prose without a closer look."""
PROSE_FUNCTION = 0.2
"""Share of function words that it needs."""
MARKS = regex.compile(r"[\d©@#»›→«‹←|•·/\[(:]")
STOPS = frozenset(".!?…。！？")
CLOSERS = "\"”’')]» "


class Facts(NamedTuple):
    """Cheap facts of one line.

    ``words``: how many; ``sentence``: likeness to running prose, 0 to 1; ``function``: share of function
    words; ``stop``:
    ends like a sentence; ``mask``: cue groups; ``key``: normal form; ``listed``:
    place in ``LISTS`` and 2 for word for word, 1 for a pattern; ``plain``: long
    running prose without a word that residue is made of.
    """

    text: str
    words: int
    sentence: float
    stop: bool
    mask: int
    cue: float
    key: str
    listed: tuple[int, int]
    plain: bool
    function: float


LIST_PLACE = {name: place for place, name in enumerate(LISTS)}
UNLISTED = (-1, 0)


def tokens_of(line: str) -> list[str]:
    """Give the lower-cased words of a line."""
    found: list[str] = WORD.findall(lowered(line))
    return found


def facts_of(line: str, tokens: Sequence[str]) -> Facts:
    """Look at one stripped, non-blank line by itself; ``tokens`` are its words."""
    words = len(tokens)
    tail = line[-4:].rstrip(CLOSERS)[-1:]
    stop = tail in STOPS if tail else False
    if words >= PROSE_WORDS and stop:
        function = sum(map(word_set("function-words").__contains__, tokens)) / words
        if function >= PROSE_FUNCTION and word_set("prose-cues").isdisjoint(tokens):
            likeness = min(1.0, words / 25) * min(1.0, function / 0.35)
            return Facts(line, words, likeness, True, 0, 0.0, "", UNLISTED, True, function)
    elif words:
        function = sum(map(word_set("function-words").__contains__, tokens)) / words
    else:
        function = 0.0
    sentence = min(1.0, words / 25) * (1.0 if stop else 0.5) * min(1.0, function / 0.35)
    mask = mask_of(tokens)
    cue = 0.0 if not mask else 1.0 if words <= 12 else 12 / words
    key = normal_line(line)
    # Patterns are about cue words and marks: a longer line with neither has nothing for them, nor has a sentence
    # without a cue (none of 1,549 lines that a pattern knows in the development data).
    patterns = bool(mask) or words <= 6 or (not stop and MARKS.search(line) is not None)
    found = list_of(line, key, patterns=patterns) if words <= 60 and key else None
    listed = (LIST_PLACE[found[0]], 1 + found[1]) if found else UNLISTED
    return Facts(line, words, sentence, stop, mask, cue, key, listed, False, function)
