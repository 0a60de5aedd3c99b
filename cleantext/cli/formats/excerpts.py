"""What ``fix --diff`` shows a person: each change in its line, with a few words on either side."""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Iterator

from typer import style

from cleantext.batch.reading import Source
from cleantext.batch.tally import Tally
from cleantext.cli.formats import Findings
from cleantext.cli.formats.marks import beginning_cut, change, end_cut, seen
from cleantext.document import Document
from cleantext.finding import Edit
from cleantext.printable import visible
from cleantext.report import Fixed

_CONTEXT = 60
_HEAD = 16


class Excerpts(Findings):
    """Changes as excerpts of their lines; a paragraph is never printed whole for the sake of one word."""

    def __init__(self, *, colour: bool, width: int | None = None) -> None:
        """``width`` is the terminal's unless given; it is settled here, in the process that has the terminal."""
        self._colour = colour
        self._width = width or shutil.get_terminal_size((100, 24)).columns

    def fixed(self, source: Source, fixed: Fixed) -> bytes:
        """Return the changes of one article."""
        if fixed.text == source.article.text:
            return b""
        document = Document(source.article)
        edits = sorted(
            (_words(document.text, edit), f.rule) for f in fixed.applied if f.fix for edit in f.fix.edits
        )
        name = visible(source.path if source.line is None else f"{source.path}:{source.line}")
        rows = [style(name, bold=True) if self._colour else name]
        for group in _neighbours(document, edits):
            line, column = document.place(group[0][0].start)
            rules = ",".join(dict.fromkeys(rule for _, rule in group))
            rows.append(f"{f'{line}:{column}':>7} {rules:6} {self._excerpt(document, [e for e, _ in group])}")
        return ("\n".join(rows) + "\n\n").encode("utf-8", "backslashreplace")

    def _excerpt(self, document: Document, edits: list[Edit]) -> str:
        text = document.text
        first, end = edits[0].start, edits[-1].end
        low = document.line_at(first).start
        high = max(document.line_at(max(first, end - 1)).end, end)
        middle, at, length = "", first, 0
        for edit in edits:
            kept = visible(text[at : edit.start])
            old, new = seen(text[edit.start : edit.end]), seen(edit.replacement)
            middle += kept + change(old, new, colour=self._colour)
            length += len(kept) + len(old) + len(new)
            at = edit.end
        room = min(_CONTEXT, max(20, (self._width - _HEAD - length - 2) // 2))
        left, right = visible(text[max(low, first - 200) : first]), visible(text[end : min(high, end + 200)])
        return beginning_cut(left, room) + middle + end_cut(right, room)

    def end(self, tally: Tally) -> bytes:
        """Say that nothing was written."""
        if not tally.changed:
            return b"" if tally.errors else b"Nothing would change.\n"
        articles = f"{tally.changed} article{'s' * (tally.changed != 1)}"
        return f"{articles} would change; nothing was written. The same without --diff writes.\n".encode()


def _words(text: str, edit: Edit) -> Edit:
    """Leave out the line ends that go with a deleted line: the words are what is looked for."""
    old = text[edit.start : edit.end]
    if edit.replacement or not old.strip("\r\n"):
        return edit
    start = edit.start + len(old) - len(old.lstrip("\r\n"))
    return Edit(start, start + len(old.strip("\r\n")), "")


def _neighbours(document: Document, edits: Iterable[tuple[Edit, str]]) -> Iterator[list[tuple[Edit, str]]]:
    """Put edits together that one excerpt can show: on one line, a few words apart."""
    group: list[tuple[Edit, str]] = []
    for edit, rule in edits:
        if group:
            before = group[-1][0]
            near = edit.start - before.end <= _CONTEXT // 2
            if not (near and document.line_at(before.start).start == document.line_at(edit.start).start):
                yield group
                group = []
        group.append((edit, rule))
    if group:
        yield group
