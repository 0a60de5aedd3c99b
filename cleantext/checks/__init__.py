"""Rules that need code. A card names its check; the check says where its rules fire.

Each check is a function ``check(document, cards, configuration) -> Iterable[Hit]``: it
gets the selected cards that name it, by id, and yields one hit per fault. What a
finding says comes from the card; the check adds the place, the fixes, the
evidence and, where it measured one, the confidence.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from importlib import import_module
from typing import NamedTuple, TypeAlias, cast

from cleantext.configuration import Configuration
from cleantext.document import Document
from cleantext.finding import Applicability, Evidence, Fix
from cleantext.rulebook import Card

__all__ = ["CHECKS", "Check", "CheckUnavailableError", "Hit", "load"]


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


Check: TypeAlias = Callable[[Document, Mapping[str, Card], Configuration], Iterable[Hit]]

CHECKS: dict[str, str] = {
    "boilerplate": "cleantext.checks.boilerplate.check:check",
    "encoding": "cleantext.checks.encoding.check:check",
    "foreign-words": "cleantext.checks.translation.foreign:check",
    "garbled-sentences": "cleantext.checks.translation.sentences:check",
    "house-style": "cleantext.checks.typography.house:check",
    "inconsistent-names": "cleantext.checks.translation.names:check",
    "languagetool": "cleantext.checks.languagetool.check:check",
    "misattribution": "cleantext.checks.attribution.check:check",
    "quotation-pairs": "cleantext.checks.typography.pairs:check",
    "repeated-words": "cleantext.checks.translation.repeats:check",
    "reporting-inside-quotation": "cleantext.checks.translation.reporting:check",
}
"""Check name, as cards write it -> ``module:function``, imported when first needed."""


def load(name: str) -> Check:
    """Give the check of a name; raises KeyError where there is none."""
    module, function = CHECKS[name].split(":")
    return cast(Check, getattr(import_module(module), function))
