"""A first look: who in an article speaks at all.

Only the runs of capitals that have a cue right beside them are read, found in C where that is
built. Nothing about speakers can be wrong in an article without them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any

from cleantext.checks.attribution.sites import (
    PASSED_OVER,
    Site,
    cue_after,
    cue_before,
    cues_after,
    cues_before,
    speaking,
)
from cleantext.document.names import read_runs
from cleantext.document.runs import Runs
from cleantext.native import compiled

_native = compiled("cleantext.checks.attribution._cues")


def who_speaks(text: str, runs: Runs) -> list[Site]:
    """Give where a name speaks, each name read by itself: :func:`.sites.tied` puts in what the article tells of it.

    ``runs`` are the text's :func:`capital_runs`.
    """
    return speaking(text, read_runs(text, runs_beside_cues(text, runs)))


def runs_beside_cues(text: str, runs: Runs) -> Iterable[tuple[int, int]]:
    """Give the runs at which a cue stands, in order, in C where that is built: none less, and hardly one more."""
    if _native is None:
        return runs_beside_cues_slowly(text, runs)
    found: list[tuple[int, int]] = _scanner().beside(text, runs.starts, runs.ends)
    return found


def runs_beside_cues_slowly(text: str, runs: Runs) -> Iterator[tuple[int, int]]:
    """Give what the search for sites finds; a name that speaks begins or ends its run."""
    for start, end in zip(runs.starts, runs.ends, strict=True):
        if cue_after(text, end) is not None or cue_before(text, start) is not None:
            yield start, end


@cache
def _scanner() -> Any:
    return _native.CueScanner(cues_after(), cues_before(), PASSED_OVER)
