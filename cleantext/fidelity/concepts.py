"""Common words of news by what they mean, in the languages whose numbers are read: ``rules/fidelity/concepts.toml``."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache

from cleantext.rulefiles import rules_dir

SHORTEST, LONGEST = 2, 9
"""Letters of a stem, at least and at most."""
_UNSPACED = frozenset(["zh", "ja"])
_WORD = re.compile(r"[^\W\d_][\w'’.-]*[^\W_]|[^\W\d_]")


@cache
def _tables() -> Mapping[str, tuple[Mapping[str, str], Mapping[str, str]]]:
    """Language -> whole words and stems, each with the concept it stands for."""
    data = tomllib.loads((rules_dir() / "fidelity" / "concepts.toml").read_text("utf-8"))
    tables: dict[str, tuple[dict[str, str], dict[str, str]]] = {}
    for concept, languages in data.items():
        for lang, forms in languages.items():
            words, stems = tables.setdefault(lang, ({}, {}))
            for form in forms.split():
                if form.endswith("*"):
                    stems[form[:-1]] = concept
                else:
                    words[form] = concept
    return tables


@cache
def _unspaced(lang: str) -> tuple[re.Pattern[str], Mapping[str, str]]:
    words, _ = _tables()[lang]
    longest_first = sorted(words, key=lambda word: (-len(word), word))
    return re.compile("|".join(map(re.escape, longest_first))), words


@lru_cache(1 << 16)
def _concept(word: str, lang: str) -> str | None:
    words, stems = _tables()[lang]
    found = words.get(word)
    if found is not None:
        return found
    for length in range(min(len(word), LONGEST), SHORTEST - 1, -1):
        found = stems.get(word[:length])
        if found is not None:
            return found
    return None


def is_known(lang: str) -> bool:
    """Whether a language has a table of common words."""
    return lang in _tables()


def concepts(text: str, lang: str) -> Iterator[str]:
    """Yield the concepts that a sentence's words stand for, in order; none in a language without a table."""
    if lang not in _tables():
        return
    if lang in _UNSPACED:
        pattern, words = _unspaced(lang)
        for found in pattern.finditer(text):
            yield words[found.group()]
        return
    for found in _WORD.finditer(text.lower()):
        concept = _concept(found.group(), lang)
        if concept is not None:
            yield concept
