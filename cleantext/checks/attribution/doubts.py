"""Which speakers give a reason to look closer.

Whether one does rests on the names alone that hold the speaker's own word, so only these are read, beside whatever
may be a cue. Who does speak is asked where a doubt is left.
"""

from __future__ import annotations

from typing import NamedTuple

from cleantext.checks.attribution.glance import who_speaks
from cleantext.checks.attribution.introductions import stands_aside
from cleantext.checks.attribution.orphans import is_orphan
from cleantext.checks.attribution.sites import Site, tied, titles_as_names, with_titled
from cleantext.checks.attribution.speakers import may_be_wrong
from cleantext.checks.attribution.uses import NameUses
from cleantext.document import Document
from cleantext.document.names import names_holding

_MOST_KEYS = 16
"""Words that names are looked for by; for more, all names are read."""
_MOST_SITES = 1000
"""Names beside cues from which on all names are read at once: twice would take much memory."""


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
    sites = who_speaks(text, document.capital_runs)
    many = len(sites) > _MOST_SITES
    one_word = [site for site in sites if site.one_word]
    del sites  # a long text has millions, and its names are read next
    if not one_word and not titled:
        return None
    keys = {site.mention.key for site in (*one_word, *titled)}
    every = len(keys) > _MOST_KEYS or many
    names = document.names if every else names_holding(text, document.capital_runs, keys)
    uses = NameUses(document, names)
    speakers = []
    for site in with_titled(tied(one_word, names), titled):
        if not site.one_word:
            continue
        orphan = is_orphan(uses, site)
        if (orphan or (known and may_be_wrong(uses, site))) and not stands_aside(uses, site):
            speakers.append((site, orphan))
    return Doubts(uses, tuple(speakers)) if speakers else None
