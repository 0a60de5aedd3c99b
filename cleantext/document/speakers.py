"""Who said what: quotations with their speakers and reporting words.

Three steps. Candidates: every cue (verb, "according to", noun, colon) with the
noun phrase beside it and the stretch of text that it reports. Choice: quoted
stretches take the cue that fits best, what is left over continues the quotation
before it; indirect candidates stay when a small logistic model finds them
likely enough (weights in ``rules/attribution/``). Resolution: a pronoun, a role
or a surname gets the fullest name that the article gives.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from typing import Literal, NamedTuple

import msgspec

from cleantext.document.cues import Verb, nouns, verbs
from cleantext.document.lines import Line, split_lines
from cleantext.document.names import Names, find_names
from cleantext.document.quotations import QuotationMarks, find_quotations
from cleantext.document.resolution import Resolver
from cleantext.document.sentences import split_sentences
from cleantext.document.spans import Span
from cleantext.document.subjects import (
    PRONOUNS,
    Subject,
    after_verb,
    before_verb,
    is_capital,
    speaker_kind,
)
from cleantext.document.tokens import Tokens


class Quotation(msgspec.Struct, frozen=True):
    """One attribution.

    ``kind`` is ``direct`` (all in quotation marks), ``mixed`` (partly) or
    ``indirect`` (none). ``speaker`` is what stands in the text near the cue,
    ``speaker_name`` the fullest form of it that the article gives; both are
    None where unknown, as is ``cue``.
    """

    kind: Literal["direct", "mixed", "indirect"]
    start: int
    end: int
    speaker: Span | None
    speaker_name: str | None
    cue: Span | None


class Candidate(NamedTuple):
    """A cue with a speaker and with what it may report; tokens, and code points for the content."""

    cue: int
    subject: Subject | None
    where: str  # the content stands "after", "before" the cue
    start: int
    end: int
    quotation: int  # index of the quotation that the cue stands beside; -1 for none
    features: tuple[str, ...]
    says: bool


_SKIP = frozenset([",", "-", "–", "—", "―", "--"])
_FORMS = {"s", "past", "base"}


def attribute(
    text: str,
    *,
    lines: tuple[Line, ...] | None = None,
    quotations: tuple[QuotationMarks, ...] | None = None,
    names: Names | None = None,
) -> tuple[Quotation, ...]:
    """Find every quotation of a text with its speaker, in order of start.

    Views that the caller already has may be handed in; they must be those of
    this text. Never raises on a text's content; linear in its length.
    """
    if lines is None:
        lines = split_lines(text)
    if quotations is None:
        quotations = find_quotations(text, lines)
    reader = _Reader(text, lines, quotations)
    found = reader.read()
    resolver = Resolver(text, names if names is not None else find_names(text))
    return tuple(resolver.name(quotation, kind) for quotation, kind in found)


class _Reader:
    """One article while it is read; holds the parallel views that every step needs."""

    def __init__(self, text: str, lines: tuple[Line, ...], quotations: tuple[QuotationMarks, ...]) -> None:
        self.text = text
        self.lines = lines
        self.quotations = quotations
        self.tokens = Tokens(text)
        sentences = split_sentences(text, lines)
        self.sentence_starts = [sentence.start for sentence in sentences]
        self.sentence_ends = [sentence.end for sentence in sentences]
        self.line_starts = [line.start for line in lines]
        self.quote_starts = [quotation.start for quotation in quotations]
        self.quote_ends = [quotation.end for quotation in quotations]

    def read(self) -> list[tuple[Quotation, str]]:
        """Give quotations with the sort of their speaker, in order."""
        chosen: list[tuple[Quotation, str]] = []
        beside: dict[int, Candidate] = {}
        covered: set[int] = set()
        for candidate in self.candidates():
            if candidate.quotation >= 0:
                known = beside.get(candidate.quotation)
                if known is None or self._fits_better(candidate, known):
                    beside[candidate.quotation] = candidate
            elif candidate.subject is not None and self.keep(candidate):
                chosen.append(self._indirect(candidate, covered))
        self._direct(beside, covered, chosen)
        chosen.sort(key=lambda pair: (pair[0].start, pair[0].end))
        return chosen

    def keep(self, candidate: Candidate) -> bool:
        """Decide on an indirect candidate."""
        return candidate.says

    def _fits_better(self, new: Candidate, old: Candidate) -> bool:
        def rank(candidate: Candidate) -> tuple[bool, bool, bool]:
            return candidate.subject is not None, candidate.says, candidate.where == "before"

        return rank(new) > rank(old)

    # -- candidates

    def candidates(self) -> list[Candidate]:
        """Give every cue with the noun phrase beside it, in order of the text."""
        lower = self.tokens.lower
        forms, reporting = verbs(), nouns()
        found: list[Candidate] = []
        self._sentence = -1
        self._shared: Subject | None = None
        for index, word in enumerate(lower):
            if word in forms:
                candidate = self._verb(index, forms[word])
                if candidate is not None:
                    found.append(candidate)
            elif word == "according" and index + 2 < len(lower) and lower[index + 1] == "to":
                candidate = self._according(index)
                if candidate is not None:
                    found.append(candidate)
        return found

    def _bounds(self, index: int) -> tuple[int, int, int, int, int]:
        """Give the sentence of a token: number, first token, token after the last, and code points."""
        offset = self.tokens.starts[index]
        number = bisect_right(self.sentence_starts, offset) - 1
        start, end = self.sentence_starts[number], self.sentence_ends[number]
        return number, self.tokens.at(start), self.tokens.at(end), start, end

    def _verb(self, index: int, verb: Verb) -> Candidate | None:
        tokens = self.tokens
        words, lower = tokens.words, tokens.lower
        number, low, high, start, end = self._bounds(index)
        offset = tokens.starts[index]
        inside = bisect_right(self.quote_starts, offset) - 1
        quoted = inside >= 0 and offset < self.quote_ends[inside]
        if quoted:
            low = max(low, tokens.at(self.quote_starts[inside] + 1))
            high = min(high, tokens.at(self.quote_ends[inside] - 1))
            return self._inciso(index, verb, inside, low, high)
        if inside >= 0:
            after_quote = tokens.at(self.quote_ends[inside])
            low = max(low, after_quote)
        if inside + 1 < len(self.quotations):
            high = min(high, max(index + 1, tokens.at(self.quote_starts[inside + 1])))
        if number != self._sentence:
            self._sentence, self._shared = number, None
        route = ""
        negated = False
        subject: Subject | None = None
        # "…," said Obama
        previous = index - 1
        adjacent = -1
        if previous >= 0 and inside >= 0:
            while previous >= low and words[previous] in _SKIP:
                previous -= 1
            if previous < low and low == tokens.at(self.quote_ends[inside]):
                adjacent = inside
        opens_line = previous < 0 or (index == low and adjacent < 0)
        if (
            verb.says
            and verb.form in ("past", "s", "base")
            and (adjacent >= 0 or (words[index - 1] in _SKIP and index > low))
        ):
            subject = after_verb(tokens, index, high)
            if subject is not None and adjacent < 0 and not _speaker_like(tokens, subject):
                subject = None
            if subject is not None:
                route = "inversion"
        if subject is None:
            subject, route, negated = before_verb(tokens, index, low)
        if subject is None:
            if route in ("and", ",") or verb.form == "ing":
                subject = self._shared
                if subject is None and verb.form == "ing":
                    subject = self._main_subject(low, index)
                if subject is not None:
                    subject = subject._replace(route="shared")
        elif verb.form != "ing":
            self._shared = subject
        if subject is None and opens_line and verb.form == "ing":
            return None
        # Where does the content stand?
        quotation = -1
        where = "after"
        if adjacent >= 0 or (
            subject is not None
            and subject.route != "shared"
            and self._begins_after_quote(subject, inside, low)
        ):
            if self._speech_ends(inside, index, subject):
                quotation, where = inside, "before"
        following = inside + 1
        if quotation < 0 and following < len(self.quotations) and self.quote_starts[following] <= end + 2:
            between = self.text[tokens.end(index) : self.quote_starts[following]]
            if len(between) < 60 and verb.says and self._introduces(between):
                quotation = following
        if quotation >= 0:
            content = self.quotations[quotation]
            begin, finish = content.start, content.end
        else:
            begin, finish, where = self._clause(index, subject, start, end, high, inside)
        features = self._features(index, verb, subject, route, negated, where)
        return Candidate(index, subject, where, begin, finish, quotation, features, verb.says)

    def _begins_after_quote(self, subject: Subject, inside: int, low: int) -> bool:
        """Whether only a comma or a dash stands between the quotation before and the subject."""
        if inside < 0:
            return False
        first = subject.first
        while first > low and self.tokens.words[first - 1] in _SKIP:
            first -= 1
        return self.tokens.starts[first] - self.quote_ends[inside] <= 3 and first == self.tokens.at(
            self.quote_ends[inside]
        )

    def _speech_ends(self, inside: int, index: int, subject: Subject | None) -> bool:
        """Whether the quotation before a cue can be what it reports: it ends as speech before a tag ends."""
        quotation = self.quotations[inside]
        last = self.text[quotation.end - 2 : quotation.end].strip("\"'”’»“ ")
        if last[-1:] in (",", "?", "!", "…", "–", "—", "-"):
            return True
        after = self.text[quotation.end : quotation.end + 2].strip()
        if after[:1] in (",", "–", "—", "-"):
            return True
        if last[-1:] in (".", ";", ":"):
            # A full stop before the tag: only where the tag ends soon, or starts small.
            first = subject.first if subject is not None and subject.route != "inversion" else index
            return not is_capital(self.tokens.words[min(first, index)]) or self._tag_ends(index)
        return True

    def _tag_ends(self, index: int) -> bool:
        following = self.tokens.words[index + 1 : index + 2]
        return not following or following[0] in (".", ",", ":", '"', "“", "''")

    def _introduces(self, between: str) -> bool:
        """Whether what stands between cue and quotation lets it be direct speech."""
        stripped = between.strip()
        if not stripped or stripped[-1] in ",:":
            return True
        return len(stripped) <= 6

    def _clause(
        self, index: int, subject: Subject | None, start: int, end: int, high: int, inside: int
    ) -> tuple[int, int, str]:
        """Give the content of an indirect candidate: what follows the cue, or what stands before its tag."""
        tokens = self.tokens
        after = index + 1
        begin = tokens.starts[after] if after < len(tokens.words) else end
        first = min(index, subject.first) if subject is not None else index
        if begin < end and tokens.words[after] in (",", ":"):
            after += 1
            begin = tokens.starts[after] if after < len(tokens.words) else end
        rest = self.text[begin : min(end, begin + 60)].strip(" .,!?\"'”’")
        if len(rest) < 12 or tokens.words[index + 1 : index + 2] in ([","], ["."]):
            lead = self.text[start : tokens.starts[first]].rstrip(" ,–—-")
            if len(lead) > 12 and (self.text[start : tokens.starts[first]].rstrip()[-1:] in ',–—-"”'):
                return start, start + len(lead), "before"
        if begin >= end:
            begin = min(tokens.starts[index], end - 1)
        return begin, end, "after"

    def _main_subject(self, low: int, index: int) -> Subject | None:
        """The subject of the sentence, for a participle far from it: its first name, pronoun or determined phrase."""
        words, lower = self.tokens.words, self.tokens.lower
        for at in range(low, min(index, low + 25)):
            if lower[at] in PRONOUNS:
                return Subject(at, at, at, "main")
            if is_capital(words[at]):
                last = at
                while last + 1 < index and is_capital(words[last + 1]):
                    last += 1
                return Subject(at, last, last, "main")
        return None

    def _inciso(self, index: int, verb: Verb, inside: int, low: int, high: int) -> Candidate | None:
        """A tag inside the marks, between dashes, as Italian and Spanish papers set it: "… – said Putin -. We"."""
        words = self.tokens.words
        if verb.says and index > low and words[index - 1] in _SKIP and words[index - 1] != ",":
            subject = after_verb(self.tokens, index, high)
            if (
                subject is not None
                and subject.last + 1 < len(words)
                and words[subject.last + 1] in ("-", "–", "—", "―", ".", ",")
            ):
                quotation = self.quotations[inside]
                return Candidate(index, subject, "before", quotation.start, quotation.end, inside, (), True)
        return None

    def _according(self, index: int) -> Candidate | None:
        tokens = self.tokens
        number, low, high, start, end = self._bounds(index)
        offset = tokens.starts[index]
        inside = bisect_right(self.quote_starts, offset) - 1
        if inside >= 0 and offset < self.quote_ends[inside]:
            return None
        subject = after_verb(tokens, index + 1, high)
        if subject is None:
            return None
        if inside >= 0 and tokens.at(self.quote_ends[inside]) in (index, index - 1):
            quotation = self.quotations[inside]
            return Candidate(index, subject, "before", quotation.start, quotation.end, inside, (), True)
        if offset - start > 12:
            begin, finish, where = start, offset, "before"
        else:
            follow = min(subject.last + 1, len(tokens.words) - 1)
            begin, finish, where = tokens.starts[follow], end, "after"
            if finish - begin < 2:
                return None
        return Candidate(index, subject, where, begin, finish, -1, ("according",), True)

    def _features(
        self, index: int, verb: Verb, subject: Subject | None, route: str, negated: bool, where: str
    ) -> tuple[str, ...]:
        return ()

    # -- choice

    def _cue_span(self, candidate: Candidate) -> Span:
        last = candidate.cue + 1 if self.tokens.lower[candidate.cue] == "according" else candidate.cue
        return Span(self.tokens.starts[candidate.cue], self.tokens.end(last))

    def _speaker_span(self, subject: Subject) -> Span:
        return Span(self.tokens.starts[subject.first], self.tokens.end(subject.last))

    def _indirect(self, candidate: Candidate, covered: set[int]) -> tuple[Quotation, str]:
        assert candidate.subject is not None
        start, end = self._trim(candidate.start, candidate.end)
        kind: Literal["mixed", "indirect"] = "indirect"
        first = bisect_left(self.quote_ends, start + 1)
        while first < len(self.quotations) and self.quote_starts[first] < end:
            kind = "mixed"
            if self.quote_ends[first] <= end + 2:
                covered.add(first)
            end = max(end, min(self.quote_ends[first], end + 2))
            first += 1
        quotation = Quotation(
            kind, start, end, self._speaker_span(candidate.subject), None, self._cue_span(candidate)
        )
        return quotation, speaker_kind(self.tokens, candidate.subject)

    def _trim(self, start: int, end: int) -> tuple[int, int]:
        text = self.text
        while start < end and text[start] in " \t\n,:–—-":
            start += 1
        while end > start and text[end - 1] in " \t\n,":
            end -= 1
        return (start, end) if end > start else (start, min(len(text), start + 1))

    def _direct(
        self, beside: dict[int, Candidate], covered: set[int], chosen: list[tuple[Quotation, str]]
    ) -> None:
        """Give every quoted stretch that no indirect content holds its speaker, or goes on with the last one."""
        last: tuple[Span, Span | None, str] | None = None
        last_end = -1
        last_line = -1
        for number, quotation in enumerate(self.quotations):
            candidate = beside.get(number)
            line = bisect_right(self.line_starts, quotation.start) - 1
            if candidate is not None and candidate.subject is not None:
                speaker = self._speaker_span(candidate.subject)
                cue = self._cue_span(candidate)
                kind = speaker_kind(self.tokens, candidate.subject)
                last = (speaker, cue, kind)
                chosen.append((Quotation("direct", quotation.start, quotation.end, speaker, None, cue), kind))
            elif number in covered:
                continue
            elif last is not None and self._goes_on(number, line, last_end, last_line):
                chosen.append(
                    (Quotation("direct", quotation.start, quotation.end, last[0], None, last[1]), last[2])
                )
            else:
                chosen.append((Quotation("direct", quotation.start, quotation.end, None, None, None), ""))
                if quotation.start != self.lines[line].start:
                    continue
                last = None
            last_end, last_line = quotation.end, line

    def _goes_on(self, number: int, line: int, last_end: int, last_line: int) -> bool:
        """Whether a quotation without a tag goes on with the one before it."""
        quotation = self.quotations[number]
        if quotation.continues:
            return True
        words = len(self.text[quotation.start : min(quotation.end, quotation.start + 80)].split())
        if words < 3:
            return False
        if line == last_line:
            return True
        # The next paragraph, all of it in marks.
        begins = quotation.start == self.lines[line].start
        between = self.text[last_end : quotation.start]
        return begins and len(between) < 160 and between.count("\n") <= 3


def _speaker_like(tokens: Tokens, subject: Subject) -> bool:
    """Whether a phrase after a verb can be its subject where no quotation stands before it."""
    return speaker_kind(tokens, subject) in ("name", "role") and tokens.lower[
        subject.last + 1 : subject.last + 2
    ] != ["that"]
