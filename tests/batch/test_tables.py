"""Delimited text and JSON arrays: read, changed cell by cell, and put back; all else byte for byte as it was."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleantext.batch import cells
from cleantext.batch.entries import with_text
from cleantext.batch.fields import Fields
from cleantext.batch.inputchunks import chunks
from cleantext.batch.inputs import Input
from cleantext.batch.reading import Failure, Form, Raw, Source, decoded, read
from cleantext.batch.recordchunks import whole

Run = Callable[..., Any]
"""How the fixture of the command line is called."""

BAD = "It rains, Reuters he reported."
GOOD = "It rains, Reuters reported."


class Dialect(NamedTuple):
    """A way to write a table: its form, and what Python's csv module needs to know of it."""

    form: Form
    delimiter: str
    end: str
    quoting: Any
    mark: str = ""


DIALECTS = {
    "commas": Dialect("csv", ",", "\n", csv.QUOTE_MINIMAL),
    "excel-europe": Dialect("csv", ";", "\r\n", csv.QUOTE_MINIMAL, "\ufeff"),
    "all-quoted": Dialect("csv", ",", "\r\n", csv.QUOTE_ALL),
    "pipes": Dialect("csv", "|", "\n", csv.QUOTE_NONNUMERIC),
    "tabs-in-csv": Dialect("csv", "\t", "\n", csv.QUOTE_ALL, "\ufeff"),
    "tsv": Dialect("tsv", "\t", "\n", csv.QUOTE_MINIMAL),
}


def written(dialect: Dialect, rows: list[list[str]]) -> bytes:
    out = io.StringIO()
    writer = csv.writer(out, delimiter=dialect.delimiter, lineterminator=dialect.end, quoting=dialect.quoting)
    writer.writerows([["id", "text", "note, or not"], *rows])
    return (dialect.mark + out.getvalue()).encode()


def parsed(dialect: Dialect, data: bytes) -> list[list[str]]:
    text = data.decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text, newline=""), delimiter=dialect.delimiter))


def raws(form: Form, data: bytes) -> list[Raw]:
    return [raw for chunk in whole("a", form, data, Fields()) for raw in decoded(chunk, Fields())]


# No bare carriage return: Python's writer does not quote it, and its reader ends the row there.
CELL = st.lists(st.sampled_from([*'ab é€,;|\t"\n=\u2028', "\r\n"]), max_size=12).map("".join)
ROWS = st.lists(st.tuples(st.from_regex(r"\A[0-9]{1,3}\Z"), CELL, CELL).map(list), max_size=80)


@given(name=st.sampled_from(sorted(DIALECTS)), rows=ROWS)
def test_a_table_is_cut_into_the_rows_that_python_reads_and_loses_no_byte(
    name: str, rows: list[list[str]]
) -> None:
    dialect = DIALECTS[name]
    data = written(dialect, rows)
    found = raws(dialect.form, data)
    assert b"".join(raw.data for raw in found) == data
    records = [raw.item.record for raw in found if isinstance(raw.item, Source)]
    assert [list((record or {}).values()) for record in records] == parsed(dialect, data)[1:]


@given(name=st.sampled_from(sorted(DIALECTS)), rows=ROWS, new=CELL)
def test_one_cell_written_anew_leaves_every_other_cell_its_bytes(
    name: str, rows: list[list[str]], new: str
) -> None:
    dialect = DIALECTS[name]
    found = raws(dialect.form, written(dialect, rows))
    changed = b"".join(
        with_text(raw, "text", new) if isinstance(raw.item, Source) else raw.data for raw in found
    )
    assert parsed(dialect, changed)[1:] == [[own, new, note] for own, _, note in rows]
    for raw in found:
        if isinstance(raw.item, Source) and raw.table is not None:
            old, row = raw.data, with_text(raw, "text", new)
            (start, end), *_ = cells.spans(old, raw.table.delimiter)[1:]
            assert row.startswith(old[:start])
            assert row.endswith(old[end:])


JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-9, 9) | CELL, lambda inner: st.lists(inner, max_size=3)
)


@given(
    records=st.lists(st.dictionaries(st.sampled_from(["id", "x]{"]), JSON).map(lambda r: {**r, "text": "a"})),
    indent=st.sampled_from([None, 0, 2]),
    new=CELL,
)
def test_a_json_array_is_cut_into_its_elements_and_loses_no_byte(
    records: list[dict[str, Any]], indent: int | None, new: str
) -> None:
    data = (" " + json.dumps(records, indent=indent) + "\n").encode()
    found = raws("json", data)
    assert b"".join(raw.data for raw in found) == data
    assert [raw.item.record for raw in found if isinstance(raw.item, Source)] == records
    changed = b"".join(
        with_text(raw, "text", new) if isinstance(raw.item, Source) else raw.data for raw in found
    )
    assert json.loads(changed) == [{**record, "text": new} for record in records]


