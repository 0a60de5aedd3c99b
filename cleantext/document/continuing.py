"""Who goes on speaking: words in quotation marks that no cue tags.

They go on with the quotation before them, with what the sentence before them reports ("X said he was worried. “What …”"),
or follow a sentence that ends in a colon or speaks of nobody but the one who says them. What is told here is likely, not
certain, and nothing is told where two may speak: after a question, or in a paragraph that opens a dialogue.
"""

from __future__ import annotations

from bisect import bisect_right
from typing import NamedTuple

from cleantext.document.lines import Line
from cleantext.document.othercues import follows_a_name
from cleantext.document.quotations import QuotationMarks
from cleantext.document.reader import Candidate, Reader
from cleantext.document.subjects import DETERMINERS, PRONOUNS, Subject, is_capital, roles
from cleantext.document.tellers import speaker_sort
from cleantext.document.titles import MARKS_AND_BLANKS
from cleantext.document.tokens import before_apostrophe
from cleantext.document.verbsubjects import FINITE, PREPOSITIONS
from cleantext.document.words import given_names, word_group, words

_STOPS = frozenset(".?!…")
_GOING_ON = frozenset(["And:", "Also:", "And then:", "Then:", "Or:"])
_TELLING = frozenset(["name", "role", "he"])
_BODIES = frozenset(["body", "people", "role", "written"])
_OPENING = 40  # code points before a sentence's subject
_HEAD = 400  # code points of a quotation that are looked at
_AROUND = 10_000  # code points on each side in which somebody's name comes again
_SENTENCES_BACK = 4
_STATED_WITHIN = 600  # code points from who was told to speak to words in marks that no cue tags
_NEAR = 160  # code points between two quotations of which one goes on
_FIRST_PERSON = word_group("first-person")
_TOLD_BY = word_group("said-things")  # "note", "message": a sentence with one of these leads to what it says
_BEFORE_NAMES = frozenset(["for", "with", "to"])
_POSSESSIVES = frozenset(["his", "her", "their", "its"])
_BYLINE = 90  # code points of a line that names who speaks below it
_NAME = 4  # words of a name
_CONJUNCTIONS = frozenset(["but", "and", "then", "later"])
_OPENING_CLAUSES = frozenset(["when", "after", "as", "while", "before", "since", "although", "though"])
_WALK = 20  # words of a clause that opens a sentence
_PHRASE = 8  # words of a phrase that opens a sentence
_TITLES = frozenset(["Mr", "Mrs", "Ms", "Dr", "Sir", "Prof", "Professor"])
_FEW = 8  # words before a colon or a quotation that only name who speaks


class Speaking(NamedTuple):
    """Who says words that no cue tags: the subject's tokens and sort, and the cue that told who speaks, if one did."""

    subject: Subject
    kind: str
    candidate: Candidate | None


def _spoken_by(first: int, last: int, sort: str = "name") -> Speaking:
    """Return the speaker whom a phrase names that no cue tells of."""
    return Speaking(Subject(first, last, last, "main"), sort, None)


def _told_by(statement: Candidate) -> Speaking:
    """Return the speaker of what a cue tells of."""
    return Speaking(statement.subject, statement.place.kind, statement)


