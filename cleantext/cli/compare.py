"""`cleantext compare`: what changed in findings between two runs or two versions of the rules."""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path
from typing import Annotated

import typer

from cleantext.batch.comparison import Comparison, Difference
from cleantext.batch.records import encode
from cleantext.cli import options as o
from cleantext.cli.app import WrongUseError, app
from cleantext.files import ABSENT, not_plain
from cleantext.printable import visible


@app.command(
    epilog="Example:  cleantext check --format jsonl news.jsonl > old.jsonl   (change rules)   "
    "cleantext check --format jsonl news.jsonl > new.jsonl   cleantext compare old.jsonl new.jsonl"
)
def compare(
    old: Annotated[Path, typer.Argument(metavar="A", help="A run's record, or findings as JSON lines.")],
    new: Annotated[Path, typer.Argument(metavar="B", help="The same of the other run.")],
    output_format: Annotated[
        o.TextOrLines, typer.Option("--format", help="How to print.")
    ] = o.TextOrLines.TEXT,
    limit: Annotated[int, typer.Option("--limit", min=0, help="Examples of each rule; 0 shows all.")] = 5,
    exit_zero: Annotated[
        bool, typer.Option("--exit-zero", help="Exit with 0 even where they differ.")
    ] = False,
) -> None:
    """Show which findings are new, gone or changed. Exit code 1 where there is any."""
    from cleantext.batch.comparison import compare as compared

    for path in (old, new):
        if trouble := not_plain(path):
            raise WrongUseError(
                f"{path}: {'no such file' if trouble == ABSENT else f'is no record of a run: it is {trouble}'}."
            )
    found = compared(old, new)
    if output_format is o.TextOrLines.JSONL:
        for difference in found.differences:
            sys.stdout.buffer.write(encode(difference) + b"\n")
    else:
        _print(found, limit)
    raise typer.Exit(1 if found.differences and not exit_zero else 0)


def _print(found: Comparison, limit: int) -> None:
    out = sys.stdout
    counts: dict[str, Counter[str]] = {}
    for difference in found.differences:
        counts.setdefault(difference.rule, Counter())[difference.kind] += 1
    for rule in sorted(counts):
        n = counts[rule]
        out.write(
            f"{rule:7} {n['new']:6} new {n['gone']:6} gone {n['changed']:6} changed {found.same[rule]:6} same\n"
        )
        shown = [d for d in found.differences if d.rule == rule]
        for difference in shown[: limit or None]:
            out.write(f"    {_row(difference)}\n")
        if limit and len(shown) > limit:
            out.write(f"    … {len(shown) - limit} more (--limit 0 shows all)\n")
    total = Counter(d.kind for d in found.differences)
    if not found.differences:
        out.write(f"No difference: {found.same.total()} findings are the same.\n")
    else:
        out.write(
            f"{total['new']} new, {total['gone']} gone, {total['changed']} changed, {found.same.total()} the same.\n"
        )


def _row(difference: Difference) -> str:
    finding = difference.new or difference.old or {}
    place = f"{difference.path}{f' ({difference.id})' if difference.id else ''}:{finding['line']}:{finding['column']}"
    text = visible(finding["text"])
    text = text if len(text) <= 60 else text[:57] + "…"
    row = f"{'+' if difference.kind == 'new' else '-' if difference.kind == 'gone' else '~'} {visible(place)}  {text}"
    if difference.old and difference.new:
        changes = []
        for field in difference.fields:
            if field == "span":
                changes.append(
                    "span {start}:{end}".format(**difference.old)
                    + " → {start}:{end}".format(**difference.new)
                )
            elif field == "fixes":
                changes.append("another fix")
            else:
                changes.append(f"{field} {difference.old[field]} → {difference.new[field]}")
        row += "  (" + ", ".join(changes) + ")"
    return row
