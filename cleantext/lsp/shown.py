"""Findings in the protocol's words: diagnostics, quick fixes, what a rule says of itself."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from lsprotocol import types

from cleantext.finding import Applicability, Edit, Finding, Fix
from cleantext.lsp.texts import Found
from cleantext.rulebook import Card

SOURCE = "cleantext"
ACCEPT, REJECT, UNDO = "cleantext.accept", "cleantext.reject", "cleantext.undo"
FIX_ALL = "source.fixAll.cleantext"
_SEVERITY = {
    Applicability.SAFE: types.DiagnosticSeverity.Warning,
    Applicability.REVIEW: types.DiagnosticSeverity.Warning,
    Applicability.DISPLAY: types.DiagnosticSeverity.Information,
}
_LONGEST = 40
"""Characters of a replacement in the title of a quick fix."""


def span(found: Found, start: int, end: int) -> types.Range:
    """Return the protocol's range of a span of the article."""
    line, character, last, end_character = found.place(start, end)
    return types.Range(types.Position(line, character), types.Position(last, end_character))


def diagnostic(found: Found, uri: str, finding: Finding) -> types.Diagnostic:
    """Return a finding as a diagnostic; ``data`` holds its fingerprint."""
    related = [
        types.DiagnosticRelatedInformation(
            types.Location(uri, span(found, piece.start, piece.end)), piece.note or piece.text
        )
        for piece in finding.evidence
        if piece.end > piece.start
    ]
    said = [piece.note for piece in finding.evidence if piece.end == piece.start and piece.note]
    message = "\n".join((f"{finding.message} ({finding.applicability}, {finding.confidence:.2f})", *said))
    return types.Diagnostic(
        range=span(found, finding.start, finding.end),
        message=message,
        severity=_SEVERITY[finding.applicability],
        code=finding.rule,
        source=SOURCE,
        related_information=related or None,
        data={"fingerprint": finding.fingerprint},
    )


def diagnostics(found: Found, uri: str) -> list[types.Diagnostic]:
    """Return all of a text's."""
    return [diagnostic(found, uri, finding) for finding in found.findings]


def actions(
    found: Found, uri: str, asked: types.CodeActionParams, *, versioned: bool, kept: bool
) -> list[types.CodeAction]:
    """Return what can be done about the findings in a range: fixes, and decisions where they can be ``kept``."""
    only = asked.context.only
    if only is not None and not any("quickfix".startswith(str(kind).lower()) for kind in only):
        return []
    wanted = asked.range
    made: list[types.CodeAction] = []
    for finding in found.findings:
        shown = diagnostic(found, uri, finding)
        if _before(shown.range.end, wanted.start) or _before(wanted.end, shown.range.start):
            continue
        for number, fix in enumerate(finding.fixes):
            made.append(
                types.CodeAction(
                    title=f"{finding.rule}: {title(found, fix)}",
                    kind=types.CodeActionKind.QuickFix,
                    diagnostics=[shown],
                    is_preferred=number == 0 and finding.applicability is Applicability.SAFE,
                    edit=changes(found, uri, fix.edits, versioned=versioned),
                )
            )
        if kept:
            made += [
                _decision(finding, shown, uri, ACCEPT, "accept, and let `cleantext fix` apply it"),
                _decision(finding, shown, uri, REJECT, "reject, and do not show it again"),
            ]
    return made


def _decision(
    finding: Finding, shown: types.Diagnostic, uri: str, command: str, words: str
) -> types.CodeAction:
    name = f"{finding.rule}: {words}"
    return types.CodeAction(
        title=name,
        kind=types.CodeActionKind.QuickFix,
        diagnostics=[shown],
        command=types.Command(name, command, arguments=[uri, finding.fingerprint]),
    )


def _before(one: types.Position, other: types.Position) -> bool:
    return (one.line, one.character) < (other.line, other.character)


def title(found: Found, fix: Fix) -> str:
    """Say in a few words what a fix does."""
    text = found.snapshot.article.text
    parts, at = [], fix.start
    for edit in fix.edits:
        parts += [text[at : edit.start], edit.replacement]
        at = edit.end
    written = " ".join("".join(parts).split())
    old = " ".join(text[fix.start : fix.end].split())
    if not written:
        return f"delete “{_short(old)}”"
    return f"replace by “{_short(written)}”" if old else f"insert “{_short(written)}”"


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"


def changes(found: Found, uri: str, edits: Iterable[Edit], *, versioned: bool) -> types.WorkspaceEdit:
    """Return edits of the article as the editor takes them; with a version, it refuses them for another text."""
    made = [types.TextEdit(span(found, edit.start, edit.end), edit.replacement) for edit in edits]
    if not versioned:
        return types.WorkspaceEdit(changes={uri: made})
    return types.WorkspaceEdit(
        document_changes=[
            types.TextDocumentEdit(
                types.OptionalVersionedTextDocumentIdentifier(uri, found.snapshot.version), list(made)
            )
        ]
    )


def about(found: Found, cards: Mapping[str, Card], position: types.Position) -> types.Hover | None:
    """Return what the rules whose findings stand at a position say of themselves."""
    parts = []
    for finding in found.findings:
        where = span(found, finding.start, finding.end)
        card = cards.get(finding.rule)
        if card is None or _before(position, where.start) or _before(where.end, position):
            continue
        parts.append(f"{finding.rule} {finding.name}\n\n{card.why}")
    if not parts:
        return None
    # Plain: what an article or a rule file says is never markup.
    return types.Hover(types.MarkupContent(types.MarkupKind.PlainText, "\n\n".join(parts)))
