"""Findings as JSON records: the form that INTERFACE promises, with line and column."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import msgspec

from cleantext.document import Document
from cleantext.finding import Finding

_ENCODER = msgspec.json.Encoder()


def encode(value: object) -> bytes:
    """Encode as JSON; a lone surrogate, which UTF-8 cannot hold, is written as an escape."""
    try:
        return _ENCODER.encode(value)
    except UnicodeEncodeError:
        import json

        return json.dumps(msgspec.to_builtins(value), ensure_ascii=True, separators=(",", ":")).encode(
            "ascii"
        )


def finding_records(path: str, document: Document, findings: Iterable[Finding]) -> Iterable[dict[str, Any]]:
    """Give each finding as the object that the contract describes."""
    for finding in findings:
        line, column = document.place(finding.start)
        yield {
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
        }
