"""Cues that are no verbs: "according to", nouns before a clause, the colon of a headline or transcript."""

from __future__ import annotations

from bisect import bisect_right

from cleantext.document.plausibility import NO_PLACE, Cue
from cleantext.document.reader import CONTENT, Candidate
from cleantext.document.runs import name_lists
from cleantext.document.subjects import (
    DETERMINERS,
    Subject,
    after_verb,
    before_verb,
    is_capital,
    phrase_before,
    roles,
    speaker_kind,
)
from cleantext.document.tellers import can_speak
from cleantext.document.verbs import DATED, VerbReader
from cleantext.document.verbsubjects import BE, SKIP
from cleantext.document.words import word_group, words

_ACCORDING = Cue("according", "according", "", "")
_OPENERS = words("attribution-openers")
_COLON = Cue("colon", ":", "", "")
_BEFORE = 24  # code points in which a given name or a title stands
_NEAR = 10_000  # code points on each side in which a name comes again
_ACRONYM = 3  # letters of most acronyms
_MOST_PLACES = 50  # at which a name is looked at
_BEHIND_MOODS = frozenset(["that", "about", "of", "to", "on", "over", "with", "by", "in", "if", "whether"])
_FEELS = word_group("be") | frozenset(
    ["feel", "feels", "felt", "remain", "remains", "remained", "seems", "seemed"]
)
_PREPOSITIONS = word_group("prepositions")
_CONTRACTIONS = word_group("contractions")


def follows_a_name(text: str, name: str) -> bool:
    """Whether a word stands somewhere behind a given name or a title: "Lindsey Graham", "Mr Graham".

    Behind any other capitalised word, too, unless it opens a sentence or the word is a common one ("Low Light").
    """
    lists, titles = name_lists(), words("attribution-titles")
    common = name.lower() in words("english-common")
    at = text.find(" " + name)
    tries = 0
    while at > 0 and tries < _MOST_PLACES:
        before = text[max(0, at - _BEFORE) : at].rpartition(" ")[2]
        bare = before.rstrip(".")
        if before[:1].isupper() and (bare in lists.men or bare in lists.women or bare in titles):
            return True
        if (
            not common
            and before[:1].isupper()
            and (before[-1:] != "." or len(before) < 5)
            and bare not in _OPENERS
        ):
            return True
        at = text.find(" " + name, at + 1)
        tries += 1
    return False


def is_label(text: str, word: str) -> bool:
    """Whether one word before a colon is a label ("Video:", "Q:") and not a name that the article has elsewhere."""
    if word.isupper() and len(word) > 1:
        if word in words("attribution-agencies") or (len(word) > _ACRONYM and text.count(word + ":") > 1):
            return False  # "AFP:", and "WALLACE:" of a transcript
        word = word.capitalize()
    return len(word) < 2 or not follows_a_name(text, word)


