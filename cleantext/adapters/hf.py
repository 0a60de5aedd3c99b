"""Cleaning a Hugging Face dataset, in memory, on disk or streaming."""

from __future__ import annotations

from typing import TypeVar

import pyarrow as pa
from datasets import Dataset, IterableDataset

from cleantext.adapters.arrow import BatchCleaner, Options
from cleantext.cleaner import Cleaner
from cleantext.fixing import Apply

AnyDataset = TypeVar("AnyDataset", Dataset, IterableDataset)


class _TableCleaner:
    """What ``map`` calls; a class of a module, so that it can be sent to other processes and hashed for the cache."""

    def __init__(self, work: BatchCleaner) -> None:
        self.work = work

    def __call__(self, table: pa.Table) -> pa.Table:
        return self.work.table(table)


def clean(
    dataset: AnyDataset,
    cleaner: Cleaner | None = None,
    *,
    text_field: str = "text",
    id_field: str = "id",
    apply: Apply | None = "safe",
    min_confidence: float = 0.0,
    batch_size: int = 64,
    num_proc: int | None = None,
) -> AnyDataset:
    """Return the dataset with cleaned texts and the columns ``cleantext`` and ``cleantext_error``.

    ``num_proc`` processes share the work of a dataset that does not stream. What
    ``datasets`` caches is found again only with the same rules and options.
    Raises KeyError where there is no text column.
    """
    if dataset.column_names is not None and text_field not in dataset.column_names:
        raise KeyError(f'the dataset has no column "{text_field}" (it has {", ".join(dataset.column_names)})')
    work = _TableCleaner(
        BatchCleaner(cleaner or Cleaner(), Options(text_field, id_field, apply, min_confidence))
    )
    arrow = dataset.with_format("arrow")
    more = {"num_proc": num_proc} if num_proc is not None and isinstance(dataset, Dataset) else {}
    return arrow.map(work, batched=True, batch_size=batch_size, **more).with_format(None)
