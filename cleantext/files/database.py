"""SQLite files: the library opens them, and what it puts beside them, by name, so the names are looked at first."""

from __future__ import annotations

import errno
import os
import stat
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from cleantext import ownership
from cleantext.files.folder import PRIVATE, Folder, UnsafeError, umask

if TYPE_CHECKING:
    import sqlite3

_BESIDE = ("-wal", "-shm", "-journal")


def database(path: Path, *, timeout: float, private: bool = True, make: bool = True) -> sqlite3.Connection:
    """Open a database in autocommit mode, usable from any thread one at a time; made where there is none.

    ``private``: made with mode 0600 whatever the umask, which SQLite takes over for what it puts beside it,
    and refused where it is another user's. Without ``make`` it is opened to read and must be there.
    A link at its name, or at one of those beside it, is refused: SQLite would write through it.
    Raises UnsafeError, OSError, sqlite3.Error.
    """
    import sqlite3

    real = Path(os.path.realpath(path.parent)) / path.name
    with Folder(real.parent) as folder:
        for name in (real.name, *(real.name + end for end in _BESIDE)):
            status = folder.status(name)
            # It is not opened to look: closing any handle of a database ends all of SQLite's locks on it.
            if status is not None and not stat.S_ISREG(status.st_mode):
                raise UnsafeError(
                    errno.ELOOP, f"{real.with_name(name)} is a link or no plain file, and is not used"
                )
            if (
                status is not None
                and private
                and ownership.is_stranger(status)
                and not ownership.is_safe(real)
            ):
                raise UnsafeError(errno.EACCES, ownership.refusal(real) or f"{real} belongs to another user")
        if make and folder.status(real.name) is None:
            with suppress(FileExistsError):  # another run was faster
                folder.create(real.name, PRIVATE if private else 0o666 & ~umask()).close()
    where = real.as_uri() + ("" if make else "?mode=ro")
    return sqlite3.connect(where, uri=True, timeout=timeout, isolation_level=None, check_same_thread=False)
