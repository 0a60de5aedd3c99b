"""`cleantext fix`: apply what is safe, or show what would be applied."""

from __future__ import annotations

import shlex
import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from cleantext.batch.fields import Fields
from cleantext.batch.inputs import Input, Kind, inputs, kind_of
from cleantext.batch.run import Job, Plan
from cleantext.batch.scope import Scope
from cleantext.batch.tablesink import is_table
from cleantext.batch.tally import Tally
from cleantext.batch.targets import Targets
from cleantext.batch.work import Setup
from cleantext.cli import deciding as d
from cleantext.cli import editing as e
from cleantext.cli import editoroptions as eo
from cleantext.cli import options as o
from cleantext.cli import running as r
from cleantext.cli.app import WrongUseError, app
from cleantext.cli.bundles import spread
from cleantext.cli.check import wants_colour
from cleantext.cli.formats import Format
from cleantext.cli.formats.cleaned import Cleaned, Diff
from cleantext.cli.formats.excerpts import Excerpts
from cleantext.cli.learning import LearnSite, learned_index
from cleantext.configuration import Configuration
from cleantext.files import is_folder, make_folder
from cleantext.printable import counted, visible


class Apply(StrEnum):
    """Which fixes are applied."""

    SAFE = "safe"
    REVIEW = "review"


