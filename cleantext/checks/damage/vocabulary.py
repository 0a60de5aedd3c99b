"""Which words there are: those of the article itself first, then the lists of English."""

from __future__ import annotations

import re

from cleantext.document import Document
from cleantext.document.words import words

_WORD = re.compile(r"[^\W\d_]+")


class Vocabulary:
    """The words that one article may use; every view is worked out once, when first asked for."""

    def __init__(self, document: Document) -> None:
        """Wrap a document; nothing is read yet."""
        self._text = document.text
        self._counts: dict[str, int] | None = None

    def lists(self, word: str) -> bool:
        """Whether the lists of English have a word, in any case."""
        small = word.lower()
        return small in words("english-common") or small in words("english-words") or small in ("a", "i")

    def common(self, word: str) -> bool:
        """Whether everybody uses a word."""
        return word.lower() in words("english-common") or word in ("a", "I", "A")

    def uses(self, word: str) -> int:
        """How often the article has a word as it is written."""
        if self._counts is None:
            self._counts = {}
            for found in _WORD.findall(self._text):
                self._counts[found] = self._counts.get(found, 0) + 1
        return self._counts.get(word, 0)

    def knows(self, word: str) -> bool:
        """Whether a word is one of the lists or of the article."""
        return self.lists(word) or self.uses(word) > 0

    def name(self, word: str) -> bool:
        """Whether a word is a usual given name, or stands with its capital in the article."""
        return word in words("attribution-men") or word in words("attribution-women") or self.uses(word) > 0
