"""How an article comes by its original, and `cleantext align`."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

ORIGINAL = "Der Hafen bekam 2015 eine neue Mole. Olivia Hartwell eröffnete sie am Montag.\n"
TEXT = "The port got a new pier in 2015. Olivia Hartwell opened it on Monday.\n"


def cleantext(*words: str | Path, cwd: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "cleantext", *map(str, words)],
        cwd=cwd,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "de").mkdir()
    (tmp_path / "de" / "mole.txt").write_text(ORIGINAL, "utf-8")
    (tmp_path / "mole.txt").write_text(TEXT, "utf-8")
    (tmp_path / "pairs.jsonl").write_text(
        json.dumps({"id": "7", "text": TEXT, "quelle": ORIGINAL}) + "\n", "utf-8"
    )
    return tmp_path


@pytest.mark.parametrize(
    "words",
    [
        ("--original", "de/mole.txt", "mole.txt"),
        ("--originals", "de", "mole.txt"),
        ("--original-field", "quelle", "pairs.jsonl"),
    ],
)
def test_align_prints_both_sides(folder: Path, words: tuple[str, ...]) -> None:
    done = cleantext("align", "--format", "tsv", *words, cwd=folder)
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines() == [
        "Der Hafen bekam 2015 eine neue Mole.\tThe port got a new pier in 2015.",
        "Olivia Hartwell eröffnete sie am Montag.\tOlivia Hartwell opened it on Monday.",
    ]


def test_align_gives_spans(folder: Path) -> None:
    done = cleantext("align", "--format", "jsonl", "--original", "de/mole.txt", "mole.txt", cwd=folder)
    for row in map(json.loads, done.stdout.splitlines()):
        for side, whole in (("original", ORIGINAL), ("text", TEXT)):
            assert all(whole[s["start"] : s["end"]] == s["text"] for s in row[side])


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("mole.txt",), "has no original"),
        (("--original", "de/none.txt", "mole.txt"), "no such file"),
        (("--originals", "none", "mole.txt"), "no such folder"),
        (("--original", "de/mole.txt", "--originals", "de", "mole.txt"), "leave one of them out"),
        (("--original-lang", "de", "mole.txt"), "goes with --original"),
    ],
)
def test_what_cannot_be_aligned_is_said_in_a_line(folder: Path, words: tuple[str, ...], said: str) -> None:
    done = cleantext("align", *words, cwd=folder)
    assert done.returncode == 2
    assert said in done.stderr
    assert "Traceback" not in done.stderr


def test_an_original_that_is_not_utf8_is_an_error_of_its_article(folder: Path) -> None:
    (folder / "de" / "mole.txt").write_bytes(b"\xff\xfe\x00bad")
    done = cleantext("check", "--isolated", "--originals", "de", "mole.txt", cwd=folder)
    assert done.returncode == 2
    assert "not UTF-8" in done.stderr
