"""What a repository's settings have git run, where `check --changed-since` asks git: nothing."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest


@pytest.mark.skipif(shutil.which("git") is None, reason="needs git")
@pytest.mark.parametrize("kind", ["clean", "process"])
def test_no_program_that_a_repository_names_is_run(tmp_path: Path, kind: str) -> None:
    folder, ran = tmp_path / "repository", tmp_path / "ran"
    folder.mkdir()

    def git(*words: str) -> None:
        who = ["-c", "user.name=a", "-c", "user.email=a@example.org"]
        subprocess.run(["git", *who, *words], cwd=folder, check=True, capture_output=True)

    git("init", "-q")
    (folder / "a.txt").write_text("The harbour opened on Monday.\n")
    git("add", "-A")
    git("commit", "-qm", "first")
    spy = tmp_path / "spy"
    spy.write_text(f"#!/bin/sh\necho ran >> {ran}\ncat\n")
    spy.chmod(0o755)
    (folder / ".gitattributes").write_text("* filter=x.a=b diff=x\n")
    for key in (
        f"filter.x.a=b.{kind}",
        "core.fsmonitor",
        "diff.external",
        "diff.x.command",
        "diff.x.textconv",
    ):
        git("config", key, str(spy))
    git("config", "filter.x.a=b.required", "true")
    hooks = folder / ".git" / "hooks"
    hooks.mkdir(exist_ok=True)
    shutil.copy(spy, hooks / "post-index-change")
    (folder / "a.txt").write_text("The café opened on Monday.\nThe cafÃ© by the harbour is open.\n", "utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "cleantext", "check", ".", "--changed-since", "HEAD", "--format", "jsonl"],
        cwd=folder, capture_output=True, text=True, check=False, timeout=120,
    )  # fmt: skip
    assert not ran.exists()
    assert (done.returncode, "a.txt" in done.stdout) == (1, True), done.stderr
