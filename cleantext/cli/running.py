"""What the commands that run over a corpus share: options, the cleaner with its index, decisions, messages."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from cleantext.batch.checkpoint import Checkpoints
from cleantext.batch.inputs import Failure, inputs, is_own_output, kind_of
from cleantext.batch.run import Frame, Job, Plan, WorkerDiedError, carry_out
from cleantext.batch.tally import Tally
from cleantext.cleaner import Cleaner
from cleantext.cli import options as o
from cleantext.cli.app import WrongUseError
from cleantext.configuration import Configuration
from cleantext.files import is_folder, is_plain, is_same, is_there, real
from cleantext.printable import visible

Record = Annotated[
    Path | None,
    typer.Option("--record", help="Keep a record of the run here, for undo, report and compare."),
]
Resume = Annotated[
    bool,
    typer.Option("--resume", help="Go on where a stopped run with the same --output or --record left off."),
]
ForceExclude = Annotated[
    bool, typer.Option("--force-exclude", help="Exclude files that are named one by one, too (for hooks).")
]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="Show no progress.")]


def cleaner_with_index(chosen: Configuration, index: Path | None = None) -> Cleaner:
    """Make the cleaner, with the corpus index that the command line or the configuration names."""
    path = index or (Path(chosen.index) if chosen.index else None)
    if path is None:
        return o.cleaner_for(chosen)
    from cleantext.corpus import CorpusIndex

    return o.cleaner_for(chosen, CorpusIndex(path))


def tell(failure: Failure) -> None:
    """Print an error as one line on standard error."""
    sys.stderr.write(f"{visible(failure.place)}: {visible(failure.error)}\n")


_ALIKE = 1000
"""Kinds of errors that are kept in mind; one beyond them is said each time."""


class Told:
    """Errors on standard error: the first of those of one file that are alike at once, how many there were at the end."""

    def __init__(self) -> None:
        """Begin with none."""
        self._counts: dict[tuple[str, str], int] = {}
        self._first: dict[tuple[str, str], int | None] = {}

    def tell(self, failure: Failure) -> None:
        """Print an error, or count it."""
        key = failure.path, failure.error
        if key in self._counts:
            self._counts[key] += 1
            return
        if len(self._counts) < _ALIKE:
            self._counts[key], self._first[key] = 1, failure.line
        tell(failure)

    def end(self) -> None:
        """Say how many were alike."""
        for (path, error), count in self._counts.items():
            if count > 1:
                where = f", the first in line {line}" if (line := self._first[path, error]) else ""
                sys.stderr.write(f"{visible(path)}: {count:,} such records{where}: {visible(error)}\n")


def run(job: Job, plan: Plan, frame: Frame | None, *, quiet: bool = False) -> Tally:
    """Carry a job out; raises WrongUseError with what to do where it cannot be."""
    told = Told()
    try:
        return carry_out(
            job,
            plan,
            frame,
            told.tell,
            progress=not quiet,
            note=lambda text: None if quiet else print(f"cleantext: {text}", file=sys.stderr),
        )
    except KeyboardInterrupt:
        if plan.anchor is not None and "-" not in job.paths:
            kept = Checkpoints(plan.anchor, job.digest()).load() is not None
            note = (
                "The same command with --resume goes on where it stopped."
                if kept
                else "It was stopped too early for --resume to have anything to go on with."
            )
            sys.stderr.write(f"cleantext: {note}\n")
        raise
    except WorkerDiedError as error:
        raise WrongUseError(str(error)) from None
    finally:
        told.end()


def own_files(*paths: Path | None) -> tuple[str, ...]:
    """Return the outputs of a run, which it must not read."""
    return tuple(str(path) for path in paths if path is not None)


def must_be_there(paths: Sequence[str], exclude: Sequence[str] = ()) -> None:
    """Raise WrongUseError where a path means no file, or no articles, before an output is made of what the others hold."""
    for path in paths:
        if is_plain(path) and is_own_output(path):
            raise WrongUseError(
                f"{path} is something that cleantext wrote, and holds no articles. Name the articles; or keep the "
                "record of a run and report on it:  cleantext check --record run.jsonl PATH"
            )
        first = next(inputs([path], exclude=exclude), None)
        if isinstance(first, Failure):
            raise WrongUseError(f"{first.path}: {first.error}")


def must_not_be_input(
    paths: Sequence[str], output: Path | None, instead: str = "Give another place."
) -> None:
    """Raise WrongUseError where an output is one of the files to read, named or found in a directory.

    ``instead`` says what to do. One that an earlier run wrote there, findings or the record of a run, is written anew and not read.
    """
    if output is None or not is_there(output):
        return
    for name in paths:
        if name == "-" or not is_there(name):
            continue
        if is_plain(name) and is_same(output, name):
            raise WrongUseError(f"{output} is also an input. {instead}")
        if is_folder(name) and _is_found(output, Path(name)) and not _is_own(output):
            raise WrongUseError(
                f"{output} is also an input, found in {name}, and would be written over. "
                "Give another place, outside of it."
            )


def _is_found(file: Path, folder: Path) -> bool:
    there, top = real(file), real(folder)
    if not there.is_relative_to(top) or kind_of(there) is None:
        return False
    return not any(part.startswith(".") for part in there.relative_to(top).parts)


def _is_own(file: Path) -> bool:
    """Say whether nothing is lost with a file: cleantext wrote it, or it is empty, as that of a run without findings."""
    return is_own_output(str(file)) or file.stat().st_size == 0
