"""What the documentation shows works: blocks run, commands and links exist."""

from __future__ import annotations

import json
import shlex
import shutil
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any, NamedTuple

import msgspec
import pytest
import regex
import typer.main
from typer.testing import CliRunner

from cleantext import settings
from cleantext.cleaner import Cleaner
from cleantext.cli import app as application
from cleantext.configuration import Configuration
from cleantext.rulebook import load, shipped
from cleantext.trial import try_cards

ROOT = Path(__file__).resolve().parents[2]
GENERATED = {
    "reference/rules.md",
    "reference/cli.md",
    "reference/python.md",
    "benchmarks.md",
    "rules-measured.md",
}
PAGES = [
    ROOT / "README.md",
    ROOT / "CONTRIBUTING.md",
    *(
        path
        for path in sorted((ROOT / "docs").rglob("*.md"))
        if path.relative_to(ROOT / "docs").as_posix() not in GENERATED
    ),
]
FENCE = regex.compile(r"^```(\w*)(?! title=)[^\n]*\n(.*?)^```$", regex.MULTILINE | regex.DOTALL)
# Blocks with a title are files that `test_contributing` writes.
LINK = regex.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)")
INLINE = regex.compile(r"`(cleantext [a-z][^`\n]*)`")


class Block(NamedTuple):
    page: str
    line: int
    language: str
    text: str


def blocks() -> Iterator[Block]:
    for path in PAGES:
        source = path.read_text("utf-8")
        for found in FENCE.finditer(source):
            line = source.count("\n", 0, found.start()) + 1
            yield Block(path.relative_to(ROOT).as_posix(), line, found.group(1), found.group(2))


BLOCKS = list(blocks())


def named(chosen: list[Block]) -> Any:
    return pytest.mark.parametrize("block", chosen, ids=lambda block: f"{block.page}:{block.line}")


def shell_lines() -> Iterator[tuple[str, list[str]]]:
    """Every `cleantext …` line of a shell block, as place and arguments, up to a pipe or a redirection."""
    for block in BLOCKS:
        if block.language not in ("sh", "bash", "console"):
            continue
        rows = block.text.replace("\\\n", " ").split("\n")
        for number, row in enumerate(rows, block.line + 1):
            if block.language == "console" and not row.startswith("$ "):
                continue
            words = shlex.split(row.removeprefix("$ "), comments=True)
            if words[:1] == ["cleantext"]:
                end = next((i for i, word in enumerate(words) if word in (">", "|", ";", "&&")), len(words))
                yield f"{block.page}:{number}", words[1:end]


SHELL = list(shell_lines())


def command(words: list[str]) -> tuple[Any, list[str]]:
    """The command that words name, and what is left for it."""
    for module in application._ALL:
        import_module(f"cleantext.cli.{module}")
    found: Any = typer.main.get_command(application.app)
    left = list(words)
    while left and getattr(found, "commands", None) and left[0] in found.commands:
        found = found.commands[left.pop(0)]
    return found, left


def test_the_documentation_is_found() -> None:
    assert len(PAGES) > 15
    assert len(SHELL) > 30


@named([b for b in BLOCKS if b.language == "python" and "--8<--" not in b.text])
def test_python_runs(block: Block, workspace: Path) -> None:
    exec(compile(block.text, f"{block.page}:{block.line}", "exec"), {"__name__": "documentation"})


@named([b for b in BLOCKS if b.language == "toml" and "[[rule]]" in b.text])
def test_rules_pass_their_tests(block: Block, tmp_path: Path) -> None:
    path = tmp_path / "rules.toml"
    path.write_text(block.text, "utf-8")
    known = {card.id for card in shipped()}
    cards = [card for card in load([path]) if card.id not in known]
    assert cards
    cleaner = Cleaner(Configuration(rules=(str(path),)), min_confidence=0.0)
    assert [str(fault) for fault in try_cards(cards, cleaner)] == []


@named([b for b in BLOCKS if b.language == "toml" and "[[rule]]" not in b.text])
def test_configurations_are_read(block: Block, tmp_path: Path) -> None:
    path = tmp_path / "cleantext.toml"
    path.write_text(block.text, "utf-8")
    settings.read(path)


@pytest.mark.parametrize(("place", "words"), SHELL, ids=[place for place, _ in SHELL])
def test_commands_and_their_options_exist(place: str, words: list[str]) -> None:
    found, left = command([word.rstrip("…") or "PATH" for word in words])
    if words[0].startswith("--"):  # of the program itself: such an option acts as soon as it is read
        assert words[0] in {option for part in found.params for option in part.opts}
        return
    found.make_context("cleantext", left)


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_commands_in_prose_exist(path: Path) -> None:
    for shown in INLINE.findall(path.read_text("utf-8")):
        words = shown.split()[1:]
        found, left = command(words)
        known = {option for part in found.params for option in (*part.opts, *part.secondary_opts)}
        assert not getattr(found, "commands", None) or len(words) == 1 or len(left) < len(words), shown
        assert [w for w in left if w.startswith("--") and w.partition("=")[0] not in known] == [], shown


