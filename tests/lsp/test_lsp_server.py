"""`cleantext lsp` with a real client: findings in their places, fixes, decisions."""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("pygls", reason="needs the extra `lsp`")

from lsprotocol import types

import cleantext
from cleantext import Cleaner
from cleantext.article import Article
from cleantext.lsp.deciding import UndecidedError, Workshop, decide, undo
from cleantext.review import events, exchange
from tests.lsp.editing import Editor, editor

TEXT = "Share\n\nThe cafÃ© by the harbour is open again.\n\nThe talks failed, Reuters he reported.\n"
HARD = (
    "\ufeffShare\r\n\r\nשלום 😀 e\u0301 \u2028 the cafÃ© by the harbour\x0c is open again, Reuters he reported.\r\n"
    "\r\n👩‍👩‍👧  The talks failed, Reuters he reported.\r\n"
)


def run(scene: Callable[[], Coroutine[Any, Any, None]]) -> None:
    asyncio.run(asyncio.wait_for(scene(), 120))


def command(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "cleantext", *words], cwd=folder, capture_output=True, text=True, check=False
    )


@pytest.mark.parametrize("encodings", [None, ["utf-16"], ["utf-8"], ["utf-32", "utf-16"]])
def test_findings_stand_on_the_words_that_they_are_about(tmp_path: Path, encodings: list[str] | None) -> None:
    file = tmp_path / "ein Artikel é.txt"
    file.write_bytes(HARD.encode())

    async def scene() -> None:
        async with editor(tmp_path, encodings=encodings) as one:
            uri = one.open(file)
            shown = await one.diagnostics(uri)
            own = cleantext.check(HARD.removeprefix("\ufeff")).findings
            assert [(d.code, one.at(uri, d.range)) for d in shown] == [(f.rule, f.text) for f in own]
            assert len(shown) >= 4
            assert {d.source for d in shown} == {"cleantext"}

    run(scene)


def test_what_is_shown_follows_the_text(tmp_path: Path) -> None:
    async def scene() -> None:
        async with editor(tmp_path) as one:
            uri = one.open(tmp_path / "a.txt", TEXT)
            assert "EN001" in [d.code for d in await one.diagnostics(uri)]
            for number in range(8):  # faster than any check
                one.change(uri, TEXT.replace("Ã©", "é" * (number + 1)))
            shown = await one.diagnostics(uri)
            assert "EN001" not in [d.code for d in shown]
            assert [one.at(uri, d.range) for d in shown if d.code == "MT021"] == ["Reuters he reported"]
            one.change(uri, "")
            assert await one.diagnostics(uri) == []

    run(scene)


def test_a_closed_text_has_no_findings(tmp_path: Path) -> None:
    async def scene() -> None:
        async with editor(tmp_path) as one:
            uri = one.open(tmp_path / "a.txt", TEXT)
            assert await one.diagnostics(uri)
            one.client.text_document_did_close(
                types.DidCloseTextDocumentParams(types.TextDocumentIdentifier(uri))
            )
            assert await one.next_diagnostics(uri) == []

    run(scene)


def test_markdown_keeps_its_code_whatever_the_file_is_called(tmp_path: Path) -> None:
    text = "# News\n\nThe talks failed.\n\n```\nthe cafÃ©\n```\n"

    async def scene() -> None:
        async with editor(tmp_path) as one:
            for uri in (
                one.open(tmp_path / "a.md", text, "plaintext"),
                one.open("untitled:Untitled-1", text, "markdown"),
            ):
                assert "EN001" not in [d.code for d in await one.diagnostics(uri)]
            plain = one.open("untitled:Untitled-2", text, "plaintext")
            assert "EN001" in [d.code for d in await one.diagnostics(plain)]

    run(scene)


