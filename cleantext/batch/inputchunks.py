"""Inputs of every kind cut into chunks, one after the other."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Literal

import msgspec

from cleantext.batch.chunks import ARTICLES, BYTES, LONGEST, Chunk, Place, line_chunks
from cleantext.batch.fields import Fields
from cleantext.batch.inputs import Failure, Input, Kind, kind_of, unknown


def chunks(
    items: Iterator[Input | Failure],
    *,
    stdin_kind: Kind | None = None,
    named_kind: Kind | None = None,
    columns: tuple[str, ...] | None = None,
    fields: Fields | None = None,
    fields_of: Callable[[str], Fields] | None = None,
    place: Place | None = None,
) -> Iterator[Chunk]:
    """Cut inputs into chunks, from ``place`` on; what cannot be read is a chunk of kind ``failure``.

    ``items`` must begin with the input of ``place``. ``columns`` are those to
    read of a table; None is all. ``stdin_kind`` is what standard input holds: where None, a text,
    but JSON lines are refused. ``named_kind`` is what the files hold that the user named one by one,
    whatever their names say; where None, a file of no known kind is refused. Files that are read in different ways,
    by ``fields_of`` (the very same object: the same way), never share a chunk.
    """
    place = place or Place()
    number = place.number
    texts: list[str] = []
    held: Literal["text", "pages"] = "text"
    way = fields
    below: str | None = None
    weight = 0
    for item in items:
        kind = _kind(item, stdin_kind, named_kind)
        by_name: Literal["text", "pages"] | None = (
            "text" if kind == "text" else "pages" if kind == "html" else None
        )
        if fields_of is not None and isinstance(item, Input):
            fields = fields_of(item.name)
            columns = None if columns is None else fields.columns
        full = len(texts) >= ARTICLES or weight >= BYTES or fields is not way
        way = fields
        if texts and (full or by_name != held or (isinstance(item, Input) and item.below != below)):
            yield Chunk(held, number - len(texts), tuple(texts), below, weight=weight)
            texts, weight = [], 0
        if isinstance(item, Failure):
            yield Chunk("failure", number, failure=item)
        elif kind is None:
            yield Chunk("failure", number, failure=Failure(item.name, None, unknown(item.name)))
        elif by_name is not None and item.name != "-":
            texts.append(item.name)
            below, held = item.below, by_name
            try:
                weight += Path(item.name).stat().st_size
            except OSError:
                weight += 1
        elif kind == "html":
            data = sys.stdin.buffer.read(LONGEST + 1)
            yield Chunk("pages", number, ("-",), data=data, weight=len(data))
        elif kind == "text":
            yield from _standard_text(number, sure=(stdin_kind or named_kind) is not None)
        else:
            yield from _records(item, kind, number, place, columns, fields)
        number += 1
        place = Place()
    if texts:
        yield Chunk(held, number - len(texts), tuple(texts), below, weight=weight)


def _records(
    item: Input,
    kind: Kind,
    number: int,
    place: Place,
    columns: tuple[str, ...] | None,
    fields: Fields | None,
) -> Iterator[Chunk]:
    """Cut a file that holds many articles."""
    match kind:
        case "parquet" | "arrow":
            from cleantext.batch.tables import row_chunks

            yield from row_chunks(item, kind, number, place, columns, fields.text if fields else "text")
        case "csv" | "tsv" | "json":
            from cleantext.batch.recordchunks import record_chunks

            yield from record_chunks(item, kind, number, place, fields or Fields())
        case _:
            yield from line_chunks(item, number, place, fields.encoding if fields else None)


def _kind(item: Input | Failure, stdin_kind: Kind | None, named_kind: Kind | None) -> Kind | None:
    if isinstance(item, Failure):
        return None
    if item.name == "-":
        return stdin_kind or named_kind or "text"
    return (named_kind if item.below is None else None) or kind_of(Path(item.name))


def _standard_text(number: int, *, sure: bool) -> Iterator[Chunk]:
    data = sys.stdin.buffer.read()
    if not sure and _reads_like_json_lines(data):
        error = "this reads like JSON lines; --stdin-format jsonl says so (or text, where it is one text)"
        yield Chunk("failure", number, failure=Failure("-", None, error))
        return
    yield Chunk("text", number, ("-",), data=data, weight=len(data))


def _reads_like_json_lines(data: bytes) -> bool:
    first = data.lstrip()[:LONGEST].split(b"\n", 1)[0].strip()
    if not (first.startswith(b"{") and first.endswith(b"}")):
        return False
    try:
        msgspec.json.decode(first)
    except (msgspec.DecodeError, ValueError, RecursionError):
        return False
    return True
