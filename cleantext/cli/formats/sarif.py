"""SARIF 2.1.0, for code scanning services. Columns count code points, as ours do."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from pathlib import PurePath
from typing import Any
from urllib.parse import quote

import msgspec

from cleantext.batch.reading import Failure, Source
from cleantext.batch.records import encode
from cleantext.batch.tally import Tally
from cleantext.cli.formats import Findings
from cleantext.document import Document
from cleantext.finding import Finding
from cleantext.report import Report
from cleantext.rulebook import Card
from cleantext.rulebook.ledger import earned
from cleantext.version import __version__

_LEVEL = {"safe": "warning", "review": "warning", "display": "note"}


class Sarif(Findings):
    """One SARIF log with one run, its results written as they come."""

    separator = b",\n"

    def __init__(self, cards: Mapping[str, Card]) -> None:
        """``cards`` are the rules of the run."""
        self._cards = dict(cards)
        self._numbers = {rule: number for number, rule in enumerate(cards)}
        self.failures: list[Failure] | None = []

    def begin(self) -> bytes:
        """Open the log, the run and its results."""
        driver = {
            "name": "cleantext",
            "semanticVersion": __version__,
            "rules": [
                {
                    "id": card.id,
                    "name": "".join(part.capitalize() for part in card.name.split("-")),
                    "shortDescription": {"text": card.summary},
                    "fullDescription": {"text": card.why},
                    "help": _help(card),
                    "defaultConfiguration": {"level": _LEVEL[earned(card)]},
                    "properties": {"category": card.category, "tags": [card.category]},
                }
                for card in self._cards.values()
            ],
        }
        head = msgspec.json.encode({"driver": driver})
        return (
            b'{"$schema":"https://json.schemastore.org/sarif-2.1.0.json","version":"2.1.0",'
            b'"runs":[{"tool":' + head + b',"columnKind":"unicodeCodePoints","results":[\n'
        )

    def article(self, source: Source, report: Report, hidden: Sequence[Finding]) -> bytes:
        """Return the results of one article; what people rejected stands there as suppressed."""
        document = Document(report.article)
        results = [self._result(source, document, finding) for finding in report.findings]
        for finding in hidden:
            result = self._result(source, document, finding)
            result["suppressions"] = [
                {"kind": "external", "status": "accepted", "justification": "rejected in review"}
            ]
            results.append(result)
        return b",\n".join(encode(result) for result in results)

    def _result(self, source: Source, document: Document, finding: Finding) -> dict[str, Any]:
        result: dict[str, Any] = {
            "ruleId": finding.rule,
            "level": _LEVEL[finding.applicability],
            "message": {"text": finding.message},
            "locations": [{"physicalLocation": _place(source, document, finding.start, finding.end)}],
            "partialFingerprints": {"cleantext/v1": finding.fingerprint},
            "rank": round(100 * finding.confidence, 2),
            "properties": {
                "applicability": finding.applicability,
                "confidence": round(finding.confidence, 4),
            },
        }
        if finding.original is not None:
            result["properties"]["original"] = finding.original
        if finding.rule in self._numbers:
            result["ruleIndex"] = self._numbers[finding.rule]
        related = [
            {
                "id": number,
                "physicalLocation": _place(source, document, e.start, e.end),
                "message": {"text": e.note},
            }
            for number, e in enumerate(finding.evidence)
            if e.end > e.start
        ]
        if related:
            result["relatedLocations"] = related
        notes = [e.note for e in finding.evidence if e.end <= e.start]
        if notes:
            result["message"]["text"] = f"{_sentence(finding.message)} Because: {'; '.join(notes)}."
        if finding.fixes and source.line is None and source.extractor is None:
            result["fixes"] = [
                {
                    "description": {"text": finding.message},
                    "artifactChanges": [
                        {
                            "artifactLocation": _artifact(source),
                            "replacements": [
                                {
                                    "deletedRegion": _region(document, e.start, e.end),
                                    "insertedContent": {"text": e.replacement},
                                }
                                for e in fix.edits
                            ],
                        }
                    ],
                }
                for fix in finding.fixes
            ]
        return result

    def end(self, tally: Tally) -> bytes:
        """Close the log."""
        failures = self.failures or []
        invocation = {
            "executionSuccessful": not failures,
            "toolExecutionNotifications": [
                {
                    "level": "error",
                    "message": {"text": f"{f.path}{f':{f.line}' if f.line else ''}: {f.error}"},
                }
                for f in failures
            ],
        }
        return b'\n],"invocations":[' + encode(invocation) + b"]}]}\n"


def _help(card: Card) -> dict[str, str]:
    """Return what a reviewer of an alert is shown: why, what could go wrong, how to see more or switch it off."""
    parts = [card.why, card.fix_safety or ""]
    parts += [f"Wrong: {example.bad}" for example in card.examples[:1]]
    parts += [f"Right: {example.good}" for example in card.examples[:1] if example.good is not None]
    parts.append(f"More: cleantext rules show {card.id}. Off: --ignore {card.id}.")
    text = "\n\n".join(part.strip() for part in parts if part.strip())
    return {"text": text}


def _sentence(text: str) -> str:
    return text if text.endswith((".", "!", "?")) else f"{text}."


def _artifact(source: Source) -> dict[str, str]:
    path = PurePath(source.path).as_posix()
    return {"uri": quote(os.fsencode(path)) if source.path != "-" else "stdin"}


def _place(source: Source, document: Document, start: int, end: int) -> dict[str, Any]:
    if source.extractor is not None:  # its lines are not the page's
        return {"artifactLocation": _artifact(source)}
    if source.line is not None:
        return {"artifactLocation": _artifact(source), "region": {"startLine": source.line}}
    return {"artifactLocation": _artifact(source), "region": _region(document, start, end)}


def _region(document: Document, start: int, end: int) -> dict[str, int]:
    line, column = document.place(start)
    end_line, end_column = document.place(end)
    return {"startLine": line, "startColumn": column, "endLine": end_line, "endColumn": end_column}
