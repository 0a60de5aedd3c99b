"""What the plausibility model sees of the words beside a cue: small words themselves, others by their looks."""

from __future__ import annotations

from functools import lru_cache

from cleantext.document.cues import verbs
from cleantext.document.subjects import is_capital
from cleantext.document.words import word_group

_KEPT = 10_000  # words whose looks are kept
_NEXT = word_group("next")
_PREVIOUS = word_group("previous")
_LEADS = word_group("leads")
_ENDINGS = ("ed", "ing", "ly", "s")


@lru_cache(_KEPT)
def shape_after(word: str, lower: str) -> str:
    """Name the word after a cue: by itself where it is a small word, by its looks otherwise."""
    if lower in _NEXT:
        return lower
    if not word[:1].isalnum():
        return word if word in ",.:;" else "mark"
    if word[:1].isdigit():
        return "number"
    if is_capital(word):
        return "Name"
    if lower.endswith("ly"):
        return "ly"
    if lower.endswith("ing"):
        return "ing"
    if lower.endswith("s"):
        return "s"
    return "word"


@lru_cache(_KEPT)
def shape_before(word: str, lower: str) -> str:
    """Name the word before a cue in the same way."""
    if lower in _PREVIOUS:
        return lower
    if not word[:1].isalnum():
        return word if word in ",.:;" else "mark"
    if is_capital(word):
        return "poss" if lower.endswith(("'s", "’s")) else "Name"
    if lower.endswith("ly"):
        return "ly"
    if lower.endswith(("'s", "’s")):
        return "poss"
    return "word"


@lru_cache(_KEPT)
def shape_lead(word: str, lower: str) -> str:
    """Name the word before a speaker in the same way; a verb among the cues by its form."""
    if lower in _LEADS or not word[:1].isalnum():
        return lower
    if is_capital(word):
        return "Name"
    verb = verbs().get(lower)
    if verb is not None:
        return verb.form
    return next((ending for ending in _ENDINGS if lower.endswith(ending)), "word")
