"""`cleantext align`: the sentences of translations beside those of their originals."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from enum import StrEnum
from typing import Annotated

import typer

from cleantext.batch.reading import Failure, Fields, read
from cleantext.batch.records import encode
from cleantext.cli import options as o
from cleantext.cli.app import app
from cleantext.cli.running import tell
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
def align(
    paths: o.Paths,
    output_format: Annotated[
        AlignFormat,
        typer.Option(
            "--format", help="How to print: text for reading, tsv (original, translation), jsonl with spans."
        ),
    ] = AlignFormat.TEXT,
    original: o.OriginalFile = None,
    originals: o.OriginalsFolder = None,
    original_lang: o.OriginalLang = None,
    text_field: o.TextField = None,
    id_field: o.IdField = None,
    original_field: o.OriginalField = None,
    stdin_format: o.StdinOption = None,
    named_as: o.As = None,
) -> None:
    """Print the sentences of each article beside those of the text it was translated from.

    Sentences that belong together stand in one row: one and one, two and one, or one with
    nothing beside it. Exit code 2: something could not be read or has no original.
    """
    failed = False
    fields = Fields(
        text_field or "text",
        id_field or "id",
        original_field or "original",
        o.originals(original, originals, original_lang),
    )
    for item in read(
        paths,
        fields=fields,
        stdin_format=stdin_format.value if stdin_format else None,
        named_kind=named_as.value if named_as else None,
    ):
        pair = None if isinstance(item, Failure) else pair_of(Document(item.article))
        if isinstance(item, Failure) or pair is None:
            failed = True
            failure = item if isinstance(item, Failure) else Failure(item.path, item.line, _NO_ORIGINAL)
            if output_format is AlignFormat.JSONL:
                sys.stdout.buffer.write(encode(failure) + b"\n")
            else:
                tell(failure)
            continue
        match output_format:
            case AlignFormat.JSONL:
                rows = (encode(row) + b"\n" for row in alignment_records(item.path, Document(item.article)))
            case AlignFormat.TSV:
                rows = (row.encode("utf-8", "backslashreplace") for row in _cells(pair))
            case _:
                rows = (row.encode("utf-8", "backslashreplace") for row in _text(item.path, pair))
        sys.stdout.buffer.writelines(rows)
    sys.stdout.flush()
    raise typer.Exit(2 if failed else 0)


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
