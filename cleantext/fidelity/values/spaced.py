"""Values in languages that put spaces between words: numbers in digits, and what stands around them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from cleantext.fidelity.values.digits import decade_of, is_date, read_numeral, year_of
from cleantext.fidelity.values.grammar import Grammar
from cleantext.fidelity.values.numberwords import follows, hours_of, multiplied, read_word, unit_after
from cleantext.fidelity.values.tokens import Token, tokens
from cleantext.fidelity.values.units import unit_of
from cleantext.fidelity.values.value import Kind, Strength, Value

_ORDINAL_TAILS = frozenset(
    ["st", "nd", "rd", "th", "er", "re", "ère", "e", "è", "ème", "eme", "es", "os", "as", "o", "a", "º", "ª", "ste", "de", "te",
     "der", "den", "й", "я", "е", "го", "му", "м", "х", "ми", "ой", "ая", "ое", "ий", "ый", "ому", "ым", "ых", "ыми", "та", "ту",
     "ти", "мо"]
)  # fmt: skip
_DECADE_TAILS = frozenset(["s", "er", "ern", "х"])
_HALF_MORE = re.compile(r"[ \u00a0-]?(?:(?<=[ \u00a0-])1/2|½)(?!\d)")
_ENUMERATOR = re.compile(r"\s*[(\[]?\d{1,2}[.)\]]\s")
_DISEASE = ("covid", "sars", "ковид", "cov")
"""What writers name with or without its number."""
_RANGE = 8
"""Code points between the two numbers of a range."""
_SMALL = frozenset(["of", "de", "the", "do", "del"])


def read_spaced(text: str, rules: Grammar) -> Iterator[Value]:
    """Yield the values of a passage whose digits are ASCII."""
    pieces = tokens(text)
    at = 0
    found: list[Value] = []
    while at < len(pieces):
        token = pieces[at]
        if token.sort == "digits":
            at = _digits(text, pieces, at, rules, found)
        elif token.sort == "word":
            at = read_word(text, pieces, at, rules, found)
        else:
            at += 1
    yield from _dated(text, found)


def _digits(text: str, pieces: list[Token], at: int, rules: Grammar, found: list[Value]) -> int:
    token = pieces[at]
    numeral = read_numeral(token.text, rules.decimal)
    before = text[token.start - 1] if token.start else " "
    if len(numeral.pieces) == 2 and follows(text, pieces, at + 1):
        clock = pieces[at + 1].text.lower() in rules.hours and float(numeral.pieces[0]) <= 24
    else:
        clock = False
    if clock or not numeral.amounts:
        _pieces(token, numeral.pieces, clock, found)
        return at + 1
    if before.isalpha() or (before == "-" and token.start > 1 and text[token.start - 2].isalpha()):
        found.append(_label(text, token, numeral.amounts))
        return at + 1
    amounts, end, at = numeral.amounts, token.end, at + 1
    if _is_clock(text, token) and follows(text, pieces, at) and pieces[at].text.lower() in rules.hours:
        middle = token.start + 2  # 1747 hours
        hours = Value(token.start, middle, "time", hours_of(float(token.text[:2])), Strength.DIGITS)
        found += (hours, Value(middle, token.end, "time", (float(token.text[2:]),), Strength.DIGITS))
        return at
    kind: Kind = "number"
    # A tail glued to the digits: 5th, 1960s, 10km, 4x4.
    glued = at < len(pieces) and pieces[at].start == end and pieces[at].sort == "word"
    hyphened = at < len(pieces) and text[end : pieces[at].start] in ("-", "‑") and pieces[at].sort == "word"
    if glued or hyphened:
        tail = pieces[at].text.lower()
        if tail in _DECADE_TAILS and amounts[0] % 10 == 0 and amounts[0] >= 10:
            amounts = decade_of(amounts[0])
            kind, end, at = "decade", pieces[at].end, at + 1
        elif hyphened and pieces[at].text[0].isupper() and not glued:
            found.append(Value(token.start, token.end, "label", amounts, Strength.HINT))
            return at + 1  # 7-Eleven
        elif tail in _ORDINAL_TAILS:
            kind, end, at = "ordinal", pieces[at].end, at + 1
        elif glued and rules.words.get(tail) is None and unit_of(tail) is None and pieces[at].text.isupper():
            found.append(_label(text, token, amounts))
            return at + 1
    elif text[end : end + 2] in ("'s", "’s") and amounts[0] % 10 == 0 and amounts[0] >= 10:
        amounts, kind = decade_of(amounts[0]), "decade"
    half = _HALF_MORE.match(text, end)
    if half is not None:
        amounts, end = (amounts[0] + 0.5,), half.end()
        while at < len(pieces) and pieces[at].start < end:
            at += 1
    scaled = False
    while kind == "number" and follows(text, pieces, at) and pieces[at].sort == "word":
        entry = rules.words.get(pieces[at].text.lower())
        if entry is None or entry.role not in ("scale", "abbreviation"):
            break
        more = tuple(a * entry.amount for a in amounts)
        short = entry.role == "abbreviation" and len(pieces[at].text) <= 2
        amounts = (*more, *amounts) if short else more
        scaled, end, at = True, pieces[at].end, at + 1
    unit, at = unit_after(text, pieces, at, rules)
    if before in "$€£¥₽₴₹":
        unit = unit_of(before)
    if kind == "number" and not scaled:
        amounts, kind = _plain(text, token, pieces, at, amounts, numeral.plain, unit, rules)
        amounts = (*amounts, *multiplied(text, pieces, at, rules, amounts[0]))
    if before in "'’" and len(token.text) == 2:
        amounts, kind = (*amounts, 1900 + amounts[0], 2000 + amounts[0]), "year"
    strength = Strength.DIGITS if amounts[0] != 0 else Strength.HINT
    if _ENUMERATOR.match(text) and not text[: token.start].strip(" ([\t"):
        strength = Strength.HINT
    parts = () if scaled else tuple(float(p) for p in numeral.pieces)
    found.append(Value(token.start, end, kind, amounts, strength, unit, parts, not scaled))
    return at


_AT = re.compile(r"(?i)\b(?:at|by|until|from|um|bis)\s+\Z")


def _is_clock(text: str, token: Token) -> bool:
    """Whether four digits before "hours" are a time of day and no span of time: 0123, at 1747; not 1500 of work."""
    written = token.text
    if len(written) != 4 or not written.isdigit() or int(written[:2]) > 24 or int(written[2:]) > 59:
        return False
    return written[0] == "0" or _AT.search(text, max(0, token.start - 8), token.start) is not None


def _plain(
    text: str,
    token: Token,
    pieces: list[Token],
    at: int,
    amounts: tuple[float, ...],
    plain: bool,
    unit: str | None,
    rules: Grammar,
) -> tuple[tuple[float, ...], Kind]:
    """Read a bare number as a year or an hour where it can be one."""
    amount = amounts[0]
    following = pieces[at].text.lower() if follows(text, pieces, at) else ""
    if following in rules.hours and amount <= 24:
        return hours_of(amount), "time"
    if following.startswith(rules.decades) and following and len(following) > 1 and amount % 10 == 0:
        return decade_of(amount), "decade"
    if plain and len(token.text) == 4 and 1000 <= amount <= 2100 and unit in (None, "year"):
        return year_of(amount), "year"
    return amounts, "number"


def _pieces(token: Token, pieces: tuple[str, ...], clock: bool, found: list[Value]) -> None:
    """Take a time, a score or a date in digits apart."""
    dated = ":" not in token.text and is_date(pieces)
    if not clock and ":" not in token.text and not dated:
        return  # a version, a number with its marks astray
    at = token.start
    for number, piece in enumerate(pieces):
        amount = float(piece) if piece else 0.0
        kind: Kind = "time" if clock or ":" in token.text else "number"
        amounts: tuple[float, ...] = (amount,)
        if dated:
            kind = "year" if len(piece) == 4 or number == 2 else "number"
            if len(piece) == 2 and number == 2:
                amounts = (amount, 2000 + amount, 1900 + amount)
        elif kind == "time" and number == 0 and len(pieces) == 2:
            amounts = hours_of(amount) if amount <= 24 else (amount,)
        strength = Strength.HINT if amount == 0 else Strength.DIGITS
        found.append(Value(at, at + len(piece), kind, amounts, strength))
        at += len(piece) + 1


def _label(text: str, token: Token, amounts: tuple[float, ...]) -> Value:
    start = token.start
    while start and (text[start - 1].isalpha() or text[start - 1] == "-") and token.start - start < 12:
        start -= 1
    label = text[start : token.end].casefold().replace("-", "")
    named = 1 <= len(label.rstrip("0123456789")) <= 8 and not label.startswith(_DISEASE)
    strength = Strength.DIGITS if named else Strength.HINT
    return Value(token.start, token.end, "label", amounts, strength, None, (), True, label)


def _dated(text: str, found: list[Value]) -> Iterator[Value]:
    """See which numbers are days, beside a month, and which words are months only beside a number."""
    for at, value in enumerate(found):
        if at + 1 < len(found):
            value = _with_shared_scale(text, value, found[at + 1])
        if value.kind == "month" and value.strength is Strength.HINT:
            near = [v for v in found[max(0, at - 1) : at + 2] if v.strength is Strength.DIGITS]
            if text[value.start].isupper() and any(_beside(text, value, other) for other in near):
                yield value._replace(strength=Strength.WORD)
                continue
        elif value.kind in ("number", "ordinal", "time") and 1 <= value.amounts[0] <= 31:
            near = [v for v in found[max(0, at - 1) : at + 2] if v.kind == "month"]
            if value.strength is Strength.DIGITS and any(_beside(text, value, other) for other in near):
                yield value._replace(kind="day", unit=None)
                continue
        yield value


def _with_shared_scale(text: str, value: Value, following: Value) -> Value:
    """Read "from 99.4 to 88.5 billion": the scale of the second number may be the first one's too."""
    if value.strength is not Strength.DIGITS or not value.exact or value.kind not in ("number", "year"):
        return value
    if following.strength is not Strength.DIGITS or following.exact or following.start - value.end > _RANGE:
        return value
    if any(mark in text[value.end : following.start] for mark in ".;()"):
        return value
    scales = tuple(value.amounts[0] * s for s in (1e3, 1e6, 1e9, 1e12) if s <= following.amounts[0])
    return value._replace(amounts=value.amounts + scales)


def _beside(text: str, one: Value, other: Value) -> bool:
    between = text[min(one.end, other.end) : max(one.start, other.start)]
    return len(between) <= 6 and all(
        w in _SMALL for w in between.replace(".", " ").replace(",", " ").lower().split()
    )