class OtherReader(VerbReader):
    """Reads the cues that are no verbs."""

    def according(self, index: int) -> Candidate | None:
        tokens = self.tokens
        if tokens.lower[index + 1 : index + 2] != ["to"]:
            return None
        offset = tokens.starts[index]
        inside = bisect_right(self.quote_starts, offset) - 1
        quoted = inside >= 0 and offset < self.quote_ends[inside]
        subject = after_verb(tokens, index + 1, self._high)
        if subject is None or quoted:
            return None
        # "According" with a capital opens a sentence of its own.
        if inside >= 0 and 0 <= index - self.quote_after[inside] <= 1 and tokens.words[index] == "according":
            return self._tag(index, index + 1, subject, "before", inside, True, _ACCORDING)
        if offset - self._start > 12 and not self._is_aside(index, subject):
            begin, finish, where = max(self._start, offset - CONTENT), offset, "before"
        else:
            follow = subject.last + 1
            if follow >= self._high:
                return None
            begin, finish, where = (
                tokens.starts[follow],
                min(self._end, tokens.starts[follow] + CONTENT),
                "after",
            )
        place = NO_PLACE._replace(kind=speaker_kind(tokens, subject), where=where)
        return self._candidate(index, index + 1, subject, begin, finish, True, _ACCORDING, place)

    def _is_aside(self, index: int, subject: Subject) -> bool:
        """Whether "according to" stands between a subject and its verb: "The gear was, according to the diary, in bad shape"."""
        words_, after = self.tokens.words, subject.last + 1
        if after + 1 >= self._high or words_[after] not in SKIP or words_[index - 1] not in SKIP:
            return False
        behind = self._end - self.tokens.starts[after + 1]
        before = self.tokens.starts[index] - self._start
        return self.tokens.lower[index - 2] in BE or (behind > before and not self._has_finite(index - 1))

    def noun(self, index: int) -> Candidate | None:
        """Read "Clinton's claim that …" and "a statement by the ministry: …"."""
        tokens = self.tokens
        words, lower = tokens.words, tokens.lower
        high = self._high
        follows = lower[index + 1] if index + 1 < high else ""
        subject: Subject | None = None
        if follows == "that":
            subject = self._owner(index)
            after = index + 2
        elif follows in ("by", "from"):
            subject = after_verb(tokens, index + 1, high)
            after = subject.last + 1 if subject is not None else high
            if after < high and lower[after] != "that" and words[after] != ":":
                subject = None
            after += 1
        if subject is None or after >= high:
            return None
        cue = Cue("noun", lower[index], follows, "")
        place = NO_PLACE._replace(kind=speaker_kind(tokens, subject), where="after")
        return self._candidate(
            index,
            index,
            subject,
            tokens.starts[after],
            min(self._end, tokens.starts[after] + CONTENT),
            True,
            cue,
            place,
        )

    def _owner(self, index: int) -> Subject | None:
        """Return whose a noun is: "his fierce criticism", "Anna Berg's claim"; None where it is nobody's."""
        tokens = self.tokens
        words, lower, low = tokens.words, tokens.lower, self._low
        for at in range(index - 1, max(low, index - 4) - 1, -1):
            word = lower[at]
            if word in ("his", "her", "their", "its", "my", "our"):
                return Subject(at, at, at, "possessive")
            if word.endswith(("'s", "’s", "s'", "s’")) and word not in _CONTRACTIONS:
                subject = phrase_before(tokens, at, low)
                if subject is not None and is_capital(words[at]):
                    first = at
                    while first > subject.first and is_capital(words[first - 1]):
                        first -= 1
                    # not "the release reflected Mr Low's"
                    return Subject(first, at, at, subject.route)
                return subject
            if not word[:1].isalpha() or word in DETERMINERS or word in _PREPOSITIONS:
                return None
        return None

    def _is_quoted(self, index: int) -> bool:
        """Whether a token stands within words in marks: what is told there is a part of them."""
        offset = self.tokens.starts[index]
        inside = bisect_right(self.quote_starts, offset) - 1
        return inside >= 0 and offset < self.quote_ends[inside]

    def mood(self, index: int) -> Candidate | None:
        """Read "Berg is confident that …" and "they were critical of …"."""
        tokens = self.tokens
        lower = tokens.lower
        if index + 2 >= self._high or lower[index + 1] not in _BEHIND_MOODS or self._is_quoted(index):
            return None
        subject, route, negated = before_verb(tokens, index, self._low)
        if subject is None or _FEELS.isdisjoint(lower[subject.last + 1 : index]):
            return None
        cue = Cue("mood", lower[index], lower[index + 1], "")
        place = self._place(index, subject, route, negated, "after", False)
        if place.kind == "you" or not can_speak(place.sort):
            return None
        begin = tokens.starts[index + 1]
        return self._candidate(
            index, index, subject, begin, min(self._end, begin + CONTENT), False, cue, place
        )

    def colon(self, index: int) -> Candidate | None:
        """Read "Graham: Trump is destroying the party", in headlines and transcripts."""
        tokens = self.tokens
        words = tokens.words
        low, high = self._low, self._high
        if not 0 < index - low <= 5 or index + 2 >= high:
            return None
        if not all(
            is_capital(word) or word in (".", "-", "of", "and", "to", "’s", '"', "“")
            for word in words[low:index]
        ):
            return None
        if tokens.lower[index - 1] in DATED:
            return None
        if words[low] in ('"', "“", "''"):
            low += 1
        if low >= index or (index - low == 1 and is_label(self.text, words[low])):
            return None
        last = index - 1
        for at in range(low, index):
            if words[at] == "to" and at > low:  # "Putin to Hollande: …"
                last = at - 1
                break
        following = bisect_right(self.quote_starts, tokens.starts[index])
        quoted = following < len(self.quotations) and self.quote_starts[following] == tokens.starts[index + 1]
        if not quoted and low < last and not self._is_somebody(low, last):
            return None
        subject = Subject(low, last, last, "colon")
        if quoted:
            return self._tag(index, index, subject, "after", following, True, _COLON)
        begin = tokens.starts[index + 1]
        end = min(self._end, begin + CONTENT)
        capitals = "caps" if words[low].isupper() and len(words[low]) > 1 else "name"
        cue = Cue("colon", ":", "", f"{capitals}{min(index - low, 5)}")
        place = NO_PLACE._replace(kind=speaker_kind(tokens, subject), where="after")
        return self._candidate(index, index, subject, begin, end, True, cue, place)

    def _is_somebody(self, low: int, last: int) -> bool:
        """Whether several words before a colon name a person and are no label: "Ann Low", "SENATOR LOW", not "Pet Safety"."""
        named = self.tokens.words[low : last + 1]
        if named[0].lower() in DETERMINERS and named[-1].lower() not in roles():
            return False  # "The Latest: …"
        lists = name_lists()
        titles = words("attribution-titles")
        if any(word.rstrip(".") in titles or word.capitalize() in titles for word in named[:-1]):
            return True
        name = " ".join(named)
        start = self.tokens.starts[low]
        near = (
            max(0, start - _NEAR),
            start + _NEAR,
        )  # all of the text for each label would take a square of time
        if all(word.isupper() for word in named) and self.text.count(name + ":", *near) > 1:
            return True  # a transcript
        given = named[0].capitalize() if named[0].isupper() else named[0]
        if given in lists.men or given in lists.women:
            return True
        at = self.text.find(name + " ", *near)
        following = self.text[at + len(name) + 1 : at + len(name) + 2]
        return at >= 0 and following.islower()  # the text goes on about him or her
