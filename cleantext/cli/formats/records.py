"""JSON: a line per finding, or one object."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from cleantext.batch.reading import Failure, Source
from cleantext.batch.records import encode
from cleantext.batch.tally import Tally
from cleantext.cli.formats import Findings
from cleantext.document import Document
from cleantext.finding import Finding
from cleantext.records import finding_records
from cleantext.report import Report


class JsonLines(Findings):
    """A line per finding; an error record for what could not be read."""

    def article(self, source: Source, report: Report, hidden: Sequence[Finding]) -> bytes:
        """Return the findings of one article."""
        if not report.findings:
            return b""
        records = finding_records(source.path, Document(report.article), report.findings)
        return b"".join(encode(record) + b"\n" for record in records)

    def failure(self, failure: Failure) -> bytes | None:
        """Return an error record."""
        return encode(failure) + b"\n"


class Statistics(Findings):
    """Counts by rule, the most frequent first: one object, or a line a rule."""

    def __init__(self, *, lines: bool) -> None:
        """``lines``: JSON lines instead of one object."""
        self._lines = lines
        self.failures: list[Failure] | None = None if lines else []

    def failure(self, failure: Failure) -> bytes | None:
        """Return an error record where there are lines."""
        return encode(failure) + b"\n" if self._lines else None

    def end(self, tally: Tally) -> bytes:
        """Return the counts."""
        counted = sorted(tally.rules.items(), key=lambda item: (-item[1], item[0]))
        rows = [
            dict(zip(("rule", "name", "applicability"), key.split(" "), strict=True), count=count)
            for key, count in counted
        ]
        if self._lines:
            return b"".join(encode(row) + b"\n" for row in rows)
        whole = {
            "articles": tally.articles,
            "flagged": tally.flagged,
            "statistics": rows,
            "errors": self.failures,
        }
        return encode(whole) + b"\n"


class OneObject(Findings):
    """One JSON object: articles with their quality and findings, and errors. Written as it grows."""

    separator = b",\n"

    def __init__(self) -> None:
        """Start without errors."""
        self.failures: list[Failure] | None = []

    def begin(self) -> bytes:
        """Open the object."""
        return b'{"articles":['

    def article(self, source: Source, report: Report, hidden: Sequence[Finding]) -> bytes:
        """Return one article."""
        record: dict[str, Any] = {
            "path": source.path,
            "id": report.article.id,
            "quality": report.quality,
            "findings": list(finding_records(source.path, Document(report.article), report.findings)),
        }
        if source.extractor is not None:  # no file holds the text that the spans count in
            record |= {"extractor": source.extractor, "text": report.article.text}
        if report.editing is not None:
            record["editor"] = report.editing
        return encode(record)

    def end(self, tally: Tally) -> bytes:
        """Return the errors and close the object."""
        return b'],"errors":' + encode(self.failures) + b"}\n"
