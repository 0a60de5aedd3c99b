"""Lines that belong to one beside them: the header of a comment that stays, labels with their values, measures, an index.

Each is short and holds a name, a date or a number, as counters and credits do. What tells them is the line that they
belong to: a recipe's times stand under their labels, and whoever wrote a comment that stays stands over it.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Sequence
from itertools import pairwise

import regex

from cleantext.checks.boilerplate.comments import SAYING, names_speaker
from cleantext.checks.boilerplate.facts import Facts
from cleantext.checks.boilerplate.known_lines import LISTS
from cleantext.checks.boilerplate.own_lines import Lines, runs

LEAST_HEADERS = 2
"""Names with a date and a time from which on they are headers of comments; one that says that somebody says it is enough."""
LEAST_VALUES, LEAST_MEASURES, LEAST_LETTERS = 2, 4, 5
"""Values of the smallest box, rows of the shortest table of measures, and letters of the shortest index."""
_NAME, _HEADER, _LABEL, _ROW = 4, 12, 3, 8
"""Words of the longest name, header of a comment, label of a value, and row of measures."""
_LONGEST, _LONGEST_ROW = 120, 60
"""Code points of the longest header, and of the longest value and row of measures."""
_CREDITS = LISTS.index("credits")
_BULLET = r"(?:(?:\d{1,4}\.|[•*-])\s+)?"
_YEAR, _CLOCK = r"\b(?:19|20)\d\d\b", r"\b\d{1,2}[:.]\d\d\b"
_MOMENT = regex.compile(rf".*(?:{_YEAR}.*{_CLOCK}|{_CLOCK}.*{_YEAR}).*")
_SIGNED = regex.compile(
    rf"{_BULLET}(?!(?i:by|posted|published|updated|last)\b)[^\d,]{{2,40}}[\s,].*{_YEAR}.*{_CLOCK}\s*(?:[ap]\.?m\.?)?:?",
    regex.I,
)
_BEFORE_NAMES = frozenset(
    ("by", "written by", "posted by", "published by", "author", "photo by", "photos by", "recipe by", "von", "autor", "autorin",
     "par", "auteur", "por", "autora", "di", "autore", "door", "автор", "av", "af")
)  # fmt: skip
_BEFORE_ADDRESSES = frozenset(
    ("email", "e-mail", "mail", "email address", "phone", "telephone", "tel", "fax", "mobile", "telefon", "téléphone",
     "teléfono", "telefono", "telefone", "телефон", "эл. почта", "contact", "call")
)  # fmt: skip
_REACHED = regex.compile(r"(?<![\d:])\+?\(?\d{2,4}[)\s./-]{1,2}\d{3,4}[\s./-]?\d{3,}|\S@\S+\.\p{L}{2}")
"""A telephone number or an address of mail."""
_FRACTIONS = "½¼¾⅓⅔"
_NUMBER = rf"\d[\d.,/–-]*[{_FRACTIONS}]?|[{_FRACTIONS}]"
_VALUE = regex.compile(rf"(?:[•*-]\s+)?(?:(?:{_NUMBER})\s?\p{{L}}{{1,12}}\.?\s?){{1,2}}")
_MEASURED = regex.compile(r"\p{L}.*\d\s?(?:k?cal|kJ|[kmµ]?g|mcg|IU|[mcd]?l|[ckm]m|%)(?!\p{L}).*")
_BEFORE_VALUES = f"{_FRACTIONS}•*-"
_DIGIT = re.compile(r"\d")
_SHARE = "%"


def belonging(lines: Lines, likely: Container[int]) -> Iterator[int]:
    """Yield the numbers of lines that stay with what they belong to; ``likely`` are those that would go by themselves."""
    yield from _headers(lines.facts, likely)
    yield from _boxes(lines)
    yield from _measures(lines)
    yield from _index(lines)
    yield from _labels(lines.facts, likely)


def reaches_somebody(text: str) -> bool:
    """Say whether a line holds a telephone number or an address of mail."""
    return _REACHED.search(text[:_LONGEST]) is not None


def is_comment_header(fact: Facts) -> bool:
    """Say whether a line says who wrote the comment below it, be it that no day or hour follows."""
    if not _is_short(fact) or fact.listed[1]:
        return False
    return names_speaker(fact.text) or (_may_date(fact) and _SIGNED.fullmatch(fact.text) is not None)


def _headers(facts: Sequence[Facts], likely: Container[int]) -> Iterator[int]:
    """Yield who wrote a comment that stays, and when, below the first line of prose: above stands the article's byline."""
    dated: list[tuple[int, ...]] = []
    said: list[tuple[int, ...]] = []
    first = next((i for i, fact in enumerate(facts) if fact.plain), len(facts))
    short = [i for i, fact in enumerate(facts[first + 1 : -1], first + 1) if _is_short(fact)]
    together = "\n".join([facts[i].text for i in short]).lower()
    is_said = any(map(together.__contains__, SAYING))
    for i in short:
        fact = facts[i]
        below = facts[i + 1]
        if is_said and names_speaker(fact.text):
            said.append((i,))
        elif _may_date(below) and _is_name(fact) and _is_short(below) and _MOMENT.fullmatch(below.text):
            dated.append((i, i + 1))
        elif _may_date(fact) and not fact.listed[1] and _SIGNED.fullmatch(fact.text):
            dated.append((i,))
    for lines in [*said, *(dated if len(dated) >= LEAST_HEADERS else ())]:
        after = lines[-1] + 1
        if after < len(facts) and after not in likely:
            yield from lines


