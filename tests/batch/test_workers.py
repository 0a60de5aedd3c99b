"""How processes that share work begin and end."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

import made
import pytest
from calls import command

from cleantext import workers

Run = Callable[..., subprocess.CompletedProcess[bytes]]
linux = pytest.mark.skipif(sys.platform != "linux", reason="Linux tells the threads of a process")

# Whether workers have what this process set before they began: forked ones do.
FORKED = """
import sys, threading
from cleantext import workers
from cleantext.batch import work
def begun(chunk):
    return work._setup
if __name__ == "__main__":
    work._setup = "set"
    if sys.argv[1] == "threads":
        threading.Thread(target=threading.Event().wait, daemon=True).start()
    print(list(workers.map_chunks(begun, [[1], [2], [3]], jobs=2, may_fork=sys.argv[1] != "asked not to")))
"""


@linux
@pytest.mark.parametrize(("how", "value"), [("alone", "set"), ("threads", None), ("asked not to", None)])
def test_workers_are_forked_only_where_that_harms_nothing(
    tmp_path: Path, how: str, value: str | None
) -> None:
    program = tmp_path / "program.py"
    program.write_text(FORKED)
    done = subprocess.run([sys.executable, program, how], capture_output=True, text=True, check=True)
    assert done.stdout == f"{[value] * 3}\n"


def test_results_come_in_order_whatever_the_number_of_workers() -> None:
    assert threading.active_count() >= 1
    chunks = [[n] for n in range(40)]
    assert list(workers.map_chunks(sum, chunks, jobs=3, may_fork=True)) == list(range(40))


@linux
def test_workers_end_when_the_run_is_killed(tmp_path: Path, rules: Path) -> None:
    (tmp_path / "a.jsonl").write_bytes(made.lines(20_000))
    words = ["check", "a.jsonl", "--isolated", "--quiet", "--jobs", 2, "--record", "run.jsonl"]
    process = subprocess.Popen(command(*words), cwd=tmp_path, stdout=subprocess.DEVNULL)
    children: list[str] = []
    began = time.monotonic()
    while len(children) < 2 and time.monotonic() - began < 60:
        children = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()
        time.sleep(0.01)
    assert len(children) == 2
    time.sleep(0.5)
    os.kill(process.pid, signal.SIGKILL)
    process.wait()
    began = time.monotonic()
    while any(map(_lives, children)) and time.monotonic() - began < 10:
        time.sleep(0.01)
    assert not any(map(_lives, children))


def _lives(process: str) -> bool:
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


@pytest.mark.parametrize("name", ["fix", "check"])
def test_what_two_workers_print_is_what_one_prints(tmp_path: Path, cleantext: Run, name: str) -> None:
    (tmp_path / "a.jsonl").write_bytes(made.lines(300))
    one, two = (cleantext(name, "a.jsonl", "--format", "jsonl", "--jobs", jobs) for jobs in (1, 2))
    assert one.stdout == two.stdout
    assert one.stdout.count(b"\n") > 50
    assert one.returncode == two.returncode
