"""The modules that are built in C where there is a compiler; each has a twin in Python that does the same work.

In a checkout a source may have changed since it was compiled. Then nothing compiled is used, for the modules import
one another in C, and all is done in Python until it is built again.
"""

from __future__ import annotations

import os
import sys
import warnings
from collections.abc import Sequence
from functools import cache
from importlib import import_module
from importlib.machinery import EXTENSION_SUFFIXES
from importlib.util import find_spec
from pathlib import Path
from typing import Any

MODULES = (
    "checks.boilerplate._page",
    "checks.boilerplate._twice",
    "document._form",
    "document._ngrams",
    "document._runs",
    "document._segmentation",
    "document._words",
    "matching._letters",
    "matching._literals",
)
"""All that is written in Cython."""
PURE = "CLEANTEXT_PURE"
"""Environment variable: build nothing in C, or use nothing of it."""
AGAIN = "build again: make env, or python hatch_build.py"
_SOURCES = (".pyx", ".pxd")
_PART = ".pxi"
"""Ending of a part of a source, which begins with the source's name: ``_page_looks.pxi`` of ``_page.pyx``."""
_PACKAGE = Path(__file__).resolve().parent


class SlowWarning(UserWarning):
    """What is compiled is missing or out of date, so that everything takes several times as long."""


def compiled(name: str) -> Any:
    """Return a module in C by its full name; None where it was not built, not for this Python, or is not to be used."""
    if os.environ.get(PURE) or stale():
        return None
    try:
        return import_module(name)
    except ImportError:
        return None


@cache
def stale(package: Path = _PACKAGE) -> tuple[str, ...]:
    """Return the sources, as paths in the package, that are newer than what was compiled from them; none in a wheel."""
    found: list[str] = []
    folders = [str(package)]
    while folders:
        with os.scandir(folders.pop()) as entries:
            files = {entry.name: entry for entry in entries if not entry.name.startswith("__")}
        if "_rules" in files:
            return ()
        folders += [entry.path for name, entry in files.items() if "." not in name and entry.is_dir()]
        for name in files:
            if name.endswith(EXTENSION_SUFFIXES[0]):
                stem = name.partition(".")[0]
                sources = [files[stem + end] for end in _SOURCES if stem + end in files]
                sources += [part for at, part in files.items() if at.startswith(stem) and at.endswith(_PART)]
                built = files[name].stat().st_mtime_ns
                found += [source.path for source in sources if source.stat().st_mtime_ns > built]
    return tuple(sorted(Path(path).relative_to(package).as_posix() for path in found))


def trouble(modules: Sequence[str] = MODULES) -> str | None:
    """Return one line on why everything is slow and what to do; None where it is not, or was asked for.

    ``modules`` are those that are looked for: they are built together, so one stands for all where time counts.
    """
    if os.environ.get(PURE):
        return None
    if sources := stale():
        more = f" and {len(sources) - 1} more" if len(sources) > 1 else ""
        return f"the compiled modules are older than {sources[0]}{more} and are not used; {AGAIN}"
    if missing := [name for name in modules if find_spec(f"cleantext.{name}") is None]:
        which = "the modules in C were" if len(missing) == len(modules) else f"{', '.join(missing)} was"
        return (
            f"{which} not built, so a check takes several times as long; install again where there is a C compiler "
            f"(`pip install -v` tells what stopped it), or set {PURE}=1 if this is what you want"
        )
    return None


@cache
def warn() -> None:
    """Warn, once a process and in no worker of another, of what makes everything slow."""
    processes = sys.modules.get("multiprocessing.process")
    if (processes is None or processes.parent_process() is None) and (line := trouble(MODULES[-1:])):
        warnings.warn(line, SlowWarning, stacklevel=3)