@app.command(
    epilog="Examples:  cleantext fix --diff articles/    cleantext fix news.jsonl --output clean.jsonl"
)
@spread
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
        bool,
        typer.Option("--statistics", help="Count at the end, by rule, what was applied and what was left."),
    ] = False,
    exit_nonzero_on_fix: Annotated[
        bool, typer.Option("--exit-nonzero-on-fix", help="Exit with 1 where something was changed.")
    ] = False,
    exit_zero: Annotated[
        bool,
        typer.Option(
            "--exit-zero",
            help="Exit with 0 even where something was changed, whatever the other option says.",
        ),
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
    named = Path(output) if output is not None else None
    into = named is not None and (is_folder(named) or (output or "").endswith(("/", "\\")))
    folder, file = (named, None) if into else (None, named)
    to_stdout = diff or (output is None and ("-" in paths or output_format is o.Format.JSONL))
    rewrite = not to_stdout and file is None
    if file is not None and kind_of(file) in ("html", "arrow"):
        raise WrongUseError(
            f"fix writes no {file.suffix}. Give --output {file.with_suffix('.jsonl')}"
            + (f", or {file.with_suffix('.parquet')}." if kind_of(file) == "arrow" else ".")
        )
    r.must_not_be_input(paths, file, "Give another --output, or none to fix in place.")
    r.must_not_be_input(paths, record)
    r.must_not_be_input(paths, model.editor_record)
    records = output_format is o.Format.JSONL
    lines = records or (file is not None and kind_of(file) == "jsonl")  # a text is no line of such a file
    as_read = not records and not rewrite and not diff and _as_read(paths, file, stdin.kind, reading.kind)

    def printer_of(fields: Fields) -> Format | None:
        if diff:
            # A person looks at excerpts; what is piped on is a diff that other programs apply.
            return Excerpts(colour=wants_colour()) if wants_colour() or sys.stdout.isatty() else Diff()
        return None if rewrite or as_read else Cleaned(fields, records=lines, errors=records)

    excluded = o.excluded(chosen, reading)
    index = learned_index(paths, chosen, o.fields(chosen, beside), excluded, learn=learn_site, quiet=quiet)

    printer = printer_of(o.fields(chosen, beside))

    def setup(at: list[str], own: Configuration, elsewhere: dict[str, Setup]) -> Setup:
        cleaner, decisions = d.deciding(at, own, index, store=store, isolated=reading.isolated)
        fields = o.fields(own, beside, stdin.stdin_filename)
        return Setup(
            task="fix",
            cleaner=cleaner,
            fields=fields,
            printer=printer if own is chosen else printer_of(fields),
            verdicts=decisions,
            apply=apply.value,
            min_confidence=cleaner.min_confidence,
            record="all" if record else "changed" if rewrite and folder is None else "none",
            rewrite=rewrite,
            as_read=as_read,
            scope=Scope(per_file=own.per_file),
            exclude=own.exclude,
            elsewhere=elsewhere,
        )

    job = Job(
        "fix",
        setup(paths, chosen, {at: setup([at], own, {}) for at, own in found.elsewhere.items()}),
        paths,
        exclude=excluded,
        force_exclude=force_exclude,
        stdin_kind=stdin.kind,
        named_kind=reading.kind,
        jobs=chosen.jobs or 1,
        in_place=rewrite and folder is None,
        skip=r.own_files(file, record),
        apart=str(folder) if folder is not None else None,
    )
    if file is not None and not lines and not as_read:
        _one_text_only(job, file)
    if is_table(file) and file is not None:
        _tables_only(job, file, records=records)
    targets = Targets(folder, job.inputs) if folder is not None else None
    if folder is not None:
        try:
            make_folder(folder)
        except OSError as error:
            raise WrongUseError(f"{folder} cannot be made: {error.strerror or error}.") from None
    plan = Plan(output=file, record=record, rewrite=rewrite, targets=targets, resume=resume)
    job, unread = e.ahead(job, quiet=quiet)
    tally = r.run(job, plan, printer, quiet=quiet)
    if statistics:
        sys.stdout.flush()
        (sys.stderr if to_stdout else sys.stdout).write(_counts(tally))
    if file is not None and not quiet:
        sys.stderr.write(
            f"{counted(tally.articles, 'article')} written to {visible(str(file))}, {tally.changed:,} changed.\n"
        )
    if rewrite and folder is None and not tally.articles and _has_pages(paths, excluded):
        sys.stderr.write(f"{_PAGES}\n")
    if rewrite:
        sys.stderr.write(f"{counted(tally.changed, 'article')} changed.")
        undo = folder is None and tally.touched
        again = visible(shlex.join(tally.touched))
        sys.stderr.write(f"  Put back:  cleantext undo {again}\n" if undo else "\n")
    if apply is Apply.SAFE and not quiet and (held := tally.held_back()):
        sys.stderr.write(f"{held}\n")
    told = exit_nonzero_on_fix and not exit_zero
    raise typer.Exit(2 if tally.errors or unread else 1 if tally.changed and told else 0)


def _counts(tally: Tally) -> str:
    """Return a row for each rule that found something: how much of it was applied, and how much was left."""
    if not tally.rules:
        return ""
    rows = [f"{'applied':>8} {'left':>7}\n"]
    keys = sorted(tally.rules, key=lambda key: (-tally.applied.get(key, 0), -tally.rules[key], key))
    width = max(len(key.split(" ")[1]) for key in keys)
    for key in keys:
        rule, name, tier = key.split(" ")
        done = tally.applied.get(key, 0)
        rows.append(f"{done:8} {tally.rules[key] - done:7}  {rule:7} {name:{width}}  {tier}\n")
    return "".join(rows)


_FORMS = ("csv", "tsv", "json")


def _as_read(paths: list[str], file: Path | None, stdin: Kind | None, named: Kind | None) -> bool:
    """Say whether records are written in the form in which they are read, all else byte for byte as it was.

    Raises WrongUseError where they would have to take another form, or several tables would run together.
    """
    kinds = {path: (stdin or named) if path == "-" else named or kind_of(Path(path)) for path in paths}
    wanted = kind_of(file) if file is not None else None
    if wanted == "parquet":
        return True
    if wanted not in _FORMS and (file is not None or not any(kind in _FORMS for kind in kinds.values())):
        return False
    if len(paths) > 1:
        raise WrongUseError(
            "several inputs would run together in one table. Give a directory (--output cleaned/), "
            "or --format jsonl."
        )
    kind = kinds[paths[0]]
    if wanted is not None and kind != wanted:
        raise WrongUseError(
            f"fix writes a .{wanted} out of a .{wanted} only, and keeps its form. Give --output with the "
            "ending of the input, or .jsonl."
        )
    return kind in _FORMS


_PAGES = (
    "Pages stay as they are: what is cleaned is the article in them. Give --output DIRECTORY/, or FILE.jsonl."
)


def _has_pages(paths: list[str], excluded: tuple[str, ...]) -> bool:
    """Say whether there are pages among the files of some directories, which in place are passed over."""
    return any(
        isinstance(item, Input) and item.below is not None and kind_of(Path(item.name)) == "html"
        for item in inputs(paths, exclude=excluded)
    )


def _one_text_only(job: Job, output: Path) -> None:
    """Raise WrongUseError where texts would run together in one file."""
    texts = files = 0
    for item in job.inputs():
        files += isinstance(item, Input)
        texts += (
            isinstance(item, Input)
            and item.name != "-"
            and kind_of(Path(item.name)) in ("text", "html", None)
        )
        if texts and files > 1:
            raise WrongUseError(
                f"several texts would run together in {output}. "
                f"Give a directory (--output {output.stem}/), or --format jsonl."
            )


def _tables_only(job: Job, output: Path, *, records: bool) -> None:
    """Raise WrongUseError where a Parquet file would be made of anything but tables of columns."""
    other = next(
        (
            item.name
            for item in job.inputs()
            if isinstance(item, Input) and kind_of(Path(item.name)) not in ("parquet", "arrow")
        ),
        None,
    )
    if records or other is not None:
        why = f"{visible(other)} is none" if other is not None else "--format jsonl gives records"
        raise WrongUseError(
            f"fix writes a .parquet out of .parquet and .arrow files only, with the columns that they have: {why}. "
            f"Give --output {visible(str(output.with_suffix('.jsonl')))}."
        )
