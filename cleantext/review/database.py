"""The SQLite file of the working store: opening it, one transaction after another, reading."""

from __future__ import annotations

import sqlite3
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, Self

import msgspec

from cleantext.article import Article
from cleantext.databases import refuse_code
from cleantext.files import ABSENT, create, database, is_there, make_folder, not_plain
from cleantext.finding import Finding
from cleantext.review import events
from cleantext.review.coding import decode
from cleantext.review.events import Event
from cleantext.review.places import FOLDER
from cleantext.review.schema import MIGRATIONS, SCHEMA, VERSION

_EVENT = msgspec.json.Decoder(Event)


class Item(msgspec.Struct, frozen=True):
    """A finding in the store.

    ``state``: open, accepted, edited, rejected, unsure, stale or disputed. ``seq`` is the
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


class Stored(msgspec.Struct, frozen=True):
    """An article of the store, with the file and the line of a record that it was read from."""

    name: str
    path: str
    line: int | None
    article: Article

    @property
    def place(self) -> str:
        """Return the file, with the line of a record of many."""
        return self.path if self.line is None else f"{self.path}:{self.line}"


TODO = ("open", "stale")
STATES = ("open", "stale", "disputed", "unsure", "accepted", "edited", "rejected")
STATE_OF = {"accept": "accepted", "edit": "edited", "reject": "rejected", "unsure": "unsure"}


def item_of(row: Sequence[Any]) -> Item:
    """Return the finding of a row as :meth:`Database._items` selects it."""
    number, document_id, document, path, line, group, state, seq, rank, data = row
    finding = decode(data, Finding)
    return Item(number, document_id, document, path, line, group, state, seq, rank, finding)


class Database:
    """An open store, to read. Not for several threads at once: open one in each."""

    def __init__(self, path: Path, *, create: bool = True) -> None:
        """Open a store, and make it where it is not there.

        Raises ValueError for a file that is no store or is of a newer version.
        """
        self.path = path
        self.todo: tuple[str, ...] = (*TODO, "disputed")
        """States of findings that wait for a decision."""
        if not create and (trouble := not_plain(path)):
            what = "no review store" if trouble == ABSENT else f"is no review store: it is {trouble}"
            raise ValueError(f"{path}: {what}. `cleantext review PATH` makes one.")
        try:
            make_folder(path.parent, private=path.parent.name == FOLDER)
            _keep_out_of_git(path)
            # A store is used by one thread at a time, but not always by the one that opened it.
            self.db = database(path, timeout=20)
        except OSError as error:
            raise ValueError(
                f"{path}: cannot be used as a review store: {error.strerror or error}."
            ) from None
        except sqlite3.Error as error:
            raise ValueError(f"{path}: cannot be opened ({error}).") from None
        try:
            version = _version(self.db, path)
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
            version = self.db.execute("pragma user_version").fetchone()[0]
            for statement in SCHEMA if not version else ():
                self.db.execute(statement)
            for older in range(version, VERSION) if version else ():
                for statement in MIGRATIONS[older]:
                    self.db.execute(statement)
            self.db.execute(f"pragma user_version = {VERSION}")

    def close(self) -> None:
        """Close the file."""
        self.db.close()

    def __enter__(self) -> Self:
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

    def findings(self, index: str = "") -> str:
        """Return the source of findings ``f`` in a query, read along an index where one is named."""
        return f"findings f indexed by {index}" if index else "findings f"

    def _items(self, source: str = "") -> str:
        return f"""select f.id, f.document, d.name, d.path, d.line, f.grp, f.state, f.seq, f.rank, t.data
                   from {source or self.findings()} join documents d on d.id = f.document
                   join details t on t.finding = f.id"""

    def meta(self, key: str) -> str | None:
        """Return what is noted under a key."""
        row = self.db.execute("select value from meta where key = ?", (key,)).fetchone()
        return row[0] if row else None

    def set_meta(self, key: str, value: str) -> None:
        """Note something under a key."""
        self.db.execute("insert or replace into meta values (?, ?)", (key, value))

    def secret(self) -> str:
        """Return a random word that belongs to this store."""
        self.db.execute("insert or ignore into meta values ('secret', ?)", (events.new_uid(),))
        return self.meta("secret") or ""

    def events(self) -> list[Event]:
        """Return every event, in the order in which it came."""
        return [_EVENT.decode(row[0]) for row in self.db.execute("select data from events order by seq")]

    def event(self, seq: int) -> Event | None:
        """Return the event with a number."""
        row = self.db.execute("select data from events where seq = ?", (seq,)).fetchone()
        return _EVENT.decode(row[0]) if row else None

    def events_since(self, rule: str, seq: int) -> list[tuple[int, Event]]:
        """Return the events about a rule behind a number, with their numbers."""
        rows = self.db.execute(
            "select seq, data from events where rule = ? and seq > ? order by seq", (rule, seq)
        )
        return [(number, _EVENT.decode(data)) for number, data in rows]

    def events_for(self, document_id: int) -> list[Event]:
        """Return every event that bears on an article: on its findings and on their groups."""
        rows = self.db.execute(
            """select data from events where document = (select name from documents where id = ?)
               union all select data from events where scope = 'group'
               and grp in (select grp from findings where document = ?)""",
            (document_id, document_id),
        )
        return [_EVENT.decode(row[0]) for row in rows]

    def find(self, finding_id: int) -> Item | None:
        """Return a finding by its number in the store."""
        row = self.db.execute(f"{self._items()} where f.id = ?", (finding_id,)).fetchone()
        return item_of(row) if row else None

    def items(self, where: str = "1", values: Sequence[Any] = (), *, limit: int = -1) -> list[Item]:
        """Return findings that meet an SQL condition on ``f`` and ``d``, in the order of the queue."""
        rows = self.db.execute(f"{self._items()} where {where} order by f.rank limit ?", (*values, limit))
        return [item_of(row) for row in rows]

    def beside(self, document_id: int) -> list[Item]:
        """Return the findings of an article that others were asked about, and not this person; a whole store has none."""
        return []

    def article(self, document_id: int) -> Article | None:
        """Return an article as it was when it was last read."""
        row = self.db.execute("select article from articles where document = ?", (document_id,)).fetchone()
        return decode(zlib.decompress(row[0]), Article) if row else None

    def stored(self, document_id: int) -> Stored | None:
        """Return an article with the place where it was read; None where there is none."""
        row = self.db.execute(
            "select name, path, line from documents where id = ?", (document_id,)
        ).fetchone()
        article = self.article(document_id)
        if row is None or article is None:
            return None
        name, path, line = row
        return Stored(name, path, line, article)


def _keep_out_of_git(path: Path) -> None:
    """The copy is for git, the store is not: it changes with every look and cannot be merged."""
    ignore = path.parent / ".gitignore"
    if path.parent.name == FOLDER and not is_there(path) and not is_there(ignore):
        with suppress(FileExistsError):
            create(ignore, f"{path.name}*\n".encode(), private=True)


def _version(db: sqlite3.Connection, path: Path) -> int:
    """Return the version of a store, 0 for a new one; raises ValueError for one of a later version."""
    refuse_code(db)
    version: int = db.execute("pragma user_version").fetchone()[0]
    if not 0 <= version <= VERSION:
        raise ValueError(f"{path}: made by a newer cleantext (store version {version}). Upgrade it.")
    return version


def read_events(path: Path) -> list[Event]:
    """Read the events of a store that is there, without changing it.

    Raises ValueError for a file that is none, or is of a newer version.
    """
    try:
        db = database(path, timeout=20, make=False)
        try:
            _version(db, path)
            return [_EVENT.decode(row[0]) for row in db.execute("select data from events order by seq")]
        finally:
            db.close()
    except (OSError, sqlite3.Error, msgspec.DecodeError) as error:
        why = getattr(error, "strerror", None) or error
        raise ValueError(f"{path}: no usable review store ({why}).") from None
