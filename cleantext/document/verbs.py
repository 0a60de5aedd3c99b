"""Verbs of saying, thinking and wanting: who does it, and what is reported."""

from __future__ import annotations

from bisect import bisect_right

from cleantext.document.adverbials import TIMES
from cleantext.document.cues import Verb, verbs
from cleantext.document.deeds import is_deed
from cleantext.document.homographs import is_noun, is_participle
from cleantext.document.nosubjects import UNCHANGED, is_no_subject, only_opens_sentence
from cleantext.document.plausibility import Cue, Place
from cleantext.document.reader import NOTHING_SAID, Candidate
from cleantext.document.reported import ReportReader
from cleantext.document.shapes import shape_lead
from cleantext.document.subjects import (
    DETERMINERS,
    Subject,
    after_verb,
    is_capital,
    phrase_before,
    speaker_kind,
)
from cleantext.document.tellers import can_speak, speaker_sort
from cleantext.document.verbsubjects import BE, FINITE, PREPOSITIONS
from cleantext.document.words import word_group, words

# What shows or tells without anybody's words: "experience shows that …".
_NO_SPEAKERS = frozenset(
    ["experience", "history", "practice", "reality", "life", "nature", "logic", "instinct", "there", "glance"]
)
_NOT_DONE = frozenset(["to", "must", "should", "let"])
_CLAUSES = words("attribution-clauses")
# Heads that go with a verb of several without an "s".
_SEVERAL = words("attribution-several")
# Verbs that tell something only of a topic: "spoke about the plan", but "spoke to Ann".
_WITH_TOPIC = frozenset(["speak", "talk", "chat", "lecture", "brief"])
_TOPICS = frozenset(["about", "how", "that", "against"])
_TOPICS_BESIDE = frozenset(
    ["of", "for", "in", "out", "up"]
)  # "spoke of peace", but "spoke to heads of state"
_TOPIC_WITHIN = 8
# Manner verbs that speak only with a particle: "shot back", "went on".
_PHRASAL = {
    "go": frozenset(["on"]),
    "chip": frozenset(["in"]),
    "weigh": frozenset(["in"]),
    "shoot": frozenset(["back"]),
    "fire": frozenset(["back", "off"]),
    "hit": frozenset(["back", "out"]),
    "lash": frozenset(["out"]),
}
# What a survey or a report does without a clause: "polls show Low ahead"; the second ones anybody does.
_OF_ANYBODY = frozenset(["estimate"])
_FINDS = _OF_ANYBODY | {"show", "find", "demonstrate", "reveal", "identify", "detail", "name"}
# What people do in words without a clause, too: "Low pointed to the wall", "she credited her crew".
_OF_SOMEBODY = frozenset(["point", "credit"])
# Reports only where another verb follows: "claimed the wall would hold", but "claimed the title", "wrote a book".
_CLAIMS = frozenset(["claim", "write"])
_CLAIM_WITHIN = 20  # tokens
_CLAIM_ENDS = frozenset(
    [
        "himself",
        "herself",
        "because",
        "and",
        "with",
        "after",
        "before",
        "when",
        "while",
        "who",
        "which",
        ".",
        ";",
    ]
)
# Verbs of clauses with the words behind which they report something all the same: "pushed for peace".
_BESIDE = {
    "push": frozenset(["for"]),
    "concede": frozenset(["to", "defeat"]),
    "offer": frozenset(["to"]),
    "seek": frozenset(["to"]),
}
# Verbs of clauses that judge, too: "sees the vote as a threat".
_JUDGES = frozenset(["see", "frame"])
_JUDGED_WITHIN = 9  # tokens
_NOTHING: frozenset[str] = frozenset()
_SOMEBODY = frozenset(["name", "he", "role", "they", "who"])
# Verbs with the word behind which they tell nothing of their own: "responded to a question", "sees to that".
_IDLE = {"argue": "with", "respond": "to", "see": "to"}
# With one of these before "to" the thing was said: "went on to say".
_DONE = word_group("done")
_NOT_CUES = words("attribution-not-cues")
_QUANTIFIERS = frozenset(["all", "some", "many", "this", "that", "both", "most", "several", "few"])
_NUMBERS = frozenset(["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"])
_OF_SEVERAL = words("attribution-of-several")
# Who thinks and wants: pronouns and heads without a plural's ending; and endings of "s" that are no plural's.
_SEVERAL_THINK = (_SEVERAL - _NUMBERS - {"side", "number", "rest"}) | {"they", "we", "i", "who", "officials"}
# What only people want, and nothing that is written.
_WILLS = frozenset(["aim", "seek", "want", "hope", "wish", "try", "need", "intend", "dream"])
_NOT_DO = frozenset(["don't", "doesn't", "didn't", "don’t", "doesn’t", "didn’t"])
_SUBORDINATES = frozenset(
    [
        "while",
        "although",
        "though",
        "as",
        "when",
        "if",
        "whereas",
        "because",
        "since",
        "once",
        "after",
        "before",
    ]
)
_NEAR = 40  # tokens on each side that show whether a sentence is a headline
_SMALL_IN_HEADLINES = 4  # letters of the longest words that headlines write small
_NO_NOUNS = frozenset(["no", "the", "a", "an", "any", "his", "her", "their", "its"])  # "the asking price"
DATED = frozenset(["published", "updated", "posted", "modified", "edited", "written"])
"""What a byline says before its date: "Ann Low Published: May 3"."""
_NO_PLURALS = ("'s", "’s", "ss", "us", "is", "was", "has", "does")
_BEFORE_NOUNS = (DETERMINERS - _QUANTIFIERS) | PREPOSITIONS


