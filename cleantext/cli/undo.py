"""`cleantext undo`: put back, byte for byte, what `fix` changed."""

from __future__ import annotations

import sys
from pathlib import Path

import typer

from cleantext.batch import journal
from cleantext.batch.reading import Failure, files
from cleantext.batch.writing import replacing
from cleantext.cli import options as o
from cleantext.cli.app import app


@app.command(epilog="Example:  cleantext undo articles/")
def undo(paths: o.Paths) -> None:
    """Put back, byte for byte, what the last fix changed in these files; again for the one before it."""
    restored = failed = 0
    for name in files(paths):
        if isinstance(name, Failure):
            sys.stderr.write(f"{name.path}: {name.error}\n")
            failed += 1
            continue
        path = Path(name)
        data = path.read_bytes()
        now = journal.sum_of(data)
        all_changes = list(journal.changes(path))
        change = next((c for c in all_changes if c.after == now), None)
        if change is None:
            if all_changes and all_changes[0].before != now:
                sys.stderr.write(f"{name}: was changed after the fix, so it cannot be put back as a whole\n")
                failed += 1
            continue
        try:
            old = journal.restored(change, data)
        except ValueError as error:
            sys.stderr.write(f"{name}: {error}\n")
            failed += 1
            continue
        with replacing(path) as out:
            out.write(old)
        restored += 1
    sys.stderr.write(f"{restored} file{'s' * (restored != 1)} put back.\n")
    raise typer.Exit(2 if failed else 0)
