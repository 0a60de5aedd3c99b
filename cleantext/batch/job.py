"""What to run over which inputs, and its chunks with their results, in order, from any place on."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Sequence
from hashlib import blake2b
from pathlib import Path

import msgspec

from cleantext.batch import runrecord, work
from cleantext.batch.checkpoint import Checkpoint
from cleantext.batch.chunks import BY_NAME, Chunk, Passed, Place, State
from cleantext.batch.inputchunks import chunks
from cleantext.batch.inputs import Failure, Input, Kind, inputs, kind_of
from cleantext.batch.records import encode
from cleantext.batch.sinks import OutputError
from cleantext.batch.work import Result, Setup, Worker
from cleantext.files import real
from cleantext.workers import map_chunks


class Job(msgspec.Struct, frozen=True):
    """What to run over which inputs."""

    command: str
    setup: Setup
    paths: Sequence[str]
    exclude: Sequence[str] = ()
    force_exclude: bool = False
    stdin_kind: Kind | None = None
    named_kind: Kind | None = None
    jobs: int = 1
    in_place: bool = False
    skip: Sequence[str] = ()
    """Files that are never read: the run's own outputs."""
    apart: str | None = None
    """A directory of outputs: nothing below it is read where it was only found, not named."""

    def inputs(self) -> Iterator[Input | Failure]:
        """Yield the inputs."""
        own = {str(real(name)) for name in self.skip}
        apart = real(self.apart) if self.apart is not None else None
        for item in inputs(
            self.paths, exclude=self.exclude, force_exclude=self.force_exclude, once=self.in_place
        ):
            if apart is not None and isinstance(item, Input) and item.below is not None:
                top = real(item.below)
                if top != apart and apart.is_relative_to(top) and real(item.name).is_relative_to(apart):
                    continue
            if (
                self.in_place
                and isinstance(item, Input)
                and item.below is not None
                and kind_of(Path(item.name)) == "html"
            ):
                continue  # a page has no cleaned form of its own
            if self.setup.elsewhere and isinstance(item, Input):
                named = item.below is None and not self.force_exclude
                if not named and self.setup.excludes(item.name):
                    continue
            if own and isinstance(item, Input) and item.name != "-" and str(real(item.name)) in own:
                continue
            yield item

    def size(self) -> int:
        """Return the bytes of all inputs."""
        total = 0
        for item in self.inputs():
            if isinstance(item, Input) and item.name != "-":
                try:
                    total += State.of(item.name).size
                except OSError:
                    continue
        return total

    def digest(self) -> str:
        """Hash what was asked: a stopped run is resumed only where all of it is the same."""
        asked = (
            self.command,
            _asked(self.setup),
            [(folder, _asked(setup)) for folder, setup in sorted(self.setup.elsewhere.items())],
            list(self.paths),
            list(self.exclude),
            self.stdin_kind,
            self.named_kind,
        )
        return blake2b(encode(asked), digest_size=16).hexdigest()


def _asked(setup: Setup) -> tuple[object, ...]:
    """Return what a set-up asks for, as far as it decides about results."""
    return (
        runrecord.rules_digest(setup.cleaner),
        setup.fields,
        setup.apply,
        setup.min_confidence,
        setup.cleaner.min_confidence,
        setup.record,
        setup.as_read,
        setup.scope.per_file,
        sorted(map(str, setup.scope.baseline.items())),
        sorted((setup.scope.changed or {}).items()),
        setup.exclude,
        type(setup.printer).__name__,
    )


class WorkerDiedError(RuntimeError):
    """A worker process ended by itself: killed, or out of memory."""


class Results:
    """The chunks of a job with their results, in order; ``inputs`` sums the inputs that were begun."""

    def __init__(self, job: Job, checkpoint: Checkpoint | None = None) -> None:
        """Begin at the start, or at a checkpoint; raises OutputError where the inputs are not as they were."""
        self._job = job
        self._passed = Passed(names_only=job.in_place)
        self._sums: dict[int, str] = {}
        self.inputs = ""
        self._heads: deque[Chunk] = deque()
        self._place = checkpoint.place if checkpoint else Place()
        self._items = self._begin(checkpoint)

    def _begin(self, checkpoint: Checkpoint | None) -> Iterator[Input | Failure]:
        items = self._job.inputs()
        if checkpoint is None:
            return self._noted(items, 0)
        place = checkpoint.place
        digest = ""
        for _ in range(place.number):
            item = next(items, None)
            if item is None:
                break
            digest = self._passed.add(item)
        rest: Iterator[Input | Failure] = self._noted(items, place.number)
        if place.offset:
            first = next(rest, None)
            digest = self._sums.get(place.number, "")
            rest = _with_first(first, rest)
        if digest != checkpoint.inputs:
            raise OutputError(
                "the inputs are not those of the stopped run: one of them was changed, added or taken away. "
                "Start again without --resume."
            )
        self.inputs = digest
        return rest

    def _noted(self, items: Iterator[Input | Failure], number: int) -> Iterator[Input | Failure]:
        for item in items:
            self._sums[number] = self._passed.add(item)
            yield item
            number += 1

    def _chunks(self) -> Iterator[list[Chunk]]:
        setup = self._job.setup
        all_columns = setup.task == "fix"
        for chunk in chunks(
            self._items,
            stdin_kind=self._job.stdin_kind,
            named_kind=self._job.named_kind,
            columns=None if all_columns else setup.fields.columns,
            fields=setup.fields,
            fields_of=(lambda name: setup.of(name).fields) if setup.elsewhere else None,
            place=self._place,
        ):
            self._heads.append(chunk.head())
            yield [chunk]

    def __iter__(self) -> Iterator[tuple[Chunk, Result]]:
        """Yield each chunk's head and its result; raises WorkerDiedError."""
        for result in self._worked():
            head = self._heads.popleft()
            begun = head.number + len(head.names) - 1 if head.kind in BY_NAME else head.number
            self.inputs = self._sums.get(begun, self.inputs)
            for number in [n for n in self._sums if n < begun]:
                del self._sums[number]
            yield head, result

    def _worked(self) -> Iterator[Result]:
        if self._job.jobs <= 1:
            for part in self._chunks():
                yield Worker(self._job.setup).result(part[0])
            return
        from concurrent.futures.process import BrokenProcessPool

        setup, missing = work.shared(self._job.setup)
        try:
            for result in map_chunks(
                work.work,
                self._chunks(),
                jobs=self._job.jobs,
                initializer=work.start,
                initargs=(setup,),
                may_fork=work.may_fork(setup),
            ):
                yield work.with_missing(setup, result, missing)
                missing = ()
        except BrokenProcessPool:
            raise WorkerDiedError(
                "a worker process was ended from outside (out of memory?). Nothing is half written. "
                "Give fewer --jobs, or --resume to go on where the run stopped."
            ) from None


def _with_first(first: Input | Failure | None, rest: Iterator[Input | Failure]) -> Iterator[Input | Failure]:
    if first is not None:
        yield first
    yield from rest
