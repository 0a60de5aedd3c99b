"""Who said what: quotations with their speakers and reporting words.

Three steps. Candidates: every cue (verb, "according to", noun, colon) with the
noun phrase beside it and the stretch of text that it reports. Choice: quoted
stretches take the cue that fits best, what is left over continues the quotation
before it; indirect candidates stay where a small logistic model finds them
likely enough. Resolution: a pronoun, a role or a surname gets the fullest name
that the article gives.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from operator import itemgetter

from cleantext.document.attribution import Kind, Quotation
from cleantext.document.candidates import Candidate, CandidateFinder
from cleantext.document.lines import Line, split_lines
from cleantext.document.names import Names, find_names
from cleantext.document.plausibility import plausibility
from cleantext.document.quotations import QuotationMarks, find_quotations
from cleantext.document.resolution import Resolver
from cleantext.document.runs import uppercase_class
from cleantext.document.sentences import split_sentences
from cleantext.document.spans import Span
from cleantext.document.subjects import Subject, speaker_kind
from cleantext.document.titles import MARKS_AND_BLANKS, is_title
from cleantext.document.tokens import Tokens

# A pull quote is signed on its own line or the next: "…" — Anna Berg, mayor.
_SIGNATURE = re.compile(
    r"[ \u00a0]{0,3}\n{0,2}[ \u00a0]{0,3}[-–—―]{1,2}[ \u00a0]{0,3}"
    rf"([{uppercase_class()}][\w.’'-]{{1,30}}(?:[ \u00a0][{uppercase_class()}][\w.’'-]{{0,30}}){{1,4}})[ \u00a0]{{0,3}}(?=[,\n(]|$)"
)
_SPEECH_ENDS = frozenset(".,!?…;:—–-")
_TELLING = frozenset(["name", "role", "he"])
_GLANCE = 64  # code points
_STOP_AND_BLANKS = " .\u00a0\r\n"
_OPENING = 24  # code points before a sentence's subject
_WRITES = frozenset(["write", "writes", "writing", "wrote", "written"])
_TITLE = 12  # words that a title has at most
_LABEL = 5  # words that a label or a doubtful word has at most
# Start, end, kind, speaker, the speaker's sort, cue.
_Chosen = tuple[int, int, Kind, Span | None, str, Span | None]


def attribute(
    text: str,
    *,
    lines: tuple[Line, ...] | None = None,
    sentences: tuple[Span, ...] | None = None,
    quotations: tuple[QuotationMarks, ...] | None = None,
    names: Names | None = None,
) -> tuple[Quotation, ...]:
    """Find every quotation of a text with its speaker, in order of start.

    Views that the caller already has may be handed in; they must be those of
    this text. Never raises on a text's content; linear in its length.
    """
    if lines is None:
        lines = split_lines(text)
    if sentences is None:
        sentences = split_sentences(text, lines)
    if quotations is None:
        quotations = find_quotations(text, lines)
    found = _Choice(text, lines, sentences, quotations).choose()
    if not found:
        return ()
    resolve = Resolver(text, names if names is not None else find_names(text)).name
    return tuple(
        Quotation(kind, start, end, speaker, None if speaker is None else resolve(speaker, sort), cue)
        for start, end, kind, speaker, sort, cue in found
    )


class _Choice:
    """The choice among the candidates of one article."""

    def __init__(
        self,
        text: str,
        lines: tuple[Line, ...],
        sentences: tuple[Span, ...],
        quotations: tuple[QuotationMarks, ...],
    ) -> None:
        self.text = text
        self.lines = lines
        self.quotations = quotations
        self.tokens = Tokens(text)
        self.finder = CandidateFinder(text, self.tokens, sentences, quotations, plausibility())
        self.line_starts = [line.start for line in lines]
        self.chosen: list[_Chosen] = []
        self.statements: list[Candidate] = []  # what was said without marks, in order

    def choose(self) -> list[_Chosen]:
        """Return the attributions, in order."""
        beside: dict[int, Candidate] = {}
        covered: dict[int, Candidate] = {}
        for candidate in self.finder.find():
            if candidate.quotation >= 0:
                known = beside.get(candidate.quotation)
                if known is None or _rank(candidate) >= _rank(known):
                    beside[candidate.quotation] = candidate
            elif self.keep(candidate):
                self._indirect(candidate, covered)
                if candidate.says and candidate.where == "after" and candidate.cue.sort != "colon":
                    self.statements.append(candidate)
        self._direct(beside, covered)
        self.chosen.sort(key=itemgetter(0, 1))
        return self.chosen

    def keep(self, candidate: Candidate) -> bool:
        """Whether an indirect candidate is likely enough."""
        if candidate.cue.sort == "noun":  # rare, and strict by itself
            return True
        weights = self.finder.model.weights
        if candidate.score < weights.keep_indirect and candidate.score < weights.keep_mixed:
            return False
        if self._marks_within(candidate.start, candidate.end):
            return candidate.score >= weights.keep_mixed
        return candidate.score >= weights.keep_indirect + (0.0 if candidate.says else weights.thought)

    def _marks_within(self, start: int, end: int) -> bool:
        first = bisect_right(self.finder.quote_ends, start)
        return first < len(self.quotations) and self.quotations[first].start < end

    def _indirect(self, candidate: Candidate, covered: dict[int, Candidate]) -> None:
        start, end = self._trim(candidate.start, candidate.end)
        if start == end:  # nothing but blanks and colons after a speaker: "S:::"
            return
        kind: Kind = "indirect"
        first = bisect_right(self.finder.quote_ends, start)
        while first < len(self.quotations) and self.quotations[first].start < end:
            kind = "mixed"
            if start <= self.quotations[first].start:
                covered.setdefault(first, candidate)
            if self.quotations[first].end <= end + 2:
                end = max(end, self.quotations[first].end)
            first += 1
        self._add(kind, start, end, candidate)

    def _add(self, kind: Kind, start: int, end: int, candidate: Candidate) -> None:
        sort = candidate.place.kind or speaker_kind(self.tokens, candidate.subject)
        self.chosen.append((start, end, kind, self._speaker(candidate.subject), sort, self._cue(candidate)))

    def _cue(self, candidate: Candidate) -> Span:
        return Span(self.tokens.starts[candidate.first], self.tokens.end(candidate.last))

    def _speaker(self, subject: Subject) -> Span:
        return Span(self.tokens.starts[subject.first], self.tokens.end(subject.last))

    def _trim(self, start: int, end: int) -> tuple[int, int]:
        text = self.text
        while start < end and text[start] in " \t\r\n,:–—-":
            start += 1
        while end > start and text[end - 1] in " \t\r\n,":
            end -= 1
        return start, end

    def _direct(self, beside: dict[int, Candidate], covered: dict[int, Candidate]) -> None:
        """Give every quoted stretch that no indirect content holds its speaker, or let it go on with the last."""
        last: Candidate | None = None
        last_end = -1
        last_line = -1
        for number, quotation in enumerate(self.quotations):
            line = bisect_right(self.line_starts, quotation.start) - 1
            candidate = beside.get(number)
            if candidate is None and number in covered:
                last = covered[number] if covered[number].says else last
                last_end, last_line = quotation.end, line
                continue
            if candidate is None:
                candidate = self._broken(number, beside)
            written = candidate is None or candidate.cue.word in _WRITES
            if written and not self._is_speech(quotation):
                continue
            if candidate is None:
                candidate = self._after_statement(quotation, line)
            if candidate is None and last is not None and self._goes_on(number, line, last_end, last_line):
                candidate = last
            if candidate is not None:
                self._add("direct", quotation.start, quotation.end, candidate)
                last, last_end, last_line = candidate, quotation.end, line
            elif (signed := _SIGNATURE.match(self.text, quotation.end)) is not None:
                signature = Span(*signed.span(1))
                self.chosen.append((quotation.start, quotation.end, "direct", signature, "name", None))
                last = None
            else:
                self.chosen.append((quotation.start, quotation.end, "direct", None, "", None))
                if quotation.start == self.lines[line].start:
                    last = None

    def _is_speech(self, quotation: QuotationMarks) -> bool:
        """Whether words in marks that no cue tags may be speech, and no title, label or doubtful word.

        A title has a capital in every word but the small ones; a label is short and its sentence goes on around it.
        """
        inner = self.text[quotation.start : min(quotation.end, quotation.start + 400)].strip(MARKS_AND_BLANKS)
        words_ = inner.split()
        if len(words_) > _TITLE or quotation.continues or not quotation.closed or not quotation.opened:
            return True
        if is_title(words_, inner[-1:]):
            return False
        return len(words_) > _LABEL or inner[-1:] in _SPEECH_ENDS

    def _after_statement(self, quotation: QuotationMarks, line: int) -> Candidate | None:
        """Return who said what stands right before words in marks: X said he was worried. "What he has done …".

        He opens his sentence, or stands behind its date, and the words in marks are whole sentences that no tag follows.
        """
        if self.text[quotation.start : quotation.end].rstrip(MARKS_AND_BLANKS)[-1:] not in ".?!…":
            return None
        following = self.text[quotation.end : quotation.end + 2]
        if following[:1] not in ("", "\n", "\r") and not following[1:].isupper():
            return None
        at = bisect_right(self.statements, quotation.start, key=_end_of) - 1
        if at < 0:
            return None
        statement = self.statements[at]
        subject = self.tokens.starts[statement.subject.first]
        sentence = bisect_right(self.finder.sentence_starts, subject) - 1
        if subject - self.finder.sentence_starts[sentence] > _OPENING or statement.place.kind not in _TELLING:
            return None
        # A long way between is told by its beginning: a text of nothing but statements would be copied again and again.
        if self.text[statement.end : min(quotation.start, statement.end + _GLANCE)].strip(_STOP_AND_BLANKS):
            return None
        between = self.text[statement.end : quotation.start]
        if between.strip(_STOP_AND_BLANKS) or between.count("\n") > 2:
            return None
        return statement if "\n" not in between or quotation.start == self.lines[line].start else None

    def _broken(self, number: int, beside: dict[int, Candidate]) -> Candidate | None:
        """The tag of the next quotation, where both stand in one sentence: "…" which is "…," Obama said."""
        following = beside.get(number + 1)
        if following is None or following.where != "before":
            return None
        low, high = self.quotations[number].end, self.quotations[number + 1].start
        if high - low > 80 or any(mark in self.text[low:high] for mark in ".!?\n"):
            return None
        return following

    def _goes_on(self, number: int, line: int, last_end: int, last_line: int) -> bool:
        """Whether a quotation without a tag goes on with the one before it."""
        quotation = self.quotations[number]
        if quotation.continues:
            return True
        if len(self.text[quotation.start : min(quotation.end, quotation.start + 80)].split()) < 3:
            return False
        if line == last_line:
            return True
        # The next paragraph, all of it in marks.
        return (
            quotation.start == self.lines[line].start
            and quotation.start - last_end < 160
            and self.text.count("\n", last_end, quotation.start) <= 3
        )


def _end_of(candidate: Candidate) -> int:
    return candidate.end


def _rank(candidate: Candidate) -> tuple[bool, bool, int]:
    """Order two cues beside a quotation: a verb of saying first, then the tag that follows it, then the nearer."""
    before = candidate.where == "before"
    return candidate.says, before, -candidate.first if before else candidate.first
