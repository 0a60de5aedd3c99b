"""One article while its cues are read: parallel views, and the sentence that a cue stands in."""

from __future__ import annotations

from bisect import bisect_right
from typing import NamedTuple

from cleantext.document.plausibility import NO_PLACE, Cue, Place, Plausibility
from cleantext.document.quotations import QuotationMarks
from cleantext.document.spans import Span
from cleantext.document.subjects import Subject
from cleantext.document.titles import is_programme
from cleantext.document.tokens import Tokens

# Reported speech without marks is taken to end here at the latest (code points): text without stops
# must not make every cue report the rest of it.
CONTENT = 1500

# The score of who speaks without a word of what is said: "He told the BBC.". Words in marks may follow.
NOTHING_SAID = float("-inf")


class Candidate(NamedTuple):
    """A cue with a speaker and with what it may report.

    ``first:last`` are the cue's tokens (inclusive); ``start:end`` code points
    of the content, which stands "before" or "after" the cue; ``quotation`` is
    the number of the quotation that the cue tags, -1 for none; ``score`` the
    log-odds of an indirect one, from ``cue`` and ``place``.
    """

    first: int
    last: int
    subject: Subject
    where: str
    start: int
    end: int
    quotation: int
    says: bool
    score: float
    cue: Cue
    place: Place


class Reader:
    """The views of one article, and the sentence that is being read."""

    def __init__(
        self,
        text: str,
        tokens: Tokens,
        sentences: tuple[Span, ...],
        quotations: tuple[QuotationMarks, ...],
        model: Plausibility,
    ) -> None:
        """Take an article's views; nothing is searched yet."""
        self.model = model
        self.text = text
        self.tokens = tokens
        self.quotations = quotations
        self.sentence_starts = [sentence.start for sentence in sentences]
        self.sentence_ends = [sentence.end for sentence in sentences]
        self.quote_starts = [quotation.start for quotation in quotations]
        self.quote_ends = [quotation.end for quotation in quotations]
        self.quote_first = [tokens.at(start) for start in self.quote_starts]
        self.quote_after = [tokens.at(end) for end in self.quote_ends]
        self._programmes: dict[int, bool] = {}
        self._number = -1
        self._start = self._end = self._low = self._high = 0
        self._shared: Subject | None = None
        self._pending = -1  # a finite verb whose subject is read only if another verb shares it
        self._said_until = 0  # code points up to which a verb of saying has its content

    def is_programme(self, quotation: int) -> bool:
        """Whether a quotation, by its number, is no speech but the name of a programme."""
        known = self._programmes.get(quotation)
        if known is None:
            known = self._programmes[quotation] = is_programme(self.text, self.quotations[quotation])
        return known

    def _enter(self, offset: int) -> None:
        """Go to the sentence of a code point."""
        self._number = bisect_right(self.sentence_starts, offset) - 1
        self._start, self._end = self.sentence_starts[self._number], self.sentence_ends[self._number]
        self._low, self._high = self.tokens.at(self._start), self.tokens.at(self._end)
        self._shared = None
        self._pending = -1

    def _tag(
        self, first: int, last: int, subject: Subject, where: str, quotation: int, says: bool, cue: Cue
    ) -> Candidate:
        """Return the candidate that tags a quotation, by its number: no model weighs it."""
        marks = self.quotations[quotation]
        return Candidate(
            first, last, subject, where, marks.start, marks.end, quotation, says, 0.0, cue, NO_PLACE
        )

    def _candidate(
        self,
        first: int,
        last: int,
        subject: Subject,
        start: int,
        end: int,
        says: bool,
        cue: Cue,
        place: Place,
    ) -> Candidate:
        score = self.model.cue(cue) + self.model.place(place, cue.sort)
        if says and cue.sort == "verb" and place.where == "after":
            self._said_until = max(self._said_until, end)
        return Candidate(first, last, subject, place.where, start, end, -1, says, score, cue, place)
