"""What a report says of a run: sums over its articles, held in memory that does not grow with them."""

from __future__ import annotations

import heapq
from collections import Counter, defaultdict
from collections.abc import Iterable
from typing import Any

import msgspec

from cleantext.batch.runrecord import Edited, Entry, Error, Line, Run

EXAMPLES = 3  # a rule
WORST = 15
SHORT = 40
"""Words below which an article cannot be among the worst: one finding in ten words says nothing."""


class Rule(msgspec.Struct):
    """What one rule found: how often by applicability, and a few examples."""

    name: str
    category: str
    tiers: Counter[str]
    examples: list[Example]
    articles: int = 0


class Example(msgspec.Struct, frozen=True):
    """A finding in its place: what stands left, the words, what becomes of them (None: no fix), what stands right."""

    path: str
    line: int | None
    left: str
    before: str
    after: str | None
    right: str
    confidence: float


class SourceSum(msgspec.Struct):
    """Sums over the articles of one source, or of one month; ``garble`` adds up probabilities."""

    articles: int = 0
    words: int = 0
    findings: int = 0
    chars: int = 0
    boilerplate: int = 0
    judged: int = 0
    garble: float = 0.0


class EditorSum(msgspec.Struct):
    """What the model editor did: passages, edits and words that they mend, refusals by guard, tokens and their price.

    ``garble`` and ``errors`` are sums over the ``fixed`` articles, before and after: probabilities, and findings of all
    other rules per 1,000 words.
    """

    asked: int = 0
    proposed: int = 0
    words: int = 0
    refused: Counter[str] = msgspec.field(default_factory=Counter)
    tokens_in: int = 0
    tokens_out: int = 0
    cost: float | None = None
    fixed: int = 0
    garble: tuple[float, float] = (0.0, 0.0)
    errors: tuple[float, float] = (0.0, 0.0)

    def add(self, one: Edited, findings: Iterable[dict[str, Any]]) -> None:
        """Add the sums of one article."""
        self.asked += one.asked
        self.proposed += one.proposed
        self.refused.update(one.refused)
        self.tokens_in += one.tokens_in
        self.tokens_out += one.tokens_out
        if one.cost is not None:
            self.cost = (self.cost or 0.0) + one.cost
        if one.garble is not None and one.errors is not None:
            self.fixed += 1
            self.garble = (self.garble[0] + one.garble[0], self.garble[1] + one.garble[1])
            self.errors = (self.errors[0] + one.errors[0], self.errors[1] + one.errors[1])
        for finding in findings:
            if finding["category"] == "editor" and finding["fixes"]:
                for edit in finding["fixes"][0]["edits"]:
                    self.words += max(len(edit["replacement"].split()), edit["end"] > edit["start"])


class Worst(msgspec.Struct, frozen=True, order=True):
    """An article by its findings per 1,000 words."""

    rate: float
    path: str
    line: int
    id: str
    findings: int
    words: int
    garble: float


class Summary:
    """The sums, fed line by line from the record of a run."""

    def __init__(self) -> None:
        """Start at nothing."""
        self.run: Run | None = None
        self.articles = self.flagged = self.words = self.findings = self.errors = self.garbled = (
            self.no_articles
        ) = 0
        self.rules: dict[str, Rule] = {}
        self.categories: Counter[str] = Counter()
        self.confidence: dict[str, Counter[int]] = defaultdict(Counter)
        self.sources: dict[str, SourceSum] = defaultdict(SourceSum)
        self.months: dict[str, SourceSum] = defaultdict(SourceSum)
        self.first_errors: list[Error] = []
        self._worst: list[Worst] = []
        self.editor = EditorSum()

    def add_all(self, lines: Iterable[Line]) -> Summary:
        """Feed every line; return the summary itself."""
        for line in lines:
            if isinstance(line, Entry):
                self._article(line)
            elif isinstance(line, Error):
                self.errors += 1
                if len(self.first_errors) < 10:
                    self.first_errors.append(line)
            elif isinstance(line, Run):
                self.run = self.run or line
        return self

    @property
    def worst(self) -> list[Worst]:
        """The articles with most findings per 1,000 words, worst first."""
        return sorted(self._worst, reverse=True)

    def _article(self, entry: Entry) -> None:
        found = [*entry.applied, *entry.left]
        self.articles += 1
        self.flagged += bool(found)
        self.words += entry.words
        self.findings += len(found)
        sums = [self.sources[entry.source or "(no source)"]]
        if entry.date and len(entry.date) >= 7:
            sums.append(self.months[entry.date[:7]])
        boilerplate = _covered(f for f in found if f["category"] == "boilerplate")
        for total in sums:
            total.articles += 1
            total.words += entry.words
            total.findings += len(found)
            total.chars += entry.chars
            total.boilerplate += boilerplate
            if entry.garble is not None:
                total.judged += 1
                total.garble += entry.garble
        self.garbled += entry.garble is not None and entry.garble >= 0.8
        self.no_articles += entry.is_article is not None and entry.is_article < 0.5
        if entry.editor is not None:
            self.editor.add(entry.editor, found)
        for rule in {f["rule"] for f in found}:
            self._rule(rule, found).articles += 1
        for finding in found:
            self._finding(entry, finding)
        if found and entry.words >= SHORT:
            worst = Worst(
                round(1000 * len(found) / entry.words, 1),
                entry.path,
                entry.line or 0,
                entry.id or "",
                len(found),
                entry.words,
                entry.garble or 0.0,
            )
            (heapq.heappush if len(self._worst) < WORST else heapq.heappushpop)(self._worst, worst)

    def _rule(self, rule: str, found: list[dict[str, Any]]) -> Rule:
        if rule not in self.rules:
            first = next(f for f in found if f["rule"] == rule)
            self.rules[rule] = Rule(first["name"], first["category"], Counter(), [])
        return self.rules[rule]

    def _finding(self, entry: Entry, finding: dict[str, Any]) -> None:
        rule = self.rules[finding["rule"]]
        rule.tiers[finding["applicability"]] += 1
        self.categories[finding["category"]] += 1
        self.confidence[finding["applicability"]][min(19, int(finding["confidence"] * 20))] += 1
        if len(rule.examples) < EXAMPLES and all(e.before != finding["text"] for e in rule.examples):
            left, right = entry.excerpts.get(finding["fingerprint"], ("", ""))
            rule.examples.append(
                Example(
                    entry.path,
                    entry.line if entry.line is not None else finding["line"],
                    left,
                    finding["text"],
                    _after(finding),
                    right,
                    finding["confidence"],
                )
            )


def _covered(findings: Iterable[dict[str, Any]]) -> int:
    """Count the code points that findings cover, each once."""
    total = at = 0
    for start, end in sorted((f["start"], f["end"]) for f in findings):
        total += max(0, end - max(at, start))
        at = max(at, end)
    return total


def _after(finding: dict[str, Any]) -> str | None:
    if not finding["fixes"]:
        return None
    out, at = [], finding["start"]
    text, start = finding["text"], finding["start"]
    for edit in finding["fixes"][0]["edits"]:
        out += [text[at - start : max(0, edit["start"] - start)], edit["replacement"]]
        at = max(at, edit["end"])
    out.append(text[max(0, at - start) :])
    return "".join(out)
