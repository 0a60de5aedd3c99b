"""What is done and not said: uses of the verbs among the cues that report nobody's words.

"Charged to the net", "reported from Lund", "a song called Low Light": no tagger tells them from "charged that" and
"called him late". A word or two behind the verb does.
"""

from __future__ import annotations

from cleantext.document.cues import Verb, verbs
from cleantext.document.subjects import DETERMINERS, PRONOUNS, Subject, is_capital
from cleantext.document.tellers import is_teller
from cleantext.document.tokens import Tokens
from cleantext.document.words import word_group, words

# Verbs with the words behind which they move something or somebody: "blasted over the bar", "backed down".
_MOVES = {
    "charge": frozenset(["to", "into", "through", "up", "down", "at", "across", "ahead", "forward", "past", "towards"]),
    "blast": frozenset(["over", "into", "past", "through", "wide", "off", "away", "out"]),
    "back": frozenset(["down", "out", "off", "up", "away", "into"]),
    "put": frozenset(["away", "up", "together", "through", "off"]),
    "call": frozenset(["up", "off", "in"]),
    "report": frozenset(["from"]),
    "relate": frozenset(["to"]),
    "respond": frozenset(["well", "badly", "strongly", "quickly", "immediately", "positively", "brilliantly"]),
    "push": frozenset(["through", "past", "into", "on", "ahead", "forward", "up", "down", "away"]),
    "press": frozenset(["ahead", "into", "down"]),
    "aim": frozenset(["at"]),
    "cry": frozenset(["out"]),
    "see": frozenset(["to", "off"]),
    "pitch": frozenset(["in", "for"]),
}  # fmt: skip
# Verbs with the words behind which they name an occasion or a hearer, unless a clause follows: "testified before a committee".
_OCCASIONS = {
    "testify": frozenset(["before", "in", "at"]),
    "apologize": frozenset(["to"]),
    "apologise": frozenset(["to"]),
}
_TELLS = frozenset(["that", "for", "about", "how", "against", "on"])
_NAMING = frozenset(["call", "dub", "title", "label"])
_FINITE = word_group("finite")
_NOTHING: frozenset[str] = frozenset()
_REFUSES = frozenset(["refuse", "decline", "resist", "reject", "oppose", "avoid", "ignore", "object"])
_ABLE = frozenset(
    [
        "predict",
        "know",
        "see",
        "imagine",
        "understand",
        "forget",
        "explain",
        "recognize",
        "recognise",
        "excuse",
    ]
)
_NOBODY = frozenset(["nobody", "no-one", "none"])
_CAN = frozenset(["can", "cannot", "can't", "can’t", "could", "couldn't", "couldn’t"])
_ISSUES = frozenset(
    ["issue", "release", "post", "publish", "express", "voice", "ask", "write", "read", "send", "deliver"]
)
_BEARS = word_group("said-things") | frozenset(
    ["question", "questions", "thought", "thoughts", "fears", "concern", "concerns", "views", "opinion", "himself", "herself"]
)  # fmt: skip
_LEADS = DETERMINERS | frozenset(
    ["his", "her", "its", "their", "my", "our", "him", "them", "himself", "herself", "us", "me"]
)
_TELLING = 20  # tokens
_BARE = 4  # words that can name what was issued and tell nothing of it: "a short written statement"
_HEARERS = words("attribution-several") | frozenset(
    ["reporters", "journalists", "officials", "investors", "lawmakers"]
)
_DAYS = words("attribution-times")
# Whom one bids stands behind these; with nobody there, somebody else does it.
_BIDS = frozenset(
    ["urge", "tell", "order", "advise", "encourage", "warn", "instruct", "remind", "persuade", "convince"]
)
_OBJECTS = frozenset(["him", "her", "them", "me", "us", "himself", "herself", "themselves"])
_TALES = frozenset(["story", "stories", "tale", "tales", "joke", "jokes", "lie", "lies"])
_THREATENED = 5  # tokens behind "threaten" in which whom and with what stand
_HOW = frozenset(["to", "with", "that", "over", "if", "against"])
_NARRATOR = frozenset(["write", "type"])
_JOINS = frozenset(["and", "or"])
_NEGATIVE = _NOBODY | {"no"}
_SOME_USES = (
    frozenset(_MOVES)
    | frozenset(_OCCASIONS)
    | _BIDS
    | _NAMING
    | _REFUSES
    | _NARRATOR
    | frozenset(["tell", "threaten", "claim", "say"])
)


