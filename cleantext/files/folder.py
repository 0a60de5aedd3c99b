"""An open folder, and files in it by name."""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import IO, Self

from cleantext import ownership
from cleantext.files.looking import is_folder, is_link, what

try:
    import fcntl
except ImportError:  # Windows
    LOCKS = False
else:
    LOCKS = True

_BY_NAME = os.open in os.supports_dir_fd and os.rename in os.supports_dir_fd
"""Whether names can be looked up in an open folder; Windows has only paths."""
_STAY = getattr(os, "O_NOFOLLOW", 0)
_BINARY = getattr(os, "O_BINARY", 0)
_WAIT_NOT = getattr(os, "O_NONBLOCK", 0)
# To look names up in a folder one need not be allowed to list it.
_LOOK_UP = getattr(os, "O_PATH", os.O_RDONLY) | getattr(os, "O_DIRECTORY", 0) | _STAY
_HELD = {errno.EWOULDBLOCK, errno.EAGAIN, errno.EACCES}

PRIVATE = 0o600
PRIVATE_FOLDER = 0o700


class HeldError(OSError):
    """Another run is writing the file."""


class UnsafeError(OSError):
    """What stands at a name is a link, no plain file, or another user's: it is not opened for writing."""


class Folder:
    """A folder that is open: names are looked up in it, wherever its path leads by now.

    Close it, or use it in a ``with``.
    """

    def __init__(self, path: Path) -> None:
        """Open a folder of which no part is a link (give ``os.path.realpath``).

        Raises UnsafeError where one is, OSError.
        """
        self.path = path
        self._handle = _opened(path) if _BY_NAME else None
        if self._handle is None and not is_folder(path):
            raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR), str(path))

    @classmethod
    def _of(cls, path: Path, handle: int | None) -> Self:
        made = cls.__new__(cls)
        made.path, made._handle = path, handle
        return made

    def close(self) -> None:
        """Close it."""
        handle, self._handle = self._handle, None
        if handle is not None:
            os.close(handle)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _at(self, name: str) -> str:
        if not name or name in (".", "..") or "/" in name or (os.altsep and os.sep in name):
            raise ValueError(f"{name!r} is no name in a folder")
        return name if self._handle is not None else str(self.path / name)

    # Looking

    def status(self, name: str) -> os.stat_result | None:
        """Return what stands at a name, a link itself; None where nothing does."""
        try:
            return os.stat(self._at(name), dir_fd=self._handle, follow_symlinks=False)
        except FileNotFoundError:
            return None

    def names(self) -> Iterator[str]:
        """Return the names in the folder, in no order; raises OSError where it cannot be listed."""
        if self._handle is None:
            with os.scandir(self.path) as scan:
                yield from (entry.name for entry in scan)
            return
        handle = os.open(".", os.O_RDONLY | getattr(os, "O_DIRECTORY", 0), dir_fd=self._handle)
        try:
            with os.scandir(handle) as scan:
                yield from (entry.name for entry in scan)
        finally:
            os.close(handle)

    # Opening

    def read(self, name: str) -> IO[bytes]:
        """Open a plain file to read; raises UnsafeError for a link, FileNotFoundError, OSError."""
        return os.fdopen(self._plain(name, os.O_RDONLY), "rb")

    def overwrite(self, name: str) -> IO[bytes]:
        """Open a plain file that is there to read and write, all its names alike; raises as :meth:`read` does."""
        return os.fdopen(self._plain(name, os.O_RDWR), "r+b")

    def create(self, name: str, mode: int = PRIVATE) -> IO[bytes]:
        """Make a new file, with this mode whatever the umask; raises FileExistsError, OSError."""
        flags = os.O_RDWR | os.O_CREAT | os.O_EXCL | _STAY | _BINARY
        handle = os.open(self._at(name), flags, PRIVATE, dir_fd=self._handle)
        if hasattr(os, "fchmod"):
            os.fchmod(handle, mode)
        return os.fdopen(handle, "w+b")

    def claim(self, name: str, *, append: bool = False) -> IO[bytes]:
        """Open a file of the user's own to read and write, made with mode 0600 where there is none.

        Raises UnsafeError where a link stands there, or a file that has other names or another owner: those
        could only have been put there by somebody who knew the name.
        """
        while True:
            with suppress(FileNotFoundError):
                handle = self._plain(name, os.O_RDWR | (os.O_APPEND if append else 0), own=True)
                return os.fdopen(handle, "a+b" if append else "r+b")
            try:
                self.create(name).close()
            except FileExistsError:
                if self.status(name) is None:
                    continue  # it went again
                self._plain_or_raise(name)

    def _plain_or_raise(self, name: str) -> None:
        status = self.status(name)
        if status is not None and not stat.S_ISREG(status.st_mode):
            raise UnsafeError(
                errno.ELOOP, f"{self.path / name} is {what(status)}, and is not written through"
            )

    def _plain(self, name: str, flags: int, *, own: bool = False) -> int:
        if self._handle is None or not _STAY:
            self._plain_or_raise(name)
        try:
            handle = os.open(self._at(name), flags | _STAY | _WAIT_NOT | _BINARY, dir_fd=self._handle)
        except OSError as error:
            if error.errno in (errno.ELOOP, errno.EMLINK, errno.ENXIO):  # a link, on BSD, too; a pipe
                self._plain_or_raise(name)
            raise
        status = os.fstat(handle)
        trouble = None
        if not stat.S_ISREG(status.st_mode):
            trouble = f"{self.path / name} is {what(status)}, and is not opened"
        elif own and status.st_nlink > 1:
            trouble = f"{self.path / name} has other names (hard links), and is not written"
        elif own and ownership.is_stranger(status) and not ownership.is_safe(self.path / name):
            trouble = ownership.refusal(self.path / name) or f"{self.path / name} belongs to another user"
        if trouble:
            os.close(handle)
            raise UnsafeError(errno.ELOOP, trouble)
        return handle

    # Folders in it

    def folder(self, name: str, *, make: int | None = None) -> Folder:
        """Open a folder in this one, made with the mode ``make`` where there is none (and where one is given).

        Raises UnsafeError for a link, FileNotFoundError, OSError.
        """
        if make is not None:
            with suppress(FileExistsError):
                os.mkdir(self._at(name), make, dir_fd=self._handle)
                if make == PRIVATE_FOLDER and hasattr(os, "fchmod"):  # whatever the umask took
                    os.chmod(self._at(name), make, dir_fd=self._handle)
                self.sync()
        inner = self.path / name
        if self._handle is None:
            status = self.status(name)
            if status is not None and not stat.S_ISDIR(status.st_mode):
                raise UnsafeError(errno.ELOOP, f"{inner} is {what(status)}, and is not entered")
            return Folder(inner)
        try:
            return Folder._of(inner, os.open(self._at(name), _LOOK_UP, dir_fd=self._handle))
        except OSError as error:
            raise _unsafe(error, self, name) from None

    def private(self, name: str, *, make: bool = False) -> Folder:
        """Open a folder of the user's own, made with mode 0700 where there is none and ``make`` says so.

        Raises UnsafeError, with what to do, where it is a link or another user's.
        """
        inner = self.folder(name, make=PRIVATE_FOLDER if make else None)
        if inner._handle is None or not ownership.is_stranger(os.fstat(inner._handle)):
            return inner
        try:
            if ownership.is_safe(inner.path):
                return inner
            trouble = ownership.refusal(inner.path) or f"{inner.path} belongs to another user"
        except BaseException:
            inner.close()
            raise
        inner.close()
        raise UnsafeError(errno.EACCES, trouble)

    # Names

    def put(self, old: str, new: str, *, into: Folder | None = None) -> None:
        """Give a file another name, in this folder or another, in the place of what stands there."""
        into = into or self
        os.replace(self._at(old), into._at(new), src_dir_fd=self._handle, dst_dir_fd=into._handle)

    def remove(self, name: str) -> None:
        """Take a name away, where it is there; a link itself."""
        with suppress(FileNotFoundError):
            os.unlink(self._at(name), dir_fd=self._handle)

    def sync(self) -> None:
        """Bring the folder's names to the disk, where its file system can."""
        if self._handle is None:
            return
        with suppress(OSError):
            handle = os.open(".", os.O_RDONLY, dir_fd=self._handle)
            try:
                os.fsync(handle)
            finally:
                os.close(handle)