def test_a_quick_fix_does_what_its_title_says(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_bytes(HARD.encode())

    async def scene() -> None:
        async with editor(tmp_path) as one:
            uri = one.open(file)
            for finding in cleantext.check(HARD.removeprefix("\ufeff")).findings:
                if not finding.fixes:
                    continue
                [shown] = [
                    d for d in await one.diagnostics(uri)
                    if d.code == finding.rule and d.data == {"fingerprint": finding.fingerprint}
                ]  # fmt: skip
                made = [
                    a for a in await one.actions(uri, shown.range, ["quickfix"])
                    if a.edit is not None and a.diagnostics[0].data == shown.data
                ]  # fmt: skip
                assert len(made) == len(finding.fixes)
                text = HARD.removeprefix("\ufeff")
                for edit in reversed(finding.fixes[0].edits):
                    text = text[: edit.start] + edit.replacement + text[edit.end :]
                assert one.applied(uri, made[0].edit) == "\ufeff" + text

    run(scene)


def test_only_what_was_asked_for_is_offered(tmp_path: Path) -> None:
    async def scene() -> None:
        async with editor(tmp_path) as one:
            uri = one.open(tmp_path / "a.txt", TEXT)
            nothing = types.Range(types.Position(1, 0), types.Position(1, 0))
            assert [a.kind for a in await one.actions(uri, nothing)] == ["source.fixAll.cleantext"]
            assert {a.kind for a in await one.actions(uri, only=["quickfix"])} == {"quickfix"}
            assert {a.kind for a in await one.actions(uri, only=["source.fixAll"])} == {
                "source.fixAll.cleantext"
            }
            assert await one.actions(uri, only=["refactor"]) == []

    run(scene)


def decided(folder: Path) -> list[tuple[str, ...]]:
    """What stands in a store, but for when and by whom."""
    held = events.standing(exchange.read_all(folder / ".cleantext" / "review.db"))
    return sorted(
        (e.document, e.key, e.rule, e.verdict, e.version, e.group, e.match, e.before, e.after) for e in held
    )


def test_decisions_are_those_of_the_command_line(tmp_path: Path) -> None:
    folders = [tmp_path / "editor", tmp_path / "line"]
    for folder in folders:
        folder.mkdir()
        (folder / "a.txt").write_text(TEXT, "utf-8")
    wanted = {"MT021": "accept", "BP001": "reject"}

    async def scene() -> None:
        async with editor(folders[0], "--who", "ann") as one:
            uri = one.open(folders[0] / "a.txt")
            await one.diagnostics(uri)
            for rule, verdict in wanted.items():
                [action] = [
                    a for a in await one.actions(uri)
                    if a.command and a.command.command == f"cleantext.{verdict}" and a.title.startswith(rule)
                ]  # fmt: skip
                assert await one.command(action) is True
            assert [d.code for d in await one.next_diagnostics(uri)] == ["EN001", "MT021"]
            [everything] = await one.actions(uri, only=["source.fixAll"])
            fixed.append(one.applied(uri, everything.edit))
            assert one.said == []

    fixed: list[str] = []
    run(scene)
    rows = [
        json.loads(row)
        for row in command(folders[1], "check", "--format", "jsonl", "a.txt").stdout.splitlines()
    ]
    for row in rows:
        if row["rule"] in wanted:
            done = command(
                folders[1],
                "decisions",
                "add",
                wanted[row["rule"]],
                row["fingerprint"],
                "--who",
                "ann",
                "--in",
                ".",
            )
            assert done.returncode == 0, done.stderr
    assert decided(folders[0]) == decided(folders[1])
    assert len(decided(folders[0])) == 2
    for folder in folders:
        assert command(folder, "fix", "a.txt").returncode == 0
    texts = [(folder / "a.txt").read_text("utf-8") for folder in folders]
    assert texts[0] == texts[1] == fixed[0]
    assert texts[0].startswith("Share\n\nThe café")
    assert "Reuters reported" in texts[0]


def test_the_latest_decision_is_taken_back(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT, "utf-8")

    async def scene() -> None:
        async with editor(tmp_path) as one:
            uri = one.open(tmp_path / "a.txt")
            before = [d.code for d in await one.diagnostics(uri)]
            [reject] = [
                a for a in await one.actions(uri) if a.title.startswith("BP001: reject")
            ]  # fmt: skip
            await one.command(reject)
            assert [d.code for d in await one.next_diagnostics(uri)] == before[1:]
            undo = types.ExecuteCommandParams("cleantext.undo", [uri])
            assert await one.client.workspace_execute_command_async(undo) is True
            assert [d.code for d in await one.next_diagnostics(uri)] == before

    run(scene)


def test_what_is_no_longer_there_is_not_taken_back(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    workshop = Workshop(Cleaner())
    first, second = Article(text=TEXT), Article(text=TEXT.removeprefix("Share\n\n"))

    def reject(article: Article, rule: str) -> None:
        (found,) = [f for f in workshop.cleaner.check(article).findings if f.rule == rule]
        decide(path, article, workshop, "reject", found.fingerprint)

    path.write_text(first.text, "utf-8")
    reject(first, "BP001")
    path.write_text(second.text, "utf-8")
    reject(second, "EN001")
    assert undo(path, workshop) == 1
    with pytest.raises(UndecidedError, match="nothing was undone: what was decided was written"):
        undo(path, workshop)


def test_a_decision_made_elsewhere_is_seen_at_the_next_change(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT, "utf-8")

    async def scene() -> None:
        async with editor(tmp_path) as one:
            uri = one.open(tmp_path / "a.txt")
            [first, *_] = await one.diagnostics(uri)
            assert isinstance(first.data, dict)
            done = command(tmp_path, "decisions", "add", "reject", first.data["fingerprint"], "--in", ".")
            assert done.returncode == 0, done.stderr
            one.change(uri, TEXT + "\nIt rains.\n")
            assert first.code not in [d.code for d in await one.diagnostics(uri)]

    run(scene)


def test_looking_at_a_text_makes_no_store(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT, "utf-8")

    async def scene() -> None:
        async with editor(tmp_path) as one:
            uri = one.open(tmp_path / "a.txt")
            assert await one.diagnostics(uri)
            assert await one.actions(uri)

    run(scene)
    assert [path.name for path in tmp_path.iterdir()] == ["a.txt"]


def test_a_text_that_is_not_saved_is_checked_and_not_decided_about(tmp_path: Path) -> None:
    async def scene() -> None:
        async with editor(tmp_path) as one:
            uri = one.open("untitled:Untitled-1", TEXT)
            [first, *_] = await one.diagnostics(uri)
            assert [a for a in await one.actions(uri) if a.command] == []
            assert isinstance(first.data, dict)
            asked = types.ExecuteCommandParams("cleantext.reject", [uri, first.data["fingerprint"]])
            assert await one.client.workspace_execute_command_async(asked) is False
            assert one.said == ["cleantext: save the text first: decisions are kept beside its file"]

    run(scene)


def test_configuration_counts_and_a_broken_one_is_said(tmp_path: Path) -> None:
    (tmp_path / "cleantext.toml").write_text('select = ["encoding"]\n')

    async def scene() -> None:
        async with editor(tmp_path) as one:
            uri = one.open(tmp_path / "a.txt", TEXT)
            assert [d.code for d in await one.diagnostics(uri)] == ["EN001"]
            saved = types.DidSaveTextDocumentParams(types.TextDocumentIdentifier(uri))
            (tmp_path / "cleantext.toml").write_text('select = ["nonsense"]\n')
            one.client.text_document_did_save(saved)
            assert await one.next_diagnostics(uri) == []
            assert "nonsense" in one.said[0]
            (tmp_path / "cleantext.toml").write_text('[[per-file]]\npaths = ["a.txt"]\nignore = ["BP"]\n')
            one.client.text_document_did_save(saved)
            assert [d.code for d in await one.next_diagnostics(uri)] == ["EN001", "MT021"]

    run(scene)


def test_other_languages_are_left_alone(tmp_path: Path) -> None:
    async def scene() -> None:
        async with editor(tmp_path) as one:
            one.open(tmp_path / "a.py", TEXT, "python")
            uri = one.open(tmp_path / "b.txt", TEXT)
            await one.diagnostics(uri)
            assert set(one.published) == {uri}

    run(scene)


def test_a_rule_says_why_where_it_stands(tmp_path: Path) -> None:
    async def scene() -> None:
        async with editor(tmp_path) as one:
            uri = one.open(tmp_path / "a.txt", TEXT)
            await one.diagnostics(uri)
            shown = await one.client.text_document_hover_async(
                types.HoverParams(types.TextDocumentIdentifier(uri), types.Position(0, 2))
            )
            assert shown is not None
            assert isinstance(shown.contents, types.MarkupContent)
            assert shown.contents.value.startswith("BP001 ")

    run(scene)


def test_it_ends_when_the_editor_is_gone(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "cleantext", "lsp"],
        cwd=tmp_path,
        input=b"",
        capture_output=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0
    assert done.stdout == b""


def test_nonsense_does_not_end_it(tmp_path: Path) -> None:
    async def scene() -> None:
        async with editor(tmp_path) as one:
            await unusual(one)
            uri = one.open(tmp_path / "a.txt", TEXT)
            assert await one.diagnostics(uri)

    async def unusual(one: Editor) -> None:
        with pytest.raises(Exception):  # noqa: B017 - whatever the client makes of an error
            await one.client.workspace_execute_command_async(
                types.ExecuteCommandParams("cleantext.accept", [])
            )
        asked = types.ExecuteCommandParams("cleantext.accept", ["file:///nowhere.txt", "0"])
        assert await one.client.workspace_execute_command_async(asked) is False

    run(scene)
