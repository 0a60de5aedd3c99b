"""Which rules can fire in a text, and where they do.

One pass of a `google-re2` set over the text says which patterns may match at all;
only those run in `regex`, which has the last word. The set holds a superset of each
pattern, so nothing is missed: :func:`PatternEngine.naive` is the slow twin, and a
property test holds the two equal.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property

import re2

from cleantext.document import Document
from cleantext.finding import Finding
from cleantext.matching.pattern import PatternRule, TimedOutError
from cleantext.matching.superset import UnsupportedError, superset
from cleantext.rulebook import Card

_MEMORY = 256 << 20  # bytes for RE2's lazy automaton; with less it starts over on long texts


class PatternEngine:
    """Pattern rules and their prefilter. Compiled when first needed; then only read, so threads may share it."""

    def __init__(
        self, cards: Iterable[Card], *, time_limit: float = 2.0, trusted: frozenset[str] = frozenset()
    ) -> None:
        """Take the cards that have a pattern.

        ``time_limit`` is in seconds of one rule on one text. It holds for every rule
        whose id is not ``trusted`` and for those that RE2 cannot take.
        """
        self.rules: Sequence[PatternRule] = tuple(
            PatternRule(card) for card in cards if card.pattern is not None
        )
        self.time_limit = time_limit
        self.trusted = trusted

    @cached_property
    def _prefilter(self) -> tuple[re2.Set | None, tuple[int, ...], tuple[int, ...]]:
        """The set, the rule that each of its patterns belongs to, and the rules that it cannot hold."""
        options = re2.Options()
        options.max_mem = _MEMORY
        options.log_errors = False
        patterns = re2.Set.SearchSet(options)
        inside: list[int] = []
        always: list[int] = []
        patterns.Add("")  # matches in every text: its absence says that RE2 ran out of memory
        for number, rule in enumerate(self.rules):
            try:
                pattern = prefilter_pattern(rule.card)
                if pattern is None:
                    always.append(number)
                    continue
                patterns.Add(pattern)
                inside.append(number)
            except (UnsupportedError, re2.error):
                always.append(number)
        if not inside:
            return None, (), tuple(always)
        patterns.Compile()
        return patterns, tuple(inside), tuple(always)

    @property
    def unfiltered(self) -> tuple[Card, ...]:
        """Cards that run on every text, because RE2 has no superset of their pattern."""
        return tuple(self.rules[number].card for number in self._prefilter[2])

    def candidates(self, text: str) -> list[PatternRule]:
        """Give the rules that may match in a text, by id."""
        patterns, inside, always = self._prefilter
        if patterns is None:
            return [self.rules[number] for number in always]
        try:
            data = text.encode("utf-8")
        except UnicodeEncodeError:  # lone surrogates: RE2 cannot read them, `regex` can
            return list(self.rules)
        matched = patterns.Match(data)
        if not matched:
            return list(self.rules)
        hits = [inside[i - 1] for i in matched if i]
        return [self.rules[number] for number in sorted((*hits, *always))]

    def findings(
        self,
        document: Document,
        confidence: Callable[[Card], float],
        *,
        on_timeout: Callable[[Card], None] | None = None,
        naive: bool = False,
    ) -> Iterator[Finding]:
        """Give the findings of every rule that matches, rule by rule.

        ``naive`` runs every rule: the slow twin. A rule over its time limit is
        reported to ``on_timeout`` and the others go on.
        """
        for rule in self.rules if naive else self.candidates(document.text):
            free = rule.card.id in self.trusted and rule.card.not_linear is None
            limit = None if free else self.time_limit
            try:
                yield from list(rule.findings(document, confidence(rule.card), limit))
            except TimedOutError:
                if on_timeout:
                    on_timeout(rule.card)


def prefilter_pattern(card: Card) -> str | None:
    """Give the RE2 pattern for a card's place in the set; None where it says that it is not linear.

    Raises UnsupportedError.
    """
    if card.superset is not None:
        return card.superset
    if card.not_linear is not None and card.pattern is None:
        return None
    return superset(card.pattern or "", ignore_case=card.ignore_case)
