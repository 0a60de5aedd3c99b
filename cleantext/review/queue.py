"""The queue: what is still to decide, in an order, through filters."""

from __future__ import annotations

import random
from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

import msgspec

from cleantext.review import intervals
from cleantext.review.database import STATES, Item
from cleantext.review.store import Store

STATE_FILTERS = ("todo", *STATES, "any")
KINDS = ("asks", "safe", "any")


class Filters(msgspec.Struct, frozen=True):
    """What of the queue is shown.

    ``state``: a state, ``todo`` (what waits for a decision) or ``any``. ``kind``: ``asks`` for
    findings that wait for a person, ``safe`` for those that are applied unasked.
    ``article`` is part of a path or an id. ``low`` and ``high`` bound the confidence.
    ``scan``: articles seen by this scan or a later one.
    """

    state: str = "todo"
    rule: str = ""
    category: str = ""
    article: str = ""
    kind: str = "asks"
    low: float = 0.0
    high: float = 1.0
    group: str = ""
    scan: int = 0

    def query(self, **more: object) -> str:
        """Write the filters that are set, and more, as the query of an address."""
        plain = Filters(scan=self.scan)
        chosen = {
            name: getattr(self, name)
            for name in ("state", "rule", "category", "article", "kind", "low", "high", "group")
            if getattr(self, name) != getattr(plain, name)
        }
        return urlencode({**chosen, **more})

    def condition(self, todo: Sequence[str]) -> tuple[str, list[Any]]:
        """Return the SQL condition on findings ``f``, and its values; ``todo`` are the states that wait for a decision."""
        parts = ["f.document not in (select id from documents where scan < ?)"]
        values: list[Any] = [self.scan]
        states = todo if self.state == "todo" else () if self.state == "any" else (self.state,)

        def add(part: str, *value: Any) -> None:
            parts.append(part)
            values.extend(value)

        if states:
            add(f"f.state in ({','.join('?' * len(states))})", *states)
        if self.rule:
            add("f.rule = ?", self.rule)
        if self.category:
            add("f.category = ?", self.category)
        if self.group:
            add("f.grp = ?", self.group)
        if self.kind != "any":
            add("f.applicability = 'safe'" if self.kind == "safe" else "f.applicability != 'safe'")
        if self.article:
            add(
                "f.document in (select id from documents where instr(path, ?) or instr(name, ?))",
                self.article,
                self.article,
            )
        if self.low > 0:
            add("f.confidence >= ?", self.low)
        if self.high < 1:
            add("f.confidence <= ?", self.high)
        return " and ".join(parts), values


class Group(msgspec.Struct, frozen=True):
    """Findings that a person would answer alike, as many as the filters let through."""

    key: str
    rule: str
    category: str
    size: int
    low: float
    high: float
    articles: int
    first: int
    example: Item


def following(store: Store, filters: Filters, after: int = 0) -> Item | None:
    """Return the first finding behind a rank."""
    where, values = filters.condition(store.todo)
    row = store.db.execute(
        f"""select f.id from {store.findings("findings_by_rank")}
            where f.rank > ? and {where} order by f.rank limit 1""",
        [after, *values],
    ).fetchone()
    return store.find(row[0]) if row else None


def preceding(store: Store, filters: Filters, before: int) -> Item | None:
    """Return the last finding before a rank."""
    where, values = filters.condition(store.todo)
    row = store.db.execute(
        f"""select f.id from {store.findings("findings_by_rank")}
            where f.rank < ? and {where} order by f.rank desc limit 1""",
        [before, *values],
    ).fetchone()
    return store.find(row[0]) if row else None


def count(store: Store, filters: Filters) -> int:
    """Count findings."""
    where, values = filters.condition(store.todo)
    return int(
        store.db.execute(f"select count(*) from {store.findings()} where {where}", values).fetchone()[0]
    )


def progress(store: Store, filters: Filters) -> dict[str, int]:
    """Count by state, whatever state the filters ask for."""
    where, values = msgspec.structs.replace(filters, state="any").condition(store.todo)
    found = dict(
        store.db.execute(
            f"select f.state, count(*) from {store.findings()} where {where} group by f.state", values
        )
    )
    return {state: found.get(state, 0) for state in STATES}


def groups(store: Store, filters: Filters, *, limit: int = 50, offset: int = 0) -> tuple[list[Group], int]:
    """Return a page of groups in the order of the queue, and how many there are."""
    where, values = filters.condition(store.todo)
    rows = store.db.execute(
        f"""select f.grp, count(*), min(f.confidence), max(f.confidence), min(f.rank), count(*) over ()
            from {store.findings("findings_by_group")} where {where}
            group by f.grp order by min(f.rank) limit ? offset ?""",
        [*values, limit, offset],
    ).fetchall()
    found = []
    for key, size, low, high, first, _ in rows:
        example = store.items("f.rank = ?", [first], limit=1)[0]
        articles = store.db.execute(
            f"select count(distinct f.document) from {store.findings()} where f.grp = ? and {where}",
            (key, *values),
        ).fetchone()[0]
        finding = example.finding
        found.append(Group(key, finding.rule, finding.category, size, low, high, articles, first, example))
    return found, rows[0][5] if rows else 0


def by_rule(store: Store, filters: Filters) -> list[tuple[str, str, int]]:
    """Count by rule, the order of the queue kept: rule, category, findings."""
    where, values = msgspec.structs.replace(filters, rule="", category="").condition(store.todo)
    return store.db.execute(
        f"""select f.rule, min(f.category), count(*) from {store.findings("findings_by_rule")} where {where}
            group by f.rule order by min(f.rank)""",
        values,
    ).fetchall()


