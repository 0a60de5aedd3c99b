"""Kills, full disks, permissions, links, other programs: nothing lost, nothing half written, the message right."""

from __future__ import annotations

import gzip
import json
import os
import random
import shutil
import signal
import stat
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import BAD, GOOD  # type: ignore[attr-defined]
from hostile_calls import TORTURE, command, some

Run = Callable[..., subprocess.CompletedProcess[bytes]]


def _corpus(folder: Path, count: int) -> dict[str, bytes]:
    """Texts, JSON lines and packed JSON lines; every second article has a fault."""
    folder.mkdir(parents=True)
    made: dict[str, bytes] = {}
    for number in range(count):
        made[f"t{number:04}.txt"] = f"{BAD if number % 2 else GOOD} {'Prose. ' * 40}{number}\r\n".encode()
    rows = [
        json.dumps({"text": f"{BAD if n % 3 else GOOD} {n}", "n": n}).encode() + b"\n"
        for n in range(count * 4)
    ]
    made["lines.jsonl"] = b"".join(rows)
    made["packed.jsonl.gz"] = gzip.compress(b"".join(rows), mtime=1)
    for name, data in made.items():
        (folder / name).write_bytes(data)
    return made


def held(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}


def _same(a: bytes, b: bytes, name: str) -> bool:
    return gzip.decompress(a) == gzip.decompress(b) if name.endswith(".gz") else a == b


KILLS = 12 if TORTURE else 1


@pytest.mark.parametrize("jobs", some([2, 1], few=1))
def test_a_run_killed_at_any_moment_leaves_every_file_old_or_new_and_undo_brings_the_old(
    tmp_path: Path, rules: Path, jobs: int
) -> None:
    before = _corpus(tmp_path / "in", 400 if TORTURE else 120)
    shutil.copytree(tmp_path / "in", tmp_path / "whole")
    words = ["--isolated", "--rules", rules, "--select", "ZZ", "--jobs", jobs]
    subprocess.run(command("fix", "whole", *words), cwd=tmp_path, check=True, capture_output=True)
    after = held(tmp_path / "whole")
    chance = random.Random(jobs)
    cut = 0
    for _ in range(KILLS):
        process = subprocess.Popen(
            command("fix", "in", *words), cwd=tmp_path, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
            start_new_session=True,
        )  # fmt: skip
        index = tmp_path / "in" / ".cleantext" / "runs" / "index.jsonl"
        seen = index.stat().st_size if index.exists() else 0
        began = time.monotonic()
        while process.poll() is None and time.monotonic() - began < 120:
            if index.exists() and index.stat().st_size > seen:  # it began to write
                break
            time.sleep(0.002)
        time.sleep(chance.uniform(0, 0.25 if TORTURE else 0.03))
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
            cut += 1
        process.wait()
        now = {name: data for name, data in held(tmp_path / "in").items() if not name.startswith(".")}
        assert now.keys() == before.keys()
        for name, data in now.items():
            assert data == before[name] or _same(data, after[name], name), f"{name} is neither old nor new"
    assert cut, "every run ended before it could be killed"
    done = subprocess.run(command("fix", "in", *words), cwd=tmp_path, check=False, capture_output=True)
    assert done.returncode == 0, done.stderr
    now = held(tmp_path / "in")
    assert all(_same(now[name], after[name], name) for name in after)
    for _ in range(KILLS + 1):
        undone = subprocess.run(command("undo", "in"), cwd=tmp_path, check=False, capture_output=True)
        assert undone.returncode == 0, undone.stderr
    assert {name: data for name, data in held(tmp_path / "in").items() if not name.startswith(".")} == before


def test_two_runs_at_once_do_the_work_once(tmp_path: Path, rules: Path) -> None:
    before = _corpus(tmp_path / "in", 150)
    words = ["--isolated", "--rules", rules, "--select", "ZZ"]
    both = [
        subprocess.Popen(
            command("fix", "in", *words), cwd=tmp_path, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
        )
        for _ in range(2)
    ]
    errors = [process.communicate(timeout=300)[1] for process in both]
    assert all(process.returncode in (0, 2) for process in both), errors
    assert not any(b"Traceback" in error for error in errors)
    for name, data in held(tmp_path / "in").items():
        text = gzip.decompress(data) if name.endswith(".gz") else data
        assert b"the town the town" not in text
    undone = subprocess.run(command("undo", "in"), cwd=tmp_path, check=False, capture_output=True)
    assert undone.returncode == 0, undone.stderr
    again = subprocess.run(command("undo", "in"), cwd=tmp_path, check=False, capture_output=True)
    assert b"Traceback" not in again.stderr
    assert held(tmp_path / "in") == before