def _is_short(fact: Facts) -> bool:
    is_sentence = fact.stop and not fact.text.endswith("...")
    return fact.words <= _HEADER and len(fact.text) <= _LONGEST and not is_sentence


def _may_date(fact: Facts) -> bool:
    """Say whether a line holds what a year begins with, and what stands in a time."""
    text = fact.text
    return ("20" in text or "19" in text) and (":" in text or "." in text)


def _is_name(fact: Facts) -> bool:
    is_short = fact.words <= _NAME and not fact.listed[1] and not fact.stop
    return is_short and not any(letter.isdigit() for letter in fact.text)


def _boxes(lines: Lines) -> Iterator[int]:
    """Yield labels and values that take turns: "Baking time", "40 min", "Serves", "4 people"."""
    facts = lines.facts
    values = [
        i
        for i, begins in enumerate(lines.first)
        if (begins.isdecimal() or begins in _BEFORE_VALUES) and _is_value(facts[i])
    ]
    held = set(values)
    for first in values:
        if first - 2 in held and _is_label(facts[first - 1]):
            continue
        last = first
        while last + 2 in held and _is_label(facts[last + 1]):
            last += 2
        if (last - first) // 2 + 1 < LEAST_VALUES:
            continue
        yield from range(first, last + 1)
        yield from (i for i in (first - 1, last + 1) if 0 <= i < len(facts) and _is_label(facts[i]))


def _is_value(fact: Facts) -> bool:
    if fact.words > _NAME or len(fact.text) > _LONGEST_ROW or (fact.listed[1] and fact.listed[0] != _CREDITS):
        return False
    return _VALUE.fullmatch(fact.text) is not None


def _is_label(fact: Facts) -> bool:
    if fact.words > _LABEL or fact.listed[1] or (fact.stop and not fact.text.endswith(":")):
        return False
    return fact.text[0].isalpha() and not any(letter.isdigit() for letter in fact.text)


def _measures(lines: Lines) -> Iterator[int]:
    """Yield the rows of a table of measures, half of them more than shares: what is in a dish, how large a thing is."""
    facts = lines.facts
    for rows in runs(
        i
        for i, text in enumerate(lines.texts)
        if facts[i].words <= _ROW
        and len(text) <= _LONGEST_ROW
        and _DIGIT.search(text)
        and _MEASURED.fullmatch(text)
    ):
        if len(rows) >= LEAST_MEASURES and 2 * sum(_is_amount(facts[i]) for i in rows) >= len(rows):
            yield from rows


def _is_amount(fact: Facts) -> bool:
    return _MEASURED.fullmatch(fact.text.replace(_SHARE, "")) is not None


def _index(lines: Lines) -> Iterator[int]:
    """Yield the letters of an index, of which "X" is no button."""
    for letters in runs(i for i, text in enumerate(lines.texts) if len(text) == 1 and text.isalpha()):
        if len(letters) >= LEAST_LETTERS:
            yield from letters


def _labels(facts: Sequence[Facts], likely: Container[int]) -> Iterator[int]:
    """Yield labels over what they name, where that stays."""
    yield from (
        i for i, (one, below) in enumerate(pairwise(facts)) if labels(one, below) and i + 1 not in likely
    )


def labels(one: Facts, below: Facts) -> bool:
    """Say whether a line is the label of the one below it: "By" over a name, "E-mail" over an address."""
    if one.words > _LABEL or one.stop:
        return False
    if one.key in _BEFORE_NAMES:
        return _is_name(below) and below.text[0].isupper()
    return one.key in _BEFORE_ADDRESSES and reaches_somebody(below.text)
