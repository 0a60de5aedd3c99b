"""Trust by numbers: what people decided makes a rule ``safe``, and takes that back.

Only findings that a person read and decided one by one count, about the rule as it
is now, and only the latest ones, so that a rule which goes wrong on new material
loses its rank. An edit counts against a rule: its own proposal was not good enough.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Literal

import msgspec

from cleantext.configuration import Configuration, Trust
from cleantext.finding import Applicability
from cleantext.review import intervals, keys
from cleantext.review.events import Event
from cleantext.rulebook import Card

WINDOW = 2
"""Decisions that are looked at: so many times ``min-decisions``, the latest."""


class Record(msgspec.Struct, frozen=True):
    """How a rule's findings were decided."""

    accepted: int = 0
    edited: int = 0
    rejected: int = 0
    unsure: int = 0

    @property
    def total(self) -> int:
        """Decisions that say yes or no."""
        return self.accepted + self.edited + self.rejected

    @property
    def lower(self) -> float:
        """Lower bound of the precision, 95 %, one-sided; 0 where nothing was decided."""
        return intervals.lower_bound(self.accepted, self.total) if self.total else 0.0

    @property
    def upper(self) -> float:
        """Upper bound, likewise; 1 where nothing was decided."""
        return intervals.upper_bound(self.accepted, self.total) if self.total else 1.0


class Judgement(msgspec.Struct, frozen=True):
    """What a record does to a rule, and why, in one sentence."""

    change: Literal["promote", "demote"] | None
    why: str


def record(decided: Iterable[Event], *, latest: int | None = None) -> Record:
    """Count decisions that hold on single findings; of them only the ``latest`` where a number is given."""
    events = sorted((e for e in decided if e.was_read), key=lambda e: e.order)
    if latest is not None:
        said = [e for e in events if e.verdict != "unsure"][-latest:]
        events = said + [e for e in events if e.verdict == "unsure"]
    count = {verdict: sum(e.verdict == verdict for e in events) for verdict in ("accept", "edit", "reject")}
    unsure = sum(e.verdict == "unsure" for e in events)
    return Record(count["accept"], count["edit"], count["reject"], unsure)


def records(
    standing: Iterable[Event], cards: Mapping[str, Card], *, latest: int | None = None
) -> dict[str, Record]:
    """Count by rule the decisions that were made about it as it is now."""
    versions = {rule: keys.rule_version(card) for rule, card in cards.items()}
    by_rule: dict[str, list[Event]] = {}
    for event in standing:
        if event.was_read and versions.get(event.rule) == event.version:
            by_rule.setdefault(event.rule, []).append(event)
    return {rule: record(events, latest=latest) for rule, events in by_rule.items()}


def judge(card: Card, counted: Record, trust: Trust) -> Judgement:
    """Say what the latest decisions do to a rule."""
    held = f"{counted.accepted} of the latest {counted.total} decisions accepted it as it was"
    bound = trust.lower_bound
    if card.category == "attribution":
        return Judgement(None, "Misattributions are never safe, whatever was decided.")
    if card.applicability is Applicability.DISPLAY:
        return Judgement(None, "It offers no fix, so there is nothing to promote.")
    if card.applicability is Applicability.SAFE:
        if counted.total and counted.upper < bound:
            return Judgement(
                "demote",
                f"Demoted to review: {held}, so its precision is at most {counted.upper:.3f} (95 %).",
            )
        return Judgement(None, f"Safe by its card; {held}.")
    if counted.total < trust.min_decisions:
        return Judgement(
            None, f"In review: {counted.total} of the {trust.min_decisions} decisions that trust asks for."
        )
    if counted.lower >= bound:
        return Judgement(
            "promote",
            f"Promoted to safe: {held}, so its precision is at least {counted.lower:.3f} (95 %).",
        )
    more = intervals.needed(bound, counted.total - counted.accepted)
    return Judgement(
        None,
        f"In review: {held}, so its precision is at least {counted.lower:.3f} and not {bound:g}; "
        f"{more} decisions with no more against it would do.",
    )


def judgements(
    standing: Iterable[Event], cards: Mapping[str, Card], trust: Trust
) -> dict[str, tuple[Record, Judgement]]:
    """Judge every rule that was decided about."""
    counted = records(standing, cards, latest=WINDOW * trust.min_decisions)
    return {rule: (one, judge(cards[rule], one, trust)) for rule, one in counted.items()}


def with_trust(
    configuration: Configuration, standing: Iterable[Event], cards: Mapping[str, Card]
) -> Configuration:
    """Return the configuration with the rules promoted and demoted that the decisions speak for.

    Nothing changes where no trust is configured. What the user demotes by name stays demoted.
    """
    trust = configuration.review.trust
    if trust is None:
        return configuration
    judged = judgements(standing, cards, trust)
    promote = tuple(rule for rule, (_, said) in judged.items() if said.change == "promote")
    demote = tuple(rule for rule, (_, said) in judged.items() if said.change == "demote")
    if not promote and not demote:
        return configuration
    return msgspec.structs.replace(
        configuration,
        promote=(*configuration.promote, *promote),
        demote=(*configuration.demote, *demote),
    )
