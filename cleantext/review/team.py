"""The people of a store: who reviews, who adjudicates, how findings are shared out."""

from __future__ import annotations

import unicodedata

import msgspec

from cleantext.review import assignment, events
from cleantext.review.assignment import By
from cleantext.review.store import Store

LONGEST = 60
"""Characters of a name."""


class Reviewer(msgspec.Struct, frozen=True):
    """Somebody who decides under their own name.

    ``reviews``: is asked about findings. ``adjudicates``: settles those on which others differ.
    ``since`` and ``revoked`` say from when to when (UTC, ISO 8601; "" for still).
    """

    id: int
    name: str
    reviews: bool
    adjudicates: bool
    since: str
    revoked: str = ""


class Progress(msgspec.Struct, frozen=True):
    """How far a reviewer is: findings that they were asked about and that ask a person, and those of them that they have answered."""

    asked: int
    answered: int


def known(name: str) -> str:
    """Return a name as it is kept; raises ValueError for one that nobody could read or tell from another."""
    name = unicodedata.normalize("NFC", " ".join(name.split()))
    if not name:
        raise ValueError("a reviewer needs a name")
    if len(name) > LONGEST:
        raise ValueError(f"a reviewer's name has at most {LONGEST} characters")
    if not name.isprintable():
        raise ValueError(f"a reviewer's name cannot hold what is not printed: {name!a}")
    return name


def reviewers(store: Store, *, revoked: bool = False) -> list[Reviewer]:
    """Return the people of a store, in the order in which they came; with ``revoked``, those of before, too."""
    rows = store.db.execute(
        "select id, name, reviews, adjudicates, since, revoked from reviewers where ? or revoked = '' order by id",
        (revoked,),
    )
    return [Reviewer(i, name, bool(asked), bool(settles), *times) for i, name, asked, settles, *times in rows]


def find(store: Store, name: str) -> Reviewer | None:
    """Return the reviewer of a name; None where nobody, or nobody any more, has it."""
    return next((one for one in reviewers(store) if one.name == name), None)


def add(store: Store, name: str, *, reviews: bool = True, adjudicates: bool = False) -> Reviewer:
    """Take somebody into the team, again after a revocation, and share the findings out anew.

    Roles that they have already stay. Raises ValueError for a name that cannot be.
    """
    name = known(name)
    with store.transaction():
        before = find(store, name)
        store.db.execute(
            """insert into reviewers (name, since, reviews, adjudicates) values (?, ?, ?, ?)
               on conflict (name) do update set reviews = excluded.reviews, since = excluded.since,
               adjudicates = excluded.adjudicates, revoked = ''""",
            (
                name,
                before.since if before else events.now(),
                reviews or (before is not None and before.reviews),
                adjudicates or (before is not None and before.adjudicates),
            ),
        )
        after = find(store, name)
        assert after is not None
        if after != before:
            assignment.assign(store)
    return after


def revoke(store: Store, name: str) -> Reviewer | None:
    """Let somebody in no more and ask them nothing; what they said stays. None where nobody has the name."""
    with store.transaction():
        one = find(store, name)
        if one is not None:
            store.db.execute("update reviewers set revoked = ? where id = ?", (store.now(), one.id))
            assignment.assign(store)
    return one


def share_out(store: Store, *, each: int | None = None, by: By | None = None) -> None:
    """Ask ``each`` people about every finding (0: everybody), by finding or by whole article; None leaves it as it is."""
    with store.transaction():
        before = assignment.shares(store)
        after = before[0] if each is None else each, by or before[1]
        if after != before:
            store.set_meta("team-each", str(after[0]))
            store.set_meta("team-by", after[1])
            assignment.assign(store)


def progress(store: Store) -> dict[int, Progress]:
    """Return how far each reviewer is, by number."""
    rows = store.db.execute(
        """select o.reviewer, count(*), total(o.state not in ('open', 'stale'))
           from opinions o join findings f on f.id = o.finding where f.applicability != 'safe'
           group by o.reviewer"""
    )
    return {reviewer: Progress(asked, int(answered)) for reviewer, asked, answered in rows}


def disputed(store: Store) -> int:
    """Count the findings on which people differ, or too few of those asked could answer."""
    return int(store.db.execute("select count(*) from findings where state = 'disputed'").fetchone()[0])
