"""Reading what a browser sends: anything may come, and nothing of it is trusted."""

from __future__ import annotations

from starlette.datastructures import FormData

from cleantext.review.database import Item
from cleantext.review.session import Session


def number(value: str | None, default: int) -> int:
    """Read a number that SQLite and a page's arithmetic can hold."""
    try:
        given = int(value or default)
    except ValueError:
        return default
    return given if abs(given) < 1 << 53 else default


def share(value: str | None, default: float) -> float:
    try:
        return min(1.0, max(0.0, float(value or default)))
    except ValueError:
        return default


def text(form: FormData, name: str) -> str:
    value = form.get(name)
    return value if isinstance(value, str) else ""


def with_ends_of(written: str, session: Session, item: Item) -> str:
    r"""Return a person's words the line ends of the text they replace; a browser sends ``\r\n`` for all."""
    old, proposed = session.proposed(item, session.document(item))
    return written.replace("\n", "\r\n") if "\r\n" in old or "\r\n" in proposed else written
