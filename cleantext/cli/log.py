"""`cleantext log`: who decided what, and which files were changed, the latest first."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any

import typer

from cleantext.batch.records import encode
from cleantext.cli import options as o
from cleantext.cli.app import app
from cleantext.cli.deciding import StoreOption
from cleantext.files import real
from cleantext.printable import visible
from cleantext.review import places


@app.command(epilog="Examples:  cleantext log articles/    cleantext log --rule MT021 --format jsonl")
def log(
    paths: Annotated[
        list[str] | None, typer.Argument(metavar="[PATH]…", help="Files or directories. [default: here]")
    ] = None,
    rule: Annotated[
        list[str] | None, typer.Option("--rule", help="Only these rules: ids or prefixes; several by comma.")
    ] = None,
    who: Annotated[str | None, typer.Option("--who", help="Only this person's decisions.")] = None,
    run: Annotated[str | None, typer.Option("--run", help="Only the changes of this run.")] = None,
    output_format: Annotated[
        o.TextOrLines, typer.Option("--format", help="How to print.")
    ] = o.TextOrLines.TEXT,
    limit: Annotated[int, typer.Option("--limit", "-n", min=0, help="At most so many entries; 0: all.")] = 0,
    store: StoreOption = None,
) -> None:
    """Show decisions and changed files, the latest first; each names what `undo` and `decisions undo` take."""
    named = paths or ["."]
    rules = o.split(rule)
    entries: list[dict[str, Any]] = []
    if run is None:
        entries += _decisions(named, paths is not None, rules, who, store)
    if who is None:
        entries += _changes(named, rules, run)
    entries.sort(key=lambda entry: entry["when"], reverse=True)
    for entry in entries[: limit or None]:
        if output_format is o.TextOrLines.JSONL:
            sys.stdout.buffer.write(encode(entry) + b"\n")
        else:
            sys.stdout.write(visible(_line(entry)) + "\n")
    sys.stdout.flush()
    if not entries and output_format is o.TextOrLines.TEXT:
        sys.stderr.write("Nothing was decided or changed here.\n")


def _decisions(
    paths: list[str], given: bool, rules: tuple[str, ...] | None, who: str | None, store: Path | None
) -> Iterator[dict[str, Any]]:
    place = places.find(paths, store, o.warn)
    if place is None:
        return
    from cleantext.review import exchange

    root = places.root_of(place)
    wanted = [real(path) for path in paths if path != "-"] if given else None
    for event in exchange.read_all(place):
        if (rules and not event.rule.startswith(rules)) or (who and event.who != who):
            continue
        if wanted is not None and event.document.startswith("path:"):
            full = root / event.document.removeprefix("path:").rsplit("#", 1)[0]
            if not any(full == path or full.is_relative_to(path) for path in wanted):
                continue
        yield {
            "when": event.when,
            "kind": "decision",
            "decision": event.uid,
            "who": event.who,
            "verdict": event.verdict,
            "scope": event.scope,
            "rule": event.rule,
            "match": event.match,
            "replacement": event.replacement if event.verdict == "edit" else event.proposal,
            "article": event.document,
            "fingerprint": event.key,
            "reason": event.reason,
            "undoes": event.undoes,
        }


def _changes(paths: list[str], rules: tuple[str, ...] | None, run: str | None) -> Iterator[dict[str, Any]]:
    from cleantext.batch.changes import entries, put_back, sum_of
    from cleantext.batch.inputs import Input, inputs
    from cleantext.batch.known import Known, near
    from cleantext.batch.runrecord import Entry

    def say(text: str) -> None:
        sys.stderr.write(f"cleantext: {visible(text)}\n")

    named = [item for item in inputs(paths) if isinstance(item, Input) and item.name != "-"]
    everything = Known(near(named, say), say)
    for item in named:
        name, path = item.name, real(item.name)
        placed = everything.of(path)
        known = [one.change for one in placed]
        try:
            gone = put_back(known, sum_of(path)) if known else frozenset()
        except OSError:  # nothing is known of it then
            gone = frozenset()
        for number, change in enumerate(known):
            if run is not None and change.run != run:
                continue
            try:
                found = list(entries(placed[number].record, change.start, change.end))
            except (OSError, ValueError):  # the record of the run was taken away
                found = []
            did: dict[str, int] = {}
            for entry in found:
                for finding in entry.applied if isinstance(entry, Entry) else ():
                    rule = str(finding.get("rule", "?"))
                    did[rule] = did.get(rule, 0) + 1
            if rules and not any(key.startswith(rules) for key in did):
                continue
            yield {
                "when": datetime.fromtimestamp(change.when, UTC).isoformat(timespec="microseconds"),
                "kind": "change",
                "run": change.run,
                "path": name,
                "rules": dict(sorted(did.items())),
                "undone": number in gone,
            }


def _line(entry: dict[str, Any]) -> str:
    when = entry["when"][:19].replace("T", " ")
    if entry["kind"] == "change":
        did = (
            ", ".join(f"{rule} ×{n}" if n > 1 else rule for rule, n in entry["rules"].items())
            or "rules taken back"
        )
        undone = ", put back since" if entry["undone"] else ""
        return f"{when}  changed  {visible(entry['path'])}: {did}  (run {entry['run']}{undone})"
    match = entry["match"] if len(entry["match"]) <= 60 else entry["match"][:57] + "…"
    what = f"“{visible(match)}”"
    if entry["verdict"] in ("accept", "edit") and entry["replacement"] is not None:
        what += f" → “{visible(entry['replacement'][:60])}”"
    where = "its group" if entry["scope"] == "group" else visible(entry["article"].removeprefix("path:"))
    why = f"  ({visible(entry['reason'])})" if entry["reason"] else ""
    undone = f" of {entry['undoes']}" if entry["undoes"] else ""
    return (
        f"{when}  {entry['verdict']}{undone}  {entry['rule']} {what}  {where}  "
        f"{visible(entry['who'])}{why}  [{entry['decision']}]"
    )
