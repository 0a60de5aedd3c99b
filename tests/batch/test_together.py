"""Runs beside each other over the same files: one of them does the work, and all of it can be put back."""

from __future__ import annotations

import gzip
import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from calls import command

BAD = "The mayor left the town the town, Reuters he reported."
Run = Callable[..., subprocess.CompletedProcess[bytes]]

# The first run stops right before a file's change is entered and right before it is put in its place,
# lets a second run over the same files (or their undoing) begin and end, and goes on.
IN_THE_MIDDLE = """
import json, subprocess, sys
from cleantext.batch import changes
from cleantext.files import Draft
other = json.loads(sys.argv.pop(1))
def beside(function):
    def together(*given, **named):
        done = subprocess.run(other, capture_output=True)
        assert b"Traceback" not in done.stderr, done.stderr
        open("second.txt", "ab").write(done.stderr)
        return function(*given, **named)
    return together
changes.Store.index = beside(changes.Store.index)
Draft.finish = beside(Draft.finish)
from cleantext.cli import main
main()
"""


def rows() -> bytes:
    return b"".join(json.dumps({"text": f"{BAD} {n}"}).encode() + b"\n" for n in range(200))


@pytest.mark.parametrize("name", ["a.txt", "a.jsonl", "a.jsonl.gz"])
@pytest.mark.parametrize("second", ["fix", "undo"])
def test_a_second_run_in_the_middle_of_the_first_harms_nothing(
    tmp_path: Path, rules: Path, cleantext: Run, name: str, second: str
) -> None:
    before = BAD.encode() if name == "a.txt" else rows()
    if name.endswith(".gz"):
        before = gzip.compress(before, mtime=1)
    path = tmp_path / name
    path.write_bytes(before)
    words = ["--isolated", "--rules", str(rules), "--select", "ZZ"]
    other = json.dumps(command(second, name, *(words if second == "fix" else [])))
    done = subprocess.run(
        [sys.executable, "-c", IN_THE_MIDDLE, other, "fix", name, *words],
        cwd=tmp_path, capture_output=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    said = (tmp_path / "second.txt").read_bytes()
    times = 3 if name.endswith(".gz") else 2  # a packed file is kept whole
    assert said.count(b"another run is writing it" if second == "fix" else b"Nothing to put back") == times
    assert second == "undo" or said.count(b"0 articles changed") == times
    text = path.read_bytes()
    assert b"the town the town" not in (gzip.decompress(text) if name.endswith(".gz") else text)
    assert cleantext("undo", name).returncode == 0
    assert path.read_bytes() == before
    assert b"Nothing to put back" in cleantext("undo", name).stderr
    left = {item.name for item in tmp_path.iterdir() if item.name.startswith(".")}
    assert left <= {".cleantext"}


def test_an_undo_in_the_middle_of_an_undo_is_told_so(tmp_path: Path, rules: Path, cleantext: Run) -> None:
    path = tmp_path / "a.txt"
    path.write_text(BAD)
    assert cleantext("fix", "a.txt").returncode == 0
    other = json.dumps(command("undo", "a.txt"))
    done = subprocess.run(
        [sys.executable, "-c", IN_THE_MIDDLE, other, "undo", "a.txt"],
        cwd=tmp_path,
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert b"not put back: another run is writing it" in (tmp_path / "second.txt").read_bytes()
    assert path.read_text() == BAD


def test_a_name_as_long_as_names_can_be_is_fixed_and_put_back(
    tmp_path: Path, rules: Path, cleantext: Run
) -> None:
    path = tmp_path / ("n" * 251 + ".txt")
    path.write_text(BAD)
    assert cleantext("fix", path.name).returncode == 0
    assert path.read_text() != BAD
    assert cleantext("undo", path.name).returncode == 0
    assert path.read_text() == BAD


def test_the_record_of_a_run_puts_back_every_file_but_one_that_was_left_as_it_was(
    tmp_path: Path, rules: Path, cleantext: Run
) -> None:
    """What the record holds of the file that was left is not taken for a part of the next one."""
    from cleantext.files import Draft

    (tmp_path / "in").mkdir()
    before = {name: rows() for name in ("a.jsonl", "b.jsonl", "c.jsonl")}
    for name, data in before.items():
        (tmp_path / "in" / name).write_bytes(data)
    another = Draft(tmp_path / "in" / "b.jsonl")
    done = cleantext("fix", "in", "--record", "run.jsonl")
    another.drop()
    assert done.returncode == 2
    assert b"b.jsonl: not changed: another run is writing it" in done.stderr
    assert (tmp_path / "in" / "b.jsonl").read_bytes() == before["b.jsonl"]
    assert (tmp_path / "in" / "c.jsonl").read_bytes() != before["c.jsonl"]
    assert cleantext("undo", "--record", "run.jsonl").returncode == 0
    assert {name: (tmp_path / "in" / name).read_bytes() for name in before} == before
