"""What commands that ask the review store share: its place, its options, trust."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cleantext.cleaner import Cleaner
from cleantext.cli import options as o
from cleantext.cli.app import WrongUseError
from cleantext.configuration import Configuration
from cleantext.files import is_there
from cleantext.review import places

if TYPE_CHECKING:
    from cleantext.batch.inputs import Failure, Kind
    from cleantext.batch.originals import Originals
    from cleantext.batch.reading import Source
    from cleantext.review.decisions import Decisions

StoreOption = Annotated[
    Path | None,
    typer.Option(
        "--store",
        help="Where decisions are kept. [default: the nearest .cleantext/review.db at or above the paths]",
    ),
]
ShowRejected = Annotated[
    bool, typer.Option("--show-rejected", help="Report findings that somebody rejected, too.")
]


def configured(chosen: Configuration, store: Path | None) -> Path | None:
    """Return the store that the command line names, else the configuration."""
    return store or (Path(chosen.review.store) if chosen.review.store else None)


def decisions_for(
    paths: Sequence[str], chosen: Configuration, cleaner: Cleaner, *, store: Path | None, isolated: bool
) -> Decisions | None:
    """Return what people decided about these inputs; None where nobody decided anything."""
    if isolated and store is None:
        return None
    place = places.find(paths, configured(chosen, store), o.warn)
    if place is None:
        return None
    if store is not None and not is_there(place) and not is_there(places.copy_of(place)):
        raise WrongUseError(f"{store}: no review store. `cleantext review --store {store} PATH` makes one.")
    from cleantext.review.decisions import Decisions

    return Decisions.load(place, cleaner.cards) or None


def deciding(
    paths: Sequence[str], chosen: Configuration, index: Path | None, *, store: Path | None, isolated: bool
) -> tuple[Cleaner, Decisions | None]:
    """Return the cleaner of a configuration, its index read and its rules trusted, and what people decided here."""
    from cleantext.cli.running import cleaner_with_index

    cleaner = cleaner_with_index(chosen, index)
    decisions = decisions_for(paths, chosen, cleaner, store=store, isolated=isolated)
    return trusting(cleaner, decisions), decisions


def trusting(cleaner: Cleaner, decisions: Decisions | None) -> Cleaner:
    """Return a cleaner that trusts the rules that the decisions speak for; the same one where trust changes nothing."""
    if decisions is None or cleaner.configuration.review.trust is None:
        return cleaner
    from cleantext.review.trust import with_trust

    changed = with_trust(cleaner.configuration, decisions, cleaner.cards)
    return cleaner if changed is cleaner.configuration else Cleaner(changed, corpus=cleaner.corpus)


def sources(
    paths: Sequence[str],
    chosen: Configuration,
    originals: Originals | None = None,
    named_kind: Kind | None = None,
) -> Iterator[Source | Failure]:
    """Return the articles of the paths, those that the configuration excludes left out."""
    from cleantext.batch.reading import read

    return read(paths, fields=o.fields(chosen, originals), exclude=chosen.exclude, named_kind=named_kind)


def store_at(paths: Sequence[str], store: Path | None) -> Path:
    """Return the store of these paths; raises WrongUseError where there is none."""
    found = places.find(paths, store, o.warn)
    if found is None or not (is_there(found) or is_there(places.copy_of(found))):
        named = ", ".join("this directory" if path == "." else path for path in paths)
        where = store or f"at or above {named}"
        raise WrongUseError(
            f"no decisions {where}. `cleantext review PATH` makes a store, --store names one."
        )
    return found
