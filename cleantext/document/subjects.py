"""The noun phrase beside a cue: who says it.

No parser: a walk over a few words, backwards from the verb or forwards from
it, that knows determiners, prepositions, titles and capitals. Every walk has a
bound, so that the work is linear in the number of cues.
"""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from cleantext.document.adverbials import TIMES, before_time
from cleantext.document.cues import verbs
from cleantext.document.tokens import Tokens, before_apostrophe
from cleantext.document.words import word_group, word_groups, words

PRONOUNS = frozenset(["he", "she", "they", "it", "i", "we", "you"])
RELATIVES = frozenset(["who", "which", "that"])
DETERMINERS = words("attribution-determiners")
_AUXILIARIES = words("attribution-auxiliaries")
_BOUNDARIES = words("attribution-boundaries")
LINKS = word_group("links")
_PARTICLES = word_groups("name-particles")["particle"]
_OPENERS = words("attribution-openers")
_WEEKDAYS = words("attribution-times")
_DEMONYMS = words("attribution-demonyms")
_TIMES = word_group("time-nouns")
# What follows the first of two commas where no apposition stands between them.
_NOT_ADVERBS = word_group("not-adverbs")
_NO_APPOSITION = word_group("no-apposition")
_POSSESSIVES = frozenset(["his", "her", "its", "their", "our", "my", "your"])
_STOPS = frozenset(".!?;:…\"“”„«»()[]–—―''``")
_ADVERBIAL = frozenset(["particular", "addition", "fact", "turn", "response", "reply", "return"])
_WALK = 16
_BEFORE_NUMBERS = frozenset(["in", "of"])  # "six in 10 say"
_NEGATED_ENDS = ("n't", "n’t")
_IN = frozenset(["in", "on", "at", "near", "from", "during", "after", "before"])
_QUANTITIES = frozenset(["many", "some", "most", "few", "everyone", "nobody"])
_GROUP = 3  # figures between the commas of a number
_NO_BOUNDARIES = frozenset(["May", "US"])  # but "may" and "us"
_MAY = "May"  # a surname before a verb, not the month and not the auxiliary


class Subject(NamedTuple):
    """Tokens ``first:last`` (inclusive) of a noun phrase, its head, and how it was come by."""

    first: int
    last: int
    head: int
    route: str  # "next", "apposition", "relative", "inversion", "shared", "main", "possessive", "by"


def is_capital(word: str) -> bool:
    """Whether a word starts with an upper-case letter."""
    return word[:1].isupper()


def phrase_before(tokens: Tokens, last: int, low: int) -> Subject | None:
    """Read the noun phrase that ends at token ``last``, going back no further than ``low``."""
    words_, lower = tokens.words, tokens.lower
    low = max(low, last - _WALK)
    if last < low:
        return None
    while last > low and words_[last] == ")":  # "Sen. Lindsey Graham (R-SC) said"
        at = last - 1
        while at > low and words_[at] != "(":
            at -= 1
        if at <= low:
            return None
        last = at - 1
    word = lower[last]
    if word in PRONOUNS or (
        word in _QUANTITIES and lower[last - 1][:1].isalpha() and lower[last - 1] not in DETERMINERS
    ):
        return Subject(last, last, last, "next")  # "a war many say is lost"
    if word == "%" and words_[last - 1][:1].isdigit():
        return Subject(last - 1, last, last, "next")  # "42 % say"
    if word.isdigit() and lower[last - 1] in ("over", "under"):
        return Subject(max(low, last - 2), last, max(low, last - 2), "next")  # "those over 60 say"
    if (
        (words_[last] in _WEEKDAYS and words_[last] != _MAY)
        or (word in _TIMES and not is_capital(words_[last]))  # but "Doris Day said", "USA Today said"
        or (
            word.isdigit()
            and lower[last - 1] not in _BEFORE_NUMBERS
            # "Channel 4 reports"
            and not (len(word) <= 2 and words_[last - 1][:1].isupper() and words_[last - 1] not in _WEEKDAYS)
        )
        or word in LINKS
    ):
        return None
    if (
        (word in _BOUNDARIES and words_[last] not in _NO_BOUNDARIES)
        or word in _STOPS
        or not (word[:1].isalnum())
    ):
        return None
    at = last
    head = last
    while True:
        at = _simple_phrase(words_, lower, at, low)
        before = at - 1
        if (
            before - 1 >= low
            and lower[before] in LINKS
            and words_[before - 1][:1].isalpha()
            and (
                lower[before - 1] not in _BOUNDARIES
                and lower[before - 1] not in _AUXILIARIES
                and (
                    not is_opener(words_, before - 1, low)
                    or lower[before - 1] in roles()
                    or (lower[before - 1] in DETERMINERS and lower[before] in _BEFORE_NUMBERS)
                )
            )
            and not _is_infinitive(words_, lower, before, last)
        ):
            at = head = before - 1
            continue
        break
    first = at
    while first < head and (
        (words_[first] in _OPENERS and lower[first] not in DETERMINERS)
        or (
            lower[first] in _TIMES or lower[first] in _ADVERBIAL
        )  # "last month Wenger", "in particular Moscow"
    ):
        first += 1
    return Subject(first, last, head, "next")


