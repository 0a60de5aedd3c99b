"""Every file that cleantext writes is opened here, and nowhere else; a test holds that.

Whoever can put a link where a program is about to write makes it write elsewhere. So
:mod:`folder` opens folders part by part and follows no link, and what is opened, moved
or removed in them is a name in an open folder: what somebody swaps between a look and a
write cannot matter. :mod:`draft` writes beside a file, under a name that nobody can
foresee, and puts the whole in its place; :mod:`database` does what can be done for SQLite,
which opens its files itself.

Windows lacks such calls. There paths are used: what stands at a name is looked at first,
links and junctions are refused, new files are made only where there is none, and the
access lists of the folder have to keep out whoever would swap one for another.
"""

from cleantext.files.database import database
from cleantext.files.draft import Draft, clear_dead, create, make_folder, take_after, write
from cleantext.files.folder import (
    LOCKS,
    PRIVATE_FOLDER,
    Folder,
    HeldError,
    UnsafeError,
    hold,
    lock,
    opened_below,
)

__all__ = [
    "LOCKS",
    "PRIVATE_FOLDER",
    "Draft",
    "Folder",
    "HeldError",
    "UnsafeError",
    "clear_dead",
    "create",
    "database",
    "hold",
    "lock",
    "make_folder",
    "opened_below",
    "take_after",
    "write",
]
