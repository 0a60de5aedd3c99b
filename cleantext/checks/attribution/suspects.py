"""Which speakers give a reason to look closer, and the prefilter that finds who may speak.

Whether one does rests on the names alone that hold the speaker's own word, so only these are read, beside whatever
may be a cue: the fast scan for cues finds no less than the reader of attributions, and may find more. Who does speak is
asked where a suspicion is left.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any, NamedTuple

from cleantext.checks.attribution.evidence import may_be_wrong
from cleantext.checks.attribution.introductions import is_orphan, stands_aside
from cleantext.checks.attribution.mention_index import MentionIndex
from cleantext.checks.attribution.mentions import (
    PASSED_OVER,
    SpeakerMention,
    cue_after,
    cue_before,
    cues,
    is_one_word,
    labels_its_line,
    noun_after,
    speaking,
    tied,
    titles_as_names,
    with_titled,
)
from cleantext.document import Document
from cleantext.document.names import Mention, Names, names_holding, read_runs
from cleantext.document.runs import Runs
from cleantext.native import compiled

_native = compiled("cleantext.document._runs")


def names_beside_cues(text: str, runs: Runs) -> list[Mention]:
    """Return the names in the runs at which something may stand by which they speak, in order.

    Each is read by itself: :func:`.mentions.tied` puts in what the article tells of it. ``runs`` are the text's
    :func:`capital_runs`. Of the named speakers of `Document.attributions` no one whose cue stands beside the name is missing.
    """
    verbal = runs_beside_cues(text, runs)
    marked = runs_before_marks(text, runs)
    if not verbal and not marked:
        return []
    return read_runs(text, sorted({*verbal, *marked}) if marked else verbal)


def runs_before_marks(text: str, runs: Runs) -> list[tuple[int, int]]:
    """Return the runs right before a colon, or before a possessive with a noun of speech."""
    found = []
    for mark in (":", "'", "’"):
        at = text.find(mark)
        while at >= 0:
            # Most apostrophes stand in a word, and few marks behind a run.
            if mark == ":" or text[at + 1 : at + 2] in ("s", " "):
                number = bisect_left(runs.ends, at)
                if number < len(runs.ends) and runs.ends[number] == at:
                    start = runs.starts[number]
                    if (
                        noun_after(text, at) is not None
                        if mark != ":"
                        else not labels_its_line(text, start, at)
                    ):
                        found.append((start, at))
            at = text.find(mark, at + 1)
    return found


def runs_beside_cues(text: str, runs: Runs) -> list[tuple[int, int]]:
    """Return the runs at which a cue stands, in order, in C where that is built: none less, and hardly one more."""
    if _native is None:
        return list(runs_beside_cues_slowly(text, runs))
    found: list[tuple[int, int]] = _scanner().beside(text, runs.starts, runs.ends)
    return found


def runs_beside_cues_slowly(text: str, runs: Runs) -> Iterator[tuple[int, int]]:
    """Yield what the search for sites finds; a name that speaks begins or ends its run."""
    for start, end in zip(runs.starts, runs.ends, strict=True):
        if cue_after(text, end) is not None or cue_before(text, start) is not None:
            yield start, end


@cache
def _scanner() -> Any:
    return _native.CueScanner(cues(), PASSED_OVER)


_NOBODY = Names((), (), {})
_MOST_KEYS = 16
"""Words that names are looked for by; for more, all names are read."""
_MOST_RUNS = 10_000
"""Runs of capitals from which on all names are read at once: those beside cues twice would take much memory."""


class Suspects(NamedTuple):
    """The names beside cues that may be the wrong ones, if they speak at all.

    ``uses`` are the names that hold a word that stands beside a cue. ``speakers`` are those in doubt, each with
    whether nobody introduces him or her; else it is the place that does not fit.
    """

    uses: MentionIndex
    speakers: tuple[tuple[SpeakerMention, bool], ...]


def find_suspects(document: Document, *, known: bool = True) -> Suspects | None:
    """Return the names in doubt, those of whom the article introduces only where ``known``; None where none is."""
    text = document.text
    titled = titles_as_names(text)
    names, sites = _all_at_once(document) if _is_vast(document) else _few(document, titled)
    if not sites and not titled:
        return None
    uses = MentionIndex(document, names)
    speakers = []
    for site in with_titled(sites, titled):
        orphan = is_orphan(uses, site)
        if (orphan or (known and may_be_wrong(uses, site))) and not stands_aside(uses, site):
            speakers.append((site, orphan))
    return Suspects(uses, tuple(speakers)) if speakers else None


def _is_vast(document: Document) -> bool:
    return len(document.capital_runs.starts) > _MOST_RUNS


def _all_at_once(document: Document) -> tuple[Names, list[SpeakerMention]]:
    """Return all names and the sites of one word among them."""
    names = document.names
    return names, list(speaking(document.text, filter(is_one_word, names.mentions)))


def _few(document: Document, titled: Sequence[SpeakerMention]) -> tuple[Names, list[SpeakerMention]]:
    """Return the names that hold a word that stands beside a cue, and the sites of one word among them."""
    text, runs = document.text, document.capital_runs
    named = (mention for mention in names_beside_cues(text, runs) if is_one_word(mention))
    alone = list(speaking(text, named))
    if not alone and not titled:
        return _NOBODY, []
    keys = {site.mention.key for site in (*alone, *titled)}
    names = document.names if len(keys) > _MOST_KEYS else names_holding(text, runs, keys)
    return names, list(tied(alone, names))
