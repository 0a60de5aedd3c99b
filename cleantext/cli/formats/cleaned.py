"""Cleaned articles: text, records with what was done, or a diff."""

from __future__ import annotations

import difflib

from cleantext.batch.fields import META
from cleantext.batch.reading import BOM, Failure, Fields, Source
from cleantext.batch.records import encode
from cleantext.batch.tally import Tally
from cleantext.cli.formats import Findings
from cleantext.document import Document
from cleantext.records import finding_records
from cleantext.report import Fixed


class Cleaned(Findings):
    """Cleaned articles: a text gives its text; a record gives the record with ``cleantext.applied`` and ``.left``.

    With ``records`` texts give records too; with ``errors`` errors stand among them.
    """

    def __init__(self, fields: Fields, *, records: bool, errors: bool) -> None:
        """``fields`` name the text."""
        self._fields, self._records, self._errors = fields, records, errors

    def fixed(self, source: Source, fixed: Fixed) -> bytes:
        """Return one cleaned article."""
        if self._records or source.record is not None:
            return encode(self._record(source, fixed)) + b"\n"
        text = (BOM if source.bom else "") + fixed.text
        return text.encode(source.encoding) if source.encoding else text.encode("utf-8", "surrogatepass")

    def _record(self, source: Source, fixed: Fixed) -> dict[str, object]:
        document = Document(source.article)
        base = source.record if source.record is not None else {"path": source.path}
        if source.extractor is not None:
            base |= {key: said for key in META if (said := getattr(source.article, key)) is not None}
            base["extractor"] = source.extractor
        done: dict[str, object] = {
            "applied": list(finding_records(source.path, document, fixed.applied)),
            "left": list(finding_records(source.path, document, fixed.left)),
        }
        if fixed.editing is not None:
            done |= {"editor": fixed.editing, "quality": fixed.quality}
        return {**base, self._fields.text: fixed.text, "cleantext": done}

    def failure(self, failure: Failure) -> bytes | None:
        """Return an error record where records were asked for."""
        return encode(failure) + b"\n" if self._errors else None


class CleanedObject(Cleaned):
    """One JSON object: the cleaned records, and errors apart from them. Written as it grows."""

    separator = b",\n"

    def __init__(self, fields: Fields) -> None:
        """``fields`` name the text."""
        super().__init__(fields, records=True, errors=False)
        self.failures: list[Failure] | None = []

    def begin(self) -> bytes:
        """Open the object."""
        return b'{"articles":['

    def fixed(self, source: Source, fixed: Fixed) -> bytes:
        """Return one cleaned article."""
        return super().fixed(source, fixed).rstrip(b"\n")

    def failure(self, failure: Failure) -> bytes | None:
        """Leave errors to the end."""
        return None

    def end(self, tally: Tally) -> bytes:
        """Return the errors and close the object."""
        return b'],"errors":' + encode(self.failures) + b"}\n"


class Diff(Findings):
    """A unified diff of what would change, such as ``patch -p0`` and ``git apply -p0`` take."""

    def fixed(self, source: Source, fixed: Fixed) -> bytes:
        """Return the diff of one article."""
        old = source.article.text
        if fixed.text == old:
            return b""
        name = source.path if source.line is None else f"{source.path}:{source.line}"
        mark = BOM if source.bom else ""
        rows = difflib.unified_diff(_lines(mark + old), _lines(mark + fixed.text), name, name, n=1)
        return "".join(row if row.endswith("\n") else f"{row}\n{_NO_END}\n" for row in rows).encode(
            "utf-8", "backslashreplace"
        )


_NO_END = "\\ No newline at end of file"


def _lines(text: str) -> list[str]:
    """Return lines as patch programs count them, with their line ends; an article's own lines may end otherwise."""
    rows = text.split("\n")
    return [row + "\n" for row in rows[:-1]] + rows[-1:] * bool(rows[-1])
