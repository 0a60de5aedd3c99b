"""Rules that clean article corpora: every change named, explained, reversible.

>>> import cleantext
>>> report = cleantext.check("In an the end, Efe he reported.", date="2015-11-24")
>>> cleantext.fix("A plain text stays as it is.")
'A plain text stays as it is.'
"""

from __future__ import annotations

from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, Any

from cleantext.version import __version__

if TYPE_CHECKING:
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
    "ClashWarning",
    "Cleaner",
    "Configuration",
    "Edit",
    "Evidence",
    "Finding",
    "Fix",
    "Fixed",
    "Quality",
    "Report",
    "__version__",
    "check",
    "fix",
]

# Imported when first asked for, so that `cleantext --version` costs no more than Python itself.
_HOMES = {
    "Applicability": "finding",
    "Article": "article",
    "Cleaner": "cleaner",
    "ClashWarning": "clash",
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


def check(text: str, **meta: str | None) -> Report:
    """Find what every built-in rule finds in one article.

    ``meta`` may hold ``title``, ``date`` (ISO 8601), ``url``, ``source``, ``id`` and
    ``lang``. Never raises on the text's content; TypeError for wrong arguments.
    """
    return _default().check(text, **meta)


def fix(text: str, **meta: str | None) -> str:
    """Give the text with every ``safe`` fix applied."""
    return _default().check(text, **meta).fixed()
