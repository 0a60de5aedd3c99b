"""The new form of a file, written beside it and put in its place when it is whole."""

from __future__ import annotations

import os
import stat
from contextlib import suppress
from pathlib import Path
from typing import IO

import regex

from cleantext.files.folder import LOCKS, PRIVATE, Folder, HeldError, lock, umask, unlock

_NEW = ".cleantext-new-"
# What killed runs left, of this version and of older ones.
_LEFT = regex.compile(r"\.cleantext-new-[0-9a-f]{32}|\..+\.cleantext-(?:new|rising)")


class Draft:
    """The new form of a file as it grows beside it, until it takes the file's place or goes.

    Its name cannot be foreseen and nothing stands there before, so nobody can have
    put a link there. The file itself is open and locked meanwhile: no other run can
    draft it, and what is looked at and written down in between cannot be overtaken.
    """

    def __init__(self, target: Path, *, private: bool = False) -> None:
        """Begin with nothing. No part of ``target`` may be a link (give ``os.path.realpath``).

        Where nothing stands there yet, the new file's mode is the umask's, or 0600 where it is ``private``.
        Raises HeldError where another run drafts the same file, UnsafeError, OSError.
        """
        self.target = target
        self._private = private
        self._folder: Folder | None = Folder(target.parent)
        self._old: IO[bytes] | None = None
        try:
            self._old = _held(self._folder, target.name)
            self._file, self.name = _new(self._folder)
        except BaseException:
            self._close()
            raise
        self._mine = True

    @property
    def folder(self) -> Folder:
        """The folder that holds both."""
        assert self._folder is not None
        return self._folder

    @property
    def path(self) -> Path:
        """Where the draft is, for those who can read by path alone."""
        return self.target.with_name(self.name)

    @property
    def file(self) -> IO[bytes]:
        """Where to write."""
        return self._file

    def status(self) -> os.stat_result | None:
        """Return what stands in the target's place, the very file that is locked; None where nothing does."""
        if self._old is not None:
            return os.fstat(self._old.fileno())
        return self.folder.status(self.target.name)

    def old(self) -> IO[bytes]:
        """Return the file that is to be replaced, open at its beginning; raises OSError where there is none."""
        if self._old is None:
            self._old = self.folder.read(self.target.name)
        self._old.seek(0)
        return self._old

    def save(self) -> None:
        """See to it that all bytes are on the disk; raises OSError."""
        self._file.flush()
        os.fsync(self._file.fileno())

    def finish(self, *, times: bool = False) -> None:
        """Put it in the target's place, with the target's mode and owner; raises OSError with the target as it was.

        With ``times`` it keeps the old one's time stamps and extended attributes, the
        times only where the size tells of the change: other programs look at both.
        Where the target has other names (hard links), those keep the old bytes.
        """
        try:
            self.save()
            old = self.status()
            if times and self._old is not None:
                _keep_attributes(self._file.fileno(), self._old.fileno())
            take_after(self._file, self.path, old, private=self._private, times=times)
            if not LOCKS:
                self._file.close()  # Windows moves no open file
                self._close_old()
            else:
                self._be_first()
            self.folder.put(self.name, self.target.name)
        except BaseException:
            self.drop()
            raise
        self._mine = False
        self.folder.sync()
        self._close()

    def drop(self) -> None:
        """Leave the target as it is; nothing after it took its place."""
        if not self._mine:
            return
        self._mine = False
        if not LOCKS:
            with suppress(OSError):
                self._file.close()
        with suppress(OSError):
            self.folder.remove(self.name)
        self._close()

    def _be_first(self) -> None:
        """Raise HeldError where something else stands at the target's name than what was locked there."""
        if self._old is None:
            return
        now = self.folder.status(self.target.name)
        if now is None or now.st_ino != os.fstat(self._old.fileno()).st_ino:
            raise HeldError("was replaced by another program meanwhile")

    def _close_old(self) -> None:
        if self._old is not None:
            unlock(self._old)
            self._old.close()
            self._old = None

    def _close(self) -> None:
        with suppress(OSError):  # a full disk: nothing of it is kept anyway
            if "_file" in self.__dict__ and not self._file.closed:
                unlock(self._file)
                self._file.close()
        self._close_old()
        if self._folder is not None:
            self._folder.close()
            self._folder = None


