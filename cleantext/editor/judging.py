"""A reply before the guards: what of it stands, and what is refused and why."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from cleantext.editor.aligning import TooLongError
from cleantext.editor.change import Change, Context
from cleantext.editor.cutting import Cut, cut, joined
from cleantext.editor.guards import content, counted, names, numbers, quotation, replies, speakers, tenses
from cleantext.editor.reading import Reading
from cleantext.finding import Edit

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
)
"""The guards of a single cut, by the ids of their cards, in the order in which they are asked."""


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
    standing: list[Cut] = []
    refused: list[Refusal] = []
    for one in cuts:
        found = _refused(passage, answer, one, context)
        if found is None:
            standing.append(one)
        else:
            refused.append(found)
    standing += _paired(passage, answer, context, refused)
    standing = _alone(passage, sorted(standing), refused)
    standing = _together(passage, answer, standing, context, refused)
    return Verdict(tuple(standing), tuple(sorted(refused)))


def _paired(passage: Reading, answer: Reading, context: Context, refused: list[Refusal]) -> list[Cut]:
    """Take two refused cuts back that make each other good: what one loses the other one brings."""
    found: list[Cut] = []
    for one in tuple(refused):
        rest = refused[refused.index(one) + 1 :] if one in refused else []
        for other in rest:
            if one.cut is None or other.cut is None or one.guard != other.guard:
                continue
            pair = joined([one.cut, other.cut])
            if _refused(passage, answer, pair, context) is None:
                refused.remove(one)
                refused.remove(other)
                found.append(pair)
                break
    return found


def _alone(passage: Reading, cuts: Sequence[Cut], refused: list[Refusal]) -> list[Cut]:
    """Return the cuts that do not touch a refused one: an edit of which a part is refused does not stand alone."""
    standing = []
    for one in cuts:
        beside = next((r for r in refused if any(_touch(passage.text, edit, r) for edit in one.edits)), None)
        if beside is None:
            standing.append(one)
        else:
            reason = f"it leans on an edit that was refused: {beside.reason}"
            refused.append(_refusal(one, beside.guard, reason))
    return standing


def _touch(text: str, edit: Edit, refusal: Refusal) -> bool:
    """Whether no word stands between an edit and one that was refused."""
    for other in refusal.cut.edits if refusal.cut else ():
        between = text[min(edit.end, other.end) : max(edit.start, other.start)]
        if not any(letter.isalnum() for letter in between):
            return True
    return False


def _together(
    passage: Reading, answer: Reading, cuts: Sequence[Cut], context: Context, refused: list[Refusal]
) -> list[Cut]:
    """Return the cuts that also stand together: the first that break a guard with those before them are refused."""
    if len(cuts) < 2 or _refused(passage, answer, joined(list(cuts)), context) is None:
        return list(cuts)
    standing: list[Cut] = []
    for one in cuts:
        found = _refused(passage, answer, joined([*standing, one]), context)
        if found is None:
            standing.append(one)
        else:
            refused.append(_refusal(one, found.guard, found.reason))
    return standing


def _refused(passage: Reading, answer: Reading, one: Cut, context: Context) -> Refusal | None:
    change = Change(passage, answer, one, context)
    for guard, holds in GUARDS:
        if reason := holds(change):
            return _refusal(one, guard, reason)
    return None


def _refusal(one: Cut, guard: str, reason: str) -> Refusal:
    return Refusal(one.edits[0].start, one.edits[-1].end, guard, reason, one)