def _is_infinitive(words_: list[str], lower: list[str], to: int, last: int) -> bool:
    """Whether "to" leads to a verb and not to a noun: "facilities to meet", but "changes to rules", "visitors to Rome"."""
    return (
        lower[to] == "to" and to == last - 1 and lower[last] == words_[last] and not lower[last].endswith("s")
    )


def is_opener(words_: list[str], at: int, low: int) -> bool:
    """Whether a capitalised word only opens the sentence ("Asked", "Speaking")."""
    return words_[at] in _OPENERS and (at == low or not is_capital(words_[at - 1]))


def _simple_phrase(words_: list[str], lower: list[str], at: int, low: int) -> int:
    """Go back over one noun phrase without prepositions; return its first token."""
    while at > low:
        before = lower[at - 1]
        if before in DETERMINERS:
            if before == "that":
                return at
            at -= 1
            if at > low and lower[at - 1] == "all":
                at -= 1
            return at
        if (
            (before in _BOUNDARIES and words_[at - 1] not in _NO_BOUNDARIES)
            or before in _AUXILIARIES
            or before in LINKS
        ):
            if is_capital(words_[at]) and is_capital(words_[at - 1]) and at - 1 > low:
                if words_[at - 1] in _WEEKDAYS and lower[at - 2] == "the":  # "the Sunday Times"
                    at -= 1
                    continue
                if is_capital(words_[at - 2]) and words_[at - 2] not in _OPENERS:  # "Citizens Against Crime"
                    at -= 2
                    continue
            if before == "and" and _is_joint_name(words_, lower, at, low):
                at -= 2
                continue
            return at
        if before in _STOPS or not before[:1].isalnum():
            if (
                before == ","
                and words_[at].isdigit()
                and words_[at - 2].isdigit()
                and len(words_[at]) == _GROUP
            ):
                at -= 2  # "1,300 owners"
                continue
            if before == "&" or (before == "." and len(words_[at - 2]) <= 2 and is_capital(words_[at - 2])):
                at -= 1
                continue
            return at
        verb = verbs().get(before)
        if verb is not None and verb.says and verb.form == "past" and is_capital(words_[at]):
            return at  # "recalled Mr. Obama talking"
        at -= 1
    return at


