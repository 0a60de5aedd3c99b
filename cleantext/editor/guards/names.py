"""Names: none is lost, none is new, none becomes another one."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from cleantext.document.words import word_groups, words
from cleantext.editor.aligning import related
from cleantext.editor.change import Change
from cleantext.editor.guards.numbers import is_month_elsewhere
from cleantext.editor.inflection import stem
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
        if is_month_elsewhere(token.text):
            continue  # "im Mai": the guard of numbers and dates looks at it
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
        return f"the name “{token.text}” does not stand there in the passage"
    return None


def _more(change: Change, name: str) -> int:
    """How many more times a name stands after the cut than before."""
    before = sum(same(t.lower, name) for t in change.passage.tokens if t.kind == "word")
    return sum(same(t.lower, name) for t in change.after.tokens if t.kind == "word") - before


def is_name(reading: Reading, k: int, known: frozenset[str]) -> bool:
    """Whether a token is a name, or part of one, as its capital says."""
    token = reading.tokens[k]
    if (
        token.kind != "word"
        or not token.text[0].isupper()
        or token.lower in grammar()
        or token.text in _titles()
    ):
        return False
    # What opens a sentence has its capital for that, unless the article or the word itself says otherwise.
    return (
        not reading.opening[k]
        or token.text in known
        or (len(token.text) > 1 and not token.text[1:].islower())
    )


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
    if stem(one) == stem(other) and {one, other} & _peoples():
        return True
    return one in _elsewhere().get(other, ()) or other in _elsewhere().get(one, ())


@lru_cache(maxsize=1)
def _elsewhere() -> Mapping[str, frozenset[str]]:
    """The English names of places, bodies and peoples, each with what other languages call it."""
    return word_groups("editor-exonyms")


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
