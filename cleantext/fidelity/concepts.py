"""Common words of news by what they mean, a file a language: ``rules/fidelity/concepts/``."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache, lru_cache
from typing import NamedTuple

from cleantext.rulefiles import rules_dir

_SHORTEST = 2
"""Letters of the shortest stem."""
_UNSPACED = frozenset(["zh", "ja", "he"])
"""Languages whose forms are looked for anywhere: no space parts their words, or little words are written on to them."""
_WORD = re.compile(r"[^\W\d_][\w'’.-]*[^\W_]|[^\W\d_]")


class _Table(NamedTuple):
    """Whole words and stems of a language, each with the concepts it may stand for."""

    words: Mapping[str, tuple[str, ...]]
    stems: Mapping[str, tuple[str, ...]]
    longest: int
    by_first: Mapping[str, tuple[str, ...]]


@cache
def _table(lang: str) -> _Table | None:
    path = rules_dir() / "fidelity" / "concepts" / f"{lang}.txt"
    if not re.fullmatch("[a-z]{2}", lang) or not path.is_file():
        return None
    words: dict[str, tuple[str, ...]] = {}
    stems: dict[str, tuple[str, ...]] = {}
    for line in path.read_text("utf-8").splitlines():
        concept, found, forms = line.partition(":")
        if line.startswith("#") or not found:
            continue
        for form in forms.split():
            table = stems if form.endswith("*") else words
            form = form.removesuffix("*")
            table[form] = (*table.get(form, ()), concept)
    by_first: dict[str, tuple[str, ...]] = {}
    for form in sorted(words, key=len, reverse=True):
        by_first[form[0]] = (*by_first.get(form[0], ()), form)
    return _Table(words, stems, max(map(len, stems), default=0), by_first)


@lru_cache(1 << 16)
def _concepts(word: str, lang: str) -> tuple[str, ...]:
    table = _table(lang)
    assert table is not None
    found = table.words.get(word)
    if found is not None:
        return found
    for length in range(min(len(word), table.longest), _SHORTEST - 1, -1):
        found = table.stems.get(word[:length])
        if found is not None:
            return found
    return ()


_COMPOUNDING = frozenset(["de", "is", "nl"])
"""Languages that write nouns together: what a word means at its end is what it is."""
_LONG, _HEAD, _TAIL = 9, 4, 5
"""Letters of a word that may be made of two, of the first at least, and of a stem that is looked for behind it."""


@lru_cache(1 << 15)
def _within(word: str, lang: str) -> tuple[str, ...]:
    """Return the concepts of the longest end of a word that is a word too."""
    table = _table(lang)
    assert table is not None
    for at in range(_HEAD, len(word) - _HEAD):
        tail = word[at:]
        found = table.words.get(tail)
        for length in range(min(len(tail), table.longest), _TAIL - 1, -1):
            found = found or table.stems.get(tail[:length])
        if found:
            return found
    return ()


def compounded(text: str, lang: str) -> Iterator[str]:
    """Yield the concepts that the second halves of a sentence's compounds may stand for, in order."""
    if lang in _COMPOUNDING:
        for word in _WORD.findall(text.lower()):
            if len(word) >= _LONG:
                yield from _within(word, lang)


@cache
def _rarities() -> Mapping[str, float]:
    lines = (rules_dir() / "fidelity" / "concept-rarity.txt").read_text("utf-8").splitlines()
    pairs = (line.partition(":") for line in lines if line and not line.startswith("#"))
    return {concept: float(nats) for concept, _, nats in pairs}


RAREST, COMMON = 5.0, 2.5
"""Nats of a concept that hardly a sentence holds, and of one that many hold, which tells nothing."""


def rarity(found: Iterable[str]) -> float:
    """Return how much concepts tell together: the nats by which each is rarer in news than a common one."""
    known = _rarities()
    return sum(max(0.0, min(RAREST, known.get(concept, RAREST)) - COMMON) for concept in found)


def is_known(lang: str) -> bool:
    """Whether a language has a table of common words."""
    return _table(lang) is not None


def concepts(text: str, lang: str) -> Iterator[str]:
    """Yield the concepts that a sentence's words may stand for, in order; none in a language without a table."""
    table = _table(lang)
    if table is None:
        return
    if lang in _UNSPACED:
        yield from _anywhere(text, table)
        return
    for word in _WORD.findall(text.lower()):
        yield from _concepts(word, lang)


def _anywhere(text: str, table: _Table) -> Iterator[str]:
    """Look for forms at every place, the longest first, none over another."""
    at, by_first = 0, table.by_first
    while at < len(text):
        for form in by_first.get(text[at], ()):
            if text.startswith(form, at):
                yield from table.words[form]
                at += len(form)
                break
        else:
            at += 1
