"""Tables of columns: Parquet in and out, Arrow files and the folders that `save_to_disk` writes."""

from __future__ import annotations

import datetime
import json
from pathlib import Path
from typing import Any

import pytest
from conftest import Run

pa = pytest.importorskip("pyarrow")
pq = pytest.importorskip("pyarrow.parquet")

BAD, GOOD = "It rains, Reuters he reported.", "It rains, Reuters reported."


def table(texts: list[str | None], kind: Any = None) -> Any:
    count = len(texts)
    return pa.table(
        {
            "id": [f"a{number}" for number in range(count)],
            "text": pa.array(texts, kind or pa.string()),
            "n": pa.array(range(count), pa.int16()),
            "tags": [["x", None]] * count,
            "of": [{"a": 1, "b": None}] * count,
            "when": [datetime.datetime(2015, 1, 2, 3, 4, 5)] * count,
            "raw": [b"\x00\xff"] * count,
        }
    ).replace_schema_metadata({"kept": "yes"})


def stream(folder: Path, name: str, rows: Any, *, batch: int = 1000) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    with pa.OSFile(str(folder / name), "wb") as file, pa.ipc.new_stream(file, rows.schema) as out:
        out.write_table(rows, max_chunksize=batch)


@pytest.mark.parametrize(
    "kind",
    [pa.string(), pa.large_string(), pa.string_view(), pa.dictionary(pa.int8(), pa.string())],
    ids=str,
)
def test_parquet_comes_out_with_its_columns_types_and_values(
    tmp_path: Path, cleantext: Run, kind: Any
) -> None:
    texts = [BAD, None, "", "It is dry.", BAD] * 40
    pq.write_table(table(texts, kind), tmp_path / "t.parquet")
    done = cleantext("fix", "t.parquet", "--output", "u.parquet")
    assert done.returncode == 2  # for the rows without a text
    assert b'has null as "text"' in done.stderr
    before, after = pq.read_table(tmp_path / "t.parquet"), pq.read_table(tmp_path / "u.parquet")
    assert after.schema.equals(before.schema, check_metadata=True)
    assert after.drop_columns("text") == before.drop_columns("text")
    assert after["text"].to_pylist() == [GOOD if text == BAD else text for text in texts]


def test_parquet_keeps_every_value_where_nothing_changes(tmp_path: Path, cleantext: Run) -> None:
    pq.write_table(table(["It is dry."] * 300), tmp_path / "t.parquet", row_group_size=90)
    assert cleantext("fix", "t.parquet", "--output", "u.parquet", "--jobs", 2).returncode == 0
    assert pq.read_table(tmp_path / "u.parquet") == pq.read_table(tmp_path / "t.parquet")


def test_a_saved_dataset_is_read_part_by_part_without_its_leftovers(tmp_path: Path, cleantext: Run) -> None:
    rows = table([BAD, "It is dry."] * 100)
    for part in ("train", "test"):
        stream(tmp_path / "saved" / part, "data-00000-of-00002.arrow", rows)
        stream(tmp_path / "saved" / part, "data-00001-of-00002.arrow", rows.slice(0, 2))
        stream(tmp_path / "saved" / part, "cache-0123456789abcdef.arrow", rows)
        names = [{"filename": f"data-0000{number}-of-00002.arrow"} for number in (0, 1)]
        (tmp_path / "saved" / part / "state.json").write_text(json.dumps({"_data_files": names}))
    done = cleantext("check", "saved", "--format", "jsonl")
    found = [json.loads(line) for line in done.stdout.splitlines()]
    assert len(found) == 2 * 101
    assert not any("cache" in row["path"] for row in found)
    done = cleantext("fix", "saved", "--output", "clean.parquet")
    assert done.returncode == 0, done.stderr
    assert pq.read_table(tmp_path / "clean.parquet")["text"].to_pylist().count(GOOD) == 2 * 101


def test_a_real_saved_dataset_goes_in_and_comes_back(tmp_path: Path, cleantext: Run) -> None:
    datasets = pytest.importorskip("datasets")
    datasets.Dataset.from_dict({"id": ["a", "b"], "text": [BAD, "It is dry."]}).save_to_disk(
        str(tmp_path / "saved")
    )
    assert cleantext("fix", "saved", "--output", "clean.parquet").returncode == 0
    assert datasets.Dataset.from_parquet(str(tmp_path / "clean.parquet"))["text"][:] == [GOOD, "It is dry."]


def test_arrows_file_format_is_read_too(tmp_path: Path, cleantext: Run) -> None:
    rows = table([BAD] * 130)
    with pa.OSFile(str(tmp_path / "a.arrow"), "wb") as file, pa.ipc.new_file(file, rows.schema) as out:
        out.write_table(rows, max_chunksize=50)
    lines = cleantext("check", "a.arrow", "--format", "jsonl").stdout.splitlines()
    assert [json.loads(line)["id"] for line in lines] == [f"a{number}" for number in range(130)]


