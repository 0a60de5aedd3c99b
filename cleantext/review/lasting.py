"""What people do not want changed, known by its words alone where what stood around it is gone.

A decision belongs to a finding by its words and at least one side of them (:mod:`cleantext.review.standing`). Of a
line between others that go both sides change, and of what a person wrote there is no finding at all. So a fix that
was refused, and a person's own words, are left alone in their article wherever their words stand and no decision
is found: rather a fix too few unasked than one that somebody did not want.
"""

from __future__ import annotations

from collections.abc import Iterable

import regex

from cleantext.finding import Finding
from cleantext.review.coding import well_formed
from cleantext.review.events import Event
from cleantext.review.keys import normalised
from cleantext.rulebook.card import letters_of

MANY = 40
"""Decisions on equal words of one article beyond which all such words are left alone."""
_WORD = regex.compile(r"\w+")


class Lasting:
    """The decisions of which something must not change, by article."""

    def __init__(self, decisions: Iterable[Event]) -> None:
        """Index decisions that say no to a fix, and those that wrote something else in its place."""
        self._refused: dict[str, dict[tuple[str, str], list[Event]]] = {}
        self._written: dict[str, set[str]] = {}
        for event in decisions:
            if event.verdict != "edit":
                there = self._refused.setdefault(event.document, {})
                there.setdefault((letters_of(event.rule), normalised(event.match)), []).append(event)
            elif words := _spoken(event.replacement or ""):
                self._written.setdefault(event.document, set()).add(words)

    def holds(self, document: str, finding: Finding, context: str) -> bool:
        """Say whether a finding may be what somebody refused, by a rule of the same family, or wrote themselves.

        ``context`` is what stands around it, as its fingerprint says. Where such words stood already when others
        like them were refused, they were not meant.
        """
        refused, written = self._refused.get(document), self._written.get(document)
        if refused:
            alike = refused.get((letters_of(finding.rule), normalised(well_formed(finding.text))), ())
            if len(alike) > MANY or any(context not in event.others for event in alike):
                return True
        if written and (words := _spoken(well_formed(finding.text))):
            return any(words in own for own in written)
        return False


def _spoken(text: str) -> str:
    """Return the words of a text with a blank around each, so that whole words are found in it; empty without any."""
    words = _WORD.findall(text.casefold())
    return f" {' '.join(words)} " if words else ""
