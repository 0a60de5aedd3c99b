"""The working store: one SQLite file that holds findings to decide and every decision made.

Write-ahead log with full synchronisation: a decision that was confirmed survives a
kill and a power cut. Several windows and programs may use one store; each action is
one transaction, and says what it believed so that nobody's decision is overwritten
unseen (:class:`ConflictError`).
"""

from __future__ import annotations

import sqlite3
import zlib
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import msgspec

from cleantext.article import Article
from cleantext.finding import Finding
from cleantext.review import events, keys
from cleantext.review.coding import decode, well_formed
from cleantext.review.events import Event, Verdict
from cleantext.review.places import FOLDER
from cleantext.review.schema import SCHEMA, VERSION
from cleantext.review.standing import Standing

_EVENT = msgspec.json.Decoder(Event)


class ConflictError(Exception):
    """Somebody decided in the meantime; ``latest`` is what they said."""

    def __init__(self, latest: Event) -> None:
        """Hold the decision that was not known."""
        super().__init__(f"{latest.who} said {latest.verdict} at {latest.when}")
        self.latest = latest


class Item(msgspec.Struct, frozen=True):
    """A finding in the store.

    ``state``: open, accepted, edited, rejected, unsure or stale. ``seq`` is the
    number of the event that it follows (0: none); ``rank`` its place in the queue.
    """

    id: int
    document_id: int
    document: str
    path: str
    line: int | None
    group: str
    state: str
    seq: int
    rank: int
    finding: Finding


STATES = ("open", "stale", "unsure", "accepted", "edited", "rejected")
STATE_OF = {"accept": "accepted", "edit": "edited", "reject": "rejected", "unsure": "unsure"}

_ITEM = """select f.id, f.document, d.name, d.path, d.line, f.grp, f.state, f.seq, f.rank, t.data
           from findings f join documents d on d.id = f.document join details t on t.finding = f.id"""


def item(row: Sequence[Any]) -> Item:
    """Make an item of a row of :data:`_ITEM`."""
    number, document_id, document, path, line, group, state, seq, rank, data = row
    finding = decode(data, Finding)
    return Item(number, document_id, document, path, line, group, state, seq, rank, finding)


