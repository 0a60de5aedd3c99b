"""Articles out of files: text, Markdown, JSON lines, directories of them, standard input."""

from __future__ import annotations

import gzip
import io
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import IO, Any, Literal, cast

import msgspec

from cleantext.article import Article

TEXT_SUFFIXES = (".txt", ".md")
JSONL_SUFFIXES = (".jsonl", ".ndjson", ".jsonl.gz", ".ndjson.gz", ".jsonl.zst", ".ndjson.zst")
PARQUET_SUFFIXES = (".parquet",)
_FIELDS = ("title", "date", "url", "source", "lang")
BOM = "\ufeff"


class Failure(msgspec.Struct, frozen=True):
    """An input that could not be read: its path as the user named it, its line in a JSON lines file, and why."""

    path: str
    line: int | None
    error: str


class Source(msgspec.Struct, frozen=True):
    """An article and where it came from.

    ``record`` is the JSON object it was read from, None for a text file; ``bom``
    says that the file began with a byte-order mark, which no span counts.
    """

    path: str
    line: int | None
    article: Article
    record: dict[str, Any] | None = None
    bom: bool = False


class Fields(msgspec.Struct, frozen=True):
    """Names of the fields that hold an article's text and id."""

    text: str = "text"
    id: str = "id"


StdinFormat = Literal["text", "jsonl"]


def kind_of(path: Path) -> Literal["text", "jsonl", "parquet"] | None:
    """Say what kind of input a file is by its name; None where it is none."""
    name = path.name.lower()
    if name.endswith(TEXT_SUFFIXES):
        return "text"
    if name.endswith(JSONL_SUFFIXES):
        return "jsonl"
    return "parquet" if name.endswith(PARQUET_SUFFIXES) else None


def files(paths: Sequence[str]) -> Iterator[str | Failure]:
    """Give every file that the paths mean, directories searched in a fixed order."""
    for name in paths:
        path = Path(name)
        if name == "-" or path.is_file():
            yield name
        elif path.is_dir():
            inside = sorted(
                child
                for child in path.rglob("*")
                if kind_of(child)
                and child.is_file()
                and not any(part.startswith(".") for part in child.relative_to(path).parts)
            )
            if not inside:
                yield Failure(
                    name,
                    None,
                    f"no article below this directory ({', '.join(TEXT_SUFFIXES + JSONL_SUFFIXES[:2])})",
                )
            yield from (str(child) for child in inside)
        else:
            yield Failure(name, None, "no such file or directory")


def read(
    paths: Sequence[str], *, fields: Fields | None = None, stdin_format: StdinFormat = "text"
) -> Iterator[Source | Failure]:
    """Give every article of the inputs, in order; what cannot be read is a Failure, never an exception."""
    fields = fields or Fields()
    for name in files(paths):
        if isinstance(name, Failure):
            yield name
            continue
        kind = stdin_format if name == "-" else (kind_of(Path(name)) or "text")
        try:
            if kind == "text":
                yield _read_text(name)
            else:
                with _open(name) as lines:
                    yield from _read_lines(name, lines, fields)
        except (OSError, EOFError) as error:
            yield Failure(name, None, _reason(error))


def _reason(error: Exception) -> str:
    return getattr(error, "strerror", None) or str(error) or type(error).__name__


def _open(name: str) -> IO[bytes]:
    if name == "-":
        return sys.stdin.buffer
    if name.lower().endswith(".gz"):
        return cast(IO[bytes], gzip.open(name, "rb"))
    if name.lower().endswith(".zst"):
        import zstandard

        return io.BufferedReader(zstandard.ZstdDecompressor().stream_reader(Path(name).open("rb")))
    return Path(name).open("rb")


def _read_text(name: str) -> Source | Failure:
    data = sys.stdin.buffer.read() if name == "-" else Path(name).read_bytes()
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        return Failure(
            name,
            data[: error.start].count(b"\n") + 1,
            f"not UTF-8: byte 0x{data[error.start]:02x} at offset {error.start}",
        )
    if "\0" in text:
        return Failure(name, None, "a binary file: it holds NUL bytes")
    bom = text.startswith(BOM)
    return Source(name, None, Article(text=text[1:] if bom else text), None, bom)


def _read_lines(name: str, lines: IO[bytes], fields: Fields) -> Iterator[Source | Failure]:
    for number, raw in enumerate(lines, 1):
        if number == 1 and raw.startswith(b"\xef\xbb\xbf"):
            raw = raw[3:]
        if not raw.strip():
            continue
        try:
            record = msgspec.json.decode(raw)
        except (msgspec.DecodeError, UnicodeDecodeError) as error:
            yield Failure(name, number, f"no JSON: {error}")
            continue
        if not isinstance(record, dict):
            yield Failure(name, number, "no JSON object")
            continue
        yield _from_record(name, number, record, fields)


def _from_record(name: str, number: int, record: dict[str, Any], fields: Fields) -> Source | Failure:
    text = record.get(fields.text)
    if not isinstance(text, str):
        what = "has no" if text is None else f"has a {type(text).__name__} as"
        return Failure(name, number, f'the record {what} "{fields.text}"; --text-field names another')
    own = record.get(fields.id)
    known = {key: record[key] for key in _FIELDS if isinstance(record.get(key), str)}
    return Source(name, number, Article(text=text, id=None if own is None else str(own), **known), record)
