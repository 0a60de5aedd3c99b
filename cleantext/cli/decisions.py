"""`cleantext decisions`: list, make, take back, export, import and prune decisions without a window."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cleantext.cli import editing as e
from cleantext.cli import editoroptions as eo
from cleantext.cli import options as o
from cleantext.cli.app import WrongUseError, app
from cleantext.cli.bundles import spread
from cleantext.cli.deciding import StoreOption, sources, store_at
from cleantext.files import is_there
from cleantext.printable import counted, visible
from cleantext.review import places

if TYPE_CHECKING:
    from cleantext.article import Article
    from cleantext.batch.inputs import Failure
    from cleantext.batch.reading import Source

group = typer.Typer(
    help="What people decided in review: list, add, undo, export, import, prune.", no_args_is_help=True
)
app.add_typer(group, name="decisions")

Where = Annotated[
    list[str] | None, typer.Argument(metavar="[PATH]…", help="The corpus. [default: this directory]")
]


@group.command(
    "list",
    epilog="Examples:  cleantext decisions list    cleantext decisions list --all articles/",
)
def list_decisions(
    paths: Where = None,
    every: Annotated[
        bool, typer.Option("--all", help="Each decision that holds, with its fingerprint.")
    ] = False,
    store: StoreOption = None,
) -> None:
    """Count the decisions that hold, by rule; --all names each."""
    from cleantext.review import events, exchange

    place = store_at(paths or ["."], store)
    held = sorted(events.standing(exchange.read_all(place)), key=lambda e: (e.rule, e.order))
    if every:
        for event in held:
            target = event.key or f"group {event.group}"
            match = event.match if len(event.match) < 60 else event.match[:57] + "…"
            sys.stdout.write(
                visible(
                    f"{target:16}  {event.rule:7} {event.verdict:7} {event.who:10} {match}  {event.document}"
                )
                + "\n"
            )
        return
    counts = Counter((event.rule, event.verdict) for event in held)
    for rule in sorted({rule for rule, _ in counts}):
        said = ", ".join(f"{n} {verdict}" for (r, verdict), n in sorted(counts.items()) if r == rule)
        sys.stdout.write(visible(f"{rule:8} {said}") + "\n")
    sys.stdout.write(f"{len(held)} decision{'s' * (len(held) != 1)} in {visible(str(place))}\n")


@group.command(
    "add",
    epilog="Example:  cleantext decisions add reject FINGERPRINT --in articles/ --reason 'a name'",
)
@spread
def add(
    verdict: Annotated[str, typer.Argument(help="accept, reject or unsure.")],
    fingerprints: Annotated[
        list[str],
        typer.Argument(metavar="FINGERPRINT…", help="As `cleantext check --format jsonl` gives them."),
    ],
    inside: Annotated[
        list[str], typer.Option("--in", metavar="PATH", help="The articles; may be given again.")
    ] = ["."],  # noqa: B006 - Typer reads it and never changes it
    reason: Annotated[str, typer.Option("--reason", help="Why.")] = "",
    who: Annotated[str | None, typer.Option("--who", help="Name to sign with. [default: the user's]")] = None,
    store: StoreOption = None,
    model: eo.Replaying = eo.Replaying(),
    choice: o.Rules = o.Rules(),
    reading: o.Reading = o.Reading(),
    translated: o.Translated = o.Translated(),
) -> None:
    """Decide without a window: for scripts, and where there is no terminal."""
    from cleantext.batch.inputs import Failure
    from cleantext.cli.running import cleaner_with_index, tell
    from cleantext.review import exchange
    from cleantext.review.scan import scan
    from cleantext.review.session import Session, reviewer, store_for

    if verdict not in ("accept", "reject", "unsure"):
        raise WrongUseError(f'a decision is accept, reject or unsure, not "{verdict}"')
    chosen = o.configuration(
        inside,
        reading,
        choice,
        originals=translated,
        editor=model.changes(),
    )

    def read() -> Iterator[Source | Failure]:
        return sources(inside, chosen, o.originals(translated), reading.kind)

    def articles() -> Iterator[Article]:
        return (source.article for source in read() if not isinstance(source, Failure))

    configured = Path(chosen.review.store) if chosen.review.store else None
    place = places.for_review(inside, store or configured, o.warn)
    cleaner = e.ask_about(cleaner_with_index(chosen), articles).cleaner
    opened, _ = store_for(place)
    with opened:
        seen = scan(opened, cleaner, read(), on_failure=tell)
        session = Session(opened, cleaner, who=who or reviewer(), scan=seen.number)
        unknown = []
        decided = 0
        for fingerprint in fingerprints:
            found = opened.items("f.key = ?", (fingerprint,))
            if not found:
                unknown.append(fingerprint)
            for item in found:
                session.decide(item, verdict, reason=reason)  # type: ignore[arg-type]
            decided += len(found)
    exchange.renew_copy(place)
    for fingerprint in unknown:
        sys.stderr.write(f"no finding {visible(fingerprint)} in {visible(' '.join(inside))}\n")
    sys.stdout.write(f"{verdict} for {counted(decided, 'finding')}, in {visible(str(place))}\n")
    raise typer.Exit(2 if unknown else 0)


@group.command(
    "undo",
    epilog="Examples:  cleantext decisions undo --last    cleantext decisions undo DECISION",
)
def undo(
    uids: Annotated[
        list[str] | None, typer.Argument(metavar="[DECISION]…", help="As `cleantext log` names them.")
    ] = None,
    last: Annotated[
        bool, typer.Option("--last", help="Your latest one whose finding is still there.")
    ] = False,
    who: Annotated[str | None, typer.Option("--who", help="Whose. [default: the user's]")] = None,
    store: StoreOption = None,
) -> None:
    """Take decisions back, with all that was one action with them; texts stay as they are until the next fix."""
    from cleantext.review import exchange
    from cleantext.review.session import GoneError, reviewer
    from cleantext.review.session import undo as undo_last
    from cleantext.review.store import Store

    if not uids and not last:
        raise WrongUseError("name decisions as `cleantext log` does, or --last")
    place = store_at(["."], store)
    undone = 0
    with Store(place, create=False) as opened:
        known = {event.uid: event for event in opened.events()}
        wanted = [known[uid] for uid in uids or () if uid in known]
        missing = [uid for uid in uids or () if uid not in known]
        if last:
            try:
                undone += len(undo_last(opened, who or reviewer()))
            except GoneError as error:
                sys.stderr.write(f"nothing of yours to undo: {error}; name it as `cleantext log` does\n")
        for event in wanted:
            undone += len(opened.undo(event, who=who or reviewer()))
    exchange.renew_copy(place)
    for uid in missing:
        sys.stderr.write(f"no decision {visible(uid)} in {visible(str(place))}\n")
    sys.stdout.write(f"{undone} undone.\n")
    raise typer.Exit(2 if missing else 0)


@group.command(
    "export",
    epilog="Example:  cleantext decisions export",
)
def export(
    paths: Where = None,
    output: Annotated[
        Path | None,
        typer.Option(
            "--output", "-o", help="Write here. [default: decisions.jsonl beside the store; - prints]"
        ),
    ] = None,
    store: StoreOption = None,
) -> None:
    """Write every decision as sorted JSON lines: the copy to commit, which git merges line by line."""
    from cleantext.review import exchange

    place = store_at(paths or ["."], store)
    read = exchange.read_all(place)
    if output == Path("-"):
        sys.stdout.buffer.write(exchange.lines(read))
        return
    target = output or places.copy_of(place)
    exchange.write(target, read)
    sys.stdout.write(f"{len(read)} event{'s' * (len(read) != 1)} in {visible(str(target))}\n")


@group.command(
    "import",
    epilog="Example:  cleantext decisions import theirs.jsonl",
)
def import_(
    files: Annotated[list[Path], typer.Argument(metavar="FILE…", help="JSON lines from `decisions export`.")],
    store: StoreOption = None,
) -> None:
    """Take in decisions from elsewhere; the later of two on one finding stands, and contradictions are named."""
    from cleantext.review import exchange
    from cleantext.review.store import Store

    place = places.for_review(["."], store, o.warn)
    total = contradicted = 0
    with Store(place) as opened:
        for file in files:
            try:
                theirs = exchange.read(file)
            except OSError as error:
                raise WrongUseError(f"{file}: {error.strerror}") from None
            pairs = exchange.disagreements(opened.events(), theirs)
            for own, other in pairs:
                later = max(own, other, key=lambda e: e.order)
                sys.stdout.write(
                    visible(
                        f"{own.rule} “{own.match[:60]}”: {own.who} said {own.verdict}, "
                        f"{other.who} {other.verdict}; the later stands ({later.verdict})"
                    )
                    + "\n"
                )
            contradicted += len(pairs)
            total += len(opened.add(theirs))
    exchange.renew_copy(place)
    sys.stdout.write(f"{total} new, {contradicted} contradicting; in {visible(str(place))}\n")


@group.command(
    "prune",
    epilog="Examples:  cleantext decisions prune articles/    cleantext decisions prune --yes articles/",
)
def prune(
    paths: Where = None,
    yes: Annotated[
        bool, typer.Option("--yes", "-y", help="Take them out; without it they are only named.")
    ] = False,
    store: StoreOption = None,
    config: o.Config = None,
    rules: o.RuleFiles = None,
) -> None:
    """Name, or take out, decisions that no longer speak about anything: rule gone or changed, article gone."""
    from cleantext.review import events, exchange, keys
    from cleantext.review.store import Store

    named = paths or ["."]
    place = store_at(named, store)
    cleaner = o.cleaner_for(o.configuration(named, o.Reading(config=config), o.Rules(rules=rules)))
    root = places.root_of(place)
    versions = {rule: keys.rule_version(card) for rule, card in cleaner.cards.items()}
    old: dict[str, str] = {}
    read = exchange.read_all(place)
    held = list(events.latest(read))
    for event in held:
        if event.rule not in versions:
            old[event.uid] = "its rule is gone"
        elif versions[event.rule] != event.version:
            old[event.uid] = "its rule has changed"
        elif event.document.startswith("path:"):
            name = event.document.removeprefix("path:")
            if not is_there(root / name) and not is_there(root / name.rsplit("#", 1)[0]):
                old[event.uid] = "its article is gone"
    # Of what several people said apart nothing goes while one of them speaks about what is there.
    speaking = {event.target for event in held if event.uid not in old}
    old = {event.uid: old[event.uid] for event in held if event.uid in old and event.target not in speaking}
    # What an event replaced, or undid, goes with it: else the older answer would stand again.
    targets = {event.target for event in held if event.uid in old}
    gone = [event for event in read if event.target in targets]
    for event in held:
        if event.uid in old:
            sys.stdout.write(
                visible(
                    f"{event.when[:10]} {event.rule:7} {event.verdict:7} “{event.match[:50]}”  "
                    f"{event.document}: {old[event.uid]}"
                )
                + "\n"
            )
    if yes and gone:
        uids = {event.uid for event in gone}
        with Store(place) as opened:
            opened.forget(uids)
        copy = places.copy_of(place)
        if is_there(copy):
            exchange.write(copy, [event for event in exchange.read(copy) if event.uid not in uids])
    word = "taken out" if yes else "could go; --yes takes them out"
    sys.stdout.write(f"{len(old)} of {len(held)} decisions {word}.\n")