def take_after(
    file: IO[bytes], path: Path, old: os.stat_result | None, *, private: bool = False, times: bool = False
) -> None:
    """Give a new file, open, the mode and, where that is allowed, the owner of the one it replaces.

    Where it replaces none, the mode of the umask, or 0600 where it is ``private``. ``times`` as in
    :meth:`Draft.finish`.
    """
    handle = file.fileno()
    if old is None or not stat.S_ISREG(old.st_mode):
        _mode(handle, path, PRIVATE if private else 0o666 & ~umask())
        return
    own = os.fstat(handle)
    if hasattr(os, "fchown") and (own.st_uid, own.st_gid) != (old.st_uid, old.st_gid):
        with suppress(OSError):  # only root may give files away
            os.fchown(handle, old.st_uid, old.st_gid)
    _mode(handle, path, stat.S_IMODE(old.st_mode))
    if times:
        changed = own.st_mtime_ns if own.st_size == old.st_size else old.st_mtime_ns
        with suppress(OSError):
            os.utime(handle if os.utime in os.supports_fd else path, ns=(old.st_atime_ns, changed))


def _keep_attributes(new: int, old: int) -> None:
    if not hasattr(os, "listxattr"):
        return
    with suppress(OSError):  # some file systems have none
        for name in os.listxattr(old):
            with suppress(OSError):  # some are root's to set
                os.setxattr(new, name, os.getxattr(old, name))


def _mode(handle: int, path: Path, mode: int) -> None:
    if hasattr(os, "fchmod"):
        os.fchmod(handle, mode)
    else:
        path.chmod(mode)


def _held(folder: Folder, name: str) -> IO[bytes] | None:
    """Open and lock the file that is to be replaced; None where there is nothing to lock.

    Raises HeldError where another run has it, UnsafeError where it is no plain file.
    """
    while LOCKS:
        status = folder.status(name)
        if status is None or stat.S_ISLNK(status.st_mode):
            return None  # the link itself is replaced, wherever it leads
        try:
            file = folder.read(name)
        except FileNotFoundError:
            continue
        except PermissionError:
            return None  # what may not be read is no article: an output, put in its place as it is
        if not lock(file):
            file.close()
            raise HeldError("another run is writing it")
        # The run before may have put another file in its place while we waited for the lock.
        now = folder.status(name)
        if now is not None and now.st_ino == os.fstat(file.fileno()).st_ino:
            return file
        file.close()
    return None


def _new(folder: Folder) -> tuple[IO[bytes], str]:
    """Make a file under a name that nobody can foresee, locked as long as this process lives."""
    while True:
        name = _NEW + os.urandom(16).hex()
        file = folder.create(name, PRIVATE)
        if lock(file) and os.fstat(file.fileno()).st_nlink:
            return file, name
        file.close()  # another run took it for a dead one's, before it was locked
        folder.remove(name)


def clear_dead(path: Path) -> None:
    """Take away the drafts that killed runs left in a folder; those of runs that live stay."""
    with suppress(OSError), Folder(path) as folder:
        for name in [name for name in folder.names() if _LEFT.fullmatch(name)]:
            with suppress(OSError), folder.claim(name) as file:
                if lock(file):
                    folder.remove(name)


def write(path: Path, data: bytes, *, private: bool = False) -> None:
    """Put a whole file in a place, or nothing; raises HeldError, UnsafeError, OSError.

    A link that stands there is replaced, not followed. ``private`` as for :class:`Draft`.
    """
    draft = Draft(Path(os.path.realpath(path.parent)) / path.name, private=private)
    try:
        draft.file.write(data)
        draft.finish()
    finally:
        draft.drop()


def create(path: Path, data: bytes, *, private: bool = False) -> None:
    """Write a new file where there is none; raises FileExistsError, UnsafeError, OSError."""
    mode = PRIVATE if private else 0o666 & ~umask()
    with Folder(Path(os.path.realpath(path.parent))) as folder, folder.create(path.name, mode) as out:
        out.write(data)


def make_folder(path: Path, *, private: bool = False) -> None:
    """Make a folder and those above it, where there are none.

    A ``private`` one is made with mode 0700; it may not be a link or another user's. Raises UnsafeError, OSError.
    """
    if not private:
        path.mkdir(parents=True, exist_ok=True)
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    with Folder(Path(os.path.realpath(path.parent))) as above:
        above.private(path.name, make=True).close()
