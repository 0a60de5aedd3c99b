"""Folders that may not be entered, and outputs that are pipes or devices: one line each, and nothing is replaced."""

from __future__ import annotations

import os
import shutil
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

TEXT = "The harbour opened on Monday.\n\nThe cafÃ© by the harbour is open again.\n"
# Root may enter every folder, less where it lets go of that right.
HUMBLE = ("setpriv", "--bounding-set=-dac_override,-dac_read_search", "--inh-caps=-all")
ROOT = hasattr(os, "geteuid") and os.geteuid() == 0
CAN = not ROOT or (
    shutil.which("setpriv") is not None
    and subprocess.run([*HUMBLE, "true"], capture_output=True, check=False).returncode == 0
)

pytestmark = pytest.mark.skipif(os.name != "posix", reason="needs modes and pipes")


def run(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*(HUMBLE if ROOT and CAN else ()), sys.executable, "-m", "cleantext", *words],
        cwd=folder, capture_output=True, text=True, check=False, timeout=120,
    )  # fmt: skip


@pytest.fixture
def closed(tmp_path: Path) -> Iterator[Path]:
    """A folder in which one has an article, and a folder of mode 000."""
    top = tmp_path / "top"
    (top / "shut" / "in").mkdir(parents=True)
    (top / "a.txt").write_text(TEXT)
    (top / "shut" / "b.txt").write_text(TEXT)
    (top / "link.txt").symlink_to(top / "shut" / "b.txt")
    (top / "shut").chmod(0)
    yield top
    (top / "shut").chmod(0o700)


@pytest.mark.skipif(not CAN, reason="root may enter every folder")
@pytest.mark.parametrize("command", ["check", "fix", "undo"])
@pytest.mark.parametrize("path", ["."])
def test_a_folder_that_may_not_be_entered_is_one_line(closed: Path, command: str, path: str) -> None:
    done = run(closed, command, path)
    assert done.returncode in (0, 1, 2)
    assert "Traceback" not in done.stderr
    if command != "undo" and path != ".":
        assert "Permission denied" in done.stderr


@pytest.mark.skipif(not CAN, reason="root may enter every folder")
@pytest.mark.parametrize(
    "words",
    [
        ["check", "shut/in/b.txt"], ["fix", "link.txt"], ["undo", "shut/b.txt"], ["quotes", "shut/b.txt"],
        ["review", "--terminal", "shut/b.txt"], ["log", "shut/b.txt"], ["align", "shut/b.txt"],
        ["fix", "a.txt", "--output", "shut/in/b.txt"], ["fix", "a.txt", "--output", "shut/in/"],
        ["fix", "a.txt", "--record", "shut/in/r.jsonl"], ["check", "a.txt", "--output", "shut/in/b.txt"],
        ["index", "a.txt", "shut/b.txt", "--output", "i.db"], ["index", "a.txt", "--output", "shut/in/i.db"],
        ["report", "a.txt", "--output", "shut/in/r.html"], ["compare", "shut/b.txt", "a.txt"],
        ["check", "a.txt", "--store", "shut/in/review.db"], ["check", "a.txt", "--index", "shut/in/i.db"],
        ["check", "a.txt", "--original", "shut/b.txt"], ["check", "a.txt", "--originals", "shut/in"],
        ["check", "a.txt", "--baseline", "shut/b.txt"], ["check", "a.txt", "--config", "shut/c.toml"],
        ["check", "a.txt", "--rules", "shut/c.toml"], ["undo", "--record", "shut/in/r.jsonl"],
        ["check", "--changed-since", "HEAD", "shut/in/b.txt"], ["decisions", "list", "--store", "shut/in/review.db"],
        ["decisions", "export", "shut/in/d.jsonl"], ["decisions", "import", "shut/in/d.jsonl"],
        ["rules", "new", "some-rule", "--output", "shut/in/r.toml"], ["rules", "test", "shut/in/r.toml"],
        ["check", "a.txt", "--editor", "--editor-replay", "shut/in/r.jsonl"],
    ],
    ids=" ".join,
)  # fmt: skip
def test_a_path_in_a_folder_that_may_not_be_entered_is_one_line(closed: Path, words: list[str]) -> None:
    done = run(closed, *words)
    assert done.returncode == (0 if words[0] == "log" else 2), done.stderr
    assert "Traceback" not in done.stderr
    assert done.stderr.count("\n") < 8
    assert (closed / "a.txt").read_text() == TEXT


@pytest.mark.skipif(not CAN, reason="root may enter every folder")
@pytest.mark.parametrize("command", ["fix", "undo"])
def test_a_store_that_may_not_be_entered_is_one_line(closed: Path, command: str) -> None:
    (closed / ".cleantext").mkdir(mode=0)
    done = run(closed, command, "a.txt")
    assert "Traceback" not in done.stderr
    assert ".cleantext" in done.stderr


@pytest.mark.parametrize("option", ["--output", "--record"])
@pytest.mark.parametrize("link", [False, True])
def test_a_pipe_is_not_replaced_by_a_plain_file(tmp_path: Path, option: str, link: bool) -> None:
    (tmp_path / "a.txt").write_text(TEXT)
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    name = "pipe"
    if link:
        name = "link"
        (tmp_path / name).symlink_to(pipe)
    done = run(tmp_path, "fix", "a.txt", option, name)
    assert (done.returncode, "no plain file" in done.stderr) == (2, True), done.stderr
    assert stat.S_ISFIFO(pipe.lstat().st_mode)
    assert (tmp_path / "a.txt").read_text() == TEXT
