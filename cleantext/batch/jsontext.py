"""A new text in a JSON line, the rest of the line byte for byte as it was."""

from __future__ import annotations

import json
from typing import Any

import msgspec

from cleantext.batch.reading import BOM_BYTES, object_of
from cleantext.batch.records import encode


def line_with_text(line: bytes, record: dict[str, Any], field: str, text: str) -> bytes:
    """Give the line with one string of its object replaced.

    Key order, blank space, the way numbers are written and escapes elsewhere stay
    as they are; the new string is written in ASCII escapes where the old one was.
    ``record`` is what the line holds.
    """
    wanted = {**record, field: text}
    bom = BOM_BYTES if line.startswith(BOM_BYTES) else b""
    body = line[len(bom) :]
    for start, end in _values(body, field):
        ascii_only = b"\\u" in body[start:end] and body[start:end].isascii()
        token = json.dumps(text).encode("ascii") if ascii_only else encode(text)
        new = body[:start] + token + body[end:]
        # A nested object may hold the same key: only the line that says what is wanted will do.
        if _holds(new, wanted):
            return bom + new
    stripped = body.rstrip(b"\r\n")
    return bom + encode(wanted) + body[len(stripped) :]


def _values(body: bytes, field: str) -> list[tuple[int, int]]:
    """Give the spans of the strings that follow a key, wherever it stands."""
    spans = []
    for key in {encode(field), json.dumps(field).encode("ascii")}:
        at = body.find(key)
        while at >= 0:
            start = at + len(key)
            while body[start : start + 1].isspace():
                start += 1
            if body[start : start + 1] == b":":
                start += 1
                while body[start : start + 1].isspace():
                    start += 1
                if body[start : start + 1] == b'"':
                    end = _string_end(body, start)
                    if end > 0:
                        spans.append((start, end))
            at = body.find(key, at + len(key))
        if len(spans) > 8:
            break
    return spans[:8]


def _string_end(body: bytes, start: int) -> int:
    at = body.find(b'"', start + 1)
    while at > 0:
        slashes = 0
        while body[at - 1 - slashes : at - slashes] == b"\\":
            slashes += 1
        if slashes % 2 == 0:
            return at + 1
        at = body.find(b'"', at + 1)
    return -1


def _holds(line: bytes, wanted: dict[str, Any]) -> bool:
    try:
        return bool(object_of(line) == wanted)
    except (msgspec.DecodeError, ValueError):
        return False
