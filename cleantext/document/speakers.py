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
from cleantext.document.continuing import Continuing, Speaking
from cleantext.document.cues import verbs
from cleantext.document.lines import Line, split_lines
from cleantext.document.loosetags import is_bare_tag, loose_tag, tag_within, tail_of
from cleantext.document.namedbeside import named_beside
from cleantext.document.names import Names, find_names
from cleantext.document.plausibility import plausibility
from cleantext.document.quotations import QuotationMarks, find_quotations
from cleantext.document.quotedwords import is_embedded, is_example, is_fragment, is_speech
from cleantext.document.reader import NOTHING_SAID
from cleantext.document.resolution import Resolver
from cleantext.document.runs import uppercase_class
from cleantext.document.sentences import split_sentences
from cleantext.document.spans import Span
from cleantext.document.subjects import Subject, roles, speaker_kind
from cleantext.document.tokens import Tokens
from cleantext.document.unattributed import Attributed, with_speakers
from cleantext.document.untold import why_untold

# A pull quote is signed on its own line or the next: "…" — Anna Berg, mayor; "…" -- a pilot who flew it; "…" — annab on Reddit.
_SIGNATURE = re.compile(
    r"[ \u00a0]{0,3}\n{0,2}[ \u00a0]{0,3}[-–—―]{1,2}[ \u00a0]{0,3}"
    rf"(?:([{uppercase_class()}][\w.’'-]{{1,30}}(?:[ \u00a0][{uppercase_class()}][\w.’'-]{{0,30}}){{1,4}})[ \u00a0]{{0,3}}(?=[,\n(]|$)"
    r"|(\w[^\n,;:()\"“”]{1,60}[\w*])[ \u00a0]{0,3}(?=[,(\n]|$))"
)
# Who said it stands in brackets behind it: "…" (Anna Berg, mayor).
_IN_BRACKETS = re.compile(rf"[ \u00a0]?\(([{uppercase_class()}][^()\n\d]{{4,90}})\)")
_WEAK = -3.0  # log-odds from which a candidate may have words in marks that nobody else has
_SPEECH = 1_200  # code points of a speech of several paragraphs
_NEXT = 4  # code points from one quotation to the next, where nothing stands between
_WRITES = frozenset(["write", "writes", "writing", "wrote", "written"])


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
    names = names if names is not None else find_names(text)
    resolver = Resolver(text, names)
    result = []
    for start, end, kind, speaker, sort, cue in found:
        if speaker is None:
            around = _sentence_around(start, end, sentences)
            beside = named_beside(text, start, end, names, resolver.starts, around)
            if beside is None:
                if not is_fragment(text, start, end):
                    why = why_untold(text, start, end, names, resolver.starts, around)
                    result.append(Quotation(kind, start, end, None, None, cue, why))
                continue
            speaker, sort = beside
        result.append(Quotation(kind, start, end, speaker, resolver.name(speaker, sort), cue))
    return tuple(result)


