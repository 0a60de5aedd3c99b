"""Candidates for who said what: every cue with the noun phrase beside it and what it may report."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from itertools import compress

from cleantext.document.cues import moods, nouns, verbs
from cleantext.document.othercues import OtherReader
from cleantext.document.reader import Candidate

__all__ = ["Candidate", "CandidateFinder"]


@cache
def _triggers() -> frozenset[str]:
    return frozenset(verbs()) | nouns() | moods() | {"according", ":"}


class CandidateFinder(OtherReader):
    """Finds the candidates of one article."""

    def find(self) -> Iterator[Candidate]:
        """Yield the candidates in the order of their cues."""
        lower = self.tokens.lower
        forms, reporting, felt = verbs(), nouns(), moods()
        triggers = _triggers()
        candidate: Candidate | None
        for index in compress(range(len(lower)), map(triggers.__contains__, lower)):
            word = lower[index]
            offset = self.tokens.starts[index]
            if offset >= self._end or offset < self._start:
                self._enter(offset)
            if word in forms:
                candidate = self.verb(index, forms[word])
                if candidate is None and word in reporting:
                    candidate = self.noun(index)
            elif word == "according":
                candidate = self.according(index)
            elif word == ":":
                candidate = self.colon(index)
            elif word in felt:
                candidate = self.mood(index)
            else:
                candidate = self.noun(index)
            if candidate is not None:
                yield candidate
