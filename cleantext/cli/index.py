"""`cleantext index`: what only a corpus can tell, read once."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from cleantext.cli import options as o
from cleantext.cli import running as r
from cleantext.cli.app import app
from cleantext.cli.bundles import spread


@app.command(
    epilog="Example:  cleantext index corpus/ --output corpus.index && cleantext check --index corpus.index corpus/"
)
@spread
def index(
    paths: o.Paths,
    output: Annotated[
        Path, typer.Option("--output", "-o", help="The index file; what it already holds is not read again.")
    ] = Path("cleantext.index"),
    reading: o.Reading = o.Reading(),
    stdin: o.FromStdin = o.FromStdin(),
    jobs: o.Jobs = None,
    quiet: r.Quiet = False,
) -> None:
    """Keep what only a corpus can tell: lines that repeat over a site, the same quotation in two articles."""
    from cleantext.batch.indexing import build

    chosen = o.configuration(stdin.beside(paths), reading, jobs=jobs)
    r.must_be_there(paths, chosen.exclude)
    told = r.Told()
    done = build(
        paths,
        output,
        fields=o.fields(chosen, stdin_name=stdin.stdin_filename),
        jobs=chosen.jobs or 1,
        exclude=chosen.exclude,
        stdin_kind=stdin.kind,
        named_kind=reading.kind,
        on_failure=told.tell,
        progress=not quiet,
    )
    told.end()
    sys.stdout.write(
        f"{output}: {done.articles} articles, {done.distinct} after near-duplicates are set aside, "
        f"{done.quotations} quotations ({done.read} read now).\n"
        f"Use it:  cleantext check --index {output} {' '.join(paths)}\n"
    )
    raise typer.Exit(2 if done.errors else 0)
