"""How far reviewers agree: Krippendorff's alpha over what each of them said of the same findings.

K. Krippendorff, "Content Analysis" (2004), chapter 11: any number of reviewers, gaps allowed, nominal categories. 1 is
agreement throughout, 0 what chance would do, below it they contradict each other. "Unsure" is no answer.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

import msgspec

from cleantext.review import events
from cleantext.review.events import Event


class Disputed(msgspec.Struct, frozen=True):
    """A finding about which reviewers said different things, and who said what."""

    document: str
    key: str
    rule: str
    match: str
    said: dict[str, str]


class Agreement(msgspec.Struct, frozen=True):
    """Of findings that more than one person decided: how many, by how many people, alpha, and where they differ.

    ``alpha`` is None where it is not defined: nothing was decided twice, or all say one and the same of everything.
    """

    alpha: float | None
    findings: int
    reviewers: int
    disputed: tuple[Disputed, ...]


def alpha(units: Iterable[Sequence[str]]) -> float | None:
    """Return Krippendorff's alpha for nominal answers, each unit the answers that were given about one thing.

    None where no unit has two answers, or all answers are one.
    """
    differing = 0.0
    """Pairs of different answers about one thing, each thing weighed by the pairs that an answer has there."""
    totals: Counter[str] = Counter()
    for answers in units:
        if len(answers) < 2:
            continue
        counted = Counter(answers)
        totals.update(counted)
        alike = sum(n * n for n in counted.values())
        differing += (len(answers) ** 2 - alike) / (len(answers) - 1)
    count = totals.total()
    expected = count * count - sum(n * n for n in totals.values())
    if not expected:
        return None
    return 1 - (count - 1) * differing / expected


def said_by_each(every: Iterable[Event]) -> dict[tuple[str, str], dict[str, Event]]:
    """Return what each person says of single findings that were read, by article and finding; adjudications left out."""
    read = list(every)
    undone = {event.undoes for event in read if event.verdict == "undo"}
    people: dict[str, list[Event]] = {}
    for event in read:
        if event.verdict != "undo" and event.uid not in undone and event.was_read and not event.adjudicates:
            people.setdefault(event.who, []).append(event)
    said: dict[tuple[str, str], dict[str, Event]] = {}
    for who, own in people.items():
        last = {event.target: event for event in sorted(events.latest(own), key=lambda event: event.order)}
        for target, event in last.items():
            if event.verdict != "unsure":
                said.setdefault(target, {})[who] = event
    return said


def agreement(every: Iterable[Event], rule: str = "") -> Agreement:
    """Compare what people said of the same findings, of one rule where it is named."""
    shared: Mapping[tuple[str, str], dict[str, Event]] = {
        target: said
        for target, said in said_by_each(every).items()
        if len(said) > 1 and (not rule or next(iter(said.values())).rule == rule)
    }
    disputed = []
    for (document, key), said in sorted(shared.items()):
        if len({event.answer for event in said.values()}) > 1:
            first = next(iter(said.values()))
            words: dict[str, str] = {who: event.verdict for who, event in sorted(said.items())}
            disputed.append(Disputed(document, key, first.rule, first.match, words))
    return Agreement(
        alpha=alpha([event.verdict for event in said.values()] for said in shared.values()),
        findings=len(shared),
        reviewers=len({who for said in shared.values() for who in said}),
        disputed=tuple(disputed),
    )