def is_deed(tokens: Tokens, index: int, verb: Verb, subject: Subject, negated: bool, high: int) -> bool:
    """Whether a use of a verb tells what somebody does, is or does not do, and not what somebody says."""
    lower, lemma = tokens.lower, verb.lemma
    before = lower[index - 1]
    if before in _CAN and verb.form == "base" and lemma in _ABLE:
        return True  # "nobody can predict what"
    follows = lower[index + 1] if index + 1 < high else ""
    if before in _JOINS and follows in _FINITE and verb.form in ("s", "base"):
        return True  # "and judges will be appointed"
    first = lower[subject.first]
    if first in _NEGATIVE and (first != "no" or lower[subject.first + 1] == "one"):
        return True  # "none of the companies admitted it"
    if lower[subject.first - 1] == "of" and lower[subject.first - 2] in _NOBODY:
        return True
    if lemma in _SOME_USES and _is_such_use(tokens, index, verb, subject, negated, high):
        return True
    return (
        high - index <= 2 * _BARE
        and (lemma in _ISSUES or (index + 1 < high and tokens.words[index + 1] in _DAYS))
        and _is_bare(tokens, index, verb, subject, high)
    )


def _is_such_use(tokens: Tokens, index: int, verb: Verb, subject: Subject, negated: bool, high: int) -> bool:
    """Whether a use of one of the verbs that are now said and now done is of the second kind."""
    lower, lemma = tokens.lower, verb.lemma
    follows = lower[index + 1] if index + 1 < high else ""
    second = lower[index + 2] if index + 2 < high else ""
    moves = _MOVES.get(lemma, _NOTHING)
    if follows in moves or (follows in PRONOUNS and second in moves):
        return True
    if follows in _OCCASIONS.get(lemma, _NOTHING):
        return _TELLS.isdisjoint(lower[index + 1 : min(high, index + _TELLING)])
    if lemma == "tell" and not _TALES.isdisjoint(lower[index + 1 : index + 4]):
        return "that" not in lower[index + 1 : min(high, index + _TELLING)]
    if lemma == "threaten":
        return bool(follows) and _threatens_somebody(tokens, index, high)
    if lemma == "claim" and follows in ("it", "them") and second:
        behind = verbs().get(second)
        return second not in _FINITE and (behind is None or behind.form == "base")
    if negated and lemma in _REFUSES:
        return True  # "did not refuse to lead it"
    if verb.form == "past":
        if lemma in _BIDS:
            return follows == "to"  # "Schools urged to close": somebody else urges them
        if lemma in _NAMING and tokens.words[index - 1] == "," and subject.route == "shared":
            named = tokens.words[index + 1]
            return is_capital(named) or not named[:1].isalnum()  # "a musical, called Low Light"
        return lemma == "say" and follows == "to" and bool(second) and _is_said_to_do(tokens, index, subject)
    if lemma in _NARRATOR and verb.form == "base" and lower[subject.head] in ("i", "we"):
        return lower[subject.first - 1] == "as"  # "As I write this review, …"
    return False


def _threatens_somebody(tokens: Tokens, index: int, high: int) -> bool:
    """Whether somebody is threatened and nothing is said of what with: "threatened passers-by", but "threatened a strike"."""
    behind = tokens.lower[index + 1 : min(high, index + _THREATENED)]
    if "and" in behind:
        behind = behind[: behind.index("and")]
    return _HOW.isdisjoint(behind) and any(word in _OBJECTS or is_teller(word) for word in behind)


def _is_said_to_do(tokens: Tokens, index: int, subject: Subject) -> bool:
    """Whether others say it of a thing: "a leather said to match silk", but "said to reporters", "she said to wait"."""
    after = tokens.lower[index + 2]
    return not (
        tokens.lower[subject.head] in PRONOUNS
        or is_capital(tokens.words[index + 2])
        or after in DETERMINERS
        or after in PRONOUNS
        or after in _HEARERS
        or after in ("me", "us", "him", "her", "them", "my", "his", "their")
        or after.endswith("s")
    )


def _is_bare(tokens: Tokens, index: int, verb: Verb, subject: Subject, high: int) -> bool:
    """Whether nothing but a day, or the name of what was issued, follows to the sentence's end: "issued a statement."."""
    end = high
    while end > index + 1 and not tokens.words[end - 1][:1].isalnum():
        end -= 1
    rest = tokens.lower[index + 1 : end]
    if not 0 < len(rest) <= _BARE:
        return False
    if len(rest) == 1 and tokens.words[index + 1] in _DAYS:
        return tokens.words[subject.first - 1] != ","  # but "…, an aide said Thursday."
    return verb.lemma in _ISSUES and rest[0] in _LEADS and rest[-1] in _BEARS
