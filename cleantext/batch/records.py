"""Findings as JSON records: the form that INTERFACE promises, with line and column."""

from __future__ import annotations

import datetime
import json
from collections.abc import Iterable
from typing import Any, TypeVar

import msgspec

from cleantext.document import Document
from cleantext.finding import Finding


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


def finding_records(path: str, document: Document, findings: Iterable[Finding]) -> Iterable[dict[str, Any]]:
    """Give each finding as the object that the contract describes."""
    for finding in findings:
        line, column = document.place(finding.start)
        record: dict[str, Any] = {
            "path": path,
            "id": document.article.id,
            "rule": finding.rule,
            "name": finding.name,
            "category": finding.category,
            "start": finding.start,
            "end": finding.end,
            "line": line,
            "column": column,
            "text": finding.text,
            "message": finding.message,
            "applicability": finding.applicability,
            "confidence": round(finding.confidence, 4),
            "fixes": finding.fixes,
            "evidence": finding.evidence,
            "fingerprint": finding.fingerprint,
            "held": finding.held or None,
        }
        if finding.category == "fidelity":
            record["original"] = finding.original
        yield record
