"""Cleaning a Spark data frame, and the corpus index as a Spark job."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyarrow as pa
from pyspark.sql import DataFrame
from pyspark.sql import functions as F  # noqa: N812 - as everybody writes it
from pyspark.sql import types as T  # noqa: N812

from cleantext.adapters.arrow import ERROR, FINDINGS, BatchCleaner, Options
from cleantext.batch.reading import Fields, article_of
from cleantext.cleaner import Cleaner
from cleantext.corpus.traces import clusters, traces_of
from cleantext.fixing import Apply


def _struct(**fields: T.DataType) -> T.StructType:
    return T.StructType([T.StructField(name, kind) for name, kind in fields.items()])


_TEXT, _NUMBER = T.StringType(), T.LongType()
_EDIT = _struct(start=_NUMBER, end=_NUMBER, replacement=_TEXT)
FINDING_TYPE = _struct(
    rule=_TEXT,
    name=_TEXT,
    category=_TEXT,
    start=_NUMBER,
    end=_NUMBER,
    line=_NUMBER,
    column=_NUMBER,
    text=_TEXT,
    message=_TEXT,
    applicability=_TEXT,
    confidence=T.DoubleType(),
    applied=T.BooleanType(),
    fixes=T.ArrayType(_struct(edits=T.ArrayType(_EDIT))),
    evidence=T.ArrayType(_struct(start=_NUMBER, end=_NUMBER, text=_TEXT, note=_TEXT)),
    fingerprint=_TEXT,
)


class _Batches:
    """What ``mapInArrow`` calls."""

    def __init__(self, work: BatchCleaner) -> None:
        self.work = work

    def __call__(self, batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        return map(self.work, batches)


def clean(
    frame: DataFrame,
    cleaner: Cleaner | None = None,
    *,
    text_field: str = "text",
    id_field: str = "id",
    apply: Apply | None = "safe",
    min_confidence: float = 0.0,
) -> DataFrame:
    """Return the frame with cleaned texts and the columns ``cleantext`` (array of structs) and ``cleantext_error``.

    Lazy, as Spark is. The package must be installed on every worker, and a corpus
    index that the cleaner uses must be at the same path there. Raises KeyError
    where there is no text column.
    """
    if text_field not in frame.columns:
        raise KeyError(f'the frame has no column "{text_field}" (it has {", ".join(frame.columns)})')
    work = BatchCleaner(cleaner or Cleaner(), Options(text_field, id_field, apply, min_confidence))
    kept = [field for field in frame.schema.fields if field.name not in (FINDINGS, ERROR)]
    added = [T.StructField(FINDINGS, T.ArrayType(FINDING_TYPE)), T.StructField(ERROR, _TEXT)]
    return frame.select(*(f.name for f in kept)).mapInArrow(_Batches(work), T.StructType([*kept, *added]))


_TRACES = _struct(
    key=_TEXT,
    site=_TEXT,
    date=_TEXT,
    source=_TEXT,
    title=_TEXT,
    lines=T.ArrayType(_TEXT),
    bands=T.ArrayType(_NUMBER),
    quotations=T.ArrayType(_struct(speaker=_TEXT, text=_TEXT)),
)
_TRACES_ARROW = pa.schema(
    [
        *((name, pa.string()) for name in ("key", "site", "date", "source", "title")),
        ("lines", pa.list_(pa.string())),
        ("bands", pa.list_(pa.int64())),
        ("quotations", pa.list_(pa.struct([("speaker", pa.string()), ("text", pa.string())]))),
    ]
)


class _TraceBatches:
    """What ``mapInArrow`` calls for the index."""

    def __init__(self, fields: Fields) -> None:
        self.fields = fields

    def __call__(self, batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        for batch in batches:
            rows = [self._row(row) for row in batch.to_pylist() if isinstance(row[self.fields.text], str)]
            yield pa.RecordBatch.from_pylist(rows, _TRACES_ARROW)

    def _row(self, row: dict[str, Any]) -> dict[str, Any]:
        traces = traces_of(article_of(row, row[self.fields.text], self.fields), "", None)
        return {
            "key": traces.key,
            "site": traces.site,
            "date": traces.date,
            "source": traces.source,
            "title": traces.title,
            "lines": list(traces.lines),
            "bands": list(traces.bands),
            "quotations": [{"speaker": q.speaker, "text": q.text} for q in traces.quotations],
        }


def build_index(
    frame: DataFrame, output: str | Path, *, text_field: str = "text", id_field: str = "id"
) -> None:
    """Write the corpus index of a frame to a file on the driver; it answers as the one that ``cleantext index`` makes.

    Lines are counted on the cluster, over the same clusters of near-duplicates.
    Only what repeats and the quotations come to the driver. Such an index cannot be
    added to: make it anew. Raises KeyError where there is no text column.
    """
    if text_field not in frame.columns:
        raise KeyError(f'the frame has no column "{text_field}" (it has {", ".join(frame.columns)})')
    from cleantext.corpus.store import write_summed

    fields = Fields(text_field, id_field)
    wanted = [name for name in fields.columns if name in frame.columns]
    # Numbers of articles must not change between the counts below, so the traces are held.
    traces = (
        frame.select(*wanted)
        .mapInArrow(_TraceBatches(fields), _TRACES)
        .withColumn("article", F.monotonically_increasing_id())
        .localCheckpoint()
    )
    banded = traces.select("article", F.explode("bands").alias("band"))
    firsts = (
        banded.groupBy("band").agg(F.min("article").alias("first"), F.count("*").alias("n")).where("n > 1")
    )
    links = banded.join(firsts, "band").where("article != first").select("first", "article").distinct()
    roots = clusters((row.first, row.article) for row in links.toLocalIterator())
    session = frame.sparkSession
    known = session.createDataFrame(list(roots.items()) or [(-1, -1)], _struct(article=_NUMBER, root=_NUMBER))
    clustered = traces.join(known, "article", "left").withColumn("cluster", F.coalesce("root", "article"))
    repeated = (
        clustered.select("site", "cluster", F.explode("lines").alias("line"))
        .groupBy("site", "line")
        .agg(F.countDistinct("cluster").alias("n"))
        .where("n > 1")
    )
    sites = clustered.groupBy("site").agg(F.countDistinct("cluster").alias("n"))
    quoted = traces.where(F.size("quotations") > 0).select(
        "key", "site", "date", "source", "title", "quotations"
    )
    write_summed(
        Path(output),
        sites=((row.site, row.n) for row in sites.toLocalIterator()),
        repeated=((row.site, row.line, row.n) for row in repeated.toLocalIterator()),
        quotations=(
            (
                row.key,
                row.site,
                row.date,
                row.source,
                row.title,
                [(q.speaker, q.text) for q in row.quotations],
            )
            for row in quoted.toLocalIterator()
        ),
    )
