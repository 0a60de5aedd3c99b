"""JSON Schemas hold for real configurations and real output, and for nothing else; settings say where they come from."""

from __future__ import annotations

import json
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import msgspec
import pytest
import regex

from cleantext.batch.shapes import FORMS

jsonschema = pytest.importorskip("jsonschema")

ROOT = Path(__file__).resolve().parents[2]
TEXT = (
    'The mayor "is glad", Reuters he reported.\n\nThe cafÃ© stays open, said Anna Berg, the mayor.\n\n'
    '"We have voted for a new bridge," Berg said on Monday.\n'
)


def run(*words: str | Path, cwd: Path) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-m", "cleantext", *map(str, words)]
    return subprocess.run(command, capture_output=True, check=False, cwd=cwd)


def validator(name: str, cwd: Path) -> Any:
    schema = json.loads(run("schema", name, cwd=cwd).stdout)
    jsonschema.Draft202012Validator.check_schema(schema)
    return jsonschema.Draft202012Validator(schema)


COMMANDS = {
    "check-json": ["check", "--format", "json"],
    "check-jsonl": ["check", "--format", "jsonl"],
    "statistics-json": ["check", "--statistics", "--format", "json"],
    "fix-jsonl": ["fix", "--format", "jsonl"],
    "quotes-jsonl": ["quotes", "--format", "jsonl"],
    "align-jsonl": ["align", "--format", "jsonl"],
}


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("corpus")
    original = "El alcalde se alegra de 12 puentes.\n\nEl café sigue abierto.\n"
    rows = [
        {"id": "a", "text": TEXT, "original": original, "n": 1.5},
        {"id": 7, "text": None},
        {"text": TEXT},
    ]
    (folder / "a.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows) + "no json\n", "utf-8")
    page = (
        f"<html><body><article><p>{'The council met on Monday. ' * 9}</p><p>cafÃ©</p></article></body></html>"
    )
    (folder / "b.html").write_text(page, "utf-8")
    return folder


@pytest.mark.parametrize("name", list(FORMS))
def test_what_is_printed_has_its_shape_and_nothing_unsaid(corpus: Path, name: str) -> None:
    holds = validator(name, corpus)
    done = run(*COMMANDS[name], "a.jsonl", "b.html", cwd=corpus)
    values = (
        [json.loads(line) for line in done.stdout.splitlines()]
        if "jsonl" in name
        else [json.loads(done.stdout)]
    )
    assert len(values) >= 1
    for value in values:
        holds.validate(value)
    shapes = FORMS[name][1]
    told = [value for value in values if "error" not in value]
    assert told
    for value in told:
        msgspec.convert(value, shapes[0])  # strict: a field that no shape names is an error


def test_a_schema_refuses_what_is_no_output(corpus: Path) -> None:
    holds = validator("check-jsonl", corpus)
    line = json.loads(run(*COMMANDS["check-jsonl"], "a.jsonl", cwd=corpus).stdout.splitlines()[0])
    assert holds.is_valid(line)
    for changed in ({"confidence": 2}, {"start": -1}, {"applicability": "sure"}, {"new": 1}):
        assert not holds.is_valid({**line, **changed})


BLOCK = regex.compile(r"^```toml\n(.*?)^```$", regex.MULTILINE | regex.DOTALL)


def test_the_schema_of_the_configuration_takes_what_is_read_and_refuses_what_is_not(tmp_path: Path) -> None:
    from cleantext import settings

    holds = validator("configuration", tmp_path)
    shown = [
        block
        for page in sorted((ROOT / "docs").rglob("*.md"))
        for block in BLOCK.findall(page.read_text("utf-8"))
        if "[[rule]]" not in block
    ]
    assert len(shown) >= 3
    for block in shown:
        holds.validate(tomllib.loads(block))
    for wrong in (
        'selects = ["BP"]',
        "jobs = 'two'",
        "[style]\nquotes = 'odd'",
        "[[per-file]]\npaths = 'x'",
    ):
        file = tmp_path / "cleantext.toml"
        file.write_text(wrong)
        assert not holds.is_valid(tomllib.loads(wrong)), wrong
        with pytest.raises(settings.ConfigurationError):
            settings.read(file)


def test_the_schema_of_rules_takes_the_shipped_ones(tmp_path: Path) -> None:
    holds = validator("rules", tmp_path)
    for file in sorted((ROOT / "rules" / "translation").glob("*.toml"))[:3]:
        if b"[[rule]]" in file.read_bytes():
            holds.validate(tomllib.loads(file.read_text("utf-8")))


def test_settings_say_which_file_and_line_makes_them(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    home = tmp_path / "home" / "cleantext"
    deep = tmp_path / "corpus" / "deep"
    home.mkdir(parents=True)
    deep.mkdir(parents=True)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(home.parent))
    (home / "cleantext.toml").write_text("jobs = 1\nmin-confidence = 0.6\n")
    (tmp_path / "corpus" / "cleantext.toml").write_text(
        'min-confidence = 0.7\n\n[fields]\ntext = "body"\n\n[editor]\nserver = "http://localhost:1/v1"\n'
    )
    (deep / "pyproject.toml").write_text('[tool.cleantext]\nignore = ["EN"]\n')
    done = run("config", "show", "corpus", "--format", "json", cwd=tmp_path)
    outer, inner = json.loads(done.stdout)

    def made(place: Any, key: str) -> tuple[Any, str, int]:
        one = place["settings"][key]
        return one["value"], Path(one["file"]).relative_to(tmp_path).as_posix(), one["line"]

    assert made(outer, "jobs") == (1, "home/cleantext/cleantext.toml", 1)
    assert made(outer, "min-confidence") == (0.7, "corpus/cleantext.toml", 1)
    assert made(outer, "fields.text") == ("body", "corpus/cleantext.toml", 4)
    assert "editor.server" not in outer["settings"]  # a repository's file has no say in it
    assert b'"editor.server"' in done.stderr
    assert made(inner, "ignore") == (["EN"], "corpus/deep/pyproject.toml", 2)
    assert made(inner, "min-confidence") == (0.6, "home/cleantext/cleantext.toml", 2)
    shown = run("config", "show", "corpus", cwd=tmp_path).stdout.decode()
    assert 'fields.text    = "body"' in shown
    assert "corpus/cleantext.toml:4" in shown
    every = run("config", "show", "--all", cwd=home).stdout.decode()
    assert any(row.split() == ["encoding", "=", "(none)", "default"] for row in every.splitlines())
