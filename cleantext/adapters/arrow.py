"""A batch of articles in, the batch with its texts cleaned and its findings out: what every adapter shares."""

from __future__ import annotations

import pickle
from collections.abc import Sequence
from functools import lru_cache
from typing import Any, NamedTuple

import pyarrow as pa

from cleantext.article import Article
from cleantext.batch.reading import Fields, article_of
from cleantext.batch.runrecord import rules_digest
from cleantext.cleaner import Cleaner
from cleantext.document import Document
from cleantext.finding import Finding
from cleantext.fixing import Apply
from cleantext.report import Report

FINDINGS, ERROR = "cleantext", "cleantext_error"
"""Columns that are added: the findings of each article (null where it failed), and why it failed (else null)."""

_EDIT = pa.struct([("start", pa.int64()), ("end", pa.int64()), ("replacement", pa.string())])
_EVIDENCE = pa.struct(
    [("start", pa.int64()), ("end", pa.int64()), ("text", pa.string()), ("note", pa.string())]
)
FINDING_TYPE = pa.struct(
    [
        ("rule", pa.string()),
        ("name", pa.string()),
        ("category", pa.string()),
        ("start", pa.int64()),
        ("end", pa.int64()),
        ("line", pa.int64()),
        ("column", pa.int64()),
        ("text", pa.string()),
        ("message", pa.string()),
        ("applicability", pa.string()),
        ("confidence", pa.float64()),
        ("applied", pa.bool_()),
        ("fixes", pa.list_(pa.struct([("edits", pa.list_(_EDIT))]))),
        ("evidence", pa.list_(_EVIDENCE)),
        ("fingerprint", pa.string()),
    ]
)
FINDINGS_TYPE = pa.list_(FINDING_TYPE)


class Options(NamedTuple):
    """What to do: ``apply`` None only checks and leaves the text as it is."""

    text_field: str = "text"
    id_field: str = "id"
    apply: Apply | None = "safe"
    min_confidence: float = 0.0


def clean_batch(
    batch: pa.RecordBatch,
    cleaner: Cleaner,
    *,
    text_field: str = "text",
    id_field: str = "id",
    apply: Apply | None = "safe",
    min_confidence: float = 0.0,
) -> pa.RecordBatch:
    """Clean the texts of a batch; every other column and the order of rows stay.

    Columns ``title``, ``date``, ``url``, ``source`` and ``lang`` are used where
    there are any. ``cleantext`` is added, a list of findings with ``applied``
    saying which were; a row without a text, or on which a rule failed, keeps its
    text, has null findings and says why in ``cleantext_error``. ``apply=None``
    only checks.

    Raises KeyError where there is no text column, never on what it holds.
    """
    if text_field not in batch.schema.names:
        raise KeyError(f'the batch has no column "{text_field}" (it has {", ".join(batch.schema.names)})')
    fields = Fields(text_field, id_field)
    wanted = [name for name in fields.columns if name in batch.schema.names]
    options = Options(text_field, id_field, apply, min_confidence)
    rows = batch.select(wanted).to_pylist()
    texts: list[str | None] = []
    findings: list[list[dict[str, Any]] | None] = []
    errors: list[str | None] = []
    articles = ((row, _article(row, fields)) for row in rows)
    for row, report in cleaner.check_beside(articles):
        text, found, error = _cleaned(row[fields.text], report, options)
        texts.append(text)
        findings.append(found)
        errors.append(error)
    at = batch.schema.get_field_index(text_field)
    field = batch.schema.field(at)
    kind = field.type.value_type if pa.types.is_dictionary(field.type) else field.type
    columns = {name: batch.column(number) for number, name in enumerate(batch.schema.names)}
    if apply is not None and all(text is None or isinstance(text, str) for text in texts):
        columns[text_field] = pa.array(texts, kind)
    columns[FINDINGS] = pa.array(findings, FINDINGS_TYPE)
    columns[ERROR] = pa.array(errors, pa.string())
    return pa.RecordBatch.from_arrays(list(columns.values()), schema=cleaned_schema(batch.schema, options))


