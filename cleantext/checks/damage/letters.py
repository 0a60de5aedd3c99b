"""Letters that were lost to the replacement character, and what they were where only one thing fits."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Mapping
from functools import cache

from cleantext.checks import Gate, Hit
from cleantext.checks.damage.vocabulary import Vocabulary
from cleantext.configuration import Configuration
from cleantext.document import Document
from cleantext.document.words import word_groups, words
from cleantext.finding import Applicability, Edit, Fix
from cleantext.rulebook import Card

RULE = "EN101"

_LOST = re.compile(r"[^\W_]*(?:\ufffd[^\W_]*){1,40}")
_HOLE = re.compile("\ufffd+")
_CLITIC = re.compile("(?P<head>[A-Za-z]+)(?P<hole>\ufffd{1,3})(?P<tail>s|t|re|ve|ll|d|m)")
_PRONOUNS = word_groups("damage-words")["pronouns"]
_NEGATED = word_groups("damage-words")["negated"]
_OPENING = re.compile("(?<![^\\s(])\ufffd{1,3}(?=[A-Z])")
_CLOSING = re.compile("(?<=[.,!?])\ufffd{1,3}(?=\\s|\\Z)")
_WORD = re.compile(r"[^\W\d_]+")
_NAMES = ("attribution-men", "attribution-women", "attribution-places", "accented-words")


def gate() -> Gate:
    """Return what a text must hold: a replacement character."""
    return Gate(patterns=("\ufffd",))


def check(document: Document, cards: Mapping[str, Card], configuration: Configuration) -> Iterator[Hit]:
    """Yield a hit for each word with lost letters: with a fix where the article or the lists know just one."""
    text = document.text
    if "\ufffd" not in text:
        return
    vocabulary = Vocabulary(document)
    marks = {mark.start: mark for mark in _quotation_marks(document)}
    own: dict[str, frozenset[str]] | None = None
    for match in _LOST.finditer(text):
        start, end = match.span()
        if text[start - 1 : start] == "\ufffd":
            continue
        edits: tuple[Edit, ...] = ()
        holes = [hole.start() for hole in _HOLE.finditer(text, start, end)]
        pair = [marks[at] for at in holes if at in marks]
        clitic = _CLITIC.fullmatch(text, start, end)
        if len(pair) == len(holes):
            edits = tuple(pair)
        elif clitic is not None and _contracts(vocabulary, clitic["head"], clitic["tail"]):
            edits = (Edit(*clitic.span("hole"), "’"),)  # an apostrophe of ASCII is never lost
        elif match.group().strip("\ufffd"):
            if own is None:
                own = _by_shape([word for word in _WORD.findall(text) if not word.isascii()])
            fitting = _fitting(own, match.group()) or _fitting(_listed(), match.group())
            if len(fitting) == 1:
                whole = fitting.pop()
                line = document.line_at(start)
                beside = text.find(whole, line.start, line.end)
                if beside >= 0 and ". " not in text[min(beside, start) : max(beside, end)]:
                    continue  # a list of renamed files, an example: both stand there on purpose
                edits = (Edit(start, end, whole),)
        if edits:
            yield Hit(RULE, start, end, (Fix(edits),))
        else:
            yield Hit(RULE, start, end, applicability=Applicability.DISPLAY)


def _contracts(vocabulary: Vocabulary, head: str, tail: str) -> bool:
    """Whether an apostrophe stands between a word and what follows: "won't", "mayor's", but not "cafés"."""
    small = head.lower()
    if tail == "t":
        return small in _NEGATED
    if tail == "s":
        return vocabulary.lists(head) or small in _PRONOUNS or vocabulary.uses(head) > 0
    return small in _PRONOUNS or (
        tail in ("d", "ll", "ve") and vocabulary.uses(head) > 0 and vocabulary.name(head)
    )


def _quotation_marks(document: Document) -> list[Edit]:
    """Return the marks of a paragraph in which as many open as close, one after the other."""
    text = document.text
    found: list[Edit] = []
    for line in document.filled:
        opening = [match.span() for match in _OPENING.finditer(text, line.start, line.end)]
        closing = [match.span() for match in _CLOSING.finditer(text, line.start, line.end)]
        if not opening or len(opening) != len(closing):
            continue
        pairs = list(zip(opening, closing, strict=True))
        if all(one[0] < other[0] for one, other in pairs) and all(
            before[1][0] < after[0][0] for before, after in itertools.pairwise(pairs)
        ):
            for one, other in pairs:
                found += [Edit(*one, "“"), Edit(*other, "”")]
    return found


def _shape(word: str) -> str:
    """Return a word as it would look with its letters beyond ASCII lost."""
    return "".join(letter if letter < "\x80" else "\ufffd" for letter in word)


def _by_shape(found: list[str]) -> dict[str, frozenset[str]]:
    shapes: dict[str, frozenset[str]] = {}
    for word in found:
        shape = _shape(word)
        shapes[shape] = shapes.get(shape, frozenset()) | {word}
    return shapes


@cache
def _listed() -> dict[str, frozenset[str]]:
    return _by_shape([word for name in _NAMES for word in words(name) if not word.isascii()])


def _fitting(shapes: Mapping[str, frozenset[str]], broken: str) -> set[str]:
    """Return the words that look so with their letters lost; each letter leaves one character, or one for each byte."""
    found = set(shapes.get(broken, ()))
    once = _HOLE.sub("\ufffd", broken)
    if once != broken:
        found |= shapes.get(once, frozenset())
    if not found and broken[0].isupper() and broken[1:].upper() != broken[1:]:
        found = {word.capitalize() for word in shapes.get(once[0].lower() + once[1:], ())}
    return found