def test_in_place_keeps_mode_owner_times_and_attributes(tmp_path: Path, run: Run) -> None:
    path = tmp_path / "a.txt"
    path.write_text(BAD)
    path.chmod(0o640)
    if os.geteuid() == 0:
        os.chown(path, 1234, 2345)
    os.utime(path, ns=(1_400_000_000_123_456_789, 1_300_000_000_987_654_321))
    attributes = True
    try:
        os.setxattr(path, "user.scraper", b"v1")
    except (OSError, AttributeError):
        attributes = False
    old = path.stat()
    assert run("fix", "a.txt").returncode == 0
    assert path.read_text() == GOOD
    new = path.stat()
    assert stat.S_IMODE(new.st_mode) == 0o640
    assert (new.st_uid, new.st_gid) == (old.st_uid, old.st_gid)
    assert new.st_mtime_ns == old.st_mtime_ns
    if attributes:
        assert os.getxattr(path, "user.scraper") == b"v1"
    assert run("undo", "a.txt").returncode == 0
    assert path.read_text() == BAD
    assert path.stat().st_mtime_ns == old.st_mtime_ns


def test_what_does_not_change_is_not_even_opened_for_writing(tmp_path: Path, run: Run) -> None:
    path = tmp_path / "a.txt"
    path.write_text(GOOD)
    before = path.stat()
    assert run("fix", "a.txt").returncode == 0
    assert (path.stat().st_ino, path.stat().st_mtime_ns) == (before.st_ino, before.st_mtime_ns)
    assert not (tmp_path / ".cleantext").exists()


def test_a_named_link_is_followed_and_stays_a_link(tmp_path: Path, run: Run) -> None:
    (tmp_path / "elsewhere").mkdir()
    real = tmp_path / "elsewhere" / "real.txt"
    real.write_text(BAD)
    (tmp_path / "link.txt").symlink_to(real)
    assert run("fix", "link.txt").returncode == 0
    assert (tmp_path / "link.txt").is_symlink()
    assert real.read_text() == GOOD


@pytest.mark.parametrize("name", ["secret.txt", "secret.jsonl"])
def test_a_link_in_a_folder_never_leads_a_fix_out_of_it(tmp_path: Path, run: Run, name: str) -> None:
    content = BAD if name.endswith("txt") else json.dumps({"text": BAD}) + "\n"
    (tmp_path / "outside").mkdir()
    outside = tmp_path / "outside" / name
    outside.write_text(content)
    corpus = tmp_path / "in"
    corpus.mkdir()
    (corpus / f"link{outside.suffix}").symlink_to(outside)
    (corpus / "inner").symlink_to(tmp_path / "outside", target_is_directory=True)
    (corpus / "own.txt").write_text(BAD)
    done = run("fix", "in")
    assert outside.read_text() == content
    assert not (tmp_path / "outside" / ".cleantext").exists()
    assert (corpus / "own.txt").read_text() == GOOD
    assert done.returncode == 2
    assert b"link" in done.stderr


def test_a_link_inside_the_folder_is_followed_once(tmp_path: Path, run: Run) -> None:
    corpus = tmp_path / "in"
    corpus.mkdir()
    (corpus / "b.txt").write_text(BAD)
    (corpus / "a.txt").symlink_to("b.txt")
    assert run("fix", "in").returncode in (0, 2)
    assert (corpus / "b.txt").read_text() == GOOD
    assert (corpus / "a.txt").is_symlink()


def test_a_link_that_leads_nowhere_or_in_a_circle_is_said(tmp_path: Path, run: Run) -> None:
    (tmp_path / "gone.txt").symlink_to("nowhere.txt")
    (tmp_path / "circle.txt").symlink_to("circle.txt")
    (tmp_path / "ok.txt").write_text(BAD)
    done = run("fix", "gone.txt", "circle.txt", "ok.txt")
    assert done.returncode == 2
    assert b"Traceback" not in done.stderr
    assert (tmp_path / "ok.txt").read_text() == GOOD


def test_hard_links_all_show_the_new_text(tmp_path: Path, run: Run) -> None:
    path = tmp_path / "a.txt"
    path.write_text(BAD)
    os.link(path, tmp_path / "twin.txt")
    assert run("fix", "a.txt").returncode == 0
    assert (tmp_path / "twin.txt").read_text() == GOOD
    assert path.samefile(tmp_path / "twin.txt")
    assert run("undo", "a.txt").returncode == 0
    assert (tmp_path / "twin.txt").read_text() == BAD


