"""An article: one text with what is known about it."""

from __future__ import annotations

import datetime
import re
from typing import Literal, TypedDict

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


class Meta(TypedDict, total=False):
    """What may be said of a text by keyword: the fields of :class:`Article` but the text."""

    id: str | None
    title: str | None
    date: str | None
    url: str | None
    source: str | None
    lang: str | None
    original: str | None
    original_lang: str | None
    markup: Literal["markdown"] | None


_DATE = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d)(?:[T ]\d\d:?\d\d.*)?)?)?")


def is_date(text: str) -> bool:
    """Say whether a text is a day of the calendar in ISO 8601, or a year or month of one; a time may follow the day."""
    found = _DATE.fullmatch(text)
    if found is None:
        return False
    year, month, day = (int(part or 1) for part in found.groups())
    try:
        datetime.date(year, month, day)
    except ValueError:
        return False
    return True
