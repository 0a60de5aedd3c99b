"""Names: none is lost, none is new, none becomes another one."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from cleantext.document.words import given_names, word_groups, words
from cleantext.editor.aligning import related
from cleantext.editor.change import Change
from cleantext.editor.guards.numbers import is_month_elsewhere
from cleantext.editor.guards.speakers import speaking
from cleantext.editor.reading import Reading, grammar, plain


def guard(change: Change) -> str | None:
    """Refuse a cut that takes a name away, brings one, or spells one otherwise.

    A name may lose its capital where the word stays, and take or leave an ending; a word that stood there
    in small letters may take one.
    """
    small = [t.lower for t in change.new() if t.kind == "word" and t.text.islower()]
    for k in change.removed:
        token = change.passage.tokens[k]
        if not is_name(change.passage, k, change.context.names) or _more(change, token.lower) >= 0:
            continue
        if any(related(token.lower, word) for word in small):
            continue  # "Chlamydien", "chlamydia": no name, but a noun of a language that writes it with a capital
        if is_month_elsewhere(token.text) or _is_scale(change.passage, k):
            continue  # "im Mai", "4 Md$": the guard of numbers and dates looks at it
        if _plural(change, k) or any(_case(change, k, token.lower, word) for word in _capitals(change)):
            continue  # "in Rostovaeroinveste": a case of another language
        return f"the name “{token.text}” would be lost"
    gone = [t.lower for t in change.old() if t.kind == "word"]
    for k in change.added:
        token = change.reply.tokens[k]
        if not is_name(change.reply, k, change.context.names) or _more(change, token.lower) <= 0:
            continue
        if any(
            word != token.lower and related(word, token.lower) and not _was_name(change, word)
            for word in gone
        ):
            continue  # "hispanischen voters", "Hispanic voters"
        if any(
            t.kind == "word" and (_plural(change, j) or _case(change, j, t.lower, token.lower))
            for j, t in zip(change.removed, change.old(), strict=True)
        ):
            continue
        return f"the name “{token.text}” does not stand there in the passage"
    return None


_CASES = ("e", "s", "es", "u", "om", "em")
_LONG = 8
"""Letters that a word must have left to lose a case: shorter ones are other people's names ("Peters", "Peter")."""


def _case(change: Change, k: int, old: str, new: str) -> bool:
    """Whether a name only loses the ending of a case that its language has; a person's name keeps its own ("Humphreys")."""
    if len(new) < _LONG or not any(old == new + ending for ending in _CASES):
        return False
    beside = change.passage.tokens[max(0, k - 1) : k] + change.passage.tokens[k + 1 : k + 2]
    if any(t.kind == "word" and t.text[0].isupper() and not _no_person(t.lower) for t in beside):
        return False
    return new not in _given() and k not in speaking(change.passage)


def _plural(change: Change, k: int) -> bool:
    """Whether an acronym only loses an S that the article writes it without ("the HIVS", "HIV")."""
    text = change.passage.tokens[k].text
    bare = text[:-1]
    if not (
        text.isupper() and text.endswith("S") and len(text) > 3 and bare in {t.text for t in change.new()}
    ):
        return False
    return bare in change.context.names or any(token.text == bare for token in change.passage.tokens)


def _no_person(word: str) -> bool:
    return word in grammar() or word in _peoples()


def _capitals(change: Change) -> list[str]:
    return [t.lower for t in change.new() if t.kind == "word" and t.text[0].isupper()]


def _is_scale(reading: Reading, k: int) -> bool:
    """Whether a word is a short form of a thousand or a billion after a figure ("4 Md$")."""
    return k > 0 and reading.tokens[k - 1].kind == "figure" and reading.tokens[k].lower in _SCALES


_SCALES = frozenset(["md", "mds", "mrd", "mrds", "mld", "mlds", "mio", "mill", "mln", "tsd"])


def _more(change: Change, name: str) -> int:
    """How many more times a name stands after the cut than before."""
    return _count(change.after, name) - _count(change.passage, name)


def _count(reading: Reading, name: str) -> int:
    """Count a name in a text; of an acronym that is a word of grammar, too ("IT"), what stands in capitals."""
    return sum(
        same(t.lower, name) and (t.lower not in grammar() or t.text.isupper())
        for t in reading.tokens
        if t.kind == "word"
    )


def is_name(reading: Reading, k: int, known: frozenset[str]) -> bool:
    """Whether a token is a name, or part of one, as its capital says."""
    token = reading.tokens[k]
    if (
        token.kind != "word"
        or not token.text[0].isupper()
        or (token.lower in grammar() and not _acronym(reading, k))
        or token.text in _titles()
    ):
        return False
    # What opens a sentence has its capital for that, unless the article or the word itself says otherwise.
    return (
        not reading.opening[k]
        or token.text in known
        or (len(token.text) > 1 and not token.text[1:].islower())
    )


def _acronym(reading: Reading, k: int) -> bool:
    """Whether a word of grammar stands in capitals where its neighbours do not ("the IT industry", "the WHO")."""
    text = reading.tokens[k].text
    beside = [t.text for t in reading.tokens[max(0, k - 2) : k + 3] if t.kind == "word" and len(t.text) > 1]
    return len(text) > 1 and text.isupper() and any(word.islower() for word in beside)


@lru_cache(maxsize=65536)
def same(one: str, other: str) -> bool:
    """Whether two words are one name.

    It may lose accents and take or leave a possessive ("Dicks", "Dick's"); peoples may take a plural.
    """
    one, other = plain(one), plain(other)
    bare = [word.removesuffix("'s").removesuffix("'") for word in (one, other)]
    if (
        bare[0] == bare[1]
        or (other != bare[1] and one == bare[1] + "s")
        or (one != bare[0] and other == bare[0] + "s")
    ):
        return True
    if {one, other} & _peoples() and any(a in (b + "s", b + "es") for a, b in ((one, other), (other, one))):
        return True
    return one in _elsewhere().get(other, ()) or other in _elsewhere().get(one, ())


@lru_cache(maxsize=1)
def _elsewhere() -> Mapping[str, frozenset[str]]:
    """The English names of places, bodies and peoples, each with what other languages call it."""
    return word_groups("editor-exonyms")


@lru_cache(maxsize=1)
def _given() -> frozenset[str]:
    return frozenset(word.lower() for word in given_names())


@lru_cache(maxsize=1)
def _peoples() -> frozenset[str]:
    return frozenset(word.lower() for word in words("demonym") | words("attribution-demonyms"))


def _was_name(change: Change, word: str) -> bool:
    return any(
        change.passage.tokens[k].lower == word and is_name(change.passage, k, change.context.names)
        for k in change.removed
    )


def _titles() -> frozenset[str]:
    return words("attribution-titles") | {"M"}
