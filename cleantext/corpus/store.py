"""The index file: SQLite, filled article by article, summed up at the end."""

from __future__ import annotations

import os
import sqlite3
import struct
from collections.abc import Iterable, Iterator
from pathlib import Path

from cleantext.corpus.traces import VERSION, Traces, clusters, hashed, sampled, shingles
from cleantext.databases import refuse_code
from cleantext.document.repeats import words_of
from cleantext.files import ABSENT, Folder, database, not_plain, real

_SCHEMA = """
CREATE TABLE IF NOT EXISTS meta (name TEXT PRIMARY KEY, value TEXT) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS input (id INTEGER PRIMARY KEY, path TEXT UNIQUE, size INTEGER, changed INTEGER, done INTEGER);
CREATE TABLE IF NOT EXISTS site (id INTEGER PRIMARY KEY, name TEXT UNIQUE, articles INTEGER DEFAULT 0);
CREATE TABLE IF NOT EXISTS article (
  id INTEGER PRIMARY KEY, input INTEGER, line INTEGER, key TEXT, site INTEGER, date TEXT, source TEXT, title TEXT,
  cluster INTEGER, lines BLOB, bands BLOB);
CREATE INDEX IF NOT EXISTS article_input ON article (input);
CREATE TABLE IF NOT EXISTS band (key INTEGER, article INTEGER, PRIMARY KEY (key, article)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS line (hash INTEGER PRIMARY KEY, text TEXT);
CREATE TABLE IF NOT EXISTS seen (site INTEGER, hash INTEGER, article INTEGER, PRIMARY KEY (site, hash, article)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS repeated (site INTEGER, text TEXT, articles INTEGER, PRIMARY KEY (site, text)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS quotation (id INTEGER PRIMARY KEY, article INTEGER, speaker TEXT, text TEXT);
CREATE INDEX IF NOT EXISTS quotation_article ON quotation (article);
CREATE TABLE IF NOT EXISTS shingle (hash INTEGER, quotation INTEGER, PRIMARY KEY (hash, quotation)) WITHOUT ROWID;
"""


class IndexFileError(ValueError):
    """A file that is no index, or not one of this version; the message says what to do."""


def _packed(numbers: Iterable[int]) -> bytes:
    values = tuple(numbers)
    return struct.pack(f"<{len(values)}q", *values)


def _unpacked(blob: bytes) -> tuple[int, ...]:
    return struct.unpack(f"<{len(blob) // 8}q", blob)


def connect(path: Path, *, new: bool = False) -> sqlite3.Connection:
    """Open an index, a link followed; raises IndexFileError."""
    if not new and (trouble := not_plain(path)):
        what = "no such index" if trouble == ABSENT else f"is no index: it is {trouble}"
        raise IndexFileError(f"{path}: {what}. `cleantext index PATH… --output {path}` makes one.")
    try:
        connection = database(real(path), timeout=30, private=False)
    except OSError as error:
        raise IndexFileError(f"{path} cannot be opened: {error.strerror or error}.") from None
    except sqlite3.Error as error:
        raise IndexFileError(f"{path} cannot be opened ({error}).") from None
    try:
        refuse_code(connection)
        connection.execute("PRAGMA synchronous=NORMAL")
        if new:
            connection.executescript(_SCHEMA)
            connection.execute("INSERT OR IGNORE INTO meta VALUES ('version', ?)", (str(VERSION),))
        found = connection.execute("SELECT value FROM meta WHERE name = 'version'").fetchone()
    except sqlite3.DatabaseError as error:
        connection.close()
        raise IndexFileError(f"{path} is no index of cleantext ({error}).") from None
    if found is None or found[0] != str(VERSION):
        connection.close()
        raise IndexFileError(
            f"{path} was made by another version (index version {found and found[0]}, this is {VERSION}). "
            "Delete it and make it again."
        )
    return connection


