"""GitHub workflow annotations."""

from __future__ import annotations

from collections.abc import Sequence

from cleantext.batch.reading import Failure, Source
from cleantext.cli.formats import Findings
from cleantext.document import Document
from cleantext.finding import Finding
from cleantext.printable import visible
from cleantext.report import Report


def _data(text: str) -> str:
    rows = text.replace("%", "%25").replace("\r", "%0D").split("\n")
    return "%0A".join(map(visible, rows))  # the log of a run shows colours, so it would obey an article


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


class GitHub(Findings):
    """One ``::warning`` line a finding; what is in a JSON lines file is placed on its record's line."""

    def article(self, source: Source, report: Report, hidden: Sequence[Finding]) -> bytes:
        """Return the findings of one article."""
        document = Document(report.article)
        rows = []
        for finding in report.findings:
            line, column = document.place(finding.start)
            place = f",line={line},col={column}" if source.line is None else f",line={source.line}"
            if source.extractor is not None:  # its lines are not the page's
                place = ""
            level = "notice" if finding.applicability == "display" else "warning"
            title = _property(f"{finding.rule} {finding.name}")
            detail = f"{finding.message} ({finding.applicability}, {finding.confidence:.2f})"
            rows.append(f"::{level} file={_property(source.path)}{place},title={title}::{_data(detail)}\n")
        return "".join(rows).encode("utf-8", "backslashreplace")

    def failure(self, failure: Failure) -> bytes | None:
        """Return an error annotation."""
        line = f",line={failure.line}" if failure.line else ""
        row = f"::error file={_property(failure.path)}{line}::{_data(failure.error)}\n"
        return row.encode("utf-8", "backslashreplace")
