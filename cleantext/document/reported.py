"""What a cue of speech reports: the quotation that it tags, the clause behind it, or what stands before its tag."""

from __future__ import annotations

from bisect import bisect_right

from cleantext.document.cues import Verb, may_tag, verbs
from cleantext.document.plausibility import Cue
from cleantext.document.reader import CONTENT, Candidate
from cleantext.document.shapes import shape_after, shape_before
from cleantext.document.subjects import (
    DETERMINERS,
    PRONOUNS,
    Subject,
    after_verb,
    is_capital,
)
from cleantext.document.tokens import before_apostrophe
from cleantext.document.verbsubjects import (
    BE,
    FINITE,
    PREPOSITIONS,
    SKIP,
    TAG_ENDS,
    TRANSITIVE,
    SubjectReader,
)
from cleantext.document.words import words

_DASHES = SKIP - {","}
_INCISO_ENDS = _DASHES | {".", ","}
_TIMES = words("attribution-times")
_OPENS = 14  # tokens of a phrase that says when or where
_OPENING = 6  # words before a tag that only open its sentence
_CLAUSE_OPENERS = frozenset(["that", "how", "what", "why", "whether", "if", "when", "where", "who", "there"])
_MARKS = frozenset(['"', "“", "''", "``", "„", "«", ":"])
_LEAST = 12  # code points of what stands before a tag
_ASIDES = frozenset([",", "-", "–", "—", "―", "--"])
_DO = frozenset(["do", "does", "did", "'s", "’s", "isn't", "isn’t", "won't", "won’t"])
_SHORT = 4  # letters up to which a word in "ed" is no past form as a rule
_RELATIVE = 60  # tokens of a relative clause
_BARE = 7  # tokens to a sentence's end that can be an occasion alone
_NO_OCCASION = PRONOUNS | BE | frozenset(["that", ",", ":", "would", "will", "had", "has", "so"])
_OCCASIONS = frozenset(["in", "on", "at", "during", "after", "before", "by", "from"])
_TAG_WITHIN = 3  # words from the end of a quotation to a cue that is a noun elsewhere


