"""`cleantext align`: the sentences of translations beside those of their originals."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path
from typing import IO, Annotated

import typer

from cleantext.batch.reading import Failure, Source, read
from cleantext.batch.records import encode
from cleantext.batch.sinks import replacing
from cleantext.cli import options as o
from cleantext.cli import running as r
from cleantext.cli.app import app
from cleantext.cli.bundles import spread
from cleantext.document import Document
from cleantext.fidelity.pair import Pair, pair_of
from cleantext.printable import visible
from cleantext.records import alignment_records


class AlignFormat(StrEnum):
    """How an alignment is printed."""

    TEXT = "text"
    JSONL = "jsonl"
    TSV = "tsv"


@app.command(
    epilog="Example:  cleantext align --original quelle.txt translation.txt    cleantext align --format tsv pairs.jsonl"
)
@spread
def align(
    paths: o.Paths,
    output_format: Annotated[
        AlignFormat,
        typer.Option(
            "--format", help="How to print: text for reading, tsv (original, translation), jsonl with spans."
        ),
    ] = AlignFormat.TEXT,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="Write here. [default: standard output]")
    ] = None,
    reading: o.Reading = o.Reading(),
    translated: o.Translated = o.Translated(),
    stdin: o.FromStdin = o.FromStdin(),
) -> None:
    """Print the sentences of each article beside those of the text it was translated from.

    Sentences that belong together stand in one row: one and one, two and one, or one with
    nothing beside it. Exit code 2: something could not be read or has no original.
    """
    chosen = o.configuration(stdin.beside(paths), reading, originals=translated)
    r.must_not_be_input(paths, output)
    items = read(
        paths,
        fields=o.fields(chosen, o.originals(translated), stdin.stdin_filename),
        exclude=chosen.exclude,
        stdin_format=stdin.kind,
        named_kind=reading.kind,
    )
    with replacing(output) as out:
        failed = _align(items, output_format, out)
    raise typer.Exit(2 if failed else 0)


def _align(items: Iterator[Source | Failure], output_format: AlignFormat, out: IO[bytes]) -> bool:
    """Write the alignment of each article; say whether one could not be aligned."""
    failed = False
    for item in items:
        pair = None if isinstance(item, Failure) else pair_of(Document(item.article))
        if isinstance(item, Failure) or pair is None:
            failed = True
            failure = item if isinstance(item, Failure) else Failure(item.path, item.line, _NO_ORIGINAL)
            if output_format is AlignFormat.JSONL:
                out.write(encode(failure) + b"\n")
            else:
                r.tell(failure)
            continue
        match output_format:
            case AlignFormat.JSONL:
                rows = (encode(row) + b"\n" for row in alignment_records(item.path, Document(item.article)))
            case AlignFormat.TSV:
                rows = (row.encode("utf-8", "backslashreplace") for row in _cells(pair))
            case _:
                rows = (row.encode("utf-8", "backslashreplace") for row in _text(item.path, pair))
        out.writelines(rows)
    return failed


_NO_ORIGINAL = "the article has no original to align with; give --original FILE, --originals DIR, or a field (--original-field)"


def _sides(pair: Pair) -> Iterator[tuple[str, str]]:
    for bead in pair.alignment.beads:
        source = pair.alignment.source[bead.first : bead.last]
        target = pair.alignment.target[bead.low : bead.high]
        yield (
            " ".join(pair.original[s.start : s.end] for s in source),
            " ".join(pair.text[s.start : s.end] for s in target),
        )


def _cells(pair: Pair) -> Iterator[str]:
    for source, target in _sides(pair):
        yield "\t".join(side.replace("\t", " ") for side in (source, target)) + "\n"


def _text(path: str, pair: Pair) -> Iterator[str]:
    yield visible(path) + "\n\n"
    for source, target in _sides(pair):
        yield f"  {visible(source) or '(nothing)'}\n    {visible(target) or '(nothing)'}\n\n"
