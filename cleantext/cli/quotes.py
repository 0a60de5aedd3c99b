"""`cleantext quotes`: who said what."""

from __future__ import annotations

import shutil
import sys
from enum import StrEnum
from typing import Annotated

import typer

from cleantext.batch.reading import Failure, Fields, read
from cleantext.batch.records import encode
from cleantext.cli import options as o
from cleantext.cli.app import app
from cleantext.cli.running import tell
from cleantext.document import Document
from cleantext.document.attribution import Quotation
from cleantext.printable import visible
from cleantext.records import quotation_records


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
    stdin_format: o.StdinOption = None,
    named_as: o.As = None,
) -> None:
    """Print every quotation with its speaker and reporting verb."""
    failed = False
    fields = Fields(text_field or "text", id_field or "id")
    for item in read(
        paths,
        fields=fields,
        stdin_format=stdin_format.value if stdin_format else None,
        named_kind=named_as.value if named_as else None,
    ):
        if isinstance(item, Failure):
            failed = True
            if output_format is QuotesFormat.JSONL:
                sys.stdout.buffer.write(encode(item) + b"\n")
            else:
                tell(item)
            continue
        document = Document(item.article)
        if output_format is QuotesFormat.JSONL:
            rows = [encode(record) for record in quotation_records(item.path, document)]
            sys.stdout.buffer.write(b"\n".join([*rows, b""]))
        else:
            sys.stdout.writelines(_row(item.path, document, said) for said in document.attributions)
    sys.stdout.flush()
    raise typer.Exit(2 if failed else 0)


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
