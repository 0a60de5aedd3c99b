"""What a sentence shares with its translation: numbers, and words that sound alike in both languages."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache

from cleantext.fidelity.concepts import concepts
from cleantext.fidelity.scripts import latin
from cleantext.fidelity.values import Strength, Value

_WORD = re.compile(r"[A-Za-z\u00c0-\u024f\u0370-\u03ff\u0400-\u052f]{3,}|[\u30a1-\u30ff]{3,}")
_SOUNDS: Mapping[str, str] = {
    **dict.fromkeys("pb", "p"),
    **dict.fromkeys("fvw", "f"),
    **dict.fromkeys("kgqcx", "k"),
    **dict.fromkeys("szj", "s"),
    **dict.fromkeys("td", "t"),
    **dict.fromkeys("lr", "r"),
    **dict.fromkeys("nm", "n"),
}
_SPELLED = (
    ("sch", "s"), ("tch", "s"), ("sh", "s"), ("zh", "s"), ("ch", "k"), ("ph", "f"), ("th", "t"), ("ck", "k"),
    ("ce", "se"), ("ci", "si"), ("cy", "si"), ("tz", "s"), ("ts", "s"), ("cz", "s"), ("sz", "s"),
)  # fmt: skip
DIGITS = "#"
"""The key of a sentence with any digits: its translation has some too, even where they are wrong."""
_MARKS = {
    mark: plain
    for plain, marks in {"?": "?？", "!": "!！", "%": "%％", "(": "(（", ":": ":："}.items()
    for mark in marks
}
"""Marks that translations keep, in their plain form."""
SHORTEST, LONGEST = 3, 4
"""Sounds of a word's key: fewer tell nothing, more stumble over case endings."""


@lru_cache(1 << 16)
def sound(word: str) -> str:
    """Return the consonants that a word (of any script) is heard by, at most `LONGEST`; ``""`` for a short one."""
    plain = latin(word.lower())
    for written, heard in _SPELLED:
        plain = plain.replace(written, heard)
    heard = ""
    for letter in plain:
        code = _SOUNDS.get(letter, "")
        if code and not heard.endswith(code):
            heard += code
    return heard[:LONGEST] if len(heard) >= SHORTEST else ""


def sounds(text: str) -> Iterator[str]:
    """Yield what the words of three letters and more are heard by, in order; short ones are not heard."""
    return (key for word in _WORD.findall(text) if (key := sound(word)))


_NAME = re.compile(r"(?<=[^.!?…:] )[^\W\d_a-z][^\W\d_]{2,}|[\u30a1-\u30ff]{4,}")


def telling(text: str, values: tuple[Value, ...]) -> tuple[object, ...]:
    """Return those keys that a translation is likely to keep: figures, and words with a capital inside the sentence."""
    found: list[object] = [v.amounts[0] for v in values if v.strength is Strength.DIGITS]
    found += [key for word in _NAME.findall(text) if not word.islower() and (key := sound(word))]
    return tuple(found)


def keys(text: str, values: tuple[Value, ...], lang: str = "") -> frozenset[object]:
    """Return the keys of a sentence: its amounts, the sounds of its words of three letters and more, what common words mean."""
    found: set[object] = {amount for value in values for amount in value.amounts[:2] if amount not in (0, 1)}
    if any(value.strength is Strength.DIGITS for value in values):
        found.add(DIGITS)
    found.update(sounds(text))
    found.update(map(_MARKS.__getitem__, _MARKS.keys() & set(text)))
    found.update(("means", concept) for concept in concepts(text, lang))
    return frozenset(found)
