"""Rows that are a text's own: lists and tables of one form, opening hours, the deck above an article.

Taken one by one such lines look like residue: they are short, hold numbers and names, and end in no full stop. What
tells them is that there are many of one form where there is hardly any prose, or what they are made of.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

import regex

from cleantext.checks.boilerplate.facts import Facts
from cleantext.checks.boilerplate.line_model import BARE, BARE_WORDS, READABLE
from cleantext.checks.boilerplate.page import Page
from cleantext.checks.boilerplate.shapes import form_of

LEAST_ROWS = 8
"""Rows of one form from which on they are a list of the text's own."""
_DECK = 6
"""Words of the shortest deck."""
_SOUNDS = 0.2
"""Wording from which on a sentence above the article is no deck."""

_DAY = r"(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)(?:s|nes|rs|urs|ur)?(?:day)?s?"
_TIME = r"(?:\d{1,2}(?:[:.]\d\d)?|noon|midnight)(?: ?[ap]\.?m\.?)?"
_HOURS = regex.compile(
    rf"(?i)(?:[•*-] ?)?{_DAY}\b.{{0,60}}?(?:{_TIME}\s*(?:-|–|—|to|until)\s*{_TIME}|closed)\b.{{0,30}}"
)


def own_rows(page: Page, facts: Sequence[Facts]) -> Iterator[int]:
    """Yield the numbers of lines that are the author's for what stands around them; ``facts`` are the page's."""
    yield from _hours(facts)
    function, prose = page.shares()
    if function < READABLE:
        return
    yield from _decks(facts[: page.core[0]])
    if prose < BARE:
        yield from _rows_of_one_form(facts, is_bare=prose * page.words < BARE_WORDS)


def _rows_of_one_form(facts: Sequence[Facts], *, is_bare: bool) -> Iterator[int]:
    """Yield rows that hold a word and that no list knows; of a bare text also what a list knows, where it counts.

    Numbers of views and replies are a listing's own, and residue beside the posts of a forum.
    """
    forms = [(i, form_of(fact.text)) for i, fact in enumerate(facts)]
    own = [
        (i, form)
        for i, form in forms
        if (not facts[i].listed[1] or (is_bare and "0" in form)) and not {"a", "A"}.isdisjoint(form)
    ]
    count = Counter(form for _, form in own)
    yield from (i for i, form in own if count[form] >= LEAST_ROWS)


def _hours(facts: Sequence[Facts]) -> Iterator[int]:
    """Yield lines that say from when till when something is open, where two or more follow one another."""
    rows = [i for i, fact in enumerate(facts) if fact.words <= 16 and _HOURS.fullmatch(fact.text)]
    held = set(rows)
    yield from (i for i in rows if i - 1 in held or i + 1 in held)


def _decks(above: Sequence[Facts]) -> Iterator[int]:
    """Yield the sentences above an article in which no word of residue stands."""
    for i, fact in enumerate(above):
        is_sentence = fact.stop and fact.words >= _DECK and not fact.listed[1]
        if is_sentence and not fact.cue and fact.wording < _SOUNDS:
            yield i
