"""One name, two spellings: "Isis" beside "ISIS", "Kudja" beside "Kujda"."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from cleantext.checks import Hit
from cleantext.configuration import Configuration
from cleantext.document import Document
from cleantext.document.words import words
from cleantext.finding import Evidence
from cleantext.rulebook import Card

CASE, SPELLING = "MT176", "MT177"

_CAPITALS = re.compile(r"\b[A-Z]{3,6}\b(?![.-]\w)")
_NAME = re.compile(r"\b[^\W\d_a-z][^\W\d_A-Z]{4,}\b")
_SOUNDS = (
    ("ph", "f"), ("kh", "h"), ("ou", "u"), ("oo", "u"), ("ck", "k"), ("c", "k"), ("w", "v"),
    ("y", "i"), ("ie", "i"), ("dj", "j"), ("dzh", "j"), ("tch", "ch"), ("sch", "sh"),
)  # fmt: skip
_DOUBLE = re.compile(r"(.)\1")


class Variant(NamedTuple):
    """A spelling at a place, and the other spelling that stands elsewhere in the article, with one place of it."""

    start: int
    end: int
    other: str
    other_start: int


def case_variants(text: str) -> Iterator[Variant]:
    """Find "Isis" where the article also writes "ISIS" among words that are not all in capitals."""
    seen: dict[str, int] = {}
    for found in _CAPITALS.finditer(text):
        word = found.group()
        if word not in seen and not _shouted(text, found.start(), found.end()):
            seen[word] = found.start()
    openers = words("attribution-openers")
    for word, start in seen.items():
        small = word.capitalize()
        if small in openers:
            continue
        at = text.find(small)
        # A word that also stands in small letters is no name ("WHO", "Who", "who").
        if at < 0 or re.search(rf"\b{word.lower()}\b", text):
            continue
        for found in re.finditer(rf"\b{small}\b", text):
            yield Variant(found.start(), found.end(), word, start)


def _shouted(text: str, start: int, end: int) -> bool:
    """Whether a neighbouring word is in capitals too, as in a headline."""
    before = text[max(0, start - 24) : start].rsplit(maxsplit=1)[-1:] or [""]
    after = text[end : end + 24].split(maxsplit=1)[:1] or [""]
    return any(sum(c.isupper() for c in word) > 1 for word in (*before, *after))


def sound_of(name: str) -> str:
    """Return a key that different romanisations of one name share.

    >>> sound_of("Mohammed") == sound_of("Mohamed"), sound_of("Dmitry") == sound_of("Dmitri")
    (True, True)
    """
    key = "".join(c for c in unicodedata.normalize("NFD", name.lower()) if not unicodedata.combining(c))
    for one, other in _SOUNDS:
        key = key.replace(one, other)
    return _DOUBLE.sub(r"\1", key)


def spelling_variants(text: str) -> Iterator[Variant]:
    """Find a name that stands in two romanisations, or with two letters swapped; the rarer one is reported."""
    places: dict[str, list[int]] = defaultdict(list)
    for found in _NAME.finditer(text):
        places[found.group()].append(found.start())
    by_key: dict[tuple[str, str], list[str]] = defaultdict(list)
    for name in places:
        by_key["sound", sound_of(name)].append(name)
        by_key["letters", name[0] + "".join(sorted(name))].append(name)
    done: set[str] = set()
    for (kind, _), forms in by_key.items():
        if len(forms) < 2:
            continue
        forms.sort(key=lambda form: (-len(places[form]), places[form][0]))
        best = forms[0]
        for form in forms[1:]:
            if form in done or (kind == "letters" and not _swapped(best, form)):
                continue
            done.add(form)
            for start in places[form]:
                yield Variant(start, start + len(form), best, places[best][0])


def _swapped(one: str, other: str) -> bool:
    """Whether two words differ by two neighbouring letters in the other order."""
    places = [i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b]
    return len(one) == len(other) and len(places) == 2 and places[1] == places[0] + 1


def check(document: Document, cards: Mapping[str, Card], configuration: Configuration) -> Iterator[Hit]:
    """Yield a hit for each place of the spelling that the article uses beside another."""
    text = document.text
    if CASE in cards:
        for one in case_variants(text):
            yield _hit(CASE, one)
    if SPELLING in cards:
        for one in spelling_variants(text):
            yield _hit(SPELLING, one)


def _hit(rule: str, one: Variant) -> Hit:
    note = Evidence(
        one.other_start, one.other_start + len(one.other), one.other, "the other spelling in this article"
    )
    return Hit(rule, one.start, one.end, evidence=(note,))
