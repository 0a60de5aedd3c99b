"""Cleaning a pandas data frame."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyarrow as pa

from cleantext.adapters.arrow import ERROR, FINDINGS, BatchCleaner, Options
from cleantext.cleaner import Apply, Cleaner

if TYPE_CHECKING:
    import pandas


def clean(
    frame: pandas.DataFrame,
    cleaner: Cleaner | None = None,
    *,
    text_field: str = "text",
    id_field: str = "id",
    apply: Apply | None = "safe",
    min_confidence: float = 0.0,
) -> pandas.DataFrame:
    """Give the frame with cleaned texts and the columns ``cleantext`` and ``cleantext_error``.

    Index, order and every other column stay; the frame itself is not changed.
    Raises KeyError where there is no text column.
    """
    work = BatchCleaner(cleaner or Cleaner(), Options(text_field, id_field, apply, min_confidence))
    if text_field not in frame.columns:
        raise KeyError(f'the frame has no column "{text_field}"')
    missing = frame[text_field].isna()
    columns = {
        name: [None if gone else value for value, gone in zip(frame[name], frame[name].isna(), strict=True)]
        for name in work.needed(list(frame.columns))
    }
    columns[text_field] = [
        value if isinstance(value, str) and not gone else None
        for value, gone in zip(frame[text_field], missing, strict=True)
    ]
    done = work.table(pa.table(columns, schema=_schema(columns, text_field)))
    out = frame.copy()
    texts = done.column(text_field).to_pylist()
    # What is no text stays what it was.
    kept = zip(texts, frame[text_field], strict=True)
    out[text_field] = [old if new is None else new for new, old in kept]
    out[FINDINGS] = _objects(done.column(FINDINGS).to_pylist(), frame)
    out[ERROR] = _objects(done.column(ERROR).to_pylist(), frame)
    return out


def _schema(columns: dict[str, list[object]], text_field: str) -> pa.Schema:
    fields = []
    for name, values in columns.items():
        kind = pa.string() if name == text_field else pa.infer_type(values)
        fields.append((name, pa.string() if pa.types.is_null(kind) else kind))
    return pa.schema(fields)


def _objects(values: list[object], frame: pandas.DataFrame) -> pandas.Series[object]:
    import pandas

    return pandas.Series(values, index=frame.index, dtype=object)
