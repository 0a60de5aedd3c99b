"""Tables of delimited text and JSON arrays cut into chunks of whole records."""

from __future__ import annotations

import io
from collections.abc import Iterator
from itertools import islice
from typing import IO, Literal

import msgspec

from cleantext.batch import arrays, cells
from cleantext.batch.chunks import ARTICLES, BYTES, CHANGED, LONGEST, Chunk, Form, Place, State, reason
from cleantext.batch.fields import Fields, listed
from cleantext.batch.inputs import Failure, Input
from cleantext.batch.streams import READ_ERRORS, Stream


def record_chunks(item: Input, form: Form, number: int, place: Place, fields: Fields) -> Iterator[Chunk]:
    """Cut one file of records, from ``place`` on; what cannot be read is a chunk of kind ``failure``."""
    name = item.name
    try:
        state = None if name == "-" else State.of(name)
        stream = Stream(name, fields.encoding)
    except (OSError, ImportError) as error:
        yield _failure(item, number, None, reason(error))
        return
    begun = False
    try:
        for chunk in _cut(stream.lines, stream, item, form, number, place, fields, state):
            if chunk.last_of_file and state is not None and State.of(name) != state:
                yield _failure(item, number, None, CHANGED, first=not begun)
                return
            begun = begun or chunk.failure is None
            yield msgspec.structs.replace(chunk, encoding=stream.encoding)
    except cells.TableError as error:
        yield _failure(item, number, 1, str(error))
    except READ_ERRORS as error:
        why = f"{reason(error)}; the articles before it were read" if begun else reason(error)
        yield _failure(item, number, None, why, first=not begun)
    finally:
        stream.close()


def whole(name: str, form: Form, data: bytes, fields: Fields) -> list[Chunk]:
    """Cut what a file held. Raises cells.TableError, ValueError, OSError where it cannot be read."""
    return list(_cut(io.BytesIO(data), None, Input(name), form, 0, Place(), fields, None))


def _failure(item: Input, number: int, line: int | None, error: str, *, first: bool = True) -> Chunk:
    return Chunk(
        "failure",
        number,
        (item.name,),
        item.below,
        failure=Failure(item.name, line, error),
        first_of_file=first,
    )


def _cut(
    source: IO[bytes],
    stream: Stream | None,
    item: Input,
    form: Form,
    number: int,
    place: Place,
    fields: Fields,
    state: State | None,
) -> Iterator[Chunk]:
    if form == "json":
        yield from _elements(source, item, number, place, state)
        return
    head, table = cells.head_of(source, b"\t" if form == "tsv" else None, LONGEST)
    if table is not None and (trouble := _unfit(table, fields)):
        yield _failure(item, number, 1, trouble)
        return
    offset, line = place.offset, place.line
    pending: list[bytes] = [] if offset else [head]
    size = 0 if offset else len(head)
    lines = 0 if offset else head.count(b"\n")
    if stream is not None and offset > len(head):
        stream.skip(offset - len(head) if stream.compressed else offset)
    for row in cells.rows(source, table.delimiter if table else b",", LONGEST):
        if len(pending) >= ARTICLES or size >= BYTES:
            yield _chunk(
                "cells", item, number, pending, line, lines, offset, last=False, state=state, table=table
            )
            offset, line = offset + size, line + lines
            pending, size, lines = [], 0, 0
        pending.append(row)
        size += len(row)
        lines += row.count(b"\n") or 1
    yield _chunk("cells", item, number, pending, line, lines, offset, last=True, state=state, table=table)


def _elements(
    lines: IO[bytes], item: Input, number: int, place: Place, state: State | None
) -> Iterator[Chunk]:
    data = lines.read(LONGEST + 1)
    if len(data) > LONGEST:
        raise OSError(f"the array is larger than {LONGEST >> 20} MB; give JSON lines")
    try:
        begin, ends = arrays.ends_of(data)
    except ValueError as error:
        yield _failure(item, number, None, f"no JSON array: {error}")
        return
    offset, line = place.offset, place.line
    cuts = iter([*([] if offset else [begin]), *(end for end in ends if end > offset)])
    while True:
        pieces: list[bytes] = []
        at = offset
        for end in islice(cuts, ARTICLES):
            pieces.append(data[at:end])
            at = end
            if at - offset >= BYTES:
                break
        count = len(pieces) - (offset == 0)
        last = at >= (ends[-1] if ends else begin)
        if last:
            pieces.append(data[at:])
        yield _chunk("elements", item, number, pieces, line, count, offset, last=last, state=state)
        if last:
            return
        offset, line = at, line + count


def _chunk(
    kind: Literal["cells", "elements"],
    item: Input,
    number: int,
    pieces: list[bytes],
    first: int,
    count: int,
    offset: int,
    *,
    last: bool,
    state: State | None,
    table: cells.Table | None = None,
) -> Chunk:
    data = b"".join(pieces)
    return Chunk(
        kind,
        number,
        (item.name,),
        item.below,
        data,
        first,
        count,
        offset,
        offset + len(data),
        offset == 0,
        last,
        len(data),
        state,
        lengths=tuple(map(len, pieces)),
        table=table,
    )


def _unfit(table: cells.Table, fields: Fields) -> str | None:
    """Say why a table's head will not do; None where it will."""
    if fields.text not in table.names:
        return (
            f'the table has no column "{fields.text}" (it has {listed(list(table.names))}); '
            "--text-field names another"
        )
    for name in table.repeated:
        if name in fields.columns:
            return f'the table has several columns "{name}"; rename one, to make clear which is meant'
    return None
