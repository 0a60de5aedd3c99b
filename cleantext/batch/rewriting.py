"""Files rewritten one by one: in place, or under another directory."""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Callable
from pathlib import Path

from cleantext.batch import changes, runrecord
from cleantext.batch.chunks import CHANGED, Chunk, State, reason
from cleantext.batch.growing import Growing
from cleantext.batch.held import Draft, clear_dead
from cleantext.batch.inputs import Failure
from cleantext.batch.runrecord import Run
from cleantext.batch.sinks import Part
from cleantext.batch.streams import READ_ERRORS
from cleantext.batch.work import Result, Rewritten

Report = Callable[[Failure], None]

_OUTSIDE = "not changed: a link that leads out of the directory; name the file itself to have it changed"


class Rewriter:
    """Takes results in order and puts finished files in their place.

    In place (``folder`` None) only files in which something changed are written,
    after what stood there is on the disk in their ``.cleantext`` folder. With a
    ``folder`` every file is written below it, and nothing is kept.
    """

    def __init__(
        self, run: Run, on_failure: Report, *, folder: Path | None = None, record: Part | None = None
    ) -> None:
        """``record`` gets the lines of the run's record."""
        self._run = run
        self._fail = on_failure
        self._folder = folder
        self._record = record
        self._stores: dict[Path, changes.Store] = {}
        self._open: Growing | None = None
        self._skipped = self._silent = -1  # numbers of files of which the rest is passed over
        self._outside = self._refused = -1
        self._run_resumed = False
        self.changed = 0

    @property
    def between_files(self) -> bool:
        """Say whether no file is half done: a run can only be resumed here."""
        return self._open is None

    def take(self, chunk: Chunk, result: Result) -> None:
        """Take the result of the next chunk."""
        if chunk.kind == "text":
            self._note(result.record)
            for part in result.rewritten:
                self._text(part, chunk.below)
        elif chunk.kind == "rows":
            self._note(result.record)
            if chunk.first_of_file:
                self._fail(
                    Failure(chunk.names[0], None, "a Parquet file is not rewritten; give --output FILE.jsonl")
                )
        elif chunk.failure is not None:
            self._note(result.record)
            if self._open is not None and self._open.number == chunk.number:
                self._give_up("not changed, because it could not be read to its end")
        else:
            self._lines(chunk, result)

    def close(self) -> None:
        """Let go of everything; a file that is half done stays as it was."""
        if self._open is not None:
            self._give_up(None)
        for store in self._stores.values():
            store.close()

    def _note(self, lines: bytes) -> None:
        if lines and self._record is not None:
            self._record.write(lines)

    def _target(self, name: str, below: str | None) -> Path:
        if self._folder is None:
            return Path(os.path.realpath(name))
        inside = Path(name).relative_to(below) if below is not None else Path(Path(name).name)
        target = self._folder / inside
        target.parent.mkdir(parents=True, exist_ok=True)
        return target

    def _store(self, path: Path, below: str | None) -> changes.Store:
        folder = changes.folder_for(path, below)
        if folder not in self._stores:
            self._stores[folder] = changes.Store(folder, self._run)
        return self._stores[folder]

    def _text(self, part: Rewritten, below: str | None) -> None:
        path = Path(part.name)
        try:
            if part.data is None and self._folder is None:
                clear_dead(self._target(part.name, below))
                self._note(self._done_before(path, part.before, below) or part.record)
                return
            if self._leads_out(part.name, below):
                self._fail(Failure(part.name, None, _OUTSIDE))
                return
            target = self._target(part.name, below)
            draft = Draft(target)
            try:
                # Looked at only now that no other run can write it.
                if part.state is None or State.of(part.name) != part.state:
                    self._fail(Failure(part.name, None, f"{CHANGED}; left as it is"))
                    return
                if part.data is None:
                    with path.open("rb") as source:
                        shutil.copyfileobj(source, draft.file)
                else:
                    draft.file.write(part.data)
                draft.save()
                if part.data is None:
                    self._note(part.record)
                else:
                    after = hashlib.sha256(part.data).hexdigest()
                    self._commit(part.name, path, below, part.record, part.before, after)
                draft.finish(times=self._folder is None)
            finally:
                draft.drop()
        except OSError as error:
            self._fail(Failure(part.name, None, f"not changed: {reason(error)}"))
            return
        self.changed += part.changed

    def _commit(
        self,
        shown: str,
        path: Path,
        below: str | None,
        lines: bytes,
        before: str,
        after: str,
        original: str | None = None,
    ) -> None:
        """Write down what is about to happen to a file."""
        lines += runrecord.line(runrecord.File(shown, before, after, original))
        if self._folder is None:
            store = self._store(path, below)
            start = store.tell()
            store.write(lines)
            store.save()
            store.index(path, start, before, after, ())
        self._note(lines)

    def _done_before(self, path: Path, now: str | None, below: str | None) -> bytes:
        """Give the record's lines of a file that this very run had rewritten before it was stopped."""
        if self._record is None or not self._run_resumed:
            return b""
        folder = changes.folder_for(path, below)
        for change in changes.changes(path, folder):
            if change.run == self._run.id and change.after == (now or changes.sum_of(path)):
                with (folder / changes.RUNS / change.record).open("rb") as file:
                    file.seek(change.start)
                    return file.read(change.end - change.start)
        return b""

    def _leads_out(self, name: str, below: str | None) -> bool:
        """Say whether a file that was found in a directory is a link to one elsewhere."""
        if self._folder is not None or below is None:
            return False
        return not Path(os.path.realpath(name)).is_relative_to(os.path.realpath(below))

    def resumed(self) -> None:
        """Say that this run goes on with a stopped one."""
        self._run_resumed = True

    def _lines(self, chunk: Chunk, result: Result) -> None:
        if chunk.number == self._silent:
            return
        if chunk.number == self._skipped:
            self._note(result.record)
            return
        name = chunk.names[0]
        if chunk.first_of_file and self._leads_out(name, chunk.below):
            self._outside = chunk.number
        if chunk.number == self._outside:
            self._note(result.record)
            if chunk.number != self._refused and result.rewritten and result.rewritten[0].data is not None:
                self._refused = chunk.number
                self._fail(Failure(name, None, _OUTSIDE))
            return
        try:
            if chunk.first_of_file:
                done = self._done_before(Path(name), None, chunk.below)
                if done:
                    self._note(done)
                    self._skipped = -1 if chunk.last_of_file else chunk.number
                    self._silent = self._skipped
                    return
                self._open = Growing(chunk, self._target(name, chunk.below), always=self._folder is not None)
            growing = self._open
            if growing is None:
                return
            if self._folder is None and growing.store is None and result.rewritten[0].data is not None:
                growing.keep_in(self._store(Path(name), chunk.below))
            growing.add(chunk, result)
            self._note(result.record)
            if chunk.last_of_file:
                self._finish_lines(growing)
        except READ_ERRORS as error:
            self._skipped = chunk.number
            why = f"not changed: {reason(error)}"
            if self._open is None:
                self._fail(Failure(name, None, why))
            self._give_up(why)

    def _finish_lines(self, growing: Growing) -> None:
        self._open = None
        name = growing.name
        in_place = self._folder is None
        try:
            if not growing.changed and in_place:
                growing.drop()
                clear_dead(growing.target)
                return
            growing.save()
            after, before = growing.after(), growing.before()
            original = growing.keep_original() if in_place else None
            # Looked at last, after all of the file was read; no other run can write it meanwhile.
            if growing.overtaken():
                growing.drop()
                self._fail(Failure(name, None, f"{CHANGED}; left as it is"))
                return
            line = runrecord.line(runrecord.File(name, before, after, original))
            if growing.store is not None:
                growing.store.write(line)
                growing.store.save()
                growing.store.index(Path(name), growing.start, before, after, ())
            if growing.changed:
                self._note(line)
            growing.finish(times=in_place)
        except OSError as error:
            growing.drop()
            self._fail(Failure(name, None, f"not changed: {reason(error)}"))
            return
        self.changed += growing.changed

    def _give_up(self, why: str | None) -> None:
        growing, self._open = self._open, None
        if growing is None:
            return
        growing.drop()
        line = runrecord.line(runrecord.File(growing.name, "", "", done=False))
        if growing.store is not None:
            growing.store.write(line)
        self._note(line)
        if why:
            self._fail(Failure(growing.name, None, why))