class Store:
    """An open store. Not for several threads at once: open one in each."""

    def __init__(self, path: Path, *, create: bool = True) -> None:
        """Open a store, and make it where it is not there.

        Raises ValueError for a file that is no store or is of a newer version.
        """
        self.path = path
        if not create and not path.is_file():
            raise ValueError(f"{path}: no review store. `cleantext review PATH` makes one.")
        path.parent.mkdir(parents=True, exist_ok=True)
        _keep_out_of_git(path)
        try:
            # A store is used by one thread at a time, but not always by the one that opened it.
            self.db = sqlite3.connect(path, timeout=20, isolation_level=None, check_same_thread=False)
            version = self.db.execute("pragma user_version").fetchone()[0]
            if version > VERSION:
                raise ValueError(f"{path}: made by a newer cleantext (store version {version}). Upgrade it.")
            self.db.execute("pragma journal_mode = wal")
            self.db.execute("pragma synchronous = full")
            if version < VERSION:
                self._create()
        except sqlite3.DatabaseError as error:
            raise ValueError(
                f"{path}: no usable review store ({error}). Move it away; decisions that were exported "
                "come back with `cleantext decisions import`."
            ) from None

    def _create(self) -> None:
        with self.transaction():
            if self.db.execute("pragma user_version").fetchone()[0] < VERSION:
                for statement in SCHEMA:
                    self.db.execute(statement)
                self.db.execute(f"pragma user_version = {VERSION}")

    def close(self) -> None:
        """Close the file."""
        self.db.close()

    def __enter__(self) -> Store:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Do all or nothing, alone: other writers wait."""
        self.db.execute("begin immediate")
        try:
            yield
        except BaseException:
            self.db.execute("rollback")
            raise
        self.db.execute("commit")

    # Reading

    def meta(self, key: str) -> str | None:
        """Give what is noted under a key."""
        row = self.db.execute("select value from meta where key = ?", (key,)).fetchone()
        return row[0] if row else None

    def set_meta(self, key: str, value: str) -> None:
        """Note something under a key."""
        self.db.execute("insert or replace into meta values (?, ?)", (key, value))

    def secret(self) -> str:
        """Give a random word that belongs to this store."""
        self.db.execute("insert or ignore into meta values ('secret', ?)", (events.new_uid(),))
        return self.meta("secret") or ""

    def events(self) -> list[Event]:
        """Give every event, in the order in which it came."""
        return [_EVENT.decode(row[0]) for row in self.db.execute("select data from events order by seq")]

    def event(self, seq: int) -> Event | None:
        """Give the event with a number."""
        row = self.db.execute("select data from events where seq = ?", (seq,)).fetchone()
        return _EVENT.decode(row[0]) if row else None

    def events_since(self, rule: str, seq: int) -> list[tuple[int, Event]]:
        """Give the events about a rule behind a number, with their numbers."""
        rows = self.db.execute(
            "select seq, data from events where rule = ? and seq > ? order by seq", (rule, seq)
        )
        return [(number, _EVENT.decode(data)) for number, data in rows]

    def events_for(self, document_id: int) -> list[Event]:
        """Give every event that bears on an article: on its findings and on their groups."""
        rows = self.db.execute(
            """select data from events where document = (select name from documents where id = ?)
               union all select data from events where scope = 'group'
               and grp in (select grp from findings where document = ?)""",
            (document_id, document_id),
        )
        return [_EVENT.decode(row[0]) for row in rows]

    def find(self, finding_id: int) -> Item | None:
        """Give a finding by its number in the store."""
        row = self.db.execute(f"{_ITEM} where f.id = ?", (finding_id,)).fetchone()
        return item(row) if row else None

    def items(self, where: str = "1", values: Sequence[Any] = (), *, limit: int = -1) -> list[Item]:
        """Give findings that meet an SQL condition on ``f`` and ``d``, in the order of the queue."""
        rows = self.db.execute(f"{_ITEM} where {where} order by f.rank limit ?", (*values, limit))
        return [item(row) for row in rows]

    def article(self, document_id: int) -> Article | None:
        """Give an article as it was when it was last read."""
        row = self.db.execute("select article from articles where document = ?", (document_id,)).fetchone()
        return decode(zlib.decompress(row[0]), Article) if row else None

    # Deciding

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
            event = self._single_event(chosen, verdict, who, version, reason, batch)
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
                    seq = self._append(self._single_event(one, verdict, who, version, reason, batch))
                    self.db.execute(
                        "update findings set state = ?, seq = ? where id = ?",
                        (STATE_OF[verdict], seq, one.id),
                    )
            event = msgspec.structs.replace(
                self._single_event(example, verdict, who, version, reason, batch),
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
        """Give a person's latest decision that was not undone."""
        row = self.db.execute(
            """select data from events e where who = ? and verdict != 'undo'
               and not exists (select 1 from events u where u.undoes = e.uid) order by seq desc limit 1""",
            (who,),
        ).fetchone()
        return _EVENT.decode(row[0]) if row else None

    def latest_of_group(self, group: str) -> int:
        """Give the number of the latest event on a group or on one of its findings, 0 where there is none."""
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
        """Give the version of each rule at the last scan."""
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
        """Give the decisions that hold on some articles and groups (None: on all), and the events' numbers."""
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

    def _single_event(
        self, chosen: Item, verdict: Verdict, who: str, version: str, reason: str, batch: str
    ) -> Event:
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


def _keep_out_of_git(path: Path) -> None:
    """The copy is for git, the store is not: it changes with every look and cannot be merged."""
    ignore = path.parent / ".gitignore"
    if path.parent.name == FOLDER and not path.exists() and not ignore.exists():
        ignore.write_text(f"{path.name}*\n")


def read_events(path: Path) -> list[Event]:
    """Read the events of a store that is there, without changing it.

    Raises ValueError for a file that is none.
    """
    try:
        db = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True, timeout=20)
        try:
            return [_EVENT.decode(row[0]) for row in db.execute("select data from events order by seq")]
        finally:
            db.close()
    except (sqlite3.Error, msgspec.DecodeError) as error:
        raise ValueError(f"{path}: no usable review store ({error}).") from None
