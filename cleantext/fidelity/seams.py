"""Where a heading runs into the sentence behind it: extraction and segmentation lose the line end between them.

What is found is a guess. An alignment may take both sides of a seam for one sentence at little cost, so a
wrong guess does no harm, and a right one keeps a lost first sentence from hiding behind its heading.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import cache, cached_property

from cleantext.document.words import word_list
from cleantext.fidelity.scripts import UNSPACED

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_SPACE = re.compile(
    rf"(?<=[{UNSPACED}])[ \u3000]+(?=[{UNSPACED}A-Za-z0-9「『（(【《])|(?<=[A-Za-z0-9])[ \u3000]+(?=[{UNSPACED}「『【《])"
)
_BETWEEN = re.compile(r"[\"»”’)%\d\u00a0]* [\"«“„‘]?")
_LEAST = 18
"""Code points of a heading and of what follows it."""
_MOST = 2
"""Seams of one line; headings with every word in capitals look like many."""
_FREQUENT, _SHORT = 3, 4
"""How often a word of so few letters stands in a text that is no end of a heading: "of", "the", "и"."""
_STEM = 5
NOUNS_IN_CAPITALS = frozenset(["de", "lb"])
"""Languages that write every noun with a capital: there a capital makes neither a name nor a beginning."""


@cache
def _small_words() -> frozenset[str]:
    """The commonest words of all languages that have a list: with a capital they begin a sentence."""
    return frozenset(
        word for entry in word_list("languages") for word in entry.partition(":")[2].split() if word.isalpha()
    )


class Vocabulary:
    """The words that a text writes small, by which one with a capital is told from a name; read when first asked."""

    def __init__(self, text: str) -> None:
        self._text = text

    @cached_property
    def small(self) -> Counter[str]:
        """How often each word stands in small letters."""
        return Counter(word for word in _WORD.findall(self._text) if word[0].islower())

    @cached_property
    def _stems(self) -> frozenset[str]:
        return frozenset(word[:_STEM] for word in self.small if len(word) > _STEM)

    def is_common(self, word: str) -> bool:
        """Whether a word with a capital is written small too, or is of those that every text is made of."""
        word = word.lower()
        return (
            word in self.small
            or word in _small_words()
            or (len(word) > _STEM and word[:_STEM] in self._stems)
        )

    def begins_with_name(self, text: str, start: int) -> bool:
        """Whether what begins at a code point begins with a capital that no sentence gives it."""
        word = _WORD.search(text, start, start + _STEM * 8)
        return word is not None and word.group()[0].isupper() and not self.is_common(word.group())

    def is_frequent(self, word: str) -> bool:
        """Whether a word is one of the little ones that stand before others."""
        return len(word) <= _SHORT and self.small[word] >= _FREQUENT


def seams(text: str, start: int, end: int, vocabulary: Vocabulary, *, loose: bool = False) -> list[int]:
    """Return where in a sentence, code points ``start:end``, another one may begin, in order.

    ``loose``: at any word with a capital, for a sentence that there is reason to suspect.
    """
    found = [space.end() for space in _SPACE.finditer(text, start, end)]
    if found:
        return [at for at in found if at - start >= _SHORT and end - at >= _SHORT]
    scored: list[tuple[float, int]] = []
    words = list(_WORD.finditer(text, start, end))
    for before, word, after in zip(words[1:], words[2:], words[3:], strict=False):
        written = word.group()
        if not written[0].isupper() or (len(written) > 1 and written.isupper()):
            continue
        between = _BETWEEN.fullmatch(text, before.end(), word.start())
        if between is None or word.start() - start < _LEAST or end - word.start() < _LEAST:
            continue
        common = vocabulary.is_common(written)
        named = before.group()[0].isupper()
        if not (common or (loose and not named)) or vocabulary.is_frequent(before.group()):
            continue
        at = before.end() + between.group().rindex(" ") + 1
        scored.append((common + after.group()[0].islower() - 0.5 * named, -at))
    return sorted(-at for _, at in sorted(scored, reverse=True)[:_MOST])
