"""Clean a Hugging Face dataset; the same call takes a streaming one."""

import datasets

import cleantext
from cleantext.adapters.hf import clean

articles = datasets.Dataset.from_dict(
    {"text": ["The cafÃ© by the harbour is open again.", "The council met on Monday."], "views": [120, 35]}
)
cleaner = cleantext.Cleaner(select=["encoding"])
cleaned = clean(articles, cleaner)
print(cleaned[0]["text"], [finding["rule"] for finding in cleaned[0]["cleantext"]])
assert cleaned[0]["text"] == "The café by the harbour is open again."

streamed = clean(articles.to_iterable_dataset(), cleaner)
assert next(iter(streamed))["text"] == cleaned[0]["text"]
