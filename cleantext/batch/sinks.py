"""Where results go: beside their target until all is well, then in its place."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from pathlib import Path
from typing import IO

from cleantext.batch.chunks import reason
from cleantext.batch.held import Draft, HeldError, beside, held, sync_folder, take_after


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
        try:
            return held(self.path)
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
        take_after(self.path, self.target)
        self.path.replace(self.target)
        sync_folder(self.target.parent)
        self._file.close()

    def close(self, *, discard: bool) -> None:
        """Let go; the part stays for a run that resumes, or goes."""
        if discard:
            self.path.unlink(missing_ok=True)
        with suppress(OSError):  # a full disk, said before
            self._file.close()


class replacing:  # noqa: N801 - reads as a statement: `with replacing(path) as out`
    """A file that is written beside its target and takes its place only when all went well.

    Links are followed. A file with several names (hard links) keeps them: its
    bytes are then written over, after a whole copy of the new ones is on the disk.
    No other run can rewrite the target meanwhile.
    """

    def __init__(self, target: Path | None, *, times: bool = False) -> None:
        """Write to ``target``, or to standard output where it is None; ``times`` as in :func:`held.put`."""
        self._times = times
        self._target = None if target is None else Path(os.path.realpath(target))
        self._draft: Draft | None = None

    def __enter__(self) -> IO[bytes]:
        """Give where to write; raises HeldError where another run writes the target, OSError."""
        if self._target is None:
            return sys.stdout.buffer
        self._draft = Draft(self._target)
        return self._draft.file

    def __exit__(self, kind: object, error: object, trace: object) -> None:
        if self._draft is None:
            sys.stdout.flush()
        elif kind is None:
            self._draft.finish(times=self._times)
        else:
            self._draft.drop()
