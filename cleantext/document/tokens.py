"""Words and signs of a text, as parallel lists."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from itertools import accumulate

# Each token takes the white space after it along, so that lengths add up to offsets
# without a match object a word. An abbreviation keeps its stop, a contraction its apostrophe.
# The first three branches are what the last one gives for the commonest tokens, faster.
_TOKEN = re.compile(
    r"[a-z]+ (?=\S)|[,.] (?=\S)|[A-Z][a-z]+ (?=\S)|[a-z]+(?=,|\.\s)"
    r"|(?:(?:Mr|Mrs|Ms|Dr|Sen|Sens|Rep|Reps|Gov|Gen|Lt|Col|Sgt|Capt|St|Jr|Sr|Prof|Rev|Hon)\."
    r"|(?:[^\W\d_]\.)+(?=\s?\w)|[^\W_]+(?:[-'’.@][^\W_]+)*|''|``|[^\w\s]|_+)\s*"
)


def before_apostrophe(word: str) -> str:
    """Return a word without what an apostrophe binds to it: "it" of "it's"."""
    return word.partition("’")[0].partition("'")[0]


class Tokens:
    """The tokens of a text: ``words``, lower-case ``lower``, and ``starts`` in code points."""

    __slots__ = ("lower", "starts", "text", "words")

    def __init__(self, text: str) -> None:
        """Cut a text; linear in its length."""
        raw = _TOKEN.findall(text)
        self.text = text
        self.words: list[str] = list(map(str.rstrip, raw))
        self.lower: list[str] = list(map(str.lower, self.words))
        self.starts: list[int] = list(accumulate(map(len, raw), initial=0))
        lead = len(text) - self.starts.pop()
        if lead:  # white space before the first token
            self.starts = [start + lead for start in self.starts]

    def end(self, index: int) -> int:
        """The code point after a token, white space left out."""
        return self.starts[index] + len(self.words[index])

    def at(self, offset: int) -> int:
        """The first token that starts at or after a code point."""
        return bisect_left(self.starts, offset)

    def before(self, offset: int) -> int:
        """The last token that starts at or before a code point; -1 where there is none."""
        return bisect_right(self.starts, offset) - 1
