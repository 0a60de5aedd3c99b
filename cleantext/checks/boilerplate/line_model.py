"""The line model: how sure it is, line by line, that a line is residue, and what spoke for it."""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

import msgspec

from cleantext.checks.boilerplate.cues import word_set
from cleantext.checks.boilerplate.features import (
    FEATURES,
    Context,
    Facts,
    Looks,
    context_of,
    facts_of,
    row_of,
)
from cleantext.checks.boilerplate.known_lines import LISTS
from cleantext.checks.boilerplate.page_dump import page_features
from cleantext.checks.boilerplate.trees import Trees, probability
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


class Verdict(NamedTuple):
    """One line that the model looked at: its number, its log odds, its row of features."""

    line: int
    log_odds: float
    row: Sequence[float]


class Reading(NamedTuple):
    """An article as the model reads it; ``verdicts`` only for lines that are not plainly prose."""

    context: Context
    reader: Reader
    verdicts: dict[int, Verdict]


def is_dump(context: Context) -> bool:
    """Say whether a text reads like a whole page."""
    gate = model().page_dump
    odds = gate.bias + sum(w * x for w, x in zip(gate.weights, page_features(context), strict=True))
    return probability(odds) > gate.threshold


def is_prose(context: Context, i: int) -> bool:
    """Say whether a line is plainly running prose in the midst of prose, and nothing of it is repeated.

    A sentence without a cue, or a long one that is hardly made of cues, counts too where
    sentences stand on both sides. On the development residue that spared the model 1,236
    lines of 18,172 and lost 9 of some 2,000 findings.
    """
    fact = context.facts[i]
    first, last = context.core
    if not first <= i <= last or context.openings[tuple(fact.tokens[:6])] >= 2:
        return False
    return fact.plain or (
        first < i < last
        and fact.stop
        and not fact.listed[1]
        and context.facts[i - 1].stop
        and context.facts[i + 1].stop
        and (
            (fact.words >= 6 and not fact.cue and fact.function >= 0.2)
            or (fact.words >= 12 and fact.cue < 0.5 and fact.function >= 0.25)
        )
    )


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
    facts = [facts_of(line) for line in lines]
    context = context_of(facts, title=title, url=url, source=source)
    if not facts or not readable(facts):
        return None
    reader = model().dump if is_dump(context) else model().residue
    looks: dict[int, Looks] = {}
    verdicts = {}
    for i in range(len(facts)):
        if not is_prose(context, i):
            row = row_of(context, i, looks)
            verdicts[i] = Verdict(i, reader.trees.log_odds(row), row)
    return Reading(context, reader, verdicts)


def readable(facts: Sequence[Facts]) -> bool:
    """Say whether enough of the words are function words of a language that the features know."""
    if any(fact.plain for fact in facts):
        return True
    known = word_set("function-words")
    words = total = 0
    for fact in facts:
        total += fact.words
        words += sum(map(known.__contains__, fact.tokens))
    return words >= UNREADABLE * total


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


def reasons(reading: Reading, verdict: Verdict, count: int = 4) -> list[tuple[str, float]]:
    """Give the features that spoke most for a finding, with what each added to the log odds."""
    shares = reading.reader.trees.contributions(verdict.row)
    best = sorted(shares.items(), key=lambda item: -item[1])[:count]
    return [(FEATURES[place], share) for place, share in best if share > 0.05]
