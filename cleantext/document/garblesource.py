"""Which language a machine translation came from.

Two kinds of evidence: n-grams of word classes, for the languages that the training
data has, and what translation engines leave standing in any language: acronyms,
agencies, titles, words. The latter is a few short lists, ``rules/lexicon/XX/garble.txt``.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from math import exp

from cleantext.document.garblemodel import GarbleModel
from cleantext.document.words import words

LANGUAGES = ("de", "es", "fr", "it", "pt", "ru", "zh")
_WORD = re.compile(r"[^\W\d_]+")
_VOTE = 3.0
"""What a word that only one language leaves standing adds to the logarithm of its odds; engines seldom leave one."""
_MOST_VOTES = 2.0
_UNSEEN = 1.0
"""How far a language that no n-gram speaks for starts below the mean of those that have some."""


def language_votes(text: str) -> dict[str, float]:
    """Count, for each language, its different words that stand in a text untranslated.

    A word of several languages gives each an equal share of its vote; languages without a vote are left out.
    """
    present = set(_WORD.findall(text))
    standing = {language: present & words(f"{language}/garble") for language in LANGUAGES}
    sharing = Counter(word for found in standing.values() for word in found)
    return {
        language: sum(1 / sharing[word] for word in sorted(found))
        for language, found in standing.items()
        if found
    }


def guess_language(text: str, classes: Sequence[str], model: GarbleModel) -> tuple[str | None, float]:
    """Return a translation's likeliest source language and its probability, or None and 0 where nothing tells.

    ``classes`` are the text's, from the model.
    """
    odds = model.language_odds(classes)
    return choose(odds, language_votes(text), least=model.numbers["language-least"])


def choose(
    odds: Mapping[str, float], votes: Mapping[str, float], *, least: float
) -> tuple[str | None, float]:
    """Put logarithms of odds and votes together; the guess must have probability ``least`` or more."""
    floor = sum(odds.values()) / max(1, len(odds)) - _UNSEEN
    together = {
        language: odds.get(language, floor) + _VOTE * min(_MOST_VOTES, votes.get(language, 0))
        for language in LANGUAGES
    }
    best = max(together, key=lambda language: (together[language], language))
    probability = 1 / sum(exp(value - together[best]) for value in together.values())
    return (best, probability) if probability >= least else (None, 0.0)
