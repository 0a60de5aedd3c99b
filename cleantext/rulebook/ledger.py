"""The safe ledger: what a rule must show before it changes a text unasked, and what each one has shown.

``rules/safe.toml`` is written by ``python -m benchmarks.safe --write``. A card that says ``safe`` says what its author
wishes; it is so only with a row that holds here. Until then the rule waits in review.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path

import msgspec

from cleantext.finding import Applicability
from cleantext.rulebook.card import Card
from cleantext.rulefiles import rules_dir

LEAST_CASES = 40
"""Judged cases that a rule must have of its own."""
MOST_WRONG = 1
"""Wrong ones among them, at most; of more than a thousand cases one in a thousand."""
LEAST_BOUND = 0.97
"""One-sided 95 % lower bound of the share of right cases in the rule's kind, resampled by article."""
ONE_IN = 40
"""Of lines, which labelled pages judge by the thousand, one in so many may be wrong: what one of forty cases is."""
HELD = frozenset(["encoding", "typography", "translation", "style", "boilerplate"])
"""Categories that the ledger decides."""
LINE_MODEL = "BP900"
"""The rule of lines that no list knows."""
LINE_KINDS = ("label of a widget", "known label", "credit or widget by pattern", "on no list")
"""Kinds of line that the line model tells, each with a row for articles and one for whole pages."""
LINES = "lines of "
"""How the names of their rows begin."""


class Row(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename="kebab"):
    """What was judged of a rule, or of a kind of line.

    ``articles`` are those that the cases stand in, ``bound`` is that of the ``kind`` that the rule belongs to. ``text``
    says on which text it was judged, ``judge`` by whom.
    """

    kind: str
    cases: int
    wrong: int
    articles: int
    bound: float
    text: str
    judge: str

    @property
    def holds(self) -> bool:
        """Whether this is enough to change a text unasked."""
        return not self.lacking

    @property
    def lacking(self) -> str:
        """What is missing, in words; empty where it holds."""
        if self.cases < LEAST_CASES:
            return f"{self.cases} cases judged of {LEAST_CASES} that it takes"
        share = ONE_IN if self.kind.startswith(LINES) else 1_000
        if self.wrong > max(MOST_WRONG, self.cases // share):
            return f"{self.wrong} of {self.cases} cases wrong"
        return f"bound {self.bound:.3f} under {LEAST_BOUND}" if self.bound < LEAST_BOUND else ""


@cache
def ledger(path: Path | None = None) -> Mapping[str, Row]:
    """Read the rows, by rule id or by the name of a kind of line; an absent file holds none."""
    path = path or rules_dir() / "safe.toml"
    if not path.is_file():
        return {}
    raw = tomllib.loads(path.read_text("utf-8"))
    return {name: msgspec.convert(row, Row) for name, row in raw.items()}


def line_row(kind: str, *, whole_page: bool) -> str:
    """Return the name of the row of a kind of line."""
    return f"{LINES}{'whole pages' if whole_page else 'articles'}: {kind}"


@cache
def safe_lines() -> tuple[tuple[bool, ...], tuple[bool, ...]]:
    """Say for each of ``LINE_KINDS`` whether its row holds: in articles, and in whole pages."""
    rows = ledger()
    return (
        tuple(
            (row := rows.get(line_row(kind, whole_page=False))) is not None and row.holds
            for kind in LINE_KINDS
        ),
        tuple(
            (row := rows.get(line_row(kind, whole_page=True))) is not None and row.holds
            for kind in LINE_KINDS
        ),
    )


def rows_of(card: Card) -> Mapping[str, Row]:
    """Return the rows that a card is held to: its own, or those of the kinds of line that it tells."""
    rows = ledger()
    if card.id in rows:
        return {card.id: rows[card.id]}
    if not card.lines and card.id != LINE_MODEL:
        return {}
    kinds = LINE_KINDS[:-1] if card.lines else LINE_KINDS[-1:]
    names = [line_row(kind, whole_page=whole_page) for whole_page in (False, True) for kind in kinds]
    return {name: rows[name] for name in names if name in rows}


def earned(card: Card) -> Applicability:
    """Return what a shipped card may do: ``safe`` only with a row that holds, else ``review``.

    What tells lines may be safe with one kind of line and wait with another: see :func:`safe_lines`.
    """
    if card.applicability is not Applicability.SAFE or card.category not in HELD:
        return card.applicability
    return Applicability.SAFE if any(row.holds for row in rows_of(card).values()) else Applicability.REVIEW


def standing(card: Card) -> str:
    """Say in sentences what the ledger holds of a card that wishes to be safe; empty for any other."""
    if card.applicability is not Applicability.SAFE or card.category not in HELD:
        return ""
    rows = rows_of(card)
    if not rows:
        return "Waits in review: nobody has judged it for the safe ledger yet."
    return "\n".join(_told(name, row) for name, row in rows.items())


def _told(name: str, row: Row) -> str:
    kind = name if name.startswith(LINES) else row.kind
    told = (
        f"{row.cases - row.wrong} of {row.cases} cases right in {row.articles} articles, "
        f"{kind} at least {row.bound:.3f} (95 %, one-sided), on {row.text}, judged by {row.judge}"
    )
    return f"Safe: {told}." if row.holds else f"Waits in review ({row.lacking}): {told}."
