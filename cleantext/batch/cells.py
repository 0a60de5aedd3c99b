"""Tables of delimited text: their dialect, rows and cells as bytes, and one cell written anew.

What does not change keeps its bytes: quoting, delimiter, line ends. Quotation marks are
doubled inside quoted cells (RFC 4180); a quoted cell may hold line breaks.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import IO

import msgspec

DELIMITERS = (b",", b";", b"\t", b"|")
BOM_BYTES = "\ufeff".encode()

_SEP = re.compile(rb"(?:\xef\xbb\xbf)?sep=([,;|\t])\r?\n", re.IGNORECASE)
_CLOSING = re.compile(rb'(?:[^"]++|"")*+"')
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


class Table(msgspec.Struct, frozen=True):
    """A table's dialect and head: the delimiter, the names of the columns in order.

    Each name stands there once: one of several that are alike (``repeated``) is told apart by its number.
    """

    delimiter: bytes
    names: tuple[str, ...]
    repeated: tuple[str, ...] = ()


class TableError(ValueError):
    """A head or a row that cannot be read; the message says why."""


def head_of(lines: IO[bytes], delimiter: bytes | None, longest: int) -> tuple[bytes, Table | None]:
    """Read a table's head: its bytes, and what it says; no table where there are no bytes.

    The delimiter, where it is not given, is the one that the head holds most often outside quotes;
    Excel's ``sep=;`` line says it too.
    Raises TableError, OSError.
    """
    start = lines.readline(longest + 1)
    said = _SEP.fullmatch(start)
    head = start
    if said is not None:
        delimiter = said.group(1)
        head = lines.readline(longest + 1)
    mark = len(BOM_BYTES) if head.startswith(BOM_BYTES) else 0
    if not head.strip():
        return (start + head if said else start), None
    quoted = False
    row = b""
    for candidate in (delimiter,) if delimiter else DELIMITERS:
        row = head[mark:]
        quoted = stays_open(row, candidate, inside=False)
        if not quoted:
            break
    while quoted and (line := lines.readline(longest + 1)):
        head += line
        row += line
        quoted = stays_open(line, delimiter or b",", inside=True)
    if b"\r" in row.rstrip(b"\r\n") and not row.endswith(b"\n"):
        raise TableError("its lines end in a bare carriage return; save it with LF or CRLF line ends")
    if delimiter is None:
        bare = re.sub(rb'"(?:[^"]++|"")*+"', b"", row)
        delimiter = max(DELIMITERS, key=bare.count)
    try:
        names = [cell.strip() for cell in values(row, delimiter)]
    except UnicodeDecodeError as error:
        raise TableError(f"not UTF-8: byte 0x{error.object[error.start]:02x} in the head") from None
    found: list[str] = []
    for name in names:
        number, told = 1, name
        while told in found:
            number += 1
            told = f"{name} ({number})"
        found.append(told)
    repeated = tuple(dict.fromkeys(name for name in names if names.count(name) > 1))
    return (start + head if said else head), Table(delimiter, tuple(found), repeated)


def stays_open(line: bytes, delimiter: bytes, *, inside: bool) -> bool:
    """Say whether a quoted cell is open at the end of a line; ``inside``: one is at its beginning. Linear."""
    at = 0
    if not inside:
        if line.startswith(b'"'):
            at, inside = 1, True
        else:
            at = line.find(delimiter + b'"') + 2
            inside = at > 1
    while inside:
        closing = _CLOSING.match(line, at)
        if closing is None:
            return True
        at = line.find(delimiter + b'"', closing.end()) + 2
        inside = at > 1
    return False


def rows(lines: IO[bytes], delimiter: bytes, longest: int) -> Iterator[bytes]:
    """Read whole rows with their line ends; the last may be open. Raises OSError for a row that no table has."""
    while row := lines.readline(longest + 1):
        if b'"' in row:
            parts, size = [row], len(row)
            inside = stays_open(row, delimiter, inside=False)
            while inside and size <= longest and (line := lines.readline(longest + 1)):
                parts.append(line)
                size += len(line)
                inside = b'"' not in line or stays_open(line, delimiter, inside=True)
            row = b"".join(parts)
        if len(row) > longest:
            raise OSError(f"a row is longer than {longest >> 20} MB (a quotation mark that is never closed?)")
        yield row


def spans(row: bytes, delimiter: bytes) -> list[tuple[int, int]]:
    """Return where each cell of a row stands, quotation marks included. Raises TableError."""
    end = len(row) - (2 if row.endswith(b"\r\n") else row.endswith((b"\n", b"\r")))
    found: list[tuple[int, int]] = []
    at = 0
    while True:
        if row[at : at + 1] == b'"' and at < end:
            closing = _CLOSING.match(row, at + 1, end)
            if closing is None:
                raise TableError(f"the quotation mark that opens cell {len(found) + 1} is never closed")
            stop = closing.end()
            if stop < end and row[stop : stop + 1] != delimiter:
                raise TableError(
                    f"text stands behind the closing quotation mark of cell {len(found) + 1}; "
                    "a quotation mark inside a quoted cell is written twice"
                )
        else:
            stop = row.find(delimiter, at, end)
            stop = end if stop < 0 else stop
        found.append((at, stop))
        if stop >= end:
            return found
        at = stop + 1


def values(row: bytes, delimiter: bytes) -> list[str]:
    """Return the text of each cell. Raises TableError, UnicodeDecodeError."""
    return [_value(row[start:end]) for start, end in spans(row, delimiter)]


def _value(cell: bytes) -> str:
    if cell.startswith(b'"'):
        return cell[1:-1].replace(b'""', b'"').decode("utf-8")
    return cell.decode("utf-8")


def record_of(row: bytes, table: Table) -> dict[str, str]:
    """Return a row as a record. Raises TableError for one that has not as many cells as the head, or holds NUL."""
    if b"\0" in row:
        raise TableError("the row holds NUL bytes")
    try:
        cells = values(row, table.delimiter)
    except UnicodeDecodeError as error:
        raise TableError(f"not UTF-8: byte 0x{error.object[error.start]:02x} in the row") from None
    if len(cells) != len(table.names):
        raise TableError(
            f"the row has {len(cells)} cell{'s' * (len(cells) != 1)} where the head has {len(table.names)}"
        )
    return dict(zip(table.names, cells, strict=True))


def row_with_text(row: bytes, table: Table, column: str, text: str) -> bytes:
    """Return a row with one cell written anew, in quotes where the old one was or the new one needs them."""
    start, end = spans(row, table.delimiter)[table.names.index(column)]
    cell = text.encode("utf-8", "surrogatepass")
    quoted = row[start : start + 1] == b'"'
    needs = any(mark in cell for mark in (b'"', b"\n", b"\r", table.delimiter))
    if quoted or needs or (not cell and len(table.names) == 1):  # an empty row would be none
        cell = b'"' + cell.replace(b'"', b'""') + b'"'
    return row[:start] + cell + row[end:]


def begins_formula(text: str) -> bool:
    """Say whether a spreadsheet would run a cell as a formula (OWASP, "CSV injection")."""
    return text.startswith(_FORMULA)
