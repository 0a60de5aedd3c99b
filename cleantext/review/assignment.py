"""Who is asked about which finding.

Each piece, an article or a finding, ranks the reviewers by a hash of its own (highest
random weight: D. Thaler and C. Ravishankar, "Using name-based mappings to increase hit
rates", 1998). The first few are asked. So shares are even, the same after every scan,
and when somebody comes or goes only their own pieces move.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from functools import lru_cache
from hashlib import blake2b
from typing import Literal

from cleantext.review.events import Event
from cleantext.review.store import Store, state_after

UNSETTLED = ("open", "stale", "unsure", "disputed")


By = Literal["finding", "article"]
"""What is given out as one piece."""


def shares(store: Store) -> tuple[int, By]:
    """Return how many people are asked about every finding (0: all), and what is given out as one piece.

    A store may come from elsewhere: what is no such setting is none.
    """
    each = store.meta("team-each") or ""
    by: By = "finding" if store.meta("team-by") == "finding" else "article"
    return int(each) if each.isascii() and each.isdecimal() and len(each) < 10 else 0, by


def assign(store: Store, documents: Collection[int] | None = None) -> None:
    """Share the findings of some articles out (None: of all); inside a transaction.

    What was settled before there was a team is not asked again. Answers that were given
    stay with whoever gave them; the rest goes to those who come first for the piece.
    """
    where = "1" if documents is None else f"f.document in ({','.join(map(str, documents))})"
    before = store.db.execute(
        f"delete from opinions where finding in (select id from findings f where {where})"
    )
    people = dict(store.db.execute("select name, id from reviewers where revoked = '' and reviews"))
    if not people:
        if before.rowcount:
            store.resolve(where)
        return
    store.db.execute("delete from opinions where finding not in (select id from findings)")
    each, by = shares(store)
    each = each or len(people)
    whole = by == "article"
    ranked = lru_cache(1)(lambda piece: _ranked(store.secret(), piece, sorted(people)))
    chosen = store.db.execute(
        f"""select f.id, d.name, f.key, f.rule, f.proposal, f.state from findings f
            join documents d on d.id = f.document where {where} order by f.document"""
    ).fetchall()
    held, numbers = store.said_about(None if documents is None else {row[1] for row in chosen}, set())
    versions = store.versions()
    rows = []
    for finding, document, key, rule, proposed, state in chosen:
        said = held.opinions(document, key)
        if state not in UNSETTLED and not said:
            continue
        for name in _asked(said, ranked(document if whole else f"{document}\n{key}"), each):
            event = said.get(name)
            now = state_after(event, versions.get(rule), proposed) if event else "open"
            rows.append((people[name], finding, now, numbers[event.uid] if event else 0))
    store.db.executemany("insert into opinions values (?, ?, ?, ?)", rows)
    store.resolve(where)


def _asked(said: Mapping[str, Event], ranked: Sequence[str], each: int) -> list[str]:
    """Return who is asked: whoever has answered, then the first of the others until there are enough."""
    answered = [name for name in ranked if name in said]
    others = [name for name in ranked if name not in said]
    return answered + others[: max(0, each - len(said))]


def _ranked(secret: str, piece: str, names: Sequence[str]) -> list[str]:
    def weight(name: str) -> bytes:
        held = f"{secret}\n{piece}\n{name}".encode("utf-8", "surrogatepass")
        return blake2b(held, digest_size=8).digest()

    return sorted(names, key=weight)
