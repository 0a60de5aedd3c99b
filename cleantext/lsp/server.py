"""The language server: what the editor says in, what it is to show out.

A text is sent whole with each change. That costs less than a tenth of a millisecond, and the two sides can never
come to hold different texts. A check goes over the whole text, too, in a thread of its own: it takes some
50 ms for 5,000 words (`python -m benchmarks.lsp`), and most findings depend on more than their own line.
"""

from __future__ import annotations

import asyncio
import sys
import time
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, Literal

from lsprotocol import types
from pygls.lsp.server import LanguageServer

from cleantext.batch.reading import Source
from cleantext.batch.work import rejected
from cleantext.finding import Edit
from cleantext.lsp import shown
from cleantext.lsp.deciding import Decided, UndecidedError, Workshop, decide, undo
from cleantext.lsp.positions import Positions
from cleantext.lsp.texts import Found, OpenText, Snapshot
from cleantext.version import __version__

PAUSE = 0.02
"""Seconds without a change before a text is checked; for a text whose check takes longer, half of what it takes."""
LONGEST_PAUSE = 1.0


class Service:
    """The texts that are open, and the checks that go on about them."""

    def __init__(
        self,
        server: LanguageServer,
        workshop: Callable[[Path | None], Workshop],
        *,
        who: str | None = None,
    ) -> None:
        """``workshop`` says what counts for a file, and is asked again when it is opened or saved."""
        self._server = server
        self._workshop_for = workshop
        self._who = who
        self._texts: dict[str, OpenText] = {}
        self._workshops: dict[str, Workshop] = {}
        self._decided = Decided(_log)
        # One thread: a check holds the interpreter, and the store is for one thread at a time.
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="cleantext-check")

    # What the editor tells

    async def opened(self, params: types.DidOpenTextDocumentParams) -> None:
        """A text was opened."""
        given = params.text_document
        text = OpenText(given.uri, given.language_id, given.text, given.version)
        if not text.is_checked:
            return
        self._texts[given.uri] = text
        self._workshops.pop(given.uri, None)
        self._check_soon(text)

    async def changed(self, params: types.DidChangeTextDocumentParams) -> None:
        """A text has changed."""
        text = self._texts.get(params.text_document.uri)
        if text is None or not params.content_changes:
            return
        text.change(params.content_changes[-1].text, params.text_document.version)
        self._check_soon(text)

    async def saved(self, params: types.DidSaveTextDocumentParams) -> None:
        """A file was saved: it may be a configuration, or lie elsewhere now."""
        self._workshops.clear()
        for text in self._texts.values():
            text.serial += 1
            self._check_soon(text)

    async def closed(self, params: types.DidCloseTextDocumentParams) -> None:
        """A text was closed: its findings are no longer shown."""
        text = self._texts.pop(params.text_document.uri, None)
        if text is not None:
            if text.checking is not None:
                text.checking.cancel()
            self._publish(text.uri, None, [])

    # Checking

    def _check_soon(self, text: OpenText) -> None:
        if text.checking is None or text.checking.done():
            text.checking = asyncio.get_running_loop().create_task(self._check(text))

    async def _check(self, text: OpenText) -> None:
        """Check until what was found is about the text as it stands, and show that."""
        while text.found is None or text.found.snapshot.serial != text.serial:
            serial = text.serial
            await asyncio.sleep(min(LONGEST_PAUSE, max(PAUSE, text.took / 2)))
            if serial != text.serial:
                continue
            snapshot = text.snapshot()
            begun = time.perf_counter()
            try:
                found = await self._beside(self._found, text, snapshot)
            except ValueError as error:  # a broken configuration, rule file or store
                self._say(str(error))
                found = Found(snapshot, (), Positions(snapshot.text, self._unit))
            text.took = time.perf_counter() - begun
            text.found = found
            if snapshot.serial == text.serial and text.uri in self._texts:
                self._publish(text.uri, snapshot.version, shown.diagnostics(found, text.uri))

    def _found(self, text: OpenText, snapshot: Snapshot) -> Found:
        workshop = self._workshop(text)
        findings = workshop.cleaner.check(snapshot.article).findings
        if workshop.scope and text.path is not None:
            out = workshop.scope.hides(Source(str(text.path), None, snapshot.article), findings)
            findings = tuple(finding for number, finding in enumerate(findings) if number not in out)
        decisions = self._decided.about(text.path, workshop)
        if decisions:
            document = decisions.document_id(str(text.path), None, snapshot.article)
            gone = set(map(id, rejected(decisions, document, findings)))
            findings = tuple(finding for finding in findings if id(finding) not in gone)
        return Found(snapshot, findings, Positions(snapshot.text, self._unit))

    def _workshop(self, text: OpenText) -> Workshop:
        known = self._workshops.get(text.uri)
        if known is None:
            known = self._workshops[text.uri] = self._workshop_for(text.path)
        return known

    async def _current(self, uri: str) -> tuple[OpenText, Found] | None:
        """Return an open text with what is found in it as it stands now."""
        text = self._texts.get(uri)
        if text is None:
            return None
        self._check_soon(text)
        assert text.checking is not None
        await asyncio.shield(text.checking)
        return None if text.found is None else (text, text.found)

    async def _beside(self, function: Callable[..., Any], *arguments: Any) -> Any:
        return await asyncio.get_running_loop().run_in_executor(self._thread, function, *arguments)

    # What the editor asks

    async def actions(self, params: types.CodeActionParams) -> list[types.CodeAction]:
        """Return what can be done in a range."""
        current = await self._current(params.text_document.uri)
        if current is None:
            return []
        text, found = current
        made = shown.actions(
            found, text.uri, params, versioned=self._takes_versions, kept=text.path is not None
        )
        only = params.context.only
        if only is None or any(shown.FIX_ALL.startswith(str(kind)) for kind in only):
            edits = await self._beside(self._all_fixes, text, found)
            if edits:
                made.append(
                    types.CodeAction(
                        title="cleantext: apply what is safe or accepted",
                        kind=shown.FIX_ALL,
                        edit=shown.changes(found, text.uri, edits, versioned=self._takes_versions),
                    )
                )
        return made

    def _all_fixes(self, text: OpenText, found: Found) -> list[Edit]:
        """Return what `cleantext fix` would do, as edits of the text as it stands."""
        workshop, article = self._workshop(text), found.snapshot.article
        decisions = self._decided.about(text.path, workshop)
        document = decisions.document_id(str(text.path or "-"), None, article)
        refused = decisions.refuses(document)
        ignored = workshop.scope.ignores(Source(str(text.path or "-"), None, article))
        fixed = workshop.cleaner.fix(
            article, accept=decisions.accepts(document), refuse=lambda f: ignored(f) or refused(f)
        )
        return sorted({edit for finding in fixed.applied for edit in finding.fixes[0].edits})

    async def hover(self, params: types.HoverParams) -> types.Hover | None:
        """Return what the rules at a position say."""
        current = await self._current(params.text_document.uri)
        if current is None:
            return None
        text, found = current
        return shown.about(found, self._workshop(text).cleaner.cards, params.position)

    async def accept(self, uri: str, fingerprint: str) -> bool:
        """Accept a finding; return whether that was kept."""
        return await self._decide(uri, "accept", fingerprint)

    async def reject(self, uri: str, fingerprint: str) -> bool:
        """Reject a finding; return whether that was kept."""
        return await self._decide(uri, "reject", fingerprint)

    async def _decide(self, uri: str, verdict: Literal["accept", "reject"], fingerprint: str) -> bool:
        text = self._texts.get(uri)
        if text is None:
            return False
        snapshot = text.snapshot()
        return await self._kept(
            text, decide, text.path, snapshot.article, self._workshop(text), verdict, fingerprint, self._who
        )

    async def undo(self, uri: str) -> bool:
        """Take the latest decision back."""
        text = self._texts.get(uri)
        return text is not None and await self._kept(text, undo, text.path, self._workshop(text), self._who)

    async def _kept(self, text: OpenText, function: Callable[..., Any], *arguments: Any) -> bool:
        try:
            await self._beside(function, *arguments)
        except (UndecidedError, ValueError, OSError) as error:
            self._say(str(error))
            return False
        text.serial += 1  # what is shown depends on decisions
        self._check_soon(text)
        return True

    # The other side

    @property
    def _unit(self) -> str:
        chosen = self._server.workspace.position_encoding
        return str(getattr(chosen, "value", chosen) or "utf-16")

    @property
    def _takes_versions(self) -> bool:
        workspace = self._server.client_capabilities.workspace
        edit = workspace.workspace_edit if workspace else None
        return bool(edit and edit.document_changes)

    def _publish(self, uri: str, version: int | None, found: list[types.Diagnostic]) -> None:
        self._server.text_document_publish_diagnostics(
            types.PublishDiagnosticsParams(uri=uri, diagnostics=found, version=version)
        )

    def _say(self, message: str) -> None:
        self._server.window_show_message(
            types.ShowMessageParams(types.MessageType.Error, f"cleantext: {message}")
        )


