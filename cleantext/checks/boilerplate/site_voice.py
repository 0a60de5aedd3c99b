"""The site's own voice: what stands in two or more distinct articles of a site, whatever its length and language.

The corpus index counts it. What speaks against is a story's background, which follow-ups repeat: it has the words of
the article around it, and residue has not. So the share of a unit's words that stand elsewhere in the article decides
how sure this is, and only from three articles on, with few such words and no quotation, it may go unasked.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

import regex

from cleantext.checks import Hit
from cleantext.configuration import Configuration
from cleantext.document import Document, Line
from cleantext.document.voice import Unit, units
from cleantext.finding import Applicability, Edit, Evidence, Fix
from cleantext.rulebook import Card

ENOUGH = 3
"""Distinct articles from which on it may go unasked; a template with names left open counts from there on only."""
STRANGE, OWN = 0.4, 0.7
"""Share of a unit's words that stand elsewhere in the article: up to which it is strange to it, from which on its own."""
SHARE = 0.1
"""Share of the site's articles that must hold what goes unasked: a standing text stands in many."""
SMALL = 20
"""Distinct articles of a site up to which two of them are many."""
_WORD = regex.compile(r"[\p{L}\p{N}]{4,}|[\p{Han}\p{Hiragana}\p{Katakana}]{2}")
_ADDRESS = regex.compile(
    r"(?i)\b(?:you|your|our|us|sie|ihre?n?|vous|votre|usted|su|tu|vi|vostro|você|seu|вы|ваш\w*|нас)\b"
)
_SPEECH = regex.compile(r"[\"“”„«»]|\b(?:said|says|told|added)\b")


class Said(NamedTuple):
    """A unit and in how many distinct articles it, or its template, stands."""

    unit: Unit
    articles: int
    template: bool


def check(document: Document, cards: Mapping[str, Card], _: Configuration) -> Iterator[Hit]:
    """Yield a hit for each line, or run of sentences in one, that the site says elsewhere too."""
    if document.corpus is None or not document.site:
        return
    on_site = document.corpus.site_lines(document.site)
    if not on_site:
        return
    known = document.corpus.site_articles(document.site)
    text = document.text
    for line in document.filled:
        here = list(units(text, line))
        if not here:
            continue
        whole = _said(here[0], on_site)
        sentences = [_said(unit, on_site) for unit in here[1:]]
        if whole is None and sentences and all(sentences) and _covered(here):
            every = [said for said in sentences if said]
            whole = Said(here[0], min(s.articles for s in every), any(s.template for s in every))
        if whole is not None:
            fix = Fix((document.line_deletion(line.start),))
            yield from _hit(document, cards, whole.unit.start, whole.unit.end, fix, whole, known)
            continue
        for run in _runs(here[1:], sentences):
            low, high = run[0].unit.start, run[-1].unit.end
            least = min(run, key=lambda said: said.articles)
            yield from _hit(
                document, cards, low, high, Fix((_cut(text, line, low, high),)), least, known, part=True
            )


def _said(unit: Unit, on_site: Mapping[str, int]) -> Said | None:
    count = on_site.get(unit.plain, 0)
    if count > 1:
        return Said(unit, count, template=False)
    count = on_site.get(unit.open, 0) if unit.open else 0
    return Said(unit, count, template=True) if count >= ENOUGH else None


def _covered(here: Sequence[Unit]) -> bool:
    """Say whether the sentences that are units make up nearly all of their line: shorter ones are none."""
    whole = here[0]
    return sum(unit.end - unit.start for unit in here[1:]) >= 0.8 * (whole.end - whole.start)


def _runs(here: Sequence[Unit], sentences: Sequence[Said | None]) -> Iterator[list[Said]]:
    """Yield the stretches of sentences that the site says elsewhere, at the beginning or the end of their line."""
    head: list[Said] = []
    for said in sentences:
        if said is None:
            break
        head.append(said)
    tail: list[Said] = []
    for said in reversed(sentences):
        if said is None or len(head) == len(here):
            break
        tail.insert(0, said)
    yield from (run for run in (head, tail) if run)


def _cut(text: str, line: Line, low: int, high: int) -> Edit:
    """Return the edit that takes sentences out of a line, with the blanks on the inner side."""
    before, after = low, high
    while before > line.start and text[before - 1].isspace():
        before -= 1
    if before > line.start:
        return Edit(before, high, "")
    while after < line.end and text[after].isspace():
        after += 1
    return Edit(low, after, "")


def _hit(
    document: Document,
    cards: Mapping[str, Card],
    start: int,
    end: int,
    fix: Fix,
    said: Said,
    known: int,
    *,
    part: bool = False,
) -> Iterator[Hit]:
    own = _share_of_own(document.text, start, end)
    speech = _SPEECH.search(document.text, start, end) is not None
    many = said.articles >= ENOUGH
    sure = _sureness(own, many=many, small=known <= SMALL)
    if not many and _ADDRESS.search(document.text, start, end):
        sure = max(sure, 0.75)
    if said.template or part:
        sure -= 0.05
    if speech:
        sure = min(sure, 0.6 if many else 0.45)
    unasked = (
        many
        and own <= STRANGE
        and not (speech or said.template or part)
        and said.articles >= SHARE * known
        and not document.in_quotation(start, end)
    )
    how = "a text of this form stands" if said.template else "it stands"
    evidence = (
        Evidence(0, 0, "", f"{how} in {said.articles} of {known} articles of this site"),
        Evidence(0, 0, "", f"{own:.0%} of its words stand elsewhere in the article"),
    )
    for rule in cards:
        yield Hit(
            rule,
            start,
            end,
            (fix,),
            round(sure, 4),
            Applicability.SAFE if unasked else Applicability.REVIEW,
            evidence,
        )


def _sureness(own: float, *, many: bool, small: bool) -> float:
    """Return how sure it is by the share of the article's own words, and by how often it stands.

    Of 811 articles of one news site 22 held a sentence that one other has, too, and next to all of those were a story's
    background: over a large site two are too few. Of a few articles, two are many.
    """
    if many:
        return 0.95 if own <= STRANGE else 0.8 if own < OWN else 0.6
    if not small:
        return 0.4
    return 0.8 if own <= STRANGE else 0.6 if own < OWN else 0.4


def _share_of_own(text: str, start: int, end: int) -> float:
    """Return the share of a stretch's longer words that stand in the text outside it."""
    words = {word.casefold() for word in _WORD.findall(text, start, end)}
    if not words:
        return 1.0
    rest = f"{text[:start]}\n{text[end:]}".casefold()
    return sum(word in rest for word in words) / len(words)
