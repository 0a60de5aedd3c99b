"""What nothing is found in comes out byte for byte, in place and elsewhere; what cannot be read is said and is still there."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest
from conftest import Run

DRY, BAD = "It is dry.", "It rains, Reuters he reported."

FILES = {
    "plain.csv": b"id,text,n\n1,It is dry.,007\n2,\"It rains, they say.\",1.50\n",
    "excel.csv": b"sep=;\r\nid;text;n\r\n1;\"It is dry.\r\nStill.\";\"1,5\"\r\n2;It is dry.;\"\"\r\n",
    "quoted.csv": '\ufeff"id";"text";"n"\r\n"1";"She said ""dry"".";"x"\r\n"2";"";"ü"\r\n'.encode(),
    "pipes.csv": b"id|text|n\n1|It is dry.|  x \n3| It is dry. |",
    "blank-lines.csv": b"text\n\"It is dry.\"\n\n\n\"\"\n It is dry. \n",
    "tabs.tsv": b"id\ttext\n1\tIt, \"is\" dry.\n2\t\"It\tis dry.\"\n",
    "lines.jsonl": b'{"id" : 1.50, "text":"It is dry.","x":"\\u00e9\\/"}\n\n {"text": "It is dry.", "n":1e3}\r\n{"text":""}',
    "pretty.json": b'\n[\n  {"id": 1,\n   "text": "It is dry."} ,\n  {"text": "\\u00fc", "n": [ ]}\n]\n\n',
    "text.txt": b"\xef\xbb\xbfIt is dry.\r\n\r\nStill.\n\n\n",
    "page.md": b"---\ntitle: x\n---\n\n* It is dry.\n\n\n",
}  # fmt: skip


@pytest.mark.parametrize("name", list(FILES))
def test_nothing_changes_where_nothing_is_found(tmp_path: Path, cleantext: Run, name: str) -> None:
    data = FILES[name]
    for packed in (False, True):
        if packed and name.endswith((".txt", ".md")):
            continue
        given = f"{name}.gz" if packed else name
        (tmp_path / given).write_bytes(gzip.compress(data, mtime=0) if packed else data)
        elsewhere = cleantext("fix", given, "--output", "out/", "--jobs", 2)
        assert elsewhere.returncode == 0, elsewhere.stderr
        written = (tmp_path / "out" / given).read_bytes()
        assert (gzip.decompress(written) if packed else written) == data
        before = (tmp_path / given).read_bytes()
        assert cleantext("fix", given).returncode == 0
        assert (tmp_path / given).read_bytes() == before


NASTY = {
    "ragged.csv": (b"id,text\n1,%s\n2\n3,%s,more\n4,%s\n", 2, "cell"),
    "open.csv": (b'id,text\n1,%s\n2,%s\n3,"never closed\n', 1, "never closed"),
    "nul.csv": (b"id,text\n1,%s\n2,a\0b\n4,%s\n", 1, "NUL"),
    "twice.csv": (b"id,text,text\n1,%s,x\n", 1, 'several columns "text"'),
    "headless.csv": (b"id,body\n1,%s\n", 1, 'no column "text"'),
    "null.jsonl": (b'{"text":"%s"}\n{"text":null}\n{"text":["x"]}\nno json\n{"body":"x"}\n', 4, '"text"'),
    "latin.jsonl": (b'{"text":"%s"}\n{"text":"caf\xe9"}\n', 1, "not UTF-8"),
    "odd.json": (b'[{"text":"%s"}, 7, {"text":null}]', 2, "no JSON object"),
    "broken.json": (b'[{"text":"%s"}', 1, "no JSON array"),
}  # fmt: skip


@pytest.mark.parametrize("name", list(NASTY))
def test_what_cannot_be_read_is_a_record_each_and_stays_in_its_file(
    tmp_path: Path, cleantext: Run, name: str
) -> None:
    form, count, said = NASTY[name]
    data = form.replace(b"%s", BAD.replace(",", "").encode())
    (tmp_path / name).write_bytes(data)
    checked = cleantext("check", name, "--format", "jsonl")
    errors = [row for row in map(json.loads, checked.stdout.splitlines()) if "error" in row]
    assert checked.returncode == 2
    assert len(errors) == count, errors
    assert any(said in row["error"] for row in errors), errors
    assert all(row["path"] == name for row in errors)
    fixed = cleantext("fix", name)
    assert fixed.returncode == 2
    left = (tmp_path / name).read_bytes()
    fix = b"Reuters he reported", b"Reuters reported"
    assert left.replace(*fix) == data.replace(*fix)  # a row that cannot be read stays as it is
    assert b"Traceback" not in fixed.stderr
    if left != data:
        assert cleantext("undo", name).returncode == 0
        assert (tmp_path / name).read_bytes() == data
