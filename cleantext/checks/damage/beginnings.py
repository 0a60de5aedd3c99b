"""Capitals that a page set apart from their words, or that were lost with a picture; bullets left alone."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from cleantext.checks import Hit
from cleantext.checks.damage.signs import signs
from cleantext.checks.damage.vocabulary import Vocabulary
from cleantext.configuration import Configuration
from cleantext.document import Document
from cleantext.document.words import word_groups
from cleantext.finding import Applicability, Edit, Fix
from cleantext.rulebook import Card

APART, LOST, BULLET = "TY106", "TY107", "TY108"

_CAPITAL = re.compile(
    r"[\"“‘']?(?P<capital>[A-ZÀ-Þ])(?P<gap>[ \u00a0]|[ \t]*(?:\r\n|\r|\n)(?:[ \t]*(?:\r\n|\r|\n))?)"
    r"(?P<rest>[a-zß-ÿ]+)(?![\w.])"
)
_QUOTES = frozenset("\"“‘'")
_GAPS = frozenset(" \t\r\n\u00a0")
# "T in the Park", "B and C", "where X is the number".
_AFTER_A_LETTER = word_groups("damage-words")["after-a-letter"]
_WORDS_ALONE = frozenset("AIO")
_SMALL_START = re.compile(r"(?P<word>[a-z]+)(?:[ ,]|’|')")
_BULLET = re.compile(r"[ \t]*(?P<bullet>[-*•–·])[ \t]*(?P<end>\r\n|\r|\n)(?=[^\W_])")
_BULLET_LINE = 12  # code points of a line that holds a bullet alone
_PROSE = 60  # code points of a line that is running text


def check(document: Document, cards: Mapping[str, Card], configuration: Configuration) -> Iterator[Hit]:
    """Yield a hit for each capital that stands apart from its word, for a lost one, and for bullets left alone."""
    text = document.text
    here = signs(document)
    if APART in cards and "capital" in here:
        yield from _apart(document)
    if LOST in cards and "small" in here:
        yield from _lost(document)
    if BULLET in cards and "bullet" in here:
        for line in document.filled:
            if line.end - line.start > _BULLET_LINE or line.start == 0:
                continue
            match = _BULLET.match(text, line.start)
            if match is not None:
                edit = Edit(match.start("end"), match.end("end"), " ")
                yield Hit(BULLET, line.start, match.end(), (Fix((edit,)),))


def _apart(document: Document) -> Iterator[Hit]:
    text = document.text
    vocabulary: Vocabulary | None = None
    found: list[re.Match[str]] = []
    last = len(text) - 1
    may_be = [
        start
        for start, _, _ in document.filled
        if start < last
        and (text[start + 1] in _GAPS or (text[start] in _QUOTES and text[start + 2 : start + 3] in _GAPS))
    ]
    for start in may_be:
        match = _CAPITAL.match(text, start)
        if match is None:
            continue
        vocabulary = vocabulary or Vocabulary(document)
        if _belongs(vocabulary, *match.group("capital", "rest")):
            found.append(match)
    # "A is for apple, B is for bear": letters that are spoken of have the same word behind them.
    capitals: dict[str, set[str]] = {}
    for match in found:
        capitals.setdefault(match["rest"], set()).add(match["capital"])
    for match in found:
        if len(capitals[match["rest"]]) == 1:
            edit = Edit(*match.span("gap"), "")
            yield Hit(APART, match.start("capital"), match.end(), (Fix((edit,)),))


def _belongs(vocabulary: Vocabulary, capital: str, rest: str) -> bool:
    """Whether a capital is the first letter of what follows it: "T he", "N o one", "M aria".

    "A", "I" and "O" are words, and "B movies" a kind of film: the rest has to be none then, or the whole one.
    """
    whole = capital + rest

    def known() -> bool:
        return vocabulary.lists(whole) or vocabulary.name(whole)

    if capital in _WORDS_ALONE:
        return not vocabulary.lists(rest) and known() and vocabulary.uses(rest) < 2
    return rest not in _AFTER_A_LETTER and known()


def _lost(document: Document) -> Iterator[Hit]:
    """An article's first words begin small, with what is no word: a capital went with its picture."""
    text = document.text
    if not document.filled:
        return
    first = document.filled[0]
    match = _SMALL_START.match(text, first.start, first.end)
    if match is None or first.end - first.start < _PROSE:
        return
    word = match.group("word")
    vocabulary = Vocabulary(document)
    if vocabulary.lists(word) or vocabulary.uses(word) > 1:
        return
    end = match.end("word")
    following = re.compile(r"[ ,]+\w+").match(text, end, first.end)
    yield Hit(
        LOST, first.start, end if following is None else following.end(), applicability=Applicability.DISPLAY
    )
