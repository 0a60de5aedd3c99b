"""A first look: whether anybody in an article speaks by one word, as by a surname, at all.

One pass, in C or by RE2, finds the cues that stand beside a capital; only the names
right there are read. Nothing else about speakers can be wrong in an article without them.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import Any

import re2

from cleantext.checks.attribution.sites import ADVERBS, PASSED_OVER, Site, cue_forms, find_sites
from cleantext.document.names import Names, read_runs
from cleantext.document.runs import Runs
from cleantext.native import compiled

_native = compiled("cleantext.checks.attribution._cues")

_NOBODY = ("He ", "She ", "It ", "They ", "I ", "We ", "You ", "Who ")
_ACCORDING = "ccording to"
_SURROGATES = re.compile(r"[\ud800-\udfff]")


@cache
def _beside_cue() -> Any:
    """Give the scan: a word or a mark, adverbs, a cue. It finds too much, and misses no site."""
    cues = "|".join(sorted(cue_forms(), key=lambda form: (-len(form), form)))
    options = re2.Options()
    options.max_mem = 32 << 20
    return re2.compile(
        rf"[A-Z,;\"'\-\x{{80}}-\x{{10FFFF}}][\p{{L}}\p{{M}}\p{{N}}_.’'\-]*{ADVERBS}[ \x{{A0}}](?:{cues})|ccording to",
        options,
    )


def who_speaks(text: str, runs: Runs, titled: Sequence[Site] | None = None) -> frozenset[int]:
    """Give where the names start that stand beside a cue; none where all of them are of several words.

    ``runs`` are the text's :func:`capital_runs`, ``titled`` its :func:`titles_as_names`, where the caller has them.
    """
    sites = find_sites(text, Names(tuple(read_runs(text, _beside_cues(text, runs))), (), {}), titled=titled)
    if not any(site.one_word for site in sites):
        return frozenset()
    return frozenset(site.mention.start for site in sites)


def _beside_cues(text: str, runs: Runs) -> list[tuple[int, int]]:
    """Give the runs that stand in the span of a cue, or begin right after it, in order."""
    starts, ends = runs
    beside: set[int] = set()
    for start, end in cue_spans(text):
        if text.startswith(_NOBODY, start):
            start = end
        last = bisect_right(starts, end + 1)
        number = max(0, bisect_right(starts, start, 0, last) - 1)
        while number < last:
            if ends[number] > start:
                beside.add(number)
            number += 1
    return [(starts[number], ends[number]) for number in sorted(beside)]


def cue_spans(text: str) -> Iterable[tuple[int, int]]:
    """Give start and end of each cue with the capital or mark that stands before it, in C where that is built."""
    if _native is None:
        return cue_spans_slowly(text)
    found: list[tuple[int, int]] = _scanner().spans(text)
    at = text.find(_ACCORDING)
    while at >= 0:
        found.append((at, at + len(_ACCORDING)))
        at = text.find(_ACCORDING, at + 1)
    return found


def cue_spans_slowly(text: str) -> Iterator[tuple[int, int]]:
    """Give what RE2 finds; the C scan finds no less."""
    scanned = _SURROGATES.sub("?", text) if _has_surrogates(text) else text
    for match in _beside_cue().finditer(scanned):
        yield match.span()


@cache
def _scanner() -> Any:
    return _native.CueScanner(cue_forms(), PASSED_OVER)


def _has_surrogates(text: str) -> bool:
    if text.isascii():
        return False
    try:
        text.encode()
    except UnicodeEncodeError:
        return True
    return False
