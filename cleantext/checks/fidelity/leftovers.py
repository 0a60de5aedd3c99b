"""What a translation engine left as it was, or repeated."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from cleantext.checks import Hit
from cleantext.checks.fidelity.passages import place
from cleantext.fidelity.pair import Pair
from cleantext.finding import Original
from cleantext.rulebook import Card

PASSAGE, LOOP = "FD020", "FD022"
LEAST_WORDS = 4
"""Words of the original in a row that are no name and no title any more."""
LONGEST_LOOP = 12
"""Words of the longest phrase that is looked for again behind itself."""

_TOKEN = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
_SCRIPTS = {
    "Cyrillic": re.compile(r"[\u0400-\u052f][\u0400-\u052f \u00a0,-]*[\u0400-\u052f]"),
    "Greek": re.compile(r"[\u0370-\u03ff][\u0370-\u03ff ,-]*[\u0370-\u03ff]"),
    "Han": re.compile(r"[\u3040-\u30ff\u3400-\u9fff][\u3005-\u30ff\u3400-\u9fff、，。]*"),
    "Devanagari": re.compile(r"[\u0900-\u097f][\u0900-\u097f ,-]*[\u0900-\u097f]"),
    "Arabic": re.compile(r"[\u0600-\u06ff][\u0600-\u06ff ،-]*[\u0600-\u06ff]"),
}
_SHARE = 0.3
"""Share of a text's letters from which a script is one that it is written in."""
_GLOSS = "([«“\"'（「《"


def leftover_hits(pair: Pair, cards: Mapping[str, Card]) -> Iterator[Hit]:
    """Yield a hit for each passage that was left in the original's words, and for each loop."""
    if not cards.keys() & {PASSAGE, LOOP}:
        return
    there = _words(pair.text)
    if PASSAGE in cards and pair.original_lang != pair.lang:
        yield from _other_script(pair)
        yield from _same_words(pair, there)
    if LOOP in cards:
        yield from _loops(pair, there)


def _other_script(pair: Pair) -> Iterator[Hit]:
    if pair.text.isascii():
        return
    for pattern in _SCRIPTS.values():
        first = pattern.search(pair.text)
        if first is None or not _is_written_in(pair.original, pattern) or _is_written_in(pair.text, pattern):
            continue
        for found in pattern.finditer(pair.text):
            written = found.group()
            if len(written) < 2 or _is_address(pair.text, found.start(), found.end()):
                continue
            glossed = (
                pair.text[found.start() - 1 : found.start()] in tuple(_GLOSS)
                or "#" in pair.text[found.start() - 1 : found.start()]
            )
            yield Hit(
                PASSAGE,
                found.start(),
                found.end(),
                confidence=0.35 if glossed else 0.8,
                original=_where(pair, written),
            )


def _is_address(text: str, start: int, end: int) -> bool:
    """Whether a passage is a part of an address: ``пример.рф``, ``https://…``."""
    before, after = text[max(0, start - 2) : start], text[end : end + 2]
    return (
        before.endswith(("/", "@", "//"))
        or (len(before) == 2 and before[1] in ".-" and not before[0].isspace())
        or (len(after) == 2 and after[0] in "./@" and not after[1].isspace())
    )


def _is_written_in(text: str, pattern: re.Pattern[str]) -> bool:
    sample = text[:4000]
    letters = sum(map(str.isalpha, sample))
    return sum(len(found) for found in pattern.findall(sample)) > _SHARE * letters > 0


def _where(pair: Pair, written: str) -> Original | None:
    at = pair.original.find(written)
    return None if at < 0 else place(pair, at, at + len(written))


class _Words(NamedTuple):
    words: list[str]
    spans: list[tuple[int, int]]


def _words(text: str) -> _Words:
    found = list(_TOKEN.finditer(text))
    return _Words([f.group() for f in found], [f.span() for f in found])


def _same_words(pair: Pair, there: _Words) -> Iterator[Hit]:
    """Find runs of words that stand in the original in the same row, and are no name."""
    here = _words(pair.original)
    starts: dict[tuple[str, ...], int] = {}
    for at in range(len(here.words) - LEAST_WORDS + 1):
        starts.setdefault(tuple(here.words[at : at + LEAST_WORDS]), at)
    at = 0
    while at + LEAST_WORDS <= len(there.words):
        known = starts.get(tuple(there.words[at : at + LEAST_WORDS]))
        if known is None:
            at += 1
            continue
        length = LEAST_WORDS
        while (
            at + length < len(there.words)
            and known + length < len(here.words)
            and there.words[at + length] == here.words[known + length]
        ):
            length += 1
        run = there.words[at : at + length]
        small = sum(word.islower() and not word.isdigit() for word in run)
        if small * 2 >= length and small >= 3:
            start, end = there.spans[at][0], there.spans[at + length - 1][1]
            first, last = here.spans[known][0], here.spans[known + length - 1][1]
            quoted = pair.text[start - 1 : start] in tuple(_GLOSS)
            yield Hit(
                PASSAGE, start, end, confidence=0.45 if quoted else 0.85, original=place(pair, first, last)
            )
        at += length


def _loops(pair: Pair, there: _Words) -> Iterator[Hit]:
    """Find phrases that stand behind themselves where the original has no such loop."""
    words = [word.casefold() for word in there.words]
    allowed = None
    at = 0
    while at < len(words):
        found = _loop_at(words, at)
        if found is None:
            at += 1
            continue
        period, times = found
        if allowed is None:
            source = [word.casefold() for word in _words(pair.original).words]
            allowed = any(_loop_at(source, i) is not None for i in range(len(source)))
        end = at + period * times
        # A heading that runs into its sentence says it twice: "… the harbour The harbour …".
        headed = times == 2 and there.words[at] != there.words[at + period]
        if not allowed and not headed:
            confidence = 0.9 if times > 3 or period >= 4 else 0.75 if period >= 2 else 0.6
            yield Hit(LOOP, there.spans[at][0], there.spans[end - 1][1], confidence=confidence)
        at = end


def _loop_at(words: list[str], at: int) -> tuple[int, int] | None:
    """Return the length of a phrase and how often it stands there in a row; None where it does not stand again."""
    for period in range(1, LONGEST_LOOP + 1):
        if at + 2 * period > len(words):
            return None
        if words[at] != words[at + period]:
            continue
        times = 1
        while words[at : at + period] == words[at + times * period : at + (times + 1) * period]:
            times += 1
        if times >= (2 if period >= 3 else 3):
            return period, times
    return None