def _log(message: str) -> None:
    sys.stderr.write(f"cleantext: {message}\n")  # standard output belongs to the protocol


def make_server(workshop: Callable[[Path | None], Workshop], *, who: str | None = None) -> LanguageServer:
    """Make a server that can be started over standard input and output, or a socket."""
    server = LanguageServer(
        "cleantext", __version__, text_document_sync_kind=types.TextDocumentSyncKind.Full, max_workers=2
    )
    service = Service(server, workshop, who=who)
    actions = types.CodeActionOptions([types.CodeActionKind.QuickFix, shown.FIX_ALL])
    server.feature(types.TEXT_DOCUMENT_DID_OPEN)(_free(service.opened))
    server.feature(types.TEXT_DOCUMENT_DID_CHANGE)(_free(service.changed))
    server.feature(types.TEXT_DOCUMENT_DID_SAVE)(_free(service.saved))
    server.feature(types.TEXT_DOCUMENT_DID_CLOSE)(_free(service.closed))
    server.feature(types.TEXT_DOCUMENT_CODE_ACTION, actions)(_free(service.actions))
    server.feature(types.TEXT_DOCUMENT_HOVER)(_free(service.hover))
    server.command(shown.ACCEPT)(_free(service.accept))
    server.command(shown.REJECT)(_free(service.reject))
    server.command(shown.UNDO)(_free(service.undo))
    return server


def _free(method: Callable[..., Awaitable[Any]]) -> Callable[..., Awaitable[Any]]:
    """Return a method as a function; pygls notes on it what it is for, which a method does not take."""

    async def called(*arguments: Any) -> Any:
        return await method(*arguments)

    return called
