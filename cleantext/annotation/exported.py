"""What goes out: the articles of a store with their findings, in code points; each form writes it in its own way."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from cleantext.article import Article
from cleantext.review.database import Item
from cleantext.review.queue import Filters
from cleantext.review.session import written
from cleantext.review.store import Store


class Proposal(msgspec.Struct, frozen=True):
    """One finding on its way out.

    ``key`` is its fingerprint. ``replaces`` are the words that its best fix touches and ``replacement`` what it writes
    there; both None where it has no fix. ``state`` is what was decided so far (see :class:`Item`).
    """

    key: str
    rule: str
    name: str
    category: str
    start: int
    end: int
    text: str
    message: str
    confidence: float
    applicability: str
    replaces: str | None
    replacement: str | None
    state: str


class Task(msgspec.Struct, frozen=True):
    """One article on its way out, by the name that the store knows it by."""

    document: str
    path: str
    line: int | None
    article: Article
    proposals: tuple[Proposal, ...]


def tasks(store: Store, filters: Filters) -> Iterator[Task]:
    """Return the articles that hold findings of the queue, in the order in which they were first read."""
    where, values = filters.condition(store.todo)
    rows = store.db.execute(
        f"select distinct f.document from {store.findings()} where {where} order by f.document", values
    ).fetchall()
    for (document,) in rows:
        items = store.items(f"f.document = ? and {where}", [document, *values])
        article = store.article(document)
        assert article is not None
        first = items[0]
        ordered = sorted(items, key=lambda item: (item.finding.start, item.finding.end, item.id))
        yield Task(
            first.document,
            first.path,
            first.line,
            article,
            tuple(_proposal(article.text, item) for item in ordered),
        )


def _proposal(text: str, item: Item) -> Proposal:
    finding = item.finding
    fix = finding.fix
    return Proposal(
        key=finding.fingerprint,
        rule=finding.rule,
        name=finding.name,
        category=finding.category,
        start=finding.start,
        end=finding.end,
        text=finding.text,
        message=finding.message,
        confidence=round(finding.confidence, 4),
        applicability=finding.applicability.value,
        replaces=None if fix is None else text[fix.start : fix.end],
        replacement=None if fix is None else written(text, finding),
        state=item.state,
    )
