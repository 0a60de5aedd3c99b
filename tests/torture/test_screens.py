"""What an article, its name or its metadata holds never drives a screen, a page or a spreadsheet."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path

import pytest
import regex
from hostile_calls import command

Run = Callable[..., subprocess.CompletedProcess[bytes]]

STEERING = "\x1b[31mred\x1b]0;title\x07\x9b2J\x08\x7f\u202eback\u2066\u200f\x85\u2028"
TEXT = f"They left the town the town {STEERING} on Monday.\n{STEERING}\nThe cafÃ© {STEERING} “said” Efe he reported.\n"
NAME = "a\x1b[31m\u202e\x07\n.txt"

_DRIVES = regex.compile(r"[\p{Cc}\p{Cf}\p{Zl}\p{Zp}--[\n\t]]", regex.V1)
_DRIVES_JSON = regex.compile(r"[\x00-\x09\x0b-\x1f]")


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    folder = tmp_path / "in\x1b[32m"
    folder.mkdir()
    (folder / NAME).write_text(TEXT, "utf-8")
    (folder / "b\x9b.txt").write_bytes(b"\xff\xfe not UTF-8")
    (folder / os.fsdecode(b"c\xff\xfe.txt")).write_text(TEXT, "utf-8")
    record = {
        "text": TEXT,
        "id": STEERING,
        "title": STEERING,
        "source": STEERING,
        "date": STEERING,
        "url": STEERING,
    }
    (folder / "d.jsonl").write_text(
        json.dumps(record) + "\nno json \x1b[31m\n[]\n" + json.dumps({"text": 1}), "utf-8"
    )
    return folder


def plain(done: subprocess.CompletedProcess[bytes], *, json_on_stdout: bool = False) -> None:
    """Nothing that drives a terminal is in the output."""
    assert b"Traceback" not in done.stderr, done.stderr.decode("utf-8", "replace")
    assert _DRIVES.findall(done.stderr.decode("utf-8", "replace")) == []
    pattern = _DRIVES_JSON if json_on_stdout else _DRIVES
    assert pattern.findall(done.stdout.decode("utf-8", "replace")) == []


@pytest.mark.parametrize(
    "arguments",
    [
        ["check"],
        ["check", "--statistics"],
        ["check", "--format", "github"],
        ["fix"],
        ["undo"],
        ["quotes"],
        ["index", "--output", "x.idx"],
        ["decisions", "list"],
        ["log"],
    ],
    ids=" ".join,
)
def test_no_text_output_steers_the_terminal(run: Run, corpus: Path, arguments: list[str]) -> None:
    if arguments == ["undo"]:
        run("fix", corpus)
        (corpus / NAME).write_text("changed " + TEXT, "utf-8")
    done = run(arguments[0], corpus, *arguments[1:])
    plain(done)
    assert done.stdout or done.stderr


def on_a_terminal(arguments: list[object], folder: Path) -> bytes:
    """What a command writes where its standard output is a terminal."""
    pty = pytest.importorskip("pty")
    master, slave = pty.openpty()
    process = subprocess.Popen(command(*arguments), cwd=folder, stdout=slave, stderr=slave, close_fds=True)
    os.close(slave)
    parts = []
    while True:
        try:
            part = os.read(master, 1 << 16)
        except OSError:  # the other side is closed
            break
        if not part:
            break
        parts.append(part)
    process.wait()
    os.close(master)
    return b"".join(parts)


_COLOUR = regex.compile(r"\x1b\[[0-9;]*[mKGAJ]|\x1b\[\?25[lh]|\r")


@pytest.mark.parametrize("arguments", [["fix", "--diff", "--apply", "review"], ["check"]], ids=" ".join)
def test_a_terminal_gets_colours_of_ours_and_nothing_of_the_article(
    corpus: Path, rules: Path, tmp_path: Path, arguments: list[object]
) -> None:
    """To a pipe `fix --diff` writes a patch, byte for byte; to a terminal what a person can read."""
    shown = on_a_terminal([*arguments, corpus, "--isolated", "--rules", rules, "--select", "ZZ"], tmp_path)
    text = shown.decode("utf-8")
    assert "the town" in text
    assert "\x1b[31mred" not in text
    assert _DRIVES.findall(_COLOUR.sub("", text)) == []


@pytest.mark.parametrize("form", ["json", "jsonl", "sarif"])
def test_json_writes_control_characters_as_escapes(run: Run, corpus: Path, form: str) -> None:
    done = run("check", corpus, "--format", form)
    plain(done, json_on_stdout=True)
    rows = done.stdout.splitlines() if form == "jsonl" else [done.stdout]
    assert all(isinstance(json.loads(row), dict) for row in rows)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("cleantext.toml", 'select = ["\\u001b[31m"]'),
        ("cleantext.toml", '"\\u001b[31m" = 1'),
        ("cleantext.toml", "x = \x1b[31m"),
        ("cleantext.toml", 'rules = ["\\u001b[31m.toml"]'),
        ("cleantext.toml", 'index = "\\u001b[31m"'),
        ("r.toml", 'category = "\\u001b[31m"\n[[rule]]\nid = "\\u001b[31m"'),
        ("r.toml", '[[rule]]\n"\\u001b[31m" = 1\nid = "SITE001"'),
    ],
)
def test_no_error_message_steers_the_terminal(run: Run, tmp_path: Path, name: str, content: str) -> None:
    (tmp_path / "a.txt").write_text(TEXT, "utf-8")
    (tmp_path / "cleantext.toml").write_text('rules = ["r.toml"]', "utf-8")
    (tmp_path / name).write_text(content, "utf-8")
    done = run("check", "a.txt", "--config", "cleantext.toml")
    assert done.returncode == 2
    plain(done)


def test_a_path_that_is_not_there_is_written_out(run: Run) -> None:
    done = run("check", "no\x1b[31m\u202e.txt")
    assert done.returncode == 2
    plain(done)


def test_comparing_runs_writes_everything_out(run: Run, corpus: Path, tmp_path: Path) -> None:
    (tmp_path / "one").write_bytes(run("check", corpus, "--format", "jsonl").stdout)
    (tmp_path / "two").write_bytes(b"")
    done = run("compare", "one", "two")
    assert done.returncode == 1
    plain(done)


class _Page(HTMLParser):
    """Tags, attributes and scripts of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.scripts: list[str] = []
        self.text: list[str] = []
        self._inside: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        self._inside.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in self._inside:
            while self._inside.pop() != tag:
                pass

    def handle_data(self, data: str) -> None:
        (self.scripts if self._inside[-1:] in (["script"], ["style"]) else self.text).append(data)


