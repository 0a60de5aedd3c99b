"""What stands at a path, and its bytes: asked here, and nowhere else; a test holds that.

``pathlib`` answers such questions with an exception where a folder above may not be entered, a name is too long
or links go in a circle, and its ``open`` waits for ever at a pipe. What is asked here raises nothing, and
what is opened here is a plain file. An exception is what the process was started with: ``/dev/stdin`` and
``/dev/fd/63``, by which shells hand over the output of another program, and ``/dev/null``.
"""

from __future__ import annotations

import errno
import os
import stat
from io import BufferedReader
from pathlib import Path

import regex

ABSENT = "not there"
STREAMS = ("a pipe", "a socket", "a device")
_OURS = regex.compile(r"/dev/(?:null|stdin|fd/[0-9]+)|/proc/self/fd/[0-9]+")
_WAIT_NOT = getattr(os, "O_NONBLOCK", 0)
_BINARY = getattr(os, "O_BINARY", 0)

Named = str | os.PathLike[str]


def is_folder(path: Named) -> bool:
    """Say whether a folder is there, a link followed; False, too, where it cannot be looked at."""
    return os.path.isdir(path)  # noqa: PTH112 - Path.is_dir raises


def is_plain(path: Named) -> bool:
    """Say whether a plain file is there, a link followed; False, too, where it cannot be looked at."""
    return os.path.isfile(path)  # noqa: PTH113 - Path.is_file raises


def is_there(path: Named) -> bool:
    """Say whether anything is there, a link followed; False, too, where it cannot be looked at."""
    try:
        return os.path.exists(path)  # noqa: PTH110 - Path.exists raises
    except ValueError:
        return False


def is_link(path: Named) -> bool:
    """Say whether a symbolic link stands there; False, too, where it cannot be looked at."""
    return os.path.islink(path)  # noqa: PTH114 - Path.is_symlink raises


def is_same(path: Named, other: Named) -> bool:
    """Say whether two paths lead to one file or folder; False, too, where one cannot be looked at."""
    try:
        return os.path.samefile(path, other)  # noqa: PTH121
    except (OSError, ValueError):
        return False


def real(path: Named) -> Path:
    """Return a path without links, as far as it can be followed; links in a circle stay."""
    return Path(os.path.realpath(path))


def not_plain(path: Named) -> str | None:
    """Say why no plain file can be read there, in words that go on from "it is"; None where one can, or is ours."""
    try:
        status = Path(path).stat()
    except PermissionError as error:
        return f"out of reach ({error.strerror})"
    except (OSError, ValueError):
        return ABSENT
    return None if stat.S_ISREG(status.st_mode) or _is_ours(path) else what(status)


def open_plain(path: Named) -> BufferedReader:
    """Open a file to read, a link followed; raises OSError, also for what is no plain file: a pipe may never end."""
    if _is_ours(path):
        return Path(path).open("rb")
    try:
        status = Path(path).stat()
    except ValueError as error:
        raise OSError(errno.EINVAL, str(error), os.fspath(path)) from None
    if stat.S_ISREG(status.st_mode):  # to open a device does something already
        handle = os.open(path, os.O_RDONLY | _WAIT_NOT | _BINARY)
        status = os.fstat(handle)
        if stat.S_ISREG(status.st_mode):
            return os.fdopen(handle, "rb")
        os.close(handle)  # swapped in between
    if stat.S_ISDIR(status.st_mode):
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), os.fspath(path))
    raise OSError(errno.EINVAL, f"{what(status)}, which is not read by name", os.fspath(path))


def read_plain(path: Named) -> bytes:
    """Return the bytes of a file; raises as :func:`open_plain`."""
    with open_plain(path) as file:
        return file.read()


def what(status: os.stat_result) -> str:
    """Name what was looked at, where it is no plain file."""
    mode = status.st_mode
    if stat.S_ISLNK(mode):
        return "a symbolic link"
    if stat.S_ISDIR(mode):
        return "a folder"
    if stat.S_ISREG(mode):
        return "a plain file"
    return STREAMS[0] if stat.S_ISFIFO(mode) else STREAMS[1] if stat.S_ISSOCK(mode) else STREAMS[2]


def _is_ours(path: Named) -> bool:
    name = os.fspath(path)
    return name.startswith(("/dev/", "/proc/")) and _OURS.fullmatch(name) is not None
