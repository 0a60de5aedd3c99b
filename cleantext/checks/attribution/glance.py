"""A first look: who in an article may speak at all.

Only the runs of capitals that have a cue right beside them are read, found in C where that is
built. Nothing about speakers can be wrong in an article without them.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any

from cleantext.checks.attribution.sites import (
    PASSED_OVER,
    Site,
    cue_after,
    cue_before,
    cues,
    labels_its_line,
    noun_after,
    speaking,
)
from cleantext.document.names import read_runs
from cleantext.document.runs import Runs
from cleantext.native import compiled

_native = compiled("cleantext.checks.attribution._cues")


def who_speaks(text: str, runs: Runs) -> list[Site]:
    """Return where a name may speak, each name read by itself: :func:`.sites.tied` puts in what the article tells of it.

    ``runs`` are the text's :func:`capital_runs`. Of the named speakers of `Document.attributions` no one whose cue
    stands beside the name is missing.
    """
    verbal = runs_beside_cues(text, runs)
    marked = runs_before_marks(text, runs)
    return list(speaking(text, read_runs(text, sorted({*verbal, *marked}) if marked else verbal)))


def runs_before_marks(text: str, runs: Runs) -> list[tuple[int, int]]:
    """Return the runs right before a colon, or before a possessive with a noun of speech."""
    found = []
    for mark in (":", "'", "’"):
        at = text.find(mark)
        while at >= 0:
            if mark == ":" or noun_after(text, at) is not None:
                number = bisect_left(runs.ends, at)
                if number < len(runs.ends) and runs.ends[number] == at:
                    start = runs.starts[number]
                    if mark != ":" or not labels_its_line(text, start, at):
                        found.append((start, at))
            at = text.find(mark, at + 1)
    return found


def runs_beside_cues(text: str, runs: Runs) -> Iterable[tuple[int, int]]:
    """Return the runs at which a cue stands, in order, in C where that is built: none less, and hardly one more."""
    if _native is None:
        return runs_beside_cues_slowly(text, runs)
    found: list[tuple[int, int]] = _scanner().beside(text, runs.starts, runs.ends)
    return found


def runs_beside_cues_slowly(text: str, runs: Runs) -> Iterator[tuple[int, int]]:
    """Yield what the search for sites finds; a name that speaks begins or ends its run."""
    for start, end in zip(runs.starts, runs.ends, strict=True):
        if cue_after(text, end) is not None or cue_before(text, start) is not None:
            yield start, end


@cache
def _scanner() -> Any:
    return _native.CueScanner(cues(), cues(), PASSED_OVER)
