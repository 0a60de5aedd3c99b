"""The function under every adapter: Arrow batch in, Arrow batch out."""

import pyarrow as pa

import cleantext
from cleantext.adapters.arrow import clean_batch

batch = pa.RecordBatch.from_pylist(
    [{"body": "The cafÃ© by the harbour is open again.", "views": 120}, {"body": None, "views": 3}]
)
done = clean_batch(batch, cleantext.Cleaner(select=["encoding"]), text_field="body")
for row in done.to_pylist():
    print(row["body"], row["views"], row["cleantext_error"])

assert done.to_pylist()[0]["body"] == "The café by the harbour is open again."
assert done.to_pylist()[1]["cleantext_error"] == "no text"
