"""Degrees: what is bigger is not the biggest, and "even" and "already" say something of their own."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal, NamedTuple, TypeAlias

from cleantext.editor.change import Change
from cleantext.editor.reading import Reading

Degree: TypeAlias = Literal["more", "most"]


class _Compared(NamedTuple):
    """A word in a degree: what its forms share, and which one it is."""

    base: str
    degree: Degree


_IRREGULAR: dict[str, _Compared] = {
    "better": _Compared("good", "more"),
    "best": _Compared("good", "most"),
    "worse": _Compared("bad", "more"),
    "worst": _Compared("bad", "most"),
    "farther": _Compared("far", "more"),
    "further": _Compared("far", "more"),
    "farthest": _Compared("far", "most"),
    "furthest": _Compared("far", "most"),
    "less": _Compared("little", "more"),
    "least": _Compared("little", "most"),
}


def guard(change: Change) -> str | None:
    """Refuse a cut after which the greater one of two is the greatest of all, or the other way round."""
    old, new = set(_compared(change.passage)), set(_compared(change.after))
    for one in sorted(old - new):
        other = _Compared(one.base, "most" if one.degree == "more" else "more")
        if other in new - old:
            return f"“{one.base}” would be compared otherwise"
    return None


def _compared(reading: Reading) -> Iterator[_Compared]:
    """Yield the words of a text that may be in a degree: "bigger", "more careful"."""
    for k, token in enumerate(reading.tokens):
        word = token.lower
        if word in _IRREGULAR:
            yield _IRREGULAR[word]
        elif token.kind == "word" and word.endswith("er") and len(word) > 4:
            yield _Compared(_base(word[:-2]), "more")
        elif token.kind == "word" and word.endswith("est") and len(word) > 5:
            yield _Compared(_base(word[:-3]), "most")
        elif word in ("more", "most") and k + 1 < len(reading.tokens) and reading.content[k + 1]:
            yield _Compared(reading.tokens[k + 1].lower, "more" if word == "more" else "most")


def _base(root: str) -> str:
    """Return what "bigg", "heavi" and "larg" come from, cut alike for both degrees."""
    return root.removesuffix("i").removesuffix("y")