def as_anybody(arguments: list[object], folder: Path) -> subprocess.CompletedProcess[bytes]:
    """Run without root's power over other people's files."""
    words = command(*arguments)
    if os.geteuid() == 0:
        if not shutil.which("setpriv"):
            pytest.skip("root needs setpriv to step down")
        words = ["setpriv", "--bounding-set=-dac_override,-dac_read_search,-fowner,-chown", *words]
    return subprocess.run(words, cwd=folder, capture_output=True, check=False, timeout=300)


@pytest.fixture
def open_folder(rules: Path) -> Path:
    """A folder with the rules in it."""
    return rules.parent


WORDS = ["--isolated", "--rules", "zz.toml", "--select", "ZZ"]


def test_a_folder_that_cannot_be_written_to_is_said_and_its_files_stay(open_folder: Path) -> None:
    locked = open_folder / "locked"
    locked.mkdir()
    (locked / "a.txt").write_text(BAD)
    (locked / "b.jsonl").write_text(json.dumps({"text": BAD}) + "\n")
    if os.geteuid() == 0:
        os.chown(locked, 1234, 1234)
    locked.chmod(0o555)
    done = as_anybody(["fix", "locked", *WORDS], open_folder)
    assert done.returncode == 2
    assert done.stderr.count(b"Permission denied") == 2, done.stderr
    assert b"Traceback" not in done.stderr
    assert (locked / "a.txt").read_text() == BAD
    assert sorted(path.name for path in locked.iterdir()) == ["a.txt", "b.jsonl"]
    locked.chmod(0o755)


def test_a_file_that_cannot_be_read_costs_itself_alone(open_folder: Path) -> None:
    (open_folder / "a.txt").write_text(BAD)
    (open_folder / "a.txt").chmod(0)
    (open_folder / "b.txt").write_text("They left the town the town.")
    done = as_anybody(["check", "a.txt", "b.txt", "--format", "jsonl", *WORDS], open_folder)
    assert done.returncode == 2
    assert b"Permission denied" in done.stdout + done.stderr
    assert b"ZZ001" in done.stdout


def test_a_read_only_file_of_ours_in_a_folder_of_ours_is_replaced_and_stays_read_only(
    open_folder: Path,
) -> None:
    """As `sed -i` does; the mode says who may open the file, not who may put another in its place."""
    path = open_folder / "a.txt"
    path.write_text(BAD)
    path.chmod(0o444)
    done = as_anybody(["fix", "a.txt", *WORDS], open_folder)
    assert done.returncode == 0, done.stderr
    assert path.read_text() == GOOD
    assert stat.S_IMODE(path.stat().st_mode) == 0o444


def test_a_read_only_disk_is_said_and_nothing_changes(run: Run, small_disk: Path) -> None:
    (small_disk / "a.txt").write_text(BAD)
    assert subprocess.run(["mount", "-o", "remount,ro", small_disk], check=False).returncode == 0
    done = run("fix", "disk/a.txt")
    assert done.returncode == 2
    assert b"Read-only file system" in done.stderr
    assert (small_disk / "a.txt").read_text() == BAD
    assert run("check", "disk/a.txt").returncode == 1


@pytest.mark.parametrize("filled", some([240, 250, 0, *range(200, 257, 2)], few=2))
def test_a_disk_that_fills_at_any_point_keeps_every_file_whole(
    run: Run, small_disk: Path, filled: int
) -> None:
    """The disk is filled up to a point that differs, in blocks of 4 KB, so that another write fails each time."""
    before = {}
    for number in range(3):
        text = f"{BAD} {'Prose about the harbour. ' * 400}{number}\n"
        (small_disk / f"{number}.txt").write_text(text)
        before[f"{number}.txt"] = text.encode()
    rows = b"".join(json.dumps({"text": f"{BAD} {n}"}).encode() + b"\n" for n in range(300))
    (small_disk / "d.jsonl").write_bytes(rows)
    before["d.jsonl"] = rows
    try:
        with (small_disk / "filler").open("wb") as out:
            for _ in range(filled):
                out.write(b"x" * 4096)
                out.flush()
    except OSError:
        pass
    done = run("fix", "disk")
    assert done.returncode in (0, 2)
    assert b"Traceback" not in done.stderr, done.stderr
    now = {
        path.name: path.read_bytes()
        for path in small_disk.iterdir()
        if path.is_file() and path.name != "filler"
    }
    assert now.keys() == before.keys()
    fixed = 0
    for name, data in now.items():
        new = before[name].replace(b"the town the town", b"the town")
        assert data in (before[name], new), name
        fixed += data == new
    assert (done.returncode == 2) == (fixed < len(before)), done.stderr
    if done.returncode == 2:
        assert b"No space left" in done.stderr
    (small_disk / "filler").unlink()
    assert run("undo", "disk").returncode == 0
    now = {path.name: path.read_bytes() for path in small_disk.iterdir() if path.is_file()}
    assert now == before


