"""Pipes, sockets and devices where a file is awaited, and links at the places of outputs: one line each, and no wait."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

pytestmark = pytest.mark.skipif(os.name != "posix", reason="needs pipes and links")

TEXT = "The cafÃ© by the harbour is open again.\n"
MENDED = "The café by the harbour is open again.\n"


def run(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """Who waits for a pipe waits for ever: a minute is enough for anything else here."""
    return subprocess.run(
        [sys.executable, "-m", "cleantext", *words],
        cwd=folder, capture_output=True, text=True, stdin=subprocess.DEVNULL, check=False, timeout=60,
    )  # fmt: skip


def _socket(path: Path) -> None:
    os.chdir(path.parent)  # the path of a socket may not be long
    with socket.socket(socket.AF_UNIX) as made:
        made.bind(path.name)


KINDS: dict[str, Callable[[Path], None]] = {
    "pipe": os.mkfifo,
    "socket": _socket,
    "device": lambda path: path.symlink_to("/dev/zero"),
}


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.txt").write_text(TEXT, "utf-8")
    return tmp_path


@pytest.mark.parametrize("kind", KINDS)
def test_an_input_that_is_no_plain_file_is_one_line_and_the_rest_goes_on(folder: Path, kind: str) -> None:
    names = ["p.txt", "p.jsonl", "p.csv", "p.json", "p.parquet"]
    for name in names:
        KINDS[kind](folder / name)
    done = run(folder, "fix", *names, "a.txt")
    assert done.returncode == 2, done.stderr
    for name in names:
        assert f"{name}: it is a {kind}, no plain file" in done.stderr
    assert (folder / "a.txt").read_text("utf-8") == MENDED


@pytest.mark.parametrize(
    "words",
    [
        ["check", "p"], ["check", "--as", "text", "p"], ["fix", "--diff", "p.txt"], ["fix", "--output", "o/", "p.txt"],
        ["quotes", "p.txt"], ["index", "p.txt", "--output", "i.db"], ["report", "p.txt", "--output", "r.html"],
        ["review", "--terminal", "p.txt"], ["undo", "p.txt"], ["undo", "--record", "p.txt"], ["align", "p.txt"],
        ["compare", "p.txt", "a.txt"], ["compare", "a.txt", "p.txt"],
        ["check", "a.txt", "--config", "p.toml"], ["check", "a.txt", "--rules", "p.toml"],
        ["check", "a.txt", "--original", "p.txt"], ["check", "a.txt", "--originals", "originals"],
        ["check", "a.txt", "--baseline", "p.txt"], ["check", "a.txt", "--index", "p.txt"],
        ["check", "a.txt", "--store", "p.txt"], ["check", "a.txt", "--editor", "--editor-replay", "p.txt"],
        ["decisions", "list", "--store", "p.txt"], ["decisions", "import", "p.txt"], ["rules", "test", "p.toml"],
    ],
    ids=" ".join,
)  # fmt: skip
def test_no_command_waits_for_a_pipe(folder: Path, words: list[str]) -> None:
    for name in ("p", "p.txt", "p.toml"):
        os.mkfifo(folder / name)
    (folder / "originals").mkdir()
    os.mkfifo(folder / "originals" / "a.txt")
    done = run(folder, *words)
    assert done.returncode == 2, done.stderr
    assert "Traceback" not in done.stderr
    assert done.stderr.count("\n") < 8


@pytest.mark.parametrize("name", ["cleantext.toml", "pyproject.toml"])
def test_a_configuration_that_is_a_pipe_is_named_and_passed_over(folder: Path, name: str) -> None:
    os.mkfifo(folder / name)
    done = run(folder, "fix", "a.txt")
    assert (done.returncode, f"{name}: it is a pipe" in done.stderr) == (0, True), done.stderr
    assert (folder / "a.txt").read_text("utf-8") == MENDED


@pytest.mark.parametrize(
    ("name", "command"),
    [("decisions.jsonl", "fix"), ("review.db", "check"), ("runs", "fix"), ("runs/index.jsonl", "fix"),
     ("runs/index.jsonl", "undo"), ("runs/index.jsonl", "log"), ("runs/.gitignore", "fix"), ("runs/over-0.old", "undo")],
)  # fmt: skip
def test_a_store_of_pipes_is_waited_for_by_no_command(folder: Path, name: str, command: str) -> None:
    (folder / ".cleantext" / name).parent.mkdir(parents=True)
    os.mkfifo(folder / ".cleantext" / name)
    done = run(folder, command, "a.txt")
    assert "Traceback" not in done.stderr
    if name in ("decisions.jsonl", "review.db") and command in ("check", "fix"):
        assert (done.returncode, name in done.stderr) == (2, True), done.stderr


def test_what_the_shell_hands_over_is_read(folder: Path) -> None:
    command = f"{sys.executable} -m cleantext check --as text"
    shell = [
        "bash",
        "-c",
        f"{command} <(cat a.txt); {command} /dev/stdin < a.txt; {command} --config /dev/null a.txt",
    ]
    done = subprocess.run(shell, cwd=folder, capture_output=True, text=True, check=False, timeout=60)
    assert done.stdout.count("EN001") == 3, done.stderr


# Outputs


@pytest.fixture
def secret(folder: Path) -> Path:
    outside = folder / "outside"
    outside.mkdir()
    (outside / "secret").write_text("secret\n")
    return outside / "secret"


OUTPUTS = [
    ["fix", "a.txt", "--output", "{}"], ["check", "a.txt", "--output", "{}"], ["check", "a.txt", "--record", "{}"],
    ["fix", "a.txt", "--record", "{}"], ["index", "a.txt", "--output", "{}"], ["quotes", "a.txt", "--output", "{}"],
    ["report", "a.txt", "--output", "{}"], ["check", "a.txt", "--baseline", "{}", "--update-baseline"],
    ["rules", "new", "some-rule", "--output", "{}"], ["decisions", "export", "--output", "{}"],
]  # fmt: skip


@pytest.mark.parametrize("words", OUTPUTS, ids=" ".join)
def test_a_link_at_an_outputs_name_is_not_written_through(
    folder: Path, secret: Path, words: list[str]
) -> None:
    top = folder / "repository"
    top.mkdir()
    (top / "a.txt").write_text(TEXT, "utf-8")
    (top / ".cleantext").mkdir()
    (top / ".cleantext" / "decisions.jsonl").write_text("")
    (top / "out.jsonl").symlink_to(f"../outside/{['secret', 'new'][OUTPUTS.index(words) % 2]}")
    done = run(top, *(word.format("out.jsonl") for word in words))
    assert "Traceback" not in done.stderr
    assert [path.name for path in secret.parent.iterdir()] == ["secret"]
    assert secret.read_text() == "secret\n"
    if words[0] != "decisions":  # that one takes the link's place
        assert (done.returncode, "out.jsonl" in done.stderr) == (2, True), done.stderr


@pytest.mark.parametrize("words", OUTPUTS, ids=" ".join)
def test_a_repositorys_link_leads_no_output_out_of_it_or_into_gits_folder(
    folder: Path, secret: Path, words: list[str]
) -> None:
    top = folder / "repository"
    (top / ".git").mkdir(parents=True)
    (top / "a.txt").write_text(TEXT, "utf-8")
    (top / ".cleantext").mkdir()
    (top / ".cleantext" / "decisions.jsonl").write_text("")
    (top / "in").symlink_to("../outside")
    (top / "own").symlink_to(".git")
    place = ["in/out.jsonl", "in/../out.jsonl", "own/hook"][OUTPUTS.index(words) % 3]
    done = run(top, *(word.format(place) for word in words))
    assert (done.returncode, "is not followed" in done.stderr) == (2, True), done.stderr
    assert [path.name for path in secret.parent.iterdir()] == ["secret"]
    assert not (folder / "out.jsonl").exists()
    assert not list((top / ".git").iterdir())


@pytest.mark.parametrize("place", ["in", "in/new", "own"])
def test_nor_a_folder_of_outputs(folder: Path, secret: Path, place: str) -> None:
    (folder / ".git").mkdir()
    (folder / "deep").mkdir()
    (folder / ".git" / "x").mkdir()
    (folder / "in").symlink_to("/tmp")
    (folder / "own").symlink_to(".git/x")
    done = run(folder, "fix", "a.txt", "--output", place + "/")
    assert (done.returncode, "is not followed" in done.stderr) == (2, True), done.stderr
    assert not list((folder / ".git" / "x").iterdir())


def test_ones_own_link_to_a_folder_is_followed(folder: Path, tmp_path: Path) -> None:
    (folder / "disk").mkdir()
    (folder / "out").symlink_to("disk")
    assert run(folder, "fix", "a.txt", "--output", "out/").returncode == 0
    assert run(folder, "check", "a.txt", "--output", "out/found.txt").returncode == 1
    assert sorted(path.name for path in (folder / "disk").iterdir()) == ["a.txt", "found.txt"]
    assert (folder / "disk" / "a.txt").read_text("utf-8") == MENDED


def test_links_inside_a_folder_of_outputs_are_replaced_and_linked_folders_refused(
    folder: Path, secret: Path
) -> None:
    (folder / "c" / "sub").mkdir(parents=True)
    for name in ("a.txt", "sub/b.txt"):
        (folder / "c" / name).write_text(TEXT, "utf-8")
    (folder / "out").mkdir()
    (folder / "out" / "a.txt").symlink_to(secret)
    (folder / "out" / "sub").symlink_to(secret.parent)
    done = run(folder, "fix", "c", "--output", "out/")
    assert (done.returncode, "sub is a symbolic link" in done.stderr) == (2, True), done.stderr
    assert [path.name for path in secret.parent.iterdir()] == ["secret"]
    assert secret.read_text() == "secret\n"
    assert (folder / "out" / "a.txt").read_text("utf-8") == MENDED
    assert not (folder / "out" / "a.txt").is_symlink()


@pytest.mark.parametrize("command", ["fix", "undo"])
def test_a_pattern_leads_no_edit_out_of_the_folder_that_it_searches(folder: Path, command: str) -> None:
    (folder / "c" / "sub").mkdir(parents=True)
    (folder / "else").mkdir()
    for name in ("c/sub/b.txt", "else/x.txt"):
        (folder / name).write_text(TEXT, "utf-8")
    (folder / "c" / "in").symlink_to("../else")
    done = run(folder, command, "c/**/*.txt")
    assert (done.returncode, "leads out of the directory" in done.stderr) == (2, True), done.stderr
    assert (folder / "else" / "x.txt").read_text("utf-8") == TEXT
    if command == "fix":
        assert (folder / "c" / "sub" / "b.txt").read_text("utf-8") == MENDED
        assert run(folder, "check", "c/**/*.txt").stderr == ""
