"""A text that is no article at all: shown at its beginning, and nothing is offered for it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from cleantext.checks import Hit
from cleantext.configuration import Configuration
from cleantext.document import Document
from cleantext.document.pagekind import ARTICLE
from cleantext.finding import Evidence
from cleantext.rulebook import Card

SHOWN = 300
"""Code points of the text that a finding covers, to the end of their line: it is about the whole, and quotes no page."""
_WALLS = {
    "robot": "a robot check stands in its place",
    "error": "an error message stands in its place",
    "script": "the page waits for a script",
    "consent": "the page waits for consent",
    "password": "the page waits for a password",
}


def check(document: Document, cards: Mapping[str, Card], _: Configuration) -> Iterator[Hit]:
    """Yield one hit where a text is likelier no article than one."""
    filled = document.filled
    if not filled:
        return
    kind = document.page_kind
    if kind.article >= ARTICLE:
        return
    start = filled[0].start
    end = filled[0].end
    for line in filled[1:]:
        if line.end > start + SHOWN:
            break
        end = line.end
    why = _WALLS[kind.wall] if kind.wall else "its lines are those of a list, a forum or a shop's page"
    for rule in cards:
        yield Hit(
            rule,
            start,
            min(end, start + SHOWN),
            confidence=round(1 - kind.article, 4),
            evidence=(Evidence(0, 0, "", why),),
        )
