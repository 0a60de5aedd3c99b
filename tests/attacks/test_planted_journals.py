"""Journals of killed runs that came with a repository, and folders that cannot be entered: no run believes or stops at them."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

TEXT = "The harbour opened on Monday.\n"


def fix(folder: Path, *words: str, command: str = "fix") -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "cleantext", command, *words],
        cwd=folder, capture_output=True, text=True, check=False, timeout=120,
    )  # fmt: skip


def plant(folder: Path, stem: str, path: str, old: bytes, note: dict[str, object]) -> Path:
    runs = folder / ".cleantext" / "runs"
    runs.mkdir(parents=True, exist_ok=True)
    (runs / f"{stem}.old").write_bytes(old)
    (runs / f"{stem}.new").write_bytes(b"planted " + old)
    (runs / f"{stem}.overwriting").write_text(json.dumps({"path": path, **note}))
    return runs


def here(old: Path, target: Path) -> dict[str, object]:
    """What the note of a real journal says of this disk."""
    kept, status = old.stat(), target.stat()
    return {"kept": [kept.st_dev, kept.st_ino, kept.st_ctime_ns], "target": [status.st_dev, status.st_ino]}


@pytest.mark.parametrize("command", ["fix", "undo"])
@pytest.mark.parametrize("path", [".git/config", ".venv/x.py", "x.py", "b.txt", "sub/.git/config"])
@pytest.mark.parametrize("note", [{}, {"kept": [0, 0, 0], "target": [0, 0]}])
def test_a_planted_journal_writes_over_nothing(
    tmp_path: Path, path: str, note: dict[str, object], command: str
) -> None:
    (tmp_path / "a.txt").write_text(TEXT)
    target = tmp_path / path
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(b"mine\n")
    os.link(target, tmp_path / "twin")
    runs = plant(tmp_path, "over-0", path, b"mine\n", note)
    done = fix(tmp_path, "a.txt", command=command)
    assert done.returncode == 0, done.stderr
    assert target.read_bytes() == b"mine\n"
    assert done.stderr.count("over-0.old") == 1
    assert (runs / "over-0.old").read_bytes() == b"mine\n"


@pytest.mark.parametrize("path", [".git/config", ".venv/x.py", "x.py", "../b.txt", "sub/../../b.txt"])
def test_not_even_a_note_that_knows_the_disk_leads_to_what_is_no_article(tmp_path: Path, path: str) -> None:
    folder = tmp_path / "repository"
    (folder / "sub").mkdir(parents=True)
    (folder / "a.txt").write_text(TEXT)
    target = folder / path
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(b"mine\n")
    os.link(target, tmp_path / "twin")
    runs = plant(folder, "over-0", path, b"mine\n", {})
    (runs / "over-0.overwriting").write_text(json.dumps({"path": path, **here(runs / "over-0.old", target)}))
    assert "not believed" in fix(folder, "a.txt").stderr
    assert target.read_bytes() == b"mine\n"


def test_a_file_with_one_name_alone_is_never_written_over(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT)
    target = tmp_path / "b.txt"
    target.write_bytes(b"mine\n")
    runs = plant(tmp_path, "over-0", "b.txt", b"mine\n", {})
    note = {"path": "b.txt", **here(runs / "over-0.old", target)}
    (runs / "over-0.overwriting").write_text(json.dumps(note))
    fix(tmp_path, "a.txt")
    assert target.read_bytes() == b"mine\n"
    os.link(target, tmp_path / "twin")  # the same with a second name is what a run does leave
    runs = plant(tmp_path, "over-1", "b.txt", b"mine\n", {})
    note = {"path": "b.txt", **here(runs / "over-1.old", target)}
    (runs / "over-1.overwriting").write_text(json.dumps(note))
    assert "it is whole now" in fix(tmp_path, "a.txt").stderr
    assert target.read_bytes() == b"planted mine\n"


def test_a_journal_that_cannot_be_read_is_named_and_the_next_is_finished(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT)
    target = tmp_path / "b.txt"
    target.write_bytes(b"mine\n")
    os.link(target, tmp_path / "twin")
    runs = plant(tmp_path, "over-0", "b\0.txt", b"mine\n", {})
    kept = here(runs / "over-0.old", target)
    (runs / "over-0.overwriting").write_text(json.dumps({"path": "b\0.txt", **kept}))
    (runs / "over-1.old").mkdir()
    plant(tmp_path, "over-2", "b.txt", b"mine\n", {})
    (runs / "over-2.overwriting").unlink()
    (runs / "over-2.overwriting").mkdir()
    plant(tmp_path, "over-3", "b.txt", b"mine\n", {})
    note = {"path": "b.txt", **here(runs / "over-3.old", target)}
    (runs / "over-3.overwriting").write_text(json.dumps(note))
    done = fix(tmp_path, "a.txt")
    assert done.returncode == 0, done.stderr
    for number in range(3):
        assert f"over-{number}.old" in done.stderr
    assert "b.txt: a run was killed while it wrote over this file; it is whole now" in done.stderr
    assert target.read_bytes() == b"planted mine\n"
