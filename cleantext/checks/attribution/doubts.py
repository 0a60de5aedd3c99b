"""Which speakers give a reason to look closer.

Whether one does rests on the names alone that hold the speaker's own word, so only these are read, beside whatever
may be a cue. Who does speak is asked where a doubt is left.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from cleantext.checks.attribution.glance import who_speaks
from cleantext.checks.attribution.introductions import stands_aside
from cleantext.checks.attribution.orphans import is_orphan
from cleantext.checks.attribution.sites import Site, speaking, tied, titles_as_names, with_titled
from cleantext.checks.attribution.speakers import may_be_wrong
from cleantext.checks.attribution.uses import NameUses
from cleantext.document import Document
from cleantext.document.names import Names, names_holding

_MOST_KEYS = 16
"""Words that names are looked for by; for more, all names are read."""
_MOST_RUNS = 10_000
"""Runs of capitals from which on all names are read at once: those beside cues twice would take much memory."""


class Doubts(NamedTuple):
    """The names beside cues that may be the wrong ones, if they speak at all.

    ``uses`` are the names that hold a word that stands beside a cue. ``speakers`` are those in doubt, each with
    whether nobody introduces him or her; else it is the place that does not fit.
    """

    uses: NameUses
    speakers: tuple[tuple[Site, bool], ...]


def find_doubts(document: Document, *, known: bool = True) -> Doubts | None:
    """Return the names in doubt, those of whom the article introduces only where ``known``; None where none is."""
    text = document.text
    titled = titles_as_names(text)
    names, sites = _all_at_once(document) if _is_vast(document) else _few(document, titled)
    if not sites and not titled:
        return None
    uses = NameUses(document, names)
    speakers = []
    for site in with_titled(sites, titled):
        if not site.one_word:
            continue
        orphan = is_orphan(uses, site)
        if (orphan or (known and may_be_wrong(uses, site))) and not stands_aside(uses, site):
            speakers.append((site, orphan))
    return Doubts(uses, tuple(speakers)) if speakers else None


def _is_vast(document: Document) -> bool:
    return len(document.capital_runs.starts) > _MOST_RUNS


def _all_at_once(document: Document) -> tuple[Names, list[Site]]:
    """Return all names and the sites of one word among them."""
    names = document.names
    return names, [site for site in speaking(document.text, names.mentions) if site.one_word]


def _few(document: Document, titled: Sequence[Site]) -> tuple[Names, list[Site]]:
    """Return the names that hold a word that stands beside a cue, and the sites of one word among them."""
    text, runs = document.text, document.capital_runs
    alone = [site for site in who_speaks(text, runs) if site.one_word]
    keys = {site.mention.key for site in (*alone, *titled)}
    if not keys:
        return Names((), (), {}), []
    names = document.names if len(keys) > _MOST_KEYS else names_holding(text, runs, keys)
    return names, list(tied(alone, names))
