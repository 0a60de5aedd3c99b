"""Every adapter finds and fixes what the plain loop does, whatever engine carries it."""

from __future__ import annotations

import importlib.util
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import made
import pytest

from cleantext.cleaner import Cleaner

EXAMPLES = Path(__file__).resolve().parents[2] / "docs" / "examples"
ARTICLES = 200


def need(*modules: str, java: bool = False) -> None:
    """Skip where a component is missing; on CI, where all of them belong, fail."""
    missing = [name for name in modules if importlib.util.find_spec(name) is None]
    if java and not shutil.which("java"):
        missing.append("java")
    if missing and os.environ.get("CI"):
        pytest.fail(f"missing on CI: {', '.join(missing)}")
    if missing:
        pytest.skip(f"not installed: {', '.join(missing)}")


@pytest.fixture(scope="module")
def cleaner() -> Cleaner:
    return Cleaner(ignore=["attribution"])


def expected(rows: list[dict[str, Any]], cleaner: Cleaner) -> list[tuple[str, list[dict[str, Any]]]]:
    """What the plain loop gives."""
    from cleantext.adapters.arrow import finding_rows

    done = []
    for row in rows:
        fixed = cleaner.fix(row)
        article = cleaner.check(row).article
        done.append((fixed.text, finding_rows(article, fixed.applied, fixed.left)))
    return done


@pytest.fixture(scope="module")
def rows() -> list[dict[str, Any]]:
    return list(made.articles(ARTICLES))


@pytest.fixture(scope="module")
def plain(rows: list[dict[str, Any]], cleaner: Cleaner) -> list[tuple[str, list[dict[str, Any]]]]:
    need("pyarrow")
    found = expected(rows, cleaner)
    assert sum(len(findings) for _, findings in found) > ARTICLES / 2
    assert any(finding["applied"] for _, findings in found for finding in findings)
    return found


def pairs(records: Any) -> list[tuple[str, list[dict[str, Any]]]]:
    return [(record["text"], record["cleantext"]) for record in records]


def test_arrow_batches(rows: Any, plain: Any, cleaner: Cleaner) -> None:
    need("pyarrow")
    import pyarrow as pa

    from cleantext.adapters.arrow import clean_batch

    done = clean_batch(pa.RecordBatch.from_pylist(rows), cleaner)
    assert pairs(done.to_pylist()) == plain
    assert done.select(["id", "source", "date"]).to_pylist() == [
        {key: row[key] for key in ("id", "source", "date")} for row in rows
    ]


def test_an_arrow_row_without_text_keeps_its_place_and_says_why(cleaner: Cleaner) -> None:
    need("pyarrow")
    import pyarrow as pa

    from cleantext.adapters.arrow import clean_batch

    for kind in (pa.string(), pa.large_string(), pa.string_view(), pa.dictionary(pa.int32(), pa.string())):
        batch = pa.RecordBatch.from_arrays(
            [pa.array(["The cafÃ© is open.", None]).cast(kind)], names=["text"]
        )
        done = clean_batch(batch, cleaner).to_pylist()
        assert done[0]["text"] == "The café is open."
        assert done[1] == {"text": None, "cleantext": None, "cleantext_error": "no text"}


def test_checking_alone_changes_no_text(rows: Any, cleaner: Cleaner) -> None:
    need("pyarrow")
    import pyarrow as pa

    from cleantext.adapters.arrow import clean_batch, finding_rows

    done = clean_batch(pa.RecordBatch.from_pylist(rows), cleaner, apply=None).to_pylist()
    assert [record["text"] for record in done] == [row["text"] for row in rows]
    reports = list(cleaner.check_many(rows))
    assert [record["cleantext"] for record in done] == [
        finding_rows(report.article, (), report.findings) for report in reports
    ]


def test_a_missing_column_is_said(cleaner: Cleaner) -> None:
    need("pyarrow")
    import pyarrow as pa

    from cleantext.adapters.arrow import clean_batch

    with pytest.raises(KeyError, match="it has headline"):
        clean_batch(pa.RecordBatch.from_pylist([{"headline": "x"}]), cleaner)


