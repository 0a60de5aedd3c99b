"""Words in quotation marks that are no speech: titles of books, songs, programmes and talks."""

from __future__ import annotations

from collections.abc import Sequence

from cleantext.document.quotations import QuotationMarks
from cleantext.document.words import word_group, words

MARKS = "\"“”„‟«»＂'‘’`"
"""The marks that words are quoted in."""
MARKS_AND_BLANKS = MARKS + "\u00a0 \t\r\n"
"""What surrounds the words of a quotation."""
_LONGEST = 80  # code points of the name of a programme
_BEFORE = 24  # code points in which the word before a quotation stands
_LEADS_TO_A_NAME = (
    word_group("prepositions") | words("attribution-determiners") | frozenset(["called", "titled", "entitled", "named"])
)  # fmt: skip
# Words that titles write small.
_SMALL = word_group("small-in-titles")


def is_title(words_: Sequence[str], last: str) -> bool:
    """Whether words are written as a title is: each with a capital but the small ones; ``last`` is what they end with."""
    long = [word for word in words_ if word[0].isalpha() and word not in _SMALL]
    return bool(long) and last not in "?!" and all(word[0].isupper() for word in long)


def is_programme(text: str, quotation: QuotationMarks) -> bool:
    """Whether a quotation is the name of a programme or a work that its own sentence goes on with.

    It is written as a title, and a preposition, an article or a possessive leads to it: told NBC's “Meet the Press”.
    """
    if quotation.end - quotation.start > _LONGEST or not (quotation.opened and quotation.closed):
        return False
    before = text[max(0, quotation.start - _BEFORE) : quotation.start]
    if before[-1:] not in (" ", "\u00a0"):
        return False
    word = before.rstrip(" \u00a0").rpartition(" ")[2].lower()
    if word not in _LEADS_TO_A_NAME and not word.endswith(("'s", "’s", "s'", "s’")):
        return False
    inner = text[quotation.start : quotation.end].strip(MARKS_AND_BLANKS)
    parts = inner.rstrip(",.").split()
    return bool(parts) and is_title(parts, inner[-1:])
