"""`cleantext reviewers`: who decides about a corpus, who was asked what, whose address no longer opens."""

from __future__ import annotations

import sys
from contextlib import closing
from enum import StrEnum
from typing import Annotated, Any

import typer

from cleantext.batch.records import encode
from cleantext.cli import options as o
from cleantext.cli.app import WrongUseError, app
from cleantext.cli.deciding import StoreOption, store_at
from cleantext.printable import visible
from cleantext.review import places


class By(StrEnum):
    """What is given out as one piece."""

    ARTICLE = "article"
    FINDING = "finding"


Each = Annotated[
    int | None,
    typer.Option(
        "--each", min=0, help="People who are asked about every finding; 0 is all of them. [default: 0]"
    ),
]
ByOption = Annotated[
    By | None,
    typer.Option("--by", help="Give out whole articles, or finding by finding. [default: article]"),
]

group = typer.Typer(
    help="The people who decide about a corpus: list, add, share out, revoke.", no_args_is_help=True
)
app.add_typer(group, name="reviewers")

Inside = Annotated[
    list[str] | None, typer.Option("--in", metavar="PATH", help="The corpus. [default: this directory]")
]


@group.command(
    "list",
    epilog="Examples:  cleantext reviewers list    cleantext reviewers list --format json --in articles/",
)
def list_reviewers(
    inside: Inside = None,
    store: StoreOption = None,
    output_format: Annotated[
        o.TextOrJson, typer.Option("--format", help="How to print.")
    ] = o.TextOrJson.TEXT,
) -> None:
    """Say who decides, how much each was asked and has answered, how far they agree, and on how many findings not."""
    from cleantext.review import agreement, assignment, team
    from cleantext.review.store import Store

    place = store_at(inside or ["."], store)
    with closing(Store(place, create=False)) as opened:
        progress = team.progress(opened)
        none = team.Progress(0, 0)
        each, by = assignment.shares(opened)
        people = team.reviewers(opened, revoked=True)
        agreed = agreement.agreement(opened.events())
        told: dict[str, Any] = {
            "each": each,
            "by": by,
            "reviewers": [
                {
                    "name": one.name,
                    "reviews": one.reviews,
                    "adjudicates": one.adjudicates,
                    "asked": progress.get(one.id, none).asked,
                    "answered": progress.get(one.id, none).answered,
                    "revoked": one.revoked or None,
                }
                for one in people
            ],
            "disputed": team.disputed(opened),
            "alpha": None if agreed.alpha is None else round(agreed.alpha, 4),
        }
    if output_format is o.TextOrJson.JSON:
        sys.stdout.buffer.write(encode(told) + b"\n")
        return
    if not told["reviewers"]:
        sys.stdout.write("Nobody yet: whoever opens the page decides alone.  cleantext reviewers add NAME\n")
        return
    for one in told["reviewers"]:
        role = "adjudicates" if one["adjudicates"] else ""
        said = (
            f"{one['answered']:,} of {one['asked']:,} answered"
            if one["reviews"] and not one["revoked"]
            else ""
        )
        gone = f"revoked {one['revoked'][:16].replace('T', ' ')} UTC" if one["revoked"] else ""
        sys.stdout.write(visible(f"{one['name']:20} " + ", ".join(filter(None, (said, role, gone)))) + "\n")
    asked = "everybody" if not told["each"] else f"{told['each']} of them"
    whole = "by whole articles" if told["by"] == "article" else "finding by finding"
    alpha = "" if told["alpha"] is None else f", alpha {told['alpha']:.2f}"
    sys.stdout.write(f"{asked} asked about every finding, {whole}; {told['disputed']:,} disputed{alpha}\n")


@group.command(
    "add", epilog="Example:  cleantext reviewers add Anna Ben --each 2 --by article --in articles/"
)
def add(
    names: Annotated[list[str], typer.Argument(metavar="NAME…", help="As their decisions are signed.")],
    adjudicator: Annotated[
        bool,
        typer.Option("--adjudicator", help="They settle what others differ on, and are asked nothing else."),
    ] = False,
    each: Each = None,
    by: ByOption = None,
    inside: Inside = None,
    store: StoreOption = None,
) -> None:
    """Take people in: each is asked about findings apart from the others, and what they agree on holds."""
    from cleantext.review import team
    from cleantext.review.store import Store

    names = [team.known(name) for name in names]
    place = places.for_review(inside or ["."], store, o.warn)
    with closing(Store(place)) as opened:
        for name in names:
            team.add(opened, name, reviews=not adjudicator, adjudicates=adjudicator)
        team.share_out(opened, each=each, by=by.value if by else None)
        there = [one.name for one in team.reviewers(opened)]
    sys.stdout.write(visible(f"{', '.join(there)}; in {place}") + "\n")


@group.command("share", epilog="Example:  cleantext reviewers share --each 2 --by finding --in articles/")
def share(each: Each = None, by: ByOption = None, inside: Inside = None, store: StoreOption = None) -> None:
    """Share the findings out anew; what was answered stays with whoever answered."""
    from cleantext.review import team
    from cleantext.review.store import Store

    place = store_at(inside or ["."], store)
    with closing(Store(place, create=False)) as opened:
        team.share_out(opened, each=each, by=by.value if by else None)
        progress = team.progress(opened)
        for one in team.reviewers(opened):
            asked = progress[one.id].asked if one.id in progress else 0
            sys.stdout.write(visible(f"{one.name:20} {asked:,} findings") + "\n")


@group.command("revoke", epilog="Example:  cleantext reviewers revoke Ben --in articles/")
def revoke(
    names: Annotated[
        list[str], typer.Argument(metavar="NAME…", help="As `cleantext reviewers list` prints them.")
    ],
    inside: Inside = None,
    store: StoreOption = None,
) -> None:
    """Shut somebody's address at once, also of a page that runs, and ask them nothing more; what they said stays."""
    from cleantext.review import team
    from cleantext.review.store import Store

    place = store_at(inside or ["."], store)
    with closing(Store(place, create=False)) as opened:
        unknown = [name for name in names if team.revoke(opened, name) is None]
    if unknown:
        raise WrongUseError(
            f"no reviewer {', '.join(unknown)} in {place}; `cleantext reviewers list` names them"
        )
    sys.stdout.write(visible(f"revoked: {', '.join(names)}") + "\n")
