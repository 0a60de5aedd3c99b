"""Fixing, undoing and going on with a stopped run take a time in proportion to the files."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from hostile_calls import BAD, TORTURE, command
from timing import assert_growth

SMALL, LARGE = (1_000, 20_000) if TORTURE else (200, 1_600)
SLACK = 1.3 if TORTURE else 1.6
WORDS = ["--isolated", "--rules", "zz.toml", "--select", "ZZ", "--quiet"]

DIES_AT_THE_LAST_FILE = """
import os, signal, sys
from cleantext.batch import checkpoint, rewriting
checkpoint.EVERY = 0
last = sys.argv.pop(1)
text = rewriting.Rewriter._text
def dying(self, part, below):
    if part.name.endswith(last):
        os.kill(os.getpid(), signal.SIGKILL)
    text(self, part, below)
rewriting.Rewriter._text = dying
save = checkpoint.Checkpoints.save
def once(self, *given):
    if not self.saved:
        save(self, *given)
checkpoint.Checkpoints.save = once
from cleantext.cli import main
main()
"""


def corpus(folder: Path, count: int) -> None:
    for number in range(count):
        place = folder / f"{number // 500:03}"
        place.mkdir(parents=True, exist_ok=True)
        (place / f"{number:05}.txt").write_text(f"{BAD} {number}")


def seconds(words: list[str], folder: Path, *, code: int = 0) -> float:
    """CPU seconds of a command, by its own and the system's work for it."""
    process = subprocess.Popen(words, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    assert process.stderr is not None
    said = process.stderr.read()
    process.stderr.close()
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    assert process.returncode == code, said
    return used.ru_utime + used.ru_stime


def _fix(folder: Path, count: int) -> float:
    return seconds(command("fix", "in", *WORDS), folder)


def _undo(folder: Path, count: int) -> float:
    seconds(command("fix", "in", *WORDS), folder)
    return seconds(command("undo", "in"), folder)


def _undo_moved(folder: Path, count: int) -> float:
    seconds(command("fix", "in", *WORDS), folder)
    (folder / "in" / "new").mkdir()
    for path in sorted((folder / "in").glob("*/*.txt")):
        path.rename(folder / "in" / "new" / f"moved-{path.name}")
    return seconds(command("undo", "in"), folder)


def _resume(folder: Path, count: int) -> float:
    asked = ["fix", "in", *WORDS, "--record", "run.jsonl"]
    words = [sys.executable, "-c", DIES_AT_THE_LAST_FILE, f"{count - 1:05}.txt", *asked]
    seconds(words, folder, code=-9)
    return seconds(command(*asked, "--resume"), folder)


@pytest.mark.parametrize(
    "work", [_fix, _undo, _undo_moved, _resume], ids=["fix", "undo", "undo moved files", "resume"]
)
def test_time_grows_as_the_files_do(
    tmp_path: Path,
    rules: Path,
    work: Callable[[Path, int], float],
    record_property: Callable[[str, object], None],
) -> None:
    def cost(count: int) -> float:
        folder = tmp_path / str(len([*tmp_path.iterdir()]))
        corpus(folder / "in", count)
        (folder / "zz.toml").write_bytes(rules.read_bytes())
        took = work(folder, count)
        if work is not _fix:
            assert all(path.read_text().startswith(BAD) for path in folder.glob("in/*/*.txt")) == (
                work is not _resume
            )
        return took

    start = cost(1)
    told = {}

    def more(count: int) -> float:
        told[count] = cost(count) - start
        return told[count]

    # What is less than starting Python differs by from time to time tells nothing.
    assert_growth(more, SMALL, LARGE, times=LARGE / SMALL * SLACK, floor=0.2)
    record_property("seconds", f"{told[SMALL]:.2f} for {SMALL}, {told[LARGE]:.2f} for {LARGE}")
    print(f"{work.__name__}: {told[SMALL]:.2f} s for {SMALL} files, {told[LARGE]:.2f} s for {LARGE}")
