"""Several people at one corpus: who is there, how far each is, and whose pages stand at which address."""

from __future__ import annotations

import time
from collections.abc import Callable
from hashlib import blake2b
from typing import Any, NamedTuple, TypeVar, cast

from cleantext.review import team
from cleantext.review.seats import Bench, Desk
from cleantext.review.session import Session
from cleantext.review.store import Store
from cleantext.review.team import Progress, Reviewer

T = TypeVar("T")

AWAY = 20.0
"""Seconds without a request after which somebody is no longer here; a page that is looked at asks every three."""


class Colleague(NamedTuple):
    """Somebody else: whether they are here, and how far they are."""

    name: str
    here: bool
    answered: int
    asked: int


class Now(NamedTuple):
    """What a page says of the moment; ``mark`` changes with it.

    ``seated``: the person is one of several, and sees only their own answers. ``bench`` is where this person adjudicates, ``desk`` where they go on with their own, each "" where there is none.
    """

    mark: str
    who: str
    seated: bool
    people: tuple[Colleague, ...] = ()
    disputed: int = 0
    bench: str = ""
    desk: str = ""


class _Counted(NamedTuple):
    """A count, what it was made of, and when it may be made again."""

    made_of: object
    again: float
    value: Any


class Team:
    """The people who sit at one store, seen from a page."""

    def __init__(self, store: Store, clock: Callable[[], float] = time.monotonic) -> None:
        """``store`` is asked about the team; ``clock`` gives seconds."""
        self._store = store
        self._clock = clock
        self._seen: dict[str, float] = {}
        self._counts: dict[str, _Counted] = {}
        self.benches: dict[str, str] = {}
        """The root of the pages on which a person adjudicates."""
        self.desks: dict[str, str] = {}
        """The root of those where people go on with their own."""

    def now(self, session: Session, root: str) -> Now:
        """Say what a person's page shows of the moment, and note that they are there."""
        self._seen[session.who] = self._clock()
        store = self._store
        latest = store.db.execute("select max(seq) from events").fetchone()[0] or 0
        # What others write besides events: articles read anew, rules switched off.
        written = store.db.execute("pragma data_version").fetchone()[0]
        people: tuple[Colleague, ...] = ()
        disputed = 0
        seated = isinstance(session.store, Desk | Bench)
        if seated:
            members = tuple(team.reviewers(store))
            made_of = latest, members
            progress = self._paced("", made_of, lambda: team.progress(store))
            people = tuple(
                self._colleague(one, progress.get(one.id)) for one in members if one.name != session.who
            )
            disputed = self._paced(root, made_of, lambda: self._disputed(session))
        bench, desk = self.benches.get(session.who, ""), self.desks.get(session.who, "")
        shown = (latest, written, session.who, people, disputed)
        mark = blake2b(repr(shown).encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()
        return Now(mark, session.who, seated, people, disputed, bench, desk if root == bench else "")

    def _paced(self, name: str, made_of: object, count: Callable[[], T]) -> T:
        """Count anew where something has changed, but spend no more than a tenth of the time on it.

        Everybody's page asks all the time, and a large corpus takes a third of a second to count.
        """
        held, began = self._counts.get(name), self._clock()
        if held is None or (held.made_of != made_of and began >= held.again):
            value = count()
            ended = self._clock()
            held = self._counts[name] = _Counted(made_of, ended + 9 * (ended - began), value)
        return cast(T, held.value)

    def _colleague(self, one: Reviewer, progress: Progress | None) -> Colleague:
        seen = self._seen.get(one.name)
        here = seen is not None and self._clock() - seen < AWAY
        return Colleague(
            one.name, here, progress.answered if progress else 0, progress.asked if progress else 0
        )

    def _disputed(self, session: Session) -> int:
        """Count what an adjudicator has to settle, or, for anybody else, what they and others answered differently."""
        if session.who in self.benches or isinstance(session.store, Bench):
            return team.disputed(self._store)
        own = session.store
        row = own.db.execute(f"select count(*) from {own.findings()} where f.state = 'disputed'").fetchone()
        return int(row[0])
