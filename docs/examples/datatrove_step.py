"""A datatrove pipeline with a cleaning step; its statistics count what each rule did."""

import json
import tempfile
from pathlib import Path

from datatrove.executor import LocalPipelineExecutor
from datatrove.pipeline.readers import JsonlReader
from datatrove.pipeline.writers import JsonlWriter

import cleantext
from cleantext.adapters.datatrove import CleanText

if __name__ == "__main__":
    folder = Path(tempfile.mkdtemp())
    (folder / "in").mkdir()
    rows = [
        {"id": "1", "text": "The cafÃ© by the harbour is open again.", "source": "harbour-post.example"},
        {"id": "2", "text": "The council met on Monday.", "source": "harbour-post.example"},
    ]
    (folder / "in" / "articles.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))

    step = CleanText(cleantext.Cleaner(select=["encoding"]))
    executor = LocalPipelineExecutor(
        pipeline=[
            JsonlReader(str(folder / "in")),
            step,
            JsonlWriter(str(folder / "out"), output_filename="${rank}.jsonl", compression=None),
        ],
        logging_dir=str(folder / "logs"),
    )
    stats = executor.run()

    written = [json.loads(row) for row in (folder / "out" / "00000.jsonl").read_text().splitlines()]
    print(written[0]["text"], [finding["rule"] for finding in written[0]["metadata"]["cleantext"]])
    print(stats.get_repr())
    assert written[0]["text"] == "The café by the harbour is open again."
