"""JSON of whatever a run holds."""

from __future__ import annotations

import datetime
import json
from typing import TypeVar

import msgspec


def _written(value: object) -> str:
    """Write what a table holds and JSON has no form for."""
    if isinstance(value, datetime.date):
        return value.isoformat()
    return str(value)


T = TypeVar("T")
_ENCODER = msgspec.json.Encoder(enc_hook=_written)


def encode(value: object) -> bytes:
    """Encode as JSON, whatever it is; a lone surrogate, which UTF-8 cannot hold, is written as an escape."""
    try:
        return _ENCODER.encode(value)
    except UnicodeEncodeError:
        plain = msgspec.to_builtins(value, enc_hook=_written)
        return json.dumps(plain, ensure_ascii=True, separators=(",", ":")).encode("ascii")


def decode(data: bytes, kind: type[T]) -> T:
    """Decode what :func:`encode` wrote; raises msgspec.DecodeError or ValueError for anything else."""
    try:
        return msgspec.json.decode(data, type=kind)
    except msgspec.DecodeError:
        if b"\\ud" not in data:
            raise
        return msgspec.convert(json.loads(data), kind)
