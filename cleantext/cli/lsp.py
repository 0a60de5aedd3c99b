"""`cleantext lsp`: the checks in an editor."""

from __future__ import annotations

import sys
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from cleantext.batch.scope import Scope
from cleantext.cleaner import Cleaner
from cleantext.cli import deciding as d
from cleantext.cli import options as o
from cleantext.cli import running as r
from cleantext.cli.app import WrongUseError, app
from cleantext.cli.bundles import spread
from cleantext.configuration import Configuration

if TYPE_CHECKING:
    from cleantext.lsp.deciding import Workshop


@app.command(
    epilog="Example:  cleantext lsp   (an editor starts it; it speaks over standard input and output)"
)
@spread
def lsp(
    config: o.Config = None,
    isolated: o.Isolated = False,
    store: d.StoreOption = None,
    who: Annotated[
        str | None, typer.Option("--who", help="Name to sign decisions with. [default: the user's]")
    ] = None,
    stdio: Annotated[bool, typer.Option("--stdio", help="The default; some editors say it.")] = True,
    choice: o.Rules = o.Rules(),
) -> None:
    """Speak the Language Server Protocol: findings while one writes, fixes and decisions as quick fixes."""
    if find_spec("pygls") is None:
        raise WrongUseError(
            "the language server needs more packages (pygls). Install them:  pip install 'cleantext-rules[lsp]'"
        )
    from cleantext.lsp.deciding import Workshop
    from cleantext.lsp.server import make_server

    cleaners: dict[Configuration, Cleaner] = {}

    def workshop(path: Path | None) -> Workshop:
        """Return what counts for a file; rules are compiled once for each configuration."""
        chosen = o.configuration(
            [str(path) if path is not None else "."],
            o.Reading(config=config, isolated=isolated),
            choice,
            editor={"enabled": False},  # it costs, and would be asked at every keystroke
        )
        if chosen not in cleaners:
            cleaners[chosen] = r.cleaner_with_index(chosen)
        kept: Path | Literal[False] | None = False
        if store is not None or not isolated:
            kept = d.configured(chosen, store)
        return Workshop(cleaners[chosen], Scope(per_file=chosen.per_file), kept)

    sys.stderr.write("cleantext: speaking the Language Server Protocol over standard input and output\n")
    make_server(workshop, who=who).start_io()
