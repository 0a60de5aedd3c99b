"""`--learn-site`: without an index, the articles are read twice, first for what their site repeats."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from cleantext.batch.reading import Fields
from cleantext.cli.app import WrongUseError
from cleantext.configuration import Configuration

LearnSite = Annotated[
    bool,
    typer.Option(
        "--learn-site",
        help="Read the articles twice, first for what stands in several of them: the site's own voice.",
    ),
]


_folders: list[tempfile.TemporaryDirectory[str]] = []
"""Folders that go when the process ends: the run, which comes after, reads what lies in them."""


def learned_index(
    paths: Sequence[str],
    chosen: Configuration,
    fields: Fields,
    exclude: Sequence[str],
    *,
    learn: bool,
    quiet: bool,
) -> Path | None:
    """Return an index of these articles where one is asked for; it is gone when the command is over.

    Raises WrongUseError for articles that cannot be read twice, or where an index is named, too.
    """
    if not learn:
        return None
    if chosen.index:
        raise WrongUseError("--learn-site makes an index of its own; leave --index out, or --learn-site.")
    if "-" in paths:
        raise WrongUseError(
            "--learn-site reads the articles twice, and standard input can be read once only: give files."
        )
    from cleantext.batch.indexing import build

    folder = tempfile.TemporaryDirectory(prefix="cleantext-", ignore_cleanup_errors=True)
    _folders.append(folder)
    made = Path(folder.name) / "site.index"
    done = build(
        paths,
        made,
        fields=fields,
        jobs=chosen.jobs or 1,
        exclude=exclude,
        on_failure=lambda _: None,  # said when the article is read for what it holds
        progress=not quiet,
        quotations=False,
    )
    if not quiet:
        sys.stderr.write(
            f"cleantext: learned what repeats over {done.distinct} distinct articles; "
            "`cleantext index` keeps that for later runs\n"
        )
    return made
