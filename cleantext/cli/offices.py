"""`cleantext offices`: look terms of office up, check a table of one's own, add a term to it."""

from __future__ import annotations

import csv
import io
import sys
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Annotated

import typer

from cleantext import settings
from cleantext.batch.sinks import place_of
from cleantext.cli import options as o
from cleantext.cli.app import WrongUseError, app
from cleantext.files import is_there, write
from cleantext.printable import visible

group = typer.Typer(
    help="Who held which office when: look up, check a table of your own, add a term.", no_args_is_help=True
)
app.add_typer(group, name="offices")

_SHOWN = 200  # terms that are printed at most
Table = Annotated[
    Path, typer.Argument(metavar="TABLE", help="A CSV file of yours; made where there is none.")
]


@group.command(
    "show",
    epilog="Examples:  cleantext offices show Chirac    cleantext offices show 'Bill Clinton'    cleantext offices show fr-president",
)
def show(
    names: Annotated[
        list[str], typer.Argument(metavar="NAME…", help="A surname, a full name or the id of an office.")
    ],
    config: o.Config = None,
    isolated: o.Isolated = False,
) -> None:
    """Print the terms of a person or of an office; exit code 1 where nothing is known."""
    from cleantext.checks.attribution.offices import offices

    tables = _configured(config, isolated)
    known = offices(tables)
    nothing = False
    for name in names:
        terms = known.terms(name) or (known.person(name) if " " in name else known.bearers(name))
        nothing = nothing or not terms
        if not terms:
            o.warn(f"no term of {name!r} is known. Add one:  cleantext offices add TABLE --office ID …")
        for term in sorted(terms, key=lambda t: (t.office, t.start))[:_SHOWN]:
            end = term.end or (f"at least until {term.seen}" if term.seen else "in office")
            sys.stdout.write(
                visible(f"{term.name:28}  {term.start:10}  {end:10}  {term.title}  ({term.office})") + "\n"
            )
    raise typer.Exit(1 if nothing else 0)


@group.command(
    "check",
    epilog="Examples:  cleantext offices check clubs.csv    cleantext offices check",
)
def check_tables(
    tables: Annotated[
        list[Path] | None,
        typer.Argument(metavar="[TABLE]…", help="Tables of yours. [default: those of the configuration]"),
    ] = None,
    config: o.Config = None,
    isolated: o.Isolated = False,
) -> None:
    """Say up to which day the shipped table is known, and what is wrong with tables of one's own.

    Wrong are columns, dates, two people in one seat: exit code 1.
    """
    from cleantext.checks.attribution.offices import OfficeTableError

    paths = tables or [Path(path) for path in _configured(config, isolated)]
    for line in _shipped():
        sys.stdout.write(line + "\n")
    if not paths:
        o.warn(
            "no table of yours is named, and none is configured. Name one, or set [attribution] offices in cleantext.toml."
        )
    faults = 0
    for path in paths:
        try:
            rows = _read(path)
        except OfficeTableError as error:
            sys.stdout.write(visible(str(error)) + "\n")
            faults += 1
            continue
        beside = list(_beside(rows))
        faults += len(beside)
        for line in beside:
            sys.stdout.write(visible(f"{path}: {line}") + "\n")
        if not beside:
            sys.stdout.write(visible(f"{path}: {len(rows)} terms, nothing to complain of") + "\n")
    raise typer.Exit(1 if faults else 0)


@group.command(
    "add",
    epilog="Example:  cleantext offices add clubs.csv --office fc-harbour-coach --title coach --given Anna --family Berger --start 2011-07",
)
def add(
    table: Table,
    office: Annotated[str, typer.Option(help="The id of the office; all its terms share it.")],
    family: Annotated[str, typer.Option(help="The surname.")],
    start: Annotated[str, typer.Option(help="YYYY, YYYY-MM or YYYY-MM-DD.")],
    title: Annotated[
        list[str] | None, typer.Option(help="How the office is called; repeat it for several ways.")
    ] = None,
    given: Annotated[str, typer.Option(help="The given name.")] = "",
    end: Annotated[str, typer.Option(help="The last day; empty: in office.")] = "",
    alias: Annotated[list[str] | None, typer.Option(help="Another spelling of the whole name.")] = None,
    country: Annotated[str, typer.Option(help="ISO 3166 code, or SPORT, BIZ, …")] = "",
    source: Annotated[str, typer.Option(help="Where the fact is from.")] = "",
) -> None:
    """Add a term to a table of one's own, which is checked first; nothing is written where something is wrong."""
    from cleantext.checks.attribution.offices import (
        COLUMNS,
        OfficeTableError,
        check_row,
        offices,
        surname_key,
    )

    rows: list[Sequence[str]] = list(_read(table)) if is_there(table) else []
    same = [row[2] for row in rows if row[0] == office] or [
        "|".join(term.titles) for term in offices().terms(office)
    ]
    titles = "|".join(name.lower() for name in title) if title else next(iter(same), "")
    if not titles:
        raise WrongUseError(f"{office!r} is a new office. Say how it is called:  --title 'head coach'")
    person = surname_key(f"{given} {family}".strip()).replace(" ", "-")
    row = (office, country, titles, person, given, family, "|".join(alias or ()), start, end, "", "", source)
    try:
        check_row(table, len(rows) + 2, dict(zip(COLUMNS, row, strict=True)))
    except OfficeTableError as error:
        raise WrongUseError(str(error)) from None
    rows.append(row)
    for line in _beside(rows):
        o.warn(line)
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows(rows)
    write(place_of(table), text.getvalue().encode("utf-8"))
    sys.stdout.write(visible(f"{table}: {len(rows)} terms.") + "\n")
    sys.stdout.write(visible(f'Use it:  [attribution] offices = ["{table}"]  in cleantext.toml') + "\n")


def _shipped() -> Iterator[str]:
    """Say of the shipped table up to which day it is known, and what that means for a later article."""
    from cleantext.checks.attribution.offices import freshness
    from cleantext.checks.attribution.reasons import written_day

    known = freshness()
    yield f"shipped: {known.kept:,} terms kept by hand, looked at up to {written_day(known.as_of)}; {known.kept_open:,} had no end then"
    yield (
        f"shipped: {known.world:,} terms of other offices, as their sources had them between {written_day(known.first)} "
        f"and {written_day(known.last)}; {known.world_open:,} had no end then"
    )
    yield "Of what changed later little is in it: a holder of today may be missing, one without an end may have left. Add terms of your own:  cleantext offices add TABLE --office ID …"


def _configured(config: Path | None, isolated: bool) -> tuple[str, ...]:
    chosen = settings.choose(Path(), named=config, isolated=isolated, tell=o.warn)
    return chosen.configuration.attribution.offices


def _read(path: Path) -> Sequence[Sequence[str]]:
    from cleantext.checks.attribution.offices import read_rows

    return list(read_rows(path))


def _beside(rows: Iterable[Sequence[str]]) -> Iterator[str]:
    """Say which terms of two people in one office run beside each other; a shared day is a handover."""
    offices: dict[str, list[Sequence[str]]] = {}
    for row in rows:
        offices.setdefault(row[0], []).append(row)
    for office, terms in offices.items():
        for one, other in pairwise(sorted(terms, key=lambda row: row[7])):
            end = one[8] or "9999"
            shorter = min(len(end), len(other[7]))
            if one[5] != other[5] and end[:shorter] > other[7][:shorter]:
                yield (
                    f"{office}: {one[5]} ({one[7]} to {one[8] or 'now'}) and {other[5]} (from {other[7]}) hold it "
                    "at one time. End the first, unless several people do hold it."
                )
