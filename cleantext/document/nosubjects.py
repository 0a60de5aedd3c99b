"""What stands before a verb and does nothing: an article alone, half of a compound, a word that only opens its sentence."""

from __future__ import annotations

from cleantext.document.cues import Verb
from cleantext.document.names import is_name_within
from cleantext.document.subjects import DETERMINERS, PRONOUNS, Subject, is_capital
from cleantext.document.tellers import is_teller
from cleantext.document.tokens import Tokens
from cleantext.document.verbsubjects import ARTICLES, BE, PREPOSITIONS
from cleantext.document.words import given_names, word_group, words

UNCHANGED = frozenset(["bet", "broadcast", "cast", "forecast", "hit", "put", "read", "rebut"])
"""Forms that are the same in the past."""
_SEVERAL = words("attribution-several")
_NO_HEADS = frozenset(
    ["the", "a", "an", "my", "our", "your", "his", "her", "its", "their", "most", "more", "very"]
)
_DEGREES = frozenset(
    ["most", "more", "least", "very", "best", "highly", "widely"]
)  # "Lund's most celebrated gardens"
# Nobody is said, promised or argued: "he's said" has said.
_OF_ITSELF = word_group("of-itself")


def is_no_subject(tokens: Tokens, index: int, subject: Subject, verb: Verb) -> bool:
    """Whether what stands before a verb is an article alone, or a noun that makes a noun of it: "over union demands"."""
    lower = tokens.lower
    if (
        lower[subject.last] in _NO_HEADS
        and lower[subject.first] != "most"
        and _NO_HEADS.issuperset(lower[subject.first : subject.last + 1])
    ):
        return True  # "our recognised courses", "the most asked question"
    if (
        verb.form == "base"
        and lower[index] not in UNCHANGED
        and subject.last == index - 1
        and _is_one(tokens, subject)
    ):
        return True  # "the London express came"
    if verb.form == "past" and subject.last == index - 1 and lower[index - 1] in _DEGREES:
        return subject.last > subject.first
    if subject.first != subject.last:
        return False
    word = lower[subject.first]
    if (
        verb.form == "past"
        and word.endswith(("'s", "’s", "'m", "’m", "'re", "’re"))
        and subject.last == index - 1
        and not (word[-1] == "s" and word[:-2] in ("he", "she") and verb.lemma in _OF_ITSELF)
    ):
        return True  # "It's called"
    if word in ARTICLES or word in BE or word == "worth":
        return True
    return (
        verb.form == "s"
        and word not in PRONOUNS
        and not is_capital(tokens.words[subject.first])
        and lower[subject.first - 1] in PREPOSITIONS
    )


def only_opens_sentence(tokens: Tokens, index: int, verb: Verb, subject: Subject, low: int) -> bool:
    """Whether a phrase is a common word whose capital opens the sentence, and nobody's name: "Career honour for …"."""
    if (
        subject.first != low
        or subject.last != subject.first
        or verb.form == "past"
        or (verb.form == "s" and _is_followed(tokens, index))
    ):
        return False
    word, small = tokens.words[subject.first], tokens.lower[subject.first]
    if (
        not is_capital(word)
        or word.isupper()
        or small in PRONOUNS
        or small in _SEVERAL
        or small.endswith("s")
    ):
        return False
    if is_teller(small):
        return False
    return (
        small in words("english-common")
        and word not in given_names()
        and not is_name_within(tokens.text, word)
    )


def _is_followed(tokens: Tokens, index: int) -> bool:
    """Whether what stands behind a form in "s" goes with a verb: "calls for", "warns that", "says Lund"; not with a noun."""
    word = tokens.words[min(index + 1, len(tokens.words) - 1)]
    return (
        is_capital(word)
        or not word.isalpha()
        or word in PREPOSITIONS
        or word in DETERMINERS
        or word in ("to", "it", "he", "she", "they")
    )


def _is_one(tokens: Tokens, subject: Subject) -> bool:
    """Whether a phrase with an article is of one thing, and so goes with no verb of several: "a senior advocate"."""
    lower = tokens.lower
    head = lower[subject.last]
    return (
        lower[subject.first] in ARTICLES
        and lower[subject.first] not in ("these", "those")
        and subject.last > subject.first
        and not head.endswith("s")
        and head not in _SEVERAL
        and not tokens.words[subject.last][:1].isupper()
    ) or (lower[subject.first] in ("a", "an") and lower[subject.head] not in _SEVERAL)
