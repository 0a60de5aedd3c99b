"""Negation, modality and hedges, quantities and contrast: as many of each class before and after."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

from cleantext.document.words import word_groups, word_list
from cleantext.editor.change import Change, difference
from cleantext.editor.guards.numbers import is_number
from cleantext.editor.inflection import stem
from cleantext.editor.reading import Reading


def negation(change: Change) -> str | None:
    """Refuse a cut that adds a negation or takes one away."""
    before, after = _count(change.passage, ("negation",)), _count(change.after, ("negation",))
    if before == after:
        return None
    return "a negation would come" if after["negation"] > before["negation"] else "a negation would be lost"


def hedges(change: Change) -> str | None:
    """Refuse a cut after which something is surer, or less sure, than it was."""
    said = difference(_count(change.passage, _HEDGES), _count(change.after, _HEDGES))
    return f"what is said to be sure would change: {said}" if said else None


def quantities(change: Change) -> str | None:
    """Refuse a cut after which "all", "most", "only" or "former" stand more or less often."""
    said = difference(_count(change.passage, _QUANTITIES), _count(change.after, _QUANTITIES))
    return f"a quantity or a limit would change: {said}" if said else None


def connectives(change: Change) -> str | None:
    """Refuse a cut that makes a contrast or a condition of something, or takes it away."""
    said = difference(_count(change.passage, _CONNECTIVES), _count(change.after, _CONNECTIVES))
    return f"a contrast or a condition would change: {said}" if said else None


def opposites(change: Change) -> str | None:
    """Refuse a cut that exchanges a word for its opposite."""
    pairs = _opposites()
    for lost in change.lost | _grammar_lost(change):
        for won in pairs.get(lost, ()):
            if won in change.won or any(token.lower == won for token in change.new()):
                return f"“{lost}” would become its opposite, “{won}”"
    return None


_HEDGES = ("possibility", "report", "seeming", "degree", "intention")
_QUANTITIES = ("only", "all", "most", "many", "few", "former")
_CONNECTIVES = ("contrast", "condition")


def _count(reading: Reading, classes: tuple[str, ...]) -> Counter[str]:
    groups = word_groups("editor-guarded")
    found: Counter[str] = Counter()
    for k, token in enumerate(reading.tokens):
        for name in classes:
            # "about" and "some" hedge a number, and nothing else.
            if token.lower in groups[name] and (name != "degree" or _before_number(reading, k)):
                found[name] += 1
    return found


def _before_number(reading: Reading, k: int) -> bool:
    following = reading.tokens[k + 1 : k + 4]
    return any(token.kind == "figure" or is_number(token.lower) for token in following)


def _grammar_lost(change: Change) -> Counter[str]:
    old, new = Counter(t.lower for t in change.old()), Counter(t.lower for t in change.new())
    return old - new


def _opposites() -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for entry in word_list("editor-opposites"):
        one, other = entry.split()
        for a, b in ((one, other), (other, one)):
            found.setdefault(a, set()).add(b)
            found.setdefault(stem(a), set()).add(stem(b))
    return found


GUARDS: tuple[Callable[[Change], str | None], ...] = (negation, hedges, quantities, connectives, opposites)
