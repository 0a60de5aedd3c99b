"""Which rules can fire in a text, and where they do.

Three sieves, each wider than what it stands for, then the verifier:

1. One set of plain literals over the folded text says which rules *may* match: each
   rule names literals of which its match must hold one. A set of literals stays
   small; an automaton of whole patterns multiplies their loops and never gets warm (measured
   on 206 rules: 2 MB/s on text it had not seen, against 26 on text it had).
2. Rules without such literals share one RE2 set of whole patterns. Another one holds what only letters that are
   not usual can match, and is asked only of texts that hold such letters.
3. A rule whose literals are there asks its own RE2 pattern.

What is left runs in `regex`, which has the last word; where a pattern stays in its line,
on the lines that RE2 names. :meth:`PatternEngine.findings` with ``naive=True`` is the
slow twin, and a property test holds the two equal.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from functools import cached_property, lru_cache
from typing import Any, NamedTuple

import re2

from cleantext.document import Document
from cleantext.finding import Finding
from cleantext.matching.literals import (
    DIGIT,
    EXOTIC_DIGITS,
    RESIZED_LETTERS,
    UNFOLDABLE_LETTERS,
    as_class,
    folded,
    is_usual,
    straight,
)
from cleantext.matching.pattern import PatternRule, TimedOutError
from cleantext.matching.prefilters import sieves_of
from cleantext.matching.sets import LiteralSet, OnePattern, PatternSet, Places, literal_set, options, readable
from cleantext.matching.sieves import Sieve
from cleantext.rulebook import Card

_STRANGE = -1
_EXOTIC = -2
_RESIZED = -3
_GATE = -4
_SIGN = -1_000
"""Stand in a set for the letters that fold oddly, for digits beyond ASCII, for letters that take more bytes or fewer
when they are folded, for the first gate (-5 for the second) and
for the first sign."""


_MOVING = frozenset([_STRANGE, _EXOTIC, _RESIZED])
_NONE: frozenset[int] = frozenset()
_NO_GATE: frozenset[str] = frozenset()
_REMEMBERED = 512
"""Choices of signs, and of gates, that articles were found to have and of which it is kept what they stand for."""


class Scan(NamedTuple):
    """What the prefilter saw: numbers of the rules that may match, the text as UTF-8 where it has one, and ``silent`` gates.

    A gate is silent where nothing that it names stands in the text. ``signs`` are the names of the engine's signs that
    do; None where nobody looked. In ``data`` a lone surrogate is a replacement character.
    """

    rules: Sequence[int]
    data: bytes | None
    silent: frozenset[str]
    signs: frozenset[str] | None = None


class _Prefilter(NamedTuple):
    literals: LiteralSet
    unusual: PatternSet
    others: PatternSet | None
    always: frozenset[int]
    counting: frozenset[int]


class PatternEngine:
    """Pattern rules and their prefilter. Compiled when first needed; then only read, so threads may share it."""

    def __init__(
        self,
        cards: Iterable[Card],
        *,
        time_limit: float = 2.0,
        trusted: frozenset[str] = frozenset(),
        gates: Mapping[str, tuple[Sequence[str], Sequence[str]]] | None = None,
        signs: Mapping[str, str] | None = None,
    ) -> None:
        """Take the cards that have a pattern.

        ``time_limit`` is in seconds of one rule on one text. It holds for every rule
        whose id is not ``trusted`` and for those that RE2 cannot take. ``gates`` are
        further things to look for in the same pass: literals of the lower-cased text,
        and patterns of RE2 that take a letter beyond `USUAL` ones, by name (see :class:`Scan`). ``signs`` are
        patterns of RE2, by name, that are looked for in any text. Raises RuleError for a rule that is not trusted and
        does not compile.
        """
        self.rules: Sequence[PatternRule] = tuple(
            PatternRule(card) for card in cards if card.pattern is not None
        )
        self.time_limit = time_limit
        self.trusted = trusted
        for rule in self.rules:
            if rule.card.id not in trusted:  # a user's own is refused before an article is read
                _ = rule.compiled, rule.unless, rule.templates
        self.gates = dict(gates or {})
        self._gate_names = {_GATE - number: name for number, name in enumerate(self.gates)}
        self._gates = frozenset(self._gate_names)
        self.signs = dict(signs or {})
        self._sign_names = {_SIGN - number: name for number, name in enumerate(self.signs)}
        self._told = lru_cache(maxsize=_REMEMBERED)(self._sort_out)
        self._silent = lru_cache(maxsize=_REMEMBERED)(self._without)

    @cached_property
    def _prefilter(self) -> _Prefilter:
        literals: list[tuple[int, str]] = []
        others = [(number, self.signs[name]) for number, name in self._sign_names.items()]
        unusual = [
            (_STRANGE, as_class(UNFOLDABLE_LETTERS)),
            (_EXOTIC, EXOTIC_DIGITS),
            (_RESIZED, as_class(RESIZED_LETTERS)),
        ]
        always: set[int] = set()
        for number, name in self._gate_names.items():
            words, patterns = self.gates[name]
            literals += [(number, word) for word in words]
            unusual += [(number, pattern) for pattern in patterns]
        for number, sieve in enumerate(self._sieves):
            if sieve.literals:
                literals += [(number, literal) for literal in sieve.literals]
            elif sieve.wide is not None:
                others.append((number, sieve.wide))
            else:
                always.add(number)
        counting = frozenset(number for number, literal in literals if DIGIT in literal)
        return _Prefilter(
            literal_set(literals),
            PatternSet(unusual),
            PatternSet(others) if others else None,
            frozenset(always),
            counting,
        )

    @cached_property
    def _sieves(self) -> tuple[Sieve, ...]:
        return sieves_of([rule.card for rule in self.rules])

    @cached_property
    def _own(self) -> dict[int, OnePattern | None]:
        """What RE2 is asked of a single rule, compiled when first needed; None where it cannot take it."""
        return {}

    @cached_property
    def _placed(self) -> dict[int, Any]:
        """The same where its places are asked for, too."""
        return {}

    @property
    def unfiltered(self) -> tuple[Card, ...]:
        """Cards that run on every text, because nothing is known that their match must hold."""
        return tuple(self.rules[number].card for number in self._prefilter.always)

    def candidates(self, text: str, worth_it: Callable[[Card], bool] | None = None) -> list[PatternRule]:
        """Return the rules that may match in a text and are ``worth_it``, in order."""
        return [self.rules[number] for number in self.scan(text, worth_it).rules]

    def scan(self, text: str, worth_it: Callable[[Card], bool] | None = None) -> Scan:
        """Look for all that the prefilter knows; of the rules only those that are ``worth_it``."""
        literals, unusual, others, _, counting = self._prefilter
        whole = True
        try:
            data = text.encode("utf-8")
        except (
            UnicodeEncodeError
        ):  # to patterns of letters and marks a lone surrogate is what a replacement character is
            text, whole = readable(text), False
            data = text.encode("utf-8")
        usual = is_usual(data)
        odd: Set[int] | None = _NONE if usual else unusual.matching(data)
        seen: Set[int] | None = _NONE if others is None else others.matching(data)
        if odd is not None and _STRANGE in odd:
            whole = False
            maybe = literals.matching(folded(straightened := straight(text), straightened.encode("utf-8")))
        else:
            maybe = literals.matching(folded(text, data, usual=usual))
        if maybe is None or odd is None or seen is None:  # out of memory: every rule runs
            return Scan(range(len(self.rules)), data, frozenset())
        sure, signs = self._told(seen)
        if odd:
            sure |= odd
        asked = sure.union(maybe)
        if _EXOTIC in odd:
            asked |= counting
        # Places are those of ASCII digits alone, and as long as folding moves nothing.
        places: Mapping[int, Places | None] = maybe if odd.isdisjoint(_MOVING) else {}
        rules = [
            number
            for number in sorted(asked)
            if number >= 0
            and (worth_it is None or worth_it(self.rules[number].card))
            and (number in sure or self._may_match(number, data, places.get(number)))
        ]
        # What a check makes of a letter that folds oddly, or of half a character, nobody knows here.
        silent = self._silent(asked & self._gates) if whole else _NO_GATE
        return Scan(rules, data, silent, signs if self.signs else None)

    def _sort_out(self, seen: Set[int]) -> tuple[frozenset[int], frozenset[str]]:
        """Return the rules among what RE2's set saw, with those that run on every text, and the names of the signs."""
        signs = frozenset([self._sign_names[number] for number in seen if number in self._sign_names])
        return self._prefilter.always.union(seen), signs

    def _without(self, gates: frozenset[int]) -> frozenset[str]:
        """Return the names of the gates but these."""
        return frozenset([name for number, name in self._gate_names.items() if number not in gates])

    def _may_match(self, number: int, data: bytes, places: Places | None) -> bool:
        """Ask a rule's own pattern; where its literals stand in the line of its match, only of the lines that hold them."""
        own = self._own_pattern(number)
        if own is None:
            return True
        if places is None or not self._sieves[number].own_line:
            return own.may_match(data)
        if len(places) == 1:
            return own.may_match(_lines_around(data, *places[0]))
        return own.may_match(b"\n".join([_lines_around(data, first, last) for first, last in places]))

    def _own_pattern(self, number: int) -> OnePattern | None:
        own = self._own
        if number not in own:
            wide, reach = self._sieves[number].wide, self._sieves[number].reach
            # A pattern that stays in its line is not looked for over the end of one.
            own[number] = None if wide is None else OnePattern(wide, one_line=reach is not None)
        return own[number]

    def _stretches(self, number: int, text: str, data: bytes) -> Iterator[tuple[int, int]] | None:
        """Return where a rule may match, as spans of code points to the end of a line; None where it is to read all of the text."""
        wide, reach = self._sieves[number].wide, self._sieves[number].reach
        if wide is None or reach is None:
            return None
        if number not in self._placed:
            chosen = options()
            chosen.never_nl = True
            self._placed[number] = re2.compile(wide, chosen)
        return _lines_with(self._placed[number], text, data, whole=self.rules[number].card.scope == "line")

    def findings(
        self,
        document: Document,
        confidence: Callable[[Card], float],
        worth_it: Callable[[Card], bool] | None = None,
        *,
        on_timeout: Callable[[Card], None] | None = None,
        naive: bool = False,
        scan: Scan | None = None,
    ) -> Iterator[Finding]:
        """Yield the findings of every rule that matches, rule by rule.

        A rule that is not ``worth_it`` is passed over. ``scan`` is that of the text, where it was made.
        ``naive`` runs every rule: the slow twin. A rule over its time limit is
        reported to ``on_timeout`` and the others go on.
        """
        if naive:
            scan = Scan(range(len(self.rules)), None, frozenset())
        scan = scan or self.scan(document.text, worth_it)
        for number in scan.rules:
            card = self.rules[number].card
            if worth_it is not None and not worth_it(card):
                continue
            try:
                yield from self.run(number, document, confidence(card), scan.data)
            except TimedOutError:
                if on_timeout:
                    on_timeout(card)

    def run(self, number: int, document: Document, confidence: float, data: bytes | None) -> list[Finding]:
        """Return the findings of one rule, by its number; ``data`` is the text as UTF-8, if only some lines are to be read.

        Raises TimedOutError.
        """
        rule = self.rules[number]
        if rule.card.id not in self.trusted or rule.card.not_linear is not None:
            # A limit holds for the text as a whole.
            return list(rule.findings(document, confidence, self.time_limit))
        stretches = None if data is None else self._stretches(number, document.text, data)
        return list(rule.findings(document, confidence, None, stretches, self._sieves[number].reach or 0))


def _lines_around(data: bytes, first: int, last: int) -> bytes:
    end = data.find(b"\n", last)
    return data[data.rfind(b"\n", 0, first) + 1 : len(data) if end < 0 else end]


def _lines_with(pattern: Any, text: str, data: bytes, *, whole: bool) -> Iterator[tuple[int, int]]:
    """Yield the lines of a text, ``data`` in UTF-8, in which an RE2 pattern matches, each from the first match on.

    Nothing that is narrower begins to match before it. ``whole``: from their beginning, blank space that no pattern names.
    """
    plain = len(data) == len(text)
    at = known_bytes = known = 0
    while at <= len(data) and (match := pattern.search(data, at)):
        begin = first = match.start()
        if whole:
            begin = data.rfind(b"\n", at, first) + 1 or at
        end = data.find(b"\n", first)
        end = len(data) if end < 0 else end
        at = end + 1
        if plain:
            yield begin, end
        else:
            start = known + len(data[known_bytes:begin].decode("utf-8"))
            known_bytes, known = end, start + len(data[begin:end].decode("utf-8"))
            yield start, known