@pytest.mark.parametrize("name", sorted(DIALECTS))
def test_a_table_that_is_read_from_the_middle_gives_the_rest_of_its_rows(tmp_path: Path, name: str) -> None:
    from cleantext.batch.chunks import Place

    dialect = DIALECTS[name]
    path = tmp_path / f"a.{dialect.form}"
    path.write_bytes(written(dialect, [[str(n), f"a\n{n}", ""] for n in range(200)]))
    all_chunks = list(chunks(iter([Input(str(path))]), fields=Fields()))
    assert len(all_chunks) > 2
    place = Place.after(all_chunks[0])
    assert list(chunks(iter([Input(str(path))]), fields=Fields(), place=place)) == all_chunks[1:]


@pytest.mark.parametrize("name", sorted(DIALECTS))
def test_fix_changes_the_cell_and_undo_puts_the_file_back(tmp_path: Path, cleantext: Run, name: str) -> None:
    dialect = DIALECTS[name]
    rows = [
        ["1", BAD, 'a "b"'],
        ["2", "first\nsecond", "=1+1"],
        ["3", f"They left the town the town.\n{BAD}", ""],
    ]
    data = written(dialect, rows)
    path = tmp_path / f"news.{dialect.form}"
    path.write_bytes(data)
    assert cleantext("check", path).returncode == 1
    done = cleantext("fix", path)
    assert done.returncode == 0, done.stderr
    fixed = written(
        dialect,
        [["1", GOOD, 'a "b"'], ["2", "first\nsecond", "=1+1"], ["3", f"They left the town.\n{GOOD}", ""]],
    )
    assert path.read_bytes() == fixed
    assert cleantext("fix", path).returncode == 0
    assert path.read_bytes() == fixed
    assert cleantext("undo", "--rule", "ZZ002", path).returncode == 0
    assert path.read_bytes() == fixed.replace(b"left the town.", b"left the town the town.")
    assert cleantext("undo", path).returncode == 0
    assert path.read_bytes() == data


def test_fix_of_a_json_array_changes_its_texts_alone_and_undo_puts_it_back(
    tmp_path: Path, cleantext: Run
) -> None:
    data = f'[ {{"id": 1.50,  "text": "{BAD}"}},\n  {{"text": "caf\\u00e9"}} ]\n'.encode()
    path = tmp_path / "news.json"
    path.write_bytes(data)
    assert cleantext("fix", path).returncode == 0
    assert path.read_bytes() == data.replace(BAD.encode(), GOOD.encode())
    assert cleantext("undo", path).returncode == 0
    assert path.read_bytes() == data


@pytest.mark.parametrize("form", ["csv", "tsv", "json"])
def test_fix_writes_the_form_that_it_reads(tmp_path: Path, cleantext: Run, form: str) -> None:
    if form == "json":
        data = json.dumps([{"text": BAD}, {"text": 5}], indent=1).encode()
    else:
        data = written(DIALECTS["tsv" if form == "tsv" else "excel-europe"], [["1", BAD, "x"]])
        data += b"ragged\r\n"
    path = tmp_path / f"news.{form}"
    path.write_bytes(data)
    done = cleantext("fix", path, "--output", f"clean.{form}")
    assert done.returncode == 2  # the row that cannot be read
    assert (tmp_path / f"clean.{form}").read_bytes() == data.replace(BAD.encode(), GOOD.encode())
    assert path.read_bytes() == data
    piped = cleantext("fix", "-", "--stdin-format", form, input=data)
    assert piped.stdout == data.replace(BAD.encode(), GOOD.encode())
    records = cleantext("fix", path, "--output", "clean.jsonl")
    first = json.loads((tmp_path / "clean.jsonl").read_bytes().splitlines()[0])
    assert (records.returncode, first["text"]) == (2, GOOD)
    other = cleantext("fix", path, "--output", "clean.csv" if form != "csv" else "clean.json")
    assert other.returncode == 2
    assert b"keeps its form" in other.stderr


def test_as_and_stdin_format_say_that_a_file_is_a_table(tmp_path: Path, cleantext: Run) -> None:
    data = written(DIALECTS["commas"], [["7", BAD, ""]])
    (tmp_path / "export").write_bytes(data)
    done = cleantext("check", "export", "--as", "csv", "--format", "jsonl")
    assert [json.loads(line)["id"] for line in done.stdout.splitlines()] == ["7"]
    done = cleantext("check", "-", "--stdin-format", "csv", "--format", "jsonl", input=data)
    assert [json.loads(line)["id"] for line in done.stdout.splitlines()] == ["7"]


