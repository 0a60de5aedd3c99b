"""Files rewritten one by one: in place, or under another directory."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Callable
from pathlib import Path

from cleantext.batch import changes, overwriting, runrecord
from cleantext.batch.changes import Change
from cleantext.batch.chunks import BY_NAME, CHANGED, Chunk, State, reason
from cleantext.batch.growing import Growing
from cleantext.batch.inputs import OUTSIDE, Failure, leads_out
from cleantext.batch.known import Known
from cleantext.batch.runrecord import Run
from cleantext.batch.sinks import OutputError, Part
from cleantext.batch.streams import READ_ERRORS
from cleantext.batch.tablesink import TableFile
from cleantext.batch.targets import Targets
from cleantext.batch.work import Result, Rewritten
from cleantext.files import Draft, clear_dead, open_plain, real

Report = Callable[[Failure], None]

_OUTSIDE = f"not changed: {OUTSIDE} to have it changed"

_PAGE = "a page is not rewritten: what is cleaned is the article in it. Give --output DIRECTORY/, or --format jsonl"
_TABLE = "a table of columns is not rewritten; give --output FILE.parquet, DIRECTORY/ or FILE.jsonl"


class Rewriter:
    """Takes results in order and puts finished files in their place.

    In place (``targets`` None) only files in which something changed are written,
    after what stood there is on the disk in their ``.cleantext`` folder. With
    ``targets`` every file is written to its own, and nothing is kept.
    """

    def __init__(
        self,
        run: Run,
        on_failure: Report,
        note: Callable[[str], object],
        *,
        targets: Targets | None = None,
        record: Part | None = None,
    ) -> None:
        """``record`` gets the lines of the run's record; ``note`` is told what is passed over."""
        self._run = run
        self._fail = on_failure
        self._note_once = _once(note)
        self._targets = targets
        self._record = record
        self._stores: dict[Path, changes.Store] = {}
        self._folders: dict[tuple[Path, str | None], Path] = {}
        self._cleared: set[Path] = set()
        self._before: dict[Path, dict[str, Change]] = {}
        self._open: Growing | None = None
        self._table: TableFile | None = None
        self._skipped = self._silent = -1  # numbers of files of which the rest is passed over
        self._outside = self._refused = -1
        self._run_resumed = False
        self.changed = 0
        self.touched: dict[str, None] = {}

    @property
    def between_files(self) -> bool:
        """Say whether no file is half done: a run can only be resumed here."""
        return self._open is None and self._table is None

    def take(self, chunk: Chunk, result: Result) -> None:
        """Take the result of the next chunk."""
        if chunk.kind == "pages" and self._targets is None:
            self._note(result.record)
            for name in chunk.names:
                self._fail(Failure(name, None, _PAGE))
        elif chunk.kind in BY_NAME:
            self._note(result.record)
            for part in result.rewritten:
                self._text(part, chunk.below)
        elif chunk.kind == "rows":
            self._note(result.record)
            self._rows(chunk, result)
        elif chunk.failure is not None:
            self._note(result.record)
            if self._table is not None and not chunk.first_of_file:
                self._drop_table("not written, because it could not be read to its end")
            elif self._open is not None and self._open.number == chunk.number:
                self._give_up("not changed, because it could not be read to its end")
        else:
            self._lines(chunk, result)

    def close(self) -> None:
        """Let go of everything; a file that is half done stays as it was."""
        if self._open is not None:
            self._give_up(None)
        if self._table is not None:
            self._drop_table(None)
        for store in self._stores.values():
            store.close()

    def _note(self, lines: bytes) -> None:
        if lines and self._record is not None:
            self._record.write(lines)

    def _target(self, name: str, below: str | None) -> Path:
        """Return where a file's new form goes, a path without links."""
        if self._targets is not None:
            return self._targets.made(name)
        return real(name)

    def _folder(self, real: Path, below: str | None) -> Path:
        """Return the ``.cleantext`` that keeps the changes of a file, looked for once for all files of a folder."""
        key = real.parent, below
        if key not in self._folders:
            self._folders[key] = changes.folder_for(real, below, note=self._note_once)
        return self._folders[key]

    def _store(self, real: Path, below: str | None) -> changes.Store:
        folder = self._folder(real, below)
        if folder not in self._stores:
            self._stores[folder] = changes.Store(folder, self._run)
        return self._stores[folder]

    def _clear(self, folder: Path) -> None:
        if folder not in self._cleared:
            self._cleared.add(folder)
            clear_dead(folder)

    def _done(self, name: str, below: str | None, changed: int) -> None:
        self.changed += changed
        if changed:
            self.touched[name if below is None else below] = None

    def _text(self, part: Rewritten, below: str | None) -> None:
        in_place = self._targets is None
        try:
            target = self._target(part.name, below)
            if in_place:
                self._clear(target.parent)
            if part.data is None and in_place:
                self._note(self._done_before(target, part.before, below) or part.record)
                return
            if in_place and leads_out(target, part.name, below):
                self._fail(Failure(part.name, None, _OUTSIDE))
                return
            draft = Draft(target)
            try:
                # Looked at only now that no other run can write it.
                if part.state is None or self._state(part.name, draft) != part.state:
                    self._fail(Failure(part.name, None, f"{CHANGED}; left as it is"))
                    return
                if part.data is None:
                    with open_plain(part.name) as source:
                        shutil.copyfileobj(source, draft.file)
                else:
                    draft.file.write(part.data)
                draft.save()
                if part.data is None:
                    self._note(part.record)
                else:
                    after = hashlib.sha256(part.data).hexdigest()
                    kept = None
                    if part.whole and in_place:
                        kept = self._store(target, below).keep(draft.old(), part.before)
                    self._commit(part.name, target, below, part.record, part.before, after, kept)
                if in_place:
                    overwriting.finish(draft, self._folder(target, below))
                else:
                    draft.finish()
            finally:
                draft.drop()
        except OSError as error:
            self._fail(Failure(part.name, None, f"not changed: {reason(error)}"))
            return
        self._done(part.name, below, part.changed)

    def _state(self, name: str, draft: Draft) -> State | None:
        """Say how a file is now: of the very file that is locked, where it is rewritten itself."""
        if self._targets is not None:
            return State.of(name)
        status = draft.status()
        return State.of_status(status) if status is not None else None

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
        if self._targets is None:
            store = self._store(path, below)
            start = store.tell()
            store.write(lines)
            store.save()
            store.index(path, start, before, after, ())
        self._note(lines)

    def _done_before(self, real: Path, now: str | None, below: str | None) -> bytes:
        """Return the record's lines of a file that this very run had rewritten before it was stopped."""
        if self._record is None or not self._run_resumed:
            return b""
        folder = self._folder(real, below)
        if folder not in self._before:
            self._before[folder] = Known([folder], self._note_once).of_run(self._run.id)
        change = self._before[folder].get(str(real))
        if change is None or change.after != (now or changes.sum_of(real)):
            return b""
        with changes.open_kept(folder / changes.RUNS / change.record) as file:
            file.seek(change.start)
            return file.read(change.end - change.start)

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
        in_place = self._targets is None
        place = (
            real(name) if chunk.first_of_file and in_place else None
        )  # looked up once: links may be swapped
        if place is not None and leads_out(place, name, chunk.below):
            self._outside = chunk.number
        if chunk.number == self._outside:
            self._note(result.record)
            if chunk.number != self._refused and result.rewritten and result.rewritten[0].data is not None:
                self._refused = chunk.number
                self._fail(Failure(name, None, _OUTSIDE))
            return
        try:
            if chunk.first_of_file:
                target = place or self._target(name, chunk.below)
                if in_place:
                    self._clear(target.parent)
                done = self._done_before(target, None, chunk.below)
                if done:
                    self._note(done)
                    self._skipped = -1 if chunk.last_of_file else chunk.number
                    self._silent = self._skipped
                    return
                self._open = Growing(chunk, target, in_place=in_place)
            growing = self._open
            if growing is None:
                return
            if in_place and growing.store is None and result.rewritten[0].data is not None:
                growing.keep_in(self._store(growing.target, chunk.below))
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
        in_place = self._targets is None
        try:
            if not growing.changed and in_place:
                growing.drop()
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
                growing.store.index(growing.target, growing.start, before, after, ())
            if growing.changed:
                self._note(line)
            growing.finish()
        except OSError as error:
            growing.drop()
            self._fail(Failure(name, None, f"not changed: {reason(error)}"))
            return
        self._done(name, growing.below, growing.changed)

    def _rows(self, chunk: Chunk, result: Result) -> None:
        """Write a table of columns to its place under another directory."""
        name = chunk.names[0]
        if self._targets is None:
            if chunk.first_of_file:
                self._fail(Failure(name, None, _TABLE))
            return
        try:
            if chunk.first_of_file:
                self._table = TableFile(name, self._targets.made(name))
            table = self._table
            if table is None:
                return
            part = result.rewritten[0]
            table.add(part.data or b"", part.changed)
            if chunk.last_of_file:
                self._table = None
                table.finish()
                self._done(name, chunk.below, table.changed)
        except (OSError, OutputError) as error:
            self._drop_table(f"not written: {reason(error)}", name)

    def _drop_table(self, why: str | None, name: str = "") -> None:
        table, self._table = self._table, None
        if table is not None:
            table.drop()
        if why is not None:
            self._fail(Failure(table.name if table is not None else name, None, why))

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


def _once(note: Callable[[str], object]) -> Callable[[str], object]:
    """Return what passes each line on once."""
    said: set[str] = set()

    def say(text: str) -> None:
        if text not in said:
            said.add(text)
            note(text)

    return say
