"""Words and signs of a text, as parallel lists."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from itertools import accumulate

from cleantext.native import compiled

_native = compiled("cleantext.document._segmentation")
_DOTTED = frozenset(
    ["Mr", "Mrs", "Ms", "Dr", "Sen", "Sens", "Rep", "Reps", "Gov", "Gen", "Lt", "Col", "Sgt", "Capt", "St", "Jr", "Sr", "Prof", "Rev",
     "Hon"]
)  # fmt: skip
# Each token takes the white space after it along, so that lengths add up to offsets
# without a match object a word. An abbreviation keeps its stop, a contraction its apostrophe.
# The first three branches are what the last one finds of the commonest tokens, faster.
_TOKEN = re.compile(
    r"[a-z]+ (?=\S)|[,.] (?=\S)|[A-Z][a-z]+ (?=\S)|[a-z]+(?=,|\.\s)"
    rf"|(?:(?:{'|'.join(sorted(_DOTTED))})\."
    r"|(?:[^\W\d_]\.)+(?=\s?\w)|[^\W_]+(?:[-'’.@][^\W_]+)*|''|``|[^\w\s]|_+)\s*"
)


def before_apostrophe(word: str) -> str:
    """Return a word without what an apostrophe binds to it: "it" of "it's"."""
    return word.partition("’")[0].partition("'")[0]


class Tokens:
    """The tokens of a text: ``words``, lower-case ``lower``, and ``starts`` in code points."""

    __slots__ = ("lower", "starts", "text", "words")

    def __init__(self, text: str) -> None:
        """Cut a text; linear in its length. In C where that is built."""
        self.text = text
        self.words: list[str]
        self.lower: list[str]
        self.starts: list[int]
        if _native is None:
            self.words, self.lower, self.starts = cut_slowly(text)
        else:
            self.words, self.lower, self.starts = _native.tokens(text, _DOTTED)

    def end(self, index: int) -> int:
        """The code point after a token, white space left out."""
        return self.starts[index] + len(self.words[index])

    def at(self, offset: int) -> int:
        """The first token that starts at or after a code point."""
        return bisect_left(self.starts, offset)

    def before(self, offset: int) -> int:
        """The last token that starts at or before a code point; -1 where there is none."""
        return bisect_right(self.starts, offset) - 1


def cut_slowly(text: str) -> tuple[list[str], list[str], list[int]]:
    """Return words, words in lower case and starts, by the expression that says what a token is."""
    raw = _TOKEN.findall(text)
    words = list(map(str.rstrip, raw))
    starts = list(accumulate(map(len, raw), initial=0))
    lead = len(text) - starts.pop()
    if lead:  # white space before the first token
        starts = [start + lead for start in starts]
    return words, list(map(str.lower, words)), starts
