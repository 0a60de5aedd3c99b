"""Files that one run alone writes, under fixed names beside their targets.

The names are fixed so that what a killed run leaves is found and used again by
the next one; the lock tells such a leaving from the work of a run that lives.
"""

from __future__ import annotations

import os
import shutil
from contextlib import suppress
from hashlib import blake2b
from pathlib import Path
from typing import IO

try:
    import fcntl
except ImportError:  # Windows
    LOCKS = False
else:
    LOCKS = True

_LONGEST = 255
"""Bytes of a file name, on the file systems in use."""


class HeldError(OSError):
    """Another run is writing the file."""


def beside(target: Path, what: str) -> Path:
    """Give the hidden name beside a target under which a run keeps something."""
    name = f".{target.name}.cleantext-{what}"
    if len(os.fsencode(name)) > _LONGEST:
        name = f".{blake2b(os.fsencode(target.name), digest_size=16).hexdigest()}.cleantext-{what}"
    return target.with_name(name)


def lock(file: IO[bytes]) -> bool:
    """Take the lock of an open file; False where another process holds it. It ends with the process."""
    if not LOCKS:
        return True
    try:
        fcntl.flock(file.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


def held(path: Path, *, make: bool = True) -> IO[bytes]:
    """Open a file for reading and writing and lock it; raises HeldError where another run has it, OSError.

    Made where it is not there, unless ``make`` is False.
    """
    while True:
        handle = os.open(path, os.O_RDWR | (os.O_CREAT if make else 0), 0o600)
        file = os.fdopen(handle, "r+b")
        if not lock(file):
            file.close()
            raise HeldError("another run is writing it")
        try:
            # The run before may have put this very file in its place while we waited for the lock.
            if path.stat().st_ino == os.fstat(handle).st_ino:
                return file
        except FileNotFoundError:
            pass
        file.close()


class Draft:
    """The new form of a file as it grows beside it, until it takes the file's place or goes.

    From the first moment to the last no other run can draft the same file, so what
    is looked at and written down in between cannot be overtaken by another run.
    """

    def __init__(self, target: Path) -> None:
        """Begin with nothing, whatever a killed run left; raises HeldError, OSError. Links are not followed."""
        self.target = target
        self.path = beside(target, "new")
        self._mine = True
        self._file = held(self.path)
        try:
            self._file.truncate(0)
        except OSError:
            self.drop()
            raise

    @property
    def file(self) -> IO[bytes]:
        """Where to write."""
        return self._file

    def save(self) -> None:
        """See to it that all bytes are on the disk; raises OSError."""
        self._file.flush()
        os.fsync(self._file.fileno())

    def finish(self, *, times: bool = False) -> None:
        """Put it in the target's place, ``times`` as in :func:`put`; raises OSError with the target as it was."""
        try:
            self.save()
            if not LOCKS:
                self._file.close()  # Windows moves no open file
            put(self.path, self.target, times=times)
        except OSError:
            self.drop()
            raise
        self._mine = False  # what has the name from now on is another run's
        self._file.close()

    def drop(self) -> None:
        """Leave the target as it is; nothing after it took its place."""
        if not self._mine:
            return
        self._mine = False
        self.path.unlink(missing_ok=True)
        with suppress(OSError):  # a full disk: nothing of it is kept anyway
            self._file.close()


def clear_dead(target: Path) -> None:
    """Take away the draft that a killed run left beside a file; that of a run that lives stays."""
    path = beside(target, "new")
    if not path.exists():
        return
    with suppress(OSError):
        file = held(path, make=False)
        path.unlink()
        file.close()


def put(new: Path, target: Path, *, times: bool = False) -> None:
    """Put a finished file in a target's place; raises OSError with the target as it was.

    With ``times`` it keeps the old one's time stamps and extended attributes, the
    times only where the size tells of the change: other programs look at both.
    """
    if target.exists() and target.stat().st_nlink > 1:
        _write_over(new, target)
        return
    take_after(new, target)
    if times:
        _keep_times(new, target)
    new.replace(target)
    sync_folder(target.parent)


def _write_over(new: Path, target: Path) -> None:
    """Copy a file's bytes over another's, so that all of the other's names show them.

    Stopped in the middle, ``.cleantext-whole`` beside the file holds the new bytes.
    """
    whole = beside(target, "whole")
    rising = beside(target, "rising")
    shutil.copyfile(new, rising)
    with rising.open("r+b") as copy:
        os.fsync(copy.fileno())
    rising.replace(whole)
    with new.open("rb") as source, target.open("r+b") as out:
        shutil.copyfileobj(source, out, 1 << 20)
        out.truncate()
        out.flush()
        os.fsync(out.fileno())
    whole.unlink()
    new.unlink()


def take_after(new: Path, old: Path) -> None:
    """Give a new file the mode and, where that is allowed, the owner of the one it replaces."""
    try:
        status = old.stat()
    except OSError:
        new.chmod(0o666 & ~_umask())
        return
    own = new.stat()
    if hasattr(os, "chown") and (own.st_uid, own.st_gid) != (status.st_uid, status.st_gid):
        with suppress(OSError):  # only root may give files away
            os.chown(new, status.st_uid, status.st_gid)
    new.chmod(status.st_mode & 0o7777)


def _keep_times(new: Path, old: Path) -> None:
    own, status = new.stat(), old.stat()
    with suppress(OSError):  # some file systems have none of this
        shutil.copystat(old, new)
    if own.st_size == status.st_size:
        os.utime(new, ns=(status.st_atime_ns, own.st_mtime_ns))


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def sync_folder(folder: Path) -> None:
    """Bring a folder's names to the disk, where its file system can."""
    try:
        handle = os.open(folder, os.O_RDONLY)
    except OSError:
        return
    with suppress(OSError):  # some file systems cannot
        os.fsync(handle)
    os.close(handle)
