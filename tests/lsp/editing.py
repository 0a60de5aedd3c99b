"""An editor in tests: pygls' client, speaking to a real `cleantext lsp` over its standard input and output."""

from __future__ import annotations

import asyncio
import sys
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, Union

from lsprotocol import types
from pygls.lsp.client import LanguageClient
from pygls.protocol import default_converter

from cleantext.lsp.positions import Position, Positions


class Editor:
    """One client and what it was told; texts are held as an editor holds them, with UTF-16 positions."""

    def __init__(self, client: LanguageClient) -> None:
        self.client = client
        self.texts: dict[str, str] = {}
        self.versions: dict[str, int] = {}
        self.published: dict[str, types.PublishDiagnosticsParams] = {}
        self.arrived: dict[str, float] = {}
        self.said: list[str] = []
        self.unit = "utf-16"

    def open(self, path: Path | str, text: str | None = None, language: str = "plaintext") -> str:
        uri = path.as_uri() if isinstance(path, Path) else path
        if text is None:
            assert isinstance(path, Path)
            text = path.read_bytes().decode()
        self.texts[uri], self.versions[uri] = text, 1
        self.client.text_document_did_open(
            types.DidOpenTextDocumentParams(types.TextDocumentItem(uri, language, 1, text))
        )
        return uri

    def change(self, uri: str, text: str) -> None:
        self.texts[uri] = text
        self.versions[uri] += 1
        self.client.text_document_did_change(
            types.DidChangeTextDocumentParams(
                types.VersionedTextDocumentIdentifier(self.versions[uri], uri),
                [types.TextDocumentContentChangeWholeDocument(text)],
            )
        )

    async def diagnostics(self, uri: str, seconds: float = 60) -> list[types.Diagnostic]:
        """Wait for what is said about the text as it stands."""
        deadline = time.monotonic() + seconds
        while (got := self.published.get(uri)) is None or got.version != self.versions[uri]:
            assert time.monotonic() < deadline, f"nothing was published; {self.said}"
            await asyncio.sleep(0.001)
        return list(got.diagnostics)

    async def next_diagnostics(self, uri: str) -> list[types.Diagnostic]:
        """Wait for what is said next, of whatever version."""
        old = self.published.get(uri)
        deadline = time.monotonic() + 60
        while self.published.get(uri) is old:
            assert time.monotonic() < deadline
            await asyncio.sleep(0.001)
        return list(self.published[uri].diagnostics)

    def at(self, uri: str, place: types.Range) -> str:
        """The words of a range, as an editor counts."""
        lines = Positions(self.texts[uri], self.unit)
        start, end = (lines.offset(Position(p.line, p.character)) for p in (place.start, place.end))
        return self.texts[uri][start:end]

    async def actions(
        self, uri: str, place: types.Range | None = None, only: list[str] | None = None
    ) -> list[Any]:
        lines = Positions(self.texts[uri], self.unit)
        end = lines.of(len(self.texts[uri]))
        whole = types.Range(types.Position(0, 0), types.Position(*end))
        found = await self.client.text_document_code_action_async(
            types.CodeActionParams(
                types.TextDocumentIdentifier(uri), place or whole, types.CodeActionContext([], only=only)
            )
        )
        return list(found or ())

    def applied(self, uri: str, edit: types.WorkspaceEdit) -> str:
        """The text after an edit, applied from the end as editors do."""
        assert edit.document_changes is not None
        [change] = edit.document_changes
        assert isinstance(change, types.TextDocumentEdit)
        assert change.text_document.version == self.versions[uri]
        text, lines = self.texts[uri], Positions(self.texts[uri], self.unit)
        spans = sorted(
            (
                lines.offset(Position(e.range.start.line, e.range.start.character)),
                lines.offset(Position(e.range.end.line, e.range.end.character)),
                e.new_text,
            )
            for e in change.edits
            if isinstance(e, types.TextEdit)
        )
        for start, end, new in reversed(spans):
            text = text[:start] + new + text[end:]
        return text

    async def command(self, action: types.CodeAction) -> Any:
        assert action.command is not None
        return await self.client.workspace_execute_command_async(
            types.ExecuteCommandParams(action.command.command, action.command.arguments)
        )


def _converter() -> Any:
    """What lsprotocol lacks: it takes each action that has a command for a bare command; a command's own is a text."""
    made = default_converter()

    def told_apart(given: Any, _: Any) -> Any:
        return made.structure(
            given, types.Command if isinstance(given.get("command"), str) else types.CodeAction
        )

    made.register_structure_hook(types.Command | types.CodeAction, told_apart)
    made.register_structure_hook(Union[types.Command, types.CodeAction], told_apart)  # noqa: UP007 - another key
    return made


@asynccontextmanager
async def editor(folder: Path, *words: str, encodings: list[str] | None = None) -> AsyncIterator[Editor]:
    """Start a server and an editor that speaks to it; end both properly."""
    client = LanguageClient("an editor", "1", converter_factory=_converter)
    one = Editor(client)

    def publish(params: types.PublishDiagnosticsParams) -> None:
        one.published[params.uri] = params
        one.arrived[params.uri] = time.perf_counter()

    def say(params: types.ShowMessageParams) -> None:
        one.said.append(params.message)

    client.feature(types.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS)(publish)
    client.feature(types.WINDOW_SHOW_MESSAGE)(say)
    await client.start_io(sys.executable, "-m", "cleantext", "lsp", *words, cwd=folder)
    answer = await client.initialize_async(
        types.InitializeParams(
            capabilities=types.ClientCapabilities(
                workspace=types.WorkspaceClientCapabilities(
                    workspace_edit=types.WorkspaceEditClientCapabilities(document_changes=True)
                ),
                general=types.GeneralClientCapabilities(position_encodings=encodings) if encodings else None,
            ),
            root_uri=folder.as_uri(),
        )
    )
    chosen = answer.capabilities.position_encoding
    one.unit = str(getattr(chosen, "value", chosen) or "utf-16")
    client.initialized(types.InitializedParams())
    try:
        yield one
    finally:
        await client.shutdown_async(None)
        client.exit(None)
        await asyncio.wait_for(client.stop(), 30)
