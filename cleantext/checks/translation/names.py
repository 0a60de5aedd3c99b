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
PLACES = 40
"""Places of a name that a finding tells; a name of a book stands in thousands."""

_CAPITALS = re.compile(r"\b[A-Z]{3,6}\b(?![.-]\w)")
_NAME = re.compile(r"\b[^\W\d_a-z][^\W\d_A-Z]{4,}\b")
_SOUNDS = (
    ("ph", "f"), ("kh", "h"), ("ou", "u"), ("oo", "u"), ("ck", "k"), ("c", "k"), ("w", "v"),
    ("y", "i"), ("ie", "i"), ("dj", "j"), ("dzh", "j"), ("tch", "ch"), ("sch", "sh"),
)  # fmt: skip
_DOUBLE = re.compile(r"(.)\1")


class Spelling(NamedTuple):
    """One way in which an article writes a name, and where it does, in code points."""

    form: str
    starts: tuple[int, ...]


class Name(NamedTuple):
    """A name in several spellings: the one that counts as its own first, then the others in order of the text."""

    own: Spelling
    others: tuple[Spelling, ...]


def case_variants(text: str) -> Iterator[Name]:
    """Find "Isis" where the article also writes "ISIS" among words that are not all in capitals."""
    seen: dict[str, list[int]] = {}
    for found in _CAPITALS.finditer(text):
        if not _shouted(text, found.start(), found.end()):
            seen.setdefault(found.group(), []).append(found.start())
    openers = words("attribution-openers")
    for word, starts in seen.items():
        small = word.capitalize()
        if small in openers:
            continue
        if (low := word.lower()) in words("english-words") or low in words("english-common"):
            continue  # "ZEAL, n." heads an entry, "Zeal" a line of verse
        # A word that also stands in small letters is no name ("WHO", "Who", "who").
        if small not in text or re.search(rf"\b{word.lower()}\b", text):
            continue
        if places := tuple(found.start() for found in re.finditer(rf"\b{small}\b", text)):
            yield Name(Spelling(word, tuple(starts)), (Spelling(small, places),))


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


def spelling_variants(text: str) -> Iterator[Name]:
    """Find a name that stands in several romanisations, or with two letters swapped; the most frequent is its own."""
    places: dict[str, list[int]] = defaultdict(list)
    for found in _NAME.finditer(text):
        places[found.group()].append(found.start())
    by_key: dict[tuple[str, str], list[str]] = defaultdict(list)
    for name in places:
        by_key["sound", sound_of(name)].append(name)
        by_key["letters", name[0] + "".join(sorted(name))].append(name)
    done: set[str] = set()
    others: dict[str, list[str]] = {}
    for (kind, _), forms in by_key.items():
        if len(forms) < 2:
            continue
        forms.sort(key=lambda form: (-len(places[form]), places[form][0]))
        best = forms[0]
        for form in forms[1:]:
            if form in done or (kind == "letters" and not _swapped(best, form)):
                continue
            if best.lower() in (common := words("english-common")) and form.lower() in common:
                continue  # "Three" and "There" at the beginning of sentences are no names
            done.add(form)
            others.setdefault(best, []).append(form)
    for best, forms in others.items():
        spelt = sorted((Spelling(form, tuple(places[form])) for form in forms), key=lambda one: one.starts)
        yield Name(Spelling(best, tuple(places[best])), tuple(spelt))


def _swapped(one: str, other: str) -> bool:
    """Whether two words differ by two neighbouring letters in the other order."""
    places = [i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b]
    return len(one) == len(other) and len(places) == 2 and places[1] == places[0] + 1


def check(document: Document, cards: Mapping[str, Card], configuration: Configuration) -> Iterator[Hit]:
    """Yield one hit for each name of several spellings: one fault, however often it stands."""
    text = document.text
    if CASE in cards:
        for one in case_variants(text):
            yield _hit(CASE, one)
    if SPELLING in cards:
        for one in spelling_variants(text):
            yield _hit(SPELLING, one)


def _hit(rule: str, name: Name) -> Hit:
    """Return a hit at the first place that is spelt otherwise, with every other place of the name as evidence."""
    first = name.others[0]
    evidence = [_there(name.own, start, "its other spelling in this article") for start in name.own.starts]
    for spelling in name.others:
        evidence += [_there(spelling, start, "spelt so here, too") for start in spelling.starts]
    start = first.starts[0]
    elsewhere = [one for one in evidence if one.start != start]
    # The own spelling stays first; what a page shows of a long list is its beginning.
    return Hit(rule, start, start + len(first.form), evidence=tuple(elsewhere[:PLACES]))


def _there(spelling: Spelling, start: int, note: str) -> Evidence:
    return Evidence(start, start + len(spelling.form), spelling.form, note)
