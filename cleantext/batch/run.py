"""A job carried out: its results in order into an output, a record or the files themselves, resumable."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Protocol

import msgspec

from cleantext.batch import runrecord
from cleantext.batch.checkpoint import Checkpoint, Checkpoints
from cleantext.batch.chunks import Place, reason
from cleantext.batch.inputs import Failure, Input
from cleantext.batch.job import Job, Results, WorkerDiedError
from cleantext.batch.known import near
from cleantext.batch.overwriting import recover
from cleantext.batch.progress import Progress
from cleantext.batch.rewriting import Rewriter
from cleantext.batch.runrecord import End
from cleantext.batch.sinks import OutputError, Part
from cleantext.batch.streams import packed
from cleantext.batch.tablesink import TableSink, is_table
from cleantext.batch.tally import Tally
from cleantext.batch.targets import Targets
from cleantext.batch.work import Result

__all__ = ["Frame", "Job", "Plan", "WorkerDiedError", "carry_out"]

OnFailure = Callable[[Failure], None]


class Sink(Protocol):
    """Where bytes go."""

    @property
    def length(self) -> int:
        """Bytes written so far."""

    def write(self, data: bytes) -> None:
        """Add bytes."""

    def save(self) -> None:
        """Bring them to the disk."""

    def finish(self) -> None:
        """All is well: put the output in its place."""

    def close(self, *, discard: bool) -> None:
        """Let go."""


class Standard:
    """Standard output."""

    length = 0

    def write(self, data: bytes) -> None:
        """Print."""
        sys.stdout.buffer.write(data)
        self.length += len(data)

    def save(self) -> None:
        """Flush."""
        sys.stdout.buffer.flush()

    def finish(self) -> None:
        """Flush."""
        self.save()

    def close(self, *, discard: bool) -> None:
        """Leave it open."""


class Frame(Protocol):
    """What stands before and after the articles of an output; ``failures`` are told it where it is a list."""

    failures: list[Failure] | None

    def begin(self) -> bytes:
        """Return what comes first."""

    def end(self, tally: Tally) -> bytes:
        """Return what comes last."""


class Plan(msgspec.Struct, frozen=True):
    """Where a job's results go: an output (None: standard output, or the files themselves), and a record."""

    output: Path | None = None
    record: Path | None = None
    rewrite: bool = False
    targets: Targets | None = None
    resume: bool = False

    @property
    def anchor(self) -> Path | None:
        """The file beside which the run's progress is kept; None where it cannot be resumed."""
        return None if is_table(self.output) else self.output or self.record


def carry_out(
    job: Job,
    plan: Plan,
    frame: Frame | None,
    on_failure: OnFailure,
    *,
    progress: bool = True,
    note: Callable[[str], None],
) -> Tally:
    """Run a job and write its results; return what was counted.

    Raises OutputError where an output cannot be written and WorkerDiedError; what
    was done so far then stands beside the output, for ``resume``, and the target
    itself is as it was.
    """
    return _Carrier(job, plan, frame, on_failure, note).run(progress=progress)


