"""The command tree."""

from __future__ import annotations

import gc
import os
import shutil
import sys
import warnings
from importlib import import_module

import typer

from cleantext.cli import plain
from cleantext.printable import visible_lines
from cleantext.rulebook import RuleError
from cleantext.workers import COLLECT

_WIDE = 110
"""Columns from which help is set as a table."""

app = typer.Typer(
    name="cleantext",
    help="Clean article corpora: boilerplate, garbled machine translation, encoding, misattribution. "
    "Every change is named, explained and reversible.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    # In a narrow table the names of options are cut; Click's plain help puts a long one in a line of its own.
    rich_markup_mode="rich" if shutil.get_terminal_size().columns >= _WIDE else None,
    context_settings={"help_option_names": ["-h", "--help"]},
)


@app.callback(invoke_without_command=True)
def _root(
    version: bool = typer.Option(False, "--version", help="Print the version and stop."),
) -> None:
    if version:
        from cleantext.version import __version__

        typer.echo(f"cleantext-rules {__version__}")
        raise typer.Exit


class WrongUseError(Exception):
    """The user asked for something that cannot be; the message says what to do instead."""


def fail(message: str) -> None:
    """Print an error and stop with exit code 2."""
    sys.stderr.write(f"cleantext: {visible_lines(message)}\n")
    raise SystemExit(2)


_MODULES = {
    "check": ("check",),
    "fix": ("fix",),
    "quotes": ("quotes",),
    "review": ("review",),
    "undo": ("undo",),
}
"""Command -> the modules that define it, for the commands that are run often."""
_ALL = (
    "align",
    "check",
    "compare",
    "config",
    "decisions",
    "doctor",
    "fix",
    "index",
    "log",
    "lsp",
    "near_miss",
    "offices",
    "quotes",
    "report",
    "review",
    "reviewers",
    "rules",
    "schema",
    "serve",
    "spans",
    "trust",
    "undo",
)


def run() -> None:
    """Run the command line, turning known troubles into one clear message and exit code 2."""
    warnings.formatwarning = lambda message, *_, **__: f"cleantext: {message}\n"
    wanted = sys.argv[1] if len(sys.argv) > 1 else ""
    # A hook starts once for every few files: what it does not need is not imported.
    for module in _MODULES.get(wanted, _ALL):
        import_module(f"cleantext.cli.{module}")
    gc.freeze()
    gc.set_threshold(*COLLECT)
    gc.enable()
    try:
        if wanted not in _MODULES or not _called_plainly(wanted, sys.argv[2:]):
            app()
    except RuleError as error:
        fail(str(error))
    except (WrongUseError, ValueError) as error:
        fail(str(error))
    except BrokenPipeError:
        # The reader went away (`| head`): not our trouble, and nothing more can be said.
        sys.stderr.close()
        raise SystemExit(0) from None
    except KeyboardInterrupt:
        sys.stderr.write("cleantext: stopped\n")
        raise SystemExit(130) from None
    except Exception:  # noqa: BLE001 - Python would end with 1, which says that something was found
        import traceback

        sys.stderr.write(visible_lines(traceback.format_exc()))
        fail("this is a fault of cleantext, not yours. What was read and written before it stands.")


def _called_plainly(name: str, words: list[str]) -> bool:
    """Call a command whose line can be read without typer's parser; False where it cannot."""
    if f"_{app.info.name}_COMPLETE".upper() in os.environ:  # a shell asks for completions
        return False
    command = getattr(import_module(f"cleantext.cli.{name}"), name)
    given = plain.read(command, words)
    if given is None:
        return False
    try:
        command(**given)
    except typer.Exit as end:
        raise SystemExit(end.exit_code) from None
    return True
