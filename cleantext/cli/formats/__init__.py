"""How findings are printed: one module a format, each with the same few calls."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from cleantext.batch.reading import Failure, Source
from cleantext.batch.tally import Tally
from cleantext.finding import Finding
from cleantext.report import Fixed, Report


class Format(Protocol):
    """Turns reports into bytes, article by article, in any process; picklable.

    ``separator`` stands between two articles. ``failures`` is a list where errors
    belong at the end of the output, else None.
    """

    separator: bytes
    failures: list[Failure] | None

    def begin(self) -> bytes:
        """Return what comes first."""

    def article(self, source: Source, report: Report, hidden: Sequence[Finding]) -> bytes:
        """Return one checked article; ``hidden`` are findings that people rejected."""

    def fixed(self, source: Source, fixed: Fixed) -> bytes:
        """Return one cleaned article."""

    def failure(self, failure: Failure) -> bytes | None:
        """Return an input that could not be read; None where it goes to standard error or to the end."""

    def end(self, tally: Tally) -> bytes:
        """Return what comes last."""


class Findings:
    """What most formats share: nothing around the articles, errors elsewhere."""

    separator: bytes = b""
    failures: list[Failure] | None = None

    def begin(self) -> bytes:
        """Return nothing."""
        return b""

    def article(self, source: Source, report: Report, hidden: Sequence[Finding]) -> bytes:
        """Return nothing: a format of texts prints no findings."""
        return b""

    def fixed(self, source: Source, fixed: Fixed) -> bytes:
        """Return nothing: a format of findings prints no text."""
        return b""

    def failure(self, failure: Failure) -> bytes | None:
        """Leave errors to standard error, or to the end."""
        return None

    def end(self, tally: Tally) -> bytes:
        """Return nothing."""
        return b""