class VerbReader(ReportReader):
    """Reads the verbs among the cues."""

    def verb(self, index: int, verb: Verb) -> Candidate | None:
        """Read one verb; None where it is none, nobody does it, or nothing is reported."""
        tokens = self.tokens
        lower = tokens.lower
        low, high = self._low, self._high
        following = lower[index + 1] if index + 1 < len(lower) else ""
        if (
            index == low or lower[index - 1] in _NO_NOUNS
            if verb.form == "ing"
            else index > low and lower[index - 1] in _BEFORE_NOUNS and not self._is_counted(index, verb)
        ):
            return None  # "Speaking in Lund, …"; "a claim", "the supported bill", "of support"
        if following == ":" and lower[index] in DATED and is_capital(tokens.words[index]):
            return None
        if lower[index] in _OF_SEVERAL and not self._is_of_several(index):
            return None  # "to think", "did they know", "the support"
        if verb.manner and lower[index] in _NOT_CUES and not self._right_behind(index):
            return None  # "“…,” states Berg", but "the United States"
        if not verb.reports or (verb.manner and not (self._has_particle(index, verb) and self._marks_near())):
            if verb.form in ("past", "s"):
                self._pending = index
            return None
        if index > low and tokens.words[index] != lower[index] and self._is_in_a_name(index, verb, high):
            return None
        offset = tokens.starts[index]
        inside = bisect_right(self.quote_starts, offset) - 1
        if inside >= 0 and offset < self.quote_ends[inside]:
            # What is told within a quotation is a part of it: the article attributes one in fifty of such clauses.
            return self._inciso(index, verb, inside, min(high, self.quote_after[inside] - 1))
        cue = None if verb.says else self._cue(index)
        if cue is not None and self.model.cue(cue) < self.model.weights.least_cue:
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
        if verb.form == "past" and not verb.manner and following == "by":
            agent = after_verb(tokens, index + 1, high)
            if agent is not None and subject is not None and subject.route != "inversion" and verb.says:
                tagged, where = self._tagged(index, verb, subject, inside, after_quote)
                if tagged >= 0 and where == "before":  # "…," the paper was told by Berg
                    return self._tag(index, index, agent, where, tagged, True, cue or self._cue(index))
                return self._passive(index, verb, cue or self._cue(index), agent, negated)
        if (
            subject is None
            or lower[subject.head] in _NO_SPEAKERS
            or (subject.last == self._low and only_opens_sentence(tokens, index, verb, subject, self._low))
            or is_no_subject(tokens, index, subject, verb)
            or (verb.form == "past" and is_participle(tokens, index, verb, subject, high))
            or (
                verb.form == "past"
                and not verb.says
                and subject.route == "next"
                and subject.last == index - 1
                and following in FINITE
            )  # "the companies questioned had no idea"
            or (verb.form in ("s", "base") and is_noun(tokens, index, verb, subject, high))
            or is_deed(tokens, index, verb, subject, negated, high)
        ):
            return None
        if (
            (verb.form == "past" or lower[index] in UNCHANGED)
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
            trails = verb.says or verb.lemma in _FINDS
            begin, finish, where = self._clause(index, subject, self._high, trails)
            if where == "after" and (subject.route == "relative" or following in FINITE):
                finish = self._relative_end(index, finish, subject)
            elif (
                where == "after"
                and subject.first == low + 1
                and lower[low] in _SUBORDINATES
                and verb.lemma != "put"
            ):
                finish = self._subordinate_end(begin, finish)
        if finish - begin < 4:
            return None  # nothing but a stop
        if quotation >= 0:
            return self._tag(index, index, subject, where, quotation, verb.says, cue or self._cue(index))
        if verb.manner:
            return None
        place = self._place(index, subject, route, negated, where, verb.says)
        gate = self._gate(index, verb, subject, place, begin, finish)
        if gate is None:
            return None
        if gate:
            place = place._replace(gate=gate)
        found = self._candidate(
            index, index, subject, begin, finish, verb.says, cue or self._cue(index), place
        )
        bare = verb.says and where == "after" and subject.route != "inversion" and self._is_bare(index)
        return found._replace(score=NOTHING_SAID) if bare else found

    def _is_of_several(self, index: int) -> bool:
        """Whether several people, or the speaker, stand right before a verb: "strategists think", "they also want"."""
        if index == self._low:
            return False
        lower = self.tokens.lower
        before = lower[index - 1]
        if before in ("also", "still", "now", "really") and index - 1 > self._low:
            before = lower[index - 2]
        if before in _SEVERAL_THINK or (before.endswith("s") and not before.endswith(_NO_PLURALS)):
            return True
        # "Low doesn't think so"
        return before in _NOT_DO or (before == "not" and lower[index - 2] in ("do", "does", "did"))

    def _is_in_a_name(self, index: int, verb: Verb, high: int) -> bool:
        """Whether a form is a word of a name: "a Senior Advocate of Nigeria", "Lund Broadcasting", "the Planned Parenthood clinic"."""
        words_ = self.tokens.words
        if not is_capital(words_[index]) or words_[index].isupper():
            return False
        followed = is_capital(words_[min(index + 1, high - 1)])
        if verb.form == "s" or (verb.form == "base" and followed):
            # "the album Genius Loves Company", "the song Dream Lover", but not in a headline, which has capitals throughout
            near = words_[max(self._low, index - _NEAR) : min(high, index + _NEAR)]
            return followed and any(len(word) > _SMALL_IN_HEADLINES and word.islower() for word in near)
        return followed if verb.form == "past" else is_capital(words_[index - 1])

    def _is_counted(self, index: int, verb: Verb) -> bool:
        """Whether a number stands before a form that only counted people do: "two said"."""
        return self.tokens.lower[index - 1] in _NUMBERS and verb.says and verb.form in ("past", "base")

    def _has_particle(self, index: int, verb: Verb) -> bool:
        """Whether a verb that tells only with a particle has it: "went on", "shot back"; true of all others."""
        particles = _PHRASAL.get(verb.lemma)
        return particles is None or not particles.isdisjoint(self.tokens.lower[index + 1 : index + 2])

    def _gate(
        self, index: int, verb: Verb, subject: Subject, place: Place, begin: int, finish: int
    ) -> str | None:
        """Return what speaks against a candidate: "" for nothing, None where it is none; else a name for the model to weigh."""
        if verb.form == "base" and self._is_infinitive(index, subject):
            if not self._is_done(index, subject):
                return None
            idle = self._needs_clause(index, verb, subject, place.where)
            return None if idle and not (place.clause or self._has_marks(begin, finish)) else "infinitive"
        if self._needs_clause(index, verb, subject, place.where) and not (
            place.clause or self._has_marks(begin, finish)
        ):
            finds = verb.lemma in _FINDS and (place.sort == "written" or verb.lemma in _OF_ANYBODY)
            if finds and not place.negated:
                return "clause"
            pointed = verb.lemma != "point" or self.tokens.lower[index + 1 : index + 2] == ["to"]
            return "object" if verb.lemma in _OF_SOMEBODY and pointed and place.kind in _SOMEBODY else None
        if not self._tells(index, verb, subject, place, begin, finish):
            return "tells" if place.kind == "it" and verb.form == "past" and not place.negated else None
        return ""

    def _goes_on(self, index: int) -> bool:
        """Whether a finite verb follows a cue in its sentence, or words that lead to one: "claimed the wall would hold"."""
        for word in self.tokens.lower[index + 1 : min(self._high, index + _CLAIM_WITHIN)]:
            if word in _CLAIM_ENDS:
                return False
            if word in FINITE or word in ("to", "about", "against"):
                return True
            verb = verbs().get(word)
            if (verb is not None and verb.form in ("past", "s")) or (word.endswith("ed") and len(word) > 4):
                return True
        return False

    def _is_done(self, index: int, subject: Subject) -> bool:
        """Whether somebody did what an infinitive says: he went on to say, took to the stage to announce, was quick to add."""
        return not _DONE.isdisjoint(self.tokens.lower[subject.last + 1 : index - 1])

    def _tells(self, index: int, verb: Verb, subject: Subject, place: Place, begin: int, finish: int) -> bool:
        """Whether a speaker who can speak tells something: "the penalty put …", "it lends", "spoke to Ann" tell nothing."""
        lower = self.tokens.lower
        if place.kind == "you" or (place.sort == "written" and verb.lemma in _WILLS):
            return False  # the reader; "the novel seeks to show"
        if place.where != "after" or subject.route == "inversion":
            if verb.lemma == "continue" and not can_speak(place.sort):
                return False  # "…, the search still continued."
            return not (verb.form == "ing" and lower[index - 1] in PREPOSITIONS)  # "before deciding"
        following = lower[index + 1] if index + 1 < self._high else ""
        if verb.lemma in _WITH_TOPIC and not self._has_topic(index):
            return False
        if place.kind == "i" and not verb.says:
            return self._is_clause(index) or following == "to"
        if following == _IDLE.get(verb.lemma) and not (place.clause or self._has_marks(begin, finish)):
            return False
        if (
            verb.lemma in _CLAIMS
            and following != ","
            and not (place.clause or self._has_marks(begin, finish) or self._goes_on(index))
        ):
            return False
        if verb.lemma == "say" and verb.form != "ing" and not place.negated:
            return True
        speaks = can_speak(place.sort)
        if speaks and not (place.negated and verb.says):
            return True
        if place.clause or self._has_marks(begin, finish):
            return speaks or verb.says or place.kind == "it"
        return place.kind == "it" and verb.says and verb.form == "past" and not place.negated

    def _has_topic(self, index: int) -> bool:
        """Whether a verb like "speak" says what of: "spoke to reporters about peace", but "spoke on the phone to Low"."""
        words_, lower = self.tokens.words, self.tokens.lower
        following = lower[index + 1 : index + 2]
        if following == ["on"]:
            noun = (
                lower[index + 3 : index + 4]
                if lower[index + 2 : index + 3] == ["the"]
                else lower[index + 2 : index + 3]
            )
            return noun not in (["telephone"], ["phone"], ["condition"]) and words_[index + 2] not in TIMES
        if "of" in lower[index + 1 : index + 4] and following != ["to"]:
            return True  # "spoke affectionately of his mother", but "spoke to heads of state"
        return not (
            _TOPICS_BESIDE.isdisjoint(following)
            and _TOPICS.isdisjoint(lower[index + 1 : index + _TOPIC_WITHIN])
        )

    def _needs_clause(self, index: int, verb: Verb, subject: Subject, where: str) -> bool:
        """Whether a verb reports nothing but a clause: "found that", but not "found space"."""
        if where != "after" or subject.route == "inversion":
            return False
        if not _BESIDE.get(verb.lemma, _NOTHING).isdisjoint(self.tokens.lower[index + 1 : index + 2]):
            return False
        if verb.lemma in _JUDGES and "as" in self.tokens.lower[index + 1 : index + _JUDGED_WITHIN]:
            return False
        return verb.lemma in _CLAUSES and not self._is_out(index)

    def _is_infinitive(self, index: int, subject: Subject) -> bool:
        """Whether "to", or a duty, stands between a speaker and a verb in its base form: "was eager to talk", "must report"."""
        return any(
            word in _NOT_DONE for word in self.tokens.lower[subject.last + 1 : index]
        ) or self.tokens.lower[index - 3 : index] == ["that", "is", "to"]

    def _is_passive(self, index: int, low: int) -> bool:
        """Whether a form of "be" belongs to a participle; that of a clause between commas does not: "who was there, said"."""
        for at in range(index - 1, low - 1, -1):
            if self.tokens.lower[at] in BE:
                return True
            if self.tokens.words[at] == "," and self.tokens.words[index - 1] == ",":
                return False
        return False

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
            speaker_sort(self.tokens, subject, kind, self._low),
            self._is_clause(index),
            shape_lead(words[first], self.tokens.lower[first]) if (first := subject.first - 1) >= 0 else "",
        )
