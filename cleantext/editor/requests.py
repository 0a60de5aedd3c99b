"""What the model is told about each passage: the names and numbers that must stay."""

from __future__ import annotations

from collections.abc import Sequence

from cleantext.document import Document
from cleantext.editor.answers import Request
from cleantext.editor.passages import Passage
from cleantext.fidelity.values import read_values


def requests(document: Document, chosen: Sequence[Passage]) -> tuple[Request, ...]:
    """Give a request for each passage."""
    return tuple(Request(passage, _keep(document, passage)) for passage in chosen)


def _keep(document: Document, passage: Passage) -> tuple[str, ...]:
    """Give the names and numbers of a passage, each once, in order."""
    spans = [
        (m.start, m.end) for m in document.names.mentions if passage.start <= m.start and m.end <= passage.end
    ]
    spans += [(v.start + passage.start, v.end + passage.start) for v in read_values(passage.text, "en")]
    return tuple(dict.fromkeys(document.text[start:end] for start, end in sorted(spans)))
