"""Is a text an article at all, or a list, a forum, a shop's page, an error message, a robot check, an empty shell?

Two kinds of evidence. The form of its lines: a logistic regression over lengths, marks, digits and repetition and the
products of each two of them, so that "many labels" may mean one thing beside much prose and another without. It knows
few words, all English, and each of them speaks against an article: in another language it sees less and errs no more.
And the words of walls (``rules/boilerplate/walls.txt``): a text that is hardly more than "enable JavaScript" is none
whatever its form. A short text says little by its form, so that part is shrunk towards the prior, as in `garble`.
The weights are learnt by ``benchmarks/boilerplate/train_pagekind.py``.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache
from math import exp, log1p
from typing import Any, NamedTuple

from cleantext.document import pageform
from cleantext.document.pagekindmodel import PageKindModel, shipped_model
from cleantext.document.walls import wall_of
from cleantext.logistic import probability
from cleantext.native import compiled

ARTICLE = 0.5
"""Least probability that a text is an article for it to be treated as one."""
SAMPLE = 400
"""Lines of a long text that are read: the first half of them from its beginning, the others from its end."""
PARAGRAPH, PLAIN_PARAGRAPHS, PLAIN_SHARE, PLAIN = 100, 6, 0.85, 0.98
"""A text with so many paragraphs of so many code points, which hold that share of it, is plainly prose, and the model is
not asked: the probability that such a text is an article, with the prior."""
WALL, LEAST_WALL, LEAST_BARE_WALL = 10.0, 0.5, 0.3
"""What a text that is a wall from end to end takes from the log odds (a part of it takes its share), and the least
share, with prose beside it and without: below it the wall is a notice in an article."""

PROSE_BESIDE = 150
"""Words of prose from which on nothing is asked about walls."""
_PROSE_BESIDE = log1p(PROSE_BESIDE)


def sampled(lines: Sequence[str]) -> Sequence[str]:
    """Return all lines of a short text, and of a long one the first and the last."""
    return lines if len(lines) <= SAMPLE else [*lines[: SAMPLE // 2], *lines[-SAMPLE // 2 :]]


def odds_of(row: Sequence[float], model: PageKindModel) -> float:
    """Return the log odds of an article by form alone, from the features of `form`."""
    evidence = evidence_of(row, model)
    words = exp(row[0]) - 1
    return model.prior + evidence * words / (words + model.half)


class PageKind(NamedTuple):
    """What a text is.

    ``article`` is the probability, calibrated with a prior for texts that people clean, that it is an article at all;
    ``wall`` the kind of wall where one stands in its place (``robot``, ``error``, ``script``, ``consent``,
    ``password``), None where none does.
    """

    article: float
    wall: str | None = None


def page_kind(lines: Sequence[str]) -> PageKind:
    """Judge a text by its stripped, non-blank lines; of a text without a line nothing is known but the prior."""
    model = shipped_model()
    if not lines:
        return PageKind(round(probability(model.prior), 4))
    paragraphs = [len(line) for line in lines if len(line) >= PARAGRAPH]
    if len(paragraphs) >= PLAIN_PARAGRAPHS and sum(paragraphs) >= PLAIN_SHARE * sum(map(len, lines)):
        return PageKind(PLAIN)
    read = sampled(lines)
    row = form(read)
    odds = odds_of(row, model)
    # Behind a wall there may be the beginning of an article, and then it is one.
    wall = wall_of(read) if len(read) == len(lines) and row[2] < _PROSE_BESIDE else None
    if wall is None or wall.share < (LEAST_WALL if row[3] else LEAST_BARE_WALL):
        return PageKind(round(probability(odds), 4))
    odds = min(odds, model.prior) - WALL * wall.share
    return PageKind(round(probability(odds), 4), wall.kind if odds < 0 else None)


_native = compiled("cleantext.document._form")
form: Callable[[Sequence[str]], list[float]] = pageform.form if _native is None else _native.form


@cache
def _weights() -> Any:
    return _native.Weights(shipped_model())


def evidence_of(row: Sequence[float], model: PageKindModel) -> float:
    """Return what the features of a form add to the log odds, in C for the shipped model where that is built."""
    if _native is None or model is not shipped_model():
        return pageform.evidence(row, model)
    found: float = _weights().evidence(row)
    return found
