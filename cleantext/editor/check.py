"""The editor's part in a check: passages out, replies in, guarded edits as hits."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from cleantext.checks import Hit
from cleantext.document import Document
from cleantext.editor.answers import Answers, Request
from cleantext.editor.change import Context
from cleantext.editor.findings import Editing, Refused, hits, refusals, restored
from cleantext.editor.judging import judge
from cleantext.editor.passages import Passage
from cleantext.rulebook import Card


class Proposed(NamedTuple):
    """What the editor found in one article, what it did, and what went wrong."""

    hits: tuple[Hit, ...]
    editing: Editing
    trouble: tuple[str, ...]


def propose(
    document: Document,
    cards: Mapping[str, Card],
    asked: Sequence[Request],
    answers: Answers,
) -> Proposed:
    """Ask about an article's passages, and return what of the replies the guards let through."""
    found: list[Hit] = []
    refused: list[Refused] = []
    answered = proposed = tokens_in = tokens_out = 0
    replies = answers.answers(asked)
    for request, answer in zip(asked, replies.answers, strict=True):
        if answer is None:
            continue
        answered += 1
        tokens_in += answer.tokens_in
        tokens_out += answer.tokens_out
        context = context_of(document, request)
        if request.is_omission:
            hit, not_put_in = restored(document.text, request, answer, context)
            proposed += len(hit.fixes)
            refused += not_put_in
            if hit.rule in cards:
                found.append(hit)
            continue
        verdict = judge(request.passage.text, answer.text, context)
        proposed += sum(len(cut.edits) for cut in verdict.cuts)
        refused += refusals(request.passage, verdict)
        found += hits(request.passage, answer, verdict, context, cards)
    editing = Editing(answered, proposed, tuple(refused), tokens_in, tokens_out)
    return Proposed(tuple(found), editing, (replies.trouble,) if replies.trouble else ())


def context_of(document: Document, request: Request) -> Context:
    """Return what the guards need to know of the article: its names, and where the passage is quoted."""
    passage = request.passage
    names = frozenset(
        word for mention in document.names.mentions for word in mention.text.replace("’", "'").split()
    )
    neighbours = f"{passage.before}\n{passage.after}"
    return Context(names, _quoted(document, passage), request.original_values, neighbours)


def _quoted(document: Document, passage: Passage) -> tuple[tuple[int, int], ...]:
    """Return the stretches of a passage between quotation marks, in its own code points, marks left out."""
    return tuple(
        (max(0, q.start + q.opened - passage.start), min(len(passage.text), q.end - q.closed - passage.start))
        for q in document.quotations
        if q.start < passage.end and passage.start < q.end
    )
