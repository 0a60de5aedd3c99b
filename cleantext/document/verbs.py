"""Verbs of saying, thinking and wanting: who does it, and what is reported."""

from __future__ import annotations

from bisect import bisect_right

from cleantext.document.cues import Verb, verbs
from cleantext.document.homographs import is_noun, is_participle
from cleantext.document.plausibility import NO_PLACE, Cue, Place
from cleantext.document.reader import CONTENT, NOTHING_SAID, Candidate, Reader
from cleantext.document.shapes import shape_after, shape_before, shape_lead
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
from cleantext.document.tellers import can_speak, speaker_sort
from cleantext.document.words import word_group, words

# Verbs whose object is somebody: "told reporters" is no inversion.
_TRANSITIVE = frozenset(["tell", "inform"])
_SKIP = frozenset([",", "-", "–", "—", "―", "--"])
_DASHES = _SKIP - {","}
_TAG_ENDS = frozenset([".", ",", ":", '"', "“", "''", "–", "—", "-", ";"])
_INCISO_ENDS = _DASHES | {".", ","}
_PREPOSITIONS = word_group("prepositions")
_TIMES = words("attribution-times")
# What shows or tells without anybody's words: "experience shows that …".
_NO_SPEAKERS = frozenset(
    ["experience", "history", "practice", "reality", "life", "nature", "logic", "instinct"]
)
_OPENING = 6  # words before a tag that only open its sentence
_BE = word_group("be")
_NOT_DONE = frozenset(["to", "must", "should", "let"])
_UNCHANGED = frozenset(["bet", "broadcast", "cast", "forecast", "hit", "put", "read", "rebut"])  # in the past
_CLAUSES = words("attribution-clauses")
_CLAUSE_OPENERS = frozenset(["that", "how", "what", "why", "whether", "if", "when", "where", "who", "there"])
_MARKS = frozenset(['"', "“", "''", "``", "„", "«", ":"])
# Heads that go with a verb of several without an "s".
_SEVERAL = words("attribution-several")
# Verbs that tell something only of a topic: "spoke about the plan", but "spoke to Ann".
_WITH_TOPIC = frozenset(["speak", "talk", "chat", "lecture", "brief"])
_TOPICS = frozenset(["about", "of", "on", "how", "that", "against", "for"])
_TOPIC_WITHIN = 8
_OPENERS = words("attribution-openers")
_APPOSITION = 40  # tokens
_JOINT = 14  # tokens of "Ann Low and her team"
_STOPS_BETWEEN = frozenset([".", ";", ":", "?", "!", '"', "“", "”"])
_RELATIVE = 60  # tokens of a relative clause
_BARE = 7  # tokens to a sentence's end that can be an occasion alone
_NO_OCCASION = PRONOUNS | _BE | frozenset(["that", ",", ":", "would", "will", "had", "has", "so"])
_OCCASIONS = frozenset(["in", "on", "at", "during", "after", "before", "by", "from"])
_FINITE = frozenset(
    [
        "will",
        "would",
        "is",
        "was",
        "are",
        "were",
        "has",
        "had",
        "have",
        "can",
        "could",
        "should",
        "may",
        "might",
    ]
)
# Manner verbs that speak only with a particle: "shot back", "went on".
_PHRASAL = {
    "go": frozenset(["on"]),
    "chip": frozenset(["in"]),
    "shoot": frozenset(["back"]),
    "fire": frozenset(["back", "off"]),
    "hit": frozenset(["back", "out"]),
    "lash": frozenset(["out"]),
}
# What a survey or a report does without a clause: "polls show Low ahead"; the second ones anybody does.
_OF_ANYBODY = frozenset(["estimate"])
_FINDS = _OF_ANYBODY | {"show", "find", "demonstrate", "reveal", "identify", "detail", "name"}
# With one of these before "to" the thing was said: "went on to say".
_DONE = frozenset(
    ["went", "took", "used", "quick", "continued", "proceeded", "began", "turned", "rushed", "moved"]
)
_BEHIND = frozenset(["over", "against", "under", "into", "between", "without"])
_NOT_CUES = words("attribution-not-cues")
_TAG_WITHIN = 3  # words from the end of a quotation to a cue that is a noun elsewhere
_BESIDE_TAGS = frozenset(["citing", "quoting", "referring", "speaking", "writing"])
_NO_HEADS = frozenset(
    ["the", "a", "an", "my", "our", "your", "his", "her", "its", "their", "most", "more", "very"]
)
_ARTICLES = frozenset(["the", "a", "an", "this", "that", "these", "those"])
_QUANTIFIERS = frozenset(["all", "some", "many", "this", "that", "both", "most", "several", "few"])
_BEFORE_NOUNS = (DETERMINERS - _QUANTIFIERS) | _PREPOSITIONS


