"""The page of what newcomers met names tests that exist, one a row at least."""

from __future__ import annotations

import ast
import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
ROWS = [
    row
    for row in (ROOT / "docs" / "tried.md").read_text("utf-8").splitlines()
    if row.startswith("| ") and not row.startswith(("| ---", "| what they met"))
]
NAMED = re.compile(r"`(tests/[\w/]+\.py)(?:::(\w+))?`")


def test_every_row_names_a_test_that_is_there() -> None:
    assert len(ROWS) > 30
    for row in ROWS:
        named = NAMED.findall(row.rsplit(" | ", 1)[1])
        assert named, row
        for file, name in named:
            tree = ast.parse((ROOT / file).read_text("utf-8"))
            tests = {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}
            assert name in tests or (not name and tests), f"{file}::{name}"
