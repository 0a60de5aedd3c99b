"""Rows that are a text's own: lists and tables of one form, opening hours, the deck above an article.

Taken one by one such lines look like residue: they are short, hold numbers and names, and end in no full stop. What
tells them is that there are many of one form where there is hardly any prose, or what they are made of.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import count, takewhile

import regex

from cleantext.checks.boilerplate.facts import Facts
from cleantext.checks.boilerplate.line_model import BARE, BARE_WORDS, READABLE
from cleantext.checks.boilerplate.own_lines import Lines, at_which
from cleantext.checks.boilerplate.page import Page
from cleantext.checks.boilerplate.shapes import entry_form, form_of

LEAST_ROWS = 8
"""Rows of one form from which on they are a list of the text's own."""
_FEWEST_ENTRIES, _SURE = 3, 0.9
"""Entries of one form, one after the other, that have one fate, and the probability from which on a line has its own. Of 21
unlisted lines that were to go out of such lists, most of which stayed, 20 were article on labelled pages."""
_DECK = 6
"""Words of the shortest deck."""
_SOUNDS = 0.2
"""Wording from which on a sentence above the article is no deck."""

_DAY = r"(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)(?:s|nes|rs|urs|ur)?(?:day)?s?"
_TIME = r"(?:\d{1,2}(?:[:.]\d\d)?|noon|midnight)(?: ?[ap]\.?m\.?)?"
_HOURS = regex.compile(
    rf"(?i)(?:[•*-] ?)?{_DAY}\b.{{0,60}}?(?:{_TIME}\s*(?:-|–|—|to|until)\s*{_TIME}|closed)\b.{{0,30}}"
)
_LEAST_DATES = 3
"""Dates, one after the other, with what is on, from which on they are a programme: a tour, a course, a calendar."""
_MONTHS = (
    "jan", "feb", "mar", "apr", "may", "mai", "maj", "jun", "jul", "aug", "sep", "oct", "okt", "nov", "dec", "dez",
    "fév", "avr", "jui", "aoû", "déc", "ene", "abr", "ago", "dic", "gen", "mag", "giu", "lug", "set", "ott", "fev", "out",
    "янв", "фев", "мар", "апр", "май", "мая", "июн", "июл", "авг", "сен", "окт", "ноя", "дек",
    "sty", "kwi", "cze", "lip", "sie", "wrz", "paź", "lis", "gru",
)  # fmt: skip
_MONTH = rf"(?:{'|'.join(_MONTHS)})\p{{L}}{{0,9}}\.?"
_DAYS = frozenset(["mon", "tue", "wed", "thu", "fri", "sat", "sun"])
_STARTS = _DAYS.union(_MONTHS)
_BULLETS = "0123456789•*-"
_DATED = regex.compile(
    rf"(?i)(?:[•*-] ?)?(?:{_DAY},? )?(?:{_MONTH} \d{{1,2}}(?:st|nd|rd|th)?|\d{{1,2}}(?:st|nd|rd|th|\.)? (?:de )?{_MONTH})"
    r"(?:,? (?P<year>\d{4}))?(?: ?[–—:@|]| --?) ?\S.{4,}"
)
_CITED = regex.compile(
    r"(?:\[?\d{1,3}[\].]* )?[^\"“”]{0,80}[\"“][^\"“”]{12,200}[\"”][^\"“”]{0,80}\b(?:19|20)\d\d\b\W*"
)
_CITED_WORDS = 6
"""Words of the shortest line that names a title in quotation marks, and whose year it ends with."""
_CORRECTION_WORDS = 6
_CORRECTION_STARTS = "CcEeKkBbRrFfSsПпИиΔδ更"
"""What `_CORRECTION` begins with."""
_CORRECTED_WITHIN = 200
_CORRECTED = regex.compile(
    r"(?i)\b(?:earlier|previous|prior|original) (?:version|headline|edition) of this (?:article|story|report|post|piece|column)\b"
    r".{0,40}\b(?:incorrectly|wrongly|erroneously|mis\p{L}+|said|stated|gave|named|identified|quoted|omitted|contained)\b"
)
_CORRECTION = regex.compile(
    r"(?i)(?:corrections?|clarifications?|errat(?:um|a)|korrektur|berichtigung|richtigstellung|rectificatifs?|corrección"
    r"|fe de errat?as|correzion[ei]|errata corrige|correção|erramos|sprostowanie|поправка|исправление|διόρθωση|更正)(?!\w)"
)


