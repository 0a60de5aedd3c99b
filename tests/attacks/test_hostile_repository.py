"""A repository that somebody cloned and does not trust, and pre-commit run in it: nothing outside changes, nobody is asked."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
import yaml  # type: ignore[import-untyped]

ROOT = Path(__file__).resolve().parents[2]
DIRTY = "The harbour opened on Monday.\n\nThe cafÃ© by the harbour is open again.\n"
CLEAN = "The harbour opened on Monday.\n\nThe café by the harbour is open again.\n"
ENDS = ("new", "part", "whole", "rising", "rising.new", "progress", "progress.new", "lock", "old", "journal")

WATCH = """
import os, sys
LOG = {log!r}
ASKS = ("socket.connect", "socket.sendto", "socket.sendmsg", "socket.getaddrinfo", "socket.gethostbyname", "socket.bind")

def seen(event, arguments):
    if event in ASKS or event == "cleantext.started":
        handle = os.open(LOG, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
        os.write(handle, f"{{event}} {{arguments!r}}\\n".encode())
        os.close(handle)

if any("cleantext" in word for word in sys.orig_argv):
    sys.addaudithook(seen)
    sys.audit("cleantext.started")
"""


def git(folder: Path, *words: str) -> None:
    subprocess.run(["git", *words], cwd=folder, check=True, capture_output=True)


def state(folder: Path) -> dict[str, tuple[object, ...]]:
    """A folder and every name below it, with all that a program could have changed of it."""
    found: dict[str, tuple[object, ...]] = {}
    for top, folders, files in os.walk(folder):
        for name in ("", *folders, *files):
            path = Path(top, name)
            status = path.lstat()
            target = str(path.readlink()) if path.is_symlink() else ""
            held = hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else ""
            attributes = sorted(os.listxattr(path, follow_symlinks=False)) if hasattr(os, "listxattr") else []
            told = (
                status.st_mode, status.st_uid, status.st_gid, status.st_ino, status.st_nlink, status.st_mtime_ns,
                status.st_ctime_ns,
            )  # fmt: skip
            found[str(path)] = (*told, held, target, *attributes)
    return found


_GITS_OWN = {"index", "index.lock", "objects", "logs", "refs", "HEAD", "ORIG_HEAD", "COMMIT_EDITMSG"}


def settings(repository: Path) -> dict[str, tuple[object, ...]]:
    """What in a repository's ``.git`` is not changed by commands of git itself: settings, hooks, attributes."""
    git = repository / ".git"
    found = state(git)
    return {
        path: held
        for path, held in found.items()
        if path != str(git) and Path(path).relative_to(git).parts[0] not in _GITS_OWN
    }


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """What a user has outside of the repository."""
    folder = tmp_path / "home"
    (folder / ".ssh").mkdir(parents=True)
    (folder / ".bashrc").write_text("export A=1\n", "utf-8")
    (folder / ".ssh" / "authorized_keys").write_text("ssh-ed25519 AAAA\n", "utf-8")
    (folder / "notes.txt").write_text(DIRTY, "utf-8")
    (folder / "rules.toml").write_text("no rules = 1\n", "utf-8")
    with closing(sqlite3.connect(folder / "history.sqlite")) as database:
        database.execute("create table visits (url text)")
        database.commit()
    return folder


@pytest.fixture
def planted(tmp_path: Path) -> Iterator[socket.socket]:
    """A server of the repository's author."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        listening.settimeout(0.2)
        yield listening


@pytest.fixture
def repository(tmp_path: Path, home: Path, planted: socket.socket) -> Path:
    """A repository whose hooks are the shipped ones, run by this environment's own command, and hostile in the rest."""
    if shutil.which("git") is None:
        pytest.skip("needs git")
    pytest.importorskip("pre_commit")
    folder = tmp_path / "repository"
    (folder / "articles").mkdir(parents=True)
    git(folder, "init", "-q", "-b", "main")
    git(folder, "config", "user.email", "eve@example.org")
    git(folder, "config", "user.name", "Eve")
    shipped: list[dict[str, Any]] = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8"))
    command = Path(sys.executable).parent / "cleantext"
    local = [
        {
            **{key: hook[key] for key in ("id", "name", "types", "files")},
            "language": "system",
            "entry": hook["entry"].replace("cleantext ", f"{command} ", 1),
            "stages": ["pre-commit", "manual"],
        }
        for hook in shipped
    ]
    (folder / ".pre-commit-config.yaml").write_text(
        yaml.safe_dump({"repos": [{"repo": "local", "hooks": local}]})
    )
    (folder / "articles" / "a.txt").write_text(DIRTY, "utf-8")
    (folder / "articles" / "b.jsonl").write_text(
        json.dumps({"text": DIRTY}, ensure_ascii=False) + "\n", "utf-8"
    )
    for name in ("a.txt", "b.jsonl"):
        for end in ENDS:
            (folder / "articles" / f".{name}.cleantext-{end}").symlink_to(home / ".bashrc")
    server = f"http://127.0.0.1:{planted.getsockname()[1]}"
    (folder / "cleantext.toml").write_text(
        f"""
        jobs = 100000
        promote = ["MT", "TY"]
        rules = ["../home/rules.toml"]
        index = "../home/history.sqlite"
        safe-directories = ["*"]
        [languagetool]
        enabled = true
        server = "{server}"
        cache = "../home/cache.sqlite"
        download = true
        [editor]
        enabled = true
        server = "{server}/v1"
        model = "any"
        key-env = "HOME"
        which = "all"
        cache = "../home/editor.sqlite"
        record = "../home/.bashrc"
        [attribution]
        offices = ["../home/notes.txt"]
        [review]
        store = "../home/history.sqlite"
        """,
        "utf-8",
    )
    return folder


def plant_links_in_the_store(repository: Path, home: Path) -> None:
    inside = repository / ".cleantext"
    (inside / "runs").mkdir(parents=True)
    (inside / "review.db").symlink_to(home / "history.sqlite")
    (inside / "decisions.jsonl").symlink_to(home / "notes.txt")
    (inside / ".gitignore").symlink_to(home / ".profile")
    (inside / "runs" / "index.jsonl").symlink_to(home / ".bashrc")
    (inside / "runs" / ".gitignore").symlink_to(home / ".profile")


def plant_a_store_that_is_a_link(repository: Path, home: Path) -> None:
    (repository / ".cleantext").symlink_to(home)
    (repository / "articles" / ".cleantext").symlink_to(home / ".ssh")


def plant_runs_that_are_a_link(repository: Path, home: Path) -> None:
    (repository / ".cleantext").mkdir()
    (repository / ".cleantext" / "runs").symlink_to(home / ".ssh")


def plant_a_store_with_code_and_a_record(repository: Path, home: Path) -> None:
    runs = repository / ".cleantext" / "runs"
    runs.mkdir(parents=True)
    with closing(sqlite3.connect(runs.parent / "review.db")) as database:
        database.execute("create view events as select 'x' as data, 1 as seq")
        database.execute("pragma user_version = 1")
        database.commit()
    change = {"path": "../home/.bashrc", "run": "r", "when": 1.0, "record": "../../../home/notes.txt", "start": 0,
              "end": 10, "before": "0" * 64, "after": "1" * 64, "rules": []}  # fmt: skip
    (runs / "index.jsonl").write_text(json.dumps(change) + "\n", "utf-8")


def plant_journal(runs: Path, number: int, target: Path, path: str) -> None:
    """What a killed run leaves, as far as somebody can write it who knows the target's bytes but not this disk."""
    runs.mkdir(parents=True, exist_ok=True)
    stem = f"over-{number:032x}"
    (runs / f"{stem}.old").write_bytes(target.read_bytes())
    (runs / f"{stem}.new").write_bytes(target.read_bytes() + b"planted\n")
    note = {"path": path, "kept": [0, 0, 0], "target": [0, 0]}
    (runs / f"{stem}.overwriting").write_text(json.dumps(note), "utf-8")


def plant_journals(repository: Path, home: Path) -> None:
    runs = repository / ".cleantext" / "runs"
    plant_journal(runs, 0, repository / ".git" / "config", ".git/config")
    plant_journal(runs, 1, home / ".bashrc", "../home/.bashrc")


def plant_a_link_into_gits_folder_and_a_store_that_is_sound(repository: Path, home: Path) -> None:
    """What undo would write is git's to run; the sums are right, for a fresh clone's settings can be foreseen."""
    config = (repository / ".git" / "config").read_bytes()
    (repository / "articles" / "c.txt").symlink_to("../.git/config")
    runs = repository / ".cleantext" / "runs"
    runs.mkdir(parents=True)
    sums = [hashlib.sha256(data).hexdigest() for data in (config + b"\tfsmonitor = ./evil\n", config)]
    lines = [
        {"kind": "run", "id": "r", "when": 1.0, "command": "fix", "rules": ""},
        {"kind": "article", "path": "c", "undo": [[[len(config), 0, "\tfsmonitor = ./evil\n"]], []]},
        {"kind": "file", "path": "c", "before": sums[0], "after": sums[1]},
    ]
    written = [json.dumps(line, separators=(",", ":")).encode() + b"\n" for line in lines]
    (runs / "r.jsonl").write_bytes(b"".join(written))
    change = {"path": ".git/config", "run": "r", "when": 1.0, "record": "r.jsonl", "start": len(written[0]),
              "end": len(b"".join(written)), "before": sums[0], "after": sums[1], "rules": []}  # fmt: skip
    (runs / "index.jsonl").write_text(json.dumps(change) + "\n", "utf-8")


def plant_nothing_more(repository: Path, home: Path) -> None:
    pass


@pytest.mark.parametrize(
    "plant",
    [
        plant_nothing_more,
        plant_links_in_the_store,
        plant_a_store_that_is_a_link,
        plant_runs_that_are_a_link,
        plant_a_store_with_code_and_a_record,
        plant_journals,
        plant_a_link_into_gits_folder_and_a_store_that_is_sound,
    ],
)
def test_the_hooks_change_nothing_outside_and_ask_nobody(
    tmp_path: Path, repository: Path, home: Path, planted: socket.socket, plant: Any
) -> None:
    plant(repository, home)
    git(repository, "add", "-A", "-f")
    log = tmp_path / "asked.log"
    (tmp_path / "watch").mkdir()
    (tmp_path / "watch" / "sitecustomize.py").write_text(WATCH.format(log=str(log)), "utf-8")
    environment = {
        **os.environ,
        "HOME": str(home),
        "XDG_CONFIG_HOME": str(home / ".config"),
        "XDG_CACHE_HOME": str(tmp_path / "cache"),
        "TMPDIR": str(tmp_path),
        "PYTHONPATH": str(tmp_path / "watch"),
        "PRE_COMMIT_HOME": str(tmp_path / "pre-commit"),
        "PRE_COMMIT_COLOR": "never",
        "PATH": f"{Path(shutil.which('git') or '').parent}{os.pathsep}{Path(sys.executable).parent}",
        "CLEANTEXT_LANGUAGETOOL": str(tmp_path / "none"),
    }
    before, config = state(home), settings(repository)
    time.sleep(0.01)
    said = ""
    for hook in ("cleantext", "cleantext-fix"):
        done = subprocess.run(
            [sys.executable, "-m", "pre_commit", "run", hook, "--all-files"],
            cwd=repository, env=environment, capture_output=True, text=True, check=False, timeout=120,
        )  # fmt: skip
        said += done.stdout + done.stderr
    assert state(home) == before
    assert settings(repository) == config
    events = log.read_text("utf-8").splitlines()
    assert sum(event.startswith("cleantext.started") for event in events) >= 2
    assert [event for event in events if not event.startswith("cleantext.started")] == []
    with pytest.raises(TimeoutError):
        planted.accept()
    assert "Traceback" not in said
    assert '"languagetool.server"' in said
    article = repository / "articles" / "a.txt"
    assert not article.is_symlink()
    assert article.read_text("utf-8") in (DIRTY, CLEAN)
    if plant is plant_nothing_more:
        assert article.read_text("utf-8") == CLEAN, said
