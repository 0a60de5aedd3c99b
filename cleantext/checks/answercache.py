"""What another program answered, kept on disk, so that nobody is asked the same thing twice."""

from __future__ import annotations

import contextlib
import sqlite3
import threading
from collections.abc import Iterable, Sequence
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
            # Kept apart from the answers: what was asked of somebody who has not answered yet.
            database.execute("CREATE TABLE IF NOT EXISTS asked (key BLOB PRIMARY KEY) WITHOUT ROWID")
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

    def claim(self, key: bytes) -> None:
        """Note that somebody is asked now, before he is: a process that is killed leaves the note behind."""
        self._write(("INSERT OR IGNORE INTO asked (key) VALUES (?)", [(key,)]))

    def release(self, key: bytes) -> None:
        """Take a note back: it is known that no answer will come."""
        self._write(("DELETE FROM asked WHERE key = ?", [(key,)]))

    def claimed(self, keys: Sequence[bytes]) -> frozenset[bytes]:
        """Return those that were asked and neither answered nor taken back."""
        if self._database is None:
            return frozenset()
        with self._lock, contextlib.suppress(sqlite3.Error):
            # Who asks beside somebody else may claim what that one has just answered.
            waited = self._database.execute(
                "SELECT key FROM asked WHERE NOT EXISTS (SELECT 1 FROM answers WHERE answers.key = asked.key)"
            )
            return frozenset(row[0] for row in waited).intersection(keys)
        return frozenset()

    def put(self, answers: Iterable[tuple[bytes, T]]) -> None:
        """Keep answers; they are no longer waited for."""
        rows = [(k, self._encoder.encode(found)) for k, found in answers]
        self._write(
            ("INSERT OR IGNORE INTO answers (key, found) VALUES (?, ?)", rows),
            ("DELETE FROM asked WHERE key = ?", [(k,) for k, _ in rows]),
        )

    def _write(self, *statements: tuple[str, Sequence[tuple[object, ...]]]) -> None:
        """Run statements in one transaction, each once for every row."""
        if self._database is None:
            return
        with self._lock, contextlib.suppress(sqlite3.Error):
            self._database.execute("BEGIN")
            try:
                for statement, rows in statements:
                    self._database.executemany(statement, rows)
                self._database.execute("COMMIT")
            except sqlite3.Error:
                self._database.execute("ROLLBACK")  # else nothing more could be written

    def close(self) -> None:
        """Let the file go."""
        with self._lock, contextlib.suppress(sqlite3.Error):
            if self._database is not None:
                self._database.close()
            self._database = None
