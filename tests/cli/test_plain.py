"""Plain command lines are read as typer reads them, or left to it."""

from __future__ import annotations

import inspect
import random
import subprocess
import sys
from collections.abc import Callable
from importlib import import_module
from typing import Any, get_type_hints

import pytest
import typer

from cleantext.cli import plain
from cleantext.cli.app import _MODULES

WORDS = [
    "a.txt", "b c.jsonl", "-", "--", "", "0.5", "1.5", "-1", "2", "0", "٣", "1e3", " 2", "jsonl", "text", "JSON",
    "check", "review", "\udcff.txt", "--quiet", "-q", "-qo", "--help", "--select", "--select=MT,EN", "--jobs", "-j", "-j2",
    "--jobs=2", "--min-confidence", "--min-confidence=0.25", "--output", "-o", "--output=out.txt", "--format",
    "--format=jsonl", "--languagetool", "--no-languagetool", "--rules", "--record", "--isolated", "--isolated=1",
    "--apply", "--diff", "--rule", "--store", "--exit-zero", "--sel", "--nothing", "--text-field", "--stdin-format",
]  # fmt: skip


def read_by_typer(command: Callable[..., object]) -> Callable[[list[str]], dict[str, Any]]:
    """Return what reads a line by typer alone, for a command with this signature."""
    seen: dict[str, Any] = {}

    def recorder(**given: Any) -> None:
        seen.update(given)

    hints = get_type_hints(command, include_extras=True)
    signature = inspect.signature(command)
    parameters = [p.replace(annotation=hints[name]) for name, p in signature.parameters.items()]
    recorder.__signature__ = signature.replace(parameters=parameters)  # type: ignore[attr-defined]
    recorder.__annotations__ = hints
    app = typer.Typer()
    app.command()(recorder)
    built = typer.main.get_command(app)

    def read(words: list[str]) -> dict[str, Any]:
        seen.clear()
        built.main(words, prog_name="cleantext", standalone_mode=False)
        return dict(seen)

    return read


@pytest.mark.parametrize("name", sorted(_MODULES))
def test_what_is_read_is_what_typer_reads(name: str) -> None:
    command = getattr(import_module(f"cleantext.cli.{name}"), name)
    read = read_by_typer(command)
    chance = random.Random(name)
    plainly = 0
    for _ in range(4_000):
        words = chance.choices(WORDS, k=chance.randrange(1, 7))
        found = plain.read(command, words)
        if found is not None:
            plainly += 1
            assert found == read(words), words
    assert plainly > 100


@pytest.mark.parametrize("name", sorted(_MODULES))
def test_the_line_of_a_hook_is_read_plainly(name: str) -> None:
    command = getattr(import_module(f"cleantext.cli.{name}"), name)
    found = plain.read(command, ["a.txt", "b.txt"])
    assert found is not None
    assert found["paths"] == ["a.txt", "b.txt"]
    assert plain.read(command, ["a.txt", "--help"]) is None


def test_a_hook_imports_neither_pydantic_nor_rich(tmp_path: Any) -> None:
    (tmp_path / "a.txt").write_text("The council met on Monday.\n")
    program = (
        "import sys\nfrom cleantext.cli import main\n"
        "try:\n    main()\nexcept SystemExit as end:\n    code = end.code\n"
        "print(code, sorted({'pydantic', 'rich', 'pyarrow', 'numpy', 'sqlite3', 'http'} & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, "check", "a.txt", "--force-exclude", "--quiet"],
        cwd=tmp_path, capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert done.stdout.splitlines()[-1] == "0 []"
