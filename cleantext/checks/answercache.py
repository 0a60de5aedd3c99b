"""What another program answered, kept on disk, so that nobody is asked the same thing twice."""

from __future__ import annotations

import contextlib
import os
import platform
import sqlite3
import sys
import threading
import time
from collections.abc import Iterable, Iterator, Sequence
from hashlib import blake2b
from pathlib import Path
from typing import Generic, TypeVar

import msgspec

from cleantext import files
from cleantext.databases import refuse_code
from cleantext.files import is_there, make_folder
from cleantext.ownership import cache_folder

T = TypeVar("T")

OFF = "off"
"""What a configuration writes to keep nothing."""
LARGEST = 256 * 1024 * 1024
"""Bytes from which the older half of a cache is dropped."""


def default_place(name: str) -> Path | None:
    """Return the file of that name in the user's cache folder; None where the user has none."""
    folder = cache_folder()
    return None if folder is None else folder / f"{name}.sqlite"


def key(kind: str, text: str) -> bytes:
    """Hash a text and all that an answer depends on: version, language, kind of rules."""
    return blake2b(
        text.encode("utf-8", "surrogatepass"), digest_size=16, key=blake2b(kind.encode()).digest()
    ).digest()


class Cache(Generic[T]):
    """Answers by key, in memory and in SQLite.

    A cache that cannot be read or written is no trouble: it holds nothing then.
    Processes and threads may share the file.
    """

    def __init__(self, place: str | None, kind: type[T], *, name: str) -> None:
        """Open the file, or the user's own of that ``name`` where None; nothing is kept on disk where it is ``off``.

        ``kind`` is the type of an answer, which msgspec writes and reads.
        """
        self._decoder = msgspec.msgpack.Decoder(kind)
        self._encoder = msgspec.msgpack.Encoder()
        self._lock = threading.Lock()
        self._database: sqlite3.Connection | None = None
        if place == OFF:
            return
        with contextlib.suppress(OSError, sqlite3.Error, RuntimeError):
            path = Path(place).expanduser() if place else default_place(name)
            if path is None:
                return
            make_folder(path.parent)
            full = is_there(path) and path.stat().st_size > LARGEST
            database = files.database(path, timeout=5)
            refuse_code(database)
            database.execute("PRAGMA journal_mode=WAL")
            database.execute("PRAGMA synchronous=OFF")  # a lost answer is asked for again
            database.execute(
                "CREATE TABLE IF NOT EXISTS answers (number INTEGER PRIMARY KEY, key BLOB UNIQUE, found BLOB)"
            )
            # Kept apart from the answers: what was asked of somebody who has not answered yet, by whom, and until
            # when that one waits.
            database.execute(
                "CREATE TABLE IF NOT EXISTS claims (key BLOB PRIMARY KEY, owner TEXT, until REAL) WITHOUT ROWID"
            )
            if full:
                database.execute("DELETE FROM answers WHERE number < (SELECT max(number) FROM answers) / 2")
                database.execute("VACUUM")
            self._database = database

    def get(self, keys: Sequence[bytes]) -> dict[bytes, T]:
        """Return the answers that are there."""
        found: dict[bytes, T] = {}
        if self._database is None:
            return found
        with self._lock, contextlib.suppress(sqlite3.Error, msgspec.DecodeError):
            for start in range(0, len(keys), 500):
                part = keys[start : start + 500]
                marks = ",".join("?" * len(part))
                rows = self._database.execute(f"SELECT key, found FROM answers WHERE key IN ({marks})", part)
                found.update((row[0], self._decoder.decode(row[1])) for row in rows)
        return found

    def claim(self, key: bytes, seconds: float, *, anew: bool = False) -> bool:
        """Note that a request goes out now, before it does, and is waited for so long: a process that is killed leaves the note.

        Return whether to ask: not where there is an answer, nor where another process waits for one, nor,
        unless it is asked ``anew``, where one was killed that did.
        """
        row = (key, f"{platform.node()} {os.getpid()}", time.time() + seconds)
        if self._database is None:
            return True
        with self._lock, contextlib.suppress(sqlite3.Error), self._transaction() as database:
            if database.execute("SELECT 1 FROM answers WHERE key = ?", (key,)).fetchone():
                return False
            held = database.execute("SELECT owner, until FROM claims WHERE key = ?", (key,)).fetchone()
            if held and (not anew or _waits(*held)):
                return False
            database.execute("INSERT OR REPLACE INTO claims (key, owner, until) VALUES (?, ?, ?)", row)
        return True

    def release(self, key: bytes) -> None:
        """Take a note back: it is known that no answer will come."""
        self._write(("DELETE FROM claims WHERE key = ?", [(key,)]))

    def lost(self, keys: Sequence[bytes]) -> frozenset[bytes]:
        """Return those that were asked and neither answered nor taken back, and for which nobody waits any more."""
        if self._database is None:
            return frozenset()
        with self._lock, contextlib.suppress(sqlite3.Error):
            claims = self._database.execute(
                """SELECT key, owner, until FROM claims
                   WHERE NOT EXISTS (SELECT 1 FROM answers WHERE answers.key = claims.key)"""
            ).fetchall()
            wanted = set(keys)
            return frozenset(k for k, owner, until in claims if k in wanted and not _waits(owner, until))
        return frozenset()

    def put(self, answers: Iterable[tuple[bytes, T]]) -> None:
        """Keep answers; they are no longer waited for."""
        rows = [(k, self._encoder.encode(found)) for k, found in answers]
        self._write(
            ("INSERT OR IGNORE INTO answers (key, found) VALUES (?, ?)", rows),
            ("DELETE FROM claims WHERE key = ?", [(k,) for k, _ in rows]),
        )

    def _write(self, *statements: tuple[str, Sequence[tuple[object, ...]]]) -> None:
        """Run statements in one transaction, each once for every row."""
        if self._database is None:
            return
        with self._lock, contextlib.suppress(sqlite3.Error), self._transaction() as database:
            for statement, rows in statements:
                database.executemany(statement, rows)

    @contextlib.contextmanager
    def _transaction(self) -> Iterator[sqlite3.Connection]:
        """Let nobody else write meanwhile."""
        assert self._database is not None
        self._database.execute("BEGIN IMMEDIATE")
        try:
            yield self._database
            self._database.execute("COMMIT")
        except BaseException:
            self._database.execute("ROLLBACK")  # else nothing more could be written
            raise

    def close(self) -> None:
        """Let the file go."""
        with self._lock, contextlib.suppress(sqlite3.Error):
            if self._database is not None:
                self._database.close()
            self._database = None


def _waits(owner: str, until: float) -> bool:
    """Say whether the process that made a note may still wait: its time is not over, and it was not seen to have ended."""
    if time.time() >= until:
        return False
    node, _, number = owner.rpartition(" ")
    # Windows has no way to ask for a process that would not disturb it.
    if node != platform.node() or sys.platform == "win32":
        return True
    try:
        os.kill(int(number), 0)
    except ProcessLookupError:
        return False
    except OSError:
        pass  # another user's
    return True
