"""Rules that clean article corpora: every change named, explained, reversible.

>>> import cleantext
>>> report = cleantext.check("In an the end, Efe he reported.", date="2015-11-24")
>>> cleantext.fix("A plain text stays as it is.")
'A plain text stays as it is.'
"""

from __future__ import annotations

from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, Any, Literal

from cleantext.version import __version__

if TYPE_CHECKING:
    from collections.abc import Mapping

    from cleantext.article import Article
    from cleantext.cleaner import Cleaner
    from cleantext.configuration import Configuration
    from cleantext.finding import Applicability, Edit, Evidence, Finding, Fix
    from cleantext.report import Fixed, Quality, Report

__dist__ = "cleantext-rules"
"""Who wrote this file: two other packages install one of the same name (see :mod:`cleantext.clash`)."""

__all__ = [
    "Applicability",
    "Article",
    "Cleaner",
    "Configuration",
    "Edit",
    "Evidence",
    "Finding",
    "Fix",
    "Fixed",
    "Quality",
    "Report",
    "SlowWarning",
    "__version__",
    "align",
    "check",
    "fix",
    "quotes",
]

# Imported when first asked for, so that `cleantext --version` costs no more than Python itself.
_HOMES = {
    "Applicability": "finding",
    "Article": "article",
    "Cleaner": "cleaner",
    "SlowWarning": "native",
    "Configuration": "configuration",
    "Edit": "finding",
    "Evidence": "finding",
    "Finding": "finding",
    "Fix": "finding",
    "Fixed": "report",
    "Quality": "report",
    "Report": "report",
}


def __getattr__(name: str) -> Any:
    if name in _HOMES:
        return getattr(import_module(f"cleantext.{_HOMES[name]}"), name)
    from cleantext.clash import explain

    raise AttributeError(explain(name))


@cache
def _default() -> Cleaner:
    from cleantext.cleaner import Cleaner

    return Cleaner()


def __dir__() -> list[str]:
    return sorted({*__all__, *(name for name in globals() if name.startswith("__"))})


def _article(text: str | Article | Mapping[str, Any], **meta: str | None) -> Article:
    from cleantext.article import as_article

    return as_article(text, **{key: value for key, value in meta.items() if value is not None})


def check(
    text: str | Article | Mapping[str, Any],
    *,
    id: str | None = None,
    title: str | None = None,
    date: str | None = None,
    url: str | None = None,
    source: str | None = None,
    lang: str | None = None,
    original: str | None = None,
    original_lang: str | None = None,
    markup: Literal["markdown"] | None = None,
) -> Report:
    """Find what every built-in rule finds in one article.

    ``date`` is ISO 8601, ``source`` the site or agency, ``lang`` an ISO 639 code, ``original`` the text that it
    was translated from. Never raises on the text's content; TypeError or ValueError for wrong arguments.
    """
    return _default().check(
        _article(
            text,
            id=id,
            title=title,
            date=date,
            url=url,
            source=source,
            lang=lang,
            original=original,
            original_lang=original_lang,
            markup=markup,
        )
    )


def fix(
    text: str | Article | Mapping[str, Any],
    *,
    apply: Literal["safe", "review"] = "safe",
    min_confidence: float = 0.0,
    id: str | None = None,
    title: str | None = None,
    date: str | None = None,
    url: str | None = None,
    source: str | None = None,
    lang: str | None = None,
    original: str | None = None,
    original_lang: str | None = None,
    markup: Literal["markdown"] | None = None,
) -> str:
    """Return the text with every ``safe`` fix applied, or with ``apply="review"`` every fix that is sure enough.

    The rest is as in :func:`check`.
    """
    report = check(
        text,
        id=id,
        title=title,
        date=date,
        url=url,
        source=source,
        lang=lang,
        original=original,
        original_lang=original_lang,
        markup=markup,
    )
    return report.fixed(apply=apply, min_confidence=min_confidence)


def quotes(
    text: str | Article | Mapping[str, Any],
    *,
    id: str | None = None,
    title: str | None = None,
    date: str | None = None,
    source: str | None = None,
    lang: str | None = None,
) -> list[dict[str, Any]]:
    """Return who said what, as ``cleantext quotes --format jsonl`` prints it.

    Each is a dict of ``kind`` (direct, mixed, indirect), ``quote``, ``speaker`` and ``cue``, these three with
    ``start``, ``end`` (code points) and ``text``; speaker and cue are None where unknown, and ``untold`` says why direct speech has
    no speaker: ``nobody-named``, ``not-told``, ``heading`` or ``unpaired-marks``. The rest is as in :func:`check`.
    """
    from cleantext.document import Document
    from cleantext.records import quotation_records

    article = _article(text, id=id, title=title, date=date, source=source, lang=lang)
    return list(quotation_records(None, Document(article)))


def align(
    text: str | Article | Mapping[str, Any],
    original: str | None = None,
    *,
    original_lang: str | None = None,
    lang: str | None = None,
) -> list[dict[str, Any]]:
    """Return the sentences of a translation beside those of its original, as ``cleantext align --format jsonl`` does.

    Each row is a dict with ``original`` and ``text``, lists of sentences with ``start``, ``end`` (code points) and
    ``text``. Raises ValueError where there is no original.
    """
    from cleantext.document import Document
    from cleantext.records import alignment_records

    article = _article(text, original=original, original_lang=original_lang, lang=lang)
    return list(alignment_records(None, Document(article)))