class Pile(msgspec.Struct, frozen=True):
    """An article with the findings that the filters let through: how many there are, and how many are to decide."""

    document: int
    path: str
    line: int | None
    total: int
    left: int


def articles(
    store: Store, filters: Filters, *, limit: int = 50, offset: int = 0, behind: int = 0
) -> tuple[list[Pile], int]:
    """Return a page of articles in the order of their paths, and how many there are.

    A filter by state leaves articles out in which nothing has that state, and changes no count. ``behind``: only
    those that come after this document.
    """
    where, values = msgspec.structs.replace(filters, state="any").condition(store.todo)
    waits = f"f.state in ({','.join('?' * len(store.todo))})"
    states = store.todo if filters.state == "todo" else () if filters.state == "any" else (filters.state,)
    having = f"sum(f.state in ({','.join('?' * len(states))})) > 0" if states else "1"
    later = ""
    if behind:
        later = "where (path, coalesce(line, 0), id) > (select path, coalesce(line, 0), id from documents where id = ?)"
    rows = store.db.execute(
        f"""select id, path, line, total, left, count(*) over () from (
              select d.id as id, d.path as path, d.line as line, count(*) as total, sum({waits}) as left
              from {store.findings()} join documents d on d.id = f.document where {where}
              group by f.document having {having}) {later}
            order by path, coalesce(line, 0), id limit ? offset ?""",
        [*store.todo, *values, *states, *([behind] if behind else []), limit, offset],
    ).fetchall()
    return [Pile(*row[:5]) for row in rows], rows[0][5] if rows else 0


def documents(store: Store, scan: int, *, limit: int = 50, offset: int = 0) -> tuple[list[Pile], int]:
    """Return a page of all articles that the last scan saw, whether something was found in them or not, and how many there are."""
    waits = f"f.state in ({','.join('?' * len(store.todo))}) and f.applicability != 'safe'"
    rows = store.db.execute(
        f"""select d.id, d.path, d.line,
                   (select count(*) from {store.findings()} where f.document = d.id and f.applicability != 'safe'),
                   (select count(*) from {store.findings()} where f.document = d.id and {waits}),
                   count(*) over ()
            from documents d where d.scan >= ? order by d.path, coalesce(d.line, 0), d.id limit ? offset ?""",
        [*store.todo, scan, limit, offset],
    ).fetchall()
    return [Pile(*row[:5]) for row in rows], rows[0][5] if rows else 0


class Changes(msgspec.Struct, frozen=True):
    """What would be written into an article: fixes that people accepted, and safe ones that nobody refused."""

    document: int
    path: str
    line: int | None
    accepted: int
    safe: int


_ACCEPTED = "f.state = 'edited' or (f.state = 'accepted' and f.proposal is not null)"
_SAFE = """f.applicability = 'safe' and f.proposal is not null and f.state in ('open', 'stale')
           and coalesce(e.verdict, '') not in ('reject', 'unsure')"""


def changes(
    store: Store, scan: int, *, limit: int = 50, offset: int = 0
) -> tuple[list[Changes], Changes, int]:
    """Return a page of the articles that would be changed, in the order of their paths; the sums; and how many there are.

    Of fixes that want the same words each is counted, and one is made.
    """
    source = """findings f join documents d on d.id = f.document left join events e on e.seq = f.seq
                where d.scan >= ?"""
    rows = store.db.execute(
        f"""select d.id, d.path, d.line, sum({_ACCEPTED}) as accepted, sum({_SAFE}) as safe from {source}
            group by d.id having accepted + safe > 0 order by d.path, coalesce(d.line, 0), d.id""",
        (scan,),
    ).fetchall()
    total = Changes(0, "", None, sum(row[3] for row in rows), sum(row[4] for row in rows))
    return [Changes(*row) for row in rows[offset : offset + limit]], total, len(rows)


class Sample(msgspec.Struct, frozen=True):
    """What of a group must be read before it is decided in one go.

    ``total`` findings belong to the group, ``waiting`` of them are to decide, and
    ``wrong`` were rejected or edited one by one. ``drawn`` is the sample, in an
    order that chance gave once for good.
    """

    total: int
    waiting: int
    decided: int
    wrong: int
    share: float
    drawn: tuple[Item, ...]


def sample(store: Store, group: str, filters: Filters, share: float) -> Sample:
    """Draw a sample of a group, large enough to be 95 % sure that ``share`` of it is right.

    Findings that were decided one by one count as read. The draw rests on the group
    and on a secret of the store, so that a reload shows the same findings and
    nobody can choose them.
    """
    rows = store.db.execute(
        f"""select f.id, f.state, f.key, d.name, e.scope = 'occurrence'
                   and not coalesce(json_extract(cast(e.data as text), '$.follows'), 0) from {store.findings()}
           join documents d on d.id = f.document left join events e on e.seq = f.seq
           where f.grp = ? and d.scan >= ? order by f.key, d.name""",
        (group, filters.scan),
    ).fetchall()
    single = [row for row in rows if row[4] and row[1] in ("accepted", "edited", "rejected")]
    wrong = sum(row[1] != "accepted" for row in single)
    waiting = [row[0] for row in rows if row[1] in store.todo]
    size = max(0, intervals.sample_size(len(rows), share, wrong) - len(single))
    random.Random(f"{store.secret()}/{group}").shuffle(waiting)
    drawn = (store.find(number) for number in waiting[:size])
    return Sample(
        len(rows), len(waiting), len(single), wrong, share, tuple(one for one in drawn if one is not None)
    )
