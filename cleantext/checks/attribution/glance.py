"""A first look: whether anybody in an article speaks by one word, as by a surname, at all.

One pass, in C or by RE2, finds the cues that stand beside a capital; only the names
right there are read. Nothing else about speakers can be wrong in an article without them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import chain
from typing import Any

import re2

from cleantext.checks.attribution.sites import ADVERBS, PASSED_OVER, cue_forms, find_sites
from cleantext.document.mentions import Mention
from cleantext.document.names import Names, read_at
from cleantext.document.runs import capital_run
from cleantext.native import compiled

_native = compiled("cleantext.checks.attribution._cues")

_REACH = 300  # characters that are looked back over for where a run of capitals may begin
# No run of capitals holds any of these; of all such marks they are the usual ones.
_BREAKS = ("\n", ",", '"', "”", "“", ":", ";", "(", ")", "?")
_CAPITAL = re.compile(r"(?<!\w)[^\W\d_a-z]")
_NOBODY = ("He ", "She ", "It ", "They ", "I ", "We ", "You ", "Who ")
# Small words that runs go on over; see `capital_run`.
_JOINING = frozenset(
    "of the for de del della di da dos du van von der den bin ibn al el ten ter y la los".split()  # noqa: SIM905
)
_ACCORDING = re.compile("ccording to")
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


def who_speaks(text: str) -> frozenset[int] | None:
    """Give where the names start that stand beside a cue; none where all of them are of several words.

    None where that cannot be told without reading every name.
    """
    runs = _Runs(text)
    try:
        _read_beside_cues(text, runs)
    except _UnsureError:
        return None
    sites = find_sites(text, Names(runs.mentions(), (), {}))
    if not any(site.one_word for site in sites):
        return frozenset()
    return frozenset(site.mention.start for site in sites)


class _UnsureError(Exception):
    """A run of capitals is too long to be read from the middle."""


class _Runs:
    """Runs of capitals read one by one, as the scan over the whole text reads them."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._match = capital_run().match
        self._known: dict[int, tuple[Mention, ...]] = {}  # by the run's start

    def mentions(self) -> tuple[Mention, ...]:
        """Give the mentions in all runs that were read, in order."""
        return tuple(mention for start in sorted(self._known) for mention in self._known[start])

    def read(self, at: int) -> None:
        """Read the run that a code point stands in, where there is one."""
        text = self.text
        low = text.rfind(" ", max(0, at - 24), max(0, at - 1))
        word = text[low + 1 : at - 1]
        # Right after a small word that joins no names a run begins.
        if low >= 0 and text[at - 1] == " " and word.isalpha() and word.islower() and word not in _JOINING:
            run = self._match(text, at)
            if run is not None and at not in self._known:
                self._known[at] = read_at(text, at, run[0])
            return
        for run in capital_run().finditer(text, self._restart(at)):
            start, end = run.span()
            if start > at:
                break
            if end > at:
                if start not in self._known:
                    self._known[start] = read_at(text, start, run[0])
                break

    def _restart(self, at: int) -> int:
        """Give a code point before ``at`` that no run reaches over."""
        low = max(0, at - _REACH)
        last = max(self.text.rfind(mark, low, at) for mark in _BREAKS)
        if last < 0 < low:
            raise _UnsureError
        return last + 1


def _read_beside_cues(text: str, runs: _Runs) -> None:
    for start, end in cue_spans(text):
        if not text.startswith(_NOBODY, start):
            for capital in _CAPITAL.finditer(text, start, end):
                runs.read(capital.start())
        if text[end : end + 1] in (" ", "\u00a0") and text[end + 1 : end + 2].isupper():
            runs.read(end + 1)


def cue_spans(text: str) -> Iterable[tuple[int, int]]:
    """Give start and end of each cue with the capital or mark that stands before it, in C where that is built."""
    if _native is None:
        return cue_spans_slowly(text)
    return chain(_scanner().spans(text), map(re.Match.span, _ACCORDING.finditer(text)))


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
