"""`cleantext doctor`: what is installed, what is missing, what clashes."""

from __future__ import annotations

import os
import sys
from importlib import metadata, util
from typing import TextIO

import typer

from cleantext import clash, native
from cleantext.checks import CheckUnavailableError
from cleantext.cli.app import app
from cleantext.rulebook import shipped
from cleantext.rulefiles import rules_dir
from cleantext.version import __version__

_CORE = ("ftfy", "regex", "google-re2", "msgspec", "typer", "rich")
_EXTRAS = {
    "review": ("starlette", "uvicorn", "jinja2"),
    "editor": ("openai",),
    "lsp": ("pygls",),
    "languagetool": ("language_tool_python",),
    "words": ("wordfreq",),
    "html": ("trafilatura",),
    "parquet": ("pyarrow",),
    "zstd": ("zstandard",),
    "report": ("jinja2",),
    "spark": ("pyspark",),
    "datatrove": ("datatrove",),
    "datasets": ("datasets",),
    "polars": ("polars",),
    "pandas": ("pandas",),
}


@app.command(epilog="Example:  cleantext doctor")
def doctor() -> None:
    """Say what is installed, what is missing, and what clashes. Exit code 1 where something is wrong."""
    out = sys.stdout
    wrong = False
    out.write(f"cleantext-rules {__version__}, Python {sys.version.split()[0]}\n")
    out.write(f"rules      {len(shipped())} in {rules_dir()}\n")
    for name in _CORE:
        try:
            out.write(f"  {name:11} {metadata.version(name)}\n")
        except metadata.PackageNotFoundError:
            out.write(f"  {name:11} MISSING.  Mend it:  pip install {name}\n")
            wrong = True
    out.write(f"C modules  {_built()}\n")
    wrong |= bool(native.stale())
    out.write("extras\n")
    for extra, modules in _EXTRAS.items():
        missing = [module for module in modules if util.find_spec(module) is None]
        out.write(
            f"  {extra:13} " + (f"no:  pip install 'cleantext-rules[{extra}]'\n" if missing else "yes\n")
        )
    _languagetool(out)
    names = clash.rivals()
    if names:
        wrong = True
        out.write(f"clash      {clash.advice(names)}\n")
    else:
        out.write("clash      none: no other package writes into `cleantext`\n")
    raise typer.Exit(1 if wrong else 0)


def _built() -> str:
    """Say what runs in C and what in pure Python."""
    if os.environ.get(native.PURE):
        return f"not used, as {native.PURE} asks"
    if line := native.trouble():
        return f"NOT USED: {line}"
    return "all built"


def _languagetool(out: TextIO) -> None:
    """Say which LanguageTool `--languagetool` would start, and with which Java."""
    from cleantext.checks.languagetool import installation

    java = installation.java()
    if java is None:
        out.write("  java          no (needed by languagetool and spark)\n")
    else:
        old = java.major < installation.OLDEST_JAVA
        hint = f"; languagetool needs {installation.OLDEST_JAVA} or newer" if old else ""
        out.write(f"  java          {java.major or 'of unknown version'} ({java.program}){hint}\n")
    found = installation.find()
    if found is None:
        out.write(
            "  LanguageTool  none yet: `make languagetool` in a checkout; elsewhere the extra downloads it "
            "when --languagetool is given\n"
        )
        return
    try:
        installation.check_version(found.version)
        hint = ""
    except CheckUnavailableError as error:
        hint = f"; {error}"
    out.write(f"  LanguageTool  {found.version or 'of unknown version'} ({found.folder}){hint}\n")