@pytest.mark.parametrize(
    ("data", "line", "said"),
    [
        (b"id,text\n1,a,b\n2,c\n", 2, "the row has 3 cells where the head has 2"),
        (b"id,text\n1\n2,c\n", 2, "the row has 1 cell where the head has 2"),
        (b"id,text\n1,a\0b\n2,c\n", 2, "the row holds NUL bytes"),
        (b"id,text\n1,\xff\n2,c\n", 2, "not UTF-8: byte 0xff in the row"),
        (b'id,text\n1,"a"b\n2,c\n', 2, "text stands behind the closing quotation mark of cell 2"),
    ],
)
def test_a_row_that_cannot_be_read_is_a_record_and_the_others_are_read(
    tmp_path: Path, data: bytes, line: int, said: str
) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(data)
    failure, article = read([str(path)])
    assert isinstance(failure, Failure)
    assert failure.line == line
    assert failure.error.startswith(said)
    assert isinstance(article, Source)
    assert (article.line, article.article.id, article.article.text) == (3, "2", "c")


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"id,body\n1,a\n", 'the table has no column "text" (it has id, body); --text-field names another'),
        (b"text,id,text\na,1,b\n", 'the table has several columns "text"'),
        (b"id,text\r1,a\r", "its lines end in a bare carriage return"),
        (b'id,text\n1,"open\n2,b\n', "the quotation mark that opens cell 2 is never closed"),
    ],
)
def test_a_table_that_cannot_be_read_says_why(tmp_path: Path, data: bytes, said: str) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(data)
    (failure,) = read([str(path)])
    assert isinstance(failure, Failure)
    assert failure.error.startswith(said)


def test_columns_that_nobody_reads_may_have_one_name_and_keep_their_values(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("text,tag,tag\na,x,y\n")
    (source,) = read([str(path)])
    assert isinstance(source, Source)
    assert source.record == {"text": "a", "tag": "x", "tag (2)": "y"}


def test_a_line_that_says_the_delimiter_and_empty_tables_are_understood(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("sep=;\nid;text\n1;a,b\n")
    (source,) = read([str(path)])
    assert isinstance(source, Source)
    assert (source.line, source.article.text) == (3, "a,b")
    for nothing in ("", "id,text\n", "id,text\n\n\n"):
        path.write_text(nothing)
        assert list(read([str(path)])) == []


def test_a_fix_does_not_make_a_formula_of_a_cell(tmp_path: Path, cleantext: Run) -> None:
    rules = tmp_path / "more.toml"
    rules.write_text(
        """
category = "typography"
[[rule]]
id = "ZY001"
name = "leading-hash"
summary = "A hash begins the text"
why = "made for tests"
pattern = '^#'
fix = ''
applicability = "safe"
confidence = 0.99
[[rule.examples]]
bad = '#tag'
good = 'tag'
[[rule.near-misses]]
text = 'a #tag'
"""
    )
    data = b"id,text\n1,#=1+1\n2,#tag\n3,=2+2\n"
    (tmp_path / "a.csv").write_bytes(data)
    done = cleantext("fix", "a.csv", "--rules", rules, "--select", "ZY")
    assert done.returncode == 2
    assert b"a.csv:2: the fix would make the cell begin with" in done.stderr
    assert (tmp_path / "a.csv").read_bytes() == b"id,text\n1,#=1+1\n2,tag\n3,=2+2\n"


def test_every_field_can_be_named_on_the_command_line_and_in_the_configuration(
    tmp_path: Path, cleantext: Run
) -> None:
    (tmp_path / "a.csv").write_text(f'guid,headline,published,body\n1,Rain,2015-01-01,"{BAD}"\n')
    words = [
        "--text-field",
        "body",
        "--id-field",
        "guid",
        "--title-field",
        "headline",
        "--date-field",
        "published",
    ]
    done = cleantext("check", "a.csv", *words, "--record", "run.jsonl")
    assert done.returncode == 1
    entry = json.loads((tmp_path / "run.jsonl").read_text().splitlines()[1])
    assert (entry["id"], entry["title"], entry["date"]) == ("1", "Rain", "2015-01-01")
    (tmp_path / "named.toml").write_text(
        '[fields]\ntext = "body"\nid = "guid"\ntitle = "headline"\ndate = "published"\n'
    )
    done = cleantext("check", "a.csv", "--config", "named.toml", "--record", "run.jsonl")
    again = json.loads((tmp_path / "run.jsonl").read_text().splitlines()[1])
    assert (again["id"], again["title"], again["date"]) == ("1", "Rain", "2015-01-01")


@pytest.mark.parametrize("break_it", [lambda d: d[:-3], lambda d: b"{}", lambda d: d + b"x"])
def test_what_is_no_json_array_is_said_and_left_alone(
    tmp_path: Path, cleantext: Run, break_it: Callable[[bytes], bytes]
) -> None:
    data = break_it(json.dumps([{"text": BAD}]).encode())
    (tmp_path / "a.json").write_bytes(data)
    done = cleantext("fix", "a.json")
    assert done.returncode == 2
    assert b"a.json: no JSON array" in done.stderr
    assert (tmp_path / "a.json").read_bytes() == data


def test_errors_that_are_alike_are_said_once_and_counted(tmp_path: Path, cleantext: Run) -> None:
    (tmp_path / "a.jsonl").write_text('{"id": 1, "body": "x"}\n' * 3000)
    done = cleantext("check", "a.jsonl")
    said = [line for line in done.stderr.decode().splitlines() if line.startswith("a.jsonl")]
    why = 'the record has no "text" (it has id, body); --text-field names another'
    assert said == [f"a.jsonl:1: {why}", f"a.jsonl: 3,000 such records, the first in line 1: {why}"]
    done = cleantext("check", "a.jsonl", "--format", "jsonl")
    assert len(done.stdout.splitlines()) == 3000
