"""How sure counts make us: exact bounds on a precision, and the sample sizes that they ask for.

The bounds are those of Clopper and Pearson (1934), quantiles of a Beta distribution;
they never promise more than they hold, so that no error in 59, 149 and 299 decisions
just reaches 0.95, 0.98 and 0.99. Groups are finite, and their samples follow the
hypergeometric distribution.
"""

from __future__ import annotations

import math

CONFIDENCE = 0.95


def lower_bound(right: int, total: int, confidence: float = CONFIDENCE) -> float:
    """Return the one-sided lower bound of a precision of which ``right`` of ``total`` was seen."""
    return 0.0 if right == 0 else _quantile(1 - confidence, right, total - right + 1)


def upper_bound(right: int, total: int, confidence: float = CONFIDENCE) -> float:
    """Return the one-sided upper bound."""
    return 1.0 if right == total else _quantile(confidence, right + 1, total - right)


def needed(bound: float, wrong: int = 0, confidence: float = CONFIDENCE) -> int:
    """Return how many decisions, ``wrong`` of them against the rule, bring its lower bound to ``bound``.

    Raises ValueError for a bound that no number of decisions reaches.
    """
    if not 0 < bound < 1:
        raise ValueError(f"a bound lies between 0 and 1, not at {bound}")
    high = 1
    while lower_bound(high, high + wrong, confidence) < bound:
        high *= 2
    low = high // 2
    while low + 1 < high:
        middle = (low + high) // 2
        if lower_bound(middle, middle + wrong, confidence) < bound:
            low = middle
        else:
            high = middle
    return high + wrong


def sample_size(population: int, share: float, wrong: int = 0, confidence: float = CONFIDENCE) -> int:
    """Return how many of a group must be read, ``wrong`` of them found wrong, to trust the rest.

    After that many one is ``confidence`` sure that more than ``1 - share`` of the
    group cannot be wrong. The whole group where no smaller sample will do.
    """
    bad = math.floor(population * (1 - share) + 1e-9) + 1  # the least number that would break the promise
    if bad > population:
        return wrong
    low, high = wrong, population
    while low < high:
        middle = (low + high) // 2
        if _at_most(wrong, middle, bad, population) <= 1 - confidence:
            high = middle
        else:
            low = middle + 1
    return high


def _at_most(wrong: int, drawn: int, bad: int, population: int) -> float:
    """Probability of at most ``wrong`` bad ones among ``drawn`` (hypergeometric)."""
    if drawn <= wrong:
        return 1.0
    total = 0.0
    for k in range(wrong + 1):
        if k > bad or drawn - k > population - bad:
            continue
        total += math.exp(_choose(bad, k) + _choose(population - bad, drawn - k) - _choose(population, drawn))
    return total


def _choose(n: int, k: int) -> float:
    """Logarithm of the binomial coefficient."""
    return math.lgamma(n + 1) - math.lgamma(k + 1) - math.lgamma(n - k + 1)


def _quantile(probability: float, a: float, b: float) -> float:
    low, high = 0.0, 1.0
    for _ in range(50):
        middle = (low + high) / 2
        if _beta(middle, a, b) < probability:
            low = middle
        else:
            high = middle
    return (low + high) / 2


def _beta(x: float, a: float, b: float) -> float:
    """Regularised incomplete beta function, by Lentz's continued fraction."""
    if x <= 0 or x >= 1:
        return 0.0 if x <= 0 else 1.0
    if x > (a + 1) / (a + b + 2):
        return 1 - _beta(1 - x, b, a)
    front = math.exp(
        math.lgamma(a + b) - math.lgamma(a) - math.lgamma(b) + a * math.log(x) + b * math.log1p(-x)
    )
    tiny = 1e-300
    c, d = 1.0, 1 / max(tiny, 1 - (a + b) * x / (a + 1))
    value = d
    for m in range(1, 500):
        for numerator in (
            m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m)),
            -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1)),
        ):
            d = 1 + numerator * d
            d = 1 / (d if abs(d) > tiny else tiny)
            c = 1 + numerator / c
            c = c if abs(c) > tiny else tiny
            value *= d * c
        if abs(d * c - 1) < 1e-12:
            break
    return front * value / a
