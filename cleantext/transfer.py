"""What a worker sends of the articles that it checked, and how it is read again.

MessagePack takes a third of the time that pickled objects do. Articles are not sent back: whoever sent them has them.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

import msgspec

from cleantext.article import Article
from cleantext.finding import Finding
from cleantext.report import Report

if TYPE_CHECKING:
    from cleantext.editor.findings import Editing

Checked: TypeAlias = list[tuple[tuple[Finding, ...], tuple[str, ...]]]
"""The findings and the trouble of each article of a chunk."""


class Part(NamedTuple):
    """What a worker sends of a chunk; the findings as they are where a lone surrogate stands in them, which no bytes hold."""

    found: bytes | Checked
    editing: list[Editing | None]


def packed(reports: Sequence[Report]) -> Part:
    """Return what is sent of these reports."""
    found = [(report.findings, report.trouble) for report in reports]
    editing = [report.editing for report in reports]
    try:
        return Part(msgspec.msgpack.encode(found), editing)
    except UnicodeEncodeError:
        return Part(found, editing)


def checked(part: Part) -> Checked:
    """Return the findings and the trouble of each article of a part."""
    return msgspec.msgpack.decode(part.found, type=Checked) if isinstance(part.found, bytes) else part.found


def noted(chunks: Iterable[list[Article]], waiting: deque[list[Article]]) -> Iterator[list[Article]]:
    """Yield the chunks, and put each among those that are waited for."""
    for chunk in chunks:
        waiting.append(chunk)
        yield chunk
