"""`cleantext check`: what the rules find; it writes to no article, ever."""

from __future__ import annotations

import os
import shlex
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated

import msgspec
import typer

from cleantext.batch.run import Job, Plan
from cleantext.batch.scope import Lines, Scope, no_baseline, read_baseline
from cleantext.batch.work import Setup
from cleantext.cli import deciding as d
from cleantext.cli import editing as e
from cleantext.cli import editoroptions as eo
from cleantext.cli import options as o
from cleantext.cli import running as r
from cleantext.cli.app import WrongUseError, app
from cleantext.cli.bundles import spread
from cleantext.cli.formats import Format
from cleantext.cli.learning import LearnSite, learned_index
from cleantext.configuration import Configuration
from cleantext.files import real
from cleantext.printable import counted, visible
from cleantext.rulebook import Card


@app.command(
    epilog="Examples:  cleantext check articles/    cleantext check --select boilerplate --format jsonl news.jsonl"
)
@spread
def check(
    paths: o.PathsOrHere = None,
    output_format: o.FormatOption = o.Format.TEXT,
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", help="Write the findings here. [default: standard output]"),
    ] = None,
    choice: o.Rules = o.Rules(),
    reading: o.Reading = o.Reading(),
    translated: o.Translated = o.Translated(),
    stdin: o.FromStdin = o.FromStdin(),
    jobs: o.Jobs = None,
    learn_site: LearnSite = False,
    record: r.Record = None,
    resume: r.Resume = False,
    force_exclude: r.ForceExclude = False,
    model: eo.Asking = eo.Asking(),
    statistics: Annotated[
        bool, typer.Option("--statistics", help="Counts by rule instead of findings.")
    ] = False,
    baseline: Annotated[
        Path | None, typer.Option("--baseline", help="Hide the findings that stand in this file.")
    ] = None,
    update_baseline: Annotated[
        bool,
        typer.Option(
            "--update-baseline", help="Write what is found now to the --baseline file, and report nothing."
        ),
    ] = False,
    changed_since: Annotated[
        str | None,
        typer.Option("--changed-since", help="Only lines that changed since this revision, as git says."),
    ] = None,
    explain: Annotated[
        bool,
        typer.Option("--explain", help="Say how much each reason weighs (log-odds; above 0 speaks for it)."),
    ] = False,
    exit_zero: Annotated[
        bool, typer.Option("--exit-zero", help="Exit with 0 even where something was found.")
    ] = False,
    store: d.StoreOption = None,
    show_rejected: d.ShowRejected = False,
    quiet: r.Quiet = False,
) -> None:
    """Report findings. Exit code 0: nothing found, 1: findings, 2: something could not be read."""
    paths = paths or (["-"] if stdin.is_told_of else ["."])
    found = o.configurations(
        paths,
        reading,
        choice,
        originals=translated,
        stdin=stdin,
        jobs=jobs,
        editor=model.changes(),
    )
    chosen = found.base
    beside = o.originals(translated)
    r.must_not_be_input(paths, output)
    r.must_not_be_input(paths, record)
    r.must_not_be_input(paths, model.editor_record)
    excluded = o.excluded(chosen, reading)
    index = learned_index(paths, chosen, o.fields(chosen, beside), excluded, learn=learn_site, quiet=quiet)
    made = {
        folder: d.deciding([folder] if folder else paths, own, index, store=store, isolated=reading.isolated)
        for folder, own in {"": chosen, **found.elsewhere}.items()
    }
    printer = format_for(
        output_format,
        {id: card for cleaner, _ in made.values() for id, card in cleaner.cards.items()},
        statistics=statistics,
        explain=explain,
        colour=output is None and wants_colour(),
    )
    if update_baseline and (baseline is None or output is not None or changed_since is not None):
        raise WrongUseError(
            "--update-baseline writes the file that --baseline names, of all that is found: "
            "give --baseline FILE, and no --output or --changed-since."
        )
    if update_baseline and baseline is not None:
        if (trouble := no_baseline(baseline)) is not None:
            raise WrongUseError(trouble)
        from cleantext.cli.formats.baseline import Baseline

        output, printer = baseline, Baseline(str(real(baseline).parent))
    scope = Scope(
        baseline=read_baseline(baseline) if baseline is not None and not update_baseline else {},
        folder=str(real(baseline).parent) if baseline is not None else "",
        changed=_changed(changed_since, paths),
    )

    def setup(folder: str, own: Configuration, elsewhere: dict[str, Setup]) -> Setup:
        cleaner, decisions = made[folder]
        return Setup(
            task="check",
            cleaner=cleaner,
            fields=o.fields(own, beside, stdin.stdin_filename),
            printer=printer,
            verdicts=None if show_rejected else decisions,
            record="all" if record else "none",
            scope=msgspec.structs.replace(scope, per_file=own.per_file),
            exclude=own.exclude,
            elsewhere=elsewhere,
        )

    job = Job(
        "check",
        setup("", chosen, {folder: setup(folder, own, {}) for folder, own in found.elsewhere.items()}),
        paths,
        exclude=excluded,
        force_exclude=force_exclude,
        stdin_kind=stdin.kind,
        named_kind=reading.kind,
        jobs=chosen.jobs or 1,
        skip=r.own_files(output, record, baseline),
    )
    if resume and output is None and record is not None:
        sys.stderr.write("cleantext: what was printed before the stop is not printed again\n")
    job, unread = e.ahead(job, quiet=quiet)
    tally = r.run(job, Plan(output=output, record=record, resume=resume), printer, quiet=quiet)
    if update_baseline:
        found_there = f"{counted(tally.findings, 'finding')} in {tally.flagged:,} of {counted(tally.articles, 'article')}"
        sys.stderr.write(
            f"{found_there} written to {baseline}.  Use it:  "
            f"{visible(shlex.join(['cleantext', 'check', '--baseline', str(baseline), *paths]))}\n"
        )
        raise typer.Exit(2 if tally.errors or unread else 0)
    if output_format is o.Format.SARIF and tally.findings > _SHOWN and not quiet:
        o.warn(
            f"{tally.findings:,} results: GitHub shows the {_SHOWN:,} most severe of a run and refuses more than "
            f"{_TAKEN:,}. Give fewer: --min-confidence 0.9, --select, or one run a category."
        )
    raise typer.Exit(2 if tally.errors or unread else 1 if tally.findings and not exit_zero else 0)