class Builder:
    """Adds articles to an index, file by file, and sums up."""

    def __init__(self, path: Path) -> None:
        """Open an index to add to, or make it; what a stopped run left of a file is taken out.

        Raises IndexFileError.
        """
        self._db = connect(path, new=True)
        if self._db.execute("SELECT 1 FROM meta WHERE name = 'sealed'").fetchone():
            self._db.close()
            raise IndexFileError(f"{path} was made whole by a job; it cannot be added to. Make another.")
        self._sites: dict[str, int] = dict(self._db.execute("SELECT name, id FROM site"))
        self._db.execute("BEGIN")
        self._set("complete", "no")
        for (number,) in self._db.execute("SELECT id FROM input WHERE done = 0").fetchall():
            self._remove(number)

    def _set(self, name: str, value: str) -> None:
        self._db.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (name, value))

    def knows(self, path: str, size: int, changed: int) -> bool:
        """Say whether a file is in the index as it is now."""
        row = self._db.execute("SELECT size, changed, done FROM input WHERE path = ?", (path,)).fetchone()
        return bool(row == (size, changed, 1))

    def begin(self, path: str, size: int, changed: int) -> int:
        """Begin a file, what was known of it taken out; return its number."""
        row = self._db.execute("SELECT id FROM input WHERE path = ?", (path,)).fetchone()
        if row is not None:
            self._remove(row[0])
        cursor = self._db.execute(
            "INSERT INTO input (path, size, changed, done) VALUES (?, ?, ?, 0)", (path, size, changed)
        )
        return int(cursor.lastrowid or 0)

    def finish(self, number: int) -> None:
        """All articles of a file are in."""
        self._db.execute("UPDATE input SET done = 1 WHERE id = ?", (number,))

    def save(self) -> None:
        """Bring what was added to the disk."""
        self._db.execute("COMMIT")
        self._db.execute("BEGIN")

    def _site(self, name: str) -> int:
        number = self._sites.get(name)
        if number is None:
            number = int(self._db.execute("INSERT INTO site (name) VALUES (?)", (name,)).lastrowid or 0)
            self._sites[name] = number
        return number

    def add(self, number: int, traces: Traces) -> None:
        """Add an article of a file."""
        db = self._db
        site = self._site(traces.site)
        hashes = [hashed(text) for text in traces.lines]
        article = db.execute(
            "INSERT INTO article (input, line, key, site, date, source, title, lines, bands)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                number,
                traces.line,
                traces.key,
                site,
                traces.date,
                traces.source,
                traces.title,
                _packed(hashes),
                _packed(traces.bands),
            ),
        ).lastrowid
        db.executemany("INSERT OR IGNORE INTO line VALUES (?, ?)", zip(hashes, traces.lines, strict=True))
        db.executemany("INSERT OR IGNORE INTO seen VALUES (?, ?, ?)", ((site, h, article) for h in hashes))
        db.executemany("INSERT OR IGNORE INTO band VALUES (?, ?)", ((key, article) for key in traces.bands))
        for quoted in traces.quotations:
            _add_quotation(db, article, quoted.speaker, quoted.text)

    def _remove(self, number: int) -> None:
        db = self._db
        for article, site, lines, bands in db.execute(
            "SELECT id, site, lines, bands FROM article WHERE input = ?", (number,)
        ).fetchall():
            db.executemany(
                "DELETE FROM seen WHERE site = ? AND hash = ? AND article = ?",
                ((site, h, article) for h in _unpacked(lines)),
            )
            db.executemany(
                "DELETE FROM band WHERE key = ? AND article = ?", ((key, article) for key in _unpacked(bands))
            )
            for quotation, text in db.execute(
                "SELECT id, text FROM quotation WHERE article = ?", (article,)
            ).fetchall():
                db.executemany(
                    "DELETE FROM shingle WHERE hash = ? AND quotation = ?",
                    ((value, quotation) for value in sampled(shingles(words_of(text)))),
                )
            db.execute("DELETE FROM quotation WHERE article = ?", (article,))
        db.execute("DELETE FROM article WHERE input = ?", (number,))
        db.execute("DELETE FROM input WHERE id = ?", (number,))

    def close(self, *, done: bool) -> tuple[int, int, int]:
        """Sum up where all is in, and close; return how many articles, distinct articles and quotations there are."""
        if done:
            self._sum_up()
            self._set("complete", "yes")
        db = self._db
        articles, distinct = db.execute("SELECT COUNT(*), COUNT(DISTINCT cluster) FROM article").fetchone()
        (quotations,) = db.execute("SELECT COUNT(*) FROM quotation").fetchone()
        db.execute("COMMIT")
        db.close()
        return articles, distinct, quotations

    def _sum_up(self) -> None:
        """Count lines and articles by site over clusters of near-duplicates; the order of articles does not matter."""
        db = self._db
        db.execute("UPDATE article SET cluster = id")
        linked = clusters(self._links())
        db.executemany(
            "UPDATE article SET cluster = ? WHERE id = ?",
            ((root, number) for number, root in linked.items() if root != number),
        )
        db.execute("DELETE FROM repeated")
        db.execute(
            "INSERT INTO repeated SELECT s.site, line.text, COUNT(DISTINCT a.cluster) AS n"
            " FROM seen s JOIN article a ON a.id = s.article JOIN line ON line.hash = s.hash"
            " GROUP BY s.site, s.hash HAVING COUNT(*) > 1 AND n > 1"
        )
        db.execute(
            "UPDATE site SET articles = (SELECT COUNT(DISTINCT cluster) FROM article WHERE article.site = site.id)"
        )

    def _links(self) -> Iterator[tuple[int, int]]:
        key = first = None
        for this, article in self._db.execute("SELECT key, article FROM band ORDER BY key, article"):
            if this == key and first is not None:
                yield first, article
            else:
                key, first = this, article


