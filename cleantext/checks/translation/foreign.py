"""Words that stayed in the source language: in Cyrillic letters, or known from word lists."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from functools import cache, lru_cache

from cleantext.checks import Gate, Hit
from cleantext.configuration import Configuration
from cleantext.document import Document
from cleantext.document.pieces import pieces
from cleantext.document.words import word_list
from cleantext.finding import replace
from cleantext.rulebook import Card

CYRILLIC, UNTRANSLATED = "MT171", "MT179"
LANGUAGES = ("fr", "es", "de", "it", "pt")

# BGN/PCGN, as newspapers simplify it.
_LETTERS = {
    **dict(
        zip("абвгдеёзийклмнопрстуф", ["a", "b", "v", "g", "d", "e", "yo", *"ziyklmnoprstuf"], strict=True)
    ),
    "ж": "zh", "х": "kh", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "shch", "ъ": "", "ы": "y", "ь": "",
    "э": "e", "ю": "yu", "я": "ya", "і": "i", "ї": "yi", "є": "ye", "ґ": "g",
}  # fmt: skip
# Begins with one letter, which `re` looks for fast.
_CYRILLIC = re.compile("[\u0400-\u04ff][\u0400-\u04ff]{2}")
_ACCENTED_WORD = re.compile(r"[à-ÿœ](?:(?<=[a-z].)|(?=[a-z]))")
_CYRILLIC_WORD = re.compile(r"[\u0400-\u04ff]{2}[\u0400-\u04ff’'-]*[\u0400-\u04ff]")
_WORD = re.compile(r"(?<![\w'’.@/-])[a-zà-ÿœ]{4,}(?![\w'’@/-])")
_ACCENTED = re.compile(r"[à-ÿœ]")


def romanised(word: str) -> str:
    """Write a Cyrillic word in Latin letters.

    >>> romanised("Ельцин"), romanised("Достоевский")
    ('Yeltsin', 'Dostoyevsky')
    """
    low = word.lower()
    out: list[str] = []
    for place, letter in enumerate(low):
        latin = _LETTERS.get(letter, letter)
        if letter == "е" and (place == 0 or low[place - 1] in "аеёиоуыэюяьъ-"):
            latin = "ye"
        out.append(latin)
    spelled = re.sub(r"(?:iy|yy)\b", "y", "".join(out))
    return "-".join(part.capitalize() for part in spelled.split("-")) if word[0].isupper() else spelled


def gate() -> Gate:
    """Return what a text must hold: a listed word, letters of a word with an accent, or three Cyrillic ones."""
    return Gate(
        literals=tuple(f"\b{word}\b" for word in sorted(_known_words())),
        patterns=("[a-z][à-ÿœ]|[à-ÿœ][a-z]", r"[\x{400}-\x{4FF}]{3}"),
    )


def check(document: Document, cards: Mapping[str, Card], configuration: Configuration) -> Iterator[Hit]:
    """Yield a hit for each word; names in Cyrillic are written in Latin letters, other words are only flagged."""
    text = document.text
    if CYRILLIC in cards and not text.isascii() and _CYRILLIC.search(text) is not None:
        for found in _CYRILLIC_WORD.finditer(text):
            word = found.group()
            if _in_phrase(text, found.start(), found.end()):
                continue  # a quotation or a title in the original, not a name that was left
            name = word[0].isupper() and not word.isupper()
            yield Hit(
                CYRILLIC,
                found.start(),
                found.end(),
                (replace(found.start(), found.end(), romanised(word)),) if name else (),
            )
    if UNTRANSLATED in cards:
        yield from _untranslated(document)


def _in_phrase(text: str, start: int, end: int) -> bool:
    """Say whether the word beside this one is Cyrillic, too."""
    before, after = text[max(0, start - 3) : start], text[end : end + 3]
    return any("\u0400" <= letter <= "\u04ff" for letter in before + after)


def _untranslated(document: Document) -> Iterator[Hit]:
    text = document.text
    known = _known_words()
    listed = not all(known.isdisjoint(piece.split()) for piece in pieces(text))
    # Good prose has its cafés and fiancées; wordfreq, which is heavy, is asked only where the article reads otherwise.
    accented = not text.isascii() and _ACCENTED_WORD.search(text) is not None and document.band != "human"
    if not listed and not accented:
        return
    for found in _WORD.finditer(text):
        word = found.group()
        if word in known or (accented and _ACCENTED.search(word) and is_foreign(word)):
            yield Hit(UNTRANSLATED, found.start(), found.end())


@cache
def _known_words() -> frozenset[str]:
    return frozenset(word_list("foreign-word"))


@cache
def _frequencies() -> Callable[[str, str], float] | None:
    try:
        from wordfreq import zipf_frequency
    except ImportError:
        return None
    measure: Callable[[str, str], float] = zipf_frequency
    return measure


@lru_cache(maxsize=1 << 16)
def is_foreign(word: str) -> bool:
    """Say whether a word is rare in English and common in a neighbouring language, by wordfreq.

    False where wordfreq is not installed (the extra ``words``).
    """
    zipf_frequency = _frequencies()
    if zipf_frequency is None:
        return False
    english = zipf_frequency(word, "en")
    if english >= 2.2:
        return False
    return max(zipf_frequency(word, language) for language in LANGUAGES) >= max(3.3, english + 1.5)
