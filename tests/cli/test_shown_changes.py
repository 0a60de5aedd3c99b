"""What a person sees of a change, and what a program gets."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
import regex

Run = Callable[..., subprocess.CompletedProcess[str]]

COLOUR = regex.compile(r"\x1b\[[0-9;]*m")
PROSE = "The harbour was closed for two days, and the ferries stayed away until the storm had passed. " * 4


@pytest.fixture
def article(tmp_path: Path) -> Path:
    path = tmp_path / "a.txt"
    path.write_text(f"Share\n\n{PROSE}The cafÃ© by the pier stayed open. {PROSE}\n\nIt opens on Monday.\n")
    return path


def test_a_person_sees_the_words_that_change_in_a_few_others(cleantext: Run, article: Path) -> None:
    shown = COLOUR.sub("", cleantext("fix", "--diff", article, env={"FORCE_COLOR": "1"}).stdout)
    rows = shown.split("\n")
    assert rows[1].split() == ["1:1", "BP001", "Share"]
    assert "passed. The cafÃ©é by the pier" in shown
    assert max(map(len, rows[1:-2])) <= 100
    assert "nothing was written" in shown


def test_colour_says_what_goes_and_what_comes(cleantext: Run, article: Path) -> None:
    shown = cleantext("fix", "--diff", article, env={"FORCE_COLOR": "1"}).stdout
    assert "\x1b[31m\x1b[9mÃ©\x1b[0m\x1b[32m\x1b[1mé\x1b[0m" in shown


def test_no_color_wins_over_everything(cleantext: Run, article: Path) -> None:
    for command in (["check"], ["fix", "--diff"]):
        done = cleantext(*command, article, env={"FORCE_COLOR": "1", "NO_COLOR": "1"})
        assert "\x1b" not in done.stdout


@pytest.mark.parametrize("width", [50, 60, 100, 200])
def test_rows_fit_the_terminal(cleantext: Run, article: Path, width: int) -> None:
    done = cleantext("check", article, env={"COLUMNS": str(width)})
    assert "caf[-Ã©-]{+é+}" in done.stdout
    steps = ("Apply", "Decide", str(article))  # commands to copy are not cut
    assert [row for row in done.stdout.split("\n") if len(row) > width and not row.startswith(steps)] == []


def test_a_blank_that_goes_is_seen(cleantext: Run, tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("The harbour was closed for two days.\u00a0\n\nIt opened again on Monday.\n")
    assert "[-\\u00a0-]" in cleantext("check", path).stdout


@pytest.mark.parametrize("ends", ["\n", "\r\n"])
@pytest.mark.parametrize("last", ["", "\n"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_a_piped_diff_is_one_that_patch_takes(
    cleantext: Run, article: Path, tmp_path: Path, ends: str, last: str, mark: str
) -> None:
    if shutil.which("git") is None:
        pytest.skip("needs git")
    text = mark + article.read_text("utf-8").rstrip("\n").replace("\n", ends) + last.replace("\n", ends)
    article.write_bytes(text.encode())
    environment = {key: value for key, value in os.environ.items() if key not in ("FORCE_COLOR", "NO_COLOR")}
    command = [sys.executable, "-m", "cleantext", "fix", "--diff", "a.txt"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, check=True, env=environment)
    (tmp_path / "a.diff").write_bytes(done.stdout)
    subprocess.run(["git", "init", "-q"], cwd=tmp_path, check=True)
    subprocess.run(["git", "apply", "-p0", "--whitespace=nowarn", "a.diff"], cwd=tmp_path, check=True)
    patched = article.read_bytes()
    article.write_bytes(text.encode())
    assert cleantext("fix", article).returncode == 0
    assert patched == article.read_bytes() != text.encode()


def test_silence_is_not_said_of_what_failed(cleantext: Run, tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text('{"text": "The council met on Monday."}\nno record\n')
    assert "but 1 error" in cleantext("check", tmp_path / "a.jsonl").stdout
    shown = cleantext("fix", "--diff", tmp_path / "a.jsonl", env={"FORCE_COLOR": "1"})
    assert (shown.returncode, shown.stdout) == (2, "")
