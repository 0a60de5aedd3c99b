"""The working store: one SQLite file that holds findings to decide and every decision made.

Write-ahead log with full synchronisation: a decision that was confirmed survives a
kill and a power cut. Several windows and programs may use one store; each action is
one transaction, and says what it believed so that nobody's decision is overwritten
unseen (:class:`ConflictError`).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import msgspec

from cleantext.review import events, keys
from cleantext.review.coding import well_formed
from cleantext.review.database import STATE_OF, Database, Item
from cleantext.review.events import Event, Verdict
from cleantext.review.standing import Standing

_EVENT = msgspec.json.Decoder(Event)


class ConflictError(Exception):
    """Somebody decided in the meantime; ``latest`` is what they said."""

    def __init__(self, latest: Event) -> None:
        """Hold the decision that was not known."""
        super().__init__(f"{latest.who} said {latest.verdict} at {latest.when}")
        self.latest = latest


class Store(Database):
    """An open store in which decisions are made. Not for several threads at once: open one in each."""

    def decide(
        self,
        chosen: Item,
        verdict: Verdict,
        *,
        who: str,
        version: str,
        replaced: str | None = None,
        replacement: str | None = None,
        reason: str = "",
        batch: str = "",
        seen: int | None = None,
    ) -> Event:
        """Append a decision on one finding; it is on disk when this returns.

        ``seen`` is the ``seq`` that the person saw: where somebody decided since,
        ConflictError is raised and nothing is written.
        """
        with self.transaction():
            self._check_seen(chosen.id, seen)
            event = self.event_about(chosen, verdict, who=who, version=version, reason=reason, batch=batch)
            event = msgspec.structs.replace(event, replaced=replaced, replacement=replacement)
            seq = self._append(event)
            self.db.execute(
                "update findings set state = ?, seq = ? where id = ?", (STATE_OF[verdict], seq, chosen.id)
            )
        return event

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
        """Append one decision for the whole group of ``example``.

        Those of its findings that were ``read`` get a decision of their own as well:
        precision is counted over what a person has read, never over what followed.
        Findings decided one by one stay as they were. ``seen`` is the number of
        the latest event of the group that the person saw.
        """
        batch = batch or events.new_uid()
        with self.transaction():
            latest = self.latest_of_group(example.group)
            if seen is not None and latest > seen:
                known = self.event(latest)
                assert known is not None
                raise ConflictError(known)
            for one in read:
                current = self.find(one.id)
                if current is not None and (current.state in ("open", "stale") or self._by_group(current)):
                    said = self.event_about(
                        one, verdict, who=who, version=version, reason=reason, batch=batch
                    )
                    seq = self._append(said)
                    self.db.execute(
                        "update findings set state = ?, seq = ? where id = ?",
                        (STATE_OF[verdict], seq, one.id),
                    )
            event = msgspec.structs.replace(
                self.event_about(example, verdict, who=who, version=version, reason=reason, batch=batch),
                scope="group",
                document="",
                key="",
                before="",
                after="",
            )
            seq = self._append(event)
            self._follow_group(example.group, STATE_OF[verdict], seq)
        return event

    def undo(self, event: Event, *, who: str) -> list[Event]:
        """Append the undoing of a decision and of all that was one action with it; give the undoings."""
        done: list[Event] = []
        with self.transaction():
            where, value = ("batch = ?", event.batch) if event.batch else ("uid = ?", event.uid)
            rows = self.db.execute(
                f"select data from events where {where} and verdict != 'undo' order by seq", (value,)
            ).fetchall()
            for (data,) in rows:
                old = _EVENT.decode(data)
                if self.db.execute("select 1 from events where undoes = ?", (old.uid,)).fetchone():
                    continue
                undoing = msgspec.structs.replace(
                    old,
                    uid=events.new_uid(),
                    when=self._now(),
                    who=who,
                    verdict="undo",
                    undoes=old.uid,
                    replaced=None,
                    replacement=None,
                    reason="",
                    batch="",
                )
                self._append(undoing)
                done.append(undoing)
            for undoing in done:
                if undoing.scope == "group":
                    self.resolve("f.grp = ?", (undoing.group,))
                else:
                    self.resolve("d.name = ?", (undoing.document,))
        return done

    def last_decision(self, who: str) -> Event | None:
        """Return a person's latest decision that was not undone."""
        row = self.db.execute(
            """select data from events e where who = ? and verdict != 'undo'
               and not exists (select 1 from events u where u.undoes = e.uid) order by seq desc limit 1""",
            (who,),
        ).fetchone()
        return _EVENT.decode(row[0]) if row else None

    def latest_of_group(self, group: str) -> int:
        """Return the number of the latest event on a group or on one of its findings, 0 where there is none."""
        row = self.db.execute("select max(seq) from events where grp = ?", (group,)).fetchone()
        return row[0] or 0

    def add(self, new: Iterable[Event]) -> list[Event]:
        """Add events from elsewhere; give those that were not known. Findings follow what then stands."""
        with self.transaction():
            added = [e for e in new if not self._known(e.uid) and self._append(e)]
            if len(added) > 200:
                self.resolve()
            else:
                for event in added:
                    if event.scope == "group":
                        self.resolve("f.grp = ?", (event.group,))
                    else:
                        self.resolve("d.name = ?", (event.document,))
        return added

    def forget(self, uids: Iterable[str]) -> None:
        """Take events out for good: only what a person asked to prune."""
        with self.transaction():
            for uid in uids:
                self.db.execute("delete from events where uid = ? or undoes = ?", (uid, uid))

    # What stands

    def versions(self) -> dict[str, str]:
        """Return the version of each rule at the last scan."""
        return dict(self.db.execute("select rule, version from rules"))

    def resolve(self, where: str = "1", values: Sequence[Any] = ()) -> None:
        """Work out anew, from the events, the state of findings that meet a condition; inside a transaction."""
        versions = self.versions()
        chosen = self.db.execute(
            f"""select f.id, d.name, f.key, f.grp, f.rule, f.proposal, f.state, f.seq
                from findings f join documents d on d.id = f.document where {where}""",
            values,
        ).fetchall()
        held, numbers = self._standing(
            None if where == "1" else {r[1] for r in chosen}, {r[3] for r in chosen}
        )
        changed = []
        for finding, document, key, group, rule, proposed, state, old_seq in chosen:
            new, seq = "open", 0
            for event in (held.group(group), held.single(document, key)):
                if event is None:
                    continue
                stale = versions.get(rule, event.version) != event.version or (
                    event.verdict in ("accept", "edit") and event.proposal != proposed
                )
                # The specific decision goes first, but one that holds goes before a stale one.
                if not stale or new in ("open", "stale"):
                    new, seq = "stale" if stale else STATE_OF[event.verdict], numbers[event.uid]
            if (new, seq) != (state, old_seq):
                changed.append((new, seq, finding))
        self.db.executemany("update findings set state = ?, seq = ? where id = ?", changed)

    def _standing(self, documents: set[str] | None, groups: set[str]) -> tuple[Standing, dict[str, int]]:
        """Return the decisions that hold on some articles and groups (None: on all), and the events' numbers."""
        select = "select seq, data from events"
        if documents is None:
            rows = self.db.execute(select).fetchall()
        else:
            rows = []
            for document in documents:
                rows += self.db.execute(f"{select} where document = ?", (document,))
            for group in groups:
                rows += self.db.execute(f"{select} where grp = ? and scope = 'group'", (group,))
        read = [(seq, _EVENT.decode(data)) for seq, data in rows]
        numbers = {event.uid: seq for seq, event in read}
        return Standing(events.standing(event for _, event in read)), numbers

    def _by_group(self, current: Item) -> bool:
        event = self.event(current.seq)
        return event is not None and event.scope == "group"

    def _follow_group(self, group: str, state: str, seq: int) -> None:
        self.db.execute(
            """update findings set state = ?, seq = ? where grp = ? and (seq = 0 or seq in
               (select seq from events where grp = ? and scope = 'group') or state = 'stale')""",
            (state, seq, group, group),
        )

    def _check_seen(self, finding: int, seen: int | None) -> None:
        row = self.db.execute("select seq from findings where id = ?", (finding,)).fetchone()
        if seen is not None and row and row[0] != seen:
            latest = self.event(row[0])
            if latest is not None:
                raise ConflictError(latest)

    def event_about(
        self, chosen: Item, verdict: Verdict, *, who: str, version: str, reason: str = "", batch: str = ""
    ) -> Event:
        """Return what a decision on one finding would be, made now; nothing is written."""
        finding = chosen.finding
        row = self.db.execute("select before, after from details where finding = ?", (chosen.id,)).fetchone()
        before, after = row or ("", "")
        return Event(
            uid=events.new_uid(),
            when=self._now(),
            who=who,
            verdict=verdict,
            scope="occurrence",
            rule=finding.rule,
            version=version,
            group=chosen.group,
            document=chosen.document,
            key=finding.fingerprint,
            match=well_formed(finding.text),
            before=before,
            after=after,
            proposal=keys.proposal(finding),
            reason=reason,
            batch=batch,
        )

    def _now(self) -> str:
        row = self.db.execute("select max(time) from events").fetchone()
        return events.now(row[0] or "")

    def _known(self, uid: str) -> bool:
        return self.db.execute("select 1 from events where uid = ?", (uid,)).fetchone() is not None

    def _append(self, event: Event) -> int:
        cursor = self.db.execute(
            """insert into events (uid, time, who, verdict, scope, rule, document, key, grp, undoes, batch, data)
               values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""",
            (
                event.uid,
                event.when,
                event.who,
                event.verdict,
                event.scope,
                event.rule,
                event.document,
                event.key,
                event.group,
                event.undoes,
                event.batch,
                msgspec.json.encode(event),
            ),
        )
        return int(cursor.lastrowid or 0)
