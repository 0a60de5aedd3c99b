"""A passage or a reply as the editor reads it: words, numbers and marks, and which of them carry content."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple

from cleantext.document.once import once
from cleantext.document.words import word_groups, words
from cleantext.editor.inflection import stem

# A word keeps its apostrophe and what follows it; a hyphen parts two words; a figure keeps the
# separators that stand between its digits. Anything else that is no white space is a mark by itself.
_TOKEN = re.compile(r"\d+(?:[.,:'’\u00a0\u202f]\d+)*|[^\W\d_]+(?:['’][^\W\d_]+)*['’]?(?=s\b)?|[^\w\s]|_|\w")
RECENT = 8
"""Texts of which is kept what was found in them: a passage is looked at again with every cut of its reply."""
_ENDS = frozenset(".!?…:;")
_OPENING = frozenset("“„«‘")
_STRAIGHT_MARKS = frozenset("\"'")
_STRAIGHT = str.maketrans("’‘ʼ", "'''")


class Token(NamedTuple):
    """One word, figure or mark: code points ``start:end`` of its text; ``lower`` has straight apostrophes."""

    start: int
    end: int
    text: str
    lower: str
    kind: str  # "word", "figure" or "mark"


class Reading:
    """A short text and its tokens; every view is worked out once, when first asked for."""

    def __init__(self, text: str) -> None:
        """Cut a text into tokens; linear in its length."""
        self.text = text
        self.tokens = tokens(text)

    @once
    def stems(self) -> tuple[str, ...]:
        """What each token is compared by: a word without its ending, anything else in lower case."""
        return tuple(stem(token.lower) if token.kind == "word" else token.lower for token in self.tokens)

    @once
    def content(self) -> tuple[bool, ...]:
        """Whether each token carries content: a figure, or a word that is no grammar."""
        return tuple(is_content(token) for token in self.tokens)

    @once
    def opening(self) -> tuple[bool, ...]:
        """Whether each token opens the text or a sentence, so that its capital says nothing."""
        abbreviations = words("attribution-abbreviations")
        opens = True
        found = []
        before = ""
        for token in self.tokens:
            found.append(opens)
            if token.kind != "mark":
                opens, before = False, token.text
            elif token.text == ".":
                opens = opens or not (before in abbreviations or (len(before) == 1 and before.isupper()))
            else:
                opens = opens or token.text in _ENDS or token.text in _OPENING or self._opens_quotation(token)
        return tuple(found)

    def _opens_quotation(self, mark: Token) -> bool:
        before = self.text[mark.start - 1 : mark.start]
        return (
            mark.text in _STRAIGHT_MARKS
            and not before.strip()
            and self.text[mark.end : mark.end + 1].isalnum()
        )

    @once
    def words(self) -> tuple[str, ...]:
        """The words and figures in lower case, marks left out."""
        return self.words_in(0, len(self.tokens))

    def words_in(self, start: int, end: int) -> tuple[str, ...]:
        """Return the words and figures among some tokens in lower case, marks left out."""
        return tuple(token.lower for token in self.tokens[start:end] if token.kind != "mark")


def tokens(text: str) -> tuple[Token, ...]:
    """Cut a text into words, figures and marks, white space left out."""
    found = []
    for match in _TOKEN.finditer(text):
        word = match.group()
        first = word[0]
        if first.isdigit():
            kind = "figure"
        elif first.isalpha():
            kind = "word"
        else:
            kind = "mark"
        if kind == "word" and word[-1] in "'’":  # no token ends in a quotation mark
            word = word[:-1]
            found.append(Token(match.start(), match.end() - 1, word, _lower(word), kind))
            found.append(Token(match.end() - 1, match.end(), match.group()[-1], "'", "mark"))
            continue
        found.append(Token(match.start(), match.end(), word, _lower(word), kind))
    return tuple(found)


def _lower(word: str) -> str:
    return word.lower().translate(_STRAIGHT)


def is_content(token: Token) -> bool:
    """Whether a token says something that grammar alone would not; "IT" and "WHO" do."""
    acronym = len(token.text) > 1 and token.text.isupper()
    return token.kind == "figure" or (token.kind == "word" and (acronym or token.lower not in grammar()))


@lru_cache(maxsize=1)
def grammar() -> frozenset[str]:
    """The words that carry grammar and no content: articles, prepositions, pronouns, auxiliaries, connectives."""
    groups = word_groups("editor-grammar")
    return frozenset().union(*groups.values())


@lru_cache(maxsize=1)
def light() -> frozenset[str]:
    """The stems of content words that say little by themselves and may come or go alone."""
    return frozenset(map(stem, words("editor-light")))


@lru_cache(maxsize=65536)
def plain(word: str) -> str:
    """Return a word in lower case without accents, to compare spellings by."""
    decomposed = unicodedata.normalize("NFKD", word.lower())
    return "".join(mark for mark in decomposed if not unicodedata.combining(mark))
