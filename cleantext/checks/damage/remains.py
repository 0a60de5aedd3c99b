"""Remains of markup and escapes: each family is asked only where a sign of it stands in the text."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from cleantext.checks import Check, Hit
from cleantext.checks.damage import escapes, markdown, scripts, shortcodes, tags, wiki
from cleantext.checks.damage.signs import signs
from cleantext.configuration import Configuration
from cleantext.document import Document
from cleantext.rulebook import Card


class Family(NamedTuple):
    """Rules, and the function that finds what they name."""

    rules: frozenset[str]
    check: Check


FAMILIES = {
    "codes": Family(frozenset([shortcodes.RULE]), shortcodes.check),
    "escapes": Family(frozenset([escapes.RULE]), escapes.check),
    "markdown": Family(frozenset([markdown.RULE]), markdown.check),
    "script": Family(frozenset([scripts.RULE]), scripts.check),
    "tags": Family(frozenset([tags.RULE]), tags.check),
    "wiki": Family(frozenset([wiki.MARKUP, wiki.MARK]), wiki.check),
}
"""Sign -> who looks closer."""


def check(document: Document, cards: Mapping[str, Card], configuration: Configuration) -> Iterator[Hit]:
    """Yield the hits of all families, none of them in a file of Markdown, which keeps its own."""
    here = FAMILIES.keys() & signs(document)
    if not here or document.markup is not None:
        return
    for sign in sorted(here):
        family = FAMILIES[sign]
        if not family.rules.isdisjoint(cards):
            yield from family.check(document, cards, configuration)
