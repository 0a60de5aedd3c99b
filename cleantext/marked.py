"""An article with its findings marked, as HTML that notebooks show."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from cleantext.finding import Applicability, Finding
from cleantext.printable import visible

LONGEST = 50_000
"""Code points of an article that are shown."""

_COLOURS = {
    Applicability.SAFE: "#b7e4c7",
    Applicability.REVIEW: "#ffe8a1",
    Applicability.DISPLAY: "#cfe2ff",
}


def marked(text: str, findings: Iterable[Finding]) -> str:
    """Return a text with each finding as a ``mark``: its rule beside it, message and replacement as its title.

    Where findings overlap, the one that begins first is shown. Everything that the article says is escaped.
    """
    parts: list[str] = []
    at = 0
    end = min(len(text), LONGEST)
    for finding in sorted(findings, key=lambda f: (f.start, -f.end)):
        if finding.start < at or finding.end > end:
            continue
        parts.append(_shown(text[at : finding.start]))
        parts.append(_mark(finding))
        at = finding.end
    parts.append(_shown(text[at:end]))
    if len(text) > end:
        parts.append(f"<em>… {len(text) - end:,} more characters</em>")
    return '<div style="white-space: pre-wrap; line-height: 1.6">' + "".join(parts) + "</div>"


def _mark(finding: Finding) -> str:
    title = f"{finding.rule} {finding.name} ({finding.applicability}, {finding.confidence:.2f}): {finding.message}"
    after = _after(finding)
    label = finding.rule
    if after is not None:
        title += f" → {after!r}" if after else " → deleted"
    return (
        f'<mark title="{escape(visible(title))}" style="background: {_COLOURS[finding.applicability]}; color: #111; '
        f'border-radius: 0.3em; padding: 0.1em 0.3em">{_shown(finding.text)}'
        f'<small style="font-weight: bold; margin-left: 0.4em">{escape(label)}</small></mark>'
    )


def _after(finding: Finding) -> str | None:
    """Return what the best fix, where it is one edit of the whole span, leaves there."""
    if finding.fix is None or len(finding.fix.edits) != 1:
        return None
    edit = finding.fix.edits[0]
    head = finding.text[: max(0, edit.start - finding.start)]
    tail = finding.text[max(0, edit.end - finding.start) :]
    return head + edit.replacement + tail


def _shown(text: str) -> str:
    return escape("\n".join(map(visible, text.split("\n"))))
