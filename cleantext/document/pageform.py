"""The form of a text's lines, as :mod:`.pagekind` judges it: the plain reference of ``_form.pyx``, which takes its numbers from here."""

from __future__ import annotations

import re
from collections.abc import Sequence
from math import log1p
from operator import mul

import regex

from cleantext.document.pagekindmodel import PageKindModel
from cleantext.document.words import word_groups

GLIMPSE = 3_000
"""Code points of a text in which marks and words of address are counted, half of them from each end."""
PROSE = 60
"""Code points from which on a line that ends like a sentence is prose; those of Han, kana and hangul count for three."""
LONG = 240
"""Code points from which on a line is prose whatever it ends in: Thai has no full stop."""
LABEL = 30
"""Code points up to which a line without a sentence's end is a label."""
CODE_POINTS_A_WORD = 6

_WIDE = regex.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
CLOSERS = "\"'”’»)]*_ "
STOPS = frozenset(".!?…。！？।؟۔։")
_BULLET = regex.compile(r"[-–—•·*|►▪◦]|\d{1,3}[.)] ")
_DIGITS = regex.compile(r"\d+")
_PLAIN_DIGITS = re.compile("[0-9]+")
_PRICES = ("$", "€", "£", "¥", "₹")
_ADDRESSES = ("http", "www.", "@")
_CODE = ("{", "=", "<", "\\", "_", "()")
_SPEAKER = (" I ", " I'", " I’", " my ", " me ", " you ", " your ", "hanks")
_BOARD = word_groups("page-words")["board"]
_SHOP = word_groups("page-words")["shop"]
_BOARD_OR_SHOP = _BOARD | _SHOP


def size_of(line: str) -> int:
    """Return the length of a line in code points, those of scripts without spaces three times where they are many."""
    if line.isascii():
        return len(line)
    # Quotation marks and accents take a byte or two more here and there; a line of Han, kana or hangul two for each.
    if 4 * (len(line.encode("utf-8", "surrogatepass")) - len(line)) < len(line):
        return len(line)
    return len(line) + 2 * len(_WIDE.findall(line))


def is_prose(line: str, size: int) -> bool:
    """Say whether a stripped line of a size has the form of running prose."""
    return size >= LONG or (size >= PROSE and line[-4:].rstrip(CLOSERS)[-1:] in STOPS)


def reads_as_prose(line: str) -> bool:
    """Say whether a stripped line `is_prose` by the size that it has; of most lines that need not be worked out."""
    if len(line) >= LONG or (len(line) >= PROSE and line[-4:].rstrip(CLOSERS)[-1:] in STOPS):
        return True
    return not line.isascii() and 3 * len(line) >= PROSE and is_prose(line, size_of(line))


def form(lines: Sequence[str]) -> list[float]:
    """Return the features of form of stripped, non-blank lines, in the order of ``FEATURES``."""
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
    if not rest:
        return 0, 0, 0, 0
    words = rest.lower().split()
    board = shop = 0
    if not _BOARD_OR_SHOP.isdisjoint(words):
        board, shop = sum(map(_BOARD.__contains__, words)), sum(map(_SHOP.__contains__, words))
    if "\n" not in rest:
        return 0, 0, board, shop
    if digits:
        rest = (_PLAIN_DIGITS if rest.isascii() else _DIGITS).sub("0", rest)
    shapes = rest.split("\n")
    return _standing(shapes, 2), _standing([line[: line.find(" ")] for line in shapes], 3), board, shop


def _standing(texts: Sequence[str], least: int) -> int:
    """Return how many of the texts stand so many times or more."""
    if len(texts) - len(set(texts)) < least - 1:  # as those of most articles
        return 0
    found: dict[str, int] = {}
    for text in texts:
        found[text] = found.get(text, 0) + 1
    return sum([n for n in found.values() if n >= least])


def evidence(row: Sequence[float], model: PageKindModel) -> float:
    """Return what the features of `form` add to the log odds, the model's bias among it."""
    values = [
        min(4.0, max(-4.0, (value - mean) / scale))
        for value, mean, scale in zip(row, model.mean, model.scale, strict=True)
    ]
    found = model.bias
    for place, value in enumerate(values):
        found += value * (model.linear[place] + sum(map(mul, model.products[place], values[place:])))
    return found