def _sentence_around(start: int, end: int, sentences: tuple[Span, ...]) -> tuple[int, int]:
    """Return where the sentence of a code point starts, and where that of another one ends, which follows it."""
    first = bisect_right(sentences, start, key=_start_of) - 1
    last = bisect_right(sentences, end, key=_start_of) - 1
    return sentences[max(0, first)].start, max(end, sentences[last].end)


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
        self.chosen: list[Attributed] = []
        self.weak: list[Candidate] = []  # too unlikely by themselves, with words in marks in them
        self.continuing = Continuing(self.finder, lines, self.line_starts)

    def choose(self) -> list[Attributed]:
        """Return the attributions, in order."""
        beside: dict[int, Candidate] = {}
        covered: dict[int, Candidate] = {}
        for candidate in self.finder.find():
            if candidate.quotation >= 0:
                known = beside.get(candidate.quotation)
                if known is None or _rank(candidate) >= _rank(known):
                    beside[candidate.quotation] = candidate
            elif candidate.score == NOTHING_SAID:
                self.continuing.state(candidate)
            elif self.keep(candidate):
                self._indirect(candidate, covered)
                self.continuing.state(candidate)
            elif candidate.score >= _WEAK and self._marks_within(candidate.start, candidate.end):
                self.weak.append(candidate)
        self._cover(beside, covered)
        self._direct(beside, covered)
        self.chosen.sort(key=itemgetter(0, 1))
        return with_speakers(self.text, self.chosen)

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
        if candidate.where == "before" and candidate.says:
            self._clip(candidate)
        self._add(kind, start, end, candidate)

    def _clip(self, candidate: Candidate) -> None:
        """End what others say inside a sentence where its tag begins: "the town can expect rain, the centre said".

        What somebody thinks or does in such a sentence is a part of what its tag reports: "Berg plans to leave, aides said".
        """
        tag = self.tokens.starts[min(candidate.first, candidate.subject.first)]
        for at in range(len(self.chosen) - 1, max(-1, len(self.chosen) - 4), -1):
            start, end, kind, speaker, sort, cue = self.chosen[at]
            if kind == "direct":
                continue
            if cue is not None and candidate.start <= cue.start and cue.end <= candidate.end:
                verb = verbs().get(self.text[cue.start : cue.end].lower())
                if verb is not None and not verb.says:
                    del self.chosen[at]
                    continue
            if start < tag < end and start >= candidate.start:
                low, high = self._trim(start, tag)
                if high - low > len("that"):  # not "reported that, according to …"
                    self.chosen[at] = (low, high, kind, speaker, sort, cue)

    def _cover(self, beside: dict[int, Candidate], covered: dict[int, Candidate]) -> None:
        """Let an unlikely candidate have the words in marks that nobody else would: "which the town sees as a “threat”"."""
        for candidate in sorted(self.weak, key=_score, reverse=True):
            first = bisect_right(self.finder.quote_ends, candidate.start)
            quotation = self.quotations[first]
            if first in beside or first in covered or not is_speech(self.text, quotation):
                continue
            if candidate.start <= quotation.start and quotation.end <= candidate.end + 2:
                self._indirect(candidate, covered)

    def _add(self, kind: Kind, start: int, end: int, candidate: Candidate) -> None:
        self.chosen.append(self._attributed(kind, start, end, candidate))

    def _attributed(self, kind: Kind, start: int, end: int, candidate: Candidate) -> Attributed:
        sort = self._kind(candidate)
        return start, end, kind, self._speaker(candidate.subject), sort, self._cue(candidate)

    def _kind(self, candidate: Candidate) -> str:
        return candidate.place.kind or speaker_kind(self.tokens, candidate.subject)

    def _speaking(self, candidate: Candidate) -> Speaking:
        return Speaking(candidate.subject, self._kind(candidate), candidate)

    def _cue(self, candidate: Candidate) -> Span:
        return tuple.__new__(Span, (self.tokens.starts[candidate.first], self.tokens.end(candidate.last)))

    def _speaker(self, subject: Subject) -> Span:
        return tuple.__new__(Span, (self.tokens.starts[subject.first], self.tokens.end(subject.last)))

    def _trim(self, start: int, end: int) -> tuple[int, int]:
        text = self.text
        while start < end and text[start] in " \t\r\n,:–—-":
            start += 1
        while end > start and text[end - 1] in " \t\r\n,":
            end -= 1
        return start, end

    def _direct(self, beside: dict[int, Candidate], covered: dict[int, Candidate]) -> None:
        """Give every quoted stretch that no indirect content holds its speaker, or let it go on with the last."""
        last: Speaking | None = None
        last_end = -1
        last_line = -1
        unclosed: list[int] = []  # places in `chosen` of speech that some lines below may close
        for number, quotation in enumerate(self.quotations):
            line = bisect_right(self.line_starts, quotation.start) - 1
            candidate = beside.get(number)
            if candidate is None and number in covered:
                last = self._speaking(covered[number]) if covered[number].says else last
                last_end, last_line = quotation.end, line
                continue
            if candidate is None:
                candidate = self._broken(number, beside)
            written = candidate is None or candidate.cue.word in _WRITES
            if written and not is_speech(self.text, quotation):
                continue
            if candidate is not None:
                if candidate.where == "before":
                    self._open_before(number, candidate)
                if not quotation.opened:
                    self._open_above(unclosed, candidate)
                unclosed.clear()
                self._add("direct", quotation.start, quotation.end, candidate)
                last, last_end, last_line = self._speaking(candidate), quotation.end, line
                continue
            if self._is_tagged_within(quotation):
                last = None
                continue
            signature = self._signature(quotation.end)
            speaking = self._loosely_tagged(quotation, last) if signature is None else None
            if speaking is None:
                speaking = self.continuing.speaker(quotation, last, last_end, last_line)
            if speaking is not None:
                if not quotation.opened:
                    self._close_above(unclosed, quotation, speaking)
                self._add_speaking(quotation, speaking)
                last, last_end, last_line = speaking, quotation.end, line
            elif signature is not None:
                self.chosen.append((quotation.start, quotation.end, "direct", signature, "name", None))
                last = None
            elif not quotation.opened and not unclosed:
                last = None  # a lone mark: where the words begin is anybody's guess
            elif not is_embedded(self.text, quotation) and not is_example(self.text, quotation):
                if not quotation.closed:
                    unclosed.append(len(self.chosen))
                self.chosen.append((quotation.start, quotation.end, "direct", None, "", None))
                if quotation.start == self.lines[line].start:
                    last = None

    def _open_above(self, unclosed: list[int], candidate: Candidate) -> None:
        """Give the tag that closes a speech its beginning some lines above: “We lost. ⏎ The wall broke. ⏎ We will win,” Low said."""
        for at in unclosed:
            start, end, kind, _, _, _ = self.chosen[at]
            if self.tokens.starts[candidate.subject.first] - end < _SPEECH:
                self.chosen[at] = self._attributed(kind, start, end, candidate)

    def _close_above(self, unclosed: list[int], quotation: QuotationMarks, speaking: Speaking) -> None:
        """Give whoever closes a speech its beginning some lines above, too, where no known verb tags it."""
        for at in unclosed:
            start, end, kind, _, _, _ = self.chosen[at]
            if quotation.start - end < _SPEECH:
                speaker = self._speaker(speaking.subject)
                self.chosen[at] = (start, end, kind, speaker, speaking.kind, None)
        unclosed.clear()

    def _signature(self, end: int) -> Span | None:
        """Return who signs words in marks that end at a code point: behind a dash, or in brackets with a role."""
        text = self.text
        signed = _SIGNATURE.match(text, end)
        if signed is not None:
            return Span(*signed.span(1 if signed[1] else 2))
        bracket = _IN_BRACKETS.match(text, end) if text[end : end + 2].lstrip()[:1] == "(" else None
        if bracket is None or roles().isdisjoint(bracket[1].lower().replace(",", " ").split()):
            return None
        return Span(*bracket.span(1))

    def _open_before(self, number: int, candidate: Candidate) -> None:
        """Give the tag behind a quotation the ones right before it that nobody has: “We lost.” “We will win,” Low said."""
        for at in range(len(self.chosen) - 1, -1, -1):
            start, end, kind, speaker, _, _ = self.chosen[at]
            following = self.quotations[number].start
            if (
                kind != "direct"
                or speaker is not None
                or not 0 <= following - end <= _NEXT
                or self.text[end:following].strip()
                or "?" in self.text[end - 3 : end]
            ):
                return
            self.chosen[at] = self._attributed(kind, start, end, candidate)
            number -= 1

    def _add_speaking(self, quotation: QuotationMarks, speaking: Speaking) -> None:
        cue = None if speaking.candidate is None else self._cue(speaking.candidate)
        speaker = self._speaker(speaking.subject)
        self.chosen.append((quotation.start, quotation.end, "direct", speaker, speaking.kind, cue))

    def _loosely_tagged(self, quotation: QuotationMarks, last: Speaking | None) -> Speaking | None:
        """Return whom a tag without a known verb names: “…,” growled Low; of one without a subject, who spoke last."""
        tail = tail_of(self.finder, quotation)
        if not tail:
            return None
        found = loose_tag(self.finder, quotation, tail)
        if found is not None:
            return Speaking(*found, None)
        if is_bare_tag(self.finder, tail):
            return self.continuing.teller_before(quotation) or last
        return None

    def _is_tagged_within(self, quotation: QuotationMarks) -> bool:
        """Whether a tag stands inside the marks, at their end, which then is put down: “We lost, said Low.”"""
        found = tag_within(self.finder, quotation)
        if found is None:
            return False
        subject, sort, cue, end = found
        said = Span(self.tokens.starts[cue], self.tokens.end(cue)) if cue >= 0 else None
        self.chosen.append((quotation.start, end, "direct", self._speaker(subject), sort, said))
        return True

    def _broken(self, number: int, beside: dict[int, Candidate]) -> Candidate | None:
        """The tag of the next quotation, where both stand in one sentence: "…" which is "…," Obama said."""
        following = beside.get(number + 1)
        if following is None or following.where != "before":
            return None
        low, high = self.quotations[number].end, self.quotations[number + 1].start
        if high - low > 80 or any(mark in self.text[low:high] for mark in ".!?\n"):
            return None
        return following


def _start_of(sentence: Span) -> int:
    return sentence.start


def _score(candidate: Candidate) -> float:
    return candidate.score


def _rank(candidate: Candidate) -> tuple[bool, bool, int]:
    """Order two cues beside a quotation: a verb of saying first, then the tag that follows it, then the nearer."""
    before = candidate.where == "before"
    return candidate.says, before, -candidate.first if before else candidate.first
