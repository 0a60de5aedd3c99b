"""What is compiled from Python can be: nothing in it would do something else in C."""

from __future__ import annotations

import ast
import importlib.util
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


def _sources() -> list[str]:
    spec = importlib.util.spec_from_file_location("hatch_build", ROOT / "hatch_build.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return list(module.compiled_sources())


SOURCES = _sources()


@pytest.mark.parametrize("source", SOURCES)
def test_a_compiled_module_holds_nothing_that_compiling_changes(source: str) -> None:
    tree = ast.parse((ROOT / source).read_text("utf-8"))
    for node in ast.walk(tree):
        if isinstance(node, ast.Import | ast.ImportFrom):
            names = [alias.name for alias in node.names] + [getattr(node, "module", "")]
            # Types that a Struct or a dataclass reads at run time are gone, and what was frozen is not.
            assert not {"msgspec", "dataclasses", "cached_property"} & set(names), ast.unparse(node)
        if isinstance(node, ast.Call) and not isinstance(node.func, ast.Name):
            # Handed to a function, a generator would be run to its end first.
            lazy = [a for a in node.args if isinstance(a, ast.GeneratorExp)]
            assert not lazy or (isinstance(node.func, ast.Attribute) and node.func.attr == "join"), (
                ast.unparse(node)
            )


def test_no_compiled_module_is_older_than_its_source() -> None:
    stale = [
        source
        for source in SOURCES
        for built in (ROOT / source).parent.glob(Path(source).stem + ".*.so")
        if built.stat().st_mtime < (ROOT / source).stat().st_mtime
    ]
    assert not stale, f"{sys.executable} hatch_build.py builds them anew: {', '.join(stale)}"
