"""Every file is opened, and every path looked at, here, and nowhere else; a test holds that.

Whoever can put a link where a program is about to write makes it write elsewhere. So
:mod:`folder` opens folders part by part and follows no link, and what is opened, moved
or removed in them is a name in an open folder: what somebody swaps between a look and a
write cannot matter. :mod:`draft` writes beside a file, under a name that nobody can
foresee, and puts the whole in its place; :mod:`database` does what can be done for SQLite,
which opens its files itself; :mod:`looking` asks what a path is and opens what is to be read.

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
from cleantext.files.looking import (
    ABSENT,
    STREAMS,
    is_folder,
    is_link,
    is_plain,
    is_same,
    is_there,
    not_plain,
    open_plain,
    read_plain,
    real,
)

__all__ = [
    "ABSENT",
    "LOCKS",
    "PRIVATE_FOLDER",
    "STREAMS",
    "Draft",
    "Folder",
    "HeldError",
    "UnsafeError",
    "clear_dead",
    "create",
    "database",
    "hold",
    "is_folder",
    "is_link",
    "is_plain",
    "is_same",
    "is_there",
    "lock",
    "make_folder",
    "not_plain",
    "open_plain",
    "opened_below",
    "read_plain",
    "real",
    "take_after",
    "write",
]
