"""Articles out of files: text, Markdown, JSON lines, tables, directories of them, standard input."""

from __future__ import annotations

import datetime
import json
from collections.abc import Iterator, Sequence
from typing import Any, Literal

import msgspec

from cleantext.article import Article
from cleantext.batch import cells
from cleantext.batch.arrays import element_of
from cleantext.batch.chunks import Chunk, Form, blanks_end, reason
from cleantext.batch.fields import META, Fields, listed
from cleantext.batch.inputchunks import chunks
from cleantext.batch.inputs import (
    JSONL_SUFFIXES,
    MARKDOWN_SUFFIXES,
    TEXT_SUFFIXES,
    Failure,
    Kind,
    files,
    inputs,
    kind_of,
)
from cleantext.batch.originals import OriginalError
from cleantext.batch.streams import encoding_of
from cleantext.files import open_plain, read_plain

__all__ = [
    "BOM",
    "JSONL_SUFFIXES",
    "TEXT_SUFFIXES",
    "Failure",
    "Fields",
    "Source",
    "decoded",
    "files",
    "kind_of",
    "read",
]

BOM = "\ufeff"
BOM_BYTES = BOM.encode()


"""Forms of records whose rows do not stand alone; ``rows`` are those of a Parquet or an Arrow file."""


class Source(msgspec.Struct, frozen=True):
    """An article and where it came from.

    ``record`` is the JSON object or table row it was read from, None for a text
    file; ``bom`` says that the file began with a byte-order mark, which no span counts.
    ``encoding`` is that of a text file which is not UTF-8.
    ``form`` is that of its file where it is delimited text, a JSON array or a table of columns. ``extractor`` is what took
    the text out of a page, None where the file holds the text itself: then lines are those of the text, not of the file.
    """

    path: str
    line: int | None
    article: Article
    record: dict[str, Any] | None = None
    bom: bool = False
    form: Form | None = None
    encoding: str | None = None
    extractor: str | None = None


class Raw(msgspec.Struct, frozen=True):
    """What was read, and the bytes it was read from.

    They are a whole text file, one line with its line end, or blank lines; a row of a ``table``, or its head; an
    element of a JSON array with what stands before it, of which ``lead`` bytes are no part of the element.
    """

    item: Source | Failure | None
    data: bytes
    table: cells.Table | None = None
    lead: int = 0


def read(
    paths: Sequence[str],
    *,
    fields: Fields | None = None,
    exclude: Sequence[str] = (),
    stdin_format: Kind | None = None,
    named_kind: Kind | None = None,
) -> Iterator[Source | Failure]:
    """Yield every article of the inputs, in order; what cannot be read is a Failure, never an exception."""
    fields = fields or Fields()
    found = inputs(paths, exclude=exclude)
    for chunk in chunks(found, stdin_kind=stdin_format, named_kind=named_kind, fields=fields):
        for raw in decoded(chunk, fields):
            if raw.item is not None:
                yield raw.item


def decoded(chunk: Chunk, fields: Fields) -> Iterator[Raw]:
    """Yield the articles of a chunk in order, each with its bytes; the item of blank lines is None."""
    if chunk.failure is not None:
        yield Raw(chunk.failure, b"")
    elif chunk.kind == "text":
        for name in chunk.names:
            given = chunk.data if name == "-" else None
            yield _text(name, given, fields)
    elif chunk.kind == "pages":
        for name in chunk.names:
            yield _page(name, chunk.data if name == "-" else None, fields)
    elif chunk.kind == "rows":
        from cleantext.batch.tables import rows_of

        for number, row in enumerate(rows_of(chunk.data), chunk.first):
            if isinstance(row, str):
                yield Raw(Failure(chunk.names[0], number, row), b"")
            else:
                item = _from_record(chunk.names[0], number, row, fields)
                if isinstance(item, Source):
                    item = msgspec.structs.replace(item, form="rows")
                yield Raw(item, b"")
    elif chunk.kind in ("cells", "elements"):
        yield from _pieces(chunk, fields)
    else:
        data, at, name, number = chunk.data, 0, _shown(chunk.names[0], fields), chunk.first
        while at < len(data):
            end = blanks_end(data, at)
            if end > at:
                yield Raw(None, data[at:end])
                number += data.count(b"\n", at, end)
                at = end
                continue
            end = data.find(b"\n", at) + 1 or len(data)
            line = data[at:end]
            yield Raw(_from_line(name, number, line, fields), line)
            at = end
            number += 1


def _shown(name: str, fields: Fields) -> str:
    return fields.stdin_name or name if name == "-" else name


def _pieces(chunk: Chunk, fields: Fields) -> Iterator[Raw]:
    """Yield the rows of delimited text, or the elements of a JSON array, with what stands around them."""
    name, number = _shown(chunk.names[0], fields), chunk.first
    at = 0
    for count, length in enumerate(chunk.lengths):
        piece = chunk.data[at : at + length]
        at += length
        head = chunk.first_of_file and count == 0
        if chunk.kind == "elements":
            lead, element = element_of(piece)
            if head or (chunk.last_of_file and at == len(chunk.data) and count == len(chunk.lengths) - 1):
                yield Raw(None, piece)
                continue
            item = _from_line(name, number, element, fields)
            if isinstance(item, Source):
                item = msgspec.structs.replace(item, form="json")
            yield Raw(item, piece, lead=len(lead))
            number += 1
            continue
        if head or not piece.strip():
            yield Raw(None, piece)
        else:
            yield Raw(_from_row(name, number, piece, chunk.table, fields), piece, chunk.table)
        number += piece.count(b"\n")


