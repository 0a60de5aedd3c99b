"""A run that is killed goes on where it stopped, and nobody can tell from its output."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import made
import pytest
from calls import command

Run = Callable[..., subprocess.CompletedProcess[bytes]]
ARTICLES = 5_000


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "a.jsonl").write_bytes(made.lines(ARTICLES // 2))
    (folder / "b.jsonl").write_bytes(b"no json\n" + made.lines(ARTICLES // 2, seed=1))
    for number, article in enumerate(made.articles(150, seed=2)):
        (folder / f"t{number:03}.txt").write_text(article["text"])
    return folder


def chosen(rules: Path) -> list[object]:
    return ["--isolated", "--rules", rules, "--select", "ZZ"]


def saved(folder: Path) -> set[tuple[str, int]]:
    """The checkpoints of the runs in a folder, with the times at which they were saved."""
    found = set()
    for path in folder.glob(".*cleantext-progress"):
        with suppress(FileNotFoundError):  # the run has just ended
            found.add((path.name, path.stat().st_mtime_ns))
    return found


def killed(arguments: list[object], folder: Path, moments: list[float]) -> int:
    """Kill a run at each moment (seconds after it began to write) and resume it, then let it end; give how often it was hit."""
    hits = 0
    for moment in [*moments, None]:
        resume = ["--resume"] if hits else []
        before = saved(folder)
        process = subprocess.Popen(
            [sys.executable, "-c", OFTEN, *map(str, [*arguments, *resume])], cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
            start_new_session=True,
        )  # fmt: skip
        if moment is None:
            process.wait(timeout=600)
            break
        began = time.monotonic()
        while (
            saved(folder) == before  # of the run before there is one already
            and process.poll() is None
            and time.monotonic() - began < 60
        ):
            time.sleep(0.002)
        time.sleep(moment)
        if process.poll() is not None:
            break
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        hits += 1
    return hits


def without_head(record: Path) -> bytes:
    """A record less the name and time of its run."""
    return record.read_bytes().split(b"\n", 1)[1]


def check_killed(tmp_path: Path, rules: Path, cleantext: Run, moments: list[float], jobs: int) -> None:
    ask = ["in", "--format", "jsonl", "--jobs", jobs]
    cleantext("fix", *ask, "--output", "whole.jsonl.gz", "--record", "whole.run")
    hits = killed(
        ["fix", *ask, "--output", "parts.jsonl.gz", "--record", "parts.run", *chosen(rules)],
        tmp_path,
        moments,
    )
    assert hits >= min(2, len(moments)), "the runs were over before they could be killed"
    assert (tmp_path / "parts.jsonl.gz").read_bytes() == (tmp_path / "whole.jsonl.gz").read_bytes()
    assert without_head(tmp_path / "parts.run") == without_head(tmp_path / "whole.run")
    assert not list(tmp_path.glob(".*cleantext-*"))


def test_killed_twice_the_output_is_the_same(
    tmp_path: Path, rules: Path, corpus: Path, cleantext: Run
) -> None:
    check_killed(tmp_path, rules, cleantext, [0.05, 0.02], jobs=1)


def test_what_was_left_by_a_run_that_was_killed_while_it_saved_goes_with_the_next(
    tmp_path: Path, corpus: Path, cleantext: Run
) -> None:
    (tmp_path / f".cleantext-new-{'5e' * 16}").write_bytes(b"half a checkpo")
    cleantext("fix", "in", "--format", "jsonl", "--output", "out.jsonl")
    assert not list(tmp_path.glob(".*cleantext-*"))


@pytest.mark.slow
@pytest.mark.parametrize("jobs", [1, 2])
def test_killed_at_ten_random_moments_the_output_is_the_same(
    tmp_path: Path, rules: Path, corpus: Path, cleantext: Run, jobs: int
) -> None:
    chance = random.Random(jobs)
    (corpus / "c.jsonl").write_bytes(made.lines(8_000, seed=3))
    check_killed(tmp_path, rules, cleantext, [chance.uniform(0, 0.7) for _ in range(10)], jobs)


def test_killed_in_place_the_files_and_the_record_are_the_same(
    tmp_path: Path, rules: Path, corpus: Path, cleantext: Run
) -> None:
    import shutil

    before = {path.name: path.read_bytes() for path in corpus.iterdir()}
    shutil.copytree(corpus, tmp_path / "other" / "in")
    cleantext("fix", "in", "--record", "run.jsonl")
    fixed = {path.name: path.read_bytes() for path in corpus.iterdir() if path.is_file()}
    other = tmp_path / "other"
    hits = killed(["fix", "in", "--record", "run.jsonl", *chosen(rules)], other, [0.02, 0.02])
    assert hits
    assert {path.name: path.read_bytes() for path in (other / "in").iterdir() if path.is_file()} == fixed
    assert without_head(other / "run.jsonl") == without_head(tmp_path / "run.jsonl")
    assert subprocess.run(command("undo", "--record", "run.jsonl"), cwd=other, check=False).returncode == 0
    assert {path.name: path.read_bytes() for path in (other / "in").iterdir() if path.is_file()} == before


def files_of(folder: Path) -> dict[str, bytes]:
    """Every file in a folder, hidden ones as well."""
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}


@pytest.mark.parametrize("resumed", [True, False])
def test_killed_halfway_through_a_file_nothing_is_left_beside_it_by_the_next_run(
    tmp_path: Path, rules: Path, corpus: Path, cleantext: Run, resumed: bool
) -> None:
    before = files_of(corpus)
    arguments = ["fix", "in", "--record", "run.jsonl"]
    done = subprocess.run(
        [sys.executable, "-c", DIES_HALFWAY_THROUGH_A_FILE, *map(str, [*arguments, *chosen(rules)])],
        cwd=tmp_path, capture_output=True, check=False,
    )  # fmt: skip
    assert done.returncode == -signal.SIGKILL, done.stderr
    [half] = corpus.glob(".cleantext-new-*")
    assert half.stat().st_size
    assert (corpus / "b.jsonl").read_bytes() == before["b.jsonl"]
    again = cleantext(*arguments, *(["--resume"] if resumed else []))
    assert again.returncode == 2  # the line that is no JSON
    assert files_of(corpus).keys() == before.keys()
    assert (corpus / "b.jsonl").read_bytes() != before["b.jsonl"]
    for _ in range(2):  # one for each run
        assert cleantext("undo", "in").returncode == 0
    assert files_of(corpus) == before


@pytest.mark.parametrize("name", ["a.txt", "a.jsonl", "a.jsonl.gz"])
def test_a_dead_draft_is_cleared_up_even_where_nothing_changes(
    tmp_path: Path, rules: Path, cleantext: Run, name: str
) -> None:
    from cleantext.batch.streams import packed

    good = "The council met." if name == "a.txt" else json.dumps({"text": "The council met."}) + "\n"
    (tmp_path / name).write_bytes(packed(name, good.encode()))
    of_an_older_version = tmp_path / f".{name}.cleantext-new"
    dead = tmp_path / f".cleantext-new-{'0af3' * 8}"
    for path in (dead, of_an_older_version):
        path.write_bytes(b"half of")
    assert cleantext("fix", name).returncode == 0
    assert not dead.exists()
    assert not of_an_older_version.exists()


# Checkpoints come more often than in use, so that a fast machine is caught at work as well.
OFTEN = (
    "from cleantext.batch import checkpoint; checkpoint.EVERY = 0.02; from cleantext.cli import main; main()"
)
DIES_HALFWAY_THROUGH_A_FILE = """
import os, signal
from cleantext.batch import checkpoint, growing
checkpoint.EVERY = 0
add = growing.Growing.add
def add_and_die(self, chunk, result):
    add(self, chunk, result)
    if self.name.endswith("b.jsonl") and chunk.first > 500:
        self._draft.file.flush()
        os.kill(os.getpid(), signal.SIGKILL)
