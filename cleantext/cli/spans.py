"""`cleantext spans`: findings out to annotation tools, and people's answers back."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cleantext import files
from cleantext.batch.sinks import place_of
from cleantext.cli import deciding as d
from cleantext.cli import options as o
from cleantext.cli.app import WrongUseError, app
from cleantext.cli.bundles import spread
from cleantext.cli.running import cleaner_with_index, must_not_be_input, tell
from cleantext.printable import counted, visible
from cleantext.review import places

if TYPE_CHECKING:
    from cleantext.annotation.answers import Given

group = typer.Typer(
    help="Findings for annotation tools, and answers from them: Label Studio, spans as JSON lines.",
    no_args_is_help=True,
)
app.add_typer(group, name="spans")


class To(StrEnum):
    """Forms that findings are written in."""

    LABEL_STUDIO = "label-studio"
    JSONL = "jsonl"


class Unit(StrEnum):
    """What offsets count."""

    CODE_POINTS = "code-points"
    UTF_16 = "utf-16"
    UTF_8 = "utf-8"


ToOption = Annotated[To, typer.Option("--to", help="Tasks for Label Studio, or spans as JSON lines.")]


@group.command(
    "export",
    epilog="Examples:  cleantext spans export articles/ -o tasks.json --interface labels.xml    "
    "cleantext spans export articles/ --to jsonl -o spans.jsonl",
)
@spread
def export(
    paths: o.Paths,
    output: Annotated[Path, typer.Option("--output", "-o", help="Write here.")],
    to: ToOption = To.LABEL_STUDIO,
    interface: Annotated[
        Path | None,
        typer.Option("--interface", help="Write Label Studio's labelling interface (XML) here, too."),
    ] = None,
    unit: Annotated[
        Unit,
        typer.Option("--unit", help="What offsets in JSON lines count; Label Studio counts code points."),
    ] = Unit.CODE_POINTS,
    decided: Annotated[
        bool,
        typer.Option("--all", help="Findings that were decided or are safe, too, not those to decide alone."),
    ] = False,
    store: d.StoreOption = None,
    choice: o.Rules = o.Rules(),
    reading: o.Reading = o.Reading(),
    translated: o.Translated = o.Translated(),
) -> None:
    """Check articles, and write their findings for people to answer elsewhere."""
    from cleantext.annotation import labelstudio, spans
    from cleantext.annotation.exported import tasks
    from cleantext.review.queue import Filters
    from cleantext.review.scan import scan
    from cleantext.review.session import store_for

    if "-" in paths:
        raise WrongUseError("answers must find their article again; name a file, not -")
    if to is To.LABEL_STUDIO and unit is not Unit.CODE_POINTS:
        raise WrongUseError("Label Studio counts code points; --unit goes with --to jsonl")
    if to is To.JSONL and interface is not None:
        raise WrongUseError("--interface is Label Studio's; it goes with --to label-studio")
    must_not_be_input(paths, output)
    must_not_be_input(paths, interface)
    chosen = o.configuration(paths, reading, choice, originals=translated)
    beside = o.originals(translated)
    cleaner = cleaner_with_index(chosen)
    opened, _ = store_for(places.for_review(paths, d.configured(chosen, store), o.warn))
    with opened:
        seen = scan(opened, cleaner, d.sources(paths, chosen, beside, reading.kind), on_failure=tell)
        filters = Filters(
            scan=seen.number, state="any" if decided else "todo", kind="any" if decided else "asks"
        )
        found = list(tasks(opened, filters))
    if to is To.LABEL_STUDIO:
        _write(output, labelstudio.tasks_json(found))
        if interface is not None:
            _write(interface, [labelstudio.interface(found).encode()])
    else:
        _write(output, spans.lines(found, unit.value))
    count = sum(len(task.proposals) for task in found)
    sys.stdout.write(
        f"{counted(count, 'finding')} of {counted(len(found), 'article')} in {visible(str(output))}\n"
    )
    raise typer.Exit(2 if seen.failures else 0)


@group.command(
    "import",
    epilog="Examples:  cleantext spans import project-1.json --in articles/    "
    "cleantext spans import spans.jsonl --from jsonl --in articles/",
)
@spread
def import_(
    answers: Annotated[
        list[Path],
        typer.Argument(metavar="FILE…", help="Label Studio's export in the form JSON, or JSON lines."),
    ],
    inside: Annotated[
        list[str], typer.Option("--in", metavar="PATH", help="The articles; may be given again.")
    ] = ["."],  # noqa: B006 - Typer reads it and never changes it
    form: Annotated[To, typer.Option("--from", help="What the files are.")] = To.LABEL_STUDIO,
    unit: Annotated[
        Unit | None,
        typer.Option(
            "--unit", help="What offsets count. [default: what the file says, or what fits its words]"
        ),
    ] = None,
    who: Annotated[
        str | None, typer.Option("--who", help="Name to sign with. [default: the annotator's]")
    ] = None,
    store: d.StoreOption = None,
    choice: o.Rules = o.Rules(),
    reading: o.Reading = o.Reading(),
    translated: o.Translated = o.Translated(),
) -> None:
    """Take answers in as decisions, signed and dated as they came; twice the same file adds nothing."""
    from cleantext.annotation.answers import take
    from cleantext.annotation.spans import ReadError
    from cleantext.review import exchange
    from cleantext.review.scan import scan
    from cleantext.review.session import Session, reviewer, store_for

    chosen = o.configuration(inside, reading, choice, originals=translated)
    beside = o.originals(translated)
    given: list[Given] = []
    for file in answers:
        try:
            given += _read(file, form, unit, who or "")
        except OSError as error:
            raise WrongUseError(f"{file}: {error.strerror}") from None
        except ReadError as error:
            raise WrongUseError(str(error)) from None
    place = places.for_review(inside, d.configured(chosen, store), o.warn)
    cleaner = cleaner_with_index(chosen)
    opened, _ = store_for(place)
    with opened:
        seen = scan(opened, cleaner, d.sources(inside, chosen, beside, reading.kind), on_failure=tell)
        taken = take(Session(opened, cleaner, who=who or reviewer(), scan=seen.number), given)
    exchange.renew_copy(place)
    for line in taken.lost:
        sys.stderr.write(visible(line) + "\n")
    sys.stdout.write(
        f"{taken.new:,} decisions taken in, {taken.known:,} known before, {len(taken.lost):,} without a place; "
        f"in {visible(str(place))}\n"
    )
    raise typer.Exit(2 if taken.lost or seen.failures else 0)


def _read(file: Path, form: To, unit: Unit | None, who: str) -> Iterable[Given]:
    from cleantext.annotation import labelstudio, spans

    data = files.read_plain(file)
    if form is To.JSONL:
        if unit is not None:
            raise WrongUseError("a line of JSON says its own unit; --unit goes with --from label-studio")
        return spans.read(data, str(file), who)
    if unit is Unit.UTF_8:
        raise WrongUseError("Label Studio counts code points or UTF-16 units")
    counted: labelstudio.Unit = "code-points"
    if unit is not Unit.CODE_POINTS:
        counted = "auto" if unit is None else "utf-16"
    return labelstudio.read(data, str(file), who, counted)


def _write(path: Path, parts: Iterable[bytes]) -> None:
    try:
        files.write(place_of(path), b"".join(parts))
    except OSError as error:
        raise WrongUseError(f"{path} cannot be written: {error.strerror}") from None
