"""Forms of text whose short lines are the author's: letters with their signatures, digests and guides under headings, tables.

A label of a widget and a heading of a section are one and the same word; so are a byline and a signature. What tells
them is the form of the whole: headings take turns with their sections, a letter is addressed to somebody.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import regex

from cleantext.checks.boilerplate.abstain import WIDGETS
from cleantext.checks.boilerplate.cues import word_set
from cleantext.checks.boilerplate.facts import Facts
from cleantext.checks.boilerplate.own_lines import Lines, at_which, lines_of, own_lines
from cleantext.checks.boilerplate.page import Page
from cleantext.checks.boilerplate.tables import own_rows

LEAST_SECTIONS = 3
"""Sections from which on headings and text that take turns are a digest."""
LONGEST_SECTION = 3
"""Lines of a digest's longest section."""
_HEADING, _QUESTION = 4, 8
"""Words of a digest's longest heading, and of one that asks."""
_SENTENCE = 5
"""Words of a section's shortest sentence."""
_TITLE = 8
"""Words of the longest title over a digest or over letters."""
_SIGNATURE, _SIGNED = 6, 4
"""Words of a signature's longest line, and lines of the longest signature."""
_OFFICE = 2
"""Lines below a name that may say what office its bearer has, and where."""

_LETTER = regex.compile(
    r"(?:Dear|My dear) [^\n.!?]{2,40}[,:!](?:\s.*)?|(?:Sir|Sirs|Madam|SIR|Editor)(?: or Madam)?\s?[,:;–—-]+(?:\s.*)?"
    r"|To the [Ee]ditors?:?(?:\s.*)?|Re:? [“\"‘].{2,60}[”\"’].*:"
)
_OPENS = "DMSETR"
"""What `_LETTER` begins with."""
_TO_THE_EDITOR = regex.compile(r"(?:Dear )?(?:Sir|Madam|SIR|Editor)|To the [Ee]ditor|Re\b")
_FAREWELL = regex.compile(
    r"(?i)(?:(?:with )?(?:best|kind|kindest|warm|warmest)(?: wishes| regards)?|(?:with )?regards|(?:yours )?(?:sincerely|truly|faithfully)"
    r"(?: yours)?|cheers|love|all the best|warmly|(?:mit )?(?:freundlichen|herzlichen|besten|liebe|viele) grüßen?|cordialement"
    r"|(?:bien )?amicalement|un (?:cordial )?saludo|saludos|cordiali saluti|um abraço|abraços|с уважением|pozdrawiam),"
)
_CLOSING = regex.compile(r"\p{Lu}[\p{L}' ]{2,30},")
_NAME = regex.compile(
    r"(?:\((?:Mrs?|Ms|Miss|Dr|Rev)\.?\) )?(?:(?:\p{Lu}[\w.'’-]*|d[aei]|de la|van|von|der|al|bin|and|&)[ ,]*){1,5}"
    r"(?:\(\w+\)|, by e-?mail)?"
    r"|[Nn]ame (?:and address )?(?:supplied|withheld).{0,20}"
)
_MARKS = regex.compile(r"[\d|@#©»›→/:\[\]]")
"""What no heading of a digest holds, and labels and credits often do."""
_CALL = 40
"""Code points of a line that are read for a call."""
_WORD = regex.compile(r"\w+")


def authored(page: Page) -> frozenset[int]:
    """Return the numbers of the lines that belong to letters, a digest, a table, a chat or a listing, or are a deck."""
    lines = lines_of(page.facts)
    return frozenset(
        [
            *_letters(lines),
            *_farewells(lines),
            *_digests(lines),
            *own_rows(page, lines),
            *own_lines(lines),
        ]
    )


def _is_widget(fact: Facts) -> bool:
    return fact.listed[0] in WIDGETS