class _Carrier:
    """The state of one run: outputs, record, how far it came."""

    def __init__(
        self, job: Job, plan: Plan, frame: Frame | None, on_failure: OnFailure, note: Callable[[str], None]
    ) -> None:
        self._job, self._plan, self._frame, self._fail, self._say = job, plan, frame, on_failure, note
        self._points = Checkpoints(plan.anchor, job.digest()) if plan.anchor else None
        self._tally = Tally(rules={}, editor={})
        self._parts: list[Part] = []
        point = self._last_point(note)
        lengths = list(point.lengths) if point else []
        self._output: Sink | None = None
        if plan.output is not None:
            part = self._part(plan.output, lengths.pop(0) if point else None)
            self._output = TableSink(part) if is_table(plan.output) else part
        elif not plan.rewrite:
            self._output = Standard()
        self._record = self._part(plan.record, lengths.pop(0) if point else None) if plan.record else None
        if point is not None:
            self._tally = point.tally
            if frame is not None and frame.failures is not None:
                frame.failures += point.failures
            note(f"going on after {point.tally.articles} articles")
        self._point = point
        self._run = self._run_of()

    def _part(self, target: Path, keep: int | None) -> Part:
        try:
            part = Part(target, keep=keep)
        except OutputError:
            self._close(discard=False)
            raise
        self._parts.append(part)
        return part

    def _last_point(self, note: Callable[[str], None]) -> Checkpoint | None:
        if self._points is None:
            if self._plan.resume:
                raise OutputError(
                    "--resume needs --output or --record: beside them it is kept how far a run came. "
                    "A Parquet file is written as a whole."
                )
            return None
        if not self._plan.resume:
            return None
        if "-" in self._job.paths:
            raise OutputError("a run over standard input cannot be resumed.")
        point = self._points.load()
        if point is None:
            note("no stopped run was found; starting at the beginning")
        return point

    def _run_of(self) -> runrecord.Run:
        if self._record is not None and self._point is not None:
            first = next(runrecord.read(self._record.path), None)
            if isinstance(first, runrecord.Run):
                return first
        return runrecord.new_run(self._job.command, self._job.setup.cleaner)

    def run(self, *, progress: bool) -> Tally:
        """Run the job."""
        if self._job.in_place:
            named = (item for item in self._job.inputs() if isinstance(item, Input) and item.name != "-")
            recover(near(named, len), self._say)
        results = Results(self._job, self._point)
        shown = Progress(self._job.size, log=progress, bar=None if progress else False)
        rewriter = None
        if self._plan.rewrite:
            rewriter = Rewriter(
                self._run, self._failed, self._say, targets=self._plan.targets, record=self._record
            )
            if self._point is not None:
                rewriter.resumed()
        before, touched = self._tally.changed, self._tally.touched
        done = False
        try:
            begun = self._open_outputs()
            for chunk, result in results:
                self._tally.add(result.tally)
                for failure in result.failures:
                    self._tell(failure)
                if rewriter is not None:
                    rewriter.take(chunk, result)
                    self._tally.changed = before + rewriter.changed  # not what was left as it was after all
                    self._tally.touched = list(dict.fromkeys([*touched, *rewriter.touched]))
                else:
                    self._print(result, begun)
                    if self._record is not None:
                        self._record.write(result.record)
                shown.advance(chunk.weight, self._tally)
                whole = rewriter is None or rewriter.between_files
                if self._points is not None and whole and self._points.due:
                    self._save(Place.after(chunk), results.inputs)
            if self._frame is not None and self._output is not None:
                self._write(self._frame.end(self._tally))
            if isinstance(self._output, TableSink):
                self._output.finish()
            if self._record is not None:
                self._record.write(runrecord.line(End(self._tally)))
            for part in self._parts:
                part.finish()
            if isinstance(self._output, Standard):
                self._output.finish()
            done = True
        except OSError as error:
            if isinstance(error, BrokenPipeError):
                raise
            raise OutputError(f"standard output: {reason(error)}") from None
        finally:
            shown.close()
            if rewriter is not None:
                rewriter.close()
            if self._points is not None and done:
                self._points.clear()
            keep = self._points is not None and self._points.saved and not done
            self._close(discard=not done and not keep)
        return self._tally

    def _failed(self, failure: Failure) -> None:
        self._tally.errors += 1
        self._tell(failure)

    def _tell(self, failure: Failure) -> None:
        if self._frame is not None and self._frame.failures is not None:
            self._frame.failures.append(failure)
        else:
            self._fail(failure)

    def _open_outputs(self) -> int:
        """Write what comes first; return the length of the output then."""
        first = packed(str(self._plan.output or "-"), self._frame.begin()) if self._frame else b""
        if self._point is None:
            if self._output is not None and first:
                self._output.write(first)
            if self._record is not None:
                self._record.write(runrecord.line(self._run))
        return len(first)

    def _print(self, result: Result, begun: int) -> None:
        if not result.output or self._output is None:
            return
        printer = self._job.setup.printer
        separator = printer.separator if printer and self._output.length > begun else b""
        self._write(separator + result.output)

    def _write(self, data: bytes) -> None:
        if self._output is not None and data:
            self._output.write(packed(str(self._plan.output or "-"), data))

    def _save(self, place: Place, begun: str) -> None:
        assert self._points is not None
        for part in self._parts:
            part.save()
        lengths = tuple(part.length for part in self._parts)
        failures = tuple(self._frame.failures or ()) if self._frame else ()
        self._points.save(place, begun, lengths, self._tally, failures)

    def _close(self, *, discard: bool) -> None:
        for part in self._parts:
            part.close(discard=discard)
