"""GitHub workflow annotations."""

from __future__ import annotations

from typing import TextIO

from cleantext.batch.reading import Failure, Source
from cleantext.document import Document
from cleantext.report import Report


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


class GitHub:
    """One ``::warning`` line a finding; what is in a JSON lines file is placed on its record's line."""

    def __init__(self, out: TextIO) -> None:
        """Print to a text stream."""
        self._out = out

    def report(self, source: Source, report: Report) -> None:
        """Print the findings of one article."""
        document = Document(report.article)
        for finding in report.findings:
            line, column = document.place(finding.start)
            place = f"line={line},col={column}" if source.line is None else f"line={source.line}"
            level = "notice" if finding.applicability == "display" else "warning"
            title = _property(f"{finding.rule} {finding.name}")
            detail = f"{finding.message} ({finding.applicability}, {finding.confidence:.2f})"
            self._out.write(
                f"::{level} file={_property(source.path)},{place},title={title}::{_data(detail)}\n"
            )

    def failure(self, failure: Failure) -> None:
        """Print an error annotation."""
        line = f",line={failure.line}" if failure.line else ""
        self._out.write(f"::error file={_property(failure.path)}{line}::{_data(failure.error)}\n")

    def close(self) -> None:
        """Flush."""
        self._out.flush()
