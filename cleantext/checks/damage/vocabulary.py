"""Which words there are: those of the article itself first, then the lists of English."""

from __future__ import annotations

import re
from collections import Counter

from cleantext.document import Document
from cleantext.document.words import given_names, words

_FEW = 16  # words counted one by one; for more, all words of the text are
_WORD = re.compile(r"[^\W\d_]+")


class Vocabulary:
    """The words that one article may use; every view is worked out once, when first asked for."""

    def __init__(self, document: Document) -> None:
        """Wrap a document; nothing is read yet."""
        self._text = document.text
        self._counts: Counter[str] | None = None
        self._asked = 0

    def lists(self, word: str) -> bool:
        """Whether the lists of English have a word, in any case."""
        small = word.lower()
        return small in words("english-common") or small in words("english-words") or small in ("a", "i")

    def common(self, word: str) -> bool:
        """Whether everybody uses a word."""
        return word.lower() in words("english-common") or word in ("a", "I", "A")

    def uses(self, word: str) -> int:
        """How often the article has a word as it is written."""
        self._asked += 1
        if (self._counts is None and self._asked <= _FEW) or not word.isalpha():
            return _count(self._text, word)
        if self._counts is None:
            self._counts = Counter(_WORD.findall(self._text))
        return self._counts[word]

    def knows(self, word: str) -> bool:
        """Whether a word is one of the lists or of the article."""
        return self.lists(word) or self.uses(word) > 0

    def name(self, word: str) -> bool:
        """Whether a word is a usual given name, or stands with its capital in the article."""
        return word in given_names() or self.uses(word) > 0


def _count(text: str, word: str) -> int:
    """Count a word by looking for its letters, which takes no look at the other words."""
    count, at = 0, text.find(word)
    while at >= 0:
        end = at + len(word)
        count += not (text[at - 1 : at].isalpha() or text[end : end + 1].isalpha())
        at = text.find(word, end)
    return count


def chunk_start(text: str, at: int, low: int = 0) -> int:
    """Return where what stands between two blanks begins, no further back than ``low``."""
    while at > low and not text[at - 1].isspace():
        at -= 1
    return at


def chunk_end(text: str, at: int, high: int) -> int:
    """Return where what stands between two blanks ends, no further on than ``high``."""
    while at < high and not text[at].isspace():
        at += 1
    return at
