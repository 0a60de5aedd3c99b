"""A sentence of the original put in where the translation lacks it: the guards turned round.

Of an edit they ask that nothing changes. Here nothing stood, so they ask that what comes says what the original
says: its numbers, its names, whether it denies, who is he and who is she, and whether it vouches for it. What
cannot be compared is refused. What somebody does to whom is not: an editor reads each sentence before it is put in.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from cleantext.document.words import given_names, word_groups, words
from cleantext.editor.answers import Request
from cleantext.editor.change import Context
from cleantext.editor.guards import replies
from cleantext.editor.guards.counted import negations
from cleantext.editor.guards.names import is_name, same
from cleantext.editor.inflection import stem
from cleantext.editor.reading import Reading, grammar, plain
from cleantext.fidelity.scripts import latin
from cleantext.fidelity.seams import NOUNS_IN_CAPITALS
from cleantext.fidelity.values import Strength, licensed, read_values
from cleantext.finding import Edit

_LEAST_GRAMMAR = 0.2
"""Share of English words of grammar that an English sentence of ``_LONG`` words has; a shorter one has one of them."""
_LONG = 10
_SPREAD = 2.5
"""How many times longer or shorter a translation may be, in code points; more where the script has a sign a word."""
_KNOWN = 0.7
"""Share of its content words from which a sentence stands there already."""


def refused(request: Request, reply: str, context: Context) -> str:
    """Say why a reply is not put in for a missing sentence; empty where it may be."""
    original, answer = Reading(request.original), Reading(reply.strip())
    for guard in _WHOLE:
        if reason := guard(original, answer):
            return reason
    return (
        _shape(request, answer)
        or _values(request, answer)
        or _names(request, original, answer, context)
        or _denial(request, original, answer)
        or _persons(request, original, answer)
        or _hedges(request, original, answer)
    )


def insertion(text: str, at: int, reply: str) -> Edit:
    """Return the edit that puts a sentence in, with the space that parts it from its neighbours."""
    before = "" if at == 0 or text[at - 1].isspace() else " "
    after = "" if at == len(text) or text[at].isspace() else " "
    return Edit(at, at, f"{before}{reply.strip()}{after}")


_WHOLE = (
    replies.empty,
    replies.refusal,
    replies.instruction,
    replies.talk,
    replies.markdown,
    replies.lines,
    replies.repetition,
)
"""The guards of a reply that hold whatever the language of what it is held to."""


def _shape(request: Request, answer: Reading) -> str:
    told = [word for word in answer.words if word.isalpha()]
    least = _LEAST_GRAMMAR * len(told) if len(told) >= _LONG else 1
    if sum(word in grammar() for word in told) < least:
        return "the reply is not English"
    if answer.text.rstrip("\"'”’»)")[-1:] not in (".", "!", "?", "…"):
        return "the reply stops in the middle"
    dense = not request.original.isascii() and request.original_lang in ("zh", "ja", "ko")
    long, short = len(answer.text), max(1, len(request.original)) * (3 if dense else 1)
    if long > _SPREAD * short or short > _SPREAD * long:
        return "the reply is much longer or shorter than what is missing"
    beside = set(Reading(f"{request.passage.before} {request.passage.after}").stems)
    own = [s for s, content in zip(answer.stems, answer.content, strict=True) if content]
    if own and sum(s in beside for s in own) >= _KNOWN * len(own):
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
    """Hold names to the original's, letters of another script read as Latin ones.

    That the article knows a name says nothing here: it may be somebody else's. Of the original's names those must
    come that its capitals tell, or, where each noun has one, that the article spells so.
    """
    told = {token.text for token in original.tokens if token.kind == "word"}
    keys = {latin(plain(word)) for word in told}
    for k, token in enumerate(answer.tokens):
        if not (is_name(answer, k, context.names) or _opens_with_name(answer, k)):
            continue
        name = latin(plain(token.lower)).removesuffix("'s")
        if token.text in words("month"):
            continue  # a value, held before
        if day := word_groups("editor-weekdays-elsewhere").get(token.text):
            known = not day.isdisjoint(word.lower() for word in told)
        elif token.text in words("attribution-demonyms"):
            known = any(key.startswith(_people(name)) for key in keys)
        else:
            known = _among(name, keys, request.original_lang) or _is_place(name, told)
        if not known and not any(same(token.lower, word.lower()) for word in told):
            return f"the original does not name “{token.text}”"
    ours = [token.lower for token in answer.tokens if token.kind == "word"]
    here = {latin(plain(word)) for word in ours}
    for k, token in enumerate(original.tokens):
        if request.original_lang in NOUNS_IN_CAPITALS and token.text not in context.names:
            continue
        if is_name(original, k, frozenset()) and not (
            _among(latin(plain(token.lower)), here, request.original_lang)
            or any(same(word, token.lower) or _is_place(word, [token.text]) for word in ours)
        ):
            return f"“{token.text}” of the original is not there"
    return ""


def _is_place(name: str, told: Iterable[str]) -> bool:
    """Whether a place is one of the original's under a like name ("Singapur"), and none is more like it.

    So "Australien" is not Austria. Only of places: a person of a like name is somebody else ("Johns", "Johnson").
    """
    if name not in _places():
        return False
    for word in told:
        other = latin(plain(word))
        if not word[0].isupper() or other in _places() or not _begins_like(name, {other}):
            continue
        alike = next(
            (k for k, (one, two) in enumerate(zip(name, other, strict=False)) if one != two), len(name)
        )
        if not any(place.startswith(other[: alike + 1]) for place in _places() - {name}):
            return True
    return False


@lru_cache(maxsize=1)
def _places() -> frozenset[str]:
    return frozenset(plain(word) for word in words("country") | words("attribution-places"))


def _opens_with_name(answer: Reading, k: int) -> bool:
    """Whether a word opens a sentence and is a name all the same: a given one, or no English word."""
    token = answer.tokens[k]
    if (
        token.kind != "word"
        or not answer.opening[k]
        or not token.text[0].isupper()
        or token.lower in grammar()
    ):
        return False
    given = token.text in given_names()
    bare = token.lower.removesuffix("'s")
    return given or not any(
        word in words(known) for word in (bare, stem(bare)) for known in ("english-common", "english-words")
    )


def _people(name: str) -> tuple[str, ...]:
    """Return what a people's name begins with in other languages, in Latin letters: four letters, where not listed."""
    return tuple(word_groups("editor-peoples-elsewhere").get(name, (name[:4],)))