HOSTILE = [
    "<script>alert('owned')</script>",
    "\"><img src=x onerror=alert('owned')>",
    "'><svg/onload=alert('owned')>",
    "</script><script>alert('owned')</script>",
    "{{ 7 * 7 }} {% raw %} owned",
    "javascript:alert('owned')",
    "&lt;script&gt;owned",
    "--><b>owned</b><!--",
]


def test_a_report_holds_no_markup_of_an_article(run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    for number, piece in enumerate(HOSTILE):
        text = f"{piece} They left the town the town {piece} and teh end {piece}.\n"
        record = {"text": text, "id": piece, "title": piece, "source": piece, "url": piece, "date": piece}
        (folder / f"{number}.jsonl").write_text(json.dumps(record) + "\n")
        (folder / f"{piece.replace('/', '_')}.txt").write_text(text)
    run("check", "in", "--record", "run.jsonl")
    done = run("report", "--record", "run.jsonl", "--output", "page.html")
    if done.returncode == 2:
        done = run("report", "in", "--output", "page.html")
    assert done.returncode == 0, done.stderr
    source = (tmp_path / "page.html").read_text("utf-8")
    assert "owned" in source
    page = _Page()
    page.feed(source)
    assert not any("owned" in script for script in page.scripts)
    for tag, attributes in page.tags:
        assert not any(name.startswith("on") for name in attributes), (tag, attributes)
        assert tag not in ("b", "img") or "owned" not in str(attributes)
        for name in ("href", "src", "action"):
            assert not (attributes.get(name) or "").lower().startswith("javascript:")
        assert not (attributes.get("src") or "").startswith("http")
    assert "49" not in "".join(page.text).split()


def test_no_spreadsheet_of_articles_is_made_so_none_can_hold_a_formula() -> None:
    """CSV of articles goes back as it came. Whoever adds a writer must neutralise =, +, - and @ and change this test.

    A table of offices is the user's own: its rows come from his command line, never from an article.
    """
    root = Path(__file__).resolve().parents[2] / "cleantext"
    writers = [
        p
        for p in root.rglob("*.py")
        if regex.search(r"csv\.(?:writer|DictWriter)|to_csv", p.read_text("utf-8"))
    ]
    assert writers == [root / "cli" / "offices.py"]