def _from_row(
    name: str, number: int, row: bytes, table: cells.Table | None, fields: Fields
) -> Source | Failure:
    assert table is not None  # rows go with their table
    try:
        record = cells.record_of(row, table)
    except cells.TableError as error:
        return Failure(name, number, str(error))
    said = {key: value for key, value in record.items() if value}  # an empty cell says nothing
    return Source(
        name,
        number,
        article_of(said, record[fields.text], fields),
        dict(record),
        form="tsv" if table.delimiter == b"\t" else "csv",
    )


def _page(name: str, data: bytes | None, fields: Fields) -> Raw:
    from cleantext.batch import pages

    try:
        if data is None:
            with open_plain(name) as file:
                data = file.read(pages.LARGEST + 1)
        name = _shown(name, fields)
        article = pages.article_of_page(data, fields.encoding)
        article = _with_original(name, article, fields)
    except (OSError, pages.PageError, OriginalError) as error:
        return Raw(Failure(name, None, reason(error)), data or b"")
    return Raw(Source(name, None, article, extractor=pages.extractor()), data)


def _with_original(name: str, article: Article, fields: Fields) -> Article:
    return article if fields.originals is None else fields.originals.beside(name, article)


def _without_mark(data: bytes) -> str:
    """Say how to read text in two bytes a letter that does not begin by saying so; empty for other bytes.

    Of most of its letters one byte is zero.
    """
    for first, order in ((1, "le"), (0, "be")):
        if data[first::2].count(0) * 4 > len(data):
            return (
                f"it reads like UTF-16 without a byte-order mark; --encoding utf-16-{order} says that it is"
            )
    return ""


def _text(name: str, data: bytes | None, fields: Fields) -> Raw:
    try:
        if data is None:
            data = read_plain(name)
    except OSError as error:
        return Raw(Failure(name, None, reason(error)), b"")
    name = _shown(name, fields)
    encoding = encoding_of(data[:4], fields.encoding)
    try:
        text = data.decode(encoding or "utf-8")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        message = (encoding is None and _without_mark(data)) or (
            f"not {encoding or 'UTF-8'}: byte 0x{data[error.start]:02x} at offset {error.start}; "
            "--encoding says what it is in, for example windows-1252"
        )
        return Raw(Failure(name, line, message), data)
    if encoding is not None and text.encode(encoding, "replace") != data:
        message = f"it would not come back byte for byte as {encoding}; save it as UTF-8"
        return Raw(Failure(name, None, message), data)
    if "\0" in text:
        return Raw(Failure(name, None, _without_mark(data) or "a binary file: it holds NUL bytes"), data)
    bom = text.startswith(BOM)
    markup: Literal["markdown"] | None = "markdown" if name.lower().endswith(MARKDOWN_SUFFIXES) else None
    article = Article(text=text[1:] if bom else text, markup=markup)
    try:
        article = _with_original(name, article, fields)
    except OriginalError as error:
        return Raw(Failure(name, None, str(error)), data)
    return Raw(Source(name, None, article, None, bom, encoding=encoding), data)


def _from_line(name: str, number: int, line: bytes, fields: Fields) -> Source | Failure | None:
    if number == 1 and line.startswith(BOM_BYTES):
        line = line[len(BOM_BYTES) :]
    if not line.strip():
        return None
    try:
        record = object_of(line)
    except UnicodeDecodeError as error:
        return Failure(name, number, f"not UTF-8: byte 0x{error.object[error.start]:02x} in the line")
    except ValueError as error:
        return Failure(name, number, f"no JSON: {error}")
    if not isinstance(record, dict):
        return Failure(name, number, "no JSON object")
    return _from_record(name, number, record, fields)


def object_of(line: bytes) -> Any:
    """Decode a line; raises ValueError.

    msgspec refuses the escape of a lone surrogate, which Python and JavaScript both write.
    """
    try:
        return msgspec.json.decode(line)
    except RecursionError:
        raise ValueError("nested too deeply") from None
    except (msgspec.DecodeError, ValueError):
        if b"\\ud" not in line and b"\\uD" not in line:
            raise
    try:
        return json.loads(line, parse_constant=_no_constant)
    except RecursionError:
        raise ValueError("nested too deeply") from None


def _no_constant(name: str) -> None:
    raise ValueError(f"{name} is no JSON")


def _from_record(name: str, number: int, record: dict[str, Any], fields: Fields) -> Source | Failure:
    text = record.get(fields.text)
    if not isinstance(text, str):
        what = "has no" if fields.text not in record else f"has {_kind(text)} as"
        seen = "" if fields.text in record else f" (it has {listed(list(record)) or 'no field'})"
        return Failure(name, number, f'the record {what} "{fields.text}"{seen}; --text-field names another')
    return Source(name, number, article_of(record, text, fields), record)


def _kind(value: object) -> str:
    """Name a value that is no text, as JSON calls it."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true or false"
    if isinstance(value, int | float):
        return "a number"
    if isinstance(value, list | tuple):
        return "a list"
    return "an object" if isinstance(value, dict) else "no text"


def article_of(record: dict[str, Any], text: str, fields: Fields) -> Article:
    """Make an article of a record's text and what else the record says of it.

    Dates of a table are written as ISO 8601.
    """
    own = record.get(fields.id)
    known: dict[str, Any] = {}
    for key in META:
        value = record.get(fields.named(key))
        if isinstance(value, datetime.date):
            value = value.isoformat()
        if isinstance(value, str):
            known[key] = value
    return Article(text=text, id=None if own is None else str(own), **known)
