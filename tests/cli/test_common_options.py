"""Options that mean the same are there, and called the same, on every command that they mean something to."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
import typer

from cleantext.cli import app as application
from cleantext.cli.bundles import spread
from cleantext.cli.options import Reading

READING = [
    "--config",
    "--isolated",
    "--exclude",
    "--as",
    "--encoding",
    "--text-field",
    "--id-field",
    "--title-field",
    "--date-field",
    "--source-field",
    "--url-field",
    "--lang-field",
]
TRANSLATED = ["--original", "--originals", "--original-lang", "--original-field"]
RULES = [
    "--select",
    "--extend-select",
    "--ignore",
    "--min-confidence",
    "--rules",
    "--index",
    "--languagetool",
]
STDIN = ["--stdin-format", "--stdin-filename"]
CHECKS = [*READING, *TRANSLATED, *RULES]
COMMON = {
    "check": [*CHECKS, *STDIN, "--jobs", "--output", "--format", "--store", "--record", "--resume", "--statistics", "--exit-zero", "--quiet", "--force-exclude"],
    "fix": [*CHECKS, *STDIN, "--jobs", "--output", "--format", "--store", "--record", "--resume", "--statistics", "--exit-zero", "--quiet", "--force-exclude"],
    "report": [*CHECKS, *STDIN, "--jobs", "--output", "--store", "--quiet"],
    "review": [*CHECKS, "--store"],
    "trust": [*CHECKS, "--store", "--format"],
    "decisions add": [*CHECKS, "--store"],
    "spans export": [*CHECKS, "--store", "--output"],
    "spans import": [*CHECKS, "--store"],
    "rules cost": CHECKS,
    "quotes": [*READING, *STDIN, "--jobs", "--output", "--format"],
    "align": [*READING, *TRANSLATED, *STDIN, "--output", "--format"],
    "index": [*READING, *STDIN, "--jobs", "--output", "--quiet"],
    "serve": ["--config", "--isolated", *RULES],
    "lsp": ["--config", "--isolated", *RULES, "--store"],
    "compare": ["--format", "--exit-zero"],
    "config show": ["--config", "--isolated", "--format"],
    "log": ["--store", "--format"],
    "rules list": ["--select", "--rules", "--format"],
}  # fmt: skip
"""Every command that reads articles, runs rules or prints lists, and the options that it shares with others.

`quotes`, `align` and `index` run no rule; `review` and what writes decisions needs files, so reads no standard input,
and writes one store, so takes no --jobs."""


def commands() -> Iterator[tuple[str, Any]]:
    for module in application._ALL:
        import_module(f"cleantext.cli.{module}")
    root: Any = typer.main.get_command(application.app)
    for name, command in root.commands.items():
        inner = getattr(command, "commands", None)
        if inner is None:
            yield name, command
        else:
            yield from ((f"{name} {second}", found) for second, found in inner.items())


OPTIONS = {
    name: {word: " ".join((option.help or "").split()) for option in command.params for word in option.opts}
    for name, command in commands()
}


@pytest.mark.parametrize("name", COMMON)
def test_every_command_has_the_common_options(name: str) -> None:
    assert [option for option in COMMON[name] if option not in OPTIONS[name]] == []


def test_no_command_that_reads_articles_was_forgotten() -> None:
    reads = {name for name, options in OPTIONS.items() if "--text-field" in options}
    assert reads - set(COMMON) == {"undo"}  # it puts texts back, and finds them by their field


@pytest.mark.parametrize("option", [*CHECKS, *STDIN, "--jobs", "--store", "--record", "--resume"])
def test_an_option_says_the_same_everywhere(option: str) -> None:
    own = {"undo": ["--record"], "lsp": [], "schema": []}
    told = {
        options[option]
        for name, options in OPTIONS.items()
        if option in options and option in COMMON.get(name, ()) and option not in own.get(name, ())
    }
    assert len(told) == 1


def test_a_bundle_comes_whole_however_its_options_are_called() -> None:
    got: list[Reading] = []

    @spread
    def command(word: str, reading: Reading = Reading()) -> None:
        got.append(reading)

    command(word="a", **dict.fromkeys(Reading.__struct_fields__) | {"encoding": "cp1252"})
    assert got[0].encoding == "cp1252"
    assert got[0].kind is None


def test_decisions_and_costs_read_articles_as_check_does(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("id;body\n1;The cafÃ© stays open.\n", "utf-16")
    (tmp_path / "b.csv").write_text("id;text\n", "utf-8")
    words = ["--text-field", "body", "--exclude", "b.csv", "--select", "EN001"]

    def run(*given: str) -> str:
        command = [sys.executable, "-m", "cleantext", *given]
        done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True)
        assert done.returncode in (0, 1), done.stderr
        return done.stdout

    found = json.loads(run("check", "--format", "jsonl", *words))
    assert "1 article," in run("rules", "cost", ".", *words)
    assert "reject for 1 finding" in run("decisions", "add", "reject", found["fingerprint"], *words)
    assert "0 findings of 0 articles" in run("spans", "export", ".", "-o", "tasks.json", *words)
    assert run("check", "--format", "jsonl", *words) == ""