def _is_joint_name(words_: list[str], lower: list[str], at: int, low: int) -> bool:
    """Whether "and" stands inside one name: "the British Academy of Film and Television", "the Food and Drug Agency"."""
    if at - 3 < low or not is_capital(words_[at]) or not is_capital(words_[at - 2]):
        return False
    first = at - 2
    while (
        first > low
        and lower[first - 1] != "the"
        and (is_capital(words_[first - 1]) or lower[first - 1] in ("of", "for"))
    ):
        first -= 1
    return (
        first > low
        and lower[first - 1] == "the"
        and words_[first].rstrip(".") not in words("attribution-titles")
    )


def before_verb(tokens: Tokens, verb: int, low: int) -> tuple[Subject | None, str, bool]:
    """Find the subject that stands before a verb.

    Gives the phrase, the word that decided the route ("", ",", "to", "who",
    "and", "ing"…), and whether the verb is negated.
    """
    words_, lower = tokens.words, tokens.lower
    at = verb - 1
    negated = False
    bound = max(low, verb - 8)
    route = ""
    while at >= bound:
        word = lower[at]
        if (
            word in _AUXILIARIES
            and words_[at] not in _WEEKDAYS
            and not (word in _TIMES and is_capital(words_[at]))
        ) or (
            word.endswith("ly") and len(word) > 4 and not is_capital(words_[at]) and word not in _NOT_ADVERBS
        ):
            negated = negated or word in ("not", "never", "cannot") or word.endswith(_NEGATED_ENDS)
            at -= 1
        elif word == "to" and at - 1 >= bound:
            route = "to"
            at -= 2
            if lower[at] == "far" and lower[at - 1] == "so":  # "went so far as to say"
                at -= 2
        else:
            earlier = before_time(words_, lower, at, low) if words_[at] in TIMES or word.isdigit() else at
            if earlier == at:
                break
            at = earlier
    if at < low:
        return None, route or "start", negated
    word = lower[at]
    if word in ("and", "or", "but", "then"):
        return None, "and", negated
    if word in RELATIVES:
        end = at - 1
        if end >= low and words_[end] == ",":
            end -= 1
        if end < low:
            return None, "relative", negated
        antecedent = phrase_before(tokens, end, low)
        if antecedent is None:
            return (Subject(at, at, at, "relative") if word == "who" else None), "relative", negated
        return Subject(antecedent.first, at, antecedent.head, "relative"), "relative", negated
    if words_[at] in (",", "–", "—", "-", "―"):
        mark = words_[at]
        # An apposition stands between two commas: "Graham, a Republican from South Carolina, said".
        start = at - 1
        bound = max(low, at - 45)
        while start > bound:
            if words_[start] == mark:
                if lower[start + 1] in _NO_APPOSITION:
                    return None, "and", negated
                found = phrase_before(tokens, start - 1, low)
                if found is not None and _is_after_place(words_, lower, found, start):
                    start = found.first - 2  # "Ann Low, who died in Aurora, Colorado, in May, said"
                    continue
                if found is not None and (
                    is_capital(words_[found.last])
                    or lower[found.first] in ("the", "a", "an")
                    or found.last > found.first
                ):
                    return Subject(found.first, found.last, found.head, "apposition"), ",", negated
            elif words_[start] in _STOPS and not (words_[start] in "'’" and words_[start - 1][-1:] == "s"):
                break
            start -= 1
        return None, ",", negated
    if lower[at][:1].isalnum() and ("’" in word or "'" in word):
        stem = word.replace("’", "'")
        if stem.endswith(("'s", "'d", "'ll", "'ve", "'re", "'m")) and stem.split("'")[0] in PRONOUNS:
            return Subject(at, at, at, "next"), route, negated
    return phrase_before(tokens, at, low), route, negated


def _is_after_place(words_: list[str], lower: list[str], found: Subject, mark: int) -> bool:
    """Whether a phrase between two commas only says in which state or country a place lies: "in Aurora, Colorado, in May"."""
    return (
        words_[found.first - 1] == ","
        and found.first == found.last
        and lower[mark + 1] in _IN
        and is_capital(words_[found.first - 2])
        and is_capital(words_[found.first])
    )