_SHOWN, _TAKEN = 5_000, 25_000
"""Results of a SARIF run that GitHub shows, and that it takes (docs.github.com, "SARIF support for code scanning")."""


def _changed(revision: str | None, paths: list[str]) -> dict[str, Lines] | None:
    if revision is None:
        return None
    from cleantext.batch.changed import changed_lines

    return changed_lines(revision, Path(next((path for path in paths if path != "-"), ".")))


def format_for(
    output_format: o.Format,
    cards: Mapping[str, Card],
    *,
    statistics: bool,
    explain: bool = False,
    colour: bool,
) -> Format:
    """Return a format of findings. Raises WrongUseError where counts cannot be given in it."""
    if statistics and output_format in (o.Format.SARIF, o.Format.GITHUB):
        raise WrongUseError(
            f"{output_format} lists findings and has no form for counts. --statistics goes with text, json and jsonl."
        )
    if statistics and output_format in (o.Format.JSON, o.Format.JSONL):
        from cleantext.cli.formats.records import Statistics

        return Statistics(lines=output_format is o.Format.JSONL)
    match output_format:
        case o.Format.JSON:
            from cleantext.cli.formats.records import OneObject

            return OneObject()
        case o.Format.JSONL:
            from cleantext.cli.formats.records import JsonLines

            return JsonLines()
        case o.Format.SARIF:
            from cleantext.cli.formats.sarif import Sarif

            return Sarif(cards)
        case o.Format.GITHUB:
            from cleantext.cli.formats.github import GitHub

            return GitHub()
    from cleantext.cli.formats.text import TextFormat

    return TextFormat(colour=colour, statistics=statistics, explain=explain)


def wants_colour() -> bool:
    """Colour on a terminal, unless NO_COLOR is set; FORCE_COLOR asks for it everywhere."""
    if os.environ.get("NO_COLOR"):
        return False
    return bool(os.environ.get("FORCE_COLOR")) or sys.stdout.isatty()
