"""Which speakers give a reason to look closer.

Whether one does rests on the names alone that hold the speaker's own word, so only these are read; all names of
an article, and the people behind them, are looked at where a doubt is left.
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
"""Speakers from which on names and sites are read once, all of them: twice would take much memory."""


class Doubts(NamedTuple):
    """The speakers of an article who may be the wrong ones.

    ``sites`` are all that speak, ``uses`` the names that hold a word by which somebody does. ``speakers`` are
    those in doubt, each with whether nobody introduces him or her; else it is the place that does not fit.
    """

    sites: tuple[Site, ...]
    uses: NameUses
    speakers: tuple[tuple[Site, bool], ...]


def find_doubts(document: Document) -> Doubts | None:
    """Give the speakers in doubt; None where nobody is."""
    text = document.text
    titled = titles_as_names(text)
    sites = who_speaks(text, document.capital_runs)
    one_word = [site for site in sites if site.one_word]
    if not one_word and not titled:
        return None
    keys = {site.mention.key for site in (*one_word, *titled)}
    every = len(keys) > _MOST_KEYS or len(sites) > _MOST_SITES
    names = document.names if every else names_holding(text, document.capital_runs, keys)
    if every:
        sites = one_word = tied(sites, names)
    else:
        one_word = tied(one_word, names)
    uses = NameUses(document, names)
    speakers = []
    for site in with_titled(one_word, titled):
        if not site.one_word:
            continue
        orphan = is_orphan(uses, site)
        if (orphan or may_be_wrong(uses, site)) and not stands_aside(uses, site):
            speakers.append((site, orphan))
    if not speakers:
        return None
    return Doubts(with_titled(sites if every else tied(sites, document.names), titled), uses, tuple(speakers))
