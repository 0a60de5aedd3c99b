"""Which language a text is in, by its script and its small words.

The commonest words of a language make up a third of its prose and stand in no other
language's prose in that number, so a list of some forty of them tells it (the oldest method there is:
Ingle 1980, Grefenstette 1995). No model is loaded, and a verdict says what it rests on. A script that one
language alone uses needs no words.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection
from functools import cache
from typing import NamedTuple

from cleantext.document.pieces import sample
from cleantext.document.words import word_list

SAMPLE = 3_000
"""Code points of a long text that are read, in three windows spread over it."""
_WINDOWS = 3
LEAST_SHARE = 0.05
"""Share of a language's small words from which a text counts as written in it."""
LEAST_WORDS = 12
"""Words of the shortest text that is judged by its words."""
TELLING_WORDS = 30
"""Words from which a text without English small words is shown not to be English."""
_FEWEST = 1.5
"""Small words of another language, shared ones counting less, that a short foreign passage has."""
FOREIGN_SHARE = 0.04
"""Share of English small words below which a text of no known language is not English either."""

_WORD = re.compile(r"[^\W\d_]+")
_LETTERS_ALONE = bytes(ch if chr(ch).isalpha() else 0x20 for ch in range(0x80)).ljust(0x100)
_OTHER_LETTERS = re.compile(r"[\u0370-\u1dff\u2e80-\ud7ff\uf900-\ufeff]")
_SCRIPTS = {
    "el": re.compile(r"[\u0370-\u03ff\u1f00-\u1fff]"),
    "he": re.compile(r"[\u0590-\u05ff]"),
    "ko": re.compile(r"[\uac00-\ud7af\u1100-\u11ff]"),
    "th": re.compile(r"[\u0e00-\u0e7f]"),
    "my": re.compile(r"[\u1000-\u109f]"),
    "km": re.compile(r"[\u1780-\u17ff]"),
    "lo": re.compile(r"[\u0e80-\u0eff]"),
    "ka": re.compile(r"[\u10a0-\u10ff]"),
    "hy": re.compile(r"[\u0530-\u058f]"),
    "am": re.compile(r"[\u1200-\u137f]"),
    "bn": re.compile(r"[\u0980-\u09ff]"),
    "pa": re.compile(r"[\u0a00-\u0a7f]"),
    "gu": re.compile(r"[\u0a80-\u0aff]"),
    "ta": re.compile(r"[\u0b80-\u0bff]"),
    "te": re.compile(r"[\u0c00-\u0c7f]"),
    "kn": re.compile(r"[\u0c80-\u0cff]"),
    "ml": re.compile(r"[\u0d00-\u0d7f]"),
    "si": re.compile(r"[\u0d80-\u0dff]"),
}
"""Scripts of one living language, or of one that news is written in."""
_SHARED = {
    "ru": (re.compile(r"[\u0400-\u04ff]"), frozenset(["ru", "uk", "be", "bg", "sr", "mk", "kk"])),
    "ar": (re.compile(r"[\u0600-\u06ff]"), frozenset(["ar", "fa", "ur"])),
    "hi": (re.compile(r"[\u0900-\u097f]"), frozenset(["hi", "mr", "ne"])),
}
"""Scripts of several languages, by the commonest one, which has the text where no small word tells."""
_MARKS = "\"'“”«»„‚‘’()[].,;:!?…،؛؟।-–—"
_ALL_SCRIPTS = _SCRIPTS | {code: script for code, (script, _) in _SHARED.items()}
_HAN, _KANA = re.compile(r"[\u3400-\u9fff]"), re.compile(r"[\u3040-\u30ff]")
_THREE_LETTERS = {
    "eng": "en", "deu": "de", "ger": "de", "fra": "fr", "fre": "fr", "spa": "es", "ita": "it", "por": "pt",
    "nld": "nl", "dut": "nl", "rus": "ru", "ukr": "uk", "pol": "pl", "ces": "cs", "cze": "cs", "zho": "zh",
    "chi": "zh", "jpn": "ja", "kor": "ko", "ara": "ar", "ell": "el", "gre": "el", "heb": "he", "hin": "hi",
    "tur": "tr", "swe": "sv", "dan": "da", "nor": "no", "fin": "fi", "isl": "is", "hrv": "hr", "ron": "ro",
    "hun": "hu", "iw": "he", "in": "id", "nb": "no", "nn": "no", "bs": "hr",
}  # fmt: skip
_TAG = re.compile(r"([A-Za-z]{2,3})(?:[-_].*)?", re.DOTALL)


ANY = "*"
"""Stands for any language where a rule says for which it holds."""


class Language(NamedTuple):
    """``code`` is ISO 639-1 or None; ``english`` says whether nothing speaks against English."""

    code: str | None
    english: bool

    def is_one_of(self, languages: Collection[str]) -> bool:
        """Say whether it is one of these (ISO 639-1; `ANY` is any); where nothing speaks against English, that is, too."""
        if ANY in languages or self.code in languages:
            return True
        return self.english and "en" in languages


