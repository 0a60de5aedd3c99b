"""Rules that need code. A card names its check; the check says where its rules fire.

Each check is a function ``check(document, cards, configuration) -> Iterable[Hit]``: it
gets the selected cards that name it, by id, and yields one hit per fault. What a
finding says comes from the card; the check adds the place, the fixes, the
evidence and, where it measured one, the confidence.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import cache
from importlib import import_module
from typing import NamedTuple, TypeAlias, cast

from cleantext.configuration import Configuration, Style
from cleantext.document import Document
from cleantext.finding import Applicability, Evidence, Fix, Original
from cleantext.rulebook import Card

__all__ = ["CHECKS", "GATES", "Check", "CheckUnavailableError", "Gate", "Hit", "gate", "load"]


class CheckUnavailableError(Exception):
    """A check cannot do its work on this article; the message says why, and what goes on without it.

    The cleaner notes it as the report's trouble; all other findings stand.
    """


class Hit(NamedTuple):
    """One fault that a check found.

    ``applicability`` and ``confidence`` are the card's where None; a check may
    only ever be more careful than its card, never less. ``message`` is the
    card's where empty.
    """

    rule: str
    start: int
    end: int
    fixes: tuple[Fix, ...] = ()
    confidence: float | None = None
    applicability: Applicability | None = None
    evidence: tuple[Evidence, ...] = ()
    message: str = ""
    original: Original | None = None


class Gate(NamedTuple):
    r"""What a text must hold for a check to have anything to say: a literal, or what a pattern matches.

    The prefilter looks for it on the way. ``literals`` are sought in the lower-cased
    text, a backspace (``"\b"`` in Python) in them is a word boundary; ``patterns`` are RE2's, and each takes a letter
    that is none of `cleantext.matching.literals.USUAL`.
    """

    literals: tuple[str, ...] = ()
    patterns: tuple[str, ...] = ()


Check: TypeAlias = Callable[[Document, Mapping[str, Card], Configuration], Iterable[Hit]]

CHECKS: dict[str, str] = {
    "beginnings": "cleantext.checks.damage.beginnings:check",
    "boilerplate": "cleantext.checks.boilerplate.check:check",
    "damaged-characters": "cleantext.checks.damage.characters:check",
    "encoding": "cleantext.checks.encoding.check:check",
    "fidelity": "cleantext.checks.fidelity.check:check",
    "foreign-words": "cleantext.checks.translation.foreign:check",
    "garbled-sentences": "cleantext.checks.translation.sentences:check",
    "glued": "cleantext.checks.boilerplate.glued:check",
    "glued-text": "cleantext.checks.damage.glued:check",
    "house-style": "cleantext.checks.typography.house:check",
    "inconsistent-names": "cleantext.checks.translation.names:check",
    "languagetool": "cleantext.checks.languagetool.check:check",
    "lost-letters": "cleantext.checks.damage.letters:check",
    "misattribution": "cleantext.checks.attribution.check:check",
    "not-an-article": "cleantext.checks.boilerplate.not_an_article:check",
    "person-pronouns": "cleantext.checks.translation.pronouns:check",
    "prose-residue": "cleantext.checks.boilerplate.prose:check",
    "quotation-pairs": "cleantext.checks.typography.pairs:check",
    "readers-comments": "cleantext.checks.boilerplate.comments:check",
    "remains": "cleantext.checks.damage.remains:check",
    "repeated-words": "cleantext.checks.translation.repeats:check",
    "reporting-inside-quotation": "cleantext.checks.translation.reporting:check",
    "said-twice": "cleantext.checks.boilerplate.said_twice:check",
    "site-voice": "cleantext.checks.boilerplate.site_voice:check",
    "tokenised-text": "cleantext.checks.damage.tokenised:check",
    "torn-words": "cleantext.checks.damage.torn:check",
}
"""Check name, as cards write it -> ``module:function``, imported when first needed."""


SIGNS: dict[str, frozenset[str]] = {
    "beginnings": frozenset(["bullet", "capital", "small"]),
    "damaged-characters": frozenset(["blanks", "control", "ligature", "odd"]),
    "glued-text": frozenset(["glued"]),
    "remains": frozenset(["codes", "escapes", "markdown", "script", "tags", "wiki"]),
    "tokenised-text": frozenset(["marks", "tokens"]),
    "torn-words": frozenset(["joined", "torn"]),
}
"""Check name -> the signs (:mod:`cleantext.checks.damage.signs`) of which a text holds one where it has something to say."""

GATES: dict[str, str] = {
    "encoding": "cleantext.checks.encoding.repair:gate",
    "foreign-words": "cleantext.checks.translation.foreign:gate",
    "lost-letters": "cleantext.checks.damage.letters:gate",
    "person-pronouns": "cleantext.checks.translation.pronouns:gate",
    "quotation-pairs": "cleantext.checks.typography.pairs:gate",
    "readers-comments": "cleantext.checks.boilerplate.comments:gate",
    "reporting-inside-quotation": "cleantext.checks.translation.reporting:gate",
}
"""Check name -> the function that gives its gate; a check without one is called on every article."""


@cache
def load(name: str) -> Check:
    """Return the check of a name; raises KeyError where there is none."""
    return cast(Check, _found(CHECKS[name]))


def gate(name: str) -> Gate | None:
    """Return the gate of a check, None where it has none."""
    return cast(Callable[[], Gate], _found(GATES[name]))() if name in GATES else None


def is_idle(name: str, configuration: Configuration, *, corpus: bool, original: bool) -> bool:
    """Say whether a check has nothing to say, whatever the text, because what it compares with is not there."""
    if name == "fidelity":
        return not original
    if name == "site-voice":
        return not corpus
    return name == "house-style" and configuration.style == Style()


def _found(place: str) -> object:
    module, function = place.split(":")
    return getattr(import_module(module), function)
