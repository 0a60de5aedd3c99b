"""Where results go: beside their target until all is well, then in its place."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from hashlib import blake2b
from pathlib import Path
from typing import IO

from cleantext.batch.chunks import reason
from cleantext.files import (
    LOCKS,
    Draft,
    Folder,
    HeldError,
    hold,
    is_folder,
    is_link,
    is_plain,
    is_there,
    real,
    take_after,
)
from cleantext.provenance import led_away

_LONGEST = 255
"""Bytes of a file name, on the file systems in use."""


class OutputError(ValueError):
    """An output that cannot be written, or that another run writes; the message says what to do."""


def beside(target: Path, what: str) -> Path:
    """Return the hidden name beside a target under which the next run finds what a stopped one left."""
    name = f".{target.name}.cleantext-{what}"
    if len(os.fsencode(name)) > _LONGEST:
        name = f".{blake2b(os.fsencode(target.name), digest_size=16).hexdigest()}.cleantext-{what}"
    return target.with_name(name)


def place_of(output: Path) -> Path:
    """Return where an output goes that the user named, a path without links.

    Raises OutputError where its name is a link: whoever put it there would choose what is written over. So
    does a folder on the way that is a repository's link out of it.
    """
    if is_link(output):
        check_writable(real(output))  # where it leads to no file, that is said
        raise OutputError(
            f"{output} is a link, and is not written through. Name the file itself ({real(output)}), or take it away."
        )
    if trouble := led_away(output):
        raise OutputError(trouble)
    return real(output.parent) / output.name


def check_writable(target: Path) -> None:
    """Raise OutputError where a file cannot be put there, before any work is done."""
    folder = target.parent
    if is_folder(target):
        raise OutputError(f"{target} is a directory.")
    if is_there(target) and not is_plain(target):
        raise OutputError(
            f"{target} is no plain file, and would be replaced by one. Redirect standard output to it instead."
        )
    if not is_folder(folder):
        raise OutputError(f"{target} cannot be written: there is no directory {folder}. Make it first.")
    if not os.access(folder, os.W_OK | os.X_OK):
        raise OutputError(f"{target} cannot be written: no permission to write in {folder}.")


class Part:
    """An output that grows beside its target, held by one run alone.

    Its name is fixed, for a run that resumes must find it, so it is only opened where it is a plain file
    of the user's own with that one name. The lock is on the open file, so it ends with the process however
    that ends.
    """

    def __init__(self, target: Path, *, keep: int | None = None) -> None:
        """Open the part, cut to ``keep`` bytes, or empty where None.

        Raises OutputError where another run holds it or the folder cannot be
        written to, or where less than ``keep`` bytes are there.
        """
        self.target = place_of(target)
        check_writable(self.target)
        self.path = beside(self.target, "part")
        self._folder, self._file = self._held()
        size = os.fstat(self._file.fileno()).st_size
        if keep is not None and size < keep:
            self._file.close()
            self._folder.close()
            raise OutputError(f"{self.path} is shorter than its record says. Start again without --resume.")
        self._file.truncate(keep or 0)
        self._file.seek(0, os.SEEK_END)
        self.length = keep or 0

    def _held(self) -> tuple[Folder, IO[bytes]]:
        try:
            folder = Folder(self.target.parent)
            try:
                return folder, hold(folder, self.path.name)
            except BaseException:
                folder.close()
                raise
        except HeldError:
            raise OutputError(
                f"another run is writing {self.target}. Wait until it ends, or give another --output."
            ) from None
        except OSError as error:
            raise OutputError(f"{self.target} cannot be written: {reason(error)}.") from None

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
        check_writable(self.target)  # somebody may have put something there meanwhile
        take_after(self._file, self.path, self._folder.status(self.target.name))
        if not LOCKS:
            self._file.close()  # Windows moves no open file
        self._folder.put(self.path.name, self.target.name)
        self._folder.sync()
        self._file.close()
        self._folder.close()

    def close(self, *, discard: bool) -> None:
        """Let go; the part stays for a run that resumes, or goes."""
        if self._file.closed:
            return
        if discard:
            self._folder.remove(self.path.name)
        with suppress(OSError):  # a full disk, said before
            self._file.close()
        self._folder.close()


class replacing:  # noqa: N801 - reads as a statement: `with replacing(path) as out`
    """A file that is written beside its target and takes its place only when all went well.

    Where the file has other names (hard links),
    they keep what they show. No other run can rewrite the target meanwhile.
    """

    def __init__(self, target: Path | None) -> None:
        """Write to ``target``, or to standard output where it is None."""
        self._target = None if target is None else place_of(target)
        self._draft: Draft | None = None

    def __enter__(self) -> IO[bytes]:
        """Return where to write; raises HeldError where another run writes the target, OSError."""
        if self._target is None:
            return sys.stdout.buffer
        self._draft = Draft(self._target)
        return self._draft.file

    def __exit__(self, kind: object, error: object, trace: object) -> None:
        if self._draft is None:
            sys.stdout.flush()
        elif kind is None:
            self._draft.finish()
        else:
            self._draft.drop()
