"""Who does what a cue of speech says: before the verb, after it, or far from it in its sentence."""

from __future__ import annotations

from cleantext.document.adverbials import ISSUED
from cleantext.document.cues import Verb
from cleantext.document.reader import Reader
from cleantext.document.subjects import (
    DETERMINERS,
    PRONOUNS,
    Subject,
    after_verb,
    before_verb,
    is_capital,
    is_opener,
    phrase_before,
    roles,
    speaker_kind,
)
from cleantext.document.tellers import speaker_sort
from cleantext.document.words import given_names, word_group, words

# Verbs whose object is somebody: "told reporters" is no inversion.
TRANSITIVE = frozenset(["tell", "inform"])
SKIP = frozenset([",", "-", "–", "—", "―", "--"])
TAG_ENDS = frozenset([".", ",", ":", '"', "“", "''", "–", "—", "-", ";"])
PREPOSITIONS = word_group("prepositions")
BE = word_group("be")
_OPENERS = words("attribution-openers")
_APPOSITION = 40  # tokens
_JOINT = 14  # tokens of "Ann Low and her team"
_STOPS_BETWEEN = frozenset([".", ";", ":", "?", "!", '"', "“", "”"])
FINITE = word_group("finite")
_BEHIND = frozenset(["over", "against", "under", "into", "between", "without"])
_BESIDE_TAGS = frozenset(["citing", "quoting", "referring", "speaking", "writing"])
_MADE = ISSUED | frozenset(["commissioned", "compiled", "done", "made", "written"])
ARTICLES = frozenset(["the", "a", "an", "this", "that", "these", "those"])