def _among(name: str, names: set[str], lang: str) -> bool:
    """Whether a name is among others; where names have cases they may differ in their last letters."""
    if name in names:
        return True
    return lang in _INFLECTING and _begins_like(name, names)


def _begins_like(name: str, names: set[str]) -> bool:
    least = max(_STEM, len(name) - _ENDING)
    return any(other[:least] == name[:least] and abs(len(other) - len(name)) <= _ENDING for other in names)


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


def _persons(request: Request, original: Reading, answer: Reading) -> str:
    """Hold "he" and "she" to the original's; where its verbs need no pronoun, only against the other one."""
    groups, told = word_groups("editor-persons-elsewhere"), set(original.words)
    said = {
        gender: not told.isdisjoint(groups.get(f"{request.original_lang}-{gender}", ()))
        for gender in ("he", "she")
    }
    for gender, other in (("he", "she"), ("she", "he")):
        if said[gender] or (request.original_lang in groups["dropping"] and not said[other]):
            continue
        if word := next((word for word in answer.words if word in groups[gender]), ""):
            return f"nothing in the original stands for “{word}”"
    return ""


def _hedges(request: Request, original: Reading, answer: Reading) -> str:
    """Refuse a reply that vouches for what the original has from others, or holds for possible only."""
    groups = word_groups("editor-hedges-elsewhere")
    told = f"-{'-'.join(original.words)}-"
    # "In May" is sure.
    ours = f"-{'-'.join(t.lower for t in answer.tokens if t.kind == 'word' and t.text != 'May')}-"
    hedge = next((h for h in sorted(groups.get(request.original_lang, ())) if f"-{h}-" in told), "")
    if hedge and not any(f"-{h}-" in ours for h in groups["en"]):
        return f"the reply is surer than the original, which says “{hedge.replace('-', ' ')}”"
    return ""
