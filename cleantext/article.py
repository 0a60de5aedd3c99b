"""An article: one text with what is known about it."""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping
from typing import Any, Literal, TypedDict, cast

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


_META = ("id", "title", "date", "url", "source", "lang", "original", "original_lang")


def as_article(article: Article | str | Mapping[str, Any], **meta: str | None) -> Article:
    """Make an article of a text or a mapping; raises TypeError or ValueError that says what to give."""
    if not meta and isinstance(article, str):
        return Article(text=article)
    date = meta.get("date")
    if date is not None and not (isinstance(date, str) and is_date(date)):
        raise ValueError(
            f"date must be ISO 8601, such as '2015-11-24', '2015-11' or '2015-11-24T08:30:00Z', not {date!r}"
        )
    if isinstance(article, Article):
        return msgspec.structs.replace(article, **meta) if meta else article
    if isinstance(article, str):
        unknown = set(meta) - {*_META, "markup"}
        if unknown:
            raise TypeError(f"unknown argument {min(unknown)!r}: known are {', '.join(_META)}, markup")
        if meta.get("markup") not in (None, "markdown"):
            raise ValueError(f'markup must be "markdown" or None, not {meta["markup"]!r}')
        return Article(text=article, **cast(dict[str, Any], meta))
    if isinstance(article, Mapping):
        if not isinstance(article.get("text"), str):
            raise TypeError("an article needs its text as a str under the key 'text'")
        known = {key: article[key] for key in _META if isinstance(article.get(key), str)}
        return Article(text=article["text"], **{**known, **meta})
    raise TypeError(
        f"an article is a str, a mapping with 'text' or cleantext.Article, not {type(article).__name__}"
    )
