"""Which patterns of the lists may match a line: those whose literals stand in it.

Each pattern names literals of which a line must hold one, as rules do. They are worked out
from the pattern; for the shipped lists that was done beforehand, because a hook starts for every few files:
``rules/boilerplate/line-literals.json``, written by ``python -m benchmarks.throughput.sieves``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache

import msgspec
import regex

from cleantext.matching.literals import UNFOLDABLE, folded, required
from cleantext.matching.sets import literal_set
from cleantext.matching.syntax import UnsupportedError
from cleantext.rulefiles import rules_dir

# Literals are folded: what makes a group sensitive to case or not is nothing to them.
_CASE = regex.compile(r"(?<!\\)\(\?-?i:")
# Digits beyond ASCII, which folding leaves as they are.
_DIGITS = regex.compile(r"[\p{Nd}--[0-9]]", regex.VERSION1)
FILE = "line-literals.json"


class LineSieve:
    """Numbered patterns of whole lines, and the literals that they need."""

    def __init__(self, patterns: Sequence[str]) -> None:
        """Look the patterns' literals up, or work them out."""
        shipped = _shipped()
        needed = [shipped[p] if p in shipped else literals_of(p) for p in patterns]
        self._every = range(len(patterns))
        self._always = frozenset(number for number, literals in enumerate(needed) if not literals)
        self._literals = literal_set(
            [(number, literal) for number, literals in enumerate(needed) for literal in literals]
        )

    def may_match(self, line: str) -> Sequence[int]:
        """Give the numbers of the patterns that may match a line, in order."""
        try:
            data = line.encode("utf-8")
        except UnicodeEncodeError:  # lone surrogates: `regex` can read them
            return self._every
        if len(data) > len(line) and (UNFOLDABLE.search(line) or _DIGITS.search(line)):
            return self._every
        found = self._literals.matching(folded(line, data))
        return self._every if found is None else sorted(self._always.union(found))


def literals_of(pattern: str) -> tuple[str, ...]:
    """Work out literals of which a line must hold one for a pattern to match; none where nothing is known."""
    try:
        return tuple(sorted(required(_CASE.sub("(?:", pattern)) or ()))
    except UnsupportedError:
        return ()


@cache
def _shipped() -> Mapping[str, tuple[str, ...]]:
    """Read what was worked out beforehand; an absent file holds nothing."""
    path = rules_dir() / "boilerplate" / FILE
    return msgspec.json.decode(path.read_bytes(), type=dict[str, tuple[str, ...]]) if path.is_file() else {}
