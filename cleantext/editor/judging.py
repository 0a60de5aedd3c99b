"""A reply before the guards: what of it stands, and what is refused and why."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import NamedTuple, TypeAlias

from cleantext.editor.aligning import TooLongError
from cleantext.editor.change import Change, Context
from cleantext.editor.cutting import Cut, cut, joined
from cleantext.editor.guards import (
    agents,
    content,
    counted,
    degrees,
    names,
    numbers,
    places,
    quotation,
    references,
    replies,
    speakers,
    tenses,
)
from cleantext.editor.leaning import NEAR, apart, leans_on
from cleantext.editor.reading import Reading

GUARDS: tuple[tuple[str, Callable[[Change], str | None]], ...] = (
    ("ED101", numbers.guard),
    ("ED102", names.guard),
    ("ED103", counted.negation),
    ("ED104", counted.hedges),
    ("ED105", quotation.guard),
    ("ED106", speakers.guard),
    ("ED107", tenses.guard),
    ("ED108", counted.opposites),
    ("ED109", counted.quantities),
    ("ED110", counted.connectives),
    ("ED111", content.added),
    ("ED112", content.dropped),
    ("ED113", places.guard),
    ("ED114", references.guard),
    ("ED115", agents.guard),
    ("ED116", degrees.guard),
    ("ED117", content.guessed),
)
"""The guards of a single cut, by the ids of their cards, in the order in which they are asked."""


ADDED, DROPPED = "ED111", "ED112"
CHOSEN = 2
"""Tokens put in where nothing stood ("sold-out" has more), content words in the place of something ("vice versa")."""


class Refusal(NamedTuple):
    """Why a cut, or a whole reply, is not proposed: code points of the passage, the guard's card, its reason.

    ``cut`` is what was refused; None where it is the whole reply.
    """

    start: int
    end: int
    guard: str
    reason: str
    cut: Cut | None = None


class Verdict(NamedTuple):
    """What a reply comes to: the cuts that stand, in order, and the refusals."""

    cuts: tuple[Cut, ...]
    refused: tuple[Refusal, ...]


def judge(text: str, reply: str, context: Context | None = None) -> Verdict:
    """Cut a reply and hold every cut to the guards, one by one and all together; what is in doubt is refused."""
    context = context or Context()
    passage, answer = Reading(text), Reading(reply.strip())
    if passage.text.strip() == answer.text:
        return Verdict((), ())
    for guard, whole in replies.GUARDS:
        if reason := whole(passage, answer):
            return Verdict((), (Refusal(0, len(text), guard, reason),))
    try:
        cuts = cut(passage, answer)
    except TooLongError as error:
        return Verdict((), (Refusal(0, len(text), "ED129", str(error)),))
    change = partial(Change, passage, answer, context=context)
    standing: list[Cut] = []
    refused: list[Refusal] = []
    for one in cuts:
        found = _refused(change(one))
        if found is None:
            standing.append(one)
        else:
            refused.append(found)
    _paired(change, standing, refused)
    standing = _alone(change, sorted(standing), refused)
    standing = _together(change, standing, refused)
    return Verdict(tuple(standing), tuple(sorted(refused)))


_Changes: TypeAlias = Callable[[Cut], Change]
"""What a cut changes in the passage that is judged."""


def _paired(change: _Changes, standing: list[Cut], refused: list[Refusal]) -> None:
    """Join a refused cut with another that makes it good: what one loses the other one brings.

    The other one may stand by itself already: "leave out *casual*" and "put in *occasional*" are one edit.
    """
    for one in tuple(refused):
        if one.cut is None or one not in refused:
            continue
        others = [r.cut for r in refused if r is not one and r.cut is not None and _alike(one, r)]
        if one.guard == ADDED and _chosen_anew(change(one.cut)):
            others += [c for c in standing if apart(one.cut, c) <= NEAR and change(c).lost]
        for other in sorted(others, key=partial(apart, one.cut)):
            pair = change(joined([one.cut, other]))
            good = one.guard != ADDED or pair.lost.total() <= pair.won.total()
            if good and _refused(pair) is None:
                refused[:] = [r for r in refused if r is not one and r.cut != other]
                standing[:] = [*(cut for cut in standing if cut != other), pair.cut]
                break


def _chosen_anew(change: Change) -> bool:
    """Whether a cut may only bring another word for one that goes elsewhere, and no more."""
    if all(hunk.end > hunk.start for hunk in change.cut.hunks):  # it stands in the place of something
        return sum(change.reply.content[k] for k in change.added) <= CHOSEN
    return len(change.added) <= CHOSEN


def _alike(one: Refusal, other: Refusal) -> bool:
    """Whether two refusals may make each other good."""
    return one.guard == other.guard or {one.guard, other.guard} == {ADDED, DROPPED}


def _alone(change: _Changes, cuts: Sequence[Cut], refused: list[Refusal]) -> list[Cut]:
    """Return the cuts that stand without those that were refused; what leans on one of these falls, and so in turn."""
    standing = [change(one) for one in cuts]
    why = {change(refusal.cut): (refusal.guard, refusal.reason) for refusal in refused if refusal.cut}
    gone = tuple(why)
    while fallen := {one: other for one in standing if (other := leans_on(one, gone)) is not None}:
        for one, other in fallen.items():
            guard, reason = why[one] = why[other]
            refused.append(_refusal(one.cut, guard, f"it leans on an edit that was refused: {reason}"))
        standing = [one for one in standing if one not in fallen]
        gone = tuple(fallen)
    return [one.cut for one in standing]


def _together(change: _Changes, cuts: Sequence[Cut], refused: list[Refusal]) -> list[Cut]:
    """Return the cuts that also stand together.

    The first that breaks a guard with those before it is refused, and so is each of these that breaks it with that one
    alone ("was", "by"): nobody can tell which half was right. What leans on them falls.
    """
    standing = list(cuts)
    while len(standing) > 1 and _refused(change(joined(standing))) is not None:
        last, found = next(
            (k, refusal)
            for k in range(len(standing))
            if (refusal := _refused(change(joined(standing[: k + 1]))))
        )
        one = standing[last]
        fallen = [one, *(other for other in standing[:last] if _refused(change(joined([other, one]))))]
        refused += [_refusal(other, found.guard, found.reason) for other in fallen]
        standing = _alone(change, [other for other in standing if other not in fallen], refused)
    return standing


def _refused(change: Change) -> Refusal | None:
    for guard, holds in GUARDS:
        if reason := holds(change):
            return _refusal(change.cut, guard, reason)
    return None


def _refusal(one: Cut, guard: str, reason: str) -> Refusal:
    return Refusal(one.edits[0].start, one.edits[-1].end, guard, reason, one)
