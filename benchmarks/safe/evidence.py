"""One judged edit, and what many of them say: the rows of the ledger."""

from __future__ import annotations

import random
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from cleantext.rulebook.ledger import Row

ROUNDS = 2_000
LEVEL = 0.05


class Judged(NamedTuple):
    """One edit that was judged: of which rule (or kind of line) and kind, in which article, and whether it was right.

    Where a ``site`` is named, what is right on one of its articles is no witness for another.
    """

    rule: str
    kind: str
    article: str
    right: bool
    text: str
    judge: str
    site: str = ""


def exact_bound(right: int, wrong: int) -> float:
    """One-sided 95 % lower bound of a share, by Clopper and Pearson (1934): a probability."""
    if right == 0:
        return 0.0
    low, high = 0.0, 1.0
    for _ in range(60):
        middle = (low + high) / 2
        # The chance of so many right ones or more, where the share were `middle`.
        if _upper_tail(right, right + wrong, middle) < LEVEL:
            low = middle
        else:
            high = middle
    return low


def _upper_tail(least: int, n: int, share: float) -> float:
    """Chance of at least ``least`` successes in ``n``; summed over the failures, which are few."""
    total, term = 0.0, share**n
    for failures in range(n - least + 1):
        total += term
        term *= (n - failures) / (failures + 1) * (1 - share) / share if share else 0.0
    return total


def bound_by_article(cases: Sequence[Judged], seed: int = 1) -> float:
    """Lower bound of the share of right edits that does not count edits of one article, or of one site, as independent.

    The lower of two: edits resampled by article (bootstrap), and an exact bound in which an article is one case, wrong
    where one of its edits is. The second holds where nothing was wrong, and resampling has nothing to resample.
    """
    by: dict[str, list[bool]] = defaultdict(list)
    for case in cases:
        by[case.site or case.article].append(case.right)
    groups = [(sum(right), len(right)) for right in by.values()]
    if not groups:
        return 0.0
    clean = sum(right == n for right, n in groups)
    exact = exact_bound(clean, len(groups) - clean)
    dice = random.Random(seed)
    shares = []
    for _ in range(ROUNDS if clean < len(groups) else 1):
        drawn = dice.choices(groups, k=len(groups))
        shares.append(sum(right for right, _ in drawn) / sum(n for _, n in drawn))
    return min(exact, sorted(shares)[int(LEVEL * len(shares))])


def rows(cases: Iterable[Judged]) -> Mapping[str, Row]:
    """Return the ledger's rows, by rule; a kind's bound is over all its rules' cases."""
    by_rule: dict[str, list[Judged]] = defaultdict(list)
    by_kind: dict[str, list[Judged]] = defaultdict(list)
    for case in cases:
        by_rule[case.rule].append(case)
        by_kind[case.kind].append(case)
    bounds = {kind: bound_by_article(judged) for kind, judged in by_kind.items()}
    found = {}
    for rule in sorted(by_rule):
        judged = by_rule[rule]
        found[rule] = Row(
            kind=judged[0].kind,
            cases=len(judged),
            wrong=sum(not case.right for case in judged),
            articles=len({case.article for case in judged}),
            bound=round(bounds[judged[0].kind], 4),
            text=_names(case.text for case in judged),
            judge=_names(case.judge for case in judged),
        )
    return found


def _names(names: Iterable[str]) -> str:
    counts = Counter(names)
    if len(counts) == 1:
        return next(iter(counts))
    return ", ".join(f"{name} ({n})" for name, n in counts.most_common())
