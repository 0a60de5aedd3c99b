"""The articles that LanguageTool is measured on: a share of the development data, dealt by source article."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from benchmarks.translation.garble_data import document_of, read
from benchmarks.translation.outcomes import NEWS

HUMAN = "human"


class Text(NamedTuple):
    """One article, a segment a line; ``references`` are empty for human news.

    ``document`` names the source article, which all its translations share.
    """

    document: str
    family: str
    segments: tuple[str, ...]
    references: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """The article."""
        return "\n".join(self.segments)

    @property
    def words(self) -> int:
        """Space-separated words."""
        return sum(len(segment.split()) for segment in self.segments)


def lot(document: str) -> float:
    """Draw a lot for a source article: from 0 up to 1, the same on every machine."""
    return int(hashlib.sha1(document.encode()).hexdigest()[:8], 16) / 2**32


def texts(data: Path, share: float) -> Iterator[Text]:
    """Yield all human news, then the translations with references whose source article drew a lot below ``share``.

    In the order of their lots, so that a smaller share is the beginning of a larger
    one. Segments without a reference are left out.
    """
    for record in read(data / "phrasing_human.jsonl.gz"):
        if record["source"] in NEWS:
            document = document_of(record["id"]) if record["source"] == "newstest" else record["id"]
            yield Text(document, HUMAN, tuple(record["text"].split("\n")))
    found = []
    for record in read(data / "phrasing_mt.jsonl.gz"):
        pairs = [(s["text"], s["reference"]) for s in record["segments"] if s["reference"] is not None]
        document = document_of(record["id"]) if record["ref"] == "independent" else record["id"]
        if pairs and lot(document) < share:
            family = (
                record["family"] if record["ref"] == "independent" else f"{record['family']}, post-edited"
            )
            segments, references = zip(*pairs, strict=True)
            found.append((lot(document), record["id"], Text(document, family, segments, references)))
    yield from (text for _, _, text in sorted(found, key=lambda it: it[:2]))
