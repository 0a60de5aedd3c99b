"""One file of lines whose new form grows beside it."""

from __future__ import annotations

import hashlib
from pathlib import Path

from cleantext.batch import changes, overwriting
from cleantext.batch.chunks import Chunk, State
from cleantext.batch.streams import Stream, packed
from cleantext.batch.work import Result
from cleantext.files import Draft


class Growing:
    """A file of lines whose new form grows beside it."""

    def __init__(self, chunk: Chunk, target: Path, *, in_place: bool) -> None:
        """Begin with a file's first chunk; what is not ``in_place`` is written even where nothing changes."""
        self.number, self.name, self.below, self.state = (
            chunk.number,
            chunk.names[0],
            chunk.below,
            chunk.state,
        )
        self.target = target
        self._in_place = in_place
        self.changed = 0
        self.store: changes.Store | None = None
        self.start = 0
        self._draft: Draft | None = None
        self._source = Stream(self.name, chunk.encoding)
        self._before = hashlib.sha256()
        self._after = hashlib.sha256()
        self._sum = ""
        # A packed file cannot be copied up to where it first changes, so it is packed anew from the start.
        if not in_place or self._source.compressed:
            try:
                self._begin()
            except OSError:
                self._source.close()
                raise

    def keep_in(self, store: changes.Store) -> None:
        """Keep what stood there in a store."""
        self.store, self.start = store, store.tell()

    def _begin(self) -> None:
        self._draft = Draft(self.target)

    def _catch_up(self, offset: int) -> None:
        """Write what stands before the first change."""
        self._begin()
        source = self._source.raw
        place = source.tell()
        source.seek(0)
        while offset > 0 and (part := source.read(min(offset, 1 << 20))):
            self._write(part)
            offset -= len(part)
        source.seek(place)

    def _write(self, data: bytes) -> None:
        assert self._draft is not None
        self._draft.file.write(data)
        self._after.update(data)

    def add(self, chunk: Chunk, result: Result) -> None:
        """Add the lines of the next chunk; raises what reading and writing raise."""
        old = self._source.lines.read(chunk.end - chunk.start)
        if not self._source.compressed:
            self._before.update(old)
        part = result.rewritten[0] if result.rewritten else None
        if part is not None and part.data is not None:
            if self._draft is None:
                self._catch_up(chunk.start)
            self.changed += part.changed
            self._write(packed(self.name, part.data, self._source.encoding))
            if self.store is not None:
                self.store.write(result.record)
        elif self._draft is not None:
            self._write(packed(self.name, old, self._source.encoding))

    def before(self) -> str:
        """Sum of the file as it was read: of the one that was opened, should its name now be another's."""
        if self._source.compressed and not self._sum:
            self._source.raw.seek(0)
            total = hashlib.sha256()
            while part := self._source.raw.read(1 << 20):
                total.update(part)
            self._sum = total.hexdigest()
        return self._sum or self._before.hexdigest()

    def after(self) -> str:
        """Sum of the new bytes."""
        return self._after.hexdigest()

    def save(self) -> None:
        """Bring the new bytes to the disk."""
        assert self._draft is not None
        self._draft.save()

    def keep_original(self) -> str | None:
        """Keep the old file whole, where it is packed; return the name that it has there."""
        if not self._source.compressed or self.store is None:
            return None
        self._source.raw.seek(0)
        return self.store.keep(self._source.raw, self.before())

    def overtaken(self) -> bool:
        """Say whether another program wrote the file since it was first looked at."""
        if self.state is None:
            return False
        if not self._in_place or self._draft is None:
            return State.of(self.name) != self.state
        status = self._draft.status()  # of the very file that is locked
        return status is None or State.of_status(status) != self.state

    def finish(self) -> None:
        """Put the new form in the file's place; raises OSError with the file as it was."""
        assert self._draft is not None
        self._source.close()
        if self.store is not None:
            overwriting.finish(self._draft, self.store.folder)
        else:
            self._draft.finish()

    def drop(self) -> None:
        """Leave the file as it is."""
        self._source.close()
        if self._draft is not None:
            self._draft.drop()
