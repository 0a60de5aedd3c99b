"""A change shown word by word, in the passage where it stands."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from difflib import SequenceMatcher
from typing import Literal

import msgspec
import regex

from cleantext.document import Document
from cleantext.finding import Edit, Finding
from cleantext.review.decisions import span_of

Kind = Literal["keep", "del", "ins", "flag", "near"]
REACH = 700  # code points of a long line shown on either side of a finding
NEAR = 140  # code points shown of a neighbouring line
_TOKEN = regex.compile(r"\w+|\s+|[^\w\s]")
_WORDWISE = 400  # tokens on both sides together; longer changes are shown as one


class Piece(msgspec.Struct, frozen=True):
    """A stretch of text: kept, deleted, inserted, flagged without a fix, or of a neighbouring line."""

    kind: Kind
    text: str


def words(old: str, new: str) -> list[Piece]:
    """Compare two texts word by word."""
    a, b = _TOKEN.findall(old), _TOKEN.findall(new)
    if not old or not new or len(a) + len(b) > _WORDWISE:
        return _joined([Piece("del", old), Piece("ins", new)])
    pieces = []
    for kind, i, j, k, m in SequenceMatcher(None, a, b, autojunk=False).get_opcodes():
        if kind == "equal":
            pieces.append(Piece("keep", "".join(a[i:j])))
        else:
            pieces += [Piece("del", "".join(a[i:j])), Piece("ins", "".join(b[k:m]))]
    return _joined(pieces)


def _joined(pieces: Iterable[Piece]) -> list[Piece]:
    done: list[Piece] = []
    for piece in pieces:
        if not piece.text:
            continue
        if done and done[-1].kind == piece.kind:
            done[-1] = Piece(piece.kind, done[-1].text + piece.text)
        else:
            done.append(piece)
    return done


def changed(text: str, start: int, end: int, edits: Sequence[Edit]) -> list[Piece]:
    """Mark edits, which must not overlap, in a stretch of a text; those outside are left out."""
    pieces = []
    at = start
    for edit in sorted(edits):
        if edit.end < start or edit.start > end or edit.start < at:
            continue
        pieces.append(Piece("keep", text[at : edit.start]))
        pieces += words(text[edit.start : edit.end], edit.replacement)
        at = edit.end
    pieces.append(Piece("keep", text[at : max(at, end)]))
    return _joined(pieces)


def passage(document: Document, finding: Finding, replacement: str | None = None) -> list[Piece]:
    """Mark a finding in its paragraph, the neighbouring lines around it.

    ``replacement`` stands for the fix where a person wrote one. A finding without
    a fix is flagged.
    """
    text = document.text
    low, high = span_of(finding)
    first, last = document.line_at(low), document.line_at(max(low, high - 1))
    start, end = max(first.start, low - REACH), min(max(last.end, high), high + REACH)
    pieces: list[Piece] = []
    if start == first.start:
        pieces.append(Piece("near", _neighbour(document, first.start, before=True)))
    else:
        pieces.append(Piece("near", "… "))
    if replacement is not None:
        pieces += changed(text, start, end, [Edit(low, high, replacement)])
    elif finding.fix is not None:
        pieces += changed(text, start, end, finding.fix.edits)
    else:
        pieces += [
            Piece("keep", text[start:low]),
            Piece("flag", text[low:high]),
            Piece("keep", text[high:end]),
        ]
    if end >= last.end:
        pieces.append(Piece("near", _neighbour(document, max(last.next, end), before=False)))
    else:
        pieces.append(Piece("near", " …"))
    return [piece for piece in pieces if piece.text]


def _neighbour(document: Document, offset: int, *, before: bool) -> str:
    """The nearest line that is not blank, cut short; with the line end between."""
    lines = document.filled
    if before:
        near = [line for line in lines if line.end <= offset and line.start < offset]
        if not near:
            return ""
        shown = document.text[near[-1].start : near[-1].end]
        cut = shown[-NEAR:]
        return (shown if len(shown) <= NEAR else "…" + cut[cut.find(" ") + 1 :]) + "\n\n"
    near = [line for line in lines if line.start >= offset]
    if not near:
        return ""
    shown = document.text[near[0].start : near[0].end]
    cut = shown[:NEAR]
    return "\n\n" + (shown if len(shown) <= NEAR else cut[: cut.rfind(" ") + 1 or NEAR] + "…")


def _without_end(pieces: list[Piece]) -> list[Piece]:
    """Take the line end off: rows stand apart anyway."""
    return [
        Piece(p.kind, text)
        for i, p in enumerate(pieces)
        if (
            text := p.text.rstrip("\r\n")
            if all(not q.text.strip("\r\n") for q in pieces[i + 1 :])
            else p.text
        )
    ]


class Row(msgspec.Struct, frozen=True):
    """One line of an article, before and after."""

    before: list[Piece]
    after: list[Piece]


def side_by_side(document: Document, edits: Sequence[Edit]) -> list[Row]:
    """Show a whole article line by line with its changes."""
    text = document.text
    rows = []
    queue = sorted(set(edits))
    at = 0
    for line in document.lines:
        pieces: list[Piece] = []
        here = line.start
        while at < len(queue) and queue[at].start < line.next:
            edit = queue[at]
            pieces.append(Piece("keep", text[here : max(here, edit.start)]))
            inside = min(edit.end, line.next)
            new = edit.replacement if edit.end <= line.next else ""
            pieces += words(text[max(here, edit.start) : inside], new)
            here = max(here, inside)
            if edit.end > line.next:  # the rest belongs to the next line
                queue[at] = Edit(line.next, edit.end, edit.replacement)
                break
            at += 1
        pieces.append(Piece("keep", text[here : line.next]))
        pieces = _without_end(_joined(pieces))
        rows.append(Row([p for p in pieces if p.kind != "ins"], [p for p in pieces if p.kind != "del"]))
    # What is left can only be an insertion at the very end.
    rows += [Row([], [Piece("ins", edit.replacement)]) for edit in queue[at:] if edit.replacement]
    return rows


def changed_words(finding: Finding, limit: int = 120) -> list[Piece]:
    """Show a finding's own words and what becomes of them, without the passage; cut at ``limit`` code points."""
    if finding.fix is None:
        return [Piece("flag", _cut(finding.text, limit))]
    start = finding.start
    inside = [e for e in finding.fix.edits if e.start >= start and e.end <= finding.end]
    if len(finding.text) > limit or len(inside) != len(finding.fix.edits):
        new = " … ".join(edit.replacement for edit in finding.fix.edits)
        return _joined(
            [Piece("del", _cut(finding.text, limit)), Piece("ins", _cut(new.strip("\r\n"), limit))]
        )
    moved = [Edit(e.start - start, e.end - start, e.replacement) for e in inside]
    return changed(finding.text, 0, len(finding.text), moved)


def _cut(text: str, limit: int) -> str:
    return text if len(text) <= limit else text[: limit - 20] + " … " + text[-15:]
