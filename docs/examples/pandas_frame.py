"""Clean a column of a pandas data frame."""

import pandas as pd

import cleantext
import cleantext.adapters.pandas  # gives every frame `df.cleantext`

frame = pd.DataFrame(
    {
        "text": ["The cafÃ© by the harbour is open again.", "The council met on Monday.", None],
        "source": ["harbour-post.example"] * 3,
        "views": [120, 35, 7],
    }
)
cleaner = cleantext.Cleaner(select=["encoding"])
found = frame.cleantext.check("text", cleaner=cleaner)  # a row for each finding
print(found[["rule", "text", "applicability", "confidence", "error"]])

cleaned = frame.cleantext.fix("text", cleaner=cleaner)

print(cleaned[["text", "views", "cleantext_error"]])
for finding in cleaned["cleantext"][0]:
    print(finding["rule"], finding["text"], "applied" if finding["applied"] else "left")

assert cleaned["text"][0] == "The café by the harbour is open again."
assert frame["text"][0] != cleaned["text"][0], "the frame itself is not changed"
