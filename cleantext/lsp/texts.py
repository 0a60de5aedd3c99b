"""The texts that are open in the editor, each with what was last found in it."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit
from urllib.request import url2pathname

from cleantext.article import Article
from cleantext.batch.inputs import MARKDOWN_SUFFIXES, kind_of
from cleantext.batch.reading import BOM
from cleantext.finding import Finding
from cleantext.lsp.positions import Positions

LANGUAGES = ("plaintext", "markdown", "text")
"""What editors call the kinds of text that are checked, whatever the file's name."""


class Snapshot(NamedTuple):
    """A text as it stood at one moment; ``serial`` grows with each change."""

    serial: int
    version: int | None
    text: str
    article: Article
    lead: int
    """Code points before the article begins: a byte-order mark, which no span counts."""


class Found(NamedTuple):
    """What was found in a snapshot, rejected findings left out."""

    snapshot: Snapshot
    findings: tuple[Finding, ...]
    positions: Positions

    def place(self, start: int, end: int) -> tuple[int, int, int, int]:
        """Return the protocol's place of a span: line and unit of its start and of its end."""
        lead = self.snapshot.lead
        return (*self.positions.of(start + lead), *self.positions.of(end + lead))


class OpenText:
    """One open text. What is slow goes on beside it, and counts only for the serial that it began with."""

    def __init__(self, uri: str, language: str, text: str, version: int | None) -> None:
        """Hold a text that the editor opened."""
        self.uri = uri
        self.language = language
        self.path = path_of(uri)
        self.serial = 0
        self.found: Found | None = None
        self.took = 0.0
        """Seconds that the last check took."""
        self.checking: asyncio.Task[None] | None = None
        self.change(text, version)

    def change(self, text: str, version: int | None) -> None:
        """Take in what the editor has now."""
        self.text, self.version = text, version
        self.serial += 1

    @property
    def is_checked(self) -> bool:
        """Whether it is of a kind that is checked."""
        by_name = self.path is not None and kind_of(self.path) == "text"
        return by_name or self.language in LANGUAGES

    def snapshot(self) -> Snapshot:
        """Return the text as it stands."""
        marked = self.language == "markdown" or (
            self.path is not None and self.path.name.lower().endswith(MARKDOWN_SUFFIXES)
        )
        lead = len(BOM) if self.text.startswith(BOM) else 0
        article = Article(text=self.text[lead:], markup="markdown" if marked else None)
        return Snapshot(self.serial, self.version, self.text, article, lead)


def path_of(uri: str) -> Path | None:
    """Return the file of a URI; None for a text that is not saved yet, or lies elsewhere."""
    parts = urlsplit(uri)
    if parts.scheme != "file":
        return None
    return Path(url2pathname(parts.path))
