"""The working store: one SQLite file that holds findings to decide and every decision made.

Write-ahead log with full synchronisation: a decision that was confirmed survives a
kill and a power cut. Several windows and programs may use one store; each action is
one transaction, and says what it believed so that nobody's decision is overwritten
unseen (:class:`ConflictError`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from hashlib import blake2b
from typing import Any

import msgspec

from cleantext.review import events, keys
from cleantext.review.coding import well_formed
from cleantext.review.database import STATE_OF, Database, Item
from cleantext.review.events import Event, Verdict
from cleantext.review.standing import MANY, Standing, context_of, match_of

_EVENT = msgspec.json.Decoder(Event)

# SQL conditions on an event ``e``: nobody undid it, and the finding that it was made on is in the store.
_NOT_UNDONE = "not exists (select 1 from events u where u.undoes = e.uid)"
_IS_THERE = """exists (select 1 from findings f join documents d on d.id = f.document
                       where d.name = e.document and f.key = e.key)"""


class ConflictError(Exception):
    """Somebody decided in the meantime; ``latest`` is what they said."""

    def __init__(self, latest: Event) -> None:
        """Hold the decision that was not known."""
        super().__init__(f"{latest.who} said {latest.verdict} at {latest.when}")
        self.latest = latest


def state_after(event: Event, version: str | None, proposed: str | None) -> str:
    """Return the state of a finding that a decision holds on, given its rule's version and what is proposed now."""
    stale = version not in (None, event.version) or (
        event.verdict in ("accept", "edit") and event.proposal != proposed
    )
    return "stale" if stale else STATE_OF[event.verdict]


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
            settled = self._is_adjudicated(chosen.id)
            event = msgspec.structs.replace(
                event,
                replaced=replaced,
                replacement=replacement,
                # Who sees what was settled, and says otherwise, settles it anew; who does not see it is one voice.
                adjudicates=event.adjudicates or (settled and not event.asked and seen is not None),
            )
            seq = self._append(event)
            if settled or event.asked or event.adjudicates:
                self.resolve("f.id = ?", (chosen.id,))
            else:
                self._note_state(chosen.id, STATE_OF[verdict], seq)
        return event

    def take_together(
        self, chosen: Sequence[tuple[Item, str]], *, who: str, reason: str = "", seen: int | None = None
    ) -> list[Event]:
        """Accept findings for their certainty, each with the version of its rule, as one action; they count as not read.

        ``seen`` is the number of the latest event on their article that the person saw: where somebody decided there
        since, ConflictError is raised and nothing is written.
        """
        batch = events.new_uid()
        done = []
        with self.transaction():
            self._refuse_later(self.latest_of_article(chosen[0][0].document) if chosen else 0, seen)
            for item, version in chosen:
                event = self.event_about(item, "accept", who=who, version=version, reason=reason, batch=batch)
                done.append(msgspec.structs.replace(event, follows=True))
                self._append(done[-1])
            self._resolve_targets(done)
        return done

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
            self._refuse_later(self.latest_of_group(example.group), seen)
            for one in read:
                current = self.find(one.id)
                if current is not None and (current.state in ("open", "stale") or self._by_group(current)):
                    said = self.event_about(
                        one, verdict, who=who, version=version, reason=reason, batch=batch
                    )
                    self._note_state(one.id, STATE_OF[verdict], self._append(said))
            event = msgspec.structs.replace(
                self.event_about(example, verdict, who=who, version=version, reason=reason, batch=batch),
                scope="group",
                document="",
                key="",
                before="",
                after="",
                asked=0,
                others=(),
            )
            seq = self._append(event)
            self._follow_group(example.group, STATE_OF[verdict], seq)
        return event

    def undo(self, event: Event, *, who: str) -> list[Event]:
        """Append the undoing of a decision and of all that was one action with it; return the undoings."""
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
                    when=self.now(),
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
            self._resolve_targets(done)
        return done

    def last_decision(self, who: str) -> Event | None:
        """Return a person's latest decision that was not undone."""
        return self._last(who, "1")

    def last_to_undo(self, who: str) -> Event | None:
        """Return a person's latest decision that was not undone and was made on a finding that is still there."""
        return self._last(
            who,
            f"""{_IS_THERE}
                or e.scope = 'group' and exists (select 1 from findings f where f.grp = e.grp)
                or e.seq in (select seq from findings) or e.seq in (select seq from opinions)""",
        )

    def _last(self, who: str, where: str) -> Event | None:
        """Return a person's latest decision ``e`` that was not undone and meets a condition."""
        row = self.db.execute(
            f"""select data from events e where who = ? and verdict != 'undo'
                and {_NOT_UNDONE} and ({where}) order by seq desc limit 1""",
            (who,),
        ).fetchone()
        return _EVENT.decode(row[0]) if row else None

    def is_accepted_gone(self) -> bool:
        """Say whether something was accepted whose finding is gone: it was written, or went with its rule or its text."""
        row = self.db.execute(
            f"""select 1 from events e where e.verdict in ('accept', 'edit') and e.scope = 'occurrence'
                and not {_IS_THERE} and {_NOT_UNDONE} limit 1"""
        ).fetchone()
        return row is not None

    def latest_of_group(self, group: str) -> int:
        """Return the number of the latest event on a group or on one of its findings, 0 where there is none."""
        return self._latest("grp = ?", group)

    def latest_of_article(self, document: str) -> int:
        """Return the number of the latest event on a finding of an article, 0 where there is none."""
        return self._latest("document = ?", document)

    def _latest(self, where: str, *values: str) -> int:
        """Return the number of the latest event that meets a condition, of those that count at this place."""
        row = self.db.execute(f"select max(seq) from events where {where}", values).fetchone()
        return row[0] or 0

    def moment(self, document_id: int) -> tuple[int, str]:
        """Return the number of the latest event that bears on an article, and what changes with it, its text and its findings."""
        row = self.db.execute(
            """select max(coalesce((select max(seq) from events where document = d.name), 0),
                          coalesce((select max(e.seq) from findings f join events e
                                    on e.grp = f.grp and e.scope = 'group' where f.document = d.id), 0)),
                      d.sum, (select count(*) || ' ' || total(id) from findings where document = d.id)
               from documents d where d.id = ?""",
            (document_id,),
        ).fetchone()
        latest, *rest = row or (0, "", "")
        stamp = blake2b(f"{latest} {rest}".encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()
        return latest, stamp

    def decided_since(self, document: str, seq: int, *, but: str) -> list[tuple[str, int]]:
        """Return who decided how many findings of an article one by one behind an event's number, ``but`` one person."""
        return self.db.execute(
            """select who, count(distinct key) from events
               where document = ? and seq > ? and who != ? group by who order by who""",
            (document, seq, but),
        ).fetchall()

    def add(self, new: Iterable[Event]) -> list[Event]:
        """Add events from elsewhere; return those that were not known. Findings follow what then stands."""
        with self.transaction():
            added = [e for e in new if not self._known(e.uid) and self._append(e)]
            if len(added) > 200:
                self.resolve()
            else:
                self._resolve_targets(added)
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
        held, numbers = self.said_about(
            None if where == "1" else {r[1] for r in chosen}, {r[3] for r in chosen}
        )
        asked = self._resolve_opinions(where, values, held, numbers)
        changed = []
        for finding, document, key, group, rule, proposed, state, old_seq in chosen:
            new, seq = "open", 0
            word = held.word(document, key)
            for event in (held.group(group), word.event):
                if event is None:
                    continue
                said = state_after(event, versions.get(rule), proposed)
                # The specific decision goes first, but one that holds goes before a stale one.
                if said != "stale" or new in ("open", "stale"):
                    new, seq = said, numbers[event.uid]
            # Also where too few have answered and nobody is left to be asked.
            if word.disputed or (new == "open" and asked.get(finding) == 0):
                new, seq = "disputed", max(numbers[event.uid] for event in held.voices(document, key))
            if (new, seq) != (state, old_seq):
                changed.append((new, seq, finding))
        self.db.executemany("update findings set state = ?, seq = ? where id = ?", changed)

    def _resolve_targets(self, changed: Iterable[Event]) -> None:
        """Work out anew what follows from events, each article and each group once."""
        targets = {(e.scope == "group", e.group if e.scope == "group" else e.document) for e in changed}
        for is_group, name in sorted(targets):
            self.resolve("f.grp = ?" if is_group else "d.name = ?", (name,))

    def _resolve_opinions(
        self, where: str, values: Sequence[Any], held: Standing, numbers: Mapping[str, int]
    ) -> dict[int, int]:
        """Work out anew what each reviewer said of findings; return how many of those asked have not answered, by finding."""
        rows = self.db.execute(
            f"""select o.reviewer, r.name, f.id, d.name, f.key, f.rule, f.proposal, o.state, o.seq
                from findings f join documents d on d.id = f.document join opinions o on o.finding = f.id
                join reviewers r on r.id = o.reviewer where {where}""",
            values,
        ).fetchall()
        versions = self.versions() if rows else {}
        asked: dict[int, int] = {}
        changed = []
        for reviewer, name, finding, document, key, rule, proposed, state, old_seq in rows:
            event = held.opinions(document, key).get(name)
            new = state_after(event, versions.get(rule), proposed) if event else "open"
            seq = numbers[event.uid] if event else 0
            asked[finding] = asked.get(finding, 0) + (new in ("open", "stale"))
            if (new, seq) != (state, old_seq):
                changed.append((new, seq, reviewer, finding))
        self.db.executemany(
            "update opinions set state = ?, seq = ? where reviewer = ? and finding = ?", changed
        )
        return asked

    def voices(self, chosen: Item) -> list[Event]:
        """Return what each person said last of a finding, in order: what a person may see who decides it."""
        return self.said_about({chosen.document}, set())[0].voices(
            chosen.document, chosen.finding.fingerprint
        )

    def said_about(self, documents: set[str] | None, groups: set[str]) -> tuple[Standing, dict[str, int]]:
        """Return what was said about some articles and groups (None: about all), and the events' numbers."""
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
        return Standing(events.latest(event for _, event in read)), numbers

    def _by_group(self, current: Item) -> bool:
        event = self.event(current.seq)
        return event is not None and event.scope == "group"

    def _follow_group(self, group: str, state: str, seq: int) -> None:
        self.db.execute(
            """update findings set state = ?, seq = ? where grp = ? and (seq = 0 or seq in
               (select seq from events where grp = ? and scope = 'group') or state = 'stale')""",
            (state, seq, group, group),
        )

    def _note_state(self, finding: int, state: str, seq: int) -> None:
        self.db.execute("update findings set state = ?, seq = ? where id = ?", (state, seq, finding))

    def _is_adjudicated(self, finding: int) -> bool:
        row = self.db.execute("select seq from findings where id = ?", (finding,)).fetchone()
        event = self.event(row[0]) if row and row[0] else None
        return event is not None and event.adjudicates

    def _asked_with(self, who: str, finding: int) -> int:
        """Return how many people are asked about a finding, 0 where a person is none of them."""
        everybody, own = self.db.execute(
            """select count(*), total(r.name = ?) from opinions o join reviewers r on r.id = o.reviewer
               where o.finding = ?""",
            (who, finding),
        ).fetchone()
        return int(everybody) if own else 0

    def _check_seen(self, finding: int, seen: int | None) -> None:
        row = self.db.execute("select seq from findings where id = ?", (finding,)).fetchone()
        self._refuse_unseen(row, seen)

    def _refuse_unseen(self, row: tuple[int] | None, seen: int | None) -> None:
        if seen is not None and row and row[0] != seen:
            latest = self.event(row[0])
            if latest is not None:
                raise ConflictError(latest)

    def _refuse_later(self, latest: int, seen: int | None) -> None:
        """Raise ConflictError where the latest event on what is decided came after the one that the person saw."""
        if seen is not None and latest > seen and (known := self.event(latest)) is not None:
            raise ConflictError(known)

    def event_about(
        self, chosen: Item, verdict: Verdict, *, who: str, version: str, reason: str = "", batch: str = ""
    ) -> Event:
        """Return what a decision on one finding would be, made now; nothing is written.

        Of a reviewer who is asked about it with others it is one opinion, wherever it is made.
        """
        finding = chosen.finding
        row = self.db.execute("select before, after from details where finding = ?", (chosen.id,)).fetchone()
        before, after = row or ("", "")
        return Event(
            uid=events.new_uid(),
            when=self.now(),
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
            asked=self._asked_with(who, chosen.id),
            others=self._others(chosen),
        )

    def _others(self, chosen: Item) -> tuple[str, ...]:
        """Return what stands around the other findings of an article that have the same rule and match."""
        match = match_of(chosen.finding.fingerprint)
        rows = self.db.execute(
            "select key from findings where document = ? and key between ? and ? and id != ? limit ?",
            (chosen.document_id, match, match + "g", chosen.id, MANY + 1),
        )
        return tuple(dict.fromkeys(context_of(key) for (key,) in rows))

    def now(self) -> str:
        """Return the time for an event, later than that of every one before."""
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
