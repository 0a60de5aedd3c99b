"""`cleantext trust`: what people's decisions say about rules, about each other, and what is worth a look next."""

from __future__ import annotations

import sys
from typing import Annotated, Any

import typer

from cleantext.batch.records import encode
from cleantext.cli import deciding as d
from cleantext.cli import options as o
from cleantext.cli.app import app
from cleantext.cli.bundles import spread
from cleantext.cli.running import cleaner_with_index, tell
from cleantext.configuration import Trust
from cleantext.printable import counted, visible
from cleantext.review import places


@app.command(
    epilog="Examples:  cleantext trust articles/    cleantext trust --next 20 articles/    cleantext trust --format json articles/"
)
@spread
def trust(
    paths: o.PathsOrHere = None,
    output_format: Annotated[
        o.TextOrJson, typer.Option("--format", help="How to print.")
    ] = o.TextOrJson.TEXT,
    next_: Annotated[
        int, typer.Option("--next", min=0, help="How many findings to name that are worth a look.")
    ] = 10,
    store: d.StoreOption = None,
    choice: o.Rules = o.Rules(),
    reading: o.Reading = o.Reading(),
    translated: o.Translated = o.Translated(),
) -> None:
    """Say how each rule was decided, what it would do unasked, how far reviewers agree, and what to look at next."""
    from cleantext.review import agreement, outlook
    from cleantext.review.scan import scan
    from cleantext.review.session import Session, reviewer, store_for
    from cleantext.review.shipped import shipped

    paths = paths or ["."]
    chosen = o.configuration(paths, reading, choice, originals=translated)
    beside = o.originals(translated)
    place = d.store_at(paths, d.configured(chosen, store))
    cleaner = cleaner_with_index(chosen)
    wanted = chosen.review.trust or Trust()
    opened, _ = store_for(place)
    with opened:
        seen = scan(opened, cleaner, d.sources(paths, chosen, beside, reading.kind), on_failure=tell)
        session = Session(opened, cleaner, who=reviewer(), scan=seen.number)
        records = session.records()
        every = opened.events()
        agreed = agreement.agreement(every)
        told: dict[str, Any] = {
            "bound": wanted.lower_bound,
            "rules": [
                {
                    "rule": one.rule,
                    "name": one.card.name if one.card else None,
                    "accepted": one.record.accepted,
                    "edited": one.record.edited,
                    "rejected": one.record.rejected,
                    "unsure": one.record.unsure,
                    "lower": round(one.record.lower, 4),
                    "upper": round(one.record.upper, 4),
                    "of_its_earlier_version": one.changed,
                    "shipped": shipped(one.rule, one.card),
                    "waiting": one.left,
                    "missing": outlook.missing(one.record, wanted),
                    "automatic": outlook.automatic(session, one.rule, one.record),
                    "alpha": _rounded(agreement.agreement(every, one.rule).alpha),
                }
                for one in records
                if one.left or one.record.total or one.record.unsure
            ],
            "agreement": {
                "alpha": _rounded(agreed.alpha),
                "findings": agreed.findings,
                "reviewers": agreed.reviewers,
                "disputed": agreed.disputed,
            },
            "next": [
                {
                    "path": one.item.path,
                    "line": one.item.line,
                    "rule": one.item.finding.rule,
                    "fingerprint": one.item.finding.fingerprint,
                    "text": one.item.finding.text,
                    "why": one.why,
                }
                for one in outlook.next_best(session, records, agreed, wanted, next_)
            ],
        }
    if output_format is o.TextOrJson.JSON:
        sys.stdout.buffer.write(encode(told) + b"\n")
    else:
        _print(told, str(places.root_of(place)))
    raise typer.Exit(2 if seen.failures else 0)


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 4)


def _print(told: dict[str, Any], where: str) -> None:
    out = sys.stdout
    for one in told["rules"]:
        total = one["accepted"] + one["edited"] + one["rejected"]
        said = (
            f"{one['accepted']} of {total} accepted as proposed, right in at least {100 * one['lower']:.0f} % (95 % sure)"
            if total
            else "nobody has decided about it"
        )
        out.write(f"{one['rule']:7} {one['name'] or 'a rule that is gone'}\n")
        out.write(f"        here: {said}; {one['waiting']:,} wait\n")
        if words := one["shipped"].words:
            out.write(f"        as shipped: {words}\n")
        out.write(f"        automatic: {_automatic(one, told['bound'])}\n")
        if one["alpha"] is not None:
            out.write(f"        reviewers agree: alpha {one['alpha']:.2f}\n")
    agreed = told["agreement"]
    if agreed["findings"]:
        shown = "not defined, all say the same" if agreed["alpha"] is None else f"{agreed['alpha']:.2f}"
        out.write(
            f"\n{agreed['reviewers']} reviewers decided {counted(agreed['findings'], 'finding')} in common: alpha {shown} "
            f"(1 is full agreement, 0 is chance), {len(agreed['disputed']):,} disputed\n"
        )
        for one in agreed["disputed"][:10]:
            words = ", ".join(f"{who} {verdict}" for who, verdict in one.said.items())
            out.write(visible(f"  {one.rule} “{one.match[:60]}” {one.document}: {words}") + "\n")
    else:
        out.write("\nNo finding was decided by two people, so nothing says how far they agree.\n")
    if told["next"]:
        out.write("\nWorth a look next:\n")
        for one in told["next"]:
            at = f"{one['path']}:{one['line']}" if one["line"] else one["path"]
            out.write(visible(f"  {one['rule']:7} “{one['text'][:60]}” {at}: {one['why']}") + "\n")
        out.write(visible(f"Decide them:  cleantext review {where}") + "\n")


def _automatic(one: dict[str, Any], bound: float) -> str:
    would = one["automatic"]
    if would.never:
        return f"no: {would.never}"
    if not would.findings and not would.held:
        return "nothing waits"
    said = (
        f"{counted(would.findings, 'edit')} in {counted(would.articles, 'article')}, "
        f"at most {would.wrong:,} of them wrong (95 % sure)"
    )
    if would.held:
        said += "; " + ", ".join(f"{n:,} would wait all the same ({why})" for why, n in would.held.items())
    if one["missing"]:
        said += (
            f". To show that {100 * bound:g} % are right it takes {counted(one['missing'], 'more decision')}, "
            "all for the rule"
        )
    return said
