"""Forms that are verbs in one place and nouns or participles in another: "Berlin demands", "their demands".

No tagger: what stands before and behind a form, and whether it agrees with its subject, tells most of them apart. A form
that may be either counts as a verb unless one of these signs speaks against it.
"""

from __future__ import annotations

from cleantext.document.cues import Verb, verbs
from cleantext.document.subjects import DETERMINERS, PRONOUNS, Subject, is_capital, roles
from cleantext.document.tellers import is_teller
from cleantext.document.tokens import Tokens
from cleantext.document.words import word_group, words

# Lemmas whose form in "s", or base form, is a noun as well.
_NOUNS = words("attribution-noun-verbs")
# Lemmas that report nothing without an object: "citizens suspected of …" is a participle, "ministers warned of …" is none.
_WITH_OBJECT = words("attribution-transitive")
_ADJECTIVES = word_group("adjectives")
_ADJECTIVE_ENDS = ("ic", "ous", "ful", "ive", "able", "ible", "less", "ish", "al", "ary", "ious", "ical")
_PREPOSITIONS = word_group("prepositions") - frozenset(["about", "after", "before"])
_BEHIND_NOUNS = frozenset(["in", "on", "by", "from", "between", "over", "among", "of", "with", "during"])
_FOR = frozenset(
    ["appeal", "argue", "ask", "call", "hope", "lobby", "long", "plead", "press", "push", "vote", "wish"]
)
_SEVERAL = words("attribution-several")
_NAMING = frozenset(["call", "name", "dub", "label", "title", "brand"])
_BE = word_group("be")
_BEFORE_VERBS = words("attribution-auxiliaries") | frozenset(
    ["and", "or", "but", "then", "who", "which", "that"]
)
# Plurals in "s" only by their looks.
_SINGULAR_ENDS = ("ss", "us", "is", "ics", "'s", "’s")
_THAT = 12  # tokens behind a form among which a clause opens


def is_noun(tokens: Tokens, index: int, verb: Verb, subject: Subject, high: int) -> bool:
    """Whether a form in "s" or a base form is a noun: its subject would be no phrase, or does not agree with it."""
    if verb.lemma not in _NOUNS or verb.form not in ("s", "base"):
        return False
    words_, lower = tokens.words, tokens.lower
    last = subject.last
    if verb.form == "s" and last < index - 1 and subject.route in ("main", "shared"):
        before = lower[index - 1]
        if words_[index - 1].isalpha() and before == words_[index - 1] and before not in _BEFORE_VERBS:
            return not (before.endswith("ly") or _can_do(before))  # "some remain under evacuation orders"
    if last != index - 1 or subject.route != "next":
        return False  # an auxiliary, an adverb or an apposition stands between: "will demand", "Low, a farmer, demands"
    if lower[last].endswith(("'s", "’s", "s’", "s'")):
        return True  # "Berlin's demands"
    head = lower[subject.head]
    follows = lower[index + 1] if index + 1 < high else ""
    following = verbs().get(follows)
    if following is not None and following.form in ("past", "s") and head not in PRONOUNS:
        return True  # "three Court judges dismissed it", "the Commission report says"
    if verb.form == "s" and verb.lemma != "show":
        if not is_capital(words_[last]):
            if not _can_do(lower[last]):
                return last > subject.first  # "voice calls", "tax claims", "Low's more divisive remarks"
        elif not is_capital(words_[subject.head]) and not _can_do(head):
            return True  # "the visit of Lund champions"
    done = lower[subject.first] in DETERMINERS or lower[subject.first].endswith(("'s", "’s", "s'", "s’"))
    if done and last > subject.first and is_adjective(words_[last]):
        return True  # "their artistic urges", "the ministry's new demands"
    if head in PRONOUNS or head in roles():
        return verb.form == "s" and head in roles() and _is_plural(head, tokens.words[subject.head])
    leads_on = follows in _BEHIND_NOUNS or follows in _BE or (follows == "for" and verb.lemma not in _FOR)
    if verb.form == "s":
        if _is_plural(head, words_[subject.head]):
            return True  # "production facilities demands"
        return leads_on and not is_capital(words_[last])  # "pension talks in Rome have …"
    if lower[index] == "read":
        return False  # a past form
    if done and is_capital(words_[last]) and not lower[last].endswith("s") and follows != "that":
        return True  # "the London to Leeds express came"
    # The base form goes with several: "hunt protest", "union demand".
    if is_capital(words_[subject.head]):
        return leads_on and not words_[subject.head].endswith("s")
    return not (head.endswith("s") or head in _SEVERAL or lower[last] in _SEVERAL)


def is_participle(tokens: Tokens, index: int, verb: Verb, subject: Subject, high: int) -> bool:
    """Whether a past form is a participle that tells of its noun: "citizens suspected of theft", "a deal announced in May"."""
    if verb.form != "past" or subject.last != index - 1 or subject.route != "next":
        return False
    words_, lower = tokens.words, tokens.lower
    head = lower[subject.head]
    if head in PRONOUNS or index + 1 >= high:
        return False
    named = (
        is_capital(words_[subject.last])
        and not _is_common(words_[subject.last])
        # "two new cases in Lund confirmed on Monday", but "a spokesman for Berg"
        and (is_capital(words_[subject.head]) or head in roles() or is_teller(head))
    )
    follows = lower[index + 1]
    if verb.lemma in _NAMING and lower[subject.first] in ("a", "an") and is_capital(words_[index + 1]):
        return not named and _is_named_only(tokens, index, high)
    if verb.lemma in _NAMING:
        return not named and head not in roles() and follows not in _PREPOSITIONS
    if verb.lemma == "inform" and follows in ("about", "of", "on"):
        return True  # "keep residents informed about it"
    if verb.lemma not in _WITH_OBJECT or named or follows not in _PREPOSITIONS:
        return False
    return "that" not in lower[index + 1 : min(high, index + _THAT)]


def _is_named_only(tokens: Tokens, index: int, high: int) -> bool:
    """Whether a name and nothing that is said of it follows: "a woman called Ann Low who", but "called Low a liar"."""
    at = index + 1
    while at < high and is_capital(tokens.words[at]):
        at += 1
    return at >= high or tokens.lower[at] not in DETERMINERS


def _can_do(word: str) -> bool:
    """Whether a word in lower case is a pronoun, a role, people, or one of what can tell: "the union", "a survey"."""
    return word in PRONOUNS or word in roles() or word in _SEVERAL or word.isdigit() or is_teller(word)


def _is_common(word: str) -> bool:
    """Whether a capitalised word is a plural that is nobody's name: "Talks", "MPs", "Officials", "UK citizens"."""
    low = word.lower()
    return word[-1:] == "s" and (
        low[:-1] in _NOUNS or low in roles() or (len(word) > 2 and word[:-1].isupper())
    )


def is_adjective(word: str) -> bool:
    """Whether a word in lower case looks like an adjective, and names no role: "artistic", but not "official"."""
    if is_capital(word) or word in roles():
        return False
    return word in _ADJECTIVES or (len(word) > 5 and word.endswith(_ADJECTIVE_ENDS))


def _is_plural(word: str, spelled: str) -> bool:
    return (
        word.endswith("s") and len(word) > 3 and not word.endswith(_SINGULAR_ENDS) and not is_capital(spelled)
    )
