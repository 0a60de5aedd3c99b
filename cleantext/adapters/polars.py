"""Cleaning a polars data frame, eager or lazy."""

from __future__ import annotations

from typing import Any, TypeVar

import polars as pl

from cleantext.adapters.arrow import ERROR, FINDINGS, BatchCleaner, Options
from cleantext.cleaner import Apply, Cleaner

Frame = TypeVar("Frame", pl.DataFrame, pl.LazyFrame)

_EDIT = pl.Struct({"start": pl.Int64, "end": pl.Int64, "replacement": pl.String})
_EVIDENCE = pl.Struct({"start": pl.Int64, "end": pl.Int64, "text": pl.String, "note": pl.String})
FINDINGS_TYPE = pl.List(
    pl.Struct(
        {
            "rule": pl.String,
            "name": pl.String,
            "category": pl.String,
            "start": pl.Int64,
            "end": pl.Int64,
            "line": pl.Int64,
            "column": pl.Int64,
            "text": pl.String,
            "message": pl.String,
            "applicability": pl.String,
            "confidence": pl.Float64,
            "applied": pl.Boolean,
            "fixes": pl.List(pl.Struct({"edits": pl.List(_EDIT)})),
            "evidence": pl.List(_EVIDENCE),
            "fingerprint": pl.String,
        }
    )
)


def clean(
    frame: Frame,
    cleaner: Cleaner | None = None,
    *,
    text_field: str = "text",
    id_field: str = "id",
    apply: Apply | None = "safe",
    min_confidence: float = 0.0,
) -> Frame:
    """Give the frame with cleaned texts and the columns ``cleantext`` and ``cleantext_error``.

    A lazy frame stays lazy. Order and every other column stay. Raises KeyError
    where there is no text column.
    """
    work = BatchCleaner(cleaner or Cleaner(), Options(text_field, id_field, apply, min_confidence))
    if isinstance(frame, pl.LazyFrame):
        schema = frame.collect_schema()
        _must_have(text_field, list(schema))
        added: dict[str, Any] = {FINDINGS: FINDINGS_TYPE, ERROR: pl.String}
        more = pl.Schema({**schema, **added})
        return frame.map_batches(lambda part: _cleaned(part, work), schema=more)
    _must_have(text_field, frame.columns)
    return _cleaned(frame, work)


def _must_have(text_field: str, names: list[str]) -> None:
    if text_field not in names:
        raise KeyError(f'the frame has no column "{text_field}" (it has {", ".join(names)})')


def _cleaned(frame: pl.DataFrame, work: BatchCleaner) -> pl.DataFrame:
    done = work.table(frame.select(work.needed(frame.columns)).to_arrow())
    text = work.options.text_field
    added = done.select([text, FINDINGS, ERROR])
    new = pl.from_arrow(added)
    assert isinstance(new, pl.DataFrame)
    return frame.with_columns(
        new[text].cast(frame.schema[text]), new[FINDINGS].cast(FINDINGS_TYPE), new[ERROR].cast(pl.String)
    )
