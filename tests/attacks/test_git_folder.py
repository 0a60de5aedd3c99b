"""Git's own folder, whose files run programs, is written by no command: through no link, by no planted store or record."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from pathlib import Path

import pytest

from cleantext.batch.changes import Change
from cleantext.batch.records import encode
from cleantext.batch.runrecord import Entry, File, Region, Run, Undo, line

CONFIG = b"[core]\n\tbare = false\n; caf\xc3\x83\xc2\xa9 by the harbour is open again\n"
EVIL = b"\tfsmonitor = ./evil\n"


def run(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "cleantext", *words],
        cwd=folder, capture_output=True, text=True, check=False, timeout=120,
    )  # fmt: skip


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    (tmp_path / ".git").mkdir()
    (tmp_path / ".git" / "config").write_bytes(CONFIG)
    return tmp_path


def plant(top: Path, path: str) -> bytes:
    """A store in which all sums are right: the file is said to have held more; return the run's record."""
    before, after = (hashlib.sha256(data).hexdigest() for data in (CONFIG + EVIL, CONFIG))
    runs = top / ".cleantext" / "runs"
    runs.mkdir(parents=True)
    head = line(Run("r", 1.0, "fix", ""))
    rest = line(Entry(path=path, undo=Undo((Region(len(CONFIG), 0, EVIL.decode()),), ())))
    rest += line(File(path, before, after))
    (runs / "r.jsonl").write_bytes(head + rest)
    change = Change(path, "r", 1.0, "r.jsonl", len(head), len(head + rest), before, after)
    (runs / "index.jsonl").write_bytes(encode(change) + b"\n")
    return head + rest


@pytest.mark.parametrize("command", ["fix", "undo"])
@pytest.mark.parametrize("link", ["a.txt", "in/a.txt"])
def test_a_link_leads_no_command_into_it(repository: Path, command: str, link: str) -> None:
    plant(repository, ".git/config")
    (repository / link).parent.mkdir(exist_ok=True)
    (repository / link).symlink_to(repository / ".git" / "config")
    done = run(repository, command, ".")
    assert (repository / ".git" / "config").read_bytes() == CONFIG
    assert (done.returncode, "no article" in done.stderr) == (2, True), done.stderr


@pytest.mark.parametrize("folder", [".git", ".GIT", "sub/.git", ".venv"])
def test_a_record_alone_leads_no_undo_to_what_is_hidden(repository: Path, folder: str) -> None:
    path = f"{folder}/config"
    (repository / path).parent.mkdir(parents=True, exist_ok=True)
    (repository / path).write_bytes(CONFIG)
    (repository / "r.jsonl").write_bytes(plant(repository, path))
    done = run(repository, "undo", "--record", "r.jsonl")
    assert (repository / path).read_bytes() == CONFIG
    assert (done.returncode, "name it, too" in done.stderr) == (2, True), done.stderr


def test_a_hidden_article_comes_back_by_its_record_where_it_is_named(tmp_path: Path) -> None:
    text = "The cafÃ© by the harbour is open again.\n"
    (tmp_path / ".draft.txt").write_text(text, "utf-8")
    assert run(tmp_path, "fix", ".draft.txt", "--record", "r.jsonl").returncode == 0
    assert (tmp_path / ".draft.txt").read_text("utf-8") != text
    assert run(tmp_path, "undo", "--record", "r.jsonl").returncode == 2
    assert run(tmp_path, "undo", "--record", "r.jsonl", ".draft.txt").returncode == 0
    assert (tmp_path / ".draft.txt").read_text("utf-8") == text


@pytest.mark.skipif(not hasattr(os, "link"), reason="needs links")
@pytest.mark.parametrize("name", ["x.py", "settings.json", ".venv/activate"])
def test_a_found_link_to_what_is_no_article_is_not_fixed_through(repository: Path, name: str) -> None:
    (repository / name).parent.mkdir(exist_ok=True)
    (repository / name).write_bytes(CONFIG)
    (repository / "a.txt").symlink_to(name)
    done = run(repository, "fix", ".")
    assert (repository / name).read_bytes() == CONFIG
    assert done.returncode == 2