ENGLISH, UNTOLD = Language("en", True), Language(None, True)
_PLAIN = (" the ", " and ", " of ")
"""Words that no other language of the list has."""
_PLAIN_EVERY, _PLAIN_LEAST = 120, 400
"""Code points of which each holds one of these in plain English, and the length from which that settles it."""


def from_tag(tag: str | None) -> str | None:
    """Return the language of a tag such as ``en``, ``en-GB`` or ``eng``; None where it is none."""
    found = _TAG.fullmatch(tag.strip()) if tag else None
    if found is None:
        return None
    code = found.group(1).lower()
    return _THREE_LETTERS.get(code, code)


@cache
def _small_words() -> dict[str, tuple[tuple[str, float], ...]]:
    """Small word -> the languages that have it; what several have says less for each."""
    having: dict[str, list[str]] = {}
    for entry in word_list("languages"):
        code, _, members = entry.partition(":")
        for word in dict.fromkeys(members.split()):
            having.setdefault(word, []).append(code)
    return {word: tuple((code, len(codes) ** -0.5) for code in codes) for word, codes in having.items()}


@cache
def _english() -> frozenset[str]:
    return frozenset(next(e for e in word_list("languages") if e.startswith("en:")).partition(":")[2].split())


@cache
def _shared_or_foreign() -> frozenset[str]:
    """Return the small words that another language than English has."""
    return frozenset(w for w, having in _small_words().items() if any(code != "en" for code, _ in having))


def detect(text: str) -> Language:
    """Say which language most of a text is in; time grows with its length up to `SAMPLE` code points."""
    text = sample(text, SAMPLE, _WINDOWS)
    if len(text) > _PLAIN_LEAST:
        found = 0
        for word in _PLAIN:
            found += text.count(word)
            if found * _PLAIN_EVERY >= len(text):
                return ENGLISH
    return detect_slowly(text)


def detect_slowly(text: str) -> Language:
    """Judge a sample by all its words; what :func:`detect` says without the look that settles plain English."""
    if _is_in_another_script(text):
        return Language(_by_script(text), False)
    words = words_of(text)
    if len(words) < LEAST_WORDS:
        return UNTOLD
    votes = _votes(words)
    english = sum(map(_english().__contains__, words)) / len(words)
    best = max(votes, key=votes.__getitem__, default=None)
    if best is not None and votes[best] >= LEAST_SHARE * len(words):
        return Language(best, best == "en")
    return Language(None, len(words) < TELLING_WORDS or english >= FOREIGN_SHARE)


def words_of(text: str) -> list[str]:
    """Return the words of a text in small letters; of one in ASCII in a third of the time that an expression takes."""
    small = text.lower()
    if small.isascii():
        return small.encode("ascii").translate(_LETTERS_ALONE).decode("ascii").split()
    return words_slowly(small)


def words_slowly(small: str) -> list[str]:
    """Return the words of a text that is in small letters."""
    return _WORD.findall(small)


def _is_in_another_script(text: str) -> bool:
    """Say whether most letters of a text are not Latin ones."""
    if text.isascii() or not _OTHER_LETTERS.search(text):
        return False
    return 2 * len(_OTHER_LETTERS.findall(text)) > sum(map(str.isalpha, text))


def _votes(words: list[str]) -> dict[str, float]:
    votes: dict[str, float] = {}
    table = _small_words()
    for word, count in Counter(words).items():
        for code, weight in table.get(word, ()):
            votes[code] = votes.get(code, 0.0) + weight * count
    return votes


def _by_script(text: str) -> str | None:
    """Return the language of a text that is not in Latin letters."""
    kana = len(_KANA.findall(text))
    counts = {code: len(script.findall(text)) for code, script in _ALL_SCRIPTS.items()}
    han = len(_HAN.findall(text)) + kana
    best = max(counts, key=counts.__getitem__)
    if han > counts[best]:
        return "ja" if 20 * kana > han else "zh"
    if best not in _SHARED:
        return best if counts[best] else None
    # Vowel signs are no letters to `re`, so words are cut at blank space.
    votes = _votes([word.strip(_MARKS) for word in text.lower().split()])
    votes = {code: n for code, n in votes.items() if code in _SHARED[best][1]}
    return max(votes, key=votes.__getitem__, default=best)


def is_foreign(passage: str) -> bool:
    """Say whether a passage inside an English article is plainly in another language: a line, a sentence.

    One too short to be judged by its share of small words is foreign where several are another language's and fewer
    are English.
    """
    if _is_in_another_script(passage):
        return True
    words = words_of(passage)
    # No language but English can have more votes than there are words which others have, too.
    most = sum(map(_shared_or_foreign().__contains__, words))
    if most < _FEWEST:
        return False
    english = sum(map(_english().__contains__, words))
    if most <= english:
        return False
    votes = _votes(words)
    best = max(votes, key=votes.__getitem__, default="en")
    if best == "en":
        return False
    return votes[best] >= max(_FEWEST, LEAST_SHARE * len(words)) and english < votes[best]


def english_lines(text: str) -> str:
    """Return a text without its lines in another language."""
    lines = text.split("\n")
    kept = [line for line in lines if not is_foreign(line)]
    return text if len(kept) == len(lines) else "\n".join(kept)
