"""What `cleantext log` says of files that were changed, and what is said before any article is read."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from cleantext.batch.changes import Change, put_back

BAD = "The mayor left the town the town, Reuters he reported."
Run = Callable[..., subprocess.CompletedProcess[bytes]]


def undone(cleantext: Run) -> list[bool]:
    """Whether each change is put back, the latest first."""
    done = cleantext("log", "a.txt", "--format", "jsonl")
    return [json.loads(line)["undone"] for line in done.stdout.splitlines()]


def test_a_change_that_was_put_back_is_shown_so(tmp_path: Path, rules: Path, cleantext: Run) -> None:
    path = tmp_path / "a.txt"
    path.write_text(BAD)
    cleantext("fix", "a.txt")
    assert undone(cleantext) == [False]
    cleantext("undo", "a.txt")
    assert undone(cleantext) == [True]
    assert b", put back since)" in cleantext("log", "a.txt").stdout
    cleantext("fix", "a.txt")
    assert undone(cleantext) == [False, True]
    cleantext("undo", "--rule", "ZZ001", "a.txt")
    assert undone(cleantext) == [False, True, True]  # what is left of the fix stands in its place
    cleantext("undo", "a.txt")
    assert undone(cleantext) == [True, True, True]


@pytest.mark.parametrize(
    ("history", "now", "gone"),
    [
        ("AB BC", "C", ""),
        ("AB BC", "B", "0"),
        ("AB BC", "A", "01"),
        ("AB AB", "B", "1"),
        ("AB AB", "A", "01"),
        ("AB BC AD", "D", "12"),
        ("AB BC", "x", ""),
        ("AB AB", "x", "1"),
        ("", "x", ""),
    ],
)
def test_which_changes_stand(history: str, now: str, gone: str) -> None:
    known = [Change("a.txt", "run", 0.0, "run.jsonl", 0, 1, step[0], step[1]) for step in history.split()]
    assert put_back(known[::-1], now) == set(map(int, gone))


def test_a_path_that_is_not_there_is_told_what_to_do(tmp_path: Path, rules: Path, cleantext: Run) -> None:
    (tmp_path / "articles").mkdir()
    (tmp_path / "articles" / "a.txt").write_text("The council met.")
    assert b"no such file or directory; did you mean articles?" in cleantext("check", "artciles").stderr
    assert b"did you mean articles/a.txt?" in cleantext("check", "articles/a.text").stderr
    assert (
        b"; name a file (.txt .md .jsonl .csv .parquet), a directory, or -"
        in cleantext("check", "zzzzz").stderr
    )
    assert b"and no directory gone" in cleantext("check", "gone/a.txt").stderr


def test_a_broken_table_of_office_holders_is_said_once(tmp_path: Path, rules: Path, cleantext: Run) -> None:
    (tmp_path / "club.csv").write_text("office_id,titles,family,start\nx,president,,2001\n")
    (tmp_path / "cleantext.toml").write_text('[attribution]\noffices = ["club.csv"]\n')
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text("The council met.")
    from calls import command

    words = command("check", "a.txt", "b.txt")
    done = subprocess.run(words, cwd=tmp_path, capture_output=True, check=False)
    assert done.returncode == 2
    assert done.stderr.count(b"club.csv:2: family is empty. Every term needs one.") == 1
    assert b"Traceback" not in done.stderr
    assert not done.stdout