class Continuing:
    """The statements of one article, and who goes on after them."""

    def __init__(self, reader: Reader, lines: tuple[Line, ...], line_starts: list[int]) -> None:
        """Take the views of an article; statements come later, in order of their cues."""
        self.reader = reader
        self.text = reader.text
        self.tokens = reader.tokens
        self.lines = lines
        self.line_starts = line_starts
        self._statements: dict[int, Candidate] = {}  # by the number of the sentence that the cue stands in

    def state(self, candidate: Candidate) -> None:
        """Put down what was said without marks; of a sentence's statements the last tag counts, else the first one."""
        place = candidate.place
        if candidate.cue.sort not in ("verb", "according") or not (
            place.kind in _TELLING
            or (candidate.says and (place.sort in _BODIES or place.kind in ("they", "it")))
        ):
            return
        number = bisect_right(self.reader.sentence_starts, self.tokens.starts[candidate.first]) - 1
        if candidate.where == "before":
            if candidate.says:
                self._statements[number] = candidate
            return
        subject = self.tokens.starts[candidate.subject.first]
        if subject - self.reader.sentence_starts[number] <= _OPENING:
            known = self._statements.get(number)
            if known is None or (candidate.says and not known.says):
                self._statements[number] = candidate

    def speaker(
        self, quotation: QuotationMarks, last: Speaking | None, last_end: int, last_line: int
    ) -> Speaking | None:
        """Return who says words that no cue tags; ``last`` spoke before, up to ``last_end`` and on ``last_line``."""
        if quotation.continues:
            return last
        if last is not None and self._is_led_by_and(quotation, last_end):
            return last
        number = self._sentence_before(quotation)
        if number >= 0:
            statement = self._statements.get(number)
            if statement is not None:
                return _told_by(statement)
            if self.reader.sentence_starts[number] > last_end:
                named = self._only_subject(number, quotation)
                if named is not None:
                    return named
        if last is not None and self._goes_on(quotation, last_end, last_line):
            return last
        return (
            self._before_colon(quotation)
            or self._byline(quotation, -1)
            or self._byline(quotation, 1)
            or self._nearby(quotation, last_end)
        )

    def _is_led_by_and(self, quotation: QuotationMarks, last_end: int) -> bool:
        """Whether nothing but "And:" stands between words in marks and those before, or behind the tag of those."""
        number = bisect_right(self.reader.sentence_starts, quotation.start - 1) - 1
        start = self.reader.sentence_starts[number]
        before = self.text[start : quotation.start].strip()
        return before in _GOING_ON and start - last_end < _NEAR

    def teller_before(self, quotation: QuotationMarks) -> Speaking | None:
        """Return who is told to speak in the sentence before words in marks, or whom it is about."""
        number = bisect_right(self.reader.sentence_starts, quotation.start) - 2
        if number < 0:
            return None
        statement = self._statements.get(number)
        if statement is not None:
            return _told_by(statement)
        return self._subject_of(number)

    def _byline(self, quotation: QuotationMarks, step: int) -> Speaking | None:
        """Return whom the line above a paragraph of speech names, or below: "Ada Weiss, harbour master", "From Ada Weiss, …"."""
        line = bisect_right(self.line_starts, quotation.start) - 1
        if quotation.start != self.lines[line].start or (step > 0 and quotation.end < self.lines[line].end):
            return None
        for at in (line + step, line + 2 * step):
            if not 0 <= at < len(self.lines):
                return None
            start, end = self.lines[at].start, self.lines[at].end
            written = self.text[start : min(end, start + _BYLINE + 1)].strip()
            if written:
                break
        if not written or len(written) > _BYLINE or written[-1] in ".?!:" or "," not in written:
            return None
        low, high = self.tokens.at(start), self.tokens.at(end)
        if roles().isdisjoint(self.tokens.lower[low:high]):
            return None
        first = low + (self.tokens.lower[low] == "from")
        found = self._name_at(first, high) or (self._capitals_at(first, high) if first > low else None)
        if found is None or self.tokens.words[found.subject.last + 1 : found.subject.last + 2] != [","]:
            return None
        return found

    def _nearby(self, quotation: QuotationMarks, last_end: int) -> Speaking | None:
        """Return who was told to speak a few sentences before; after a question, nobody."""
        starts = self.reader.sentence_starts
        if (
            quotation.start == self._line_start(quotation.start)
            and "?" in self.text[max(0, last_end - 3) : last_end]
        ):
            return None
        number = bisect_right(starts, quotation.start) - 1
        for at in range(number, max(-1, number - _SENTENCES_BACK), -1):
            if quotation.start - starts[at] > _STATED_WITHIN or starts[at] < last_end:
                break
            statement = self._statements.get(at)
            if statement is not None and statement.says:
                return _told_by(statement)
        return None

    def _before_colon(self, quotation: QuotationMarks) -> Speaking | None:
        """Return whom the words before a quotation name: "For Ann Low, this is progress: “…”", "Boss Jim Roe: “…”"."""
        before = self.text[max(0, quotation.start - 4) : quotation.start].rstrip(" \u00a0")
        if before.rstrip()[-1:] == ":":
            before = ":"  # a speech may stand in a paragraph of its own
        elif before.rstrip()[-1:] == "," and "\n" in before:
            return self._according(quotation)
        if before[-1:] == ":":
            per = self._according(quotation)
            if per is not None:
                return per
        if not before or "\n" in before:
            return None
        first = self.tokens.at(quotation.start)
        number = bisect_right(self.reader.sentence_starts, quotation.start - 1) - 1
        low = self.tokens.at(self.reader.sentence_starts[number])
        if before[-1] in ":,":
            first -= 1  # the mark
            worded = self._worded(low, first)
            if worded is None and before[-1] == "," and self.tokens.lower[low] == "for":
                inside = self.tokens.lower[low + 1 : first]
                if (
                    1 <= len(inside) <= _FEW
                    and "," not in inside
                    and is_capital(self.tokens.words[first - 1])
                ):
                    return _spoken_by(low + 1, first - 1)  # "For the architect Ada Weiss, “…”"
            if worded is None and before[-1] == "," and self.tokens.lower[first - 1 : first] == ["that"]:
                return self._subject_of(number)  # "Mayor Weiss valued that, “…”"
            if worded is not None or before[-1] == ",":
                return worded
            return (
                self._name_ending(first, low)
                or self._subject_of(number)
                or self._known_opening(low)
                or self._opening_phrase(low, first)
            )
        if self.reader.sentence_starts[number] == self._line_start(quotation.start) and first - low <= _FEW:
            return self._name_ending(first, low)  # "Boss Jim Roe “We were poor …"
        return None

    def _according(self, quotation: QuotationMarks) -> Speaking | None:
        """Read a line that is nothing but "According to Ann Low," above a paragraph of speech, or "Per the library guide:"."""
        number = bisect_right(self.reader.sentence_starts, quotation.start - 1) - 1
        low = self.tokens.at(self.reader.sentence_starts[number])
        last = self.tokens.at(quotation.start) - 2
        first = low + 2 if self.tokens.lower[low : low + 2] == ["according", "to"] else low + 1
        if (first == low + 1 and self.tokens.lower[low] != "per") or not first <= last <= low + _PHRASE:
            return None
        return _spoken_by(first, last)

    def _goes_on(self, quotation: QuotationMarks, last_end: int, last_line: int) -> bool:
        """Whether a quotation without a tag goes on with the one before it, which ended at ``last_end``."""
        head = self.text[quotation.start : min(quotation.end, quotation.start + 80)]
        if len(head.split()) < 3 and head.rstrip(MARKS_AND_BLANKS)[-1:] != ",":
            # "“I feel good,” Low said. “Very good.”"
            return self._sentence_before(quotation) >= 0 and self._in_sentence_before(quotation, last_end)
        line = bisect_right(self.line_starts, quotation.start) - 1
        if line == last_line:
            return True
        # The next paragraph, all of it in marks; after a question somebody else answers.
        return (
            quotation.start == self.lines[line].start
            and (quotation.start - last_end < _NEAR or self._in_sentence_before(quotation, last_end))
            and self.text.count("\n", last_end, quotation.start) <= 3
            and "?" not in self.text[max(0, last_end - 3) : last_end]
        )

    def _in_sentence_before(self, quotation: QuotationMarks, last_end: int) -> bool:
        """Whether the last words in marks end in the sentence that ends right before a quotation: a long tag followed them."""
        number = bisect_right(self.reader.sentence_starts, quotation.start) - 2
        return (
            number >= 0
            and self.reader.sentence_starts[number] < last_end <= self.reader.sentence_ends[number]
        )

    def _line_start(self, offset: int) -> int:
        return self.line_starts[bisect_right(self.line_starts, offset) - 1]

    def _sentence_before(self, quotation: QuotationMarks) -> int:
        """Return the number of the sentence that ends right before a quotation of whole sentences; -1 where none does."""
        starts, ends = self.reader.sentence_starts, self.reader.sentence_ends
        inner = self.text[quotation.start : quotation.end].rstrip(MARKS_AND_BLANKS)
        following = self.text[quotation.end : quotation.end + 2].lstrip(" \u00a0")
        if inner[-1:] not in _STOPS or following[:1].islower():
            return -1
        number = bisect_right(starts, quotation.start) - 1
        if number < 1 or starts[number] != quotation.start:
            return -1
        low, high = ends[number - 1], quotation.start
        if high - low > 8 or self.text.count("\n", low, high) > 2 or self.text[low - 1] not in ".:":
            return -1
        return number - 1

    def _only_subject(self, number: int, quotation: QuotationMarks) -> Speaking | None:
        """Return whom a sentence is about; before a paragraph of its own only where one of the two tells of speech."""
        low, high = self._tokens_of(number)
        if quotation.start == self._line_start(quotation.start) and not (
            self._is_in_first_person(quotation) or not _TOLD_BY.isdisjoint(self.tokens.lower[low:high])
        ):
            return None
        return self._subject_of(number) or self._known_opening(low)

    def _is_in_first_person(self, quotation: QuotationMarks) -> bool:
        head = self.text[quotation.start : min(quotation.end, quotation.start + _HEAD)].lower()
        spoken = {before_apostrophe(word).strip(MARKS_AND_BLANKS + ",.") for word in head.split()}
        return not spoken.isdisjoint(_FIRST_PERSON)

    def _tokens_of(self, number: int) -> tuple[int, int]:
        return (
            self.tokens.at(self.reader.sentence_starts[number]),
            self.tokens.at(self.reader.sentence_ends[number]),
        )

    def _subject_of(self, number: int) -> Speaking | None:
        """Return the person whom a sentence opens with: a pronoun, a titled surname or a full name."""
        low, high = self._tokens_of(number)
        words_, lower = self.tokens.words, self.tokens.lower
        at = low
        if at < high and lower[at] in _CONJUNCTIONS:
            at += 1
        if at < high and (lower[at] in _OPENING_CLAUSES or lower[at + 1 : at + 2] == ["after"]):
            # "When he came back, he showed …", "But shortly after the call, she took …"
            at = next((at + 1 for at in range(at, min(high, at + _WALK)) if words_[at] == ","), at)
        if at < high and (lower[at] in _BEFORE_NAMES or lower[at] in _CONJUNCTIONS):
            at += 1
        if at >= high:
            return None
        if lower[at] in ("he", "she"):
            return _spoken_by(at, at, "he")
        bound = min(high, at + 8)
        while at < bound and words_[at] not in (",", "."):
            found = self._name_at(at, high)
            if found is not None:
                behind = found.subject.last + 1
                if lower[behind - 1].endswith(("'s", "’s")):
                    at = behind  # "Before Erik Berg's talk Ann Low …"
                    continue
                joint = lower[behind : behind + 1] == ["and"] and is_capital(words_[behind + 1])
                return None if joint else found
            if lower[at] in PRONOUNS:
                return None
            at += 1
        return None

    def _worded(self, low: int, high: int) -> Speaking | None:
        """Return in whose words a sentence leads to a quotation: "In the words of Ann Low, “…”", "In Low's words: “…”"."""
        words_, lower = self.tokens.words, self.tokens.lower
        if "words" not in lower[low:high]:
            return None
        at = lower.index("words", low, high)
        if lower[at + 1 : at + 2] == ["of"] and at + 2 < high:
            return _spoken_by(at + 2, high - 1)
        if at > low and lower[at - 1].endswith(("'s", "’s")) and is_capital(words_[at - 1]):
            first = at - 1
            while first > low and is_capital(words_[first - 1]) and lower[first - 1] != "in":
                first -= 1
            return _spoken_by(first, at - 1)
        return None

    def _known_opening(self, low: int) -> Speaking | None:
        """Read one capitalised word that opens what leads to a colon: "Duffy assured: “…”"; the article names her elsewhere."""
        words_ = self.tokens.words
        if not is_capital(words_[low]) or not words_[low].isalpha():
            return None
        start = self.tokens.starts[low]
        near = self.text[max(0, start - _AROUND) : start + _AROUND]
        if words_[low] in words("attribution-openers") or not follows_a_name(near, words_[low]):
            return None
        return _spoken_by(low, low)

    def _opening_phrase(self, low: int, high: int) -> Speaking | None:
        """Read who or what is said to speak before a colon: "On Monday, Weiss made a promise:", "A note in the log says it:"."""
        words_, lower = self.tokens.words, self.tokens.lower
        at = low
        if lower[low] == "as" and lower[high - 2 : high] in (["put", "it"], ["puts", "it"]):
            return _spoken_by(low + 1, high - 3)
        if lower[low] in _POSSESSIVES and not _TOLD_BY.isdisjoint(lower[low + 1 : min(high, low + 4)]):
            return _spoken_by(low, low, "possessive")  # "Their verdict:"
        if lower[low] in PREPOSITIONS:
            at = next(
                (
                    at + 1
                    for at in range(low, min(high, low + _PHRASE))
                    if words_[at] == "," and not words_[at + 1][:1].isdigit()
                ),
                low,
            )
            if at == low:
                return None
        if lower[at] in ("he", "she"):
            return _spoken_by(at, at, "he")
        if is_capital(words_[at]) and lower[at] not in DETERMINERS:
            return self._possessor(at, high) or self._known_opening(at)
        if lower[at] not in DETERMINERS or lower[at] in ("this", "these"):
            return None  # "This graph compares:"
        for last in range(at + 1, min(high, at + _PHRASE)):
            word = lower[last]
            if not word.isalpha() or word in PREPOSITIONS or word in FINITE:
                return None
            subject = Subject(at, last, last, "main")
            if word in roles():
                return Speaking(subject, "role", None)
            sort = speaker_sort(self.tokens, subject._replace(first=last), "other")
            if sort in _BODIES and (last + 1 >= high or not is_capital(words_[last + 1])):
                return Speaking(subject, "other", None)
        return None

    def _possessor(self, at: int, high: int) -> Speaking | None:
        """Read whose words lead to a colon: "Weiss's answer was:", "Ada Weiss’s letter goes further:"."""
        words_, lower = self.tokens.words, self.tokens.lower
        last = at
        while last + 1 < high and is_capital(words_[last]) and is_capital(words_[last + 1]):
            last += 1
        if not lower[last].endswith(("'s", "’s", "s'", "s’")) or last + 1 >= high:
            return None
        things = lower[last + 1 : min(high, last + 4)]
        if _TOLD_BY.isdisjoint(things):
            return None
        return _spoken_by(at, last)

    def _name_at(self, at: int, high: int) -> Speaking | None:
        """Read a full name or a titled surname that begins at a token."""
        words_ = self.tokens.words
        titled = words_[at].rstrip(".") in _TITLES
        described = at > 0 and (words_[at - 1] in roles() or words_[at - 1] in ("For", "With"))
        if not titled and not described and words_[at] not in given_names():
            return None
        last = at
        while last + 1 < min(high, at + _NAME) and is_capital(words_[last + 1]):
            last += 1
        if last == at or not is_capital(words_[at]):
            return None
        return _spoken_by(at, last)

    def _capitals_at(self, at: int, high: int) -> Speaking | None:
        """Read two to four words with capitals, of any language: "From Subira Oyelaran, harbour master"."""
        last = at
        while last < min(high, at + _NAME) and is_capital(self.tokens.words[last]):
            last += 1
        return _spoken_by(at, last - 1) if last - at > 1 else None

    def _name_ending(self, end: int, low: int) -> Speaking | None:
        """Read a full name that ends before a token: "Bolton boss Sam Allardyce"."""
        words_ = self.tokens.words
        for at in range(end - 2, max(low, end - _NAME) - 1, -1):
            if at < low:
                break
            found = self._name_at(at, end)
            if found is not None:
                return found if found.subject.last == end - 1 else None
        if end - 2 > low and words_[end - 2] in roles() and is_capital(words_[end - 1]):
            return _spoken_by(end - 1, end - 1)  # "harbour worker Ada:"
        for at in range(end - 2, max(low, end - _PHRASE) - 1, -1):
            if self.tokens.lower[at] == "by" and all(word.isalpha() for word in words_[at + 1 : end]):
                # "was described by harbour worker Ada:"
                return _spoken_by(at + 1, end - 1) if is_capital(words_[end - 1]) else None
        if end - 3 >= low and end - low <= _FEW:
            before, given, family = self.tokens.words[end - 3 : end]
            if before.isalpha() and before.islower() and is_capital(given) and is_capital(family):
                # "Radio controller Roly Low:"
                return _spoken_by(end - 2, end - 1)
        return None
