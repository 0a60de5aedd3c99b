"""Cheap facts of one line: what every line of an article is asked first."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import regex

from cleantext.checks.boilerplate.cues import mask_of, word_set
from cleantext.checks.boilerplate.known_lines import LISTS, list_of
from cleantext.checks.boilerplate.wording import wording_of
from cleantext.document.pieces import lowered
from cleantext.document.repeats import normal_line

WORD = regex.compile(r"\w+")
IDEOGRAPH = regex.compile(r"[\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}]")
"""Letters of scripts that put no blanks between words: there every pair of letters is a token, and half a word."""
_TOKEN = regex.compile(rf"{IDEOGRAPH.pattern}+|[\w--{IDEOGRAPH.pattern}]+", regex.VERSION1)
PROSE_WORDS = 16
"""Words from which on a line can pass for running prose without a closer look."""
MARKS = regex.compile(r"[\d©@#»›→«‹←|•·/\[(:]")
STOPS = frozenset(".!?…。！？।؟۔")
CLOSERS = "\"”’')]»」』）“ "


class Facts(NamedTuple):
    """Cheap facts of one line.

    ``words``: how many; ``sentence``: likeness to running prose by length and ending, 0 to 1; ``stop``: ends like a
    sentence; ``mask``: cue groups; ``key``: normal form; ``listed``: place in ``LISTS`` and 2 for word for word, 1
    for a pattern; ``plain``: long and ends like a sentence, without a word that residue is made of; ``function``:
    share of function words; ``wording``: log odds of being residue by its words alone.
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
    wording: float


LIST_PLACE = {name: place for place, name in enumerate(LISTS)}
UNLISTED = (-1, 0)


def tokens_of(line: str) -> list[str]:
    """Return the lower-cased words of a line, and the pairs of letters where no blanks part words."""
    found: list[str] = []
    for token in _TOKEN.findall(lowered(line)):
        if len(token) > 1 and IDEOGRAPH.match(token):
            found += [token[at : at + 2] for at in range(len(token) - 1)]
        else:
            found.append(token)
    return found


def is_pair(token: str) -> bool:
    """Say whether a token is of letters of a script without blanks."""
    return IDEOGRAPH.match(token) is not None


def words_in(tokens: Sequence[str]) -> int:
    """Return how many words tokens stand for: two pairs of letters count as one."""
    pairs = sum(map(is_pair, tokens))
    return len(tokens) - pairs + (pairs + 1) // 2


def facts_of(line: str, tokens: Sequence[str]) -> Facts:
    """Look at one stripped, non-blank line by itself; ``tokens`` are its words."""
    words = words_in(tokens)
    tail = line[-4:].rstrip(CLOSERS)[-1:]
    stop = tail in STOPS if tail else False
    sentence = min(1.0, words / 25) * (1.0 if stop else 0.5)
    count = len(tokens)
    function = sum(map(word_set("function-words").__contains__, tokens)) / count if count else 0.0
    sound = wording_of(tokens)
    if words >= PROSE_WORDS and stop and word_set("prose-cues").isdisjoint(tokens):
        return Facts(line, words, sentence, True, 0, 0.0, "", UNLISTED, True, function, sound)
    mask = mask_of(tokens)
    cue = 0.0 if not mask else 1.0 if words <= 12 else 12 / words
    key = normal_line(line)
    # Patterns are about cue words and marks: a longer line with neither has nothing for them, nor has a sentence
    # without a cue (none of 1,549 lines that a pattern knows in the development data).
    patterns = bool(mask) or words <= 6 or (not stop and MARKS.search(line) is not None)
    found = list_of(line, key, patterns=patterns) if words <= 60 and key else None
    listed = (LIST_PLACE[found[0]], 1 + found[1]) if found else UNLISTED
    return Facts(line, words, sentence, stop, mask, cue, key, listed, False, function, sound)