class SubjectReader(Reader):
    """Finds the subjects of the verbs among the cues."""

    def _subject(
        self, index: int, verb: Verb, low: int, high: int, after_quote: int
    ) -> tuple[Subject | None, str, bool]:
        """Find who does the saying, before the verb, after it, or shared with the verb before."""
        tokens = self.tokens
        words = tokens.words
        finite = verb.form in ("past", "s", "base")
        previous = index - 1
        while previous >= low and words[previous] in SKIP:
            previous -= 1
        told = verb.form == "s" and previous < low and self._ends_with_name(index, high)
        behind = previous < low and low == after_quote and index > after_quote
        if (verb.says or behind) and finite and (told or verb.lemma not in TRANSITIVE):
            if previous < low and low == after_quote:  # "…," said Obama; "…," believes Obama
                inverted = after_verb(tokens, index + self._is_out(index), high)
                if inverted is not None:
                    self._shared, self._pending = inverted, -1
                    return inverted, "inversion", False
            elif verb.says and index > low and words[index - 1] in SKIP:  # …, said Obama.
                inverted = self._with_others(after_verb(tokens, index, high), high)
                following = words[inverted.last + 1 : inverted.last + 2] if inverted else []
                if (
                    inverted
                    and (
                        inverted.last + 1 >= high
                        or following[0] in TAG_ENDS
                        or following[0] in ("(", "who")
                        or following[0] in PREPOSITIONS
                        or following[0] in _BESIDE_TAGS
                    )
                    and self._is_somebody_behind(inverted)
                ):
                    self._shared, self._pending = inverted, -1
                    return inverted, "inversion", False
        if low == after_quote and verb.says and finite:
            named = self._named_behind(after_quote, index)
            if named is not None:
                self._shared, self._pending = named, -1
                return named, ",", False
        participle = self._told_of(index) if verb.form == "ing" else index
        if participle < index:
            quoted, route, negated = before_verb(tokens, participle, low)
            if quoted is not None:
                return quoted, "", negated
        subject, route, negated = before_verb(tokens, index, low)
        if subject is not None and subject.route == "next" and subject.first > low:
            subject = self._beyond(index, subject, low, after_quote)
        if (
            verb.form == "ing"
            and subject is not None
            and (subject.route == "apposition" or self._is_written(subject, index, low))
        ):
            subject = None  # ", saying …" and "issued a statement saying …" belong to whoever acts in the main clause
        if subject is None:
            if verb.form == "ing" and index - low <= 2:
                subject = self._later_subject(index, high)
            elif route in ("and", ",") or verb.form == "ing":
                subject = self._last_subject() or self._main_subject(index)
            if subject is not None:
                subject = Subject(subject.first, subject.last, subject.head, "shared")
        elif (
            verb.form in ("past", "s")
            and route in ("", ",")
            and subject.route in ("next", "apposition")
            and not (
                index + 1 < len(tokens.lower) and tokens.lower[index + 1] == "by" and self._is_done_by(index)
            )
        ):
            self._shared, self._pending = subject, -1
        return subject, route, negated

    def _is_done_by(self, index: int) -> bool:
        """Whether somebody behind a form does it: "threats issued by Low", but "she responded by saying"."""
        lower = self.tokens.lower
        return not lower[min(index + 2, len(lower) - 1)].endswith("ing")

    def _is_out(self, index: int) -> bool:
        """Whether a verb is the first word of "point out"."""
        return self.tokens.lower[index + 1 : index + 2] == ["out"] and self.tokens.lower[index].startswith(
            "point"
        )

    def _is_somebody_behind(self, subject: Subject) -> bool:
        """Whether the head of a phrase behind its verb is a name, a role, people or a body of people."""
        head = subject._replace(first=subject.head, last=subject.head)
        kind = speaker_kind(self.tokens, subject)
        return kind in ("name", "role") or speaker_sort(self.tokens, head, kind) in ("people", "body")

    def _with_others(self, subject: Subject | None, high: int) -> Subject | None:
        """Return a subject behind its verb with those who say it, too: "…, said Low and others, …"."""
        if subject is None or self.tokens.lower[subject.last + 1 : min(high, subject.last + 2)] != ["and"]:
            return subject
        others = after_verb(self.tokens, subject.last + 1, high)
        if others is None or self.tokens.words[others.last + 1 : min(high, others.last + 2)] not in (
            [],
            [","],
            ["."],
        ):
            return subject
        return subject._replace(last=others.last)

    def _is_written(self, subject: Subject, index: int, low: int) -> bool:
        """Whether a phrase is what somebody wrote or issued in the same clause: the club sent a letter saying …"""
        tokens = self.tokens
        before = subject.first - 1
        return (
            subject.last == index - 1
            and before > low
            and tokens.lower[subject.first] in ("a", "an")
            and tokens.lower[before].endswith(("ed", "nt", "de", "ut", "te", "ing", "es"))
            and speaker_sort(tokens, subject, "other") == "written"
        )

    def _told_of(self, index: int) -> int:
        """Return where the participle before a form in "ing" stands: he is quoted as saying, is seen asking; else its own place."""
        lower = self.tokens.lower
        if lower[index - 2 : index] == ["quoted", "as"]:
            return index - 2
        return index - 1 if lower[index - 1] in ("seen", "heard") and lower[index - 2] in BE else index

    def _named_behind(self, after_quote: int, index: int) -> Subject | None:
        """Return the name right behind words in marks whose apposition ends at a verb: “…,” Ann Low, a trader in Lund, Utah, said."""
        words_ = self.tokens.words
        first = after_quote + (words_[after_quote] in SKIP)
        last = begins = self._behind_roles(first, index)
        while last + 1 < index and is_capital(words_[last]) and is_capital(words_[last + 1]):
            last += 1
        if (
            last == begins
            # but "Will Doyle, a trader, said"
            or (words_[first] in _OPENERS and words_[first] not in given_names())
            or last + 2 >= index
            or words_[last + 1] != ","
            or index - last > _APPOSITION
            or not (words_[index - 1] == "," or self._is_apposition(last + 2, index))
        ):
            return None
        closed = words_[index - 1] == ","
        return Subject(first, last if closed else index - 1, last, "apposition")

    def _behind_roles(self, first: int, index: int) -> int:
        """Return the first capital behind at most three small words that open a phrase: “…,” tourist Ann Low, 18, said."""
        words_, lower = self.tokens.words, self.tokens.lower
        at = first
        while at < min(index, first + 3) and words_[at].isalpha() and not is_capital(words_[at]):
            if lower[at] in PREPOSITIONS or lower[at] in PRONOUNS or lower[at] in FINITE:
                return first
            at += 1
        return at

    def _ends_with_name(self, index: int, high: int) -> bool:
        """Whether a name ends the sentence right behind a verb: “…,” tells Ann Low."""
        words_ = self.tokens.words
        last = index + 1
        while last < high and is_capital(words_[last]):
            last += 1
        return last > index + 2 and words_[last : last + 1] in ([], ["."], [","])

    def _is_apposition(self, first: int, index: int) -> bool:
        """Whether what stands between a name's comma and a verb is an apposition that nobody closed: a trader at Berg told …"""
        lower = self.tokens.lower
        return lower[first] in ARTICLES and FINITE.isdisjoint(lower[first:index])

    def _beyond(self, index: int, subject: Subject, low: int, after_quote: int) -> Subject | None:
        """Return the subject that a noun phrase beside a verb belongs to, where it is none itself.

        It ends an apposition that nobody closed behind words in marks (“…,” Ann Low, a trader at Berg told the paper), or
        stands behind a preposition (a lawyer who resigned over the laws says).
        """
        words_, before = self.tokens.words, self.tokens.lower[subject.first - 1]
        if before == "," and after_quote >= 0 and self.tokens.lower[subject.first] in ARTICLES:
            name = phrase_before(self.tokens, subject.first - 2, low)
            begins = after_quote + (words_[after_quote] in SKIP)
            if name is not None and name.first == begins and is_capital(words_[name.first]):
                return Subject(name.first, subject.last, name.head, "apposition")
        if before == "and" and low == after_quote and index - low <= _JOINT:
            first = after_quote + (words_[after_quote] in SKIP)
            if first < subject.first - 1 and not _STOPS_BETWEEN.intersection(words_[first:index]):
                return Subject(first, subject.last, subject.head, "next")  # “…,” Ann Low and her team wrote
        if before == "by" and self.tokens.lower[subject.first - 2] in _MADE:
            made = phrase_before(self.tokens, subject.first - 3, low)
            if made is not None and speaker_sort(self.tokens, made, "other") == "written":
                # "research done by the bank found"
                return Subject(made.first, subject.last, made.head, "next")
        if before in _BEHIND and speaker_kind(self.tokens, subject) == "other":
            return self._main_subject(index)
        return subject

    def _last_subject(self) -> Subject | None:
        """The subject of the last finite verb of the sentence; read late where that verb was no cue itself."""
        if self._pending >= 0:
            subject, route, _ = before_verb(self.tokens, self._pending, self._low)
            if subject is not None and route in ("", ",") and subject.route in ("next", "apposition"):
                self._shared = subject
            self._pending = -1
        return self._shared

    def _main_subject(self, index: int) -> Subject | None:
        """The subject of the sentence, for a verb far from it: its first name or pronoun after any opening phrase."""
        words, lower = self.tokens.words, self.tokens.lower
        at = low = self._low
        bound = min(index, low + 30)
        if lower[low] in PREPOSITIONS or lower[low].endswith("ing"):
            comma = next((at for at in range(low, bound) if words[at] == ","), -1)
            at = comma + 1 if comma > 0 else low + 1
        while at < bound:
            if lower[at] in PRONOUNS:
                return Subject(at, at, at, "main")
            if lower[at] in DETERMINERS and (at == low or words[at - 1] == ","):
                last = at
                while (
                    last + 1 < index
                    and words[last + 1][:1].isalpha()
                    and last < at + 3
                    and lower[last + 1] not in BE
                    and lower[last + 1] not in FINITE
                ):
                    last += 1
                if last > at:
                    return Subject(at, last, last, "main")
            if is_capital(words[at]) and not is_opener(words, at, low):
                last = at
                while last + 1 < index and (
                    is_capital(words[last + 1]) or self._leads_to_a_name(last + 1, index)
                ):
                    last += 1
                if last + 1 < index and lower[last + 1] in roles():
                    last += 1  # "Los Angeles police dismissed the rumours, pointing out …"
                if lower[at - 1] not in PREPOSITIONS or at == low:
                    return Subject(at, last, last, "main")
                at = last
            at += 1
        return None

    def _leads_to_a_name(self, at: int, index: int) -> bool:
        """Whether words in lower case stand between a name and the one who bears it: "Real Madrid general manager Ann Low"."""
        for word, small in zip(
            self.tokens.words[at : min(index, at + 3)], self.tokens.lower[at : at + 3], strict=False
        ):
            if is_capital(word):
                return True
            if small not in roles() and small not in (
                "general",
                "deputy",
                "vice",
                "chief",
                "executive",
                "managing",
            ):
                return False
        return False

    def _later_subject(self, index: int, high: int) -> Subject | None:
        """The subject after an opening participle: "After blasting the report, Glenn Beck …"."""
        words = self.tokens.words
        for at in range(index + 1, min(high, index + 30)):
            if words[at] == ",":
                return after_verb(self.tokens, at, high)
        return None
