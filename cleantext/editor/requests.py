"""What the model is told about each passage: what must stay, and what it was translated from."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from cleantext.document import Document
from cleantext.editor.answers import Request
from cleantext.editor.passages import Passage
from cleantext.fidelity.pair import Pair, pair_of
from cleantext.fidelity.values import Value, licensed, read_values


def requests(document: Document, chosen: Sequence[Passage]) -> tuple[Request, ...]:
    """Return a request for each passage, with the sentences of the original that are aligned with it where there are any."""
    pair = pair_of(document) if chosen and document.article.original else None
    found = []
    for passage in chosen:
        original, values = _beside(pair, passage) if pair else ("", ())
        found.append(Request(passage, _keep(document, passage, values), original, values))
    return tuple(found)


def _keep(document: Document, passage: Passage, original: tuple[Value, ...]) -> tuple[str, ...]:
    """Return the names and numbers of a passage, each once, in order; no number that its original contradicts."""
    spans = [
        (m.start, m.end) for m in document.names.mentions if passage.start <= m.start and m.end <= passage.end
    ]
    spans += [
        (value.start + passage.start, value.end + passage.start)
        for value in read_values(passage.text, "en")
        if not original or licensed(value, original)
    ]
    return tuple(dict.fromkeys(document.text[start:end] for start, end in sorted(spans)))


def _beside(pair: Pair, passage: Passage) -> tuple[str, tuple[Value, ...]]:
    """Return the original of a passage, by the alignment of its sentences, and the values in it."""
    source, target, beads = pair.alignment.source, pair.alignment.target, pair.alignment.beads
    texts: list[str] = []
    values: list[Value] = []
    low = bisect_left(beads, passage.start, key=lambda bead: target[bead.high - 1].end if bead.high else 0)
    for bead in beads[max(0, low - 1) :]:
        if bead.low == bead.high:
            continue
        if target[bead.low].start >= passage.end:
            break
        if target[bead.high - 1].end <= passage.start:
            continue
        for sentence in source[bead.first : bead.last]:
            texts.append(pair.original[sentence.start : sentence.end])
            values.extend(sentence.values)
    return " ".join(texts), tuple(values)
