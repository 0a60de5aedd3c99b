"""A corpus read once into an index: workers find the traces of articles, one process writes them."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import IO, NamedTuple

import msgspec

from cleantext.batch.chunks import BY_NAME, Chunk, State, reason
from cleantext.batch.inputchunks import chunks
from cleantext.batch.inputs import Failure, Input, Kind, inputs
from cleantext.batch.progress import Progress
from cleantext.batch.reading import Fields, decoded
from cleantext.batch.records import decode, encode
from cleantext.batch.sinks import OutputError, beside, check_writable, place_of
from cleantext.batch.tally import Tally
from cleantext.corpus import Builder, Traces, traces_of
from cleantext.files import Folder, HeldError, hold, real
from cleantext.workers import map_chunks

_SAVE_EVERY = 50  # chunks


class Indexed(NamedTuple):
    """What an index holds after a run, and how many articles were read by it."""

    articles: int
    distinct: int
    quotations: int
    read: int
    errors: int


def build(
    paths: Sequence[str],
    output: Path,
    *,
    fields: Fields,
    jobs: int = 1,
    exclude: Sequence[str] = (),
    stdin_kind: Kind | None = None,
    named_kind: Kind | None = None,
    on_failure: Callable[[Failure], None],
    progress: bool = True,
    quotations: bool = True,
) -> Indexed:
    """Read what is new or changed among the inputs into an index file; ``quotations`` take most of the time.

    A file that is in the index as it is now is not read again. Raises OutputError
    where the index cannot be written or another run is writing it, ValueError
    where it is no index.
    """
    place = place_of(output)
    check_writable(place)
    mark = beside(place, "lock").name
    with Folder(place.parent) as folder, _held(folder, mark, output):
        builder = Builder(place)
        done = False
        try:
            work = _Work(builder, fields, on_failure, quotations=quotations)
            items = work.new(inputs(paths, exclude=exclude), own=output)
            shown = Progress(lambda: _size(paths, exclude), log=progress, bar=None if progress else False)
            work.run(items, jobs, stdin_kind, named_kind, shown)
            shown.close()
            done = True
        finally:
            counts = builder.close(done=done)
        folder.remove(mark)
    return Indexed(*counts, work.tally.articles, work.tally.errors)


def _held(folder: Folder, mark: str, output: Path) -> IO[bytes]:
    try:
        return hold(folder, mark)
    except HeldError:
        raise OutputError(f"another run is writing {output}. Wait until it ends.") from None
    except OSError as error:
        raise OutputError(f"{output} cannot be written: {reason(error)}.") from None


def _size(paths: Sequence[str], exclude: Sequence[str]) -> int:
    total = 0
    for item in inputs(paths, exclude=exclude):
        if isinstance(item, Input) and item.name != "-":
            with suppress(OSError):
                total += State.of(item.name).size
    return total


class _Found(msgspec.Struct):
    """What a worker gives back for a chunk."""

    traces: list[Traces]
    failures: list[Failure]


class _Work:
    """The state of one run: which file each article belongs to."""

    def __init__(
        self, builder: Builder, fields: Fields, on_failure: Callable[[Failure], None], *, quotations: bool
    ) -> None:
        self.tally = Tally(rules={})
        self._builder, self._fields, self._fail = builder, fields, on_failure
        self._quotations = quotations
        self._numbers: dict[str, int] = {}
        self._states: dict[str, State | None] = {}

    def new(self, items: Iterable[Input | Failure], *, own: Path) -> Iterator[Input | Failure]:
        """Yield the inputs that the index does not hold as they are."""
        for item in items:
            if isinstance(item, Failure) or item.name == "-":
                yield item
                continue
            if real(item.name) == real(own):
                continue
            try:
                state = State.of(item.name)
            except OSError:
                yield item
                continue
            if not self._builder.knows(_known_as(item.name), state.size, state.changed):
                self._states[item.name] = state
                yield item

    def run(
        self,
        items: Iterator[Input | Failure],
        jobs: int,
        stdin_kind: Kind | None,
        named_kind: Kind | None,
        shown: Progress,
    ) -> None:
        heads: deque[Chunk] = deque()

        def handed() -> Iterator[list[tuple[Chunk, Fields, bool]]]:
            for chunk in chunks(
                items,
                stdin_kind=stdin_kind,
                named_kind=named_kind,
                columns=self._fields.columns,
                fields=self._fields,
            ):
                heads.append(chunk.head())
                yield [(chunk, self._fields, self._quotations)]

        results = map(_traces, handed()) if jobs <= 1 else map_chunks(_traces, handed(), jobs=jobs)
        for count, encoded in enumerate(results, 1):
            head = heads.popleft()
            self._take(head, encoded)
            shown.advance(head.weight, self.tally)
            if count % _SAVE_EVERY == 0:
                self._builder.save()

    def _take(self, head: Chunk, encoded: bytes) -> None:
        failed: set[str] = set()
        found = decode(encoded, _Found)
        for failure in found.failures:
            self.tally.errors += 1
            self._fail(failure)
            failed.add(failure.path)
        for traces in found.traces:
            self.tally.articles += 1
            self._builder.add(self._number(traces.path), traces)
        if head.last_of_file:
            for name in head.names:
                # A file that could not be read to its end is read again by the next run.
                if head.failure is None and not (head.kind in BY_NAME and name in failed):
                    self._builder.finish(self._number(name))
                self._numbers.pop(name, None)
                self._states.pop(name, None)

    def _number(self, name: str) -> int:
        if name not in self._numbers:
            state = self._states.get(name)
            self._numbers[name] = self._builder.begin(
                _known_as(name), state.size if state else 0, state.changed if state else 0
            )
        return self._numbers[name]


def _known_as(name: str) -> str:
    return name if name == "-" else os.path.abspath(name)  # noqa: PTH100 - links are kept as the user named them


def _traces(batch: Sequence[tuple[Chunk, Fields, bool]]) -> bytes:
    (chunk, fields, quotations) = batch[0]
    found = _Found([], [])
    for raw in decoded(chunk, fields):
        if isinstance(raw.item, Failure):
            found.failures.append(raw.item)
        elif raw.item is not None:
            try:
                found.traces.append(
                    traces_of(raw.item.article, raw.item.path, raw.item.line, quotations=quotations)
                )
            except Exception as error:  # noqa: BLE001 - one article must not stop a corpus
                found.failures.append(
                    Failure(raw.item.path, raw.item.line, f"{type(error).__name__}: {error}")
                )
    return encode(found)
