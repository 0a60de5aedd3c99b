"""`cleantext undo`: put back, byte for byte, what `fix` changed."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from cleantext.batch import changes, overwriting, undoing
from cleantext.batch.inputs import OUTSIDE, Failure, Input, inputs, leads_out
from cleantext.batch.known import Known, Note, near
from cleantext.batch.undoing import CannotUndoError, Moved, Named, Stretch
from cleantext.cli import options as o
from cleantext.cli import running as r
from cleantext.cli.app import WrongUseError, app
from cleantext.files import clear_dead, is_there, real
from cleantext.printable import visible


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
        typer.Option(
            "--rule", help="Take back only what these rules (ids or prefixes) did, in every fix that stands."
        ),
    ] = None,
    text_field: o.TextField = None,
) -> None:
    """Put back, byte for byte, what the last fix changed; again for the one before it."""
    if not paths and record is None:
        raise WrongUseError("name the files to put back, or the record of a run: --record run.jsonl")
    items = list(inputs(paths or [], once=True))
    notes = _Notes()
    found = of_run(record, items, notes) if record is not None else _of_paths(items, notes)
    wanted = o.split(rule)
    if wanted and text_field is None:
        text_field = o.fields(o.configuration(paths or ["."], o.Reading())).text
    failed = 0

    def on_failure(failure: Failure) -> None:
        nonlocal failed
        failed += 1
        r.tell(failure)

    undo_one: Callable[[Sequence[Stretch]], int] = undoing.put_back
    if wanted:
        undo_one = partial(
            undoing.take_back, takes_back=lambda name: name.startswith(wanted), field=text_field or "text"
        )
    done = undone(found, undo_one, on_failure)
    failed += notes.count
    if not done and not failed:
        what = (
            "these rules changed nothing that stands"
            if wanted
            else "no fix changed these files, or all was put back"
        )
        sys.stderr.write(f"Nothing to put back: {what}. `cleantext log` lists what was done.\n")
        raise typer.Exit
    what = "edit" if wanted else "file"
    sys.stderr.write(f"{done} {what}{'s' * (done != 1)} {'taken' if wanted else 'put'} back.\n")
    raise typer.Exit(2 if failed else 0)


def undone(
    found: Iterable[Sequence[Stretch] | Failure],
    undo_one: Callable[[Sequence[Stretch]], int],
    on_failure: Callable[[Failure], None],
) -> int:
    """Undo changes one by one and return how much was undone; one that cannot be stops none of the others."""
    done = 0
    for item in found:
        if isinstance(item, Failure):
            on_failure(item)
            continue
        try:
            done += undo_one(item)
        except (CannotUndoError, OSError) as error:
            on_failure(Failure(item[0].name, None, undoing.trouble(error)))
    return done


class _Notes:
    """Says what of an index is damaged or cannot be read, and counts it: a change there cannot be put back."""

    def __init__(self) -> None:
        self.count = 0

    def __call__(self, text: str) -> None:
        self.count += 1
        _say(text)


def _say(text: str) -> None:
    sys.stderr.write(f"cleantext: {visible(text)}\n")


def _of_paths(items: Sequence[Input | Failure], notes: _Notes) -> Iterator[Sequence[Stretch] | Failure]:
    """Return the changes that stand, file by file; renamed files come last, so that none is taken for two."""
    named = [item for item in items if isinstance(item, Input) and item.name != "-"]
    yield from (item for item in items if isinstance(item, Failure))
    folders = near(named, _say)
    overwriting.recover(folders, _say)
    known = Known(folders, notes)
    moved = Moved(known)
    cleared: set[Path] = set()
    for item in named:
        place = real(item.name).parent
        if place not in cleared and folders:
            cleared.add(place)
            clear_dead(place)
        try:
            found = _standing(item, known, moved)
        except (CannotUndoError, OSError) as error:
            yield Failure(item.name, None, undoing.trouble(error))
            continue
        if found:
            yield found


def _standing(item: Input, known: Known, moved: Moved) -> Sequence[Stretch]:
    path = real(item.name)
    if leads_out(path, item.name, item.below):
        elsewhere = Known(near([Input(item.name)], len), len)
        if elsewhere.of(path):
            raise CannotUndoError(f"not put back: {OUTSIDE}")
        return []
    mine = known.of(path)
    if not mine and not moved.any():
        return []
    now = changes.sum_of(path)
    found = undoing.standing(item.name, path, mine, now) or undoing.standing(
        item.name, path, moved.of(now), now
    )
    if not found and (trouble := undoing.changed_since(mine, now)):
        raise trouble
    return found


def of_run(
    record: Path, items: Sequence[Input | Failure], note: Note
) -> Iterator[Sequence[Stretch] | Failure]:
    """Return the changes of a run that stand, file by file, of some files where they are named; and what cannot be put back."""
    from cleantext.batch.runrecord import is_record

    if not is_record(record):
        raise WrongUseError(f"{record} is not the record of a run (cleantext fix --record FILE keeps one).")
    only = {
        str(place)
        for item in items
        if isinstance(item, Input) and not leads_out(place := real(item.name), item.name, item.below)
    }
    asked = [
        named
        for named in undoing.of_record(record)
        if isinstance(named, Failure) or not items or str(named.path) in only
    ]
    there = [Input(str(named.path)) for named in asked if isinstance(named, Named) and is_there(named.path)]
    known = Known(near(there, _say), note)
    for named in asked:
        if isinstance(named, Failure):
            yield named
        elif not is_there(named.path):
            yield Failure(named.name, None, "is gone, so it cannot be put back")
        else:
            try:
                stretch = undoing.as_asked(named, known.of(named.path), by_record_alone=not items)
            except (CannotUndoError, OSError) as error:
                yield Failure(named.name, None, undoing.trouble(error))
                continue
            if stretch is not None:
                yield [stretch]
