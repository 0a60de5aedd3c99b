"""`cleantext fix`: apply what is safe, or show what would be applied."""

from __future__ import annotations

import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from cleantext.batch.reading import Failure
from cleantext.batch.writing import fix_in_place, fix_to, show_diff
from cleantext.cli import options as o
from cleantext.cli.app import app, fail
from cleantext.cli.check import wants_colour


class Apply(StrEnum):
    """Which fixes are applied."""

    SAFE = "safe"
    REVIEW = "review"


@app.command(
    epilog="Examples:  cleantext fix --diff articles/    cleantext fix news.jsonl --output clean.jsonl"
)
def fix(
    paths: o.Paths,
    output: Annotated[
        Path | None,
        typer.Option(
            "--output",
            "-o",
            help="Write here (a JSON lines file, or a directory for texts); the inputs stay as they are.",
        ),
    ] = None,
    diff: Annotated[bool, typer.Option("--diff", help="Show what would change; write nothing.")] = False,
    apply: Annotated[
        Apply, typer.Option("--apply", help="Which fixes: the safe ones, or every one that is sure enough.")
    ] = Apply.SAFE,
    output_format: Annotated[
        o.Format, typer.Option("--format", help="jsonl: records with what was applied and what was left.")
    ] = o.Format.TEXT,
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
    exit_nonzero_on_fix: Annotated[
        bool, typer.Option("--exit-nonzero-on-fix", help="Exit with 1 where something was changed.")
    ] = False,
) -> None:
    """Apply safe fixes (and accepted ones), in place or to --output."""
    if diff and output:
        fail("--diff writes nothing, so it cannot go with --output. Leave one of them out.")
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
    changed = failed = 0

    def on_failure(failure: Failure) -> None:
        nonlocal failed
        failed += 1
        place = f"{failure.path}:{failure.line}" if failure.line else failure.path
        sys.stderr.write(f"{place}: {failure.error}\n")

    arguments = {
        "cleaner": cleaner,
        "paths": paths,
        "fields": o.fields(chosen),
        "stdin_format": stdin_format.value,
        "apply": apply.value,
        "min_confidence": cleaner.min_confidence,
        "on_failure": on_failure,
    }
    if diff:
        changed = show_diff(**arguments, out=sys.stdout, colour=wants_colour())  # type: ignore[arg-type]
    elif output is not None or "-" in paths:
        changed = fix_to(output, records=output_format is o.Format.JSONL, **arguments)  # type: ignore[arg-type]
    else:
        changed = fix_in_place(**arguments)  # type: ignore[arg-type]
        word = "article" if changed == 1 else "articles"
        sys.stderr.write(
            f"{changed} {word} changed."
            + (f"  Put back:  cleantext undo {' '.join(paths)}\n" if changed else "\n")
        )
    raise typer.Exit(2 if failed else 1 if changed and exit_nonzero_on_fix else 0)
