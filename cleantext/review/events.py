"""Decisions as events: only ever appended, never changed; what stands is worked out from them."""

from __future__ import annotations

import time
import uuid
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from typing import Literal

import msgspec

Verdict = Literal["accept", "reject", "edit", "unsure", "undo"]
Scope = Literal["occurrence", "group"]


class Event(msgspec.Struct, frozen=True, omit_defaults=True):
    """One decision, with the parts that its keys were made of, so that keys can be made anew.

    uid          names the event everywhere, so that copies from two machines merge
    when         UTC, ISO 8601 with microseconds; the latest event on a target stands
    document     id of the article (see :func:`cleantext.review.keys.document_id`); "" for a group
    key          the finding's fingerprint; "" for a group
    group        key of the group that the finding belongs to
    version      of the rule when the decision was made
    match, before, after   the flagged text and three words on either side
    proposal     what the rule proposed, None where it had no fix
    replaced, replacement  of an edit: the text that the person's own words take the place of, and those words
    undoes       of an undo: the uid of the event that no longer holds
    batch        events that were one action of the person share it, and are undone together
    """

    uid: str
    when: str
    who: str
    verdict: Verdict
    scope: Scope
    rule: str
    version: str
    group: str
    document: str = ""
    key: str = ""
    match: str = ""
    before: str = ""
    after: str = ""
    proposal: str | None = None
    replaced: str | None = None
    replacement: str | None = None
    reason: str = ""
    undoes: str = ""
    batch: str = ""

    @property
    def target(self) -> tuple[str, str]:
        """What the decision is about: article and finding, or "" and a group."""
        return (self.document, self.key) if self.scope == "occurrence" else ("", self.group)

    @property
    def order(self) -> tuple[str, str]:
        """By time; the uid settles what two machines did in one microsecond."""
        return (self.when, self.uid)


def new_uid() -> str:
    """Return a fresh name for an event or a batch: 16 hexadecimal digits."""
    return uuid.uuid4().hex[:16]


def now(after: str = "") -> str:
    """Return the time as an event writes it, later than ``after`` even where the clock was set back."""
    stamp = _written(time.time_ns() // 1000)
    if stamp > after:
        return stamp
    try:
        return _written(round(datetime.fromisoformat(after).timestamp() * 1_000_000) + 1)
    except (ValueError, OverflowError):
        return stamp  # a planted decision of no time, or of the last there is: nothing comes after


def stamp(moment: datetime) -> str:
    """Return a time, which knows its zone, as an event writes it."""
    return moment.astimezone(UTC).isoformat(timespec="microseconds")


def _written(microseconds: int) -> str:
    seconds, rest = divmod(microseconds, 1_000_000)
    return stamp(datetime.fromtimestamp(seconds, UTC).replace(microsecond=rest))


def standing(events: Iterable[Event]) -> Iterator[Event]:
    """Yield the decisions that hold, one a target: undone ones left out, the latest of each."""
    ordered = sorted(events, key=lambda event: event.order)
    undone = {event.undoes for event in ordered if event.verdict == "undo"}
    latest: dict[tuple[str, str], Event] = {}
    for event in ordered:
        if event.verdict != "undo" and event.uid not in undone:
            latest[event.target] = event
    yield from latest.values()