class VerbReader(Reader):
    """Reads the verbs among the cues."""

    def verb(self, index: int, verb: Verb) -> Candidate | None:
        """Read one verb; None where it is none, nobody does it, or nothing is reported."""
        tokens = self.tokens
        lower = tokens.lower
        low, high = self._low, self._high
        if verb.lemma == "call" and lower[index + 1 : index + 2] == ["up"]:
            return None  # to the army, to the team
        if index == low if verb.form == "ing" else index > low and lower[index - 1] in _BEFORE_NOUNS:
            return None  # "Speaking in Lund, …"; "a claim", "the supported bill", "of support"
        if verb.manner and lower[index] in _NOT_CUES and not self._right_behind(index):
            return None  # "“…,” states Berg", but "the United States"
        behind = _PHRASAL.get(verb.lemma)
        if not verb.reports or (
            verb.manner
            and (
                not self._marks_near()
                or (behind is not None and behind.isdisjoint(lower[index + 1 : index + 2]))
            )
        ):
            if verb.form in ("past", "s"):
                self._pending = index
            return None
        if (
            verb.form == "base"
            and index > low
            and is_capital(tokens.words[index])
            and is_capital(tokens.words[index - 1])
            and not tokens.words[index].isupper()
        ):
            return None  # "a Senior Advocate of Nigeria"
        offset = tokens.starts[index]
        inside = bisect_right(self.quote_starts, offset) - 1
        if inside >= 0 and offset < self.quote_ends[inside]:
            # What is told within a quotation is a part of it: the article attributes one in fifty of such clauses.
            return self._inciso(index, verb, inside, min(high, self.quote_after[inside] - 1))
        cue = self._cue(index)
        if not verb.says and self.model.cue(cue) < self.model.weights.least_cue:
            if verb.form in ("past", "s"):
                self._pending = index
            return None
        after_quote = -1
        if inside >= 0 and self.quote_ends[inside] >= self._start - 2:
            after_quote = self.quote_after[inside]
            low = max(low, after_quote)
        if inside + 1 < len(self.quotations):
            high = min(high, max(index + 1, self.quote_first[inside + 1]))
        subject, route, negated = self._subject(index, verb, low, high, after_quote)
        if verb.form == "past" and not verb.manner and lower[index + 1 : index + 2] == ["by"]:
            agent = after_verb(tokens, index + 1, high)
            if agent is not None and subject is not None and subject.route != "inversion" and verb.says:
                tagged, where = self._tagged(index, verb, subject, inside, after_quote)
                if tagged >= 0 and where == "before":  # "…," the paper was told by Berg
                    marks = self.quotations[tagged]
                    return Candidate(
                        index, index, agent, where, marks.start, marks.end, tagged, True, 0.0, cue, NO_PLACE
                    )
                return self._passive(index, verb, cue, agent, negated)
        if (
            subject is None
            or lower[subject.head] in _NO_SPEAKERS
            or self._is_no_subject(index, subject, verb)
            or (verb.form == "past" and is_participle(tokens, index, verb, subject, high))
            or (verb.form in ("s", "base") and is_noun(tokens, index, verb, subject, high))
        ):
            return None
        if (
            (verb.form == "past" or lower[index] in _UNCHANGED)
            and subject.last < index
            and self._is_passive(index, max(low, subject.last + 1, index - 6))
        ):
            return None  # "was asked": somebody else asked
        # What does it report?
        quotation, where = self._tagged(index, verb, subject, inside, after_quote)
        if quotation >= 0:
            content = self.quotations[quotation]
            begin, finish = content.start, content.end
        else:
            begin, finish, where = self._clause(index, subject, self._high, verb.says)
            if where == "after" and (
                subject.route == "relative" or (lower[index + 1 : index + 2] and lower[index + 1] in _FINITE)
            ):
                finish = self._relative_end(index, finish, subject)
        if finish - begin < 4:
            return None  # nothing but a stop
        if quotation >= 0:
            return Candidate(
                index, index, subject, where, begin, finish, quotation, verb.says, 0.0, cue, NO_PLACE
            )
        if verb.manner:
            return None
        place = self._place(index, subject, route, negated, where, verb.says)
        gate = self._gate(index, verb, subject, place, begin, finish)
        if gate is None:
            return None
        if gate:
            place = place._replace(gate=gate)
        found = self._candidate(index, index, subject, begin, finish, verb.says, cue, place)
        bare = verb.says and where == "after" and subject.route != "inversion" and self._is_bare(index)
        return found._replace(score=NOTHING_SAID) if bare else found

    def _gate(
        self, index: int, verb: Verb, subject: Subject, place: Place, begin: int, finish: int
    ) -> str | None:
        """Return what speaks against a candidate: "" for nothing, None where it is none; else a name for the model to weigh."""
        if verb.form == "base" and self._is_infinitive(index, subject):
            return "infinitive" if self._is_done(index, subject) else None
        if self._needs_clause(verb, subject, place.where) and not (
            place.clause or self._has_marks(begin, finish)
        ):
            finds = verb.lemma in _FINDS and (place.sort == "written" or verb.lemma in _OF_ANYBODY)
            return "clause" if finds and not place.negated else None
        if not self._tells(index, verb, subject, place, begin, finish):
            return "tells" if place.kind == "it" and verb.form == "past" and not place.negated else None
        return ""

    def _is_done(self, index: int, subject: Subject) -> bool:
        """Whether somebody did what an infinitive says: he went on to say, took to the stage to announce, was quick to add."""
        return not _DONE.isdisjoint(self.tokens.lower[subject.last + 1 : index - 1])

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
        if verbs()[lower[index]].lemma in _TRANSITIVE:
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

    def _tells(self, index: int, verb: Verb, subject: Subject, place: Place, begin: int, finish: int) -> bool:
        """Whether a speaker who can speak tells something: "the penalty put …", "it lends", "spoke to Ann" tell nothing."""
        lower = self.tokens.lower
        if place.kind == "you":
            return False  # the reader
        if place.where != "after" or subject.route == "inversion":
            return not (verb.form == "ing" and lower[index - 1] in _PREPOSITIONS)  # "before deciding"
        if place.kind == "i" and not verb.says:
            return self._is_clause(index) or lower[index + 1 : index + 2] == ["to"]
        if verb.lemma == "argue" and lower[index + 1 : index + 2] == ["with"]:
            return False
        if verb.lemma in _WITH_TOPIC and _TOPICS.isdisjoint(
            self.tokens.lower[index + 1 : index + _TOPIC_WITHIN]
        ):
            return False
        speaks = can_speak(place.sort)
        if speaks and not (place.negated and verb.says):
            return True
        if place.clause or self._has_marks(begin, finish):
            return speaks or verb.says or place.kind == "it"
        return place.kind == "it" and verb.says and verb.form == "past" and not place.negated

    def _needs_clause(self, verb: Verb, subject: Subject, where: str) -> bool:
        """Whether a verb reports nothing but a clause: "found that", but not "found space"."""
        if where != "after" or subject.route == "inversion":
            return False
        return verb.lemma in _CLAUSES

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
            or lower[0].partition("’")[0].partition("'")[0] in PRONOUNS
            or ("that" in lower and lower[0] not in DETERMINERS)
            or lower[0] in _MARKS
        )

    def _is_no_subject(self, index: int, subject: Subject, verb: Verb) -> bool:
        """Whether what stands before a verb is an article alone, or a noun that makes a noun of it: "over union demands"."""
        lower = self.tokens.lower
        if lower[subject.first] != "most" and all(
            word in _NO_HEADS for word in lower[subject.first : subject.last + 1]
        ):
            return True  # "our recognised courses", "the most asked question"
        if (
            verb.form == "base"
            and lower[index] not in _UNCHANGED
            and subject.last == index - 1
            and self._is_one(subject)
        ):
            return True  # "the London express came"
        if subject.first != subject.last:
            return False
        word = lower[subject.first]
        if (
            verb.form == "past"
            and word.endswith(("'s", "’s", "'m", "’m", "'re", "’re"))
            and subject.last == index - 1
        ):
            return True  # "It's called"
        if word in _ARTICLES or word in _BE or word == "worth":
            return True
        return (
            verb.form == "s"
            and word not in PRONOUNS
            and not is_capital(self.tokens.words[subject.first])
            and lower[subject.first - 1] in _PREPOSITIONS
        )

    def _is_infinitive(self, index: int, subject: Subject) -> bool:
        """Whether "to", or a duty, stands between a speaker and a verb in its base form: "was eager to talk", "must report"."""
        return any(
            word in _NOT_DONE for word in self.tokens.lower[subject.last + 1 : index]
        ) or self.tokens.lower[index - 3 : index] == ["that", "is", "to"]

    def _is_one(self, subject: Subject) -> bool:
        """Whether a phrase with an article is of one thing, and so goes with no verb of several: "a senior advocate"."""
        lower = self.tokens.lower
        head = lower[subject.last]
        return (
            lower[subject.first] in _ARTICLES
            and subject.last > subject.first
            and not head.endswith("s")
            and head not in _SEVERAL
            and not self.tokens.words[subject.last][:1].isupper()
        ) or lower[subject.first] in ("a", "an")

    def _is_passive(self, index: int, low: int) -> bool:
        """Whether a form of "be" belongs to a participle; that of a clause between commas does not: "who was there, said"."""
        for at in range(index - 1, low - 1, -1):
            if self.tokens.lower[at] in _BE:
                return True
            if self.tokens.words[at] == "," and self.tokens.words[index - 1] == ",":
                return False
        return False

    def _subject(
        self, index: int, verb: Verb, low: int, high: int, after_quote: int
    ) -> tuple[Subject | None, str, bool]:
        """Find who does the saying, before the verb, after it, or shared with the verb before."""
        tokens = self.tokens
        words = tokens.words
        finite = verb.form in ("past", "s", "base")
        previous = index - 1
        while previous >= low and words[previous] in _SKIP:
            previous -= 1
        told = verb.form == "s" and previous < low and self._ends_with_name(index, high)
        if verb.says and finite and (told or verb.lemma not in _TRANSITIVE):
            if previous < low and low == after_quote:  # "…," said Obama
                particle = int(verb.lemma == "point" and tokens.lower[index + 1 : index + 2] == ["out"])
                inverted = after_verb(tokens, index + particle, high)
                if inverted is not None:
                    self._shared, self._pending = inverted, -1
                    return inverted, "inversion", False
            elif index > low and words[index - 1] in _SKIP:  # …, said Obama.
                inverted = after_verb(tokens, index, high)
                following = words[inverted.last + 1 : inverted.last + 2] if inverted else []
                if (
                    inverted
                    and (
                        inverted.last + 1 >= high
                        or following[0] in _TAG_ENDS
                        or following[0] == "("
                        or following[0] in _PREPOSITIONS
                        or following[0] in _BESIDE_TAGS
                    )
                    and (speaker_kind(tokens, inverted) in ("name", "role"))
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
            and tokens.lower[index + 1 : index + 2] != ["by"]  # "threats issued by" acts on nobody's behalf
        ):
            self._shared, self._pending = subject, -1
        return subject, route, negated

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
        return index - 1 if lower[index - 1] in ("seen", "heard") and lower[index - 2] in _BE else index

    def _named_behind(self, after_quote: int, index: int) -> Subject | None:
        """Return the name right behind words in marks whose apposition ends at a verb: “…,” Ann Low, a trader in Lund, Utah, said."""
        words_ = self.tokens.words
        first = after_quote + (words_[after_quote] in _SKIP)
        last = first
        while last + 1 < index and is_capital(words_[last]) and is_capital(words_[last + 1]):
            last += 1
        if (
            last == first
            or words_[first] in _OPENERS
            or last + 2 >= index
            or words_[last + 1] != ","
            or index - last > _APPOSITION
            or not (words_[index - 1] == "," or self._is_apposition(last + 2, index))
        ):
            return None
        closed = words_[index - 1] == ","
        return Subject(first, last if closed else index - 1, last, "apposition")

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
        return lower[first] in _ARTICLES and _FINITE.isdisjoint(lower[first:index])

    def _beyond(self, index: int, subject: Subject, low: int, after_quote: int) -> Subject | None:
        """Return the subject that a noun phrase beside a verb belongs to, where it is none itself.

        It ends an apposition that nobody closed behind words in marks (“…,” Ann Low, a trader at Berg told the paper), or
        stands behind a preposition (a lawyer who resigned over the laws says).
        """
        words_, before = self.tokens.words, self.tokens.lower[subject.first - 1]
        if before == "," and after_quote >= 0 and self.tokens.lower[subject.first] in _ARTICLES:
            name = phrase_before(self.tokens, subject.first - 2, low)
            begins = after_quote + (words_[after_quote] in _SKIP)
            if name is not None and name.first == begins and is_capital(words_[name.first]):
                return Subject(name.first, subject.last, name.head, "apposition")
        if before == "and" and low == after_quote and index - low <= _JOINT:
            first = after_quote + (words_[after_quote] in _SKIP)
            if first < subject.first - 1 and not _STOPS_BETWEEN.intersection(words_[first:index]):
                return Subject(first, subject.last, subject.head, "next")  # “…,” Ann Low and her team wrote
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
        if lower[low] in _PREPOSITIONS or lower[low].endswith("ing"):
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
                    and lower[last + 1] not in _BE
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
                if lower[at - 1] not in _PREPOSITIONS or at == low:
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

    def _inciso(self, index: int, verb: Verb, inside: int, high: int) -> Candidate | None:
        """A tag inside the marks, between dashes, as Italian and Spanish papers set it: "… – said Putin -. We"."""
        words = self.tokens.words
        if not verb.says or words[index - 1] not in _DASHES:
            return None
        subject = after_verb(self.tokens, index, high)
        if subject is None or _INCISO_ENDS.isdisjoint(words[subject.last + 1 : subject.last + 2]):
            return None
        quotation = self.quotations[inside]
        return Candidate(
            index,
            index,
            subject,
            "before",
            quotation.start,
            quotation.end,
            inside,
            True,
            0.0,
            self._cue(index),
            NO_PLACE,
        )

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
            while first > after_quote and tokens.words[first - 1] in _SKIP:
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
        for word in self.tokens.lower[index + 1 : self.quote_first[quotation]]:
            verb = verbs().get(word)
            if verb is not None and verb.says and verb.form in ("past", "s"):
                return True
        return False

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
        after = index + 1
        if subject.first > index:
            after = subject.last + 1
        first = min(index, subject.first)
        rest = tokens.words[after : after + 1]
        if (
            not rest
            or after >= high
            or rest[0] in _TAG_ENDS
            or subject.route == "inversion"
            or (says and self._tag_trails(index, after, first, high))
        ):
            start = max(self._start, tokens.starts[first] - CONTENT)
            lead = self.text[start : tokens.starts[first]].rstrip()
            if lead[-1:] in ',–—-"”?!' and len(lead) > 12:
                if says and lead[-1] == "," and rest and rest[0] == "," and after + 1 < high:
                    opening = len(lead.rstrip(" ,").split())
                    if opening <= _OPENING and end - tokens.starts[after + 1] > 2 * len(lead):
                        begin = tokens.starts[after + 1]  # "Five years ago, he said, insulation offered …"
                        return begin, min(end, begin + CONTENT), "after"
                return start, start + len(lead.rstrip(" ,–—-")), "before"
        if rest and rest[0] in (",", ":"):
            after += 1
        begin = tokens.starts[after] if after < len(tokens.starts) else end
        return begin, min(end, begin + CONTENT), "after"

    def _relative_end(self, index: int, finish: int, subject: Subject) -> int:
        """Return where what is said inside a relative clause ends: the bill, which ministers say will help, is opposed."""
        words_, lower = self.tokens.words, self.tokens.lower
        # "Berg, which said it would open, rose": the second comma closes what the first one opened.
        aside = subject.route == "relative" and words_[subject.last - 1 : subject.last] == [","]
        for at in range(index + 2, min(self._high - 1, index + _RELATIVE)):
            if words_[at] == "," and (aside or lower[at + 1] in _FINITE):
                return self.tokens.starts[at]
        return finish

    def _tag_trails(self, index: int, after: int, first: int, high: int) -> bool:
        """Whether a tag only names an occasion to the sentence's end: "…, she said in an interview on Monday."."""
        tokens = self.tokens
        return (
            first > self._low + 4
            and high - after < 14
            and tokens.words[first - 1] == ","
            and (
                tokens.lower[after] in _PREPOSITIONS
                or tokens.words[after] in _TIMES
                or (tokens.lower[after] == "to" and is_capital(tokens.words[after + 1]))
                or self._is_bare(index)  # "…, Ann Low told the paper."
            )
            and "that" not in tokens.lower[after:high]
        )

    def _passive(self, index: int, verb: Verb, cue: Cue, agent: Subject, negated: bool) -> Candidate | None:
        """Read "criticized by Miller": the agent speaks, and what stands before is judged."""
        begin, end = self._start, self.tokens.starts[index]
        before = phrase_before(self.tokens, index - 1, self._low)
        if before is not None:
            begin = self.tokens.starts[before.first]
        if end - begin < 2:
            return None
        place = self._place(index, agent._replace(route="agent"), "by", negated, "before", verb.says)
        return self._candidate(index, index, agent, begin, end, verb.says, cue, place)

    def _cue(self, index: int) -> Cue:
        words, lower = self.tokens.words, self.tokens.lower
        after = index + 1
        return Cue(
            "verb",
            lower[index],
            shape_after(words[after], lower[after]) if after < self._high else "end",
            shape_before(words[index - 1], lower[index - 1]) if index > self._low else "start",
        )

    def _place(
        self, index: int, subject: Subject, route: str, negated: bool, where: str, says: bool
    ) -> Place:
        left = self._high - index
        gap = index - subject.last
        kind = speaker_kind(self.tokens, subject)
        words = self.tokens.words
        return Place(
            kind,
            subject.route,
            route,
            where,
            0 if left < 3 else 1 if left < 6 else 2 if left < 12 else 3,
            0 if gap < 2 else 1 if gap < 4 else 2,
            min(6, subject.last - subject.first),
            negated,
            subject.first == self._low,
            ("says" if says else "thinks") if self.tokens.starts[index] < self._said_until else "",
            "",
            speaker_sort(self.tokens, subject, kind),
            self._is_clause(index),
            shape_lead(words[first], self.tokens.lower[first]) if (first := subject.first - 1) >= 0 else "",
        )