def test_a_file_that_grows_while_it_is_read_is_left_to_its_writer(tmp_path: Path, rules: Path) -> None:
    path = tmp_path / "live.jsonl"
    size = 6000 if TORTURE else 1500
    row = json.dumps({"text": BAD + " Prose." * 30}).encode() + b"\n"
    path.write_bytes(row * size)
    process = subprocess.Popen(
        command("fix", "live.jsonl", *WORDS), cwd=tmp_path, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL
    )
    added = 0
    with path.open("ab") as out:
        while process.poll() is None:
            out.write(b'{"text": "added"}\n')
            out.flush()
            added += 1
            time.sleep(0.01)
    errors = process.stderr.read() if process.stderr else b""
    assert process.returncode == 2, errors
    assert b"changed by another program" in errors
    assert path.read_bytes() == row * size + b'{"text": "added"}\n' * added


def test_files_that_vanish_or_turn_into_folders_while_we_run_are_said(tmp_path: Path, rules: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    count = 3000 if TORTURE else 900
    for number in range(count):
        (folder / f"{number:05}.txt").write_text(BAD)
    process = subprocess.Popen(
        command("fix", "in", *WORDS), cwd=tmp_path, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL
    )
    while process.poll() is None and not (folder / ".cleantext" / "runs" / "index.jsonl").exists():
        time.sleep(0.005)
    for number in range(count - 300, count):
        (folder / f"{number:05}.txt").unlink()
    for number in range(count - 300, count - 290):
        (folder / f"{number:05}.txt").mkdir()
    errors = process.communicate(timeout=300)[1]
    assert b"Traceback" not in errors, errors[-500:]
    assert process.returncode in (0, 2)
    assert all((folder / f"{number:05}.txt").read_text() == GOOD for number in range(0, count - 400, 50))


def test_clocks_that_go_backwards_confuse_neither_undo_nor_decisions(tmp_path: Path, rules: Path) -> None:
    """Two runs and an undo, each a year before the last by the clock of its process."""
    path = tmp_path / "a.txt"
    path.write_text(BAD)
    program = (
        "import sys, time; real, back = time.time, float(sys.argv.pop(1)); real_ns = time.time_ns\n"
        "time.time = lambda: real() - back\ntime.time_ns = lambda: real_ns() - int(back * 1e9)\n"
        "from cleantext.cli import main; main()"
    )

    def at(years: int, *arguments: object) -> None:
        words = [command()[0], "-c", program, str(years * 31_536_000), *map(str, arguments)]
        done = subprocess.run(words, cwd=tmp_path, capture_output=True, check=False, timeout=120)
        assert done.returncode == 0, done.stderr

    at(0, "fix", "a.txt", *WORDS)
    at(1, "fix", "a.txt", "--apply", "review", *WORDS)
    fixed_twice = path.read_text()
    assert fixed_twice == GOOD.replace("teh", "the")
    at(2, "undo", "a.txt")
    assert path.read_text() == GOOD
    at(3, "undo", "a.txt")
    assert path.read_text() == BAD


@pytest.mark.parametrize("kind", ["fifo", "device", "folder"])
def test_what_is_no_file_is_said_and_does_not_hang(tmp_path: Path, run: Run, kind: str) -> None:
    path = tmp_path / "odd.txt"
    if kind == "fifo":
        os.mkfifo(path)
    elif kind == "folder":
        path.mkdir()
    else:
        path.symlink_to("/dev/null")
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "ok.txt").write_text(BAD)
    if kind == "fifo":
        (tmp_path / "in" / "pipe.txt").unlink(missing_ok=True)
        os.mkfifo(tmp_path / "in" / "pipe.txt")
    done = run("fix", "in")
    assert done.returncode in (0, 2)
    assert (tmp_path / "in" / "ok.txt").read_text() == GOOD
    if kind != "fifo":  # somebody may want to read from a pipe that he names
        named = run("fix", "odd.txt")
        assert named.returncode in (0, 2)
        assert b"Traceback" not in named.stderr
