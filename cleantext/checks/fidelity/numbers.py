"""Numbers and dates that the translation says otherwise, lacks or adds."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from cleantext.checks import Hit
from cleantext.checks.fidelity.passages import beside, place
from cleantext.fidelity.comparison import Difference, differences
from cleantext.fidelity.pair import Pair
from cleantext.fidelity.values import LANGUAGES, Strength, Value
from cleantext.fidelity.values.grammar import spelled
from cleantext.finding import Edit, Fix
from cleantext.rulebook import Card

RULES = {
    ("wrong", False): "FD001",
    ("wrong", True): "FD002",
    ("missing", False): "FD003",
    ("missing", True): "FD004",
    ("added", False): "FD005",
    ("added", True): "FD006",
}
_NUMERAL = re.compile(r"\d[\d.,\u00a0\u202f ]*\d|\d")
_CERTAIN = 0.7


def number_hits(pair: Pair, cards: Mapping[str, Card]) -> Iterator[Hit]:
    """Yield a hit for each number that differs; none where either language has no grammar."""
    if pair.original_lang not in LANGUAGES or pair.lang not in LANGUAGES:
        return
    for difference in differences(pair.alignment):
        rule = RULES[difference.sort, difference.is_date]
        if rule in cards:
            yield _hit(pair, rule, difference)


def _hit(pair: Pair, rule: str, difference: Difference) -> Hit:
    source, target = difference.source, difference.target
    bead = pair.alignment.beads[difference.bead]
    if target is not None:
        start, end = target.start, target.end
    else:
        start = end = pair.alignment.target[bead.high - 1].end
    original = None
    if source is not None:
        original = place(pair, source.start, source.end)
    elif bead.first < bead.last:
        first, last = pair.alignment.source[bead.first], pair.alignment.source[bead.last - 1]
        original = place(pair, first.start, last.end)
    fixes: tuple[Fix, ...] = ()
    if source is not None and target is not None and difference.confidence >= _CERTAIN:
        written = rewritten(pair.text[target.start : target.end], source, target, pair.lang)
        if written is not None:
            fixes = (Fix((Edit(target.start, target.end, written),)),)
    return Hit(
        rule,
        start,
        end,
        fixes=fixes,
        confidence=round(difference.confidence, 4),
        evidence=beside(pair, difference.bead),
        message=_message(pair, difference),
        original=original,
    )


def _message(pair: Pair, difference: Difference) -> str:
    source, target = difference.source, difference.target
    here = "" if source is None else _said(pair.original[source.start : source.end], source)
    there = "" if target is None else f"“{pair.text[target.start : target.end]}”"
    if not here:
        return f"The translation says {there}; the original has no such number in these sentences."
    if not there:
        return f"The original says {here}; the translation has no such number in these sentences."
    return f"The original says {here}, the translation {there}."


def _said(written: str, value: Value) -> str:
    plain = readable(value.amounts[0])
    if (
        value.kind == "label"
        or plain in written.replace(" ", "")
        or (value.strength is not Strength.DIGITS and written.isascii())
    ):
        return f"“{written}”"
    return f"“{written}” ({plain})"


def readable(amount: float) -> str:
    """Write an amount as English does: 146,000 or 1.5."""
    return f"{amount:,.0f}" if amount == int(amount) else f"{amount:,g}"


def rewritten(written: str, source: Value, target: Value, lang: str) -> str | None:
    """Write the original's amount as the translation writes its own; None where that is not certain."""
    if source.kind == "label" or (source.unit != target.unit and source.unit and target.unit):
        return None
    amount = source.amounts[0]
    if len(source.amounts) > 1 and source.kind not in ("year", "decade", "day", "time"):
        return None  # read in two ways
    if target.strength is Strength.WORD:
        word = spelled(amount, lang)
        if word is None or (target.kind == "month" and source.kind != "month"):
            return None
        return word.capitalize() if written[:1].isupper() else word
    numeral = _NUMERAL.search(written)
    if numeral is None:
        return None
    digits = numeral.group()
    plain = digits.replace(",", "") if lang in ("en", "zh", "ja", "hi") else None
    if plain is None or not re.fullmatch(r"\d+(?:\.\d+)?", plain) or float(plain) == 0:
        return None
    scale = target.amounts[0] / float(plain)
    new = round(amount / scale, 6)
    if new <= 0 or (target.kind == "ordinal" and not re.fullmatch(r"\d+", written)):
        return None
    figure = f"{new:g}" if new < 1_000_000 else f"{new:.0f}"
    if "e" in figure or len(figure.partition(".")[2]) > 3:
        return None
    if target.kind not in ("year", "decade") and new >= 1000 and ("," in digits or new >= 10_000):
        figure = f"{new:,.0f}" if new == int(new) else f"{new:,}"
    return written[: numeral.start()] + figure + written[numeral.end() :]
