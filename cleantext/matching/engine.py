"""Which rules can fire in a text, and where they do.

Three sieves, each wider than what it stands for, then the verifier:

1. One RE2 set of plain literals over the folded text says which rules *may* match: each
   rule names literals of which its match must hold one. An automaton of literals stays
   small; one of whole patterns multiplies their loops and never gets warm (measured on
   206 rules: 2 MB/s on text it had not seen, against 26 on text it had).
2. Rules without such literals, or whose literals stand in every article, share one set of
   whole patterns.
3. A rule whose literals are there asks its own RE2 pattern.

What is left runs in `regex`, which has the last word. :meth:`PatternEngine.findings` with
``naive=True`` is the slow twin, and a property test holds the two equal.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property
from typing import NamedTuple

import re2

from cleantext.document import Document
from cleantext.finding import Finding
from cleantext.matching.literals import UNFOLDABLE
from cleantext.matching.pattern import PatternRule, TimedOutError
from cleantext.matching.sieves import sieve_of
from cleantext.rulebook import Card

_MEMORY = 64 << 20  # bytes for RE2's lazy automaton; with less it starts over on long texts


class _Sieve(NamedTuple):
    """An RE2 set and the number of the rule that each of its patterns belongs to."""

    patterns: re2.Set
    rules: tuple[int, ...]

    def matching(self, data: bytes) -> list[int] | None:
        """Give the rules whose pattern matches; None where RE2 ran out of memory."""
        # The first pattern is empty and matches everywhere: its absence says that the search failed.
        found = self.patterns.Match(data)
        return [self.rules[number - 1] for number in found if number] if found else None


def _sieve(patterns: Sequence[tuple[int, str]]) -> _Sieve:
    options = re2.Options()
    options.max_mem = _MEMORY
    options.log_errors = False
    made = re2.Set.SearchSet(options)
    made.Add("")
    for _, pattern in patterns:
        made.Add(pattern)
    made.Compile()
    return _Sieve(made, tuple(number for number, _ in patterns))


class _Prefilter(NamedTuple):
    literals: _Sieve
    others: _Sieve
    always: tuple[int, ...]


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
    def _prefilter(self) -> _Prefilter:
        literals: list[tuple[int, str]] = []
        others: list[tuple[int, str]] = []
        always: list[int] = []
        for number, rule in enumerate(self.rules):
            sieve = sieve_of(rule.card)
            if sieve.literals:
                # A literal per entry, not an alternation: RE2 shares their beginnings.
                literals += [(number, literal) for literal in sieve.literals]
            elif sieve.wide is not None:
                others.append((number, sieve.wide))
            else:
                always.append(number)
        return _Prefilter(_sieve(literals), _sieve(others), tuple(always))

    @cached_property
    def _own(self) -> dict[int, _Sieve | None]:
        """The sieve of a single rule, made when its literals first occur; None where RE2 cannot take it."""
        return {}

    @property
    def unfiltered(self) -> tuple[Card, ...]:
        """Cards that run on every text, because nothing is known that their match must hold."""
        return tuple(self.rules[number].card for number in self._prefilter.always)

    def candidates(self, text: str, worth_it: Callable[[Card], bool] | None = None) -> list[PatternRule]:
        """Give the rules that may match in a text and are ``worth_it``, in order."""
        literals, others, always = self._prefilter
        try:
            data = text.encode("utf-8")
        except UnicodeEncodeError:  # lone surrogates: RE2 cannot read them, `regex` can
            return list(self.rules)
        folded = data.lower()
        if not data.isascii():
            if UNFOLDABLE.search(text):
                return list(self.rules)
            folded = text.lower().encode("utf-8")
        by_literal, by_pattern = literals.matching(folded), others.matching(data)
        if by_literal is None or by_pattern is None:
            return list(self.rules)  # out of memory: every rule runs
        asked = {*by_literal, *by_pattern, *always}
        if worth_it is not None:
            asked = {number for number in asked if worth_it(self.rules[number].card)}
        sure = {*by_pattern, *always}
        return [
            self.rules[number] for number in sorted(asked) if number in sure or self._may_match(number, data)
        ]

    def _may_match(self, number: int, data: bytes) -> bool:
        if number not in self._own:
            self._own[number] = self._make_own(number)
        own = self._own[number]
        return own is None or own.matching(data) != []

    def _make_own(self, number: int) -> _Sieve | None:
        wide = sieve_of(self.rules[number].card).wide
        return None if wide is None else _sieve([(number, wide)])

    def findings(
        self,
        document: Document,
        confidence: Callable[[Card], float],
        worth_it: Callable[[Card], bool] | None = None,
        *,
        on_timeout: Callable[[Card], None] | None = None,
        naive: bool = False,
    ) -> Iterator[Finding]:
        """Give the findings of every rule that matches, rule by rule.

        A rule that is not ``worth_it`` is passed over.
        ``naive`` runs every rule: the slow twin. A rule over its time limit is
        reported to ``on_timeout`` and the others go on.
        """
        for rule in self.rules if naive else self.candidates(document.text, worth_it):
            if worth_it is not None and not worth_it(rule.card):
                continue
            free = rule.card.id in self.trusted and rule.card.not_linear is None
            limit = None if free else self.time_limit
            try:
                yield from list(rule.findings(document, confidence(rule.card), limit))
            except TimedOutError:
                if on_timeout:
                    on_timeout(rule.card)