growing.Growing.add = add_and_die
from cleantext.cli import main
main()
"""
DIES_AT_ITS_FIRST_CHECKPOINT = """
import os, signal
from cleantext.batch import checkpoint
checkpoint.EVERY = 0
save = checkpoint.Checkpoints.save
def save_and_die(*given):
    save(*given)
    os.kill(os.getpid(), signal.SIGKILL)
checkpoint.Checkpoints.save = save_and_die
from cleantext.cli import main
main()
"""


def stopped(tmp_path: Path, rules: Path) -> None:
    """Leave a killed run behind, however fast the machine."""
    arguments = ["fix", "in/a.jsonl", "--output", "out.jsonl", *chosen(rules)]
    done = subprocess.run(
        [sys.executable, "-c", DIES_AT_ITS_FIRST_CHECKPOINT, *map(str, arguments)],
        cwd=tmp_path, capture_output=True, check=False,
    )  # fmt: skip
    assert done.returncode == -signal.SIGKILL, done.stderr
    assert list(tmp_path.glob(".*cleantext-progress"))


def test_other_inputs_options_or_nothing_to_resume_are_said(
    tmp_path: Path, rules: Path, corpus: Path, cleantext: Run
) -> None:
    assert (
        b"no stopped run was found" in cleantext("fix", "in/t001.txt", "--output", "x.txt", "--resume").stderr
    )
    stopped(tmp_path, rules)
    other = cleantext("fix", "in/a.jsonl", "--output", "out.jsonl", "--resume", "--apply", "review")
    assert other.returncode == 2
    assert b"the stopped run was another one" in other.stderr
    with (corpus / "a.jsonl").open("ab") as out:
        out.write(b"\n")
    changed = cleantext("fix", "in/a.jsonl", "--output", "out.jsonl", "--resume")
    assert changed.returncode == 2
    assert b"one of them was changed" in changed.stderr
    assert not (tmp_path / "out.jsonl").exists()
    again = cleantext("fix", "in/a.jsonl", "--output", "out.jsonl")
    assert again.returncode == 0
    assert (tmp_path / "out.jsonl").read_bytes().count(b"\n") == ARTICLES // 2


def test_two_runs_on_one_output_do_not_meet(tmp_path: Path, cleantext: Run) -> None:
    from cleantext.batch.sinks import Part

    (tmp_path / "a.jsonl").write_bytes(made.lines(3))
    held = Part(tmp_path / "out.jsonl")
    held.write(b"of the first run")
    second = cleantext("fix", "a.jsonl", "--output", "out.jsonl")
    assert second.returncode == 2
    assert b"another run is writing" in second.stderr
    held.finish()
    assert (tmp_path / "out.jsonl").read_bytes() == b"of the first run"
    assert cleantext("fix", "a.jsonl", "--output", "out.jsonl").returncode == 0
