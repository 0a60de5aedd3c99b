"""`cleantext doctor`: what is installed, what is missing, what clashes."""

from __future__ import annotations

import sys
from importlib import metadata, util
from typing import TextIO

import typer

from cleantext import clash
from cleantext.checks import CheckUnavailableError
from cleantext.cli.app import app
from cleantext.native import compiled
from cleantext.rulebook import shipped
from cleantext.rulefiles import rules_dir
from cleantext.version import __version__

_CORE = ("ftfy", "regex", "google-re2", "msgspec", "typer", "rich")
_EXTRAS = {
    "review": ("starlette", "uvicorn", "jinja2"),
    "editor": ("openai",),
    "languagetool": ("language_tool_python",),
    "words": ("wordfreq",),
    "html": ("trafilatura",),
    "parquet": ("pyarrow",),
    "zstd": ("zstandard",),
    "report": ("matplotlib",),
    "spark": ("pyspark",),
    "datatrove": ("datatrove",),
    "datasets": ("datasets",),
    "polars": ("polars",),
    "pandas": ("pandas",),
}

_FROM_CYTHON = (
    "cleantext.checks.attribution._cues",
    "cleantext.checks.boilerplate._article",
    "cleantext.checks.boilerplate._forest",
    "cleantext.checks.boilerplate._lines",
    "cleantext.checks.boilerplate._looks",
    "cleantext.checks.boilerplate._page",
    "cleantext.checks.boilerplate._twice",
    "cleantext.checks.translation._repeats",
    "cleantext.document._form",
    "cleantext.document._ngrams",
    "cleantext.document._runs",
    "cleantext.document._words",
    "cleantext.matching._letters",
    "cleantext.matching._literals",
)
_FROM_PYTHON = "cleantext._compiled__mypyc"  # one library, in which all modules that mypyc compiles are


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
    built = [name for name in (*_FROM_CYTHON, _FROM_PYTHON) if compiled(name)]
    advice = "slower; install with a C compiler"
    if not built:
        return f"none, all in pure Python: {advice}"
    missing = [name.removeprefix("cleantext.") for name in (*_FROM_CYTHON, _FROM_PYTHON) if name not in built]
    return f"not built: {', '.join(missing)}; {advice}" if missing else "all built"


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
