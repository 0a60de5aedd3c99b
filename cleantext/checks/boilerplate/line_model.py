"""The line model: how sure it is, line by line, that a line is residue, and what spoke for it."""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

import msgspec

from cleantext.checks.boilerplate.features import FEATURES
from cleantext.checks.boilerplate.known_lines import LISTS
from cleantext.checks.boilerplate.page import Page, page_of, verdicts
from cleantext.checks.boilerplate.page_dump import dump_odds
from cleantext.checks.boilerplate.trees import Trees, probability
from cleantext.document import Document
from cleantext.rulefiles import rules_dir

UNREADABLE = 0.12
"""Share of function words under which the language is none that the model knows: it abstains."""


class Gate(msgspec.Struct, frozen=True):
    """Logistic regression that tells page dumps; ``threshold`` is a probability."""

    weights: tuple[float, ...]
    bias: float
    threshold: float


class Reader(msgspec.Struct, frozen=True):
    """A model for one kind of text.

    ``knots``: log odds and measured probability, in order (isotonic on held-out
    folds). ``safe``: probability from which on a finding may be ``safe``, by
    :func:`kind_of` line. ``quiet``: probability under which a line is not worth
    a finding, even with every finding asked for.
    """

    trees: Trees
    knots: tuple[tuple[float, float], ...]
    safe: tuple[float, float, float, float]
    quiet: float

    def calibrated(self, log_odds: float) -> float:
        """Give the measured probability for log odds, linear between the knots."""
        knots = self.knots
        at = bisect_left(knots, (log_odds, -1.0))
        if at == 0:
            return knots[0][1]
        if at == len(knots):
            return knots[-1][1]
        (low, p), (high, q) = knots[at - 1], knots[at]
        return p + (q - p) * (log_odds - low) / (high - low)


class Model(msgspec.Struct, frozen=True):
    """What ``line-model.json`` holds. ``features`` must be those that the code computes."""

    features: tuple[str, ...]
    page_dump: Gate
    residue: Reader
    dump: Reader


@cache
def model() -> Model:
    """Read the shipped weights; raises ValueError where they belong to other features."""
    path = rules_dir() / "boilerplate" / "line-model.json"
    found = msgspec.json.decode(path.read_bytes(), type=Model)
    if found.features != FEATURES:
        raise ValueError(
            f"{path.name} was trained on other features: run python -m benchmarks.boilerplate.train"
        )
    return found


class Reading(NamedTuple):
    """An article as the model reads it; ``odds``: number and log odds of each line that is not plainly prose."""

    page: Page
    reader: Reader
    odds: Sequence[tuple[int, float]]


def is_dump(page: Page) -> bool:
    """Say whether a text reads like a whole page."""
    gate = model().page_dump
    return probability(dump_odds(page, gate.weights, gate.bias)) > gate.threshold


def is_whole_page(document: Document) -> bool:
    """Say the same of an article."""
    text, article = document.text, document.article
    lines = [text[line.start : line.end].strip() for line in document.filled]
    return is_dump(page_of(lines, title=article.title, url=article.url, source=article.source))


def read(
    lines: Sequence[str],
    *,
    title: str | None = None,
    url: str | None = None,
    source: str | None = None,
) -> Reading | None:
    """Read an article's stripped, non-blank lines in order.

    Gives None where the language is none that the model knows.
    """
    page = page_of(lines, title=title, url=url, source=source)
    if not lines or not readable(page):
        return None
    reader = model().dump if is_dump(page) else model().residue
    return Reading(page, reader, verdicts(page, reader.trees))


def readable(page: Page) -> bool:
    """Say whether enough of the words are function words of a language that the features know."""
    return page.function_share() >= UNREADABLE or not page.words or any(fact.plain for fact in page.facts)


STRONG = frozenset(
    LISTS.index(name) for name in ("share", "follow", "comments", "consent", "newsletter", "advertising")
)


def kind_of(listed: tuple[int, int]) -> int:
    """Say which ``safe`` threshold holds for a line.

    0: a widget's label, word for word; 1: another known label; 2: known by
    pattern; 3: on no list.
    """
    place, how = listed
    return 3 if not how else 2 if how == 1 else 0 if place in STRONG else 1


SURE, DOUBT = 0.95, 0.7
"""An article none of whose listed lines is this sure to be residue is likely clean: the log odds of all its lines
are lowered by so much."""


def doubted(probability: float, surest: float) -> float:
    """Lower a line's probability in an article whose ``surest`` listed line is not sure."""
    if surest >= SURE:
        return probability
    return 1 / (1 + (1 - probability) / probability * math.exp(DOUBT))
