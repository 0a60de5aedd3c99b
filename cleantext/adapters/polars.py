"""Cleaning a polars data frame, eager or lazy; importing this gives both ``df.cleantext``."""

from __future__ import annotations

from typing import Any, Generic, TypeVar

import polars as pl

from cleantext.adapters.arrow import ERROR, FINDINGS, BatchCleaner, Options
from cleantext.cleaner import Cleaner
from cleantext.fixing import Apply

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
    """Return the frame with cleaned texts and the columns ``cleantext`` and ``cleantext_error``.

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


class _Fixing(Generic[Frame]):
    def __init__(self, frame: Frame) -> None:
        """Remember the frame."""
        self._frame: Frame = frame

    def fix(
        self,
        text: str = "text",
        *,
        id: str = "id",
        cleaner: Cleaner | None = None,
        apply: Apply = "safe",
        min_confidence: float = 0.0,
    ) -> Frame:
        """Return the frame with its texts cleaned, as :func:`clean` does."""
        return clean(
            self._frame,
            cleaner,
            text_field=text,
            id_field=id,
            apply=apply,
            min_confidence=min_confidence,
        )


@pl.api.register_lazyframe_namespace("cleantext")
class LazyAccessor(_Fixing[pl.LazyFrame]):
    """``lazy.cleantext``: fix the texts of a column."""


@pl.api.register_dataframe_namespace("cleantext")
class Accessor(_Fixing[pl.DataFrame]):
    """``df.cleantext``: check and fix the texts of a column."""

    def check(self, text: str = "text", *, id: str = "id", cleaner: Cleaner | None = None) -> pl.DataFrame:
        """Return a frame with a row for each finding; ``row`` is the number of its article's row, from 0.

        The other columns are those of a finding; ``error`` is null, but for a row that had no text or on which a rule
        failed, which has nothing else. Raises KeyError where there is no such column.
        """
        done = clean(self._frame, cleaner, text_field=text, id_field=id, apply=None)
        rows = done.select(FINDINGS, error=pl.col(ERROR)).with_row_index("row")
        found = rows.select("row", FINDINGS).explode(FINDINGS).drop_nulls().unnest(FINDINGS).drop("applied")
        failed = rows.filter(pl.col("error").is_not_null()).select("row", "error")
        return pl.concat([found, failed], how="diagonal").sort("row", maintain_order=True)
