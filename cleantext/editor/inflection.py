"""Whether two English words are forms of one word: endings taken off, irregular forms looked up.

A crude stemmer of our own rather than Porter's, which takes derivations together as well ("general",
"generation"): here only inflection may be waved through.
"""

from __future__ import annotations

from functools import lru_cache

from cleantext.document.words import word_list

AGREEING = (
    ("is", "are"), ("was", "were"), ("has", "have"), ("does", "do"), ("isn't", "aren't"), ("wasn't", "weren't"),
    ("hasn't", "haven't"), ("doesn't", "don't"), ("this", "these"), ("that", "those"),
)  # fmt: skip
"""Words of grammar that go with one, and with several."""
_VOWELS = frozenset("aeiouy")
_KEEP = frozenset(["ss", "us", "is"])


@lru_cache(maxsize=1)
def _irregular() -> dict[str, str]:
    """Form -> first form of its line in ``editor-irregular``."""
    found: dict[str, str] = {}
    for entry in word_list("editor-irregular"):
        base, *forms = entry.split()
        for form in forms:
            found.setdefault(form, base)
    return found


@lru_cache(maxsize=65536)
def stem(word: str) -> str:
    """Return what the inflected forms of a lower-case word share.

    Possessive, plural, third person, past, participle and gerund endings go; so
    do comparison and ``-ly`` not, which change what is said.
    """
    word = word.removesuffix("'s")
    word = word.replace("'", "")
    irregular = _irregular().get(word)
    if irregular:
        word = irregular
    if len(word) <= 3 or not word.isalpha():
        return word
    if word.endswith("ies") and len(word) > 4:
        word = word[:-3] + "y"
    elif word.endswith(("sses", "shes", "ches", "xes", "zes")):
        word = word[:-2]
    elif word.endswith("s") and word[-2:] not in _KEEP:
        word = word[:-1]
    for ending in ("ing", "ed"):
        root = word[: -len(ending)]
        if word.endswith(ending) and len(root) >= 3 and any(letter in _VOWELS for letter in root):
            if root.endswith("i") and ending == "ed":
                root = root[:-1] + "y"
            elif len(root) > 3 and root[-1] == root[-2] and root[-1] not in "lsz":
                root = root[:-1]
            word = root
            break
    if len(word) > 3 and word.endswith("e"):
        word = word[:-1]
    return word