@pytest.fixture(scope="module")
def workplace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with what the pages speak of: the seeds, articles, records, a rule file, an index."""
    folder = tmp_path_factory.mktemp("docs")
    shutil.copytree(ROOT / "seeds", folder / "seeds", ignore=shutil.ignore_patterns(".cleantext"))
    for name in ("articles", "corpus"):
        (folder / name).mkdir()
        (folder / name / "a.txt").write_text("Share\n\nThe cafÃ© by the harbour is open again.\n", "utf-8")
    records = [
        {"id": "1", "text": "Share\n\nThe talks failed, Reuters he reported.", "date": "2015-11-24"},
        {"id": "2", "text": "The council met on Monday.\n\nComments", "source": "harbour.example"},
    ]
    for name in ("corpus.jsonl", "news.jsonl"):
        (folder / name).write_text("".join(json.dumps(r) + "\n" for r in records), "utf-8")
    rules = next(b for b in BLOCKS if b.page.endswith("write-a-rule.md") and "[[rule]]" in b.text)
    (folder / "my-rules.toml").write_text(rules.text, "utf-8")
    runner = CliRunner()
    command([])
    made = runner.invoke(
        application.app, ["index", str(folder / "corpus.jsonl"), "--output", str(folder / "corpus.index")]
    )
    assert made.exit_code == 0, made.output
    return folder


@pytest.fixture
def workspace(workplace: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of it, as the working directory."""
    copy = shutil.copytree(workplace, tmp_path / "work")
    monkeypatch.chdir(copy)
    return Path(copy)


RUN = [
    (place, words)
    for place, words in SHELL
    if words[0] in ("check", "fix", "undo", "quotes", "index", "report", "rules", "log", "doctor")
    and not {"--resume", "--record", "--languagetool", "--editor", "--format=sarif"} & set(words)
    and not any("…" in word or "*" in word for word in words)
]


def test_pages_are_worked_through_in_order(workspace: Path) -> None:
    """Every command that works on what stands in the folder, one page after the other as a reader would."""
    runner = CliRunner()
    command([])
    ran = 0
    for place, words in RUN:
        files = [
            w
            for w in words
            if w.endswith(("/", ".jsonl", ".csv", ".toml", ".index", ".txt", ".md")) and not w.startswith("-")
        ]
        written = {words[i + 1] for i, word in enumerate(words[:-1]) if word in ("--output", "-o")}
        if any(not Path(name).exists() for name in files if name not in written):
            continue
        for name in written:
            Path(name).unlink(missing_ok=True)
        done = runner.invoke(application.app, words)
        unwanted = done.exception if not isinstance(done.exception, SystemExit) else None
        assert unwanted is None, f"{place}: {unwanted!r}"
        assert done.exit_code in (0, 1), f"{place}: {done.output}"
        ran += 1
    assert ran >= 15


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_links_lead_somewhere(path: Path) -> None:
    for target in LINK.findall(FENCE.sub("", path.read_text("utf-8"))):
        if "://" in target or target.startswith("mailto:"):
            continue
        name, _, anchor = target.partition("#")
        there = (path.parent / name).resolve() if name else path
        if there.name in {Path(page).name for page in GENERATED}:
            continue
        assert there.exists(), target
        if anchor:
            assert anchor in anchors(there), target


def anchors(path: Path) -> set[str]:
    heads = regex.findall(r"^#+ (.*)$", FENCE.sub("", path.read_text("utf-8")), regex.MULTILINE)
    return {
        regex.sub(r"[\s-]+", "-", regex.sub(r"[^\w\s-]", "", head.replace("`", ""))).strip("-").lower()
        for head in heads
    }


def test_every_key_of_the_configuration_is_explained() -> None:
    page = (ROOT / "docs" / "reference" / "configuration.md").read_text("utf-8")
    keys = [field.encode_name for field in msgspec.structs.fields(Configuration)]
    assert [key for key in keys if f"`{key}`" not in page and f"`[{key}]`" not in page] == []


def test_every_command_shows_an_example() -> None:
    root, _ = command([])
    without = []
    for name, outer in root.commands.items():
        inner = getattr(outer, "commands", None) or {"": outer}
        without += [
            f"{name} {word}" for word, found in inner.items() if "Example" not in (found.epilog or "")
        ]
    assert without == []


def test_the_readme_shows_the_figures_that_were_measured() -> None:
    figures = pytest.importorskip("benchmarks.figures")
    assert figures.readme_table() in (ROOT / "README.md").read_text("utf-8")


def test_every_section_of_the_benchmarks_says_how_to_measure_it_again() -> None:
    figures = pytest.importorskip("benchmarks.figures")
    sections = figures.page().split("\n## ")[1:]
    assert len(sections) >= 7
    assert [part.split("\n")[0] for part in sections if "`python " not in part] == []
