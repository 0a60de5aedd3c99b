"""`cleantext check`: what the rules find; it writes to no article, ever."""

from __future__ import annotations

import os
import sys
from typing import Annotated

import typer

from cleantext.batch.reading import Failure
from cleantext.batch.run import check_all
from cleantext.cleaner import Cleaner
from cleantext.cli import options as o
from cleantext.cli.app import app
from cleantext.cli.formats import Writer


@app.command(
    epilog="Examples:  cleantext check articles/    cleantext check --select boilerplate --format jsonl news.jsonl"
)
def check(
    paths: o.Paths,
    output_format: o.FormatOption = o.Format.TEXT,
    select: o.Select = None,
    ignore: o.Ignore = None,
    min_confidence: o.MinConfidence = None,
    jobs: o.Jobs = None,
    config: o.Config = None,
    isolated: o.Isolated = False,
    rules: o.RuleFiles = None,
    text_field: o.TextField = None,
    id_field: o.IdField = None,
    stdin_format: o.StdinOption = o.StdinFormat.TEXT,
    statistics: Annotated[
        bool, typer.Option("--statistics", help="Counts by rule instead of findings.")
    ] = False,
    exit_zero: Annotated[
        bool, typer.Option("--exit-zero", help="Exit with 0 even where something was found.")
    ] = False,
) -> None:
    """Report findings. Exit code 0: nothing found, 1: findings, 2: something could not be read."""
    chosen = o.configuration(
        paths,
        config=config,
        isolated=isolated,
        select=select,
        ignore=ignore,
        min_confidence=min_confidence,
        rules=rules,
        jobs=jobs,
        text_field=text_field,
        id_field=id_field,
    )
    cleaner = o.cleaner_for(chosen)
    writer = writer_for(output_format, cleaner, statistics=statistics)
    found = failed = False
    for item in check_all(
        cleaner, paths, fields=o.fields(chosen), stdin_format=stdin_format.value, jobs=chosen.jobs or 1
    ):
        if isinstance(item, Failure):
            failed = True
            writer.failure(item)
        else:
            source, report = item
            found = found or bool(report.findings)
            failed = failed or bool(report.trouble)
            writer.report(source, report)
    writer.close()
    raise typer.Exit(2 if failed else 1 if found and not exit_zero else 0)


def writer_for(output_format: o.Format, cleaner: Cleaner, *, statistics: bool = False) -> Writer:
    """Give the writer of a format, on standard output."""
    match output_format:
        case o.Format.JSON:
            from cleantext.cli.formats.records import OneObject

            return OneObject(sys.stdout.buffer)
        case o.Format.JSONL:
            from cleantext.cli.formats.records import JsonLines

            return JsonLines(sys.stdout.buffer)
        case o.Format.SARIF:
            from cleantext.cli.formats.sarif import Sarif

            return Sarif(sys.stdout.buffer, cleaner.cards)
        case o.Format.GITHUB:
            from cleantext.cli.formats.github import GitHub

            return GitHub(sys.stdout)
    from cleantext.cli.formats.text import TextWriter

    return TextWriter(sys.stdout, sys.stderr, colour=wants_colour(), statistics=statistics)


def wants_colour() -> bool:
    """Colour on a terminal, unless NO_COLOR is set; FORCE_COLOR asks for it everywhere."""
    if os.environ.get("NO_COLOR"):
        return False
    return bool(os.environ.get("FORCE_COLOR")) or sys.stdout.isatty()