def cleaned_schema(schema: pa.Schema, options: Options) -> pa.Schema:
    """Return the schema that a cleaned batch has."""
    at = schema.get_field_index(options.text_field)
    field = schema.field(at)
    if pa.types.is_dictionary(field.type) and options.apply is not None:
        schema = schema.set(at, field.with_type(field.type.value_type))
    for name, kind in ((FINDINGS, FINDINGS_TYPE), (ERROR, pa.string())):
        if name in schema.names:
            schema = schema.set(schema.get_field_index(name), pa.field(name, kind))
        else:
            schema = schema.append(pa.field(name, kind))
    return schema


def _article(row: dict[str, Any], fields: Fields) -> Article | None:
    text = row[fields.text]
    return article_of(row, text, fields) if isinstance(text, str) else None


def _cleaned(
    text: object, report: Report | Exception | None, options: Options
) -> tuple[Any, list[dict[str, Any]] | None, str | None]:
    if report is None:
        return text, None, "no text" if text is None else f"the text is a {type(text).__name__}"
    if isinstance(report, Exception):
        return text, None, _failed(report)
    try:
        article = report.article
        if options.apply is None:
            return text, finding_rows(article, (), report.findings), "; ".join(report.trouble) or None
        fixed = report.fix(apply=options.apply, min_confidence=options.min_confidence)
    except Exception as error:  # noqa: BLE001 - one article must not stop a cluster's job
        return text, None, _failed(error)
    return fixed.text, finding_rows(article, fixed.applied, fixed.left), "; ".join(fixed.trouble) or None


def _failed(error: Exception) -> str:
    return f"a rule failed: {type(error).__name__}: {error}"


def finding_rows(
    article: Article, applied: Sequence[Finding], left: Sequence[Finding]
) -> list[dict[str, Any]]:
    """Return findings as plain values, in order of start."""
    document = Document(article)
    rows = []
    for finding, done in sorted(
        [*((f, True) for f in applied), *((f, False) for f in left)],
        key=lambda pair: (pair[0].start, pair[0].end, pair[0].rule),
    ):
        line, column = document.place(finding.start)
        rows.append(
            {
                "rule": finding.rule,
                "name": finding.name,
                "category": finding.category,
                "start": finding.start,
                "end": finding.end,
                "line": line,
                "column": column,
                "text": finding.text,
                "message": finding.message,
                "applicability": str(finding.applicability),
                "confidence": round(finding.confidence, 4),
                "applied": done,
                "fixes": [
                    {
                        "edits": [
                            {"start": e.start, "end": e.end, "replacement": e.replacement} for e in fix.edits
                        ]
                    }
                    for fix in finding.fixes
                ],
                "evidence": [
                    {"start": e.start, "end": e.end, "text": e.text, "note": e.note} for e in finding.evidence
                ],
                "fingerprint": finding.fingerprint,
            }
        )
    return rows


class BatchCleaner:
    """:func:`clean_batch` with its arguments, for engines that send functions to other processes.

    The rules are compiled once a process. ``rules`` is a digest of them, so that an
    engine that caches by the function's state notices other rules.
    """

    def __init__(self, cleaner: Cleaner, options: Options) -> None:
        """Remember what to do."""
        self.rules = rules_digest(cleaner)
        self.options = options
        self._pickled = pickle.dumps(cleaner)

    def __call__(self, batch: pa.RecordBatch) -> pa.RecordBatch:
        """Clean a batch."""
        return clean_batch(batch, _cleaner(self._pickled), **self.options._asdict())

    def table(self, table: pa.Table) -> pa.Table:
        """Clean a table."""
        schema = cleaned_schema(table.schema, self.options)
        return pa.Table.from_batches([self(batch) for batch in table.to_batches()], schema)

    def needed(self, names: Sequence[str]) -> list[str]:
        """Return those of a table's columns that are looked at."""
        fields = Fields(self.options.text_field, self.options.id_field)
        return [name for name in fields.columns if name in names]


@lru_cache(maxsize=4)
def _cleaner(pickled: bytes) -> Cleaner:
    made: Cleaner = pickle.loads(pickled)
    return made
