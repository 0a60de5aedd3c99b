"""`cleantext undo`: put back, byte for byte, what `fix` changed."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Annotated

import typer

from cleantext.batch import undoing
from cleantext.batch.chunks import reason
from cleantext.batch.held import Draft
from cleantext.batch.inputs import Failure, files
from cleantext.batch.undoing import CannotUndoError, Stretch
from cleantext.cli import options as o
from cleantext.cli import running as r
from cleantext.cli.app import WrongUseError, app


@app.command(
    epilog="Examples:  cleantext undo articles/    cleantext undo --record run.jsonl    "
    "cleantext undo --rule BP001 articles/"
)
def undo(
    paths: Annotated[
        list[str] | None,
        typer.Argument(metavar="PATH…", help="Files or directories that were fixed in place."),
    ] = None,
    record: Annotated[
        Path | None, typer.Option("--record", help="Put back everything that the run of this record changed.")
    ] = None,
    rule: Annotated[
        list[str] | None,
        typer.Option("--rule", help="Take back only what these rules (ids or prefixes) did in the last fix."),
    ] = None,
    text_field: o.TextField = None,
) -> None:
    """Put back, byte for byte, what the last fix changed; again for the one before it."""
    if not paths and record is None:
        raise WrongUseError("name the files to put back, or the record of a run: --record run.jsonl")
    stretches = _of_run(record, paths or []) if record is not None else _of_paths(paths or [])
    wanted = o.split(rule)
    done = failed = 0
    for item in stretches:
        if isinstance(item, Failure):
            r.tell(item)
            failed += 1
            continue
        try:
            if wanted:
                done += _take_back(item, lambda name: name.startswith(wanted), text_field or "text")
            else:
                done += undoing.put_back(item)
        except CannotUndoError as error:
            r.tell(Failure(str(item.path), None, str(error)))
            failed += 1
        except OSError as error:
            r.tell(Failure(str(item.path), None, f"not put back: {reason(error)}"))
            failed += 1
    if not done and not failed:
        sys.stderr.write(
            "Nothing to put back: no fix changed these files, or all was put back. `cleantext log` lists what was done.\n"
        )
        raise typer.Exit
    what = "edit" if wanted else "file"
    sys.stderr.write(f"{done} {what}{'s' * (done != 1)} {'taken' if wanted else 'put'} back.\n")
    raise typer.Exit(2 if failed else 0)


def _of_paths(paths: list[str]) -> Iterator[Stretch | Failure]:
    for name in files(paths):
        if isinstance(name, Failure):
            yield name
            continue
        try:
            found = undoing.last_change(Path(name))
        except CannotUndoError as error:
            yield Failure(name, None, str(error))
            continue
        except OSError as error:
            yield Failure(name, None, reason(error))
            continue
        if found is not None:
            yield found


def _of_run(record: Path, paths: list[str]) -> Iterator[Stretch | Failure]:
    from cleantext.batch.runrecord import is_record

    if not is_record(record):
        raise WrongUseError(f"{record} is not the record of a run (cleantext fix --record FILE keeps one).")
    only = {str(Path(name).resolve()) for name in files(paths) if not isinstance(name, Failure)}
    for stretch in undoing.of_record(record):
        if only and str(stretch.path.resolve()) not in only:
            continue
        if not stretch.path.exists():
            yield Failure(str(stretch.path), None, "is gone, so it cannot be put back")
        else:
            yield stretch


def _take_back(stretch: Stretch, takes_back: Callable[[str], bool], text_field: str) -> int:
    draft = Draft(Path(os.path.realpath(stretch.path)))  # from here on no other run changes the file
    try:
        data, taken = undoing.without_rules(stretch, takes_back, text_field)
        if taken:
            undoing.note_change(stretch, data)  # nothing where this is how the file was before
            draft.file.write(data)
            draft.finish(times=True)
    finally:
        draft.drop()
    return taken
