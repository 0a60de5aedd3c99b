"""`cleantext config`: what is set, and where each value comes from."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Annotated, Any

import typer

from cleantext import settings
from cleantext.cli import options as o
from cleantext.cli.app import app
from cleantext.printable import visible

group = typer.Typer(help="What is set, and where each value comes from.", no_args_is_help=True)
app.add_typer(group, name="config")


@group.command(
    "show",
    epilog="Examples:  cleantext config show articles/    cleantext config show --format json --all",
)
def show(
    paths: o.PathsOrHere = None,
    every: Annotated[bool, typer.Option("--all", help="Show what nobody set, too.")] = False,
    output_format: Annotated[
        o.TextOrJson, typer.Option("--format", help="json: an array with an object for each place.")
    ] = o.TextOrJson.TEXT,
    config: o.Config = None,
    isolated: o.Isolated = False,
) -> None:
    """Show the settings that count for some paths, each with the file and line that makes it.

    Where folders have configuration files of their own, each is shown.
    """
    common, below = settings.nearest(paths or ["."], o.warn)
    starts = [common] if config is not None or isolated else [common, *below]
    shown = [
        (start, settings.origins(settings.choose(start, named=config, isolated=isolated, tell=o.warn)))
        for start in starts
    ]
    if output_format is o.TextOrJson.JSON:
        rows = [
            {
                "path": str(start),
                "settings": {
                    key: {"value": made.value, "file": made.file and str(made.file), "line": made.line}
                    for key, made in found.items()
                    if every or made.file is not None
                },
            }
            for start, found in shown
        ]
        sys.stdout.write(json.dumps(rows, indent=1) + "\n")
        return
    for start, found in shown:
        _print(start, found, every=every)


def _print(start: Path, found: dict[str, settings.Origin], *, every: bool) -> None:
    out = sys.stdout
    out.write(f"For {visible(str(start))}\n\n")
    rows = [(key, made) for key, made in found.items() if every or made.file is not None]
    if not rows:
        out.write("  Nothing is set: every setting has its default (--all shows them).\n")
    width = max((len(key) for key, _ in rows), default=0)
    values = {key: visible(_written(made.value)) for key, made in rows}
    room = min(40, max((len(value) for value in values.values()), default=0))
    for key, made in rows:
        place = (
            "default" if made.file is None else f"{made.file}:{made.line}" if made.line else str(made.file)
        )
        out.write(f"  {key:{width}} = {values[key]:{room}}  {visible(place)}\n")
    out.write("\n")


def _written(value: Any) -> str:
    """Write a value as TOML would have it."""
    if value is None:
        return "(none)"
    return json.dumps(value, ensure_ascii=False)
