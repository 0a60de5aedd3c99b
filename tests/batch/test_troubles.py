"""Full disks, outputs that cannot be written, rules that fail: a clear message, nothing lost, nothing half written."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import made
import pytest

Run = Callable[..., subprocess.CompletedProcess[bytes]]


def test_an_output_in_no_directory_is_said_before_any_work(tmp_path: Path, cleantext: Run) -> None:
    (tmp_path / "a.jsonl").write_bytes(made.lines(3))
    done = cleantext("fix", "a.jsonl", "--output", "no/where.jsonl")
    assert done.returncode == 2
    assert b"there is no directory" in done.stderr


@pytest.mark.skipif(hasattr(os, "geteuid") and os.geteuid() == 0, reason="root may write everywhere")
def test_an_output_without_permission_is_said(tmp_path: Path, cleantext: Run) -> None:
    (tmp_path / "a.jsonl").write_bytes(made.lines(3))
    (tmp_path / "locked").mkdir(mode=0o500)
    done = cleantext("fix", "a.jsonl", "--output", "locked/out.jsonl")
    assert done.returncode == 2
    assert b"no permission" in done.stderr


def test_an_output_that_is_an_input_is_refused(tmp_path: Path, cleantext: Run) -> None:
    (tmp_path / "a.jsonl").write_bytes(made.lines(3))
    done = cleantext("fix", "a.jsonl", "--output", "./a.jsonl")
    assert done.returncode == 2
    assert b"is also an input" in done.stderr
    assert (tmp_path / "a.jsonl").read_bytes() == made.lines(3)


def test_several_texts_do_not_run_together(tmp_path: Path, cleantext: Run) -> None:
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text("x")
    done = cleantext("fix", "a.txt", "b.txt", "--output", "out.txt")
    assert done.returncode == 2
    assert b"Give a directory" in done.stderr


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 1 MB."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", folder], capture_output=True, check=False
    )
    if mounted.returncode:
        pytest.skip("mounting a small disk needs root")
    yield folder
    subprocess.run(["umount", folder], check=True)


def test_a_full_disk_leaves_the_old_output_and_the_rest_can_be_resumed(
    tmp_path: Path, cleantext: Run, small_disk: Path
) -> None:
    (tmp_path / "a.jsonl").write_bytes(made.lines(2_000))
    (small_disk / "out.jsonl").write_bytes(b"old\n")
    done = cleantext("fix", "a.jsonl", "--output", "disk/out.jsonl")
    assert done.returncode == 2
    assert b"No space left" in done.stderr
    assert (small_disk / "out.jsonl").read_bytes() == b"old\n"
    assert subprocess.run(["mount", "-o", "remount,size=8m", small_disk], check=False).returncode == 0
    assert cleantext("fix", "a.jsonl", "--output", "disk/out.jsonl", "--resume").returncode == 0
    cleantext("fix", "a.jsonl", "--output", "elsewhere.jsonl")
    assert (small_disk / "out.jsonl").read_bytes() == (tmp_path / "elsewhere.jsonl").read_bytes()


def test_a_full_disk_leaves_files_in_place_as_they_are(cleantext: Run, small_disk: Path) -> None:
    text = json.dumps({"text": "Reuters he reported. " + "x" * 600_000}).encode() + b"\n"
    (small_disk / "a.jsonl").write_bytes(text)
    done = cleantext("fix", "disk/a.jsonl")
    assert done.returncode == 2
    assert b"not changed: No space left" in done.stderr
    assert (small_disk / "a.jsonl").read_bytes() == text
    assert [p.name for p in small_disk.iterdir() if p.name != ".cleantext"] == ["a.jsonl"]


def test_full_standard_output_is_said(tmp_path: Path, rules: Path) -> None:
    if not Path("/dev/full").exists():
        pytest.skip("no /dev/full here")
    (tmp_path / "a.jsonl").write_bytes(made.lines(300))
    from calls import command

    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            command("fix", "--format", "jsonl", "a.jsonl", "--isolated", "--rules", rules, "--select", "ZZ"),
            cwd=tmp_path, stdout=full, stderr=subprocess.PIPE, check=False,
        )  # fmt: skip
    assert done.returncode == 2
    assert b"No space left" in done.stderr
    assert b"Traceback" not in done.stderr


def test_a_rule_that_fails_on_one_article_costs_that_article_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    from cleantext.batch.chunks import Chunk
    from cleantext.batch.reading import Fields
    from cleantext.batch.work import Setup, Worker
    from cleantext.cleaner import Cleaner
    from cleantext.cli.formats.cleaned import Cleaned

    cleaner = Cleaner(select=["typography"])
    original = Cleaner.fix

    def failing(self: Cleaner, article: object, **more: object) -> object:
        if article.id == "a1":  # type: ignore[attr-defined]
            raise ZeroDivisionError("of a rule")
        return original(self, article, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(Cleaner, "fix", failing)
    setup = Setup("fix", cleaner, Fields(), printer=Cleaned(Fields(), records=True, errors=True))
    result = Worker(setup).result(Chunk("lines", 0, ("m.jsonl",), data=made.lines(3), count=3))
    rows = [json.loads(row) for row in result.output.splitlines()]
    assert [row.get("id") for row in rows] == ["a0", None, "a1", "a2"]
    assert "ZeroDivisionError: of a rule" in rows[1]["error"]
    assert rows[2]["text"] == made.article(1)["text"]
    assert result.tally.errors == 1


def test_several_workers_give_what_one_gives(tmp_path: Path, cleantext: Run) -> None:
    (tmp_path / "a.jsonl").write_bytes(b"bad\n" + made.lines(700))
    (tmp_path / "b.txt").write_text("It rains, Reuters he reported.")
    for form in ("text", "json", "jsonl", "sarif", "github"):
        one = cleantext("check", ".", "--format", form)
        two = cleantext("check", ".", "--format", form, "--jobs", 2)
        assert one.returncode == two.returncode == 2
        assert one.stdout == two.stdout
        assert b"ZZ001" in one.stdout


def test_a_killed_worker_is_said(tmp_path: Path, rules: Path) -> None:
    program = f"""
import os, signal, cleantext.batch.work as work
from cleantext.cli import main
import sys
old = work.start
def start(setup):
    os.kill(os.getpid(), signal.SIGKILL)
if __name__ == "__main__":
    work.start = start
    sys.argv = ["cleantext", "fix", "a.jsonl", "--output", "o.jsonl", "--jobs", "2", "--isolated",
                "--rules", {str(rules)!r}, "--select", "ZZ"]
    main()
"""
    (tmp_path / "a.jsonl").write_bytes(made.lines(300))
    (tmp_path / "program.py").write_text(program)
    (tmp_path / "sitecustomize.py").write_text("")
    # The worker imports the same module anew, so it is made to die through the function's own module.
    program = program.replace("work.start = start", "work.start = os.abort")
    (tmp_path / "program.py").write_text(program)
    done = subprocess.run([sys.executable, "program.py"], cwd=tmp_path, capture_output=True, check=False)
    assert done.returncode == 2
    assert b"a worker process was ended from outside" in done.stderr
    assert not (tmp_path / "o.jsonl").exists()
