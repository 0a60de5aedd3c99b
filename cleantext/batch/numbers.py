"""The numbers of a report, as they stand on the page and in its JSON: one value, both are written from it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import msgspec

from cleantext.batch.comparison import Comparison, Difference, compare
from cleantext.batch.summary import EditorSum, Example, SourceSum, Summary, Worst
from cleantext.rulebook import shipped

GARBLED = 0.8
"""Probability from which an article counts as garbled."""
TIERS = ("safe", "review", "display")
EXAMPLES = 3
"""Findings of a rule that are new, and as many that are gone, that a comparison shows."""


class RuleNumbers(msgspec.Struct, frozen=True):
    """What one rule found; ``tiers`` counts by applicability."""

    rule: str
    name: str
    category: str
    findings: int
    articles: int
    tiers: dict[str, int]
    examples: tuple[Example, ...]


class GroupNumbers(msgspec.Struct, frozen=True):
    """The articles of one source, or of one month.

    ``boilerplate`` is the share of their characters that boilerplate findings cover, ``garble`` the mean probability
    that one is garbled; None where none was judged.
    """

    name: str
    articles: int
    words: int
    findings: int
    per_1000_words: float
    boilerplate: float
    garble: float | None


class Change(msgspec.Struct, frozen=True):
    """How a rule's findings differ between two runs, with examples: place, words before, words after."""

    rule: str
    new: int
    gone: int
    changed: int
    same: int
    examples: tuple[tuple[str, str, str], ...]


class Against(msgspec.Struct, frozen=True):
    """A comparison with an earlier run; the rules that differ most first."""

    run: str
    new: int
    gone: int
    changed: int
    same: int
    rules: tuple[Change, ...]


class Numbers(msgspec.Struct, frozen=True):
    """Everything that a report says.

    ``confidence`` counts findings by applicability in twenty steps of .05, ``types`` those whose rule has a type of
    error in Multidimensional Quality Metrics by that type (``fluency/grammar``).
    """

    articles: int
    words: int
    findings: int
    flagged: int
    garbled: int
    no_articles: int
    errors: int
    rules: tuple[RuleNumbers, ...]
    categories: dict[str, int]
    types: dict[str, int]
    confidence: dict[str, tuple[int, ...]]
    sources: tuple[GroupNumbers, ...]
    months: tuple[GroupNumbers, ...]
    worst: tuple[Worst, ...]
    first_errors: tuple[dict[str, Any], ...]
    editor: EditorSum | None = None
    against: Against | None = None


def numbers(
    summary: Summary, against: Against | None = None, *, types: Mapping[str, str] | None = None
) -> Numbers:
    """Return what a summary comes to: rules by findings, sources by articles, months in their order.

    ``types`` is the type of error of each rule that has one; without it those of the shipped rules.
    """
    kinds = {card.id: card.mqm for card in shipped() if card.mqm} if types is None else types
    by_type = Counter[str]()
    for rule, one in summary.rules.items():
        if kind := kinds.get(rule):
            by_type[kind] += one.tiers.total()
    rules = sorted(summary.rules.items(), key=lambda item: (-item[1].tiers.total(), item[0]))
    sources = sorted(summary.sources.items(), key=lambda item: (-item[1].articles, item[0]))
    return Numbers(
        articles=summary.articles,
        words=summary.words,
        findings=summary.findings,
        flagged=summary.flagged,
        garbled=summary.garbled,
        no_articles=summary.no_articles,
        errors=summary.errors,
        rules=tuple(
            RuleNumbers(
                rule,
                one.name,
                one.category,
                one.tiers.total(),
                one.articles,
                {tier: one.tiers[tier] for tier in TIERS if one.tiers[tier]},
                tuple(one.examples),
            )
            for rule, one in rules
        ),
        categories=dict(summary.categories.most_common()),
        types=dict(by_type.most_common()),
        confidence={
            tier: tuple(summary.confidence[tier][step] for step in range(20))
            for tier in TIERS
            if summary.confidence.get(tier)
        },
        sources=tuple(_group(name, one) for name, one in sources),
        months=tuple(_group(name, one) for name, one in sorted(summary.months.items())),
        worst=tuple(summary.worst),
        first_errors=tuple(
            {"path": one.path, "line": one.line, "error": one.error} for one in summary.first_errors
        ),
        editor=summary.editor if summary.editor.asked else None,
        against=against,
    )


def _group(name: str, one: SourceSum) -> GroupNumbers:
    return GroupNumbers(
        name,
        one.articles,
        one.words,
        one.findings,
        round(1000 * one.findings / max(1, one.words), 2),
        round(one.boilerplate / max(1, one.chars), 4),
        round(one.garble / one.judged, 4) if one.judged else None,
    )


def against(old: Path, new: Path) -> Against:
    """Compare the run of a report with an earlier one; raises ValueError for a file that is no run."""
    found = compare(old, new)
    by_rule: dict[str, list[Difference]] = {}
    for difference in found.differences:
        by_rule.setdefault(difference.rule, []).append(difference)
    changes = [_change(rule, own, found) for rule, own in by_rule.items()]
    total = Counter(difference.kind for difference in found.differences)
    return Against(
        old.name,
        total["new"],
        total["gone"],
        total["changed"],
        found.same.total(),
        tuple(sorted(changes, key=lambda c: (-(c.new + c.gone + c.changed), c.rule))),
    )


def _change(rule: str, own: list[Difference], found: Comparison) -> Change:
    count = Counter(difference.kind for difference in own)
    shown: dict[tuple[str, str], tuple[str, str, str]] = {}
    for one in own:
        text = (one.new or one.old or _NOTHING)["text"]
        if one.kind != "changed" and sum(kind == one.kind for kind, _ in shown) < EXAMPLES:
            shown.setdefault((one.kind, text), (one.kind, one.path, text))
    return Change(
        rule,
        count["new"],
        count["gone"],
        count["changed"],
        found.same[rule],
        tuple(sorted(shown.values(), key=lambda example: example[0] != "new")),
    )


_NOTHING: Mapping[str, str] = {"text": ""}