def opened_below(top: Path, inside: Path, *, make: int | None = None) -> Folder:
    """Open a folder below another, part by part, links refused; with ``make`` what is missing is made."""
    at = Folder(top)
    for part in inside.parts:
        try:
            inner = at.folder(part, make=make)
        finally:
            at.close()
        at = inner
    return at


def _opened(path: Path) -> int:
    """Open a folder from the root on, so that no part of its path is a link by now."""
    handle = os.open(path.anchor or ".", _LOOK_UP)
    at = Path(path.anchor)
    for part in path.parts[1:] if path.anchor else path.parts:
        try:
            inner = os.open(part, _LOOK_UP, dir_fd=handle)
        except OSError as error:
            raise _unsafe(error, Folder._of(at, handle), part) from None
        finally:
            os.close(handle)
        handle = inner
        at /= part
    return handle


def _unsafe(error: OSError, folder: Folder, name: str) -> OSError:
    """Return the error to raise where a folder could not be opened."""
    path = folder.path / name
    if error.errno in (errno.ELOOP, errno.EMLINK, errno.ENOTDIR) and is_link(path):
        return UnsafeError(errno.ELOOP, f"{path} is a symbolic link, and is not followed")
    return OSError(error.errno, error.strerror, str(path))


def hold(folder: Folder, name: str, *, append: bool = False) -> IO[bytes]:
    """Open a file of the user's own, as :meth:`Folder.claim`, and lock it.

    For names that a later run must find again. Raises HeldError where another run has it, UnsafeError, OSError.
    """
    while True:
        file = folder.claim(name, append=append)
        if not lock(file):
            file.close()
            raise HeldError("another run is writing it")
        # The run before may have put this very file in its place while we waited for the lock.
        status = folder.status(name)
        if status is not None and status.st_ino == os.fstat(file.fileno()).st_ino:
            return file
        file.close()


def lock(file: IO[bytes]) -> bool:
    """Take the lock of an open file; False where another process holds it. It ends with the process.

    True, too, where the file system knows no locks: then nothing keeps two runs apart, and each still puts
    whole files in their place.
    """
    if not LOCKS:
        return True
    try:
        fcntl.flock(file.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        return error.errno not in _HELD
    return True


def unlock(file: IO[bytes]) -> None:
    """Let go of a lock, in processes that were forked meanwhile, too."""
    if LOCKS:
        with suppress(OSError):
            fcntl.flock(file.fileno(), fcntl.LOCK_UN)


def umask() -> int:
    """Return the mode bits that new files of this process lack."""
    mask = os.umask(0)
    os.umask(mask)
    return mask
