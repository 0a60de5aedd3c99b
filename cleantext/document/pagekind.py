"""Is a text an article at all, or a list, a forum, a shop's page, an error message, a robot check, an empty shell?

Two kinds of evidence. The form of its lines: a logistic regression over lengths, marks, digits and repetition and the
products of each two of them, so that "many labels" may mean one thing beside much prose and another without. It knows
few words, all English, and each of them speaks against an article: in another language it sees less and errs no more.
And the words of walls (``rules/boilerplate/walls.txt``): a text that is hardly more than "enable JavaScript" is none
whatever its form. A short text says little by its form, so that part is shrunk towards the prior, as in `garble`.
The weights are learnt by ``benchmarks/boilerplate/train_pagekind.py``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import cache
from math import exp, log1p
from operator import mul
from typing import Any, NamedTuple

import regex

from cleantext.document.pagekindmodel import PageKindModel, shipped_model
from cleantext.document.walls import wall_of
from cleantext.native import compiled

SAMPLE = 400
"""Lines of a long text that are read: the first half of them from its beginning, the others from its end."""
GLIMPSE = 3_000
"""Code points of a text in which marks and words of address are counted, half of them from each end."""
PROSE = 60
"""Code points from which on a line that ends like a sentence is prose; those of Han, kana and hangul count for three."""
LONG = 240
"""Code points from which on a line is prose whatever it ends in: Thai has no full stop."""
LABEL = 30
"""Code points up to which a line without a sentence's end is a label."""
CODE_POINTS_A_WORD = 6
PARAGRAPH, PLAIN_PARAGRAPHS, PLAIN_SHARE, PLAIN = 100, 6, 0.85, 0.98
"""A text with so many paragraphs of so many code points, which hold that share of it, is plainly prose, and the model is
not asked: the probability that such a text is an article, with the prior."""
WALL, LEAST_WALL, LEAST_BARE_WALL = 10.0, 0.5, 0.3
"""What a text that is a wall from end to end takes from the log odds (a part of it takes its share), and the least
share, with prose beside it and without: below it the wall is a notice in an article."""

_WIDE = regex.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
CLOSERS = "\"'”’»)]*_ "
STOPS = frozenset(".!?…。！？।؟۔։")
_BULLET = regex.compile(r"[-–—•·*|►▪◦]|\d{1,3}[.)] ")
_DIGITS = regex.compile(r"\d+")
_PRICES = ("$", "€", "£", "¥", "₹")
_ADDRESSES = ("http", "www.", "@")
_CODE = ("{", "=", "<", "\\", "_", "()")
_SPEAKER = (" I ", " I'", " I’", " my ", " me ", " you ", " your ", "hanks")
_BOARD = frozenset(
    [
        "reply",
        "replies",
        "post",
        "posts",
        "posted",
        "views",
        "thread",
        "threads",
        "topic",
        "topics",
        "member",
        "members",
        "joined",
        "forum",
        "forums",
        "like",
        "likes",
        "quote",
        "moderator",
        "sticky",
        "upvotes",
        "edited",
    ]
)
_SHOP = frozenset(
    [
        "cart",
        "checkout",
        "add",
        "sort",
        "showing",
        "results",
        "filter",
        "filters",
        "stock",
        "sale",
        "quantity",
        "shipping",
        "return",
        "returns",
        "wishlist",
        "sku",
        "review",
        "reviews",
        "rating",
        "ratings",
        "item",
        "items",
        "color",
        "colors",
        "colour",
        "colours",
        "size",
        "sizes",
        "buy",
        "shop",
        "price",
        "next",
        "view",
    ]
)

PROSE_BESIDE = 150
"""Words of prose from which on nothing is asked about walls."""
_PROSE_BESIDE = log1p(PROSE_BESIDE)


def size_of(line: str) -> int:
    """Give the length of a line in code points, those of scripts without spaces three times where they are many."""
    if line.isascii():
        return len(line)
    # Quotation marks and accents take a byte or two more here and there; a line of Han, kana or hangul two for each.
    if 4 * (len(line.encode("utf-8", "surrogatepass")) - len(line)) < len(line):
        return len(line)
    return len(line) + 2 * len(_WIDE.findall(line))


def is_prose(line: str, size: int) -> bool:
    """Say whether a stripped line of a size has the form of running prose."""
    return size >= LONG or (size >= PROSE and line[-4:].rstrip(CLOSERS)[-1:] in STOPS)


