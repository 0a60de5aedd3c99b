"""Clean a column of a polars frame, lazily."""

import polars as pl

import cleantext
from cleantext.adapters.polars import clean

frame = pl.LazyFrame(
    {"text": ["The cafÃ© by the harbour is open again.", "The council met on Monday."], "views": [120, 35]}
)
cleaned = clean(frame, cleantext.Cleaner(select=["encoding"]))
by_rule = (
    cleaned.select(pl.col("cleantext").explode(empty_as_null=False).struct.field("rule"))
    .group_by("rule")
    .len()
    .collect()
)

print(cleaned.select("text", "views").collect())
print(by_rule)
assert cleaned.collect()["text"][0] == "The café by the harbour is open again."
