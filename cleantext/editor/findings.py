"""A verdict as findings: a proposal for each cut that stands, a display for each that a guard refused."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import msgspec

from cleantext.checks import Hit
from cleantext.editor import restoring
from cleantext.editor.answers import Answer, Request
from cleantext.editor.change import Change, Context, edited
from cleantext.editor.classes import GUARD_RESTORED, RESTORED, class_of
from cleantext.editor.cutting import Cut
from cleantext.editor.judging import Verdict
from cleantext.editor.passages import Passage
from cleantext.editor.reading import Reading
from cleantext.finding import Edit, Evidence, Fix
from cleantext.rulebook import Card


class Refused(msgspec.Struct, frozen=True):
    """What a guard refused: code points of the article, its card, its reason."""

    start: int
    end: int
    guard: str
    reason: str


class Editing(msgspec.Struct, frozen=True):
    """What the model editor did in one article: passages asked about and answered, edits proposed, what was refused.

    Tokens are the server's own count of what the replies cost when they were asked for, ``cost`` their price in the
    currency of the configuration, None where it names none.
    """

    asked: int
    proposed: int
    refused: tuple[Refused, ...]
    tokens_in: int = 0
    tokens_out: int = 0
    cost: float | None = None


def hits(
    passage: Passage, answer: Answer, verdict: Verdict, context: Context, cards: Mapping[str, Card]
) -> Iterator[Hit]:
    """Yield the hits of one passage, for the cards that were selected; spans are the article's."""
    reading, reply = Reading(passage.text), Reading(answer.text.strip())
    proposal = edited(passage.text, tuple(sorted(e for cut in verdict.cuts for e in cut.edits)))
    by = f" by {answer.model}" if answer.model else ""
    place = Evidence(passage.start, passage.end, passage.text, f"the passage; with all edits{by}: {proposal}")
    for cut in verdict.cuts:
        rule = class_of(Change(reading, reply, cut, context))
        if rule in cards:
            edits = tuple(
                Edit(e.start + passage.start, e.end + passage.start, e.replacement) for e in cut.edits
            )
            start, end = edits[0].start, edits[-1].end
            yield Hit(
                rule,
                start,
                end,
                (Fix(edits),),
                evidence=(place,),
                message=_said(passage.text, cut, cards[rule]),
            )
    for refusal in verdict.refused:
        if refusal.guard in cards:
            start, end = refusal.start + passage.start, refusal.end + passage.start
            wanted = _wanted(passage.text, refusal.cut) if refusal.cut else answer.text.strip()
            piece = Evidence(passage.start, passage.end, passage.text, f"refused{by}: {wanted}")
            yield Hit(refusal.guard, start, end, evidence=(piece,), message=f"Refused: {refusal.reason}")


def restored(
    text: str, request: Request, answer: Answer, context: Context
) -> tuple[Hit, tuple[Refused, ...]]:
    """Return the hit of a reply to a missing sentence, to put it in or to show why not, and what was refused."""
    at = request.passage.start
    by = f" by {answer.model}" if answer.model else ""
    said = answer.text.strip()
    evidence = Evidence(at, at, "", f"the original, which nothing here translates: {request.original}")
    if reason := restoring.refused(request, said, context):
        piece = Evidence(at, at, "", f"refused{by}: {said}")
        shown = Hit(GUARD_RESTORED, at, at, evidence=(evidence, piece), message=f"Refused: {reason}")
        return shown, (Refused(at, at, GUARD_RESTORED, reason),)
    fix = Fix((restoring.insertion(text, at, said),))
    message = f"A missing sentence{by}: “{said}”"
    return Hit(RESTORED, at, at, (fix,), evidence=(evidence,), message=message), ()


def refusals(passage: Passage, verdict: Verdict) -> tuple[Refused, ...]:
    """Return the refusals of one passage by the article's code points."""
    return tuple(
        Refused(refusal.start + passage.start, refusal.end + passage.start, refusal.guard, refusal.reason)
        for refusal in verdict.refused
    )


def _said(text: str, cut: Cut, card: Card) -> str:
    return f"{card.text}: {_wanted(text, cut)}"


def _wanted(text: str, cut: Cut) -> str:
    """Say what a cut does, in words: what stands, and what would stand there."""
    parts = []
    for edit in cut.edits:
        old, new = text[edit.start : edit.end].strip(), edit.replacement.strip()
        parts.append(
            f"“{old}” → “{new}”" if old and new else f"put in “{new}”" if new else f"leave out “{old}”"
        )
    return ", ".join(parts)
