"""The places from which a store is seen: one of several reviewers', and the adjudicator's.

Both are stores, so that the page, the prompt and whoever decides need not know at which they sit.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import msgspec

from cleantext.review import events, team
from cleantext.review.database import TODO, Item, item_of
from cleantext.review.events import Event, Verdict
from cleantext.review.store import Store
from cleantext.review.team import Reviewer


class _Seat(Store):
    """A store that decides about groups finding by finding: nobody speaks for what others were asked."""

    def decide_group(
        self,
        example: Item,
        read: Sequence[Item],
        verdict: Verdict,
        *,
        who: str,
        version: str,
        reason: str = "",
        batch: str = "",
        seen: int | None = None,
    ) -> Event:
        """Decide every finding of a group that waits here; those not ``read`` follow and count for no rule."""
        batch = batch or events.new_uid()
        was_read = {one.id for one in read}
        states = ",".join("?" * len(self.todo))
        with self.transaction():
            self._refuse_later(self.latest_of_group(example.group), seen)
            waiting = self.items(f"f.grp = ? and f.state in ({states})", (example.group, *self.todo))
            for one in waiting or [example]:
                said = self.event_about(one, verdict, who=who, version=version, reason=reason, batch=batch)
                said = msgspec.structs.replace(said, follows=one.id not in was_read)
                self._append(said)
            self.resolve("f.grp = ?", (example.group,))
        return said


class Desk(_Seat):
    """The store as one of several reviewers sees it: what that reviewer is asked, and has answered.

    What others say of a finding is not shown before the reviewer has answered; where they then
    differ it is ``disputed``, and the reviewer may think again.
    """

    def __init__(self, path: Path, reviewer: Reviewer) -> None:
        """Open the store at a reviewer's place."""
        super().__init__(path)
        self.reviewer = reviewer
        self.todo = TODO

    def findings(self, index: str = "") -> str:
        """Return the source of the findings that the reviewer is asked about, in states of their own."""
        along = f"indexed by {index}" if index else ""
        # A cross join keeps SQLite to this order: along the index, each finding's own opinion looked up.
        return f"""(select g.id, g.document, g.key, g.grp, g.rule, g.category, g.applicability, g.confidence,
            g.rank, g.proposal, o.seq, case when o.state not in ('open', 'stale') and g.state = 'disputed'
            then 'disputed' else o.state end as state from findings g {along} cross join opinions o
            where o.reviewer = {self.reviewer.id} and o.finding = g.id) f"""

    def events_for(self, document_id: int) -> list[Event]:
        """Return the events that bear on an article as if nobody else had been asked."""
        return [
            msgspec.structs.replace(event, asked=0)
            for event in super().events_for(document_id)
            if event.who == self.reviewer.name or not event.asked
        ]

    def beside(self, document_id: int) -> list[Item]:
        """Return what others were asked about in an article, once they have settled it, and what is safe of it."""
        rows = self.db.execute(
            f"""{self._items(super().findings())} where f.document = ?
                and (f.state in ('accepted', 'edited', 'rejected') or f.applicability = 'safe')
                and not exists (select 1 from opinions o where o.reviewer = ? and o.finding = f.id)""",
            (document_id, self.reviewer.id),
        )
        return [item_of(row) for row in rows]

    def _latest(self, where: str, *values: str) -> int:
        """Only the reviewer's own events count."""
        return super()._latest(f"{where} and who = ?", *values, self.reviewer.name)

    def voices(self, chosen: Item) -> list[Event]:
        """Return what people said of a finding; nothing before the reviewer has answered."""
        return [] if chosen.state in TODO else super().voices(chosen)

    def _check_seen(self, finding: int, seen: int | None) -> None:
        row = self.db.execute(
            "select seq from opinions where reviewer = ? and finding = ?", (self.reviewer.id, finding)
        ).fetchone()
        self._refuse_unseen(row, seen)


class Bench(_Seat):
    """The store as an adjudicator sees it: what people differ on; the adjudicator settles it."""

    def __init__(self, path: Path) -> None:
        """Open the store to adjudicate."""
        super().__init__(path)
        self.todo = ("disputed",)

    def findings(self, index: str = "") -> str:
        """Return the source of the findings that several people were asked about and have answered."""
        along = f"indexed by {index}" if index else ""
        return f"""(select g.* from findings g {along} where g.state not in ('open', 'stale')
            and exists (select 1 from opinions o where o.finding = g.id)) f"""

    def event_about(
        self, chosen: Item, verdict: Verdict, *, who: str, version: str, reason: str = "", batch: str = ""
    ) -> Event:
        """Return what an adjudication would be."""
        said = super().event_about(chosen, verdict, who=who, version=version, reason=reason, batch=batch)
        return msgspec.structs.replace(said, asked=0, adjudicates=True)


def seat(path: Path, who: str) -> Store:
    """Open a store for a person: at a desk for one of its reviewers, else as a whole."""
    store = Store(path)
    reviewer = team.find(store, who)
    if reviewer is None or not reviewer.reviews:
        return store
    store.close()
    return Desk(path, reviewer)
