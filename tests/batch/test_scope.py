"""What a run leaves out: what a baseline holds, what a file's settings ignore, lines that did not change."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Run = Callable[..., Any]
"""How the fixture of the command line is called."""

BAD = "It rains, Reuters he reported."
TOWN = "They left the town the town."


def rules_found(stdout: bytes) -> list[tuple[str, str]]:
    rows = [json.loads(line) for line in stdout.splitlines()]
    return [(row["path"], row["rule"]) for row in rows]


def test_a_baseline_hides_what_stood_there_and_nothing_new(tmp_path: Path, cleantext: Run) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "x.txt").write_text(f"{BAD}\n")
    (tmp_path / "a" / "t.csv").write_text(f'id,text\n1,"{BAD}"\n2,fine\n')
    done = cleantext("check", "a", "--baseline", "base.jsonl", "--update-baseline", "--jobs", "2")
    assert done.returncode == 0
    assert b"2 findings in 2 of 3 articles written to base.jsonl." in done.stderr
    done = cleantext("check", "a", "--baseline", "base.jsonl", "--format", "jsonl")
    assert (done.returncode, done.stdout) == (0, b"")
    (tmp_path / "a" / "x.txt").write_text(f"{BAD}\n\n{TOWN}\n")
    (tmp_path / "a" / "t.csv").write_text(f'id,text\n1,"{BAD}"\n2,"{BAD}"\n')
    done = cleantext("check", tmp_path / "a", "--baseline", "base.jsonl", "--format", "jsonl")
    assert done.returncode == 1
    assert [rule for _, rule in rules_found(done.stdout)] == ["ZZ001", "ZZ002"]
    assert cleantext("check", "a", "--baseline", "none.jsonl").returncode == 2
    assert cleantext("check", "a", "--update-baseline").returncode == 2


@pytest.mark.parametrize(
    ("broken", "said"),
    [
        (b"{}\n", b"is no baseline"),
        (b'{"cleantext-baseline":1}\nx\n', b"base.jsonl:2: is no line of a baseline"),
    ],
)
def test_a_broken_baseline_is_named(tmp_path: Path, cleantext: Run, broken: bytes, said: bytes) -> None:
    (tmp_path / "x.txt").write_text(f"{BAD}\n")
    (tmp_path / "base.jsonl").write_bytes(broken)
    done = cleantext("check", "x.txt", "--baseline", "base.jsonl")
    assert (done.returncode, said in done.stderr) == (2, True)


def test_rules_are_ignored_by_path_and_by_source_in_check_and_fix(tmp_path: Path, cleantext: Run) -> None:
    (tmp_path / "own.toml").write_text(
        '[[per-file]]\npaths = ["press/**"]\nignore = ["ZZ001"]\n'
        '[[per-file]]\nsource = "agency"\nignore = ["typography"]\n'
    )
    (tmp_path / "press").mkdir()
    for name in ("press/a.txt", "b.txt"):
        (tmp_path / name).write_text(f"{BAD} {TOWN}\n")
    record = {"text": f"{BAD} {TOWN}"}
    (tmp_path / "c.jsonl").write_text(
        json.dumps({**record, "source": "agency"}) + "\n" + json.dumps(record) + "\n"
    )
    words = ["press/a.txt", "b.txt", "c.jsonl", "--config", "own.toml"]
    done = cleantext("check", *words, "--format", "jsonl")
    assert rules_found(done.stdout) == [
        ("press/a.txt", "ZZ002"),
        *[("b.txt", "ZZ001"), ("b.txt", "ZZ002")],
        *[("c.jsonl", "ZZ001"), ("c.jsonl", "ZZ002")],
    ]
    assert cleantext("fix", *words).returncode == 0
    assert (tmp_path / "press/a.txt").read_text() == f"{BAD} They left the town.\n"
    assert (tmp_path / "b.txt").read_text() == "It rains, Reuters reported. They left the town.\n"
    first, second = (tmp_path / "c.jsonl").read_text().splitlines()
    assert json.loads(first)["text"] == record["text"]
    assert json.loads(second)["text"] == "It rains, Reuters reported. They left the town."


def test_fewer_rules_and_surer_ones_hold_by_path_and_by_source(tmp_path: Path, cleantext: Run) -> None:
    (tmp_path / "own.toml").write_text(
        '[[per-file]]\npaths = ["press/"]\nselect = ["ZZ002"]\n'
        '[[per-file]]\nsource = "agency"\nmin-confidence = 1.0\n'
    )
    (tmp_path / "press").mkdir()
    (tmp_path / "press/a.txt").write_text(f"{BAD} {TOWN}\n")
    record = {"text": f"{BAD} {TOWN}"}
    (tmp_path / "c.jsonl").write_text(
        json.dumps({**record, "source": "agency"}) + "\n" + json.dumps(record) + "\n"
    )
    words = ["press/a.txt", "c.jsonl", "--config", "own.toml"]
    done = cleantext("check", *words, "--format", "jsonl")
    assert rules_found(done.stdout) == [("press/a.txt", "ZZ002"), ("c.jsonl", "ZZ001"), ("c.jsonl", "ZZ002")]
    assert cleantext("fix", *words).returncode == 0
    assert (tmp_path / "press/a.txt").read_text() == f"{BAD} They left the town.\n"
    assert json.loads((tmp_path / "c.jsonl").read_text().splitlines()[0])["text"] == record["text"]


@pytest.mark.parametrize(
    ("table", "said"),
    [
        ('paths = ["a.txt"]', b'needs "select", "ignore" or "min-confidence"'),
        ('paths = ["a.txt"]\nmin-confidence = 2.0', b'"min-confidence" must be between 0 and 1'),
        ('paths = ["a.txt"]\nselect = ["BPX"]', b'unknown rule or category "BPX"'),
    ],
)
def test_a_per_file_table_that_says_nothing_or_nonsense_is_refused(
    tmp_path: Path, cleantext: Run, table: str, said: bytes
) -> None:
    (tmp_path / "own.toml").write_text(f"[[per-file]]\n{table}\n")
    (tmp_path / "a.txt").write_text(f"{BAD}\n")
    done = cleantext("check", "a.txt", "--config", "own.toml")
    assert (done.returncode, said in done.stderr) == (2, True), done.stderr


def test_a_table_of_ignores_says_where_it_holds(tmp_path: Path, cleantext: Run) -> None:
    (tmp_path / "own.toml").write_text('[[per-file]]\nignore = ["ZZ001"]\n')
    (tmp_path / "a.txt").write_text(f"{BAD}\n")
    done = cleantext("check", "a.txt", "--config", "own.toml")
    assert (done.returncode, b'needs "paths" or "source"' in done.stderr) == (2, True)


def git(folder: Path, *words: str) -> None:
    who = ["-c", "user.name=a", "-c", "user.email=a@example.org"]
    subprocess.run(["git", *who, *words], cwd=folder, check=True, capture_output=True)


def test_only_lines_that_changed_since_a_revision_are_reported(tmp_path: Path, cleantext: Run) -> None:
    git(tmp_path, "init", "-q")
    (tmp_path / "a é.txt").write_text(f"{BAD}\n\nOne.\n\n-- two\n")
    (tmp_path / "t.csv").write_text(f'id,text\n1,"{BAD}\nline"\n2,fine\n')
    (tmp_path / "same.txt").write_text(f"{BAD}\n")
    git(tmp_path, "add", "-A")
    git(tmp_path, "commit", "-qm", "first")
    (tmp_path / "a é.txt").write_text(f"{BAD}\n\nOne.\n\n++ {TOWN}\n")
    (tmp_path / "t.csv").write_text(f'id,text\n1,"{BAD}\nline"\n2,"{TOWN}"\n')
    (tmp_path / "new.txt").write_text(f"{BAD}\n")
    done = cleantext("check", ".", "--changed-since", "HEAD", "--format", "jsonl")
    assert rules_found(done.stdout) == [("a é.txt", "ZZ002"), ("new.txt", "ZZ001"), ("t.csv", "ZZ002")]
    unknown = cleantext("check", ".", "--changed-since", "nowhere")
    assert (unknown.returncode, b"git says" in unknown.stderr) == (2, True)
    assert cleantext("check", ".", "--changed-since=--output=x").returncode == 2


def test_quotes_are_found_by_several_workers_into_a_file(tmp_path: Path, cleantext: Run) -> None:
    said = '"We will finish the bridge," said Marta Berg.\n'
    for number in range(3):
        (tmp_path / f"{number}.txt").write_text(said)
    (tmp_path / "own.toml").write_text('exclude = ["2.txt"]\n')
    done = cleantext(
        "quotes",
        ".",
        "--format",
        "jsonl",
        "--jobs",
        "2",
        "--exclude",
        "1.txt",
        "--config",
        "own.toml",
        "-o",
        "q.out",
    )
    assert (done.returncode, done.stdout) == (0, b"")
    rows = [json.loads(line) for line in (tmp_path / "q.out").read_bytes().splitlines()]
    assert [(row["path"], row["speaker"]["text"]) for row in rows] == [("0.txt", "Marta Berg")]


def test_undo_by_rule_knows_the_text_by_the_configured_field(tmp_path: Path, cleantext: Run) -> None:
    (tmp_path / "cleantext.toml").write_text('[fields]\ntext = "body"\n')
    (tmp_path / "a.csv").write_text(f'id,body\n1,"{BAD} {TOWN}"\n')
    assert cleantext("fix", "a.csv", "--text-field", "body").returncode == 0
    done = cleantext("undo", "--rule", "ZZ001", "a.csv")
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "a.csv").read_text() == f'id,body\n1,"{BAD} They left the town."\n'


def test_the_time_left_is_said_only_after_enough_articles() -> None:
    import io

    from cleantext.batch.progress import Progress
    from cleantext.batch.tally import Tally

    progress = Progress(lambda: 1000, out=io.StringIO(), bar=False)
    progress.advance(10, Tally(articles=64))
    assert progress.line(Tally(articles=64)).endswith("no estimate yet")
    progress.advance(10, Tally(articles=640))
    assert progress.line(Tally(articles=640)).endswith(" left")


def test_a_rule_that_there_is_none_of_is_said_in_a_per_file_table_too(
    tmp_path: Path, rules: Path, cleantext: Run
) -> None:
    (tmp_path / "a.txt").write_text("It is dry.\n")
    (tmp_path / "cleantext.toml").write_text(
        'jobs = 1\n\n[[per-file]]\npaths = ["a.txt"]\nignore = ["BPX"]\n'
    )
    done = cleantext("quotes", "a.txt")
    assert done.returncode == 2
    assert b'cleantext.toml:3: "per-file": unknown rule or category "BPX"' in done.stderr
