"""pre-commit, run for real over a corpus repository made here."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml  # type: ignore[import-untyped]

ROOT = Path(__file__).resolve().parents[2]
DIRTY = "The harbour opened on Monday.\n\nThe cafÃ© by the harbour is open again.\n"
CLEAN = "The harbour opened on Monday.\n\nThe café by the harbour is open again.\n"


def git(folder: Path, *arguments: str) -> None:
    subprocess.run(["git", *arguments], cwd=folder, check=True, capture_output=True)


def hooks() -> list[dict[str, Any]]:
    """What the project ships."""
    shipped: list[dict[str, Any]] = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8"))
    return shipped


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    """A repository whose hooks are the shipped ones, run by this environment's own command (nothing is downloaded)."""
    if shutil.which("git") is None:
        pytest.skip("needs git")
    pytest.importorskip("pre_commit")
    folder = tmp_path / "corpus"
    folder.mkdir()
    git(folder, "init", "-q", "-b", "main")
    git(folder, "config", "user.email", "editor@example.org")
    git(folder, "config", "user.name", "An editor")
    local = []
    for hook in hooks():
        command = Path(sys.executable).parent / "cleantext"
        local.append(
            {
                **{key: hook[key] for key in ("id", "name", "types", "files")},
                "language": "system",
                "entry": hook["entry"].replace("cleantext ", f"{command} ", 1),
                "args": ["--select", "encoding"],
                "stages": ["pre-commit", "manual"],
            }
        )
    (folder / ".pre-commit-config.yaml").write_text(
        yaml.safe_dump({"repos": [{"repo": "local", "hooks": local}]})
    )
    (folder / "cleantext.toml").write_text('exclude = ["quarantine"]\n')
    return folder


def run(folder: Path, hook: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "pre_commit", "run", hook, "--all-files"],
        cwd=folder,
        env={**os.environ, "PRE_COMMIT_HOME": str(folder.parent / "home"), "PRE_COMMIT_COLOR": "never"},
        capture_output=True,
        text=True,
        check=False,
    )


def add(folder: Path, files: dict[str, str]) -> None:
    for name, text in files.items():
        (folder / name).parent.mkdir(exist_ok=True, parents=True)
        (folder / name).write_text(text, "utf-8", newline="")
    git(folder, "add", "-A")


def test_the_shipped_hooks_are_valid_and_name_commands_that_exist() -> None:
    from pre_commit.clientlib import load_manifest

    assert [hook["id"] for hook in load_manifest(str(ROOT / ".pre-commit-hooks.yaml"))] == [
        "cleantext",
        "cleantext-fix",
    ]
    for hook in hooks():
        assert hook["language"] == "python"
        command, name, *options = hook["entry"].split()
        shown = subprocess.run(
            [sys.executable, "-c", "from cleantext.cli import main; main()", name, "--help"],
            capture_output=True, text=True, check=True, env={**os.environ, "COLUMNS": "200"},
        ).stdout  # fmt: skip
        assert command == "cleantext"
        assert all(option in shown for option in options)


def test_a_clean_corpus_passes(corpus: Path) -> None:
    add(corpus, {"articles/a.txt": CLEAN, "articles/b.md": CLEAN})
    done = run(corpus, "cleantext")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "Passed" in done.stdout


def test_a_dirty_corpus_fails_is_repaired_and_then_passes(corpus: Path) -> None:
    many = {
        f"articles/{n:03}.txt": CLEAN for n in range(120)
    }  # enough for several processes beside each other
    add(
        corpus,
        {
            **many,
            "articles/a.txt": DIRTY.replace("\n", "\r\n"),
            "articles/007.txt": DIRTY,
            "note.py": "x = 'Ã©'",
        },
    )
    done = run(corpus, "cleantext")
    assert done.returncode == 1
    assert "articles/a.txt" in done.stdout
    assert "EN001" in done.stdout
    assert "note.py" not in done.stdout
    fixed = run(corpus, "cleantext-fix")
    assert fixed.returncode == 1
    assert "files were modified by this hook" in fixed.stdout
    assert (corpus / "articles/a.txt").read_bytes() == CLEAN.replace("\n", "\r\n").encode()
    assert (corpus / "articles/007.txt").read_text("utf-8") == CLEAN
    git(corpus, "add", "-A")
    status = subprocess.run(
        ["git", "status", "--short"], cwd=corpus, capture_output=True, text=True, check=True
    ).stdout
    assert ".cleantext" not in status, "what undo keeps is not committed"
    for hook in ("cleantext-fix", "cleantext"):
        assert run(corpus, hook).returncode == 0


def test_excluded_articles_are_left_alone(corpus: Path) -> None:
    add(corpus, {"quarantine/a.txt": DIRTY})
    assert run(corpus, "cleantext").returncode == 0
    assert run(corpus, "cleantext-fix").returncode == 0
    assert (corpus / "quarantine/a.txt").read_text("utf-8") == DIRTY


def test_committed_decisions_are_honoured(corpus: Path) -> None:
    add(corpus, {"articles/a.txt": DIRTY})

    def cleantext(*arguments: str) -> str:
        command = [sys.executable, "-c", "from cleantext.cli import main; main()", *arguments]
        return subprocess.run(command, cwd=corpus, capture_output=True, text=True, check=False).stdout

    found = json.loads(
        cleantext("check", "--select", "encoding", "--format", "jsonl", "articles").splitlines()[0]
    )
    cleantext("decisions", "add", "reject", found["fingerprint"], "--in", "articles", "--select", "encoding")
    cleantext("decisions", "export", "articles")
    [copy] = corpus.rglob("decisions.jsonl")
    assert found["fingerprint"] in copy.read_text("utf-8")
    (copy.parent / "review.db").unlink()  # a clone has the committed copy alone
    git(corpus, "add", "-A")
    assert run(corpus, "cleantext").returncode == 0
    assert run(corpus, "cleantext-fix").returncode == 0
    assert (corpus / "articles/a.txt").read_text("utf-8") == DIRTY
