"""Which words are pronouns, and for whom each may stand."""

from __future__ import annotations

from collections import Counter
from functools import lru_cache
from typing import Literal, TypeAlias

from cleantext.editor.reading import Reading

Class: TypeAlias = Literal["I", "we", "you", "he", "she", "it", "they", "one"]
SELVES = ("self", "selves")
"""Endings of reflexives."""


def classes(reading: Reading) -> Counter[Class]:
    return Counter(named for _, named in named_in(reading, 0, len(reading.tokens)))


def named_in(reading: Reading, start: int, end: int) -> list[tuple[int, Class]]:
    """Return the pronouns among some tokens, each with its class."""
    return [
        (k, named)
        for k in range(start, end)
        if (named := class_of(reading.tokens[k].lower)) is not None
        and not (named == "one" and _counts(reading, k))
    ]


def _counts(reading: Reading, k: int) -> bool:
    """Whether "one" is a number there ("one of the", "one year"), and not "this one"."""
    if k and reading.tokens[k - 1].lower in ("this", "that"):
        return False
    after = reading.tokens[k + 1] if k + 1 < len(reading.tokens) else None
    return after is not None and (after.lower == "of" or (after.kind == "word" and reading.content[k + 1]))


def class_of(word: str) -> Class | None:
    return _pronounclasses().get(word.partition("'")[0])


@lru_cache(maxsize=1)
def _pronounclasses() -> dict[str, Class]:
    listed: dict[Class, str] = {
        "I": "i me my mine myself",
        "we": "we us our ours ourselves",
        "you": "you your yours yourself yourselves",
        "he": "he him his himself",
        "she": "she her hers herself",
        "it": "it its itself",
        "they": "they them their theirs themselves",
        "one": "one oneself",
    }
    return {word: name for name, members in listed.items() for word in members.split()}
