"""`cleantext rules`: what each rule does and why, its examples, its record."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import msgspec
import typer

from cleantext.batch.sinks import place_of
from cleantext.cleaner import Cleaner
from cleantext.cli import options as o
from cleantext.cli.app import WrongUseError, app
from cleantext.cli.bundles import spread
from cleantext.document.language import ANY
from cleantext.document.words import list_names
from cleantext.files import create, is_there
from cleantext.printable import counted
from cleantext.rulebook import Card, lexicon, load, shipped
from cleantext.rulebook.calibration import confidences, load_records, pooled
from cleantext.rulebook.card import OPT_IN
from cleantext.rulebook.ledger import earned, standing
from cleantext.rulebook.loading import is_shipped, load_file
from cleantext.rulebook.reading import read_of
from cleantext.rulebook.retired import retired
from cleantext.rulebook.selection import check_chosen, check_selectors, select
from cleantext.rulefiles import rules_dir
from cleantext.trial import try_cards

group = typer.Typer(
    help="What a rule does and why, its examples, its measured precision.", no_args_is_help=True
)
app.add_typer(group, name="rules")


@group.command(
    "list",
    epilog="Examples:  cleantext rules list    cleantext rules list --select translation",
)
def list_rules(
    select_: o.Select = None,
    rules: o.RuleFiles = None,
    output_format: Annotated[
        o.TextOrJson, typer.Option("--format", help="json: an array with an object a rule.")
    ] = o.TextOrJson.TEXT,
) -> None:
    """List the rules: id, name, applicability, confidence, summary."""
    cards = load(rules or [])
    chosen = o.split(select_) or ()
    check_chosen(chosen, cards)
    records = load_records(rules_dir() / "calibration.toml")
    listed = select(cards, chosen, (), () if chosen else tuple(OPT_IN))
    if output_format is o.TextOrJson.JSON:
        rows = [
            {
                "id": card.id,
                "name": card.name,
                "category": card.category,
                "applicability": str(earned(card)),
                "confidence": confidences(card, records.get(card.id, {}), read_of(card)),
                "summary": card.summary,
                "why": card.why,
                "languages": list(card.languages),
                "off_by_default": card.category in OPT_IN,
            }
            for card in listed
        ]
        sys.stdout.buffer.write(msgspec.json.format(msgspec.json.encode(rows)) + b"\n")
        return
    for card in listed:
        sure = confidences(card, records.get(card.id, {}), read_of(card))["garbled"]
        off = "  (off unless selected)" if card.category in OPT_IN else ""
        sys.stdout.write(f"{card.id:7} {card.name:36} {earned(card):7} {sure:.2f}  {card.summary}{off}\n")


@group.command(
    "show",
    epilog="Examples:  cleantext rules show MT021    cleantext rules show share-widget",
)
def show(
    rule: Annotated[str, typer.Argument(metavar="RULE", help="Its id or its name.")],
    rules: o.RuleFiles = None,
) -> None:
    """Show a rule's card: why, fix, examples, near-misses, record."""
    cards = load(rules or [])
    if rule in retired():
        sys.stdout.write(f"{rule} was taken out: {retired()[rule]}\n")
        return
    check_selectors([rule], cards)
    for card in (c for c in cards if rule in (c.id, c.name)):
        sys.stdout.write(describe(card))
        sys.stdout.write(_trust(card))
        return
    raise WrongUseError(f'"{rule}" is no single rule; `cleantext rules list --select {rule}` names them')


