"""`cleantext rules add-near-miss`: a rejection teaches its rule."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from cleantext.cli import options as o
from cleantext.cli.app import WrongUseError
from cleantext.cli.deciding import StoreOption, store_at
from cleantext.cli.rules import group
from cleantext.files import real


@group.command(
    "add-near-miss",
    epilog="Example:  cleantext rules add-near-miss FINGERPRINT",
)
def add_near_miss(
    fingerprint: Annotated[
        str, typer.Argument(help="The rejected finding (its fingerprint: `cleantext decisions list --all`).")
    ],
    unless: Annotated[
        str | None,
        typer.Option(
            "--unless", help="Your own exception, a pattern. [default: the widest that harms nothing]"
        ),
    ] = None,
    why: Annotated[
        str, typer.Option("--why", help="What differs from the fault; it goes into the card.")
    ] = "",
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Write it without asking.")] = False,
    store: StoreOption = None,
    config: o.Config = None,
    rules: o.RuleFiles = None,
) -> None:
    """Make a rejected finding a near-miss of its rule, tried on every earlier decision before it is written."""
    from cleantext.review.nearmiss import CannotLearnError, add, file_of, propose
    from cleantext.review.session import Session, reviewer
    from cleantext.review.store import Store

    place = store_at(["."], store)
    root = real(place).parent
    chosen = o.configuration([str(root)], o.Reading(config=config), o.Rules(rules=rules))
    cleaner = o.cleaner_for(chosen)
    with Store(place, create=False) as opened:
        session = Session(opened, cleaner, who=reviewer(), scan=0)
        found = opened.items("f.key = ?", (fingerprint,), limit=1)
        if not found:
            raise WrongUseError(
                f"no finding {fingerprint} in {place}; `cleantext decisions list --all` names them"
            )
        if found[0].state != "rejected":
            raise WrongUseError(
                f"{fingerprint} was not rejected (it is {found[0].state}); a near-miss is a no"
            )
        try:
            proposal = propose(session, found[0], unless=unless)
            path = file_of(proposal.card)
            sys.stdout.write(
                f"{proposal.card.id} {proposal.card.name}, in {path}\n"
                f"  near-miss  {proposal.text}\n  unless     {proposal.unless}\n  {proposal}\n"
            )
            if not yes:
                if not sys.stdin.isatty():
                    sys.stdout.write("Nothing written. --yes writes it.\n")
                    raise typer.Exit(1)
                if not typer.confirm("Write it?"):
                    raise typer.Exit(1)
            add(path, proposal, why)
        except CannotLearnError as error:
            raise WrongUseError(str(error)) from None
    sys.stdout.write(f"Written. `cleantext rules test {path}` tries the whole card.\n")
