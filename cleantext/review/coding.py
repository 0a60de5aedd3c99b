"""JSON that also holds lone surrogates, which articles in the wild contain and UTF-8 does not."""

from __future__ import annotations

import json
from typing import TypeVar

import msgspec

T = TypeVar("T")


def encode(value: object) -> bytes:
    """Encode as JSON; a lone surrogate becomes an escape."""
    try:
        return msgspec.json.encode(value)
    except UnicodeEncodeError:
        return json.dumps(msgspec.to_builtins(value), separators=(",", ":")).encode("ascii")


def decode(data: bytes, kind: type[T]) -> T:
    """Decode what :func:`encode` wrote; raises msgspec.DecodeError for anything else."""
    try:
        return msgspec.json.decode(data, type=kind)
    except msgspec.DecodeError:
        if b"\\ud" not in data and b"\\uD" not in data:
            raise
        return msgspec.convert(json.loads(data), kind)


def well_formed(text: str) -> str:
    """Write lone surrogates out, so that the text can stand in a database column or in a key."""
    return text.encode("utf-8", "backslashreplace").decode("utf-8")
