"""Findings, quotations and alignments as plain records: the form that the command line prints and Python gets.

Spans count code points of the article's original text; lines and columns count from 1.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from cleantext.document import Document
from cleantext.finding import Finding

Record = dict[str, Any]


def finding_records(path: str | None, document: Document, findings: Iterable[Finding]) -> Iterator[Record]:
    """Yield each finding as the object that the contract describes."""
    for finding in findings:
        line, column = document.place(finding.start)
        record: Record = {
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


def quotation_records(path: str | None, document: Document) -> Iterator[Record]:
    """Yield who said what: each quotation with its speaker and reporting verb, None where unknown."""
    text = document.text
    for quotation in document.attributions:
        said, cue = quotation.speaker, quotation.cue
        yield {
            "path": path,
            "id": document.article.id,
            "kind": quotation.kind,
            "quote": _stretch(text, quotation.start, quotation.end),
            "speaker": None if said is None else {**_stretch(text, *said), "name": quotation.speaker_name},
            "cue": None if cue is None else _stretch(text, *cue),
            "untold": quotation.untold,
        }


def alignment_records(path: str | None, document: Document) -> Iterator[Record]:
    """Yield the sentences of an article beside those of its original, row by row.

    Raises ValueError for an article without an original.
    """
    from cleantext.fidelity.pair import pair_of

    pair = pair_of(document)
    if pair is None:
        raise ValueError("the article has no original to align with")
    for bead in pair.alignment.beads:
        source = pair.alignment.source[bead.first : bead.last]
        target = pair.alignment.target[bead.low : bead.high]
        yield {
            "path": path,
            "id": document.article.id,
            "original": [_stretch(pair.original, s.start, s.end) for s in source],
            "text": [_stretch(pair.text, s.start, s.end) for s in target],
        }


def _stretch(text: str, start: int, end: int) -> Record:
    return {"start": start, "end": end, "text": text[start:end]}
