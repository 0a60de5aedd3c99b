"""Words and groups of words that stand twice, and output that loops ("Bern, Bern, Bern, Bern").

Words are set apart by single spaces and compared as they stand, punctuation
included: cheap, and enough, since an engine repeats what it repeats exactly.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from itertools import accumulate, compress, count, islice
from operator import eq
from typing import NamedTuple

from cleantext.checks import Hit
from cleantext.configuration import Configuration
from cleantext.document import Document
from cleantext.document.words import word_list
from cleantext.finding import Edit, Fix
from cleantext.native import compiled
from cleantext.rulebook import Card

DOUBLED_WORD, DOUBLED_GROUP, LOOP = "MT041", "MT086", "MT085"
LONGEST = 5
"""Words of the longest group that is looked for."""
LOOPS = {1: 4}
"""How often a group must stand in a row to be a loop, by its words; 3 where nothing is said: "books, books, books"."""

_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*,?$")
_LOWER = re.compile(r"[^\W\d_A-Z]{2,}$")


_PARTICLES = frozenset(["in", "on", "up", "over", "out", "off"])
_TWO_JOBS = frozenset(["at", "for", "to", "with", "of", "about", "from", "by"])
_PREPOSITIONAL = re.compile(
    r"(?i:(?:look|wait|ask|hop|search|point|car|call|pay|listen|refer|belong|talk|speak|relat|lead|add|agree|object|react|"
    r"respond|subject|deal|work|liv|dream|think|hear|suffer|account)(?:e|es|ed|s|ing|red|ring)?|paid|spoke|spoken|dealt|led)$"
)
"""Verbs that keep their preposition before another one: "the train that she had waited for for hours"."""
_OBJECTS = frozenset(["it", "them", "him", "her", "me", "us", "you", "himself", "herself", "themselves"])
_PHRASAL = re.compile(
    r"(?i:log|hand|mov|go|com|carr|join|check|step|get|keep|tak|call|bring|liv|drop|sign|settl|phon|stay|walk|driv|press|"
    r"pass|pick|plug|cash|turn|hold|giv|put|look|stand|break|pull|push|tun|fill|dial|pay|send|fit|jump|mov|clos|liv)"
    r"(?:e|es|ed|s|ies|ied|y|ing|ging|ged|ting|ped|ping)?$"
    r"|(?i:went|came|gave|held|kept|took|got|caught|broke|brought|stood|drove|stuck|led|sent|paid|fell|gone|given|taken)$"
)
"""Verbs that take such a word, as far as newspapers use them."""


class Repeat(NamedTuple):
    """A group of ``size`` words from word number ``first`` on that stands ``times`` times in a row."""

    first: int
    size: int
    times: int


def runs_slowly(text: str) -> list[tuple[int, int, int]]:
    """Find groups of one to five words that stand twice or more in a row, the shorter ones first.

    Linear: each length takes one pass over pairs of words that many places apart. The slow twin of ``repeats`` in ``document/_segmentation.pyx``.
    """
    words = text.split(" ")
    found: list[tuple[int, int, int]] = []
    for size in range(1, LONGEST + 1):
        run_start, last = -1, -2
        for place in compress(count(), map(eq, words, islice(words, size, None))):
            if place != last + 1:
                if run_start >= 0 and last - run_start + 1 >= size:
                    found.append((run_start, size, (last - run_start + 1) // size + 1))
                run_start = place
            last = place
        if run_start >= 0 and last - run_start + 1 >= size:
            found.append((run_start, size, (last - run_start + 1) // size + 1))
    return found


_native = compiled("cleantext.document._segmentation")
runs: Callable[[str], list[tuple[int, int, int]]] = runs_slowly if _native is None else _native.repeats


def repeats(text: str) -> list[Repeat]:
    """Find groups of one to five words that stand twice or more in a row; where two share words, the shorter wins."""
    kept: list[Repeat] = []
    covered: set[int] = set()
    for first, size, times in runs(text):  # shorter groups come first
        places = range(first, first + size * times)
        if covered.isdisjoint(places):
            covered.update(places)
            kept.append(Repeat(first, size, times))
    return sorted(kept)


def check(document: Document, cards: Mapping[str, Card], configuration: Configuration) -> Iterator[Hit]:
    """Yield a hit for each group that repeats: keep its first copy."""
    text = document.text
    words: list[str] = []
    starts: list[int] = []
    for repeat in repeats(text):
        if not words:
            words = text.split(" ")
            starts = list(accumulate([len(word) + 1 for word in words], initial=0))
        group = words[repeat.first : repeat.first + repeat.size]
        rule = _rule(group, repeat)
        if rule is None or rule not in cards:
            continue
        if rule == DOUBLED_WORD and _particle(words[max(0, repeat.first - 2) : repeat.first], group[0]):
            continue
        start = starts[repeat.first]
        kept = starts[repeat.first + repeat.size] - 1
        end = starts[repeat.first + repeat.size * repeat.times] - 1
        yield Hit(rule, start, end, (Fix((Edit(kept, end, ""),)),))


def _rule(group: list[str], repeat: Repeat) -> str | None:
    if not all(_WORD.match(word) for word in group):
        return None
    if repeat.size == 1 and group[0][0].isupper() and not group[0].endswith(","):
        return None  # a table's "Yes Yes Yes Yes"
    if repeat.size == 2 and "and" in group:
        return None  # "more and more and more"
    if repeat.times >= LOOPS.get(repeat.size, 3):
        return LOOP
    if repeat.size == 1:
        return (
            DOUBLED_WORD
            if repeat.times == 2 and _LOWER.match(group[0]) and group[0] not in _rightly_doubled()
            else None
        )
    # "little by little by little": one word stands on both sides of another.
    if group[-1].endswith(","):
        return None  # "they stammer, they stammer,": a list, or somebody who insists
    return DOUBLED_GROUP if repeat.times == 2 and any(_LOWER.match(word) for word in group) else None


def _particle(before: list[str], word: str) -> bool:
    """Say whether the first of two equal small words may belong to the verb before them: "log in in the dark"."""
    if word in _TWO_JOBS:
        return bool(before) and _PREPOSITIONAL.match(before[-1]) is not None
    if word not in _PARTICLES or not before:
        return False
    if before[-1] in _OBJECTS:
        before = before[:-1]
    return bool(before) and _PHRASAL.match(before[-1]) is not None


@cache
def _rightly_doubled() -> frozenset[str]:
    return frozenset(word_list("rightly-doubled"))
