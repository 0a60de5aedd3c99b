"""Numbers and months written as words, in languages that put spaces between them."""

from __future__ import annotations

import re
from functools import lru_cache

from cleantext.fidelity.values.grammar import Entry, Grammar, grammar
from cleantext.fidelity.values.roman import read_roman
from cleantext.fidelity.values.tokens import Token
from cleantext.fidelity.values.units import unit_of
from cleantext.fidelity.values.value import Kind, Strength, Value

_BETWEEN = frozenset([" ", "-", "‑", "\u00a0", "\u202f", ""])
_HYPHENS = ("-", "‑", "‐", "–", "—", "―")
_AFTER_CAPITAL = re.compile(r"(?<!\w)[^\W\d_a-z][^\W\d_]*[-‑‐–—―]\Z")
_AMBIGUOUS_MONTHS = frozenset(["may", "march", "mar", "set", "sep", "dec", "jan"])
_SMALL_MONTHS = frozenset(["ru", "uk", "pl", "cs", "es", "fr", "it", "pt", "nl"])
"""Languages that write months small: one with a capital begins a sentence or is a name."""
_ARTICLES = frozenset(["a", "an", "ein", "eine", "un", "una", "een", "um", "uma"])


def read_word(text: str, pieces: list[Token], at: int, rules: Grammar, found: list[Value]) -> int:
    """Read the value that begins with a word, if one does; return the token to go on with."""
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
    unit, _ = unit_after(text, pieces, at, rules)
    if at < len(pieces) and follows(text, pieces, at) and pieces[at].sort == "word":
        following = _entry(pieces[at].text.lower(), rules.code)
        if following is not None and following.role == "ordinal":
            strength = Strength.HINT  # two thirds
        if pieces[at].text.lower() in rules.hours and amount <= 24:
            found.append(Value(start, end, "time", hours_of(amount), strength))
            return at
    found.append(
        Value(
            start,
            end,
            kind,
            (amount, *multiplied(text, pieces, at, rules, amount)),
            min(strength, Strength.HINT) if kind == "ordinal" else strength,
            unit,
            (),
            False,
        )
    )
    return at


def _onwards(text: str, pieces: list[Token], at: int, rules: Grammar) -> int | None:
    """Return where the next part of a number stands, past a joining word; None where the number ends."""
    if not follows(text, pieces, at):
        return None
    if pieces[at].text.lower() in rules.joins:
        if not follows(text, pieces, at + 1):
            return None
        entry = _entry(pieces[at + 1].text.lower(), rules.code)
        if pieces[at + 1].text.lower() in _ARTICLES and follows(text, pieces, at + 2):
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


def hours_of(amount: float) -> tuple[float, ...]:
    """Return an hour as either clock counts it: 5 and 17; noon and midnight stand for each other."""
    if amount in (0, 12, 24):
        return (amount, 12.0, 0.0, 24.0)
    return (amount, amount - 12 if amount > 12 else amount + 12)


def unit_after(text: str, pieces: list[Token], at: int, rules: Grammar) -> tuple[str | None, int]:
    """Return the unit after a number, and the token to go on with."""
    if not follows(text, pieces, at) or pieces[at].sort == "digits":
        return None, at
    written = pieces[at].text.lower()
    if written == "°" and at + 1 < len(pieces):
        following = pieces[at + 1].text.lower()
        return unit_of("°" + following[:1]), at + 1
    entry = rules.words.get(written)
    if entry is not None and entry.role == "month":
        return None, at
    return unit_of(written), at


def multiplied(text: str, pieces: list[Token], at: int, rules: Grammar, amount: float) -> tuple[float, ...]:
    """Read "four decades" as forty, too, and "three dozen" as thirty-six."""
    if not follows(text, pieces, at) or pieces[at].sort != "word":
        return ()
    entry = rules.words.get(pieces[at].text.lower())
    if entry is None or entry.role != "loose" or entry.amount not in (10, 12, 20, 100, 1000):
        return ()
    return (amount * entry.amount,)


def follows(text: str, pieces: list[Token], at: int) -> bool:
    """Whether a token follows at ``at`` with no more than a blank or hyphen before it."""
    return at < len(pieces) and _gap(text, pieces[at - 1], pieces[at]) in _BETWEEN


def _gap(text: str, one: Token, other: Token) -> str:
    return text[one.end : other.start]