def test_an_arrow_file_that_lies_about_its_buffers_is_an_error_record(tmp_path: Path, cleantext: Run) -> None:
    """Offsets that lead out of the buffer would be followed by whoever does not look."""
    text = pa.Array.from_buffers(
        pa.string(),
        2,
        [None, pa.py_buffer(b"\0\0\0\0\xff\xff\xff\x7f\x02\0\0\0"), pa.py_buffer(b"ab")],
    )
    stream(tmp_path, "a.arrow", pa.table({"text": text}))
    stream(tmp_path, "whole.arrow", table([BAD] * 200), batch=100)
    data = (tmp_path / "whole.arrow").read_bytes()
    (tmp_path / "cut.arrow").write_bytes(data[: len(data) * 3 // 4])
    (tmp_path / "junk.arrow").write_bytes(b"no arrow at all" * 9)
    (tmp_path / "ok.txt").write_text(BAD)
    done = cleantext("check", "a.arrow", "cut.arrow", "junk.arrow", "ok.txt", "--format", "jsonl")
    rows = [json.loads(line) for line in done.stdout.splitlines()]
    wrong = {row["path"]: row["error"] for row in rows if "error" in row}
    assert done.returncode == 2
    assert set(wrong) == {"a.arrow", "cut.arrow", "junk.arrow"}
    assert "the rows before it were read" in wrong["cut.arrow"]
    assert sum(row["path"] == "cut.arrow" for row in rows) > 1
    assert any(row["path"] == "ok.txt" for row in rows)


def test_texts_that_are_lists_or_numbers_stay_and_say_so(tmp_path: Path, cleantext: Run) -> None:
    for name, values in (("nested", [[BAD], None]), ("numbers", [1, 2]), ("structs", [{"a": BAD}, None])):
        pq.write_table(pa.table({"id": ["a", "b"], "text": values}), tmp_path / f"{name}.parquet")
        done = cleantext("fix", f"{name}.parquet", "--output", "u.parquet")
        assert done.returncode == 2
        assert b'as "text"' in done.stderr
        assert pq.read_table(tmp_path / "u.parquet") == pq.read_table(tmp_path / f"{name}.parquet")


def test_a_table_is_made_of_tables_with_the_same_columns_alone(tmp_path: Path, cleantext: Run) -> None:
    pq.write_table(pa.table({"text": [BAD]}), tmp_path / "a.parquet")
    pq.write_table(pa.table({"text": [BAD], "id": ["b"]}), tmp_path / "b.parquet")
    (tmp_path / "c.jsonl").write_text(json.dumps({"text": BAD}) + "\n")
    for inputs, said in ((["a.parquet", "b.parquet"], b"different columns"), (["c.jsonl"], b"u.jsonl")):
        done = cleantext("fix", *inputs, "--output", "u.parquet")
        assert (done.returncode, said in done.stderr) == (2, True), done.stderr
        assert not (tmp_path / "u.parquet").exists()
        assert not list(tmp_path.glob(".u.parquet*"))


def test_in_place_a_table_of_columns_is_left_and_the_way_out_is_named(tmp_path: Path, cleantext: Run) -> None:
    pq.write_table(pa.table({"text": [BAD]}), tmp_path / "a.parquet")
    before = (tmp_path / "a.parquet").read_bytes()
    done = cleantext("fix", "a.parquet")
    assert (done.returncode, b"--output FILE.parquet" in done.stderr) == (2, True)
    assert (tmp_path / "a.parquet").read_bytes() == before
    assert cleantext("fix", "a.parquet", "--output", "u.jsonl").returncode == 0
    assert json.loads((tmp_path / "u.jsonl").read_bytes())["text"] == GOOD


def test_tables_of_a_folder_are_written_to_another(tmp_path: Path, cleantext: Run) -> None:
    (tmp_path / "in" / "deep").mkdir(parents=True)
    pq.write_table(table([BAD, "It is dry."] * 100), tmp_path / "in" / "a.parquet")
    pq.write_table(table(["It is dry."]), tmp_path / "in" / "deep" / "b.parquet")
    stream(tmp_path / "in", "c.arrow", table([BAD]))
    whole = tmp_path / "in" / "cut.arrow"
    stream(tmp_path / "in", "cut.arrow", table([BAD] * 300), batch=100)
    whole.write_bytes(whole.read_bytes()[: len(whole.read_bytes()) * 2 // 3])
    done = cleantext("fix", "in", "--output", "out/")
    assert done.returncode == 2
    assert b"cut.arrow" in done.stderr
    written = sorted(p.relative_to(tmp_path / "out").as_posix() for p in (tmp_path / "out").rglob("*.*"))
    assert written == ["a.parquet", "c.parquet", "deep/b.parquet"]
    assert pq.read_table(tmp_path / "out" / "a.parquet")["text"].to_pylist() == [GOOD, "It is dry."] * 100
    assert pq.read_table(tmp_path / "out" / "c.parquet")["text"].to_pylist() == [GOOD]
    assert pq.read_table(tmp_path / "out" / "deep" / "b.parquet") == pq.read_table(
        tmp_path / "in" / "deep" / "b.parquet"
    )
    assert b"3 articles" not in done.stderr
    assert b"101 articles changed" in done.stderr
