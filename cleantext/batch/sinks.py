"""Where results go: beside their target until all is well, then in its place."""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import IO

from cleantext.batch.chunks import reason


class OutputError(ValueError):
    """An output that cannot be written, or that another run writes; the message says what to do."""


def check_writable(target: Path) -> None:
    """Raise OutputError where a file cannot be put there, before any work is done."""
    folder = target.parent
    if target.is_dir():
        raise OutputError(f"{target} is a directory.")
    if not folder.is_dir():
        raise OutputError(f"{target} cannot be written: there is no directory {folder}. Make it first.")
    if not os.access(folder, os.W_OK | os.X_OK):
        raise OutputError(f"{target} cannot be written: no permission to write in {folder}.")


def beside(target: Path, what: str) -> Path:
    """Give the hidden name beside a target under which a run keeps something."""
    return target.with_name(f".{target.name}.cleantext-{what}")


class Part:
    """An output that grows beside its target, held by one run alone.

    The lock is on the open file, so it ends with the process however that ends.
    """

    def __init__(self, target: Path, *, keep: int | None = None) -> None:
        """Open the part, cut to ``keep`` bytes, or empty where None.

        Raises OutputError where another run holds it or the folder cannot be
        written to, or where less than ``keep`` bytes are there.
        """
        self.target = Path(os.path.realpath(target))
        check_writable(self.target)
        self.path = beside(self.target, "part")
        self._file = self._locked()
        size = os.fstat(self._file.fileno()).st_size
        if keep is not None and size < keep:
            self._file.close()
            raise OutputError(f"{self.path} is shorter than its record says. Start again without --resume.")
        self._file.truncate(keep or 0)
        self._file.seek(0, os.SEEK_END)
        self.length = keep or 0

    def _locked(self) -> IO[bytes]:
        while True:
            try:
                handle = os.open(self.path, os.O_RDWR | os.O_CREAT, 0o600)
            except OSError as error:
                raise OutputError(f"{self.target} cannot be written: {reason(error)}.") from None
            file = os.fdopen(handle, "r+b")
            if not lock(file):
                file.close()
                raise OutputError(
                    f"another run is writing {self.target}. Wait until it ends, or give another --output."
                )
            try:
                # The run before may have put this very file in its place while we waited for the lock.
                if self.path.stat().st_ino == os.fstat(handle).st_ino:
                    return file
            except FileNotFoundError:
                pass
            file.close()

    def write(self, data: bytes) -> None:
        """Add bytes; raises OutputError, the part kept as far as it was saved."""
        try:
            self._file.write(data)
        except OSError as error:
            raise OutputError(f"{self.target}: {reason(error)}") from None
        self.length += len(data)

    def save(self) -> None:
        """See to it that all bytes are on the disk."""
        try:
            self._file.flush()
            os.fsync(self._file.fileno())
        except OSError as error:
            raise OutputError(f"{self.target}: {reason(error)}") from None

    def finish(self) -> None:
        """Put the part in its target's place, with the target's mode."""
        self.save()
        take_after(self.path, self.target)
        self.path.replace(self.target)
        _sync_folder(self.target.parent)
        self._file.close()

    def close(self, *, discard: bool) -> None:
        """Let go; the part stays for a run that resumes, or goes."""
        if discard:
            self.path.unlink(missing_ok=True)
        with suppress(OSError):  # a full disk, said before
            self._file.close()


def lock(file: IO[bytes]) -> bool:
    """Take the lock of an open file; False where another process holds it."""
    try:
        import fcntl
    except ImportError:  # Windows opens no file that another process writes
        return True
    try:
        fcntl.flock(file.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


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


def _sync_folder(folder: Path) -> None:
    try:
        handle = os.open(folder, os.O_RDONLY)
    except OSError:
        return
    with suppress(OSError):  # some file systems cannot
        os.fsync(handle)
    os.close(handle)


class replacing:  # noqa: N801 - reads as a statement: `with replacing(path) as out`
    """A file that is written beside its target and takes its place only when all went well.

    Links are followed. A file with several names (hard links) keeps them: its
    bytes are then written over, after a whole copy of the new ones is on the disk.
    """

    def __init__(self, target: Path | None, *, times: bool = False) -> None:
        """Write to ``target``, or to standard output where it is None; ``times`` as in :func:`put`."""
        self._times = times
        self._target = None if target is None else Path(os.path.realpath(target))
        self._file: IO[bytes] | None = None
        self._name = Path()

    def __enter__(self) -> IO[bytes]:
        if self._target is None:
            return sys.stdout.buffer
        handle, name = tempfile.mkstemp(prefix=f".{self._target.name}.", dir=self._target.parent)
        self._name = Path(name)
        self._file = os.fdopen(handle, "wb")
        return self._file

    def __exit__(self, kind: object, error: object, trace: object) -> None:
        if self._file is None or self._target is None:
            sys.stdout.flush()
            return
        try:
            if kind is None:
                self._file.flush()
                os.fsync(self._file.fileno())
        except OSError:
            self._drop()
            raise
        if kind is not None:
            self._drop()
            return
        self._file.close()
        put(self._name, self._target, times=self._times)

    def _drop(self) -> None:
        assert self._file is not None
        with suppress(OSError):  # a full disk: nothing of it is kept anyway
            self._file.close()
        self._name.unlink(missing_ok=True)


def put(new: Path, target: Path, *, times: bool = False) -> None:
    """Put a finished file in a target's place; raises OSError with the target as it was.

    With ``times`` it keeps the old one's time stamps and extended attributes, the
    times only where the size tells of the change: other programs look at both.
    """
    try:
        if target.exists() and target.stat().st_nlink > 1:
            _write_over(new, target)
            return
        take_after(new, target)
        if times:
            _keep_times(new, target)
        new.replace(target)
    except OSError:
        new.unlink(missing_ok=True)
        raise
    _sync_folder(target.parent)


def _write_over(new: Path, target: Path) -> None:
    """Copy a file's bytes over another's, so that all of the other's names show them.

    The copy keeps its name until that is done: stopped in the middle, ``.cleantext-whole``
    beside the file holds the new bytes.
    """
    whole = beside(target, "whole")
    new.replace(whole)
    with whole.open("rb") as source, target.open("r+b") as out:
        while part := source.read(1 << 20):
            out.write(part)
        out.truncate()
        out.flush()
        os.fsync(out.fileno())
    whole.unlink()
