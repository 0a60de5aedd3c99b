"""`cleantext quotes`: who said what."""

from __future__ import annotations

import shutil
import sys
from enum import StrEnum
from typing import Annotated, Any

import typer

from cleantext.batch.reading import Failure, Fields, read
from cleantext.batch.records import encode
from cleantext.cli import options as o
from cleantext.cli.app import app
from cleantext.cli.running import tell
from cleantext.document import Document
from cleantext.document.speakers import Quotation
from cleantext.printable import visible


class QuotesFormat(StrEnum):
    """How quotations are printed."""

    TEXT = "text"
    JSONL = "jsonl"


@app.command(epilog="Example:  cleantext quotes --format jsonl news.jsonl")
def quotes(
    paths: o.Paths,
    output_format: Annotated[
        QuotesFormat, typer.Option("--format", help="How to print.")
    ] = QuotesFormat.TEXT,
    text_field: o.TextField = None,
    id_field: o.IdField = None,
    stdin_format: o.StdinOption = o.StdinFormat.TEXT,
) -> None:
    """Print every quotation with its speaker and reporting verb."""
    failed = False
    fields = Fields(text_field or "text", id_field or "id")
    for item in read(paths, fields=fields, stdin_format=stdin_format.value):
        if isinstance(item, Failure):
            failed = True
            if output_format is QuotesFormat.JSONL:
                sys.stdout.buffer.write(encode(item) + b"\n")
            else:
                tell(item)
            continue
        document = Document(item.article)
        for quotation in document.attributions:
            if output_format is QuotesFormat.JSONL:
                sys.stdout.buffer.write(encode(_record(item.path, document, quotation)) + b"\n")
            else:
                sys.stdout.write(_row(item.path, document, quotation))
    sys.stdout.flush()
    raise typer.Exit(2 if failed else 0)


def _span(document: Document, start: int, end: int) -> dict[str, Any]:
    return {"start": start, "end": end, "text": document.text[start:end]}


def _record(path: str, document: Document, quotation: Quotation) -> dict[str, Any]:
    speaker = None
    if quotation.speaker is not None:
        speaker = {**_span(document, *quotation.speaker), "name": quotation.speaker_name}
    return {
        "path": path,
        "id": document.article.id,
        "kind": quotation.kind,
        "quote": _span(document, quotation.start, quotation.end),
        "speaker": speaker,
        "cue": None if quotation.cue is None else _span(document, *quotation.cue),
    }


def _row(path: str, document: Document, quotation: Quotation) -> str:
    line, column = document.place(quotation.start)
    text = document.text
    who = "?"
    if quotation.speaker is not None:
        who = text[quotation.speaker.start : quotation.speaker.end]
        if quotation.speaker_name and quotation.speaker_name != who:
            who += f" ({quotation.speaker_name})"
    cue = "" if quotation.cue is None else text[quotation.cue.start : quotation.cue.end]
    head = f"{visible(path)}:{line}:{column}  {quotation.kind}  {visible(who)}  {visible(cue)}  "
    room = max(30, shutil.get_terminal_size((120, 24)).columns - len(head))
    said = visible(text[quotation.start : quotation.end])
    return head + (said if len(said) <= room else said[: room - 1] + "…") + "\n"
