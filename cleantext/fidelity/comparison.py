"""Numbers and dates of an aligned pair held against each other."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Literal, NamedTuple

from cleantext.fidelity.alignment import Alignment, Bead, Sentence
from cleantext.fidelity.scripts import latin
from cleantext.fidelity.values import Strength, Value, licensed
from cleantext.fidelity.values.units import is_money, same_dimension

_CALENDAR = frozenset(["day", "month", "year", "time", "decade"])
NEAR = 1
"""Beads on either side in which a number may have gone astray without being lost."""

# Confidence of a wrong number by how both sides write it, before what speaks against it.
_SURE = {
    (Strength.DIGITS, Strength.DIGITS): 0.92,
    (Strength.DIGITS, Strength.WORD): 0.82,
    (Strength.WORD, Strength.DIGITS): 0.78,
    (Strength.WORD, Strength.WORD): 0.72,
}


class Difference(NamedTuple):
    """A number of one side that the other does not say, or says otherwise.

    ``source`` and ``target`` are the values, None where a side has none; ``bead`` the
    number of the bead that both stand in; ``confidence`` a probability.
    """

    sort: Literal["wrong", "missing", "added"]
    source: Value | None
    target: Value | None
    bead: int
    confidence: float

    @property
    def is_date(self) -> bool:
        """Whether it is about a day, a month, a year or a time of day."""
        return any(v is not None and v.kind in _CALENDAR for v in (self.source, self.target))


def differences(alignment: Alignment) -> Iterator[Difference]:
    """Yield the differences of numbers between sentences that say the same, in order."""
    beads = alignment.beads
    here = [_values(alignment.source[b.first : b.last]) for b in beads]
    there = [_values(alignment.target[b.low : b.high]) for b in beads]
    everywhere = [amount for values in here for v in values for amount in v.amounts]
    known = frozenset(everywhere)
    for number, bead in enumerate(beads):
        if not bead.is_pair:
            continue
        low, high = max(0, number - NEAR), number + NEAR + 1
        near_here = [v for values in here[low:high] for v in values]
        near_there = [v for values in there[low:high] for v in values]
        lost = [v for v in here[number] if v.strength > Strength.HINT and not licensed(v, near_there)]
        new = [v for v in there[number] if v.strength > Strength.HINT and not licensed(v, near_here)]
        yield from _pairs(lost, new, number, _doubt(bead), known)


def _values(sentences: Sequence[Sentence]) -> list[Value]:
    return [value for sentence in sentences for value in sentence.values]


def _doubt(bead: Bead) -> float:
    """Return what a bead's own unlikeliness leaves of the confidence in what it says."""
    if bead.last - bead.first == 1 == bead.high - bead.low:
        return 1.0 if bead.cost < 5 else 0.8
    return 0.9 if bead.cost < 10 else 0.75


def _pairs(
    lost: list[Value], new: list[Value], bead: int, doubt: float, known: frozenset[float]
) -> Iterator[Difference]:
    """Pair what one side lost with what the other has instead: best first, each once."""
    scored = sorted(
        ((_likeness(s, t, i, j), i, j) for i, s in enumerate(lost) for j, t in enumerate(new)), reverse=True
    )
    taken_here: set[int] = set()
    taken_there: set[int] = set()
    crowd = len(lost) > 2 or len(new) > 2 or len(lost) != len(new)
    for score, i, j in scored:
        if score <= 0 or i in taken_here or j in taken_there:
            continue
        taken_here.add(i)
        taken_there.add(j)
        s, t = lost[i], new[j]
        if _is_exchanged(s, t):
            continue
        confidence = _SURE[s.strength, t.strength] * min(1.0, score) * doubt
        if crowd:
            confidence *= 0.85
        if t.amounts[0] > 12 and t.amounts[0] in known:
            confidence *= 0.7  # it stands elsewhere in the original: the sentences may be paired wrongly
        yield Difference("wrong", s, t, bead, confidence)
    for i, s in enumerate(lost):
        if i not in taken_here and s.kind != "label":
            yield Difference(
                "missing", s, None, bead, (0.4 if s.strength is Strength.DIGITS else 0.2) * doubt
            )
    for j, t in enumerate(new):
        if j not in taken_there and t.kind != "label":
            yield Difference("added", None, t, bead, (0.35 if t.strength is Strength.DIGITS else 0.2) * doubt)


def _is_exchanged(one: Value, other: Value) -> bool:
    """Whether amounts are of different currencies: a writer who converts looks the rate up."""
    return same_dimension(one.unit, other.unit) and is_money(one.unit)


def _likeness(one: Value, other: Value, i: int, j: int) -> float:
    """Return how well one value stands for the other's place, 0 where it cannot."""
    if (one.unit == "%") != (other.unit == "%") and Strength.WORD in (one.strength, other.strength):
        return 0.0  # "one in five" for 20 per cent
    if one.unit != other.unit and one.unit and other.unit and not same_dimension(one.unit, other.unit):
        return 0.0
    if "month" in (one.kind, other.kind):
        return 0.9 - 0.01 * abs(i - j) if one.kind == other.kind else 0.0
    if "label" in (one.kind, other.kind):
        stems = {latin(v.label.rstrip("0123456789")) for v in (one, other)}
        return 0.9 if one.kind == other.kind and len(stems) == 1 else 0.0
    score = 1.0 if one.kind == other.kind else 0.8
    if "year" in (one.kind, other.kind) and one.kind != other.kind:
        like_years = all(1500 <= v.amounts[0] <= 2100 for v in (one, other))
        score = 0.9 if like_years else 0.5
    if one.unit != other.unit:
        score -= 0.1
    return score - 0.01 * abs(i - j)
