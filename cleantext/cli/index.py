"""`cleantext index`: what only a corpus can tell, read once."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from cleantext.cli import options as o
from cleantext.cli import running as r
from cleantext.cli.app import app
from cleantext.configuration import FieldNames


@app.command(
    epilog="Example:  cleantext index corpus/ --output corpus.index && cleantext check --index corpus.index corpus/"
)
def index(
    paths: o.Paths,
    output: Annotated[
        Path, typer.Option("--output", "-o", help="The index file; what it already holds is not read again.")
    ] = Path("cleantext.index"),
    jobs: o.Jobs = None,
    exclude: r.Exclude = None,
    config: o.Config = None,
    isolated: o.Isolated = False,
    text_field: o.TextField = None,
    id_field: o.IdField = None,
    encoding: o.Encoding = None,
    date_field: o.DateField = None,
    source_field: o.SourceField = None,
    url_field: o.UrlField = None,
    lang_field: o.LangField = None,
    stdin_format: o.StdinOption = None,
    quiet: r.Quiet = False,
) -> None:
    """Keep what only a corpus can tell: lines that repeat over a site, the same quotation in two articles."""
    from cleantext.batch.indexing import build

    chosen = o.configuration(
        paths,
        config=config,
        isolated=isolated,
        jobs=jobs,
        encoding=encoding,
        text_field=text_field,
        id_field=id_field,
        fields=FieldNames(date=date_field, source=source_field, url=url_field, lang=lang_field),
    )
    excluded = (*chosen.exclude, *(o.split(exclude) or ()))
    r.must_be_there(paths, excluded)
    told = r.Told()
    done = build(
        paths,
        output,
        fields=o.fields(chosen),
        jobs=chosen.jobs or 1,
        exclude=excluded,
        stdin_kind=stdin_format.value if stdin_format else None,
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
