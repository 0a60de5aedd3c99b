"""Reading what a browser sends: anything may come, and nothing of it is trusted."""

from __future__ import annotations

from collections.abc import Mapping
from typing import get_args

from starlette.datastructures import FormData

from cleantext.review.database import Item
from cleantext.review.session import Answer, Session


def number(value: str | None, default: int) -> int:
    """Read a number that SQLite and a page's arithmetic can hold."""
    try:
        given = int(value or default)
    except ValueError:
        return default
    return given if abs(given) < 1 << 53 else default


def offset(params: Mapping[str, str], size: int) -> int:
    """Return how many rows of a list stand before the page that is asked for, ``size`` to a page."""
    return (max(1, number(params.get("page"), 1)) - 1) * size


def share(value: str | None, default: float) -> float:
    try:
        return min(1.0, max(0.0, float(value or default)))
    except ValueError:
        return default


def text(form: FormData, name: str) -> str:
    value = form.get(name)
    return value if isinstance(value, str) else ""


def answers(form: FormData) -> bool:
    """Whether a form says something that can be said of a finding."""
    return text(form, "verdict") in get_args(Answer)


def replacement(form: FormData, session: Session, item: Item) -> str:
    r"""Return a person's words with the line ends of the text they replace; a browser sends ``\r\n`` for all."""
    written = text(form, "replacement").replace("\r\n", "\n")
    old, proposed = session.proposed(item, session.document(item))
    return written.replace("\n", "\r\n") if "\r\n" in old or "\r\n" in proposed else written