def after_verb(tokens: Tokens, verb: int, high: int) -> Subject | None:
    """Read the noun phrase that follows a verb: "said Obama", "according to two officials"."""
    words_, lower = tokens.words, tokens.lower
    at = verb + 1
    high = min(high, at + 14)
    if at >= high:
        return None
    word = lower[at]
    if word in PRONOUNS:
        return Subject(at, at, at, "inversion")
    if words_[at] in _WEEKDAYS:
        return None
    first = at
    if word in DETERMINERS and word != "that":
        at += 1
        while at < high and lower[at] in DETERMINERS:
            at += 1
    elif (
        not word[:1].isalnum()
        or word in ("to", "that")
        or (
            (word in _BOUNDARIES or word in LINKS)
            and words_[at] not in _NO_BOUNDARIES
            and not _opens_a_name(words_, at, high)
        )
    ):
        return None
    if at >= high:
        return None
    seen = False
    head = -1
    while at < high:
        word = lower[at]
        capital = is_capital(words_[at])
        if word in LINKS or word in ("and", "or"):
            if head < 0:
                head = at - 1
            if (
                at + 1 < high
                and word in ("of", "for", "at", "from", "with", "by")
                and (
                    is_capital(words_[at + 1]) or lower[at + 1] in DETERMINERS or lower[at + 1][:1].isalpha()
                )
            ):
                at += 1
                if at < high and lower[at] in DETERMINERS:
                    at += 1
                continue
            break
        if (
            (word in _BOUNDARIES and words_[at] not in _NO_BOUNDARIES and not _opens_a_name(words_, at, high))
            or (word in _AUXILIARIES and not capital)
            or not word[:1].isalnum()
        ):
            if words_[at] == "." and at > first and len(words_[at - 1]) == 1:
                at += 1
                continue
            break
        if words_[at] in _WEEKDAYS:
            break
        if (
            seen
            and not capital
            and is_capital(words_[at - 1])
            and words_[at - 1] not in _DEMONYMS
            and not (words_[at - 1].isupper() and len(words_[at - 1]) > 1)  # "US officials"
            and lower[at - 1] not in DETERMINERS
            and word not in _PARTICLES
            and word not in roles()  # "said a Lund Bank spokesman"
            and not lower[at - 1].endswith(("'s", "’s"))
            and not _followed_by_capital(words_, at, high)
        ):
            break
        seen = True
        at += 1
    if at <= first or not seen:
        return None
    last = at - 1
    while last > first and lower[last] in LINKS:
        last -= 1
    return Subject(first, last, head if head >= first else last, "inversion")


def _opens_a_name(words_: list[str], at: int, high: int) -> bool:
    """Whether a word that is small as a rule is a given name here: "said Will Doyle"."""
    return is_capital(words_[at]) and _followed_by_capital(words_, at, high)


def _followed_by_capital(words_: list[str], at: int, high: int) -> bool:
    return at + 1 < high and is_capital(words_[at + 1])


@cache
def roles() -> frozenset[str]:
    """Return the role nouns ("president", "officials")."""
    return words("attribution-roles")


def speaker_kind(tokens: Tokens, subject: Subject) -> str:
    """Tell a speaker's sort by its head: he, they, it, i, who, name, role, caps, possessive, other."""
    word = tokens.lower[subject.head]
    if subject.first == subject.last:
        stem = before_apostrophe(word)
        if stem in ("he", "she"):
            return "he"
        if stem in ("they", "it", "you"):
            return stem
        if stem in ("i", "we"):
            return "i"
        if word == "who":
            return "who"
        if word in _POSSESSIVES:
            return "possessive"
    if word in roles() or word.partition("’")[0] in roles():
        return "role"
    if is_capital(tokens.words[subject.head]):
        return "name"
    if is_capital(tokens.words[subject.last]):
        return "caps"
    return "other"
