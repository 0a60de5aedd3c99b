"""A new text in a JSON line, the rest of the line byte for byte as it was."""

from __future__ import annotations

import json
import re

from cleantext.batch.reading import BOM_BYTES
from cleantext.batch.records import encode

_TOKEN = re.compile(rb'"(?:[^"\\]++|\\.)*+"|[{}\[\]]', re.DOTALL)
_COLON = re.compile(rb"[ \t\r\n]*:[ \t\r\n]*")


def line_with_text(line: bytes, field: str, text: str) -> bytes:
    """Return a line, a JSON object with a string of that name, with the string replaced.

    Key order, blank space, the way numbers are written and escapes elsewhere stay
    as they are; the new string is written in ASCII escapes where the old one was.
    Of a name that stands twice the last one counts, as everywhere. Linear in the line.

    Raises ValueError for a line that has no such string.
    """
    bom = len(BOM_BYTES) if line.startswith(BOM_BYTES) else 0
    span = _value_of(line, field, bom)
    if span is None:
        raise ValueError(f"no string {field!r} in the line")
    start, end = span
    ascii_only = b"\\u" in line[start:end] and line[start:end].isascii()
    token = json.dumps(text).encode("ascii") if ascii_only else encode(text)
    return line[:start] + token + line[end:]


def _value_of(line: bytes, field: str, start: int) -> tuple[int, int] | None:
    """Return the span of the last string that is the value of a key of the object itself, not of one within it."""
    depth = 0
    found = None
    is_value = False  # whether a string that comes now belongs to the key
    for token in _TOKEN.finditer(line, start):
        first = line[token.start()]
        if first in b"{[":
            depth += 1
        elif first in b"}]":
            depth -= 1
        elif depth == 1:
            if is_value:
                found = token.span()
                is_value = False
                continue
            colon = _COLON.match(line, token.end())
            if colon is not None and _says(token.group(), field):
                # The later of two counts, also where it is no string.
                found = None
                is_value = line[colon.end() : colon.end() + 1] == b'"'
                continue
        is_value = False
    return found


def _says(key: bytes, field: str) -> bool:
    """Say whether a key, which may be written in escapes, is the field's name."""
    return (
        key[1:-1] == field.encode("utf-8", "surrogatepass") if b"\\" not in key else json.loads(key) == field
    )
