"""An article: one text with what is known about it."""

from __future__ import annotations

from typing import Literal

import msgspec


class Article(msgspec.Struct, frozen=True, kw_only=True):
    """One text and its metadata.

    ``text`` is kept exactly as it came, line ends included; every span that the
    package reports counts code points of it. ``date`` is ISO 8601 (a prefix such
    as ``2015-11`` serves), ``source`` the site or agency, ``lang`` an ISO 639 code.
    ``original`` is the text that a translation was made from, ``original_lang`` its language.
    ``markup`` says how the text is marked up, where it is: Markdown keeps its code, links,
    front matter and HTML.
    """

    text: str
    id: str | None = None
    title: str | None = None
    date: str | None = None
    url: str | None = None
    source: str | None = None
    lang: str | None = None
    original: str | None = None
    original_lang: str | None = None
    markup: Literal["markdown"] | None = None
