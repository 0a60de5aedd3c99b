"""One file of lines whose new form grows beside it."""

from __future__ import annotations

import hashlib
import os
import shutil
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import IO

from cleantext.batch import changes
from cleantext.batch.chunks import Chunk
from cleantext.batch.streams import Stream, packed
from cleantext.batch.work import Result


def new_beside(target: Path) -> Path:
    """Make an empty file beside a target, under a name of its own."""
    handle, name = tempfile.mkstemp(prefix=f".{target.name}.", dir=target.parent)
    os.close(handle)
    return Path(name)


class Growing:
    """A file of lines whose new form grows beside it."""

    def __init__(self, chunk: Chunk, target: Path, *, always: bool) -> None:
        """Begin with a file's first chunk; with ``always`` it is written even where nothing changes."""
        self.number, self.name, self.below, self.state = (
            chunk.number,
            chunk.names[0],
            chunk.below,
            chunk.state,
        )
        self.target = target
        self.changed = 0
        self.store: changes.Store | None = None
        self.start = 0
        self.path = Path()
        self._out: IO[bytes] | None = None
        self._source = Stream(self.name)
        self._before = hashlib.sha256()
        self._after = hashlib.sha256()
        # A packed file cannot be copied up to where it first changes, so it is packed anew from the start.
        if always or self._source.compressed:
            self._begin()

    def keep_in(self, store: changes.Store) -> None:
        """Keep what stood there in a store."""
        self.store, self.start = store, store.tell()

    def _begin(self) -> None:
        self.path = new_beside(self.target)
        self._out = self.path.open("wb")

    def _catch_up(self, offset: int) -> None:
        """Write what stands before the first change."""
        self._begin()
        with Path(self.name).open("rb") as source:
            while offset > 0 and (part := source.read(min(offset, 1 << 20))):
                self._write(part)
                offset -= len(part)

    def _write(self, data: bytes) -> None:
        assert self._out is not None
        self._out.write(data)
        self._after.update(data)

    def add(self, chunk: Chunk, result: Result) -> None:
        """Add the lines of the next chunk; raises what reading and writing raise."""
        old = self._source.lines.read(chunk.end - chunk.start)
        if not self._source.compressed:
            self._before.update(old)
        part = result.rewritten[0] if result.rewritten else None
        if part is not None and part.data is not None:
            if self._out is None:
                self._catch_up(chunk.start)
            self.changed += part.changed
            self._write(packed(self.name, part.data))
            if self.store is not None:
                self.store.write(result.record)
        elif self._out is not None:
            self._write(packed(self.name, old))

    def before(self) -> str:
        """Sum of the file as it was."""
        return changes.sum_of(Path(self.name)) if self._source.compressed else self._before.hexdigest()

    def finish(self, *, keep_original: bool) -> tuple[str, str | None]:
        """Bring the new bytes to the disk; give their sum and where the old file is kept, if it is."""
        assert self._out is not None
        self._out.flush()
        os.fsync(self._out.fileno())
        self._out.close()
        self._source.close()
        original = None
        if keep_original and self._source.compressed and self.store is not None:
            kept = self.store.folder / changes.RUNS / f"{self.before()}.original"
            if not kept.exists():
                shutil.copy2(self.name, kept)
            original = kept.name
        return self._after.hexdigest(), original

    def drop(self) -> None:
        """Leave the file as it is."""
        self._source.close()
        if self._out is not None:
            with suppress(OSError):  # a full disk: nothing of it is kept anyway
                self._out.close()
            self.path.unlink(missing_ok=True)
