"""A reply before the guards: what of it stands, and what is refused and why."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import NamedTuple

from cleantext.document.words import word_groups
from cleantext.editor.aligning import TooLongError
from cleantext.editor.change import Change, Context
from cleantext.editor.cutting import Cut, cut, joined
from cleantext.editor.guards import (
    content,
    counted,
    names,
    numbers,
    places,
    quotation,
    references,
    replies,
    speakers,
    tenses,
)
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
    ("ED113", places.guard),
    ("ED114", references.guard),
)
"""The guards of a single cut, by the ids of their cards, in the order in which they are asked."""


ADDED, DROPPED = "ED111", "ED112"
NEAR = 40
"""Code points over which a word that comes may stand for one that goes."""


CHOSEN = 2
"""Tokens of a word chosen anew: "sold-out" is none."""


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
    _paired(passage, answer, context, standing, refused)
    standing = _alone(passage, answer, sorted(standing), refused)
    standing = _together(passage, answer, standing, context, refused)
    return Verdict(tuple(standing), tuple(sorted(refused)))


def _paired(
    passage: Reading, answer: Reading, context: Context, standing: list[Cut], refused: list[Refusal]
) -> None:
    """Join a refused cut with another that makes it good: what one loses the other one brings.

    The other one may stand by itself already: "leave out *casual*" and "put in *occasional*" are one edit.
    """
    for one in tuple(refused):
        if one.cut is None or one not in refused:
            continue
        others = [r.cut for r in refused if r is not one and r.cut is not None and _alike(one, r)]
        words = sum(hunk.reply_end - hunk.reply_start for hunk in one.cut.hunks)
        if one.guard == ADDED and words <= CHOSEN:
            others += [
                c for c in standing if _apart(one.cut, c) <= NEAR and Change(passage, answer, c, context).lost
            ]
        for other in sorted(others, key=partial(_apart, one.cut)):
            pair = joined([one.cut, other])
            whole = Change(passage, answer, pair, context)
            good = one.guard != ADDED or whole.lost.total() <= whole.won.total()
            if good and _refused(passage, answer, pair, context) is None:
                refused[:] = [r for r in refused if r is not one and r.cut != other]
                standing[:] = [*(cut for cut in standing if cut != other), pair]
                break


def _alike(one: Refusal, other: Refusal) -> bool:
    """Whether two refusals may make each other good."""
    return one.guard == other.guard or {one.guard, other.guard} == {ADDED, DROPPED}


def _apart(one: Cut, other: Cut) -> int:
    """Count the code points between two cuts."""
    return max(one.edits[0].start - other.edits[-1].end, other.edits[0].start - one.edits[-1].end, 0)


def _alone(passage: Reading, answer: Reading, cuts: Sequence[Cut], refused: list[Refusal]) -> list[Cut]:
    """Return the cuts that do not touch a refused one: an edit of which a part is refused does not stand alone.

    Nor does one that only leaves out a verb near a refused one that would have put one in.
    """
    standing = []
    for one in cuts:
        beside = next((r for r in refused if any(_touch(passage.text, edit, r) for edit in one.edits)), None)
        if beside is None:
            beside = next((r for r in refused if r.cut and _hangs_on(passage, answer, one, r.cut)), None)
        if beside is None and _leaves_out_a_verb(passage, one):
            beside = next(
                (r for r in refused if r.cut and _puts_in(r.cut) and _apart(one, r.cut) <= NEAR), None
            )
        if beside is None:
            standing.append(one)
        else:
            reason = f"it leans on an edit that was refused: {beside.reason}"
            refused.append(_refusal(one, beside.guard, reason))
    return standing


def _hangs_on(passage: Reading, answer: Reading, one: Cut, other: Cut) -> bool:
    """Whether a cut only chooses a preposition or a form for a verb before it, which is refused with the ``other`` cut.

    "Show them to support it", "accuse them of supporting it": without the verb neither belongs there.
    """
    change = Change(passage, answer, one, Context())
    if change.lost or change.won or not _changes_a_word(passage, answer, other):
        return False
    words = [token.lower for token in (*change.old(), *change.new()) if token.kind == "word"]
    if not words or not (
        set(words) & word_groups("editor-grammar")["preposition"] or any(w.endswith("ing") for w in words)
    ):
        return False
    between = passage.text[other.edits[-1].end : one.edits[0].start]
    return 0 <= one.edits[0].start - other.edits[-1].end <= REACH and not set(between) & set(";:.!?")


REACH = 80
"""Code points behind a verb in which its prepositions stand."""


def _changes_a_word(passage: Reading, answer: Reading, one: Cut) -> bool:
    """Whether a cut exchanges a content word for another."""
    change = Change(passage, answer, one, Context())
    return bool(change.lost) and bool(change.won)


def _leaves_out_a_verb(passage: Reading, one: Cut) -> bool:
    """Whether a cut takes auxiliaries away and brings nothing."""
    groups = word_groups("editor-grammar")
    gone = [token.lower for hunk in one.hunks for token in passage.tokens[hunk.start : hunk.end]]
    return bool(gone) and not _puts_in(one) and groups["auxiliary"] | groups["modal"] >= set(gone)


def _puts_in(one: Cut) -> bool:
    return any(hunk.reply_end > hunk.reply_start for hunk in one.hunks)


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
