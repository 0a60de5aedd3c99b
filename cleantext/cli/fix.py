"""`cleantext fix`: apply what is safe, or show what would be applied."""

from __future__ import annotations

import shlex
import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from cleantext.batch.inputs import Input, kind_of
from cleantext.batch.run import Job, Plan
from cleantext.batch.targets import Targets
from cleantext.batch.work import Setup
from cleantext.cli import deciding as d
from cleantext.cli import editing as e
from cleantext.cli import options as o
from cleantext.cli import running as r
from cleantext.cli.app import WrongUseError, app
from cleantext.cli.check import wants_colour
from cleantext.cli.formats import Format
from cleantext.cli.formats.cleaned import Cleaned, Diff
from cleantext.cli.formats.excerpts import Excerpts
from cleantext.cli.learning import LearnSite, index_or_learned
from cleantext.files import make_folder
from cleantext.printable import visible


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
        str | None,
        typer.Option(
            "--output",
            "-o",
            help="Write here: a file (JSON lines, .gz or .zst packed), or a directory with a file for each; "
            "the inputs stay as they are.",
        ),
    ] = None,
    diff: Annotated[
        bool,
        typer.Option("--diff", help="Show what would change, piped on as a unified diff; write nothing."),
    ] = False,
    apply: Annotated[
        Apply, typer.Option("--apply", help="Which fixes: the safe ones, or every one that is sure enough.")
    ] = Apply.SAFE,
    output_format: Annotated[
        o.Format, typer.Option("--format", help="jsonl: records with what was applied and what was left.")
    ] = o.Format.TEXT,
    select: o.Select = None,
    extend_select: o.ExtendSelect = None,
    ignore: o.Ignore = None,
    min_confidence: o.MinConfidence = None,
    jobs: o.Jobs = None,
    index: r.Index = None,
    learn_site: LearnSite = False,
    record: r.Record = None,
    resume: r.Resume = False,
    exclude: r.Exclude = None,
    force_exclude: r.ForceExclude = False,
    config: o.Config = None,
    isolated: o.Isolated = False,
    rules: o.RuleFiles = None,
    languagetool: o.LanguageTool = None,
    editor: e.Editor = None,
    editor_which: e.Which = None,
    editor_unit: e.Unit = None,
    editor_limit: e.Limit = None,
    editor_record: e.Record = None,
    editor_replay: e.Replay = None,
    editor_server: e.Server = None,
    editor_model: e.Model = None,
    text_field: o.TextField = None,
    id_field: o.IdField = None,
    original: o.OriginalFile = None,
    originals: o.OriginalsFolder = None,
    original_lang: o.OriginalLang = None,
    original_field: o.OriginalField = None,
    stdin_format: o.StdinOption = None,
    named_as: o.As = None,
    exit_nonzero_on_fix: Annotated[
        bool, typer.Option("--exit-nonzero-on-fix", help="Exit with 1 where something was changed.")
    ] = False,
    store: d.StoreOption = None,
    quiet: r.Quiet = False,
) -> None:
    """Apply safe fixes (and accepted ones), in place or to --output."""
    if diff and output:
        raise WrongUseError("--diff writes nothing, so it cannot go with --output. Leave one of them out.")
    if output_format not in (o.Format.TEXT, o.Format.JSONL):
        raise WrongUseError(
            f"fix gives text or jsonl, not {output_format}; `cleantext check` gives {output_format}."
        )
    chosen = o.configuration(
        paths,
        config=config,
        isolated=isolated,
        select=select,
        extend_select=extend_select,
        ignore=ignore,
        min_confidence=min_confidence,
        rules=rules,
        languagetool=languagetool,
        editor=e.changes(
            editor,
            which=editor_which,
            unit=editor_unit,
            limit=editor_limit,
            record=editor_record,
            replay=editor_replay,
            server=editor_server,
            model=editor_model,
        ),
        jobs=jobs,
        text_field=text_field,
        id_field=id_field,
        original_field=original_field,
    )
    beside = o.originals(original, originals, original_lang)
    named = Path(output) if output is not None else None
    is_folder = named is not None and (named.is_dir() or (output or "").endswith(("/", "\\")))
    folder, file = (named, None) if is_folder else (None, named)
    to_stdout = diff or (output is None and ("-" in paths or output_format is o.Format.JSONL))
    rewrite = not to_stdout and file is None
    if file is not None and file.suffix.lower() == ".parquet":
        raise WrongUseError(
            f"fix writes JSON lines, no Parquet. Give --output {file.with_suffix('.jsonl')}, "
            "or clean the table with cleantext.adapters (arrow, polars, pandas, datasets)."
        )
    r.must_not_be_input(paths, file)
    r.must_not_be_input(paths, record)
    records = output_format is o.Format.JSONL
    printer: Format | None = None
    if diff:
        # A person looks at excerpts; what is piped on is a diff that other programs apply.
        printer = Excerpts(colour=wants_colour()) if wants_colour() or sys.stdout.isatty() else Diff()
    elif not rewrite:
        printer = Cleaned(o.fields(chosen, beside), records=records)
    excluded = (*chosen.exclude, *(o.split(exclude) or ()))
    index = index_or_learned(
        paths, chosen, index, o.fields(chosen, beside), excluded, learn=learn_site, quiet=quiet
    )
    cleaner = r.cleaner_with_index(chosen, index)
    decisions = d.decisions_for(paths, chosen, cleaner, store=store, isolated=isolated)
    cleaner = d.trusting(cleaner, decisions)
    job = Job(
        "fix",
        Setup(
            task="fix",
            cleaner=cleaner,
            fields=o.fields(chosen, beside),
            printer=printer,
            verdicts=decisions,
            apply=apply.value,
            min_confidence=cleaner.min_confidence,
            record="all" if record else "changed" if rewrite and folder is None else "none",
            rewrite=rewrite,
        ),
        paths,
        exclude=excluded,
        force_exclude=force_exclude,
        stdin_kind=stdin_format.value if stdin_format else None,
        named_kind=named_as.value if named_as else None,
        jobs=chosen.jobs or 1,
        in_place=rewrite and folder is None,
        skip=r.own_files(file, record),
        apart=str(folder) if folder is not None else None,
    )
    if file is not None and not records:
        _one_text_only(job, file)
    targets = Targets(folder, job.inputs) if folder is not None else None
    if folder is not None:
        make_folder(folder)
    plan = Plan(output=file, record=record, rewrite=rewrite, targets=targets, resume=resume)
    job, unread = e.ahead(job, quiet=quiet)
    tally = r.run(job, plan, printer, quiet=quiet)
    if rewrite:
        word = "article" if tally.changed == 1 else "articles"
        sys.stderr.write(f"{tally.changed} {word} changed.")
        undo = folder is None and tally.touched
        again = visible(shlex.join(tally.touched))
        sys.stderr.write(f"  Put back:  cleantext undo {again}\n" if undo else "\n")
    if apply is Apply.SAFE and not quiet and (held := tally.held_back()):
        sys.stderr.write(f"{held}\n")
    raise typer.Exit(2 if tally.errors or unread else 1 if tally.changed and exit_nonzero_on_fix else 0)


def _one_text_only(job: Job, output: Path) -> None:
    """Raise WrongUseError where texts would run together in one file."""
    texts = files = 0
    for item in job.inputs():
        files += isinstance(item, Input)
        texts += isinstance(item, Input) and item.name != "-" and kind_of(Path(item.name)) in ("text", None)
        if texts and files > 1:
            raise WrongUseError(
                f"several texts would run together in {output}. "
                f"Give a directory (--output {output.stem}/), or --format jsonl."
            )
