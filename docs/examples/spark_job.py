"""Clean a Spark data frame, with a corpus index that Spark made."""

import os
import sys
import tempfile
from pathlib import Path

from pyspark.sql import SparkSession
from pyspark.sql.functions import explode

import cleantext
from cleantext.adapters.spark import build_index, clean
from cleantext.corpus import CorpusIndex

if __name__ == "__main__":
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)  # the workers' Python: the one that has cleantext
    spark = SparkSession.builder.master("local[2]").config("spark.ui.enabled", "false").getOrCreate()
    spark.sparkContext.setLogLevel("ERROR")
    texts = [
        "The bridge over the river opens in spring, two years later than the council had promised.",
        "Fishermen landed less herring this autumn than in any year since they began to count.",
        "A storm tore the roof off the old customs house on Monday night, but nobody was hurt.",
        "Three families want to buy the lighthouse that the town has had for sale since May.",
    ]
    rows = [
        (f"a{n}", "harbour-post.example", f"{text}\n\nMore from the harbour") for n, text in enumerate(texts)
    ] + [("a4", "harbour-post.example", "The cafÃ© by the harbour is open again.")]
    articles = spark.createDataFrame(rows, "id string, source string, text string")

    index = Path(tempfile.mkdtemp()) / "corpus.index"
    build_index(articles, index)
    corpus = CorpusIndex(index)
    print(corpus.site_lines("harbour-post.example"))
    assert corpus.site_lines("harbour-post.example")["more from the harbour"] == len(texts)

    cleaned = clean(articles, cleantext.Cleaner(select=["encoding", "boilerplate"], corpus=corpus))
    cleaned.select(explode("cleantext").alias("finding")).groupBy("finding.rule").count().show()
    assert cleaned.where("id = 'a4'").first()["text"] == "The café by the harbour is open again."
    spark.stop()
