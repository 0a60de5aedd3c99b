"""The tests that every card brings with it: nobody writes Python to test a rule.

For each example: exactly the expected fix, at the expected span; the good text is
silent for the rule, and for every other rule; the fix does not trigger the rule
again. For each near-miss: silence.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from cleantext.article import Article
from cleantext.cleaner import Cleaner
from cleantext.document import Elsewhere
from cleantext.document.language import ANY
from cleantext.document.lines import Line
from cleantext.document.repeats import words_of
from cleantext.document.voice import units
from cleantext.edits import apply, choose
from cleantext.finding import Applicability, Finding
from cleantext.rulebook import Card, Example, NearMiss, shipped
from cleantext.rulebook.card import MQM, SPOKEN, Quoted
from cleantext.rulebook.reading import SHIPPED
from cleantext.rulebook.retired import retired

if TYPE_CHECKING:
    from cleantext.editor.answers import Answered, Request


class Fault(NamedTuple):
    """What is wrong with a card, by its own examples."""

    card: Card
    problem: str

    def __str__(self) -> str:
        return f"{self.card.origin}: rule {self.card.id} {self.problem}"


def try_cards(cards: Iterable[Card], cleaner: Cleaner) -> list[Fault]:
    """Try every example and near-miss of the cards with a cleaner that shows every finding."""
    faults = []
    for card in cards:
        faults += [Fault(card, problem) for problem in _try_card(card)]
        for example in card.examples:
            faults += [Fault(card, problem) for problem in _try_example(card, example, cleaner)]
        for miss in card.near_misses:
            faults += [Fault(card, problem) for problem in _try_near_miss(card, miss, cleaner)]
    return faults


def _try_card(card: Card) -> list[str]:
    """Return what a card of the project lacks that a user's own may."""
    if not card.origin.startswith(SHIPPED):
        return []
    faults = []
    if card.category in SPOKEN and not card.mqm:
        faults.append(f"names no type of error: add  mqm = …  with one of {', '.join(sorted(MQM))}")
    if card.category not in SPOKEN and card.mqm:
        faults.append(f'names a type of error, which a rule of the category "{card.category}" has none of')
    others = [other.id for other in shipped() if other.name == card.name and other.id != card.id]
    faults += [f'has the name "{card.name}" of {other}' for other in others]
    if card.id in retired():
        faults.append("has the id of a rule that was retired")
    return faults


def _article(card: Card, text: str, given: Example | NearMiss) -> Article:
    # An example is in a language of its rule, however short it is.
    lang = next((code for code in card.languages if code != ANY), None)
    return Article(
        text=text,
        title=given.title,
        date=given.date,
        source=given.source,
        url=given.url,
        lang=lang,
        original=given.original,
        original_lang=given.original_lang,
    )


def _mine(card: Card, article: Article, cleaner: Cleaner) -> list[Finding]:
    return [f for f in cleaner.check(article).findings if f.rule == card.id]


def _styled(cleaner: Cleaner, given: Example | NearMiss) -> Cleaner:
    if given.reply is not None:
        return _answered(cleaner, given)
    if given.style == cleaner.configuration.style and not (given.elsewhere or given.standing):
        return cleaner
    corpus = _Given(given.elsewhere, given.standing) if given.elsewhere or given.standing else None
    return Cleaner(msgspec.structs.replace(cleaner.configuration, style=given.style), corpus=corpus)


def _answered(cleaner: Cleaner, given: Example | NearMiss) -> Cleaner:
    """Return a cleaner of the model editor's rules alone, which hears the given reply to the given text."""
    from cleantext.configuration import Editor

    text = given.bad if isinstance(given, Example) else given.text
    replies = _Heard(text.strip(), given.reply or "")
    whole = msgspec.structs.replace(
        cleaner.configuration, select=("editor",), extend_select=(), editor=Editor(which="all", unit="line")
    )
    return Cleaner(whole, answers=replies)


class _Heard(NamedTuple):
    """A model that knows one reply: to the requests about what is missing, where there are any, else to those about ``text``."""

    text: str
    reply: str

    def answers(self, requests: Sequence[Request]) -> Answered:
        from cleantext.editor.answers import Answer, Answered

        missing = any(request.is_omission for request in requests)
        meant = [
            request.is_omission if missing else request.passage.text.strip() == self.text
            for request in requests
        ]
        return Answered(tuple(Answer(self.reply) if mine else None for mine in meant))


class _Given(NamedTuple):
    """A corpus of the quotations that an example gives, and of the lines that stand all over its site."""

    elsewhere: tuple[Quoted, ...]
    standing: tuple[str, ...]

    def site_lines(self, source: str) -> dict[str, int]:
        return {
            key: 3
            for said in self.standing
            for unit in units(said, Line(0, len(said), len(said)))
            for key in (unit.plain, unit.open)
            if key
        }

    def site_articles(self, source: str) -> int:
        return 12 if self.standing else 0

    def same_quotations(self, quotation: str, *, article: Article) -> tuple[Elsewhere, ...]:
        words = words_of(quotation)
        return tuple(
            Elsewhere(q.speaker, q.quotation, q.title, None, None, q.title, q.title, None, 1.0)
            for q in self.elsewhere
            if words_of(q.quotation) == words
        )


def _try_example(card: Card, example: Example, cleaner: Cleaner) -> list[str]:
    every = cleaner
    cleaner = _styled(cleaner, example)
    if example.reply is None:
        every = cleaner
    article = _article(card, example.bad, example)
    found = _mine(card, article, cleaner)
    if not found:
        return [f"is silent on its example {example.bad!r}"]
    faults = []
    if example.span is not None and all(f.text != example.span for f in found):
        faults.append(f"flags {found[0].text!r}, not {example.span!r}, in {example.bad!r}")
    offers = any(f.fixes for f in found)
    if example.good is None:
        if card.applicability is not Applicability.DISPLAY:
            faults.append(f"has an example without `good`: {example.bad!r}")
        return faults
    if not offers:
        return [*faults, f"offers no fix for {example.bad!r}"]
    fixed = apply(example.bad, choose(found, length=len(example.bad)).edits).text
    if fixed != example.good:
        faults.append(f"turns {example.bad!r} into {fixed!r}, not {example.good!r}")
    again = [f for f in every.check(_article(card, example.good, example)).findings if not _is_weak(f, every)]
    for finding in again:
        who = "itself" if finding.rule == card.id else f"{finding.rule} {finding.name}"
        faults.append(f"leaves a good text on which {who} fires: {finding.text!r} in {example.good!r}")
    return faults


def _is_weak(finding: Finding, cleaner: Cleaner) -> bool:
    # Below the level at which findings are shown unasked, other rules may whisper.
    return finding.confidence < 0.5


def _try_near_miss(card: Card, miss: NearMiss, cleaner: Cleaner) -> list[str]:
    cleaner = _styled(cleaner, miss)
    return [
        f"fires on its near-miss {miss.text!r}: {f.text!r}"
        for f in _mine(card, _article(card, miss.text, miss), cleaner)
    ]