def test_pandas(rows: Any, plain: Any, cleaner: Cleaner) -> None:
    need("pyarrow", "pandas")
    import pandas

    from cleantext.adapters.pandas import clean

    frame = pandas.DataFrame(rows, index=range(7, 7 + len(rows)))
    frame["odd"] = [1, "two"] * (len(rows) // 2)
    before = frame.copy()
    done = clean(frame, cleaner)
    assert pairs(done.to_dict("records")) == plain
    assert list(done.index) == list(frame.index)
    assert list(done["odd"]) == list(frame["odd"])
    pandas.testing.assert_frame_equal(frame, before)


def test_polars_eager_and_lazy(rows: Any, plain: Any, cleaner: Cleaner) -> None:
    need("pyarrow", "polars")
    import polars

    from cleantext.adapters.polars import clean

    frame = polars.DataFrame(rows)
    assert pairs(clean(frame, cleaner).to_dicts()) == plain
    assert pairs(clean(frame.lazy(), cleaner).collect().to_dicts()) == plain


def test_a_pandas_frame_is_checked_and_fixed_by_its_own_name(rows: Any, plain: Any, cleaner: Cleaner) -> None:
    need("pyarrow", "pandas")
    import pandas

    import cleantext.adapters.pandas  # noqa: F401 - registers the name

    frame = pandas.DataFrame(rows[:40]).rename(columns={"text": "body"})
    frame.index = pandas.Index([f"r{number}" for number in range(40)], name="row")
    frame.loc["r3", "body"] = None
    found = frame.cleantext.check("body", cleaner=cleaner)
    for number, row in enumerate(rows[:40]):
        here = found[found.index == f"r{number}"]
        if number == 3:
            assert here["error"].tolist() == ["no text"]
            continue
        wanted = [(f.rule, f.start, f.end, f.text) for f in cleaner.check(row).findings]
        assert list(zip(here["rule"], here["start"], here["end"], here["text"], strict=True)) == wanted
    assert found.index.name == "row"
    fixed = frame.cleantext.fix("body", cleaner=cleaner)
    assert [text for n, text in enumerate(fixed["body"]) if n != 3] == [
        text for n, (text, _) in enumerate(plain[:40]) if n != 3
    ]
    none = pandas.DataFrame({"text": []}).cleantext.check(cleaner=cleaner)
    assert (len(none), "rule" in none.columns) == (0, True)
    with pytest.raises(KeyError, match="nowhere"):
        frame.cleantext.check("nowhere")


def test_a_polars_frame_is_checked_and_fixed_by_its_own_name(rows: Any, plain: Any, cleaner: Cleaner) -> None:
    need("pyarrow", "polars")
    import polars

    import cleantext.adapters.polars  # noqa: F401 - registers the name

    frame = polars.DataFrame(rows[:40]).with_columns(
        text=polars.when(polars.int_range(polars.len()) == 3).then(None).otherwise(polars.col("text"))
    )
    found = frame.cleantext.check(cleaner=cleaner)  # type: ignore[attr-defined]
    assert found.filter(polars.col("error").is_not_null())["row"].to_list() == [3]
    wanted = [
        (number, f.rule, f.start)
        for number, row in enumerate(rows[:40])
        if number != 3
        for f in cleaner.check(row).findings
    ]
    assert found.filter(polars.col("rule").is_not_null()).select("row", "rule", "start").rows() == wanted
    for done in (
        frame.cleantext.fix(cleaner=cleaner),  # type: ignore[attr-defined]
        frame.lazy().cleantext.fix(cleaner=cleaner).collect(),  # type: ignore[attr-defined]
    ):
        assert done["text"].to_list() == [None if n == 3 else text for n, (text, _) in enumerate(plain[:40])]
    empty = polars.DataFrame({"text": []}, schema={"text": polars.String})
    assert len(empty.cleantext.check(cleaner=cleaner)) == 0  # type: ignore[attr-defined]


def test_datasets_in_memory_over_processes_and_streaming(
    rows: Any, plain: Any, cleaner: Cleaner, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    need("pyarrow", "datasets")
    monkeypatch.setenv("HF_HOME", str(tmp_path))
    import datasets

    from cleantext.adapters.hf import clean

    held = datasets.Dataset.from_list(rows)
    assert pairs(clean(held, cleaner)) == plain
    assert pairs(clean(held, cleaner, num_proc=2)) == plain
    assert pairs(clean(held.to_iterable_dataset(), cleaner)) == plain


def test_datatrove_counts_what_each_rule_did(rows: Any, plain: Any, cleaner: Cleaner) -> None:
    need("pyarrow", "datatrove")
    import pickle

    from datatrove.data import Document

    from cleantext.adapters.datatrove import CleanText

    step = pickle.loads(pickle.dumps(CleanText(cleaner)))
    documents = [
        Document(row["text"], row["id"], metadata={"source": row["source"], "date": row["date"]})
        for row in rows
    ]
    done = list(step.run(iter(documents)))
    assert [(document.text, document.metadata["cleantext"]) for document in done] == plain
    assert step.stats["changed"].total == sum(
        text != row["text"] for (text, _), row in zip(plain, rows, strict=True)
    )
    for rule in {finding["rule"] for _, findings in plain for finding in findings}:
        for word, applied in (("applied", True), ("left", False)):
            count = sum(f["rule"] == rule and f["applied"] is applied for _, found in plain for f in found)
            assert step.stats[f"{rule} {word}"].total == count


@pytest.fixture(scope="module")
def spark() -> Iterator[Any]:
    need("pyarrow", "pyspark", java=True)
    os.environ["PYSPARK_PYTHON"] = sys.executable
    from pyspark.sql import SparkSession

    session = (
        SparkSession.builder.master("local[2]")
        .config("spark.ui.enabled", "false")
        .config("spark.sql.shuffle.partitions", "4")
        .config("spark.driver.host", "127.0.0.1")
        .getOrCreate()
    )
    session.sparkContext.setLogLevel("ERROR")
    yield session
    session.stop()


@pytest.mark.slow
@pytest.mark.spark
def test_spark_gives_what_the_plain_loop_gives(spark: Any, cleaner: Cleaner) -> None:
    from cleantext.adapters.spark import clean

    many = list(made.articles(2_000))
    frame = spark.createDataFrame(many, "id string, source string, date string, text string").repartition(4)
    done = {row["id"]: row for row in clean(frame, cleaner).collect()}
    assert len(done) == 2_000
    for row, (text, findings) in zip(many, expected(many, cleaner), strict=True):
        got = done[row["id"]]
        assert got["text"] == text
        assert [found.asDict(recursive=True) for found in got["cleantext"]] == findings
        assert got["cleantext_error"] is None


@pytest.mark.slow
@pytest.mark.spark
def test_the_index_of_a_spark_job_answers_as_the_local_one(spark: Any, tmp_path: Path) -> None:
    from cleantext.adapters.spark import build_index
    from cleantext.article import Article
    from cleantext.batch.indexing import build
    from cleantext.batch.reading import Fields
    from cleantext.corpus import CorpusIndex

    many = list(made.articles(600))
    copies = [
        {**row, "id": f"copy-{row['id']}", "text": row["text"] + "One more line stands below.\n"}
        for row in many[:60]
    ]
    many += copies
    (tmp_path / "m.jsonl").write_text("".join(json.dumps(row) + "\n" for row in many), "utf-8")
    build(
        [str(tmp_path / "m.jsonl")],
        tmp_path / "local.index",
        fields=Fields(),
        on_failure=print,
        progress=False,
    )
    frame = spark.createDataFrame(many, "id string, source string, date string, text string").repartition(3)
    build_index(frame, tmp_path / "spark.index")
    local, remote = CorpusIndex(tmp_path / "local.index"), CorpusIndex(tmp_path / "spark.index")
    for site in made.SITES:
        assert dict(remote.site_lines(site)) == dict(local.site_lines(site))
        assert remote.site_articles(site) == local.site_articles(site) > 0
    for row in many[:40]:
        quotation = row["text"].split('"')[1]
        asked = Article(text="another", id="another")
        here, there = (
            {(e.article, e.speaker, e.overlap) for e in index.same_quotations(quotation, article=asked)}
            for index in (local, remote)
        )
        assert here == there
        assert here


@pytest.mark.parametrize("example", sorted(path.stem for path in EXAMPLES.glob("*.py")))
def test_the_examples_of_the_documentation_run(example: str, tmp_path: Path) -> None:
    modules = {
        "pandas_frame": ("pandas", "pyarrow"),
        "polars_frame": ("polars", "pyarrow"),
        "datasets_map": ("datasets", "pyarrow"),
        "datatrove_step": ("datatrove", "pyarrow"),
        "spark_job": ("pyspark", "pyarrow"),
        "arrow_batches": ("pyarrow",),
    }
    need(*modules.get(example, ()), java=example == "spark_job")
    done = subprocess.run(
        [sys.executable, EXAMPLES / f"{example}.py"],
        cwd=tmp_path,
        env={**os.environ, "HF_HOME": str(tmp_path)},
        capture_output=True,
        text=True,
        timeout=400,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    assert done.stdout