class ReportReader(SubjectReader):
    """Finds what a verb reports."""

    def _is_bare(self, index: int) -> bool:
        """Whether nothing but an occasion or a hearer follows a verb to its sentence's end: "told the BBC.", "said in May."."""
        words_, lower = self.tokens.words, self.tokens.lower
        if not 0 < self._high - index - 1 <= _BARE:
            return False
        rest = lower[index + 1 : self._high]
        if not _NO_OCCASION.isdisjoint(rest) or any(
            word in verbs() for word in words_[index + 1 : self._high]
        ):
            return False
        if verbs()[lower[index]].lemma in TRANSITIVE:
            return is_capital(words_[index + 1]) or rest[0] in ("the", "reporters", "journalists")
        return rest[0] in _OCCASIONS or (rest[0] == "to" and is_capital(words_[index + 2]))

    def _right_behind(self, index: int) -> bool:
        """Whether a quotation ends a few words before a cue that has a name or a pronoun beside it."""
        words_ = self.tokens.words
        inside = bisect_right(self.quote_ends, self.tokens.starts[index]) - 1
        if inside < 0 or index - self.quote_after[inside] > _TAG_WITHIN:
            return False
        return any(is_capital(word) or word in PRONOUNS for word in words_[index - 1 : index + 2])

    def _marks_near(self) -> bool:
        """Whether a quotation stands in the sentence that is being read, or ends right before it or begins right after."""
        first = bisect_right(self.quote_ends, self._start - 3)
        return first < len(self.quotations) and self.quote_starts[first] <= self._end + 3

    def _has_marks(self, begin: int, finish: int) -> bool:
        """Whether a quotation that is no programme's name stands in a stretch of text."""
        first = bisect_right(self.quote_ends, begin)
        return (
            first < len(self.quotations)
            and self.quotations[first].start < finish
            and not self.is_programme(first)
        )

    def _is_clause(self, index: int) -> bool:
        """Whether a clause follows a verb, or quoted words do."""
        lower = self.tokens.lower[index + 1 : index + 4]
        if not lower:
            return False
        return (
            lower[0] in _CLAUSE_OPENERS
            or before_apostrophe(lower[0]) in PRONOUNS
            or ("that" in lower and lower[0] not in DETERMINERS)
            or lower[0] in _MARKS
        )

    def _inciso(self, index: int, verb: Verb, inside: int, high: int) -> Candidate | None:
        """A tag inside the marks, between dashes, as Italian and Spanish papers set it: "… – said Putin -. We"."""
        words = self.tokens.words
        if not verb.says or words[index - 1] not in _DASHES:
            return None
        subject = after_verb(self.tokens, index, high)
        if subject is None or _INCISO_ENDS.isdisjoint(words[subject.last + 1 : subject.last + 2]):
            return None
        return self._tag(index, index, subject, "before", inside, True, self._cue(index))

    def _tagged(
        self, index: int, verb: Verb, subject: Subject, inside: int, after_quote: int
    ) -> tuple[int, str]:
        """Return the quotation that a verb tags, and where it stands; -1 for none."""
        tokens = self.tokens
        if (
            after_quote >= 0
            and subject.route != "shared"
            and (verb.form != "ing" or self._told_of(index) < index)
            and not self.is_programme(inside)
        ):
            first = min(subject.first, index)
            while first > after_quote and (
                tokens.words[first - 1] in SKIP or tokens.lower[first - 1] == "as"
            ):
                first -= 1
            if first == after_quote and self._speech_ends(inside, index, subject):
                between = self.text[self.quote_ends[inside] : tokens.starts[min(subject.first, index)]]
                if "\n" not in between:
                    return inside, "before"
        following = inside + 1
        if verb.says and following < len(self.quotations) and not self.is_programme(following):
            begin = self.quote_starts[following]
            if begin <= self._end + 3 and begin - tokens.starts[index] < 120:
                between = self.text[tokens.end(index) : begin].strip()
                if begin > self._end and between[-1:] != ":":
                    return -1, "after"
                if not between or len(between) <= 6:
                    return following, "after"
                if between[-1] in ",:" and len(between) < 80 and not self._says_between(index, following):
                    return following, "after"
        return -1, "after"

    def _says_between(self, index: int, quotation: int) -> bool:
        """Whether another verb of saying stands between a cue and a quotation: "he said it was so, but added: “…”"."""
        return any(map(may_tag, self.tokens.lower[index + 1 : self.quote_first[quotation]]))

    def _speech_ends(self, inside: int, index: int, subject: Subject) -> bool:
        """Whether the quotation before a cue ends as speech before its tag does."""
        quotation = self.quotations[inside]
        last = self.text[max(quotation.start, quotation.end - 4) : quotation.end].rstrip("\"'”’»“ ")
        after = self.text[quotation.end : quotation.end + 2].strip()
        if last[-1:] in (",", "?", "!", "…", "–", "—", "-") or after[:1] in (",", "–", "—", "-"):
            return True
        if last[-1:] in (".", ";", ":"):
            # A full stop before the tag: only where the tag starts small, or ends at once.
            first = min(subject.first, index)
            return not is_capital(self.tokens.words[first]) or self.tokens.words[index + 1 : index + 2] in (
                ["."],
                [","],
                [":"],
                [],
            )
        return True

    def _clause(self, index: int, subject: Subject, high: int, says: bool) -> tuple[int, int, str]:
        """Return what an indirect cue reports: what follows it, or what stands before it as a tag."""
        tokens = self.tokens
        end = min(self._end, tokens.end(high - 1)) if high > index + 1 else tokens.end(index)
        after = index + 1 + self._is_out(index)
        if subject.first > index and subject.route == "shared":
            # "After saying it was safe, Berg …": what is said ends at the comma
            return tokens.starts[after], tokens.starts[subject.first - 1], "after"
        if subject.first > index:
            after = subject.last + 1
        first = min(index, subject.first)
        rest = tokens.words[after : after + 1]
        if says and tokens.lower[first - 1] == "as" and self._is_as(first) and self._is_occasion(after, high):
            begin, close = max(self._start, tokens.starts[first] - CONTENT), tokens.starts[first - 2]
            if close - begin > _LEAST:
                return begin, close, "before"  # "…, as Berg noted in her book."
        if (
            not rest
            or after >= high
            or rest[0] in TAG_ENDS
            or subject.route == "inversion"
            or (says and self._tag_trails(index, after, first, high))
        ):
            start = max(self._start, tokens.starts[first] - CONTENT)
            lead = self.text[start : tokens.starts[first]].rstrip()
            if lead[-1:] in ',–—-"”?!' and len(lead) > _LEAST:
                if says and lead[-1] in ",–—-" and rest and rest[0] in _ASIDES and after + 1 < high:
                    begin = tokens.starts[after + 1]
                    opening = len(lead.rstrip(" ,–—-").split())
                    behind = end - begin
                    leads_on = tokens.lower[after + 1] in ("and", "but") or tokens.lower[after + 1].endswith(
                        "ing"
                    )
                    if not leads_on and (
                        (lead[-1] == "," and opening <= _OPENING and behind > 2 * len(lead))
                        or (
                            subject.route != "inversion"
                            and behind > len(lead)
                            and not self._has_finite(first)
                        )
                        or lead.rstrip(" ,–—-").rpartition(" ")[2].lower() in BE
                        or "that" in tokens.lower[after + 1 : after + 3]
                    ):
                        # "Five years ago, he said, insulation offered …"; "The key, he said, is that …"
                        return begin, min(end, begin + CONTENT), "after"
                if subject.route == "inversion" or after >= high or not self._only_opens(first):
                    return start, start + len(lead.rstrip(" ,–—-")), "before"
        if rest and rest[0] in (",", ":"):
            after += 1
        begin = tokens.starts[after] if after < len(tokens.starts) else end
        return begin, min(end, begin + CONTENT), "after"

    def _is_as(self, first: int) -> bool:
        """Whether "as" leads to a tag behind a clause: "the bridge is old, as Berg noted"."""
        return first - 2 > self._low and self.tokens.words[first - 2] in _ASIDES

    def _is_occasion(self, after: int, high: int) -> bool:
        """Whether nothing follows a tag, or when and where it was said: "… in May", "… after the vote"."""
        if after >= high:
            return True
        word, small = self.tokens.words[after], self.tokens.lower[after]
        return word in TAG_ENDS or word in _TIMES or (small in PREPOSITIONS and small not in ("about", "of"))

    def _has_finite(self, before: int) -> bool:
        """Whether a finite verb stands between the sentence's beginning and a token, as far as its looks tell."""
        for word in self.tokens.lower[max(self._low, before - _RELATIVE) : before]:
            if word in FINITE or word in _DO:
                return True
            verb = verbs().get(word)
            if (verb is not None and verb.form in ("past", "s")) or (
                word.endswith("ed") and len(word) > _SHORT
            ):
                return True
        return False

    def _only_opens(self, before: int) -> bool:
        """Whether what stands before a tag is no clause but says when or where: "In a speech last July, he warned of …"."""
        return (
            before - self._low <= _OPENS
            and self.tokens.lower[self._low] in PREPOSITIONS
            and not self._has_finite(before)
        )

    def _relative_end(self, index: int, finish: int, subject: Subject) -> int:
        """Return where what is said inside a relative clause ends: the bill, which ministers say will help, is opposed."""
        words_, lower = self.tokens.words, self.tokens.lower
        # "Berg, which said it would open, rose": the second comma closes what the first one opened.
        aside = subject.route == "relative" and words_[subject.last - 1 : subject.last] == [","]
        for at in range(index + 2, min(self._high - 1, index + _RELATIVE)):
            if words_[at] == "," and (aside or lower[at + 1] in FINITE):
                return self.tokens.starts[at]
        return finish

    def _subordinate_end(self, begin: int, finish: int) -> int:
        """Return where what is said in a clause that opens its sentence ends: "While Berg says it will open, others doubt it"."""
        words_, lower = self.tokens.words, self.tokens.lower
        first = self.tokens.at(begin)
        if words_[first - 1] == ",":
            return finish  # "As Berg said, …"
        for at in range(first + 2, min(self._high - 2, first + _RELATIVE)):
            if words_[at] == "," and (
                lower[at + 1] in DETERMINERS or lower[at + 1] in PRONOUNS or is_capital(words_[at + 1])
            ):
                return self.tokens.starts[at]
        return finish

    def _tag_trails(self, index: int, after: int, first: int, high: int) -> bool:
        """Whether a tag only names an occasion to the sentence's end: "…, she said in an interview on Monday."."""
        tokens = self.tokens
        if (
            first > self._low + 4
            and tokens.words[first - 1] == ","
            and "," in tokens.words[after : after + _BARE]
        ):
            high = after + tokens.words[after : after + _BARE].index(
                ","
            )  # "…, the bank said on Thursday, two days after …"
        return (
            first > self._low + 4
            and high - after < 14
            and tokens.words[first - 1] == ","
            and (
                tokens.lower[after] in PREPOSITIONS
                or tokens.words[after] in _TIMES
                or (tokens.lower[after] == "to" and is_capital(tokens.words[after + 1]))
                or self._is_bare(index)  # "…, Ann Low told the paper."
                or tokens.lower[after]
                in ("me", "us", "reporters", "journalists", "lawmakers")  # "…, experts told me this week."
            )
            and "that" not in tokens.lower[after:high]
        )

    def _cue(self, index: int) -> Cue:
        words, lower = self.tokens.words, self.tokens.lower
        after = index + 1
        return Cue(
            "verb",
            lower[index],
            shape_after(words[after], lower[after]) if after < self._high else "end",
            shape_before(words[index - 1], lower[index - 1]) if index > self._low else "start",
        )
