"""A baseline: what stands in a corpus now, so that only what is new is reported."""

from __future__ import annotations

from collections.abc import Sequence

from cleantext.batch.reading import Source
from cleantext.batch.scope import HEAD, beside, known_line
from cleantext.cli.formats import Findings
from cleantext.finding import Finding
from cleantext.report import Report


class Baseline(Findings):
    """A line for each article with findings; errors go to standard error."""

    def __init__(self, folder: str) -> None:
        """Paths are written as they are seen from ``folder``, where the baseline lies."""
        self._folder = folder

    def begin(self) -> bytes:
        """Return the head."""
        return HEAD

    def article(self, source: Source, report: Report, hidden: Sequence[Finding]) -> bytes:
        """Return an article's line."""
        if not report.findings:
            return b""
        return known_line(beside(source.path, self._folder), source.article.id, report.findings)
