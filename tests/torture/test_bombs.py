"""Packed bombs, tables of odd types, paths of any bytes: memory stays bounded, the rest goes on."""

from __future__ import annotations

import datetime
import decimal
import gzip
import json
import os
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import BAD, GOOD  # type: ignore[attr-defined]
from hostile_calls import TORTURE, command, some

Run = Callable[..., subprocess.CompletedProcess[bytes]]

MB = 1 << 20
LIMIT = 1200 * MB
BOMB = 4096 * MB if TORTURE else 1536 * MB
"""Address space for a run that unpacks a bomb: what Python and the rules map, and some hundred MB for a line."""


def limited(arguments: list[object], folder: Path, limit: int = LIMIT) -> subprocess.CompletedProcess[bytes]:
    """Run with a bound on memory; one that is overstepped kills the run or raises in it."""
    import resource

    return subprocess.run(
        command(*arguments), cwd=folder, capture_output=True, check=False, timeout=600,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_AS, (limit, limit)),
    )  # fmt: skip


WORDS = ["--isolated", "--rules", "zz.toml", "--select", "ZZ"]


def _gz(path: Path, size: int, letter: bytes) -> None:
    with gzip.open(path, "wb", compresslevel=9) as out:
        for _ in range(size // MB):
            out.write(letter * MB)


def _zst(path: Path, size: int, letter: bytes) -> None:
    zstandard = pytest.importorskip("zstandard")
    with path.open("wb") as raw, zstandard.ZstdCompressor(level=19).stream_writer(raw) as out:
        for _ in range(size // MB):
            out.write(letter * MB)


@pytest.mark.parametrize("packer", [_gz, _zst], ids=["gzip", "zstandard"])
@pytest.mark.parametrize("letter", [b"a", b"\n"], ids=["one line", "empty lines"])
def test_a_bomb_costs_its_file_and_no_more_memory_than_a_long_line(
    tmp_path: Path, rules: Path, packer: Callable[[Path, int, bytes], None], letter: bytes
) -> None:
    """Gigabytes of one line, or millions of empty ones, in a file of some KB or MB."""
    name = "bomb.jsonl.gz" if packer is _gz else "bomb.jsonl.zst"
    packer(tmp_path / name, BOMB if letter == b"a" else (16 * MB if TORTURE else MB), letter)
    (tmp_path / "ok.txt").write_text(BAD)
    done = limited(["check", name, "ok.txt", "--format", "jsonl", *WORDS], tmp_path)
    assert b"Traceback" not in done.stderr, done.stderr[-600:]
    assert b"ZZ001" in done.stdout
    assert done.returncode == (2 if letter == b"a" else 1)
    if letter == b"a":
        assert b"longer than" in done.stdout + done.stderr


def test_many_packs_in_one_file_are_read_one_after_another(tmp_path: Path, run: Run) -> None:
    row = json.dumps({"text": BAD}).encode() + b"\n"
    (tmp_path / "a.jsonl.gz").write_bytes(gzip.compress(row) * 500)
    done = run("check", "a.jsonl.gz", "--format", "jsonl")
    assert done.stdout.count(b"ZZ001") == 500


@pytest.mark.parametrize(
    ("name", "junk"),
    some(
        [
            (name, junk)
            for junk in (b"plain text", b"\x1f\x8b" + b"\xff" * 40, b"", b"\x1f\x8b", b"\x28\xb5\x2f\xfd")
            for name in ("a.jsonl.gz", "a.jsonl.zst", "a.parquet", "a.jsonl", "a.txt")
        ],
        few=4,
    ),
)
def test_junk_under_any_name_is_said_and_the_rest_goes_on(
    tmp_path: Path, run: Run, name: str, junk: bytes
) -> None:
    (tmp_path / name).write_bytes(junk)
    (tmp_path / "ok.txt").write_text(BAD)
    done = run("check", name, "ok.txt", "--format", "jsonl")
    assert b"Traceback" not in done.stderr, done.stderr
    assert b"ZZ001" in done.stdout
    assert done.returncode in (1, 2)


def _tables() -> dict[str, object]:
    pa = pytest.importorskip("pyarrow")
    text = [BAD, None, ""]
    return {
        "large_string": pa.table({"text": pa.array(text, pa.large_string())}),
        "dictionary": pa.table({"text": pa.array(text).dictionary_encode()}),
        "binary": pa.table({"text": pa.array([BAD.encode(), b"\xff", None])}),
        "numbers": pa.table({"text": pa.array([1, 2, None])}),
        "list": pa.table({"text": pa.array([[BAD], [], None])}),
        "struct": pa.table({"text": pa.array([{"a": BAD}, {"a": None}, None])}),
        "null": pa.table({"text": pa.nulls(3)}),
        "empty": pa.table({"text": pa.array([], pa.string())}),
        "no columns": pa.table({}),
        "odd neighbours": pa.table(
            {
                "text": text,
                "id": [decimal.Decimal("1.5"), None, decimal.Decimal("2.5")],
                "date": pa.array([1, None, 2**61], pa.timestamp("us")),
                "when": pa.array([2**62, None, 1], pa.timestamp("ns")),
                "long": pa.array([1, None, 2**40], pa.duration("us")),
                "bytes": [b"\xff\x00", None, b""],
                "real": [float("nan"), float("inf"), None],
                "map": pa.array([[("a", 1)], None, []], pa.map_(pa.string(), pa.int64())),
                "title": [1, 2, 3],
                "url": [["a"], None, []],
                "time": pa.array([1, 2, None], pa.time64("ns")),
                "zone": pa.array([0, 1, None], pa.timestamp("us", "Europe/Paris")),
                "day": [datetime.date(1, 1, 1), datetime.date(9999, 12, 31), None],
            }
        ),
        "not UTF-8": pa.table({"text": pa.Array.from_buffers(
            pa.string(), 3,
            [None, pa.py_buffer(b"\x00\x00\x00\x00\x02\x00\x00\x00\x04\x00\x00\x00\x08\x00\x00\x00"), pa.py_buffer(b"ok\xff\xfemore")],
        )}),
    }  # fmt: skip


KINDS = (
    "large_string", "dictionary", "binary", "numbers", "list", "struct", "null", "empty", "no columns",
    "odd neighbours", "not UTF-8",
)  # fmt: skip


@pytest.mark.parametrize("kind", some(KINDS[::-1], few=4))
def test_tables_of_odd_types_cost_their_rows_at_most(tmp_path: Path, run: Run, kind: str) -> None:
    parquet = pytest.importorskip("pyarrow.parquet")
    parquet.write_table(_tables()[kind], tmp_path / "a.parquet")
    (tmp_path / "ok.txt").write_text(BAD)
    for arguments in (
        ["check", "a.parquet", "ok.txt", "--format", "jsonl"],
        ["fix", "a.parquet", "ok.txt", "--format", "jsonl", "--output", "o.jsonl"],
    ):
        done = run(*arguments)
        assert b"Traceback" not in done.stderr, done.stderr[-800:]
        assert done.returncode in (0, 1, 2)
        out = done.stdout if arguments[0] == "check" else (tmp_path / "o.jsonl").read_bytes()
        rows = [json.loads(row) for row in out.splitlines()]
        assert any(row.get("path") == "ok.txt" for row in rows)
        if kind in ("large_string", "dictionary", "odd neighbours"):
            assert any(row.get("rule") == "ZZ001" and row["path"] == "a.parquet" for row in rows) or any(
                row.get("text") == GOOD and "cleantext" in row for row in rows
            )


NAMES = [b"\xff\xfe.txt", b"a\nb.txt", b"-x.txt", b"*.txt", b"[a].txt", b"a b\t.txt", "é\u0301名.txt".encode(), b"%s{0}.txt", b"'\"`$(x).txt"]  # fmt: skip


@pytest.mark.parametrize("name", some(NAMES, few=2))
def test_a_path_of_any_bytes_is_checked_fixed_and_undone(tmp_path: Path, run: Run, name: bytes) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    path = folder / os.fsdecode(name)
    path.write_text(BAD)
    (folder / os.fsdecode(name.replace(b".txt", b".jsonl"))).write_text(json.dumps({"text": BAD}) + "\n")
    for form in ("text", "json", "jsonl", "sarif", "github"):
        done = run("check", "in", "--format", form, "--record", "r.jsonl")
        assert done.returncode == 1, done.stderr
    done = run("fix", "in", "--record", "r2.jsonl")
    assert done.returncode == 0, done.stderr
    assert path.read_text() == GOOD
    done = run("undo", "in")
    assert done.returncode == 0, done.stderr
    assert path.read_text() == BAD
    done = run("fix", "in", "--output", "out/")
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "out" / os.fsdecode(name)).read_text() == GOOD


def test_what_is_not_utf8_anywhere_is_an_error_record_and_comes_out_untouched(
    tmp_path: Path, run: Run
) -> None:
    rows = [json.dumps({"text": BAD}).encode(), b'{"text": "\xff"}', b"\xff\xfe", b'{"text": "' + BAD.encode() + b'"}', b"{" * 5000,
            b'{"text": "\\ud800 ' + BAD.encode() + b'"}', b'{"a": ' + b"[" * 100_000 + b"]" * 100_000 + b"}", b'"text"', b"null", b"1e999999"]  # fmt: skip
    (tmp_path / "a.jsonl").write_bytes(b"\r\n".join(rows))
    done = run("check", "a.jsonl", "--format", "jsonl")
    assert b"Traceback" not in done.stderr
    out = [json.loads(row) for row in done.stdout.splitlines()]
    assert sorted({row["line"] for row in out if "error" in row}) == [2, 3, 5, 7, 8, 9, 10]
    assert sum(row.get("rule") == "ZZ001" for row in out) == 3
    assert run("fix", "a.jsonl").returncode == 2
    fixed = (tmp_path / "a.jsonl").read_bytes().split(b"\r\n")
    assert [fixed[n] for n in (1, 2, 4, 6, 7, 8, 9)] == [rows[n] for n in (1, 2, 4, 6, 7, 8, 9)]
    assert json.loads(fixed[0])["text"] == json.loads(fixed[3])["text"] == GOOD
    assert json.loads(fixed[5])["text"] == "\ud800 " + GOOD
    assert run("undo", "a.jsonl").returncode == 0
    assert (tmp_path / "a.jsonl").read_bytes() == b"\r\n".join(rows)
