"""What the metadata of an article tell the line model: the words of its title, its site's own word, those of its address."""

from __future__ import annotations

from typing import NamedTuple

from cleantext.checks.boilerplate.facts import WORD, tokens_of


class Metadata(NamedTuple):
    """``title`` and ``sections`` (of the address) are lower-cased words; ``site`` is one word, ``""`` for none."""

    title: frozenset[str]
    site: str
    sections: frozenset[str]


_NOTHING = Metadata(frozenset(), "", frozenset())


def metadata_of(title: str | None, url: str | None, source: str | None) -> Metadata:
    """Read the metadata."""
    if not (title or url or source):
        return _NOTHING
    address = (url or "").lower()
    return Metadata(
        frozenset(tokens_of(title)) if title else frozenset(),
        _host(source or "") or _host(address),
        frozenset(tokens_of(address.split("://")[-1])),
    )


def _host(name: str) -> str:
    """Return a site's own word: ``www.daily-post.co.uk`` -> ``dailypost``; of a plain name all letters."""
    host = name.lower().split("://")[-1].split("/")[0].removeprefix("www.")
    labels = host.split(".")
    own = max(labels[:-1], key=len) if len(labels) > 1 else host
    return "".join(WORD.findall(own))
