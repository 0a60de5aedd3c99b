"""The threat model names its tests: they are there, `make torture` runs them, and no attack is left unnamed."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from benchmarks.torture.found import ITEMS

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs" / "security.md").read_text("utf-8")
NAMED = sorted(set(re.findall(r"`(tests/[\w/]+\.py)(?:::(\w+))?`", PAGE)))


def test_every_promise_names_a_test() -> None:
    rows = [
        row
        for row in PAGE.splitlines()
        if row.startswith("| ") and not row.startswith(("| ---", "| promise"))
    ]
    assert len(rows) > 15
    assert [row for row in rows if "`tests/" not in row.split(" | ")[-1]] == []


@pytest.mark.parametrize(("file", "name"), NAMED)
def test_a_named_test_exists(file: str, name: str) -> None:
    tree = ast.parse((ROOT / file).read_text("utf-8"))
    tests = {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}
    assert not name or name in tests


def test_make_torture_runs_every_test_that_holds_a_promise() -> None:
    run = {path for item in ITEMS for path in item.tests}
    assert {file for file, _ in NAMED} - run == set()


def test_every_attack_is_in_the_threat_model() -> None:
    attacks = {f"tests/attacks/{path.name}" for path in Path(__file__).parent.glob("test_*.py")}
    assert attacks - {file for file, _ in NAMED} == {f"tests/attacks/{Path(__file__).name}"}
