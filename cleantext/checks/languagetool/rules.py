"""LanguageTool's rules as cards: those whose worth was measured, and those that somebody selected.

``rules/languagetool.toml`` is written by ``python -m benchmarks.languagetool.calibrate``.
It says of every rule that spoke in the development data how often its first
replacement helped and harmed. The rules under ``[allowed]`` held in both halves of
the data; all others run only where they are selected by name, and offer no fix.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path

import msgspec

from cleantext.finding import Applicability
from cleantext.rulebook import Card
from cleantext.rulebook.calibration import Record
from cleantext.rulebook.card import Band
from cleantext.rulefiles import rules_dir

PREFIX = "LT:"
CATEGORY = "languagetool"
CHECK = "languagetool"
PRIOR = 0.5
"""What is believed of a rule of LanguageTool before anything was measured."""
FILE = "languagetool.toml"

_WHY = (
    "LanguageTool, asked as a second opinion. How far this rule of it is trusted was measured on "
    "machine translations that have references and on human news."
)

Counts = dict[str, tuple[int, int, int, int]]


class Measured(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename="kebab"):
    """What ``rules/languagetool.toml`` holds.

    ``allowed`` and ``measured`` give, by LanguageTool's id and by how the article
    reads, [improved, neutral, harmed, fires on human news]; ``across`` names the
    rules that look at more than one sentence.
    """

    languagetool: str
    language: str
    words: dict[str, int] = {}
    across: tuple[str, ...] = ()
    allowed: dict[str, Counts] = {}
    measured: dict[str, Counts] = {}

    @property
    def all(self) -> Mapping[str, Counts]:
        """Every rule with its counts."""
        return {**self.measured, **self.allowed}


@cache
def measured(path: Path | None = None) -> Measured:
    """Read what was measured; an absent file allows nothing. Raises ValueError for a broken one."""
    path = path or rules_dir() / FILE
    if not path.is_file():
        return Measured("", "")
    try:
        return msgspec.convert(tomllib.loads(path.read_text("utf-8")), Measured)
    except (msgspec.ValidationError, tomllib.TOMLDecodeError) as error:
        raise ValueError(
            f"{path}: {error}. `python -m benchmarks.languagetool.calibrate` writes it."
        ) from None


def as_records(bands: Counts) -> dict[Band, Record]:
    """Return a rule's counts as calibration reads them."""
    every: tuple[Band, ...] = ("human", "unsure", "garbled")
    return {band: Record(*bands[band]) for band in every if band in bands}


def records() -> dict[str, dict[Band, Record]]:
    """Return the counts of every measured rule, by our id."""
    return {PREFIX + rule: as_records(bands) for rule, bands in measured().all.items()}


def cards(selectors: Sequence[str] = ()) -> tuple[Card, ...]:
    """Return the cards that can run: the allowed ones, and those that a selector names (``LT:…``).

    A selector that is the beginning of several ids names all of them that were ever
    seen to speak; a whole id names its rule, whether it was seen or not.
    """
    known = measured()
    chosen = dict.fromkeys(known.allowed, Applicability.REVIEW)
    for selector in selectors:
        if not selector.startswith(PREFIX):
            continue
        asked = selector.removeprefix(PREFIX)
        named = [rule for rule in known.measured if rule.startswith(asked)]
        if asked and not named and not any(rule.startswith(asked) for rule in known.allowed):
            named = [asked]
        for rule in named:
            chosen.setdefault(rule, Applicability.DISPLAY)
    return tuple(card(rule, chosen[rule]) for rule in sorted(chosen))


def looks_across(rule: str) -> bool:
    """Whether a rule (LanguageTool's id) may look at more than one sentence; true where nobody knows."""
    known = measured()
    return rule in known.across or rule not in known.all


def card(rule: str, applicability: Applicability) -> Card:
    """Return the card of a rule, by LanguageTool's id."""
    return Card(
        id=PREFIX + rule,
        name=rule.lower().replace("_", "-"),
        summary=f"LanguageTool's rule {rule} speaks",
        why=_WHY,
        applicability=applicability,
        category=CATEGORY,
        check=CHECK,
        languages=("en",),
        leans_on_garble=True,
        confidence=PRIOR,
        origin=f"rules/{FILE}:1",
    )