QuotedRow = tuple[str, str, str | None, str | None, str | None, list[tuple[str, str]]]
"""An article's key, site, date, source and title, and its quotations with their speakers."""


def write_summed(
    path: Path,
    *,
    sites: Iterable[tuple[str, int]],
    repeated: Iterable[tuple[str, str, int]],
    quotations: Iterable[QuotedRow],
) -> None:
    """Write an index that was summed up elsewhere, beside its place and then into it."""
    path = real(path)
    new = path.with_name(f".cleantext-new-{os.urandom(16).hex()}")
    db = connect(new, new=True)
    db.execute("BEGIN")
    db.execute("INSERT INTO input (id, path, size, changed, done) VALUES (1, '', 0, 0, 1)")
    numbers = {}
    for name, count in sites:
        numbers[name] = db.execute("INSERT INTO site (name, articles) VALUES (?, ?)", (name, count)).lastrowid
    db.executemany(
        "INSERT INTO repeated VALUES (?, ?, ?)", ((numbers[site], line, n) for site, line, n in repeated)
    )
    for key, site, date, source, title, quoted in quotations:
        article = db.execute(
            "INSERT INTO article (input, key, site, date, source, title) VALUES (1, ?, ?, ?, ?, ?)",
            (key, numbers[site], date, source, title),
        ).lastrowid
        for speaker, text in quoted:
            _add_quotation(db, article, speaker, text)
    db.execute("INSERT INTO meta VALUES ('sealed', 'yes')")
    db.execute("INSERT INTO meta VALUES ('complete', 'yes')")
    db.execute("COMMIT")
    db.close()
    with Folder(path.parent) as folder:
        folder.put(new.name, path.name)


def _add_quotation(db: sqlite3.Connection, article: int | None, speaker: str, text: str) -> None:
    quotation = db.execute(
        "INSERT INTO quotation (article, speaker, text) VALUES (?, ?, ?)", (article, speaker, text)
    ).lastrowid
    db.executemany(
        "INSERT INTO shingle VALUES (?, ?)",
        ((value, quotation) for value in sampled(shingles(words_of(text)))),
    )