def _letters(lines: Lines) -> Iterator[int]:
    """Yield the lines of letters that are no prose: the title above the first, salutations, closings and signatures."""
    facts = lines.facts
    opened = [i for i in at_which(lines.first, _OPENS) if _LETTER.fullmatch(lines.texts[i])]
    if not opened:
        return
    first = opened[0]
    if first and _TO_THE_EDITOR.match(facts[first].text):
        # Between the title and the first letter may stand what it answers to.
        above = range(first - 1, max(-1, first - 3), -1)
        yield from (
            i for i in above if not (facts[i].stop or _is_widget(facts[i])) and facts[i].words <= _TITLE
        )
    for i, end in zip(opened, [*opened[1:], len(facts)], strict=True):
        yield i
        body = i + 1 if facts[i].words > _SIGNATURE else i + 2
        while body < end and not _begins_signature(facts, body):
            body += 1
        for at in range(body, min(end, body + 1 + _SIGNED)):
            fact = facts[at]
            if _is_widget(fact) or fact.words > _SIGNATURE or (fact.stop and not _NAME.fullmatch(fact.text)):
                break
            if not _calls(fact.text):
                yield at


def _farewells(lines: Lines) -> Iterator[int]:
    """Yield the farewell, the name with which an author signs what is addressed to nobody, and the author's office."""
    facts, texts = lines.facts, lines.texts
    for i in at_which(lines.last[:-1], ","):
        if facts[i].words <= _SIGNED and _FAREWELL.fullmatch(texts[i]) and _NAME.fullmatch(texts[i + 1]):
            yield from (i, i + 1)
            for at in range(i + 2, min(len(facts), i + 2 + _OFFICE)):
                if facts[at].words > _SIGNATURE or facts[at].mask or facts[at].listed[1]:
                    break
                yield at


def _begins_signature(facts: Sequence[Facts], i: int) -> bool:
    """Say whether a line below a sentence closes a letter, or is the name of who wrote it."""
    text = facts[i].text
    if not facts[i - 1].stop or facts[i].words > _SIGNATURE or _is_widget(facts[i]):
        return False
    return not _calls(text) and (_CLOSING.fullmatch(text) is not None or _NAME.fullmatch(text) is not None)


def _calls(text: str) -> bool:
    """Say whether a line of several words tells the reader to do something: "View Comments" is nobody's name."""
    first, *more = _WORD.findall(text[:_CALL].lower()) or [""]
    return bool(more) and first in word_set("imperative")


def _digests(lines: Lines) -> Iterator[int]:
    """Yield the headings and sentences of sections that follow one another, and the title above them."""
    facts = lines.facts
    heads: list[int] = []
    for i, fact in enumerate(facts):
        if fact.words > _QUESTION or not _heads_section(facts, i):  # most lines are longer than any heading
            continue
        if heads and not _is_one_section(facts, heads[-1], i):
            yield from _digest(facts, heads)
            heads = []
        heads.append(i)
    yield from _digest(facts, heads)


def _digest(facts: Sequence[Facts], heads: Sequence[int]) -> Iterator[int]:
    if len({facts[i].key for i in heads if not _is_widget(facts[i])}) < LEAST_SECTIONS:
        return
    if len({facts[i].key for i in heads}) < len(heads):
        return  # what is repeated is no heading
    last = heads[-1]
    end = last + 1
    while end < len(facts) and end - last <= LONGEST_SECTION and _is_sentence(facts[end]):
        end += 1
    yield from range(heads[0], end)
    over = heads[0] - 1
    if over >= 0 and not facts[over].stop and facts[over].words <= _TITLE and not facts[over].listed[1]:
        yield over


def _is_one_section(facts: Sequence[Facts], head: int, after: int) -> bool:
    return after - head - 1 <= LONGEST_SECTION and all(_is_sentence(facts[i]) for i in range(head + 1, after))


def _heads_section(facts: Sequence[Facts], i: int) -> bool:
    """Say whether a line is a short heading over a sentence; a widget's label only where the sentence takes up its word.

    What tells the reader to do something ("View cart") is none.
    """
    fact = facts[i]
    text = fact.text
    asks = fact.words <= _QUESTION and text[-1] == "?"
    if not asks and (fact.stop or fact.words > _HEADING or not text[0].isupper()):
        return False
    if i + 1 == len(facts) or not _is_sentence(facts[i + 1]) or _MARKS.search(text):
        return False
    if _calls(text):
        return False
    if not _is_widget(fact):
        return True
    below = set(_WORD.findall(facts[i + 1].text.lower()))
    return not below.isdisjoint(_WORD.findall(text.lower()))


def _is_sentence(fact: Facts) -> bool:
    return fact.stop and fact.words >= _SENTENCE and not fact.listed[1] and not fact.text.endswith("?")
