"""How far a run came, so that it can go on there."""

from __future__ import annotations

import time
from pathlib import Path

import msgspec

from cleantext.batch.chunks import Place
from cleantext.batch.inputs import Failure
from cleantext.batch.records import decode, encode
from cleantext.batch.sinks import OutputError, beside
from cleantext.batch.tally import Tally
from cleantext.files import Folder, UnsafeError, clear_dead, real, write

EVERY = 0.5
"""Seconds between two looks at whether to save: more work is never lost."""


class Checkpoint(msgspec.Struct, frozen=True):
    """Everything up to ``place`` is done, and the first ``lengths`` bytes of each output hold it.

    ``job`` is a hash of what was asked: rules, inputs' names, options. ``inputs``
    is a sum over the inputs that were begun.
    """

    job: str
    place: Place
    inputs: str
    lengths: tuple[int, ...]
    tally: Tally
    failures: tuple[Failure, ...] = ()


class Checkpoints:
    """The checkpoint of one run, in a file beside its output."""

    def __init__(self, target: Path, job: str) -> None:
        """Keep checkpoints beside ``target``."""
        self._path = beside(real(target), "progress")
        self._job = job
        self._last = time.monotonic()
        self.saved = False

    def load(self) -> Checkpoint | None:
        """Return the last checkpoint; None where there is none. Raises OutputError for one of another job."""
        try:
            with Folder(self._path.parent) as folder:
                if folder.status(self._path.name) is None:
                    return None
                with folder.claim(self._path.name) as file:
                    found = decode(file.read(), Checkpoint)
        except FileNotFoundError:
            return None
        except UnsafeError as error:
            raise OutputError(f"{error.strerror}. Start again without --resume.") from None
        except (OSError, msgspec.DecodeError, ValueError):
            raise OutputError(f"{self._path} cannot be read. Start again without --resume.") from None
        if found.job != self._job:
            raise OutputError(
                "the stopped run was another one: other inputs, rules or options. "
                "Give the same ones, or start again without --resume."
            )
        self.saved = True
        return found

    @property
    def due(self) -> bool:
        """Say whether it is time to save."""
        return time.monotonic() - self._last >= EVERY

    def save(
        self,
        place: Place,
        inputs: str,
        lengths: tuple[int, ...],
        tally: Tally,
        failures: tuple[Failure, ...] = (),
    ) -> None:
        """Save; the outputs must be on the disk already."""
        data = encode(Checkpoint(self._job, place, inputs, lengths, tally, failures))
        try:
            write(self._path, data, private=True)
        except OSError as error:
            raise OutputError(f"{self._path}: {error.strerror or error}") from None
        self.saved = True
        self._last = time.monotonic()

    def clear(self) -> None:
        """The run is done: forget it, and what one that was killed while it saved left beside it."""
        with Folder(self._path.parent) as folder:
            folder.remove(self._path.name)
        clear_dead(self._path.parent)