def sampled(lines: Sequence[str]) -> Sequence[str]:
    """Give all lines of a short text, and of a long one the first and the last."""
    return lines if len(lines) <= SAMPLE else [*lines[: SAMPLE // 2], *lines[-SAMPLE // 2 :]]


def form_slowly(lines: Sequence[str]) -> list[float]:
    """Return the features of form of stripped, non-blank lines, in the order of ``FEATURES``; `form` does in C where it can."""
    text = "\n".join(lines)
    size_in = len if text.isascii() else size_of
    total = prose = prose_lines = run = longest = labels = 0
    others: list[str] = []
    for line in lines:
        size = size_in(line)
        total += size
        if is_prose(line, size):
            prose += size
            prose_lines += 1
            run += 1
            longest = max(longest, run)
        else:
            run = 0
            labels += size <= LABEL and line[-1] not in STOPS
            others.append(line)
    count = max(1, len(lines))
    rest = "\n".join(others)
    hundred = max(1.0, total / CODE_POINTS_A_WORD) / 100
    glimpse = text if len(text) <= GLIMPSE else text[: GLIMPSE // 2] + text[-GLIMPSE // 2 :]
    glimpsed = hundred * len(glimpse) / max(1, len(text)) if glimpse else 1.0
    same, openings, board, shop = repeated(rest, digits=True)
    return [
        log1p(100 * hundred),
        prose / max(1, total),
        log1p(prose / CODE_POINTS_A_WORD),
        prose_lines / count,
        log1p(longest),
        labels / count,
        sum(map(len, _DIGITS.findall(rest))) / max(1, len(rest)),
        sum([_DIGITS.search(line) is not None for line in others]) / count,
        sum([_BULLET.match(line) is not None for line in others]) / count,
        same / count,
        openings / count,
        log1p((text.count("|") + text.count("»")) / count),
        log1p(board / hundred),
        log1p(shop / hundred),
        log1p(sum(map(glimpse.count, _PRICES)) / glimpsed),
        log1p(glimpse.count("?") / glimpsed),
        log1p(sum(map(glimpse.count, _ADDRESSES)) / glimpsed),
        log1p(sum(map(glimpse.count, _CODE)) / glimpsed),
        log1p(sum(map(glimpse.count, _SPEAKER)) / glimpsed),
        log1p(prose / CODE_POINTS_A_WORD / max(1, prose_lines)),
    ]


def repeated(rest: str, digits: bool) -> tuple[int, int, int, int]:
    """Count among lines without prose those whose shape stands again, those whose beginning stands three times, and the words of forums and shops.

    ``rest`` is these lines, a line feed between each two; ``digits`` is whether one may stand in it.
    """
    words = rest.lower().split()
    shapes = (_DIGITS.sub("0", rest) if digits else rest).split("\n")
    same, openings = _counts(shapes), _counts([line[: line.find(" ")] for line in shapes])
    return (
        sum([n for n in same if n > 1]),
        sum([n for n in openings if n > 2]),
        sum(map(_BOARD.__contains__, words)),
        sum(map(_SHOP.__contains__, words)),
    )


def _counts(texts: Iterable[str]) -> Iterable[int]:
    found: dict[str, int] = {}
    for text in texts:
        found[text] = found.get(text, 0) + 1
    return found.values()


def evidence_slowly(row: Sequence[float], model: PageKindModel) -> float:
    """Return what the features of `form` add to the log odds, the model's bias among it."""
    values = [
        min(4.0, max(-4.0, (value - mean) / scale))
        for value, mean, scale in zip(row, model.mean, model.scale, strict=True)
    ]
    evidence = model.bias
    for place, value in enumerate(values):
        evidence += value * (model.linear[place] + sum(map(mul, model.products[place], values[place:])))
    return evidence


def odds_of(row: Sequence[float], model: PageKindModel) -> float:
    """Give the log odds of an article by form alone, from the features of `form`."""
    evidence = evidence_of(row, model)
    words = exp(row[0]) - 1
    return model.prior + evidence * words / (words + model.half)


def probability(odds: float) -> float:
    """Give the probability for log odds."""
    return 1 / (1 + exp(-max(-30.0, min(30.0, odds))))


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


# The module in C takes what it is to count from here.
_native = compiled("cleantext.document._form")
form: Callable[[Sequence[str]], list[float]] = form_slowly if _native is None else _native.form


@cache
def _weights() -> Any:
    return _native.Weights(shipped_model())


def evidence_of(row: Sequence[float], model: PageKindModel) -> float:
    """Return what `evidence_slowly` does, in C for the shipped model where that is built."""
    if _native is None or model is not shipped_model():
        return evidence_slowly(row, model)
    found: float = _weights().evidence(row)
    return found
