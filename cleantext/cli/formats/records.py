"""JSON on standard output: a line per finding, or one object."""

from __future__ import annotations

from typing import IO

from cleantext.batch.reading import Failure, Source
from cleantext.batch.records import encode, finding_records
from cleantext.document import Document
from cleantext.report import Report


class JsonLines:
    """A line per finding; an error record for what could not be read."""

    def __init__(self, out: IO[bytes]) -> None:
        """Print to a binary stream."""
        self._out = out

    def report(self, source: Source, report: Report) -> None:
        """Print the findings of one article."""
        for record in finding_records(source.path, Document(report.article), report.findings):
            self._out.write(encode(record) + b"\n")
        for trouble in report.trouble:
            self._out.write(encode({"path": source.path, "line": source.line, "error": trouble}) + b"\n")

    def failure(self, failure: Failure) -> None:
        """Print an error record."""
        self._out.write(encode(failure) + b"\n")

    def close(self) -> None:
        """Flush."""
        self._out.flush()


class OneObject:
    """One JSON object: articles with their quality and findings, and errors. Written as it grows."""

    def __init__(self, out: IO[bytes]) -> None:
        """Print to a binary stream."""
        self._out = out
        self._errors: list[Failure] = []
        self._first = True
        out.write(b'{"articles":[')

    def report(self, source: Source, report: Report) -> None:
        """Print one article."""
        record = {
            "path": source.path,
            "id": report.article.id,
            "quality": report.quality,
            "findings": list(finding_records(source.path, Document(report.article), report.findings)),
        }
        self._out.write((b"" if self._first else b",\n") + encode(record))
        self._first = False
        self._errors += [Failure(source.path, source.line, trouble) for trouble in report.trouble]

    def failure(self, failure: Failure) -> None:
        """Keep an error for the end."""
        self._errors.append(failure)

    def close(self) -> None:
        """Print the errors."""
        self._out.write(b'],"errors":' + encode(self._errors) + b"}\n")
        self._out.flush()
