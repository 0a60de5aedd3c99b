"""A sentence of the original put in where the translation lacks it: the guards turned round.

Of an edit they ask that nothing changes. Here nothing stood, so they ask that what comes says what the original
says: its numbers, its names, whether it denies. What cannot be compared is refused.
"""

from __future__ import annotations

from cleantext.document.words import word_groups
from cleantext.editor.answers import Request
from cleantext.editor.change import Context
from cleantext.editor.guards import replies
from cleantext.editor.guards.counted import negations
from cleantext.editor.guards.names import is_name, same
from cleantext.editor.reading import Reading, plain
from cleantext.fidelity.scripts import latin
from cleantext.fidelity.values import Strength, licensed, read_values
from cleantext.finding import Edit

_CAPITALISING = frozenset(["de", "lb"])
"""Languages that write every noun with a capital, so that one says nothing of names."""
_LEAST_GRAMMAR = 0.2
"""Share of English words of grammar that an English sentence has."""
_SPREAD = 2.5
"""How many times longer or shorter a translation may be, in code points; more where the script has a sign a word."""
_KNOWN = 0.7
"""Share of its content words from which a sentence stands there already."""


def refused(request: Request, reply: str, context: Context) -> str:
    """Say why a reply is not put in for a missing sentence; empty where it may be."""
    original, answer = Reading(request.original), Reading(reply.strip())
    for _, guard in _WHOLE:
        if reason := guard(original, answer):
            return reason
    return (
        _shape(request, answer)
        or _values(request, answer)
        or _names(request, original, answer, context)
        or _denial(request, original, answer)
    )


def insertion(text: str, at: int, reply: str) -> Edit:
    """Return the edit that puts a sentence in, with the space that parts it from its neighbours."""
    before = "" if at == 0 or text[at - 1].isspace() else " "
    after = "" if at == len(text) or text[at].isspace() else " "
    return Edit(at, at, f"{before}{reply.strip()}{after}")


_WHOLE = tuple(
    (card, guard)
    for card, guard in replies.GUARDS
    if card in ("ED120", "ED121", "ED122", "ED123", "ED124", "ED125", "ED127")
    and guard not in (replies.capitals, replies.sentences)
)


def _shape(request: Request, answer: Reading) -> str:
    words = [word for word in answer.words if word.isalpha()]
    grammar = frozenset().union(*word_groups("editor-grammar").values())
    if sum(word in grammar for word in words) < _LEAST_GRAMMAR * len(words):
        return "the reply is not English"
    if answer.text.rstrip("\"'”’»)")[-1:] not in (".", "!", "?", "…"):
        return "the reply stops in the middle"
    dense = not request.original.isascii() and request.original_lang in ("zh", "ja", "ko")
    long, short = len(answer.text), max(1, len(request.original)) * (3 if dense else 1)
    if long > _SPREAD * short or short > _SPREAD * long:
        return "the reply is much longer or shorter than what is missing"
    beside = set(Reading(f"{request.passage.before} {request.passage.after}").stems)
    own = [stem for stem, content in zip(answer.stems, answer.content, strict=True) if content]
    if own and sum(stem in beside for stem in own) >= _KNOWN * len(own):
        return "what the reply says stands beside it already"
    return ""


def _values(request: Request, answer: Reading) -> str:
    """Hold numbers and dates to the original's: each of one side is said on the other."""
    theirs = request.original_values
    ours = read_values(answer.text, "en")
    for value in ours:
        if value.strength > Strength.HINT and not licensed(value, theirs):
            return f"the original does not say “{answer.text[value.start : value.end]}”"
    for value in theirs:
        if value.strength > Strength.HINT and not licensed(value, ours):
            return "a number or date of the original is not there"
    return ""


def _names(request: Request, original: Reading, answer: Reading, context: Context) -> str:
    """Hold names to the original's, letters of another script read as Latin ones, and to those of the article."""
    told = {token.text for token in original.tokens if token.kind == "word"}
    keys = {latin(plain(word)) for word in told}
    for k, token in enumerate(answer.tokens):
        if not is_name(answer, k, context.names):
            continue
        known = token.text in context.names or any(same(token.lower, word.lower()) for word in told)
        if not known and not _among(
            latin(plain(token.lower)).removesuffix("'s"), keys, request.original_lang
        ):
            return f"the original does not name “{token.text}”"
    if request.original_lang in _CAPITALISING:
        return ""
    ours = [token.lower for token in answer.tokens if token.kind == "word"]
    here = {latin(plain(word)) for word in ours}
    for k, token in enumerate(original.tokens):
        if is_name(original, k, frozenset()) and not (
            _among(latin(plain(token.lower)), here, request.original_lang)
            or any(same(word, token.lower) for word in ours)
        ):
            return f"“{token.text}” of the original is not there"
    return ""


def _among(name: str, names: set[str], lang: str) -> bool:
    """Whether a name is among others; where names have cases they may differ in their last letters."""
    if name in names:
        return True
    least = max(_STEM, len(name) - _ENDING)
    return lang in _INFLECTING and any(
        other[:least] == name[:least] and abs(len(other) - len(name)) <= _ENDING for other in names
    )


_INFLECTING = frozenset(
    ["ru", "uk", "be", "bg", "pl", "cs", "sk", "hr", "sr", "sl", "lt", "lv", "fi", "hu", "tr", "el"]
)
_STEM, _ENDING = 4, 3
"""Letters of a name that stay in all its cases, and that may change."""


def _denial(request: Request, original: Reading, answer: Reading) -> str:
    denying = word_groups("editor-negations-elsewhere").get(request.original_lang)
    if denying is None:
        return "whether the original denies is not compared in its language"
    denies = any(
        token.lower in denying or token.lower.partition("'")[0] + "'" in denying for token in original.tokens
    )
    return (
        ""
        if denies == (negations(answer) > 0)
        else "the original denies and the reply does not, or the other way round"
    )
