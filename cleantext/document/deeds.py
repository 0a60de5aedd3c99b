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


def is_deed(tokens: Tokens, index: int, verb: Verb, subject: Subject, negated: bool, high: int) -> bool:
    """Whether a use of a verb tells what somebody does, is or does not do, and not what somebody says."""
    lower, words_ = tokens.lower, tokens.words
    follows = lower[index + 1] if index + 1 < high else ""
    moves = _MOVES.get(verb.lemma)
    if moves is not None and (
        follows in moves or (follows in PRONOUNS and index + 2 < high and lower[index + 2] in moves)
    ):
        return True
    if follows in _OCCASIONS.get(verb.lemma, _NOTHING) and _TELLS.isdisjoint(
        lower[index + 1 : min(high, index + _TELLING)]
    ):
        return True
    if (
        lower[subject.first] in _NOBODY
        or (subject.first > 1 and lower[subject.first - 1] == "of" and lower[subject.first - 2] in _NOBODY)
        or lower[subject.first : subject.first + 2] == ["no", "one"]
    ):
        return True  # "none of the companies admitted it"
    if verb.lemma == "tell" and not _TALES.isdisjoint(lower[index + 1 : index + 4]):
        return "that" not in lower[index + 1 : min(high, index + _TELLING)]
    if verb.form == "past" and verb.lemma in _BIDS and follows == "to":
        return True  # "Schools urged to close": somebody else urges them
    if verb.lemma == "threaten" and index + 1 < high:
        return _threatens_somebody(tokens, index, high)
    if verb.lemma == "claim" and follows in ("it", "them") and index + 2 < high:
        behind = verbs().get(lower[index + 2])
        return lower[index + 2] not in _FINITE and (behind is None or behind.form == "base")
    if verb.form in ("s", "base") and lower[index - 1] in ("and", "or") and follows in _FINITE:
        return True  # "and judges will be appointed"
    if verb.form == "base" and verb.lemma in _ABLE and lower[index - 1] in _CAN:
        return True  # "nobody can predict what"
    if negated and verb.lemma in _REFUSES:
        return True  # "did not refuse to lead it"
    if (
        verb.form == "past"
        and verb.lemma in _NAMING
        and words_[index - 1] == ","
        and subject.route == "shared"
    ):
        return (
            is_capital(words_[index + 1]) or not words_[index + 1][:1].isalnum()
        )  # "a musical, called Low Light"
    if verb.form == "past" and verb.lemma == "say" and follows == "to" and index + 2 < high:
        return _is_said_to_do(tokens, index, subject)
    if verb.lemma in _NARRATOR and lower[subject.head] in ("i", "we") and verb.form == "base":
        return lower[subject.first - 1] == "as"  # "As I write this review, …"
    return _is_bare(tokens, index, verb, subject, high)


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
    if high - index > 2 * _BARE:
        return False
    end = high
    while end > index + 1 and not tokens.words[end - 1][:1].isalnum():
        end -= 1
    rest = tokens.lower[index + 1 : end]
    if not 0 < len(rest) <= _BARE:
        return False
    if len(rest) == 1 and tokens.words[index + 1] in _DAYS:
        return tokens.words[subject.first - 1] != ","  # but "…, an aide said Thursday."
    return verb.lemma in _ISSUES and rest[0] in _LEADS and rest[-1] in _BEARS