def describe(card: Card) -> str:
    """Return a card as text."""
    rows = [
        f"{card.id} {card.name}  ({card.category}, {earned(card)})" + (f"  [{card.mqm}]" if card.mqm else ""),
        "",
        card.summary,
        "",
        card.why,
    ]
    if card.languages:
        held = "any language" if ANY in card.languages else ", ".join(card.languages)
        measured = f"; safe in {', '.join(card.measured)}, where it was measured" if card.measured else ""
        rows += ["", f"Holds for: {held}{measured}"]
    if card.fix_safety:
        rows += ["", f"Fix safety: {card.fix_safety}"]
    if card.pattern:
        rows += ["", f"Pattern: {_with_slots(card.pattern)}"]
    for example in card.examples:
        rows += ["", f"  bad   {example.bad}"]
        if example.good is not None:
            rows += [f"  good  {example.good}"]
    for miss in card.near_misses:
        rows += ["", f"  silent on  {miss.text}" + (f"   ({miss.why})" if miss.why else "")]
    bands = load_records(rules_dir() / "calibration.toml").get(card.id, {})
    read = read_of(card)
    if read is not None:
        n = read.right + read.wrong
        rows += [
            "",
            f"Read: {read.right} of {n} findings on unseen text a fault with the right fix; the family {read.family:.2f}."
            if n
            else f"Read: nothing yet; it is believed what its family shows, {read.family:.2f}.",
        ]
    if bands:
        record = pooled(bands)
        rows += [
            "",
            f"Nearness: improved {record.improved}, neutral {record.neutral}, harmed {record.harmed} sentences; "
            f"fires on clean human text {record.human}.",
        ]
    elif read is None:
        rows += ["", "Measured: nothing yet; its confidence is a prior."]
    if told := standing(card):
        rows.append(told)
    sure = confidences(card, bands, read_of(card))
    rows += [
        f"Confidence: {sure['garbled']:.2f} in garbled text, {sure['human']:.2f} in good prose.",
        f"Defined at {card.origin}",
        "",
    ]
    return "\n".join(rows)


def _with_slots(pattern: str) -> str:
    """Write the shipped word lists in a pattern by their names again, as the card does."""
    slots = {name: lexicon.slot(name) for name in list_names()}
    for name, filled in sorted(slots.items(), key=lambda item: -len(item[1])):
        if len(filled) > 20:
            pattern = pattern.replace(filled, f"{{{name}}}")
    return pattern


def _trust(card: Card) -> str:
    """What was decided about a rule in the review store here, and what that makes of it."""
    from cleantext.review import places

    store = places.find(["."], tell=o.warn)
    if store is None:
        return ""
    from cleantext.review import trust
    from cleantext.review.decisions import Decisions

    chosen = o.configuration(["."], o.Reading())
    decisions = Decisions.load(store)
    counted = trust.records(decisions, {card.id: card}).get(card.id, trust.Record())
    rows = [
        f"Decided here: {counted.accepted} accepted, {counted.edited} edited, {counted.rejected} rejected, "
        f"{counted.unsure} unsure; precision at least {counted.lower:.3f} (95 %)."
    ]
    if chosen.review.trust is not None:
        judged = trust.judgements(decisions, {card.id: card}, chosen.review.trust)
        rows += [judged[card.id][1].why] if card.id in judged else []
    return "\n".join(rows) + "\n"


@group.command(
    "test",
    epilog="Examples:  cleantext rules test my-rules.toml    cleantext rules test --select MT021",
)
def test(
    files: Annotated[
        list[Path] | None,
        typer.Argument(metavar="[FILE]…", help="Rule files to test; the shipped rules where none is given."),
    ] = None,
    select_: o.Select = None,
) -> None:
    """Try every card's examples and near-misses: exact span and fix, silence where there must be silence."""
    cards = load(files or [])
    known = {card.id for card in shipped()}
    again = {card.id for file in files or () if is_shipped(file) for card in load_file(file)}
    wanted = [c for c in cards if c.id in again or c.id not in known] if files else list(cards)
    chosen = o.split(select_) or ()
    check_chosen(chosen, cards)
    wanted = list(select(wanted, chosen, (), () if chosen else tuple(OPT_IN)))
    from cleantext.configuration import Configuration

    configuration = Configuration(rules=tuple(str(f) for f in files or ()), extend_select=tuple(OPT_IN))
    cleaner = Cleaner(configuration, min_confidence=0.0)
    faults = try_cards(wanted, cleaner)
    for fault in faults:
        sys.stdout.write(f"{fault}\n")
    sys.stdout.write(
        f"{len(wanted)} rule{'s' * (len(wanted) != 1)} tried, {len(faults)} fault{'s' * (len(faults) != 1)}.\n"
    )
    raise typer.Exit(1 if faults else 0)


