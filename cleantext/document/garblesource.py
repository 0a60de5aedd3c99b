"""Which language a machine translation came from.

Two kinds of evidence: n-grams of word classes, for the languages that the training
data has, and what translation engines leave standing in any language: acronyms,
agencies, titles, words. The latter is a few short lists, ``rules/lexicon/garble-XX.txt``.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from math import exp

from cleantext.document.garblemodel import GarbleModel
from cleantext.document.words import words

LANGUAGES = ("de", "es", "fr", "it", "pt", "ru", "zh")
_WORD = re.compile(r"[^\W\d_]+")
# One word that was left standing is worth what a document's n-grams are worth at most:
# engines seldom leave one, and hardly ever one of another language.
_VOTE = 2.0
_MOST_VOTES = 3
# A language that no n-gram speaks for starts below those that have some.
_UNSEEN = 2.0


def language_votes(text: str) -> dict[str, int]:
    """Count, for each language, its different words that stand in a text untranslated; 0 is left out."""
    present = set(_WORD.findall(text))
    votes = {language: len(present & words(f"garble-{language}")) for language in LANGUAGES}
    return {language: count for language, count in votes.items() if count}


def guess_language(text: str, classes: Sequence[str], model: GarbleModel) -> tuple[str | None, float]:
    """Give a translation's likeliest source language and its probability, or None and 0 where nothing tells.

    ``classes`` are the text's, from the model.
    """
    odds = model.language_odds(classes)
    return choose(odds, language_votes(text), least=model.numbers["language-least"])


def choose(odds: Mapping[str, float], votes: Mapping[str, int], *, least: float) -> tuple[str | None, float]:
    """Put logarithms of odds and votes together; the guess must have probability ``least`` or more."""
    floor = min(odds.values(), default=0.0) - _UNSEEN
    together = {
        language: odds.get(language, floor) + _VOTE * min(_MOST_VOTES, votes.get(language, 0))
        for language in LANGUAGES
    }
    best = max(together, key=lambda language: (together[language], language))
    probability = 1 / sum(exp(value - together[best]) for value in together.values())
    return (best, probability) if probability >= least else (None, 0.0)
