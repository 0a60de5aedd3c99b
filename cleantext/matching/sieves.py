"""What the prefilter holds of a rule: literals of which its match must hold one, or a whole wide pattern.

Worked out from the pattern by :func:`derive`; :mod:`cleantext.matching.prefilters` keeps what was worked out.
"""

from __future__ import annotations

import msgspec
import re2

from cleantext.matching.literals import frequency, required
from cleantext.matching.reach import looks_over_line_feed, reach
from cleantext.matching.superset import UnsupportedError, superset
from cleantext.matching.syntax import parse
from cleantext.rulebook import Card

EVERYWHERE = 2e-3
"""Occurrences a code point from which a rule's literals are in every article."""


class Sieve(msgspec.Struct, frozen=True, omit_defaults=True):
    """What is asked of one rule: ``literals`` where it has rare ones, and ``wide`` for RE2, None where that cannot take it.

    ``reach`` is given where every match stays in its line and in what ``wide``
    matches: the code points beyond that line that the pattern may look at. ``own_line``: the literals stand in
    that line, too.
    """

    literals: tuple[str, ...] = ()
    wide: str | None = None
    reach: int | None = None
    own_line: bool = False


def key_of(card: Card) -> str:
    """Return what a sieve depends on: the pattern, its own superset and whether case counts."""
    return "\n".join((card.pattern or "", card.superset or "", "i" if card.ignore_case else ""))


def derive(card: Card) -> Sieve:
    """Work the sieve of a card out."""
    # A match of the pattern is one of its superset, too, so it must hold of both; the rarer ones spare more.
    choices = filter(None, (needed(card.pattern or ""), needed(card.superset or "")))
    words = min(choices, key=frequency, default=frozenset[str]())
    literals = tuple(sorted(words)) if words and frequency(words) < EVERYWHERE else ()
    wide = superset_of(card.pattern or "", ignore_case=card.ignore_case, given=card.superset)
    beyond = _reach(card) if wide else None
    own_line = bool(literals) and beyond is not None and not looks_over_line_feed(parse(card.pattern or ""))
    return Sieve(literals, wide, beyond, own_line)


def superset_of(pattern: str, *, ignore_case: bool = False, given: str | None = None) -> str | None:
    """Return an RE2 pattern that matches wherever a pattern does, ``given`` or worked out; None where RE2 can take none."""
    try:
        wide = given or superset(pattern, ignore_case=ignore_case)
        options = re2.Options()
        options.log_errors = False
        re2.compile(wide, options)
    except (UnsupportedError, re2.error):
        return None
    return wide


def needed(pattern: str) -> frozenset[str]:
    """Return literals of which a match must hold one; none where nothing is known."""
    try:
        return required(pattern) or frozenset()
    except UnsupportedError:
        return frozenset()


def _reach(card: Card) -> int | None:
    if card.superset is not None:  # it need only match somewhere in the text
        return None
    try:
        return reach(card.pattern or "")
    except UnsupportedError:
        return None
