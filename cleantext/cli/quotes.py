"""`cleantext quotes`: who said what."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Annotated

import typer

from cleantext.batch.chunks import Chunk
from cleantext.batch.fields import Fields
from cleantext.batch.inputchunks import chunks
from cleantext.batch.inputs import Input, inputs
from cleantext.batch.reading import Failure, Source, decoded
from cleantext.batch.records import encode
from cleantext.batch.sinks import replacing
from cleantext.cli import options as o
from cleantext.cli import running as r
from cleantext.cli.app import app
from cleantext.cli.bundles import spread
from cleantext.document import Document
from cleantext.document.attribution import Quotation
from cleantext.pathpatterns import below, matcher
from cleantext.printable import visible
from cleantext.records import quotation_records
from cleantext.workers import map_chunks


@app.command(epilog="Example:  cleantext quotes --format jsonl news.jsonl")
@spread
def quotes(
    paths: o.Paths,
    output_format: Annotated[
        o.TextOrLines, typer.Option("--format", help="How to print.")
    ] = o.TextOrLines.TEXT,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="Write here. [default: standard output]")
    ] = None,
    reading: o.Reading = o.Reading(),
    stdin: o.FromStdin = o.FromStdin(),
    jobs: o.Jobs = None,
) -> None:
    """Print every quotation with its speaker and reporting verb. Of texts in other languages than English, nothing."""
    found = o.configurations(paths, reading, stdin=stdin, jobs=jobs)
    chosen = found.base
    r.must_not_be_input(paths, output)
    fields = o.fields(chosen, stdin_name=stdin.stdin_filename)
    other = {folder: o.fields(own) for folder, own in found.elsewhere.items()}

    def fields_of(name: str) -> Fields:
        return fields if name == "-" else below(name, other, fields)

    width = shutil.get_terminal_size((120, 24)).columns if output_format is o.TextOrLines.TEXT else None
    cut = chunks(
        (
            item
            for item in inputs(paths, exclude=o.excluded(chosen, reading))
            if not _is_excluded(item, found)
        ),
        stdin_kind=stdin.kind,
        named_kind=reading.kind,
        columns=fields.columns,
        fields=fields,
        fields_of=fields_of,
    )
    handed: Iterator[list[_Task]] = (
        [(chunk, fields_of(chunk.names[0]) if chunk.names else fields, width)] for chunk in cut
    )
    workers = chosen.jobs or 1
    told = r.Told()
    failed = False
    with replacing(output) as out:
        for printed, failures in (
            map(_said, handed) if workers <= 1 else map_chunks(_said, handed, jobs=workers)
        ):
            out.write(printed)
            for failure in failures:
                failed = True
                if width is not None:
                    told.tell(failure)
    told.end()
    raise typer.Exit(2 if failed else 0)


def _is_excluded(item: Input | Failure, found: o.Configurations) -> bool:
    """Say whether the configuration nearest to a file that was found, not named, passes it over."""
    if isinstance(item, Failure) or item.below is None or not found.elsewhere:
        return False
    return matcher(below(item.name, found.elsewhere, found.base).exclude)(item.name)


_Task = tuple[Chunk, Fields, int | None]
"""A chunk, how it is read, and the width to print for; None for records."""


def _said(batch: Sequence[_Task]) -> tuple[bytes, list[Failure]]:
    [(chunk, fields, width)] = batch
    parts: list[bytes] = []
    failures: list[Failure] = []
    for raw in decoded(chunk, fields):
        if isinstance(raw.item, Failure):
            failures.append(raw.item)
            if width is None:
                parts.append(encode(raw.item) + b"\n")
        elif raw.item is not None:
            document = Document(raw.item.article)
            if width is not None and not document.is_in(("en",)):
                o.warn(
                    f"{raw.item.path}: reads as another language ({document.language}); who speaks is told for English"
                )
            if width is None:
                parts += [encode(record) + b"\n" for record in quotation_records(raw.item.path, document)]
            else:
                rows = (_row(raw.item, document, said, width) for said in document.attributions)
                parts += [row.encode("utf-8", "backslashreplace") for row in rows]
    return b"".join(parts), failures


def _place(source: Source, line: int, column: int) -> str:
    """Return where in an article something stands, and in which record of its file."""
    if source.line is None:
        return f"{source.path}:{line}:{column}"
    named = f" ({source.article.id})" if source.article.id else ""
    return f"{source.path}:{source.line}{named} at {line}:{column}"


def _row(source: Source, document: Document, quotation: Quotation, width: int) -> str:
    line, column = document.place(quotation.start)
    text = document.text
    who = "?" if quotation.untold is None else f"? ({quotation.untold.replace('-', ' ')})"
    if quotation.speaker is not None:
        who = text[quotation.speaker.start : quotation.speaker.end]
        if quotation.speaker_name and quotation.speaker_name != who:
            who += f" ({quotation.speaker_name})"
    cue = "" if quotation.cue is None else text[quotation.cue.start : quotation.cue.end]
    head = f"{visible(_place(source, line, column))}  {quotation.kind}  {visible(who)}  {visible(cue)}  "
    room = max(30, width - len(head))
    said = visible(text[quotation.start : quotation.end])
    return head + (said if len(said) <= room else said[: room - 1] + "…") + "\n"
