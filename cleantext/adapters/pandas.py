"""Cleaning a pandas data frame; importing this gives every frame ``df.cleantext``."""

from __future__ import annotations

from typing import Any

import pandas
import pyarrow as pa

from cleantext.adapters.arrow import ERROR, FINDING_TYPE, FINDINGS, BatchCleaner, Options
from cleantext.cleaner import Cleaner
from cleantext.fixing import Apply


def clean(
    frame: pandas.DataFrame,
    cleaner: Cleaner | None = None,
    *,
    text_field: str = "text",
    id_field: str = "id",
    apply: Apply | None = "safe",
    min_confidence: float = 0.0,
) -> pandas.DataFrame:
    """Return the frame with cleaned texts and the columns ``cleantext`` and ``cleantext_error``.

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
    return pandas.Series(values, index=frame.index, dtype=object)


@pandas.api.extensions.register_dataframe_accessor("cleantext")
class Accessor:
    """``df.cleantext``: check and fix the texts of a column."""

    def __init__(self, frame: pandas.DataFrame) -> None:
        """Remember the frame."""
        self._frame = frame

    def check(
        self, text: str = "text", *, id: str = "id", cleaner: Cleaner | None = None
    ) -> pandas.DataFrame:
        """Return a frame with a row for each finding, under the index of its article's row.

        Its columns are those of a finding; ``error`` is null, but for a row that had no text or on which a rule failed,
        which has nothing else. Raises KeyError where there is no such column.
        """
        done = clean(self._frame, cleaner, text_field=text, id_field=id, apply=None)
        index: list[Any] = []
        rows: list[dict[str, Any]] = []
        for label, findings, error in zip(done.index, done[FINDINGS], done[ERROR], strict=True):
            found = [{**finding, "error": None} for finding in findings or ()]
            if error is not None:
                found.append({"error": error})
            rows += found
            index += [label] * len(found)
        columns = [field.name for field in FINDING_TYPE if field.name != "applied"]
        made = pandas.MultiIndex.from_tuples(index) if done.index.nlevels > 1 and index else index
        return pandas.DataFrame(
            rows, index=pandas.Index(made, name=done.index.name), columns=[*columns, "error"]
        )

    def fix(
        self,
        text: str = "text",
        *,
        id: str = "id",
        cleaner: Cleaner | None = None,
        apply: Apply = "safe",
        min_confidence: float = 0.0,
    ) -> pandas.DataFrame:
        """Return the frame with its texts cleaned, as :func:`clean` does."""
        return clean(
            self._frame,
            cleaner,
            text_field=text,
            id_field=id,
            apply=apply,
            min_confidence=min_confidence,
        )