@group.command(
    "cost",
    epilog="Example:  cleantext rules cost --select translation articles/",
)
@spread
def cost(
    paths: o.Paths,
    most: Annotated[int, typer.Option("--most", help="How many parts to list.")] = 40,
    choice: o.Rules = o.Rules(),
    reading: o.Reading = o.Reading(),
    translated: o.Translated = o.Translated(),
) -> None:
    """Measure what each rule, check and view costs on these articles, and how often it fires."""
    from cleantext.batch.reading import Failure
    from cleantext.cli.deciding import sources
    from cleantext.cli.running import cleaner_with_index
    from cleantext.cost import measure

    chosen = o.configuration(paths, reading, choice, originals=translated)
    read = sources(paths, chosen, o.originals(translated), reading.kind)
    costs = measure(cleaner_with_index(chosen), (s.article for s in read if not isinstance(s, Failure)))
    out = sys.stdout
    out.write(f"{counted(costs.articles, 'article')}, {costs.megabytes:.3f} MB, {costs.seconds:.3f} s")
    out.write(f" ({costs.megabytes / costs.seconds:.2f} MB/s)\n\n" if costs.seconds else "\n")
    out.write("   ms/MB  share  articles  findings  part\n")
    for part in costs.parts[:most]:
        per_mb = 1000 * part.seconds / costs.megabytes if costs.megabytes else 0.0
        share = 100 * part.seconds / costs.seconds if costs.seconds else 0.0
        out.write(
            f"{per_mb:8.2f} {share:5.1f}% {part.articles:9} {part.findings:9}  {part.kind} {part.name}\n"
        )


@group.command(
    "lint",
    epilog="Example:  cleantext rules lint --rules my-rules.toml",
)
def lint(rules: o.RuleFiles = None) -> None:
    """Warn of expensive rules: no rare literal, or nothing that the prefilter can hold."""
    from cleantext.configuration import Configuration
    from cleantext.cost import without_rare_literal

    cleaner = Cleaner(Configuration(rules=tuple(str(f) for f in rules or ())))
    cards = list(cleaner.cards.values())
    for card in cleaner.engine.unfiltered:
        sys.stdout.write(f"{card.origin}: {card.id} runs on every text: RE2 cannot take its pattern.\n")
    for card, share in without_rare_literal(cleaner, cards):
        sys.stdout.write(
            f"{card.origin}: {card.id} {card.name} has no rare literal: "
            f"it runs on {100 * share:.0f} % of ordinary sentences.\n"
        )


@group.command(
    "new",
    epilog="Example:  cleantext rules new site-slogan --output my-rules.toml",
)
def new(
    name: Annotated[str, typer.Argument(help="Lower-case words joined by hyphens, as in site-slogan.")],
    category: Annotated[str, typer.Option("--category", help="Category of the rule.")] = "boilerplate",
    letters: Annotated[str, typer.Option("--letters", help="Letters that the id begins with.")] = "SITE",
    output: Annotated[Path | None, typer.Option("--output", "-o", help="Write a new file here.")] = None,
    rules: o.RuleFiles = None,
) -> None:
    """Return a card to start from, with a free id; it passes `rules test` as it stands."""
    from cleantext.rulebook.authoring import scaffold

    text = scaffold(letters, name, category, load(rules or []))
    if output is None:
        sys.stdout.write(text)
        return
    if is_there(output):
        raise WrongUseError(
            f"{output} exists; name another file, or leave --output out and append what is printed"
        )
    try:
        create(place_of(output), text.encode("utf-8"))
    except OSError as error:
        raise WrongUseError(f"{output} cannot be written: {error.strerror or error}.") from None
    sys.stdout.write(f"{output} written.  Try it:  cleantext rules test {output}\n")


@group.command(
    "schema",
    epilog="Example:  cleantext rules schema > rules.schema.json",
)
def schema() -> None:
    """Print the JSON Schema of a rule file, for editors."""
    import json

    from cleantext.rulebook.authoring import schema as rule_schema

    sys.stdout.write(json.dumps(rule_schema(), indent=1) + "\n")
