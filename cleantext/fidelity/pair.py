"""An article together with its original: languages, sentences and their alignment."""

from __future__ import annotations

from typing import NamedTuple

from cleantext.document import Document
from cleantext.document.language import detect, from_tag
from cleantext.fidelity.align import align
from cleantext.fidelity.alignment import Alignment
from cleantext.fidelity.gaps import Judged, judged, settled

LONGEST = 2_000_000
"""Code points of either side up to which a pair is aligned; what is longer is no article."""


class Pair(NamedTuple):
    """Both texts with their languages (ISO 639-1, ``""`` where unknown), the alignment of their sentences, and the gaps in it."""

    original: str
    original_lang: str
    text: str
    lang: str
    alignment: Alignment
    gaps: tuple[Judged, ...]


def pair_of(document: Document) -> Pair | None:
    """Align an article with its original; None where it has none, or one without a word."""
    original = document.article.original
    if original is None or not original.strip() or not document.text.strip():
        return None
    here = original_language(document)
    there = document.language or "en"
    alignment = align(original, here, document.text, there)
    found = judged(alignment)
    return Pair(original, here, document.text, there, settled(alignment, found), found)


def original_language(document: Document) -> str:
    """Return the language of the original: what its words say where they say one, else what the article says."""
    article = document.article
    said = from_tag(article.original_lang)
    read = detect(article.original or "").code
    if read is not None and read != said and (said is None or _overrules(read, said, article.original or "")):
        return read
    return said or read or ""


_OWN_SCRIPT = frozenset(
    [
        "zh",
        "ja",
        "ko",
        "ru",
        "uk",
        "be",
        "bg",
        "sr",
        "mk",
        "kk",
        "el",
        "he",
        "ar",
        "fa",
        "ur",
        "hi",
        "mr",
        "ne",
        "th",
        "ka",
        "hy",
        "am",
        "bn",
        "ta",
        "te",
    ]
)
"""Languages that are not written in Latin letters."""
_ENOUGH = 400
"""Code points of a text whose words tell its language from a neighbour of it."""


def _overrules(read: str, said: str, original: str) -> bool:
    """Whether what a text's words say goes before what is said of it: another script, or a text long enough."""
    return len(original) >= _ENOUGH or (said in _OWN_SCRIPT) != (read in _OWN_SCRIPT)
