"""How findings are printed: one module a format, each a writer with the same three calls."""

from __future__ import annotations

from typing import Protocol

from cleantext.batch.reading import Failure, Source
from cleantext.report import Report


class Writer(Protocol):
    """Prints reports as they come."""

    def report(self, source: Source, report: Report) -> None:
        """Print the findings of one article."""

    def failure(self, failure: Failure) -> None:
        """Print, or keep for the end, an input that could not be read."""

    def close(self) -> None:
        """Print what comes last."""
