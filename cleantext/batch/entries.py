"""What the record of a run holds of one article."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

from cleantext.batch import runrecord
from cleantext.batch.cells import row_with_text
from cleantext.batch.fields import Fields
from cleantext.batch.jsontext import line_with_text
from cleantext.batch.reading import BOM, BOM_BYTES, Raw, Source
from cleantext.document import Document
from cleantext.finding import Finding
from cleantext.records import finding_records
from cleantext.report import Fixed, Remeasured, Report

if TYPE_CHECKING:
    from cleantext.editor.findings import Editing


def with_text(raw: Raw, field: str, text: str) -> bytes:
    """Return the bytes of a record with its text replaced, all else as it was."""
    if raw.table is not None:
        return row_with_text(raw.data, raw.table, field, text)
    if raw.lead:
        return raw.data[: raw.lead] + line_with_text(raw.data[raw.lead :], field, text)
    return line_with_text(raw.data, field, text)


def rewritten(
    raw: Raw, source: Source, fixed: Fixed, offset: int, fields: Fields
) -> tuple[bytes, runrecord.Undo]:
    """Return the new bytes of a changed article and how to put them back."""
    owners: dict[tuple[int, int, str], set[str]] = {}
    for finding in fixed.applied:
        for edit in finding.fixes[0].edits:
            owners.setdefault((edit.start, edit.end, edit.replacement), set()).add(finding.rule)
    pieces = tuple(runrecord.Piece(*edit, tuple(sorted(owners[edit]))) for edit in sorted(owners))
    if source.record is not None:
        new = with_text(raw, fields.text, fixed.text)
        return new, runrecord.Undo((runrecord.Region(offset, len(new), raw.data.decode("utf-8")),), pieces)
    if source.encoding is not None:  # the old bytes are kept whole
        return ((BOM if source.bom else "") + fixed.text).encode(source.encoding), runrecord.Undo((), pieces)
    bom = BOM_BYTES if source.bom else b""
    text = source.article.text
    return bom + _bytes(fixed.text), runrecord.Undo(regions(text, pieces, offset + len(bom)), pieces)


def regions(text: str, pieces: Sequence[runrecord.Piece], offset: int) -> tuple[runrecord.Region, ...]:
    """Return where a text's edits stand in its file: ``offset`` is the byte at which the text begins there."""
    found = []
    at, place = 0, offset
    for piece in pieces:
        place += len(_bytes(text[at : piece.start]))
        old = text[piece.start : piece.end]
        found.append(runrecord.Region(place, len(_bytes(piece.replacement)), old))
        place += len(_bytes(old))
        at = piece.end
    return tuple(found)


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")


def entry_of(
    source: Source,
    report: Report,
    applied: tuple[Finding, ...],
    left: tuple[Finding, ...],
    *,
    full: bool,
    undo: runrecord.Undo | None = None,
    remeasured: Remeasured | None = None,
) -> bytes:
    """Return an article's line of a run's record; not ``full``, it holds what undo needs."""
    article = source.article
    document = Document(article)
    quality = report.quality if full else None
    text = article.text
    excerpts = {
        f.fingerprint: (text[max(0, f.start - 60) : f.start], text[f.end : f.end + 60])
        for f in ((*applied, *left) if full else ())
    }
    return runrecord.line(
        runrecord.Entry(
            path=source.path,
            line=source.line,
            id=article.id,
            title=article.title,
            source=document.site or None,
            date=article.date,
            chars=len(article.text),
            words=len(article.text.split()),
            garble=quality.garble if quality else None,
            source_language=quality.source_language if quality else None,
            is_article=quality.is_article if quality else None,
            applied=list(finding_records(source.path, document, applied)),
            left=list(finding_records(source.path, document, left)),
            excerpts=excerpts,
            undo=undo,
            editor=None if report.editing is None else _edited(report.editing, remeasured),
            form=source.form,
            extractor=source.extractor,
        )
    )


def _edited(editing: Editing, remeasured: Remeasured | None) -> runrecord.Edited:
    of_both = None if remeasured is None else (remeasured.before, remeasured.after)
    return runrecord.Edited(
        editing.asked,
        editing.proposed,
        dict(Counter(refused.guard for refused in editing.refused)),
        editing.tokens_in,
        editing.tokens_out,
        editing.cost,
        None if of_both is None else (of_both[0].garble, of_both[1].garble),
        None
        if of_both is None
        else (sum(of_both[0].per_1000_words.values()), sum(of_both[1].per_1000_words.values())),
    )
