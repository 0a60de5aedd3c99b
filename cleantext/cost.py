"""What each rule, check and view of the document costs on real articles, and how often it fires."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from typing import Literal, TypeVar

import msgspec

from cleantext import checks
from cleantext.article import Article
from cleantext.cleaner import Cleaner
from cleantext.document import Document
from cleantext.rulebook import Card

VIEWS = ("language", "lines", "sentences", "quotations", "names", "attributions", "garble")
COMMON = 0.05
"""A rule that the prefilter lets through in more than this share of single sentences has no rare literal."""

T = TypeVar("T")
Kind = Literal["view", "prefilter", "rule", "check"]


class Cost(msgspec.Struct):
    """CPU seconds of one part, how many articles it had to run on, and how many findings it gave."""

    name: str
    kind: Kind
    seconds: float = 0.0
    articles: int = 0
    findings: int = 0


class Costs(msgspec.Struct, frozen=True):
    """The parts of a check, the most expensive first, over ``megabytes`` of UTF-8 text."""

    megabytes: float
    articles: int
    parts: tuple[Cost, ...]

    @property
    def seconds(self) -> float:
        """CPU seconds of all parts."""
        return sum(part.seconds for part in self.parts)


def measure(
    cleaner: Cleaner, articles: Iterable[Article], *, clock: Callable[[], float] = time.process_time
) -> Costs:
    """Run every part by itself over the articles and add up what it cost.

    Views are worked out first, in order, so that a check pays only for itself.
    """
    parts: dict[tuple[Kind, str], Cost] = {}
    size = count = 0

    def part(kind: Kind, name: str) -> Cost:
        return parts.setdefault((kind, name), Cost(name, kind))

    engine = cleaner.engine
    wanted = cleaner.checks
    engine.candidates("")  # compiled before the clock runs
    for article in articles:
        count += 1
        size += len(article.text.encode("utf-8", "surrogatepass"))
        document = Document(article, cleaner.corpus)
        for view in VIEWS:
            _timed(part("view", view), clock, partial(getattr, document, view))
        scan = _timed(part("prefilter", "prefilter"), clock, partial(engine.scan, article.text))
        for number in scan.rules:
            rule = engine.rules[number]
            _ = rule.compiled, rule.templates
            cost = part("rule", f"{rule.card.id} {rule.card.name}")
            run = partial(engine.run, number, document, 1.0, scan.data)
            cost.findings += len(_timed(cost, clock, run))
        for name, cards in wanted.items():
            cost = part("check", name)
            ask = partial(checks.load(name), document, cards, cleaner.configuration)
            cost.findings += len(_timed(cost, clock, partial(_listed, ask)))
    ordered = sorted(parts.values(), key=lambda cost: -cost.seconds)
    return Costs(size / 1e6, count, tuple(ordered))


def _listed(work: Callable[[], Iterable[T]]) -> list[T]:
    return list(work())


def _timed(cost: Cost, clock: Callable[[], float], work: Callable[[], T]) -> T:
    start = clock()
    result = work()
    cost.seconds += clock() - start
    cost.articles += 1
    return result


def without_rare_literal(cleaner: Cleaner, cards: Sequence[Card]) -> list[tuple[Card, float]]:
    """Return the pattern rules that the prefilter lets through in many ordinary sentences, with their share.

    The sentences are the good examples and near-misses of all other cards.
    """
    sentences = [
        (card.id, text)
        for card in cards
        for text in (*(e.good for e in card.examples if e.good), *(miss.text for miss in card.near_misses))
    ]
    counts: dict[str, int] = {}
    for owner, text in sentences:
        for rule in cleaner.engine.candidates(text):
            if rule.card.id != owner:
                counts[rule.card.id] = counts.get(rule.card.id, 0) + 1
    shares = ((card, counts.get(card.id, 0) / max(1, len(sentences))) for card in cards if card.pattern)
    return sorted(((card, share) for card, share in shares if share > COMMON), key=lambda pair: -pair[1])
