"""`cleantext report`: one self-contained HTML page of what was found where."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer

from cleantext.batch import runrecord
from cleantext.batch.chunks import reason
from cleantext.batch.run import Job, Plan
from cleantext.batch.scope import Scope
from cleantext.batch.sinks import check_writable, place_of, replacing
from cleantext.batch.work import Setup
from cleantext.cli import deciding as d
from cleantext.cli import options as o
from cleantext.cli import running as r
from cleantext.cli.app import WrongUseError, app
from cleantext.cli.bundles import spread
from cleantext.configuration import Configuration
from cleantext.files import is_plain, is_same
from cleantext.printable import counted


@app.command(
    epilog="Examples:  cleantext report articles/    cleantext report run.jsonl --output run.html    "
    "cleantext report new.jsonl --against old.jsonl --json numbers.json"
)
@spread
def report(
    paths: Annotated[
        list[str],
        typer.Argument(
            metavar="PATH…", help="Articles, or the record of a run (check or fix with --record)."
        ),
    ],
    output: Annotated[
        Path,
        typer.Option("--output", "-o", help="The page; the same numbers as JSON where it ends in .json."),
    ] = Path("cleantext-report.html"),
    json: Annotated[
        Path | None, typer.Option("--json", help="Write the same numbers here, too, as JSON.")
    ] = None,
    against: Annotated[
        Path | None,
        typer.Option(
            "--against", help="An earlier run to compare with: its record, or findings as JSON lines."
        ),
    ] = None,
    title: Annotated[str | None, typer.Option("--title", help="What stands on top.")] = None,
    choice: o.Rules = o.Rules(),
    reading: o.Reading = o.Reading(),
    translated: o.Translated = o.Translated(),
    stdin: o.FromStdin = o.FromStdin(),
    jobs: o.Jobs = None,
    store: d.StoreOption = None,
    quiet: r.Quiet = False,
) -> None:
    """Write one HTML page: what was found where, with plots, the worst articles and examples."""
    from cleantext.batch.numbers import against as compared
    from cleantext.batch.numbers import numbers
    from cleantext.batch.page import page
    from cleantext.batch.records import encode
    from cleantext.batch.summary import Summary

    if against is not None and not is_plain(against):
        raise WrongUseError(f"{against}: no such file to compare with.")
    if "-" in map(str, (output, json)):
        raise WrongUseError("a report is written to a file: name one. `check --format jsonl` prints lines.")
    for place in filter(None, (output, json)):
        check_writable(place_of(place))
        r.must_not_be_input(paths, place)
        if against is not None and is_same(place, against):
            raise WrongUseError(f"{place} is the run to compare with. Give another place.")
    records = [Path(path) for path in paths if path != "-" and runrecord.is_record(Path(path))]
    if records and len(records) != len(paths):
        raise WrongUseError("give articles or records of runs, not both at once.")
    if against is not None and len(records) > 1:
        raise WrongUseError("--against compares two runs: give one record, or articles.")
    differences = types = None
    if records:
        summary = Summary().add_all(_lines(records))
        differences = compared(against, records[0]) if against is not None else None
    else:
        chosen_for = o.configurations(paths, reading, choice, originals=translated, stdin=stdin, jobs=jobs)
        chosen = chosen_for.base
        beside = o.originals(translated)
        excluded = o.excluded(chosen, reading)
        r.must_be_there(paths, excluded)

        def setup(at: list[str], own: Configuration, elsewhere: dict[str, Setup]) -> Setup:
            cleaner, decisions = d.deciding(at, own, None, store=store, isolated=reading.isolated)
            return Setup(
                "check",
                cleaner,
                o.fields(own, beside, stdin.stdin_filename),
                verdicts=decisions,
                record="all",
                scope=Scope(per_file=own.per_file),
                exclude=own.exclude,
                elsewhere=elsewhere,
            )

        job = Job(
            "report",
            setup(paths, chosen, {at: setup([at], own, {}) for at, own in chosen_for.elsewhere.items()}),
            paths,
            exclude=excluded,
            stdin_kind=stdin.kind,
            named_kind=reading.kind,
            jobs=chosen.jobs or 1,
            skip=r.own_files(output, json, against),
        )
        with tempfile.TemporaryDirectory() as folder:
            record = Path(folder) / "run.jsonl"
            r.run(job, Plan(record=record), None, quiet=quiet)
            summary = Summary().add_all(runrecord.read(record))
            differences = compared(against, record) if against is not None else None
        setups = (job.setup, *job.setup.elsewhere.values())
        types = {card.id: card.mqm for one in setups for card in one.cleaner.cards.values() if card.mqm}
    found = numbers(summary, differences, types=types)
    as_json = encode(found) + b"\n"
    written = {json: as_json} if json is not None else {}
    if output.suffix.lower() == ".json":
        written[output] = as_json
    else:
        named = title or f"cleantext: {', '.join(paths[:3])}{' …' if len(paths) > 3 else ''}"
        written[output] = page(found, summary.run, title=named).encode("utf-8", "replace")
    for place, data in written.items():
        try:
            with replacing(place) as out:
                out.write(data)
        except OSError as error:
            raise WrongUseError(f"{place} cannot be written: {reason(error)}.") from None
    sys.stdout.write(
        f"{output}: {counted(summary.articles, 'article')}, {counted(summary.findings, 'finding')}.\n"
    )
    raise typer.Exit(2 if summary.errors else 0)


def _lines(records: list[Path]) -> Iterator[runrecord.Line]:
    for record in records:
        yield from runrecord.read(record)
