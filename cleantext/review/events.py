"""Decisions as events: only ever appended, never changed; what stands is worked out from them."""

from __future__ import annotations

import time
import uuid
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from typing import Literal, NamedTuple

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
    asked        so many people were asked about the finding, each apart from the others; 0 for a decision that
                 stands by itself until a later one
    adjudicates  settles what people said apart, whatever they say afterwards
    others       what stood around the article's other findings of the same match, as their fingerprints say: the
                 decision does not speak of those
    follows      the finding was not read: it followed from what was said of others like it, or from its certainty
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
    asked: int = 0
    adjudicates: bool = False
    follows: bool = False
    others: tuple[str, ...] = ()

    @property
    def target(self) -> tuple[str, str]:
        """What the decision is about: article and finding, or "" and a group."""
        return (self.document, self.key) if self.scope == "occurrence" else ("", self.group)

    @property
    def voice(self) -> tuple[bool, str]:
        """Who speaks: somebody who settles it, one of several people asked apart (the name), or whoever came last."""
        return self.adjudicates, self.who if self.asked and not self.adjudicates else ""

    @property
    def answer(self) -> tuple[str, str | None]:
        """What the decision says; two with other answers contradict each other."""
        return self.verdict, self.replacement

    @property
    def was_read(self) -> bool:
        """Whether a person read this very finding: only such decisions say how often a rule is right."""
        return self.scope == "occurrence" and not self.follows

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


def latest(events: Iterable[Event]) -> Iterator[Event]:
    """Yield what each voice said last of each target, what was undone left out."""
    ordered = sorted(events, key=lambda event: event.order)
    undone = {event.undoes for event in ordered if event.verdict == "undo"}
    said: dict[tuple[tuple[str, str], tuple[bool, str]], Event] = {}
    for event in ordered:
        if event.verdict != "undo" and event.uid not in undone:
            said[event.target, event.voice] = event
    yield from said.values()


class Word(NamedTuple):
    """What several voices come to: the decision that holds, if one does, and whether they contradict each other."""

    event: Event | None
    disputed: bool = False


def settle(voices: Iterable[Event]) -> Word:
    """Say what holds of one finding, given what each voice said of it last.

    An adjudication settles it. Else a decision that stands by itself overrules what was
    said before it. People who were asked apart must all have answered, and alike, about
    the rule and the proposal as the last of them saw it; until then nothing holds.
    """
    said = sorted(voices, key=lambda event: event.order)
    settled = [event for event in said if event.adjudicates]
    if settled:
        return Word(settled[-1])
    alone = max((at for at, event in enumerate(said) if not event.asked), default=0)
    live = {event.who: event for event in said[alone:]}
    if not live:
        return Word(None)
    last = said[-1]
    counted = [e for e in live.values() if (e.version, e.proposal) == (last.version, last.proposal)]
    if len({event.answer for event in counted}) > 1:
        return Word(None, disputed=True)
    agreed = len(counted) >= last.asked or any(not event.asked for event in counted)
    return Word(last if agreed else None)


def standing(events: Iterable[Event]) -> Iterator[Event]:
    """Yield the decisions that hold, one a target: undone ones left out, the latest of each.

    Where people were asked apart, what they agree on or what was adjudicated.
    """
    targets: dict[tuple[str, str], list[Event]] = {}
    for event in latest(events):
        targets.setdefault(event.target, []).append(event)
    for voices in targets.values():
        if (word := settle(voices)).event is not None:
            yield word.event