def own_rows(page: Page, lines: Lines) -> Iterator[int]:
    """Yield the numbers of lines that are the author's for what stands around them; ``lines`` are the page's."""
    facts = lines.facts
    dated = [i for i, text in enumerate(lines.texts) if text[0] in _BULLETS or text[:3].casefold() in _STARTS]
    yield from _hours(facts, dated)
    yield from _corrections(lines)
    yield from _programme(facts, dated)
    yield from _citations(lines)
    function, prose = page.shares()
    if function < READABLE:
        return
    yield from _decks(facts[: page.core[0]])
    if prose < BARE:
        yield from _rows_of_one_form(facts, is_bare=prose * page.words < BARE_WORDS)


def entries_that_stay(page: Page, likely: Mapping[int, float]) -> Iterator[int]:
    """Yield those of the lines that would go, by their probability, that are entries of a list most of which stays.

    What a list of labels knows is none, nor what is very sure: "Share on: ..." below "Time: ..." and "Place: ...". In
    languages that the lists do not know a menu's entries are often unsure, all of them.
    """
    if page.shares()[0] < READABLE:
        return
    seen = -1
    for i in sorted(likely):
        if i <= seen:
            continue
        form = entry_form(page.fact(i).text)
        if form is None:
            continue
        first = last = i
        while first and entry_form(page.fact(first - 1).text) == form:
            first -= 1
        while last + 1 < page.lines and entry_form(page.fact(last + 1).text) == form:
            last += 1
        seen = last
        entries = range(first, last + 1)
        going = [n for n in entries if n in likely]
        if len(entries) >= _FEWEST_ENTRIES and 2 * len(going) <= len(entries):
            yield from (n for n in going if likely[n] < _SURE and not page.is_known(n))


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


def _hours(facts: Sequence[Facts], dated: Sequence[int]) -> Iterator[int]:
    """Yield lines that say from when till when something is open, where two or more follow one another.

    ``dated`` are those that may begin with a day.
    """
    rows = [i for i in dated if facts[i].words <= 16 and _HOURS.fullmatch(facts[i].text)]
    held = set(rows)
    yield from (i for i in rows if i - 1 in held or i + 1 in held)


def _corrections(lines: Lines) -> Iterator[int]:
    """Yield what says that the article had something wrong, and the heading over it: that is the article's, too."""
    facts = lines.facts
    for i in at_which(lines.first[:-1], _CORRECTION_STARTS):
        if facts[i].words <= _CORRECTION_WORDS < facts[i + 1].words and _CORRECTION.match(facts[i].text):
            yield i
    if " of this " not in lines.whole:
        return
    for i, text in enumerate(lines.texts):
        is_long = " of this " in text and facts[i].words > _CORRECTION_WORDS
        if is_long and _CORRECTED.search(text, 0, _CORRECTED_WITHIN):
            yield i


def _programme(facts: Sequence[Facts], dated: Sequence[int]) -> Iterator[int]:
    """Yield lines that say what is on at a date, where several follow one another; ``dated`` may begin with a date.

    Where later years stand first they are a log of the page's changes.
    """
    years = {
        i: found["year"] for i in dated if facts[i].words > 2 and (found := _DATED.fullmatch(facts[i].text))
    }
    for first in years:
        if first - 1 in years:
            continue
        run = list(takewhile(years.__contains__, count(first)))
        told = [year for i in run if (year := years[i])]
        if len(run) >= _LEAST_DATES and told == sorted(told):
            yield from run


def _citations(lines: Lines) -> Iterator[int]:
    """Yield lines of a list of sources: who wrote what under which title, where and when."""
    for i, text in enumerate(lines.texts):
        if '"' in text or "“" in text:
            fact = lines.facts[i]
            if fact.words < _CITED_WORDS or fact.listed[1]:
                continue
            ends_in_year = text[-5:].strip('"”.,;)] ')[-1:].isdigit()
            if ends_in_year and _CITED.fullmatch(text):
                yield i


def _decks(above: Sequence[Facts]) -> Iterator[int]:
    """Yield the sentences above an article in which no word of residue stands."""
    for i, fact in enumerate(above):
        is_sentence = fact.stop and fact.words >= _DECK and not fact.listed[1]
        if is_sentence and not fact.cue and fact.wording < _SOUNDS:
            yield i
