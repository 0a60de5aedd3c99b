"""Cleaned articles: text, records with what was done, or a diff."""

from __future__ import annotations

import difflib

from cleantext.batch.reading import BOM, Failure, Fields, Source
from cleantext.batch.records import encode, finding_records
from cleantext.cli.formats import Findings
from cleantext.document import Document
from cleantext.printable import visible
from cleantext.report import Fixed


class Cleaned(Findings):
    """Cleaned articles: a text gives its text; a record gives the record with ``cleantext.applied`` and ``.left``.

    With ``records`` texts give records too, and errors stand among them.
    """

    def __init__(self, fields: Fields, *, records: bool) -> None:
        """``fields`` name the text."""
        self._fields, self._records = fields, records

    def fixed(self, source: Source, fixed: Fixed) -> bytes:
        """Give one cleaned article."""
        if self._records or source.record is not None:
            return encode(self._record(source, fixed)) + b"\n"
        return ((BOM if source.bom else "") + fixed.text).encode("utf-8", "surrogatepass")

    def _record(self, source: Source, fixed: Fixed) -> dict[str, object]:
        document = Document(source.article)
        base = source.record if source.record is not None else {"path": source.path}
        return {
            **base,
            self._fields.text: fixed.text,
            "cleantext": {
                "applied": list(finding_records(source.path, document, fixed.applied)),
                "left": list(finding_records(source.path, document, fixed.left)),
            },
        }

    def failure(self, failure: Failure) -> bytes | None:
        """Give an error record where records were asked for."""
        return encode(failure) + b"\n" if self._records else None


class Diff(Findings):
    """A unified diff of what would change."""

    def __init__(self, *, colour: bool) -> None:
        """``colour`` paints it."""
        self._colour = colour

    def fixed(self, source: Source, fixed: Fixed) -> bytes:
        """Give the diff of one article."""
        old = source.article.text
        if fixed.text == old:
            return b""
        name = source.path if source.line is None else f"{source.path}:{source.line}"
        rows = difflib.unified_diff(
            old.split("\n"), fixed.text.split("\n"), name, f"{name} (fixed)", n=1, lineterm=""
        )
        return "".join(self._painted(row) + "\n" for row in rows).encode("utf-8", "backslashreplace")

    def _painted(self, row: str) -> str:
        shown = visible(row)
        code = {"+": "32", "-": "31", "@": "36"}.get(row[:1]) if self._colour else None
        return f"\x1b[{code}m{shown}\x1b[0m" if code else shown
