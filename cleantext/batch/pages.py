"""Articles out of HTML pages: trafilatura finds the article and what the page says of it."""

from __future__ import annotations

import logging
from functools import cache
from typing import TYPE_CHECKING, Any

from cleantext.article import Article
from cleantext.batch.streams import encoding_of

if TYPE_CHECKING:
    from collections.abc import Callable

LARGEST = 16 << 20
"""Bytes of a page. Parsing takes some ten times that in memory, and pages of articles hold well under one million."""
MISSING = "reading HTML needs trafilatura:  pip install 'cleantext-rules[html]'"


class PageError(ValueError):
    """A page of which no article can be made; the message says why."""


def article_of_page(data: bytes, encoding: str | None) -> Article:
    """Extract the article of a page, with the title, date, address and site that the page states.

    ``encoding`` is what the user says; where None, a byte-order mark counts, then what the page itself says, then
    what it reads like. Nothing is fetched. Raises PageError.
    """
    if len(data) > LARGEST:
        raise PageError(f"the page is larger than {LARGEST >> 20} MB")
    said = encoding_of(data[:4], encoding)
    try:
        page: bytes | str = data if said is None else data.decode(said)
    except UnicodeDecodeError as error:
        raise PageError(f"not {said}: byte 0x{data[error.start]:02x} at offset {error.start}") from None
    try:
        found = _extract()(page, with_metadata=True, include_comments=False)
    except Exception as error:  # noqa: BLE001 - whatever a page does to its parser costs that page
        raise PageError(f"{extractor()} failed on the page ({type(error).__name__}: {error})") from None
    text = (getattr(found, "text", None) or "").strip()
    if not text:
        raise PageError(f"{extractor()} finds no article in the page; --as text reads it as it stands")
    return Article(
        text=text + "\n",
        title=found.title or None,
        date=found.date or None,
        url=found.url or None,
        source=found.sitename or found.hostname or None,
        lang=found.language or None,
    )


@cache
def extractor() -> str:
    """Return name and version of what extracts articles. Raises PageError where it is not installed."""
    from importlib import metadata

    try:
        return f"trafilatura {metadata.version('trafilatura')}"
    except metadata.PackageNotFoundError:
        raise PageError(MISSING) from None


@cache
def _extract() -> Callable[..., Any]:
    try:
        from trafilatura import bare_extraction
    except ImportError:
        raise PageError(MISSING) from None
    for name in ("trafilatura", "htmldate"):
        # It tells of each page without an article; we do, by the page's name.
        logging.getLogger(name).setLevel(logging.CRITICAL)
    found: Callable[..., Any] = bare_extraction
    return found
