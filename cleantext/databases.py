"""SQLite files that may come from a stranger: with a repository, in an archive."""

from __future__ import annotations

import sqlite3


def refuse_code(database: sqlite3.Connection) -> None:
    """Keep code of a database from running; raise sqlite3.DatabaseError where it holds any, or is no database.

    Ours hold tables alone. A view would answer in a table's place, a trigger act when
    something is written. The two settings are SQLite's advice for files that one did not
    make (https://www.sqlite.org/security.html).
    """
    database.execute("pragma trusted_schema = off")
    database.execute("pragma cell_size_check = on")
    row = database.execute("select type from sqlite_schema where type in ('view', 'trigger')").fetchone()
    if row is not None:
        raise sqlite3.DatabaseError(f"it holds a {row[0]}, and ours hold none")
