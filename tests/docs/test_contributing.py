"""CONTRIBUTING, followed by the book in a copy of the tree: what it says to write is written, what it says to run is run."""

from __future__ import annotations

import json
import os
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import regex

ROOT = Path(__file__).resolve().parents[2]
PAGES = ("CONTRIBUTING.md", "docs/guides/add-a-language.md")
BLOCK = regex.compile(r'^([ ]*)```(\w+)(?: title="([^"\n]*)")?\n(.*?)^\1```$', regex.MULTILINE | regex.DOTALL)
COMMANDS = {"cleantext": [sys.executable, "-m", "cleantext"]}


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """A copy of what is needed; the modules in C as they are here."""
    for name in ("cleantext", "rules", "seeds"):
        shutil.copytree(
            ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__", ".cleantext")
        )
    return tmp_path


def run(tree: Path, line: str) -> subprocess.CompletedProcess[str]:
    words = shlex.split(line)
    environment = {**os.environ, "PYTHONPATH": str(tree)}
    while "=" in words[0]:
        name, _, environment[name] = words.pop(0).partition("=")
    return subprocess.run(
        [*COMMANDS[words[0]], *words[1:]],
        cwd=tree,
        env=environment,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )


def put(tree: Path, title: str, text: str) -> None:
    """Write a block where its title says: a new file, after the one line that holds some words, or at the end."""
    name, _, place = title.partition(", ")
    path = tree / name
    if not place:
        assert not path.exists(), title
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
        return
    lines = path.read_text("utf-8").rstrip("\n").split("\n")
    at = len(lines)
    if place != "at the end":
        (found,) = [n for n, line in enumerate(lines, 1) if place.removeprefix("after: ") in line]
        at = found
    path.write_text("\n".join([*lines[:at], text.rstrip("\n"), *lines[at:]]) + "\n", "utf-8")


def follow(tree: Path, page: str) -> list[subprocess.CompletedProcess[str]]:
    done = []
    for indent, language, title, text in BLOCK.findall((ROOT / page).read_text("utf-8")):
        text = "\n".join(line.removeprefix(indent) for line in text.split("\n"))
        if title:
            put(tree, title, text)
        elif language == "sh":
            for line in text.splitlines():
                done.append(run(tree, line))
                assert done[-1].returncode == 0, f"{page}: {line}\n{done[-1].stdout}{done[-1].stderr}"
    return done


def test_a_rule_a_check_and_a_feature_are_added_by_the_book(tree: Path) -> None:
    before = run(tree, "CLEANTEXT_PURE=1 cleantext check --exit-zero seeds").stdout
    rule, lint, check, feature = follow(tree, "CONTRIBUTING.md")
    assert rule.stdout == check.stdout == "1 rule tried, 0 faults.\n"
    assert "MT990" not in lint.stdout
    # The shipped weights know nothing of the new feature: all that was found is found, and nothing else.
    assert feature.stdout == before
    assert "loud_share" in (tree / "cleantext/checks/boilerplate/features.py").read_text("utf-8")


def test_a_language_is_added_by_the_book(tree: Path) -> None:
    tried, checked = follow(tree, "docs/guides/add-a-language.md")
    assert tried.stdout == "1 rule tried, 0 faults.\n"
    record = json.loads(checked.stdout)
    record = record["articles"][0] if "articles" in record else record
    assert record["quality"]["language"] == "eo"
    assert [finding["text"] for finding in record["findings"]] == ["Kunhavigi ĉi tiun artikolon"]
