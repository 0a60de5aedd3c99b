"""Files whose names do not say what they hold are refused, and Markdown keeps what is no prose."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

TEXT = "It was said that the bridge would cost 12 Â£ and that the cafÃ© stays.\n"


def run(*words: str, stdin: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-m", "cleantext", *words]
    return subprocess.run(command, input=stdin, capture_output=True, check=False, env={**os.environ})


@pytest.mark.parametrize("name", ["articles.xml", "page.rtf", "list.yaml", "README"])
@pytest.mark.parametrize("command", ["check", "fix", "quotes"])
def test_a_file_of_an_unknown_kind_is_refused_and_stays_as_it_is(
    tmp_path: Path, name: str, command: str
) -> None:
    file = tmp_path / name
    file.write_text("id,title,text\n1,Share," + TEXT, "utf-8")
    done = run(command, str(file))
    assert done.returncode == 2
    assert "--as text" in (done.stdout + done.stderr).decode()
    assert file.read_text("utf-8") == "id,title,text\n1,Share," + TEXT


def test_the_refusal_is_an_error_record_and_the_rest_goes_on(tmp_path: Path) -> None:
    (tmp_path / "a.xml").write_text("x", "utf-8")
    (tmp_path / "b.txt").write_text(TEXT, "utf-8")
    done = run("check", "--format", "jsonl", str(tmp_path / "a.xml"), str(tmp_path / "b.txt"))
    records = [json.loads(line) for line in done.stdout.splitlines()]
    assert done.returncode == 2
    assert [r["path"] for r in records if "error" in r] == [str(tmp_path / "a.xml")]
    assert any(r.get("rule") == "EN001" for r in records)


def test_as_says_what_a_file_holds(tmp_path: Path) -> None:
    text, lines = tmp_path / "article", tmp_path / "articles.data"
    text.write_text(TEXT, "utf-8")
    lines.write_text(json.dumps({"id": "7", "text": TEXT}) + "\n", "utf-8")
    assert run("fix", "--as", "text", str(text)).returncode == 0
    assert "café" in text.read_text("utf-8")
    assert run("fix", "--as", "jsonl", str(lines)).returncode == 0
    assert "café" in json.loads(lines.read_text("utf-8"))["text"]
    assert run("undo", str(text)).returncode == 0
    assert text.read_text("utf-8") == TEXT


def test_json_lines_on_standard_input_are_not_read_as_one_text() -> None:
    data = json.dumps({"text": TEXT}).encode() + b"\n"
    done = run("check", "-", stdin=data)
    assert done.returncode == 2
    assert b"--stdin-format jsonl" in done.stdout + done.stderr
    assert run("check", "-", "--stdin-format", "jsonl", stdin=data).returncode == 1
    assert (
        run("check", "-", "--stdin-format", "text", stdin=data).returncode != 2
    )  # its escapes are findings then
    assert run("check", "-", stdin=b"{a brace} opens this text.\n").returncode == 0


def test_fix_leaves_what_is_no_prose_in_a_markdown_file(tmp_path: Path) -> None:
    file = tmp_path / "page.md"
    kept = "---\ntitle: cafÃ©\n---\n\n```\nShare\ncafÃ©\n```\n\n`cafÃ©` and [it](http://x.org/cafÃ©)\n"
    file.write_text(kept + "\nThe cafÃ© is closed for the winter.\n", "utf-8")
    assert run("fix", str(file)).returncode == 0
    assert file.read_text("utf-8") == kept + "\nThe café is closed for the winter.\n"
