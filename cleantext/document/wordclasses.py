"""Words as classes: function words as they are, other words by shape and ending.

Machine translation gives itself away by how function words, marks and endings
follow one another, whatever the article is about. So a word is kept only where
it is one of the vocabulary's function words or verbs of saying; every other
word is `x` (lower case) or `X` (capital), `h` (hyphenated) or `AA` (capitals),
and lower-case words keep their last two letters where those are a frequent
English ending. Some words stand for their kind: common words for their part of
speech, adjectives of nations, days, months, words that translation leaves in the source language. Numbers are `<n>`, years `<y>`, a decimal comma `<n,>`. Opening,
closing and lone quotation marks are told apart and straightened, and all dashes
are one class, because a site's typography says nothing about translation.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from itertools import chain

_PIECE = re.compile(r"\d[\d.,:]*|\w+(?:['’‑-]\w+)*['’]?|[^\w\s]")
_DECIMAL_COMMA = re.compile(r"\d+,\d\d?")
_YEAR = re.compile(r"(?:19|20)\d\d")
_QUOTES = frozenset('"“”„‟«»')
_DASHES = frozenset("-‐‑–—―")
_MARKS = frozenset(".,:;?!()%$'…/")
_LONGEST = 64
_REMEMBERED = 100_000


class WordClasses(dict[str, tuple[str, ...]]):
    """Classes of each space-separated word, worked out once and remembered, at most so many words."""

    def __init__(
        self,
        vocabulary: Collection[str],
        endings: Collection[str],
        kinds: Mapping[str, Collection[str]] | None = None,
    ) -> None:
        """Take the words that are classes of their own, in lower case, and the endings that are kept.

        ``kinds`` has the words, as they are written, that stand for one class.
        """
        super().__init__()
        self.kinds = {word: name for name, words in (kinds or {}).items() for word in words}
        self.vocabulary = frozenset(vocabulary)
        self.endings = frozenset(endings)

    def __missing__(self, word: str) -> tuple[str, ...]:
        classes = self.classes_of(word)
        if len(word) <= _LONGEST:
            # Articles share most of their words; a hostile one must not fill the memory.
            if len(self) >= _REMEMBERED:
                self.clear()
            self[word] = classes
        return classes

    def of(self, text: str) -> list[str]:
        """Return the classes of a text, in order; the work per known word is a split and two look-ups."""
        return list(chain.from_iterable(map(self.__getitem__, text.split())))

    def classes_of(self, word: str) -> tuple[str, ...]:
        """Return the classes of one space-separated word, remembering nothing."""
        pieces = _PIECE.findall(word)
        last = len(pieces) - 1
        classes = []
        for number, piece in enumerate(pieces):
            first = piece[0]
            if first.isalpha():
                classes.append(self._word(piece))
            elif first.isdigit():
                classes.extend(_number(piece))
            elif first in _QUOTES:
                if not last:
                    classes.append('"')
                else:
                    opens = number < last and pieces[number + 1][0].isalnum()
                    classes.append('"(' if opens else '")')
            elif first in _DASHES:
                classes.append("-")
            elif first in "‘’":
                classes.append("'")
            else:
                classes.append(first if first in _MARKS else "?")
        return tuple(classes)

    def _word(self, piece: str) -> str:
        kind = self.kinds.get(piece.rstrip("'’"))
        if kind:
            return kind
        if len(piece) > 1 and piece.isupper():
            return "AA"
        low = piece.lower().replace("’", "'")
        if low in self.vocabulary:
            return low
        if low.endswith("'"):
            if len(low) <= 3:
                return "l'"
            low = low[:-1]
        capital = piece[0].isupper()
        if low.endswith("'s"):
            return "X's" if capital else "x's"
        shape = "h" if "-" in low or "‑" in low else "X" if capital else "x"
        if not low.isascii():
            shape += "é"
        ending = low[-2:]
        return shape + ending if shape != "X" and len(low) > 4 and ending in self.endings else shape


def _number(piece: str) -> tuple[str, ...]:
    bare = piece.rstrip(".,:")
    if _YEAR.fullmatch(bare):
        name = "<y>"
    elif _DECIMAL_COMMA.fullmatch(bare):
        name = "<n,>"
    else:
        name = "<n>"
    return (name,) if bare == piece else (name, piece[-1])
