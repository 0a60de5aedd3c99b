"""Values in languages that put spaces between words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from cleantext.fidelity.values.digits import is_date, read_numeral
from cleantext.fidelity.values.grammar import Entry, Grammar, grammar
from cleantext.fidelity.values.roman import read_roman
from cleantext.fidelity.values.tokens import Token, tokens
from cleantext.fidelity.values.units import unit_of
from cleantext.fidelity.values.value import Kind, Strength, Value

_BETWEEN = frozenset([" ", "-", "‑", "\u00a0", "\u202f", ""])
_ORDINAL_TAILS = frozenset(
    [
        "st",
        "nd",
        "rd",
        "th",
        "er",
        "re",
        "ère",
        "e",
        "è",
        "ème",
        "eme",
        "es",
        "os",
        "as",
        "o",
        "a",
        "º",
        "ª",
        "ste",
        "de",
        "te",
        "der",
        "den",
        "й",
        "я",
        "е",
        "го",
        "му",
        "м",
        "х",
        "ми",
        "ой",
        "ая",
        "ое",
        "ий",
        "ый",
        "ому",
        "ым",
        "ых",
        "ыми",
        "та",
        "ту",
        "ти",
        "мо",
    ]
)
_DECADE_TAILS = frozenset(["s", "er", "ern", "х"])
_HALF_MORE = re.compile(r"[ \u00a0-]?(?:(?<=[ \u00a0-])1/2|½)(?!\d)")
_HYPHENS = ("-", "‑", "‐", "–", "—", "―")
_AFTER_CAPITAL = re.compile(r"(?<!\w)[^\W\d_a-z][^\W\d_]*[-‑‐–—―]\Z")
_ENUMERATOR = re.compile(r"\s*[(\[]?\d{1,2}[.)\]]\s")
_AMBIGUOUS_MONTHS = frozenset(["may", "march", "mar", "set", "sep", "dec", "jan"])
_SMALL_MONTHS = frozenset(["ru", "uk", "pl", "cs", "es", "fr", "it", "pt", "nl"])
"""Languages that write months small: one with a capital begins a sentence or is a name."""
_DISEASE = ("covid", "sars", "ковид", "cov")
"""What writers name with or without its number."""
_ARTICLES = frozenset(["a", "an", "ein", "eine", "un", "una", "een", "um", "uma"])
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
            at = _word(text, pieces, at, rules, found)
        else:
            at += 1
    yield from _dated(text, found)


@lru_cache(1 << 16)
def _entry(word: str, code: str) -> Entry | None:
    """Look a word up, in small letters: whole, taken apart where the language glues, or by its stem."""
    rules = grammar(code)
    assert rules is not None
    known = rules.words.get(word)
    if known is not None:
        return known
    if rules.glued:
        amount = _unglued(word, rules)
        if amount is not None:
            return Entry("cardinal", amount)
    stem = rules.stem(word)
    return None if stem is None else Entry("loose", stem)


def _unglued(word: str, rules: Grammar) -> float | None:
    """Read "zweihundertfünfzig": what stands before a hundred or thousand multiplies it, what follows adds."""
    for joint, worth in rules.glued.items():
        at = word.find(joint)
        if at < 0:
            continue
        before, after = word[:at], word[at + len(joint) :]
        times = 1.0 if not before else _unglued(before, rules) if before not in rules.words else None
        if before in rules.words and rules.words[before].role in ("cardinal", "loose", "scale"):
            times = rules.words[before].amount
        for join in rules.joins:
            if after.startswith(join) and after[len(join) :] in rules.words:
                after = after[len(join) :]
        plus = 0.0 if not after else _unglued(after, rules)
        if after in rules.words and rules.words[after].role == "cardinal":
            plus = rules.words[after].amount
        if times is None or plus is None:
            return None
        return times * worth + plus
    return None


def _gap(text: str, one: Token, other: Token) -> str:
    return text[one.end : other.start]


def _next_to(text: str, pieces: list[Token], at: int) -> bool:
    """Whether a token follows at ``at`` with no more than a blank or hyphen before it."""
    return at < len(pieces) and _gap(text, pieces[at - 1], pieces[at]) in _BETWEEN


def _digits(text: str, pieces: list[Token], at: int, rules: Grammar, found: list[Value]) -> int:
    token = pieces[at]
    numeral = read_numeral(token.text, rules.decimal)
    before = text[token.start - 1] if token.start else " "
    if len(numeral.pieces) == 2 and _next_to(text, pieces, at + 1):
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
    if _is_clock(text, token) and _next_to(text, pieces, at) and pieces[at].text.lower() in rules.hours:
        middle = token.start + 2  # 1747 hours
        hours = Value(token.start, middle, "time", _hour(float(token.text[:2])), Strength.DIGITS)
        found += (hours, Value(middle, token.end, "time", (float(token.text[2:]),), Strength.DIGITS))
        return at
    kind: Kind = "number"
    # A tail glued to the digits: 5th, 1960s, 10km, 4x4.
    glued = at < len(pieces) and pieces[at].start == end and pieces[at].sort == "word"
    hyphened = at < len(pieces) and text[end : pieces[at].start] in ("-", "‑") and pieces[at].sort == "word"
    if glued or hyphened:
        tail = pieces[at].text.lower()
        if tail in _DECADE_TAILS and amounts[0] % 10 == 0 and amounts[0] >= 10:
            amounts = _decade(amounts[0])
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
        amounts, kind = _decade(amounts[0]), "decade"
    half = _HALF_MORE.match(text, end)
    if half is not None:
        amounts, end = (amounts[0] + 0.5,), half.end()
        while at < len(pieces) and pieces[at].start < end:
            at += 1
    scaled = False
    while kind == "number" and _next_to(text, pieces, at) and pieces[at].sort == "word":
        entry = rules.words.get(pieces[at].text.lower())
        if entry is None or entry.role not in ("scale", "abbreviation"):
            break
        more = tuple(a * entry.amount for a in amounts)
        short = entry.role == "abbreviation" and len(pieces[at].text) <= 2
        amounts = (*more, *amounts) if short else more
        scaled, end, at = True, pieces[at].end, at + 1
    unit, end, at = _unit_after(text, pieces, at, end, rules)
    if before in "$€£¥₽₴₹":
        unit = unit_of(before)
    if kind == "number" and not scaled:
        amounts, kind = _plain(text, token, pieces, at, amounts, numeral.plain, unit, rules)
        amounts = (*amounts, *_by_the(text, pieces, at, rules, amounts[0]))
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


def _decade(amount: float) -> tuple[float, ...]:
    return (amount, amount % 100) if amount >= 1000 else (amount, 1900 + amount)


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
    following = pieces[at].text.lower() if _next_to(text, pieces, at) else ""
    if following in rules.hours and amount <= 24:
        return _hour(amount), "time"
    if following.startswith(rules.decades) and following and len(following) > 1 and amount % 10 == 0:
        return _decade(amount), "decade"
    if plain and len(token.text) == 4 and 1000 <= amount <= 2100 and unit in (None, "year"):
        return ((amount, amount % 100) if amount % 10 == 0 and amount % 100 else (amount,)), "year"
    return amounts, "number"


def _hour(amount: float) -> tuple[float, ...]:
    if amount in (0, 12, 24):
        return (amount, 12.0, 0.0, 24.0)
    return (amount, amount - 12 if amount > 12 else amount + 12)


def _unit_after(
    text: str, pieces: list[Token], at: int, end: int, rules: Grammar
) -> tuple[str | None, int, int]:
    if not _next_to(text, pieces, at) or pieces[at].sort == "digits":
        return None, end, at
    written = pieces[at].text.lower()
    if written == "°" and at + 1 < len(pieces):
        following = pieces[at + 1].text.lower()
        return unit_of("°" + following[:1]), end, at + 1
    entry = rules.words.get(written)
    if entry is not None and entry.role == "month":
        return None, end, at
    unit = unit_of(written)
    return unit, end, at


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
            amounts = _hour(amount) if amount <= 24 else (amount,)
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


def _word(text: str, pieces: list[Token], at: int, rules: Grammar, found: list[Value]) -> int:
    token = pieces[at]
    entry = _entry(token.text.lower(), rules.code)
    if entry is None:
        if token.text.isupper() and len(token.text) <= 8 and token.text not in ("C", "D", "L", "M"):
            amount = read_roman(token.text)
            if amount is not None:
                near = (*pieces[max(0, at - 1) : at], *pieces[at + 1 : at + 2])
                century = amount > 4 and any(
                    len(p.text) > 1 and p.text.lower().startswith(rules.centuries) for p in near
                )
                strength = Strength.WORD if century else Strength.HINT
                found.append(Value(token.start, token.end, "ordinal", (float(amount),), strength))
        return at + 1
    match entry.role:
        case "month":
            found.append(_month(token, entry, rules.code))
            return at + 1
        case "loose" | "half":
            return _loose(text, pieces, at, rules, found, entry)
        case "abbreviation":
            return at + 1
        case "ordinal":
            found.append(Value(token.start, token.end, "ordinal", (entry.amount,), Strength.HINT))
            return at + 1
        case _:
            return _spelled(text, pieces, at, rules, found)


def _month(token: Token, entry: Entry, code: str) -> Value:
    word = token.text.lower()
    named = code in _SMALL_MONTHS and token.text[0].isupper()  # Марта Кольцова
    sure = word not in _AMBIGUOUS_MONTHS and not named
    return Value(token.start, token.end, "month", (entry.amount,), Strength.WORD if sure else Strength.HINT)


def _loose(text: str, pieces: list[Token], at: int, rules: Grammar, found: list[Value], entry: Entry) -> int:
    token = pieces[at]
    amounts: tuple[float, ...] = (entry.amount,)
    if entry.role == "half":
        amounts = (0.5, 50.0, 30.0, 2.0)
        ahead = at + 1
        if ahead < len(pieces) and pieces[ahead].text.lower() in _ARTICLES:
            ahead += 1
        if ahead < len(pieces) and _gap(text, pieces[ahead - 1], pieces[ahead]) in _BETWEEN:
            scale = rules.words.get(pieces[ahead].text.lower())
            if scale is not None and scale.role == "scale":
                found.append(
                    Value(token.start, pieces[ahead].end, "number", (0.5 * scale.amount,), Strength.HINT)
                )
                return ahead + 1
    elif entry.amount == 4:
        amounts = (4.0, 0.25, 25.0, 15.0, 3.0)
    elif entry.amount == 12:
        amounts = (12.0, 0.0, 24.0, 10.0)
    found.append(Value(token.start, token.end, "number", amounts, Strength.HINT))
    return at + 1


def _is_half_of_a_name(text: str, start: int, end: int) -> bool:
    """Whether a hyphen joins a number word to another word, both with a capital: "Seven-Eleven"."""
    if not text[start].isupper():
        return False
    behind = text[end : end + 1] in _HYPHENS and text[end + 1 : end + 2].isupper()
    before = _AFTER_CAPITAL.search(text, max(0, start - 30), start) is not None
    return behind or before


def _spelled(text: str, pieces: list[Token], at: int, rules: Grammar, found: list[Value]) -> int:
    """Put number words together: "two hundred and six thousand"."""
    first, total, group = at, 0.0, -1.0
    last = float("inf")  # the scale before, which the next one must be smaller than
    kind: Kind = "number"
    while at < len(pieces):
        entry = _entry(pieces[at].text.lower(), rules.code) if pieces[at].sort == "word" else None
        if entry is None or entry.role not in ("cardinal", "scale", "ordinal", "half"):
            break
        amount = entry.amount
        if entry.role == "half":
            if at == first or (group < 0 and not total):
                break
            group = max(group, 0) + 0.5
        elif entry.role == "cardinal":
            if group % 100 == 4 and amount == 20 and rules.adds_teens:
                group += 76  # quatre-vingt
            elif group >= 0 and not _adds(group, amount, rules):
                break
            else:
                group = amount if group < 0 else group + amount
        elif entry.role == "ordinal":
            if group < 20 or not _adds(group, amount, rules):
                break
            group, kind = group + amount, "ordinal"
        elif amount == 100:
            if group >= 100:
                break
            group = (group if group > 0 else 1.0) * 100
        elif group < 0 and total and amount > last:
            total, last = total * amount, amount
        else:
            if amount >= last:
                break
            total, group, last = total + (group if group > 0 else 1.0) * amount, -1.0, amount
        at += 1
        if kind == "ordinal":
            break
        ahead = _onwards(text, pieces, at, rules)
        if ahead is None:
            break
        at = ahead
    while at > first + 1 and pieces[at - 1].text.lower() in rules.joins:
        at -= 1  # a join that joined nothing
    if at == first:
        return at + 1
    amount = total + max(group, 0.0)
    alone = at == first + 1
    start, end = pieces[first].start, pieces[at - 1].end
    role = rules.words.get(pieces[first].text.lower())
    bare_scale = alone and role is not None and role.role == "scale"
    named = alone and _is_half_of_a_name(text, start, end)
    strength = Strength.HINT if amount <= 1 or bare_scale or named else Strength.WORD
    unit, _, _ = _unit_after(text, pieces, at, end, rules)
    if at < len(pieces) and _next_to(text, pieces, at) and pieces[at].sort == "word":
        following = _entry(pieces[at].text.lower(), rules.code)
        if following is not None and following.role == "ordinal":
            strength = Strength.HINT  # two thirds
        if pieces[at].text.lower() in rules.hours and amount <= 24:
            found.append(Value(start, end, "time", _hour(amount), strength))
            return at
    found.append(
        Value(
            start,
            end,
            kind,
            (amount, *_by_the(text, pieces, at, rules, amount)),
            min(strength, Strength.HINT) if kind == "ordinal" else strength,
            unit,
            (),
            False,
        )
    )
    return at


def _by_the(text: str, pieces: list[Token], at: int, rules: Grammar, amount: float) -> tuple[float, ...]:
    """Read "four decades" as forty, too, and "three dozen" as thirty-six."""
    if not _next_to(text, pieces, at) or pieces[at].sort != "word":
        return ()
    entry = rules.words.get(pieces[at].text.lower())
    if entry is None or entry.role != "loose" or entry.amount not in (10, 12, 20, 100, 1000):
        return ()
    return (amount * entry.amount,)


def _onwards(text: str, pieces: list[Token], at: int, rules: Grammar) -> int | None:
    """Return where the next part of a number stands, past a joining word; None where the number ends."""
    if not _next_to(text, pieces, at):
        return None
    if pieces[at].text.lower() in rules.joins:
        if not _next_to(text, pieces, at + 1):
            return None
        entry = _entry(pieces[at + 1].text.lower(), rules.code)
        if pieces[at + 1].text.lower() in _ARTICLES and _next_to(text, pieces, at + 2):
            half = _entry(pieces[at + 2].text.lower(), rules.code)
            if half is not None and half.role == "half":
                return at + 2
        return at + 1 if entry is not None and entry.role in ("cardinal", "half", "ordinal") else None
    return at


def _adds(group: float, amount: float, rules: Grammar) -> bool:
    """Whether a number word goes on the number before it: twenty and three, not three and twenty."""
    if group >= 100 and group % 100 == 0:
        return amount < 100
    if group % 100 in rules.adds_teens and amount < 20:
        return True
    return group % 100 >= 20 and group % 10 == 0 and amount < 10


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
