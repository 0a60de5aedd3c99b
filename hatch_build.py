"""Builds the hot modules in C where a C compiler is at hand; without one the wheel is pure Python and does the same work.

Two kinds: ``*.pyx`` files are twins of slow Python functions, written in Cython; the modules of
``COMPILED`` are the Python files themselves, compiled by mypyc, and found before them on import.
``CLEANTEXT_PURE=1`` asks for the pure wheel. ``python hatch_build.py`` builds in place.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import sysconfig
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

if TYPE_CHECKING:
    from setuptools import Extension

ROOT = Path(__file__).resolve().parent
# For the compiler: fast, no path of this machine in the files, and no warning that ends it all. Compiled modules
# call each other directly, for nobody may put another function in a hidden one's place; and Python's own functions
# by their address, where the linker of Linux would make a stub for each: together two per cent of a check.
_ARGUMENTS = [] if sys.platform == "win32" else ["-O3", "-g0", "-Wno-error", "-fvisibility=hidden"]
if sys.platform == "linux":
    _ARGUMENTS.append("-fno-plt")

# What an article's check spends its time in. A module here holds no class whose annotations are read at
# run time (`msgspec.Struct`, `dataclass`: their types and their frozenness would be lost) and no
# `cached_property` (it would be worked out anew each time); tests/packaging/test_compiled.py sees to it.
COMPILED = {
    "checks/attribution": (
        "check",
        "doubts",
        "figures",
        "glance",
        "orphans",
        "repeated",
        "rivals",
        "sites",
        "speakers",
        "strangers",
        "suggestion",
        "uses",
        "weighing",
        "wording",
    ),
    "checks/boilerplate": (
        "abstain",
        "check",
        "facts",
        "families",
        "glued",
        "headlines",
        "known_lines",
        "line_sieve",
        "metadata",
        "page",
        "page_dump",
        "prose",
        "reasons",
        "said_twice",
    ),
    "checks/damage": (
        "beginnings",
        "characters",
        "glued",
        "signs",
        "tokenised",
        "torn",
        "vocabulary",
    ),
    "checks/encoding": ("alignment", "check", "repair"),
    "checks/translation": ("foreign", "names", "repeats", "reporting", "sentences"),
    "checks/typography": ("house", "pairs"),
    "document": (
        "candidates",
        "cues",
        "garble",
        "lines",
        "mentions",
        "names",
        "othercues",
        "pagekind",
        "plausibility",
        "quotations",
        "reader",
        "repeats",
        "resolution",
        "runs",
        "sentences",
        "shapes",
        "spans",
        "speakers",
        "subjects",
        "tokens",
        "verbs",
        "walls",
        "wordclasses",
    ),
}


def compiled_sources() -> list[str]:
    """Give the Python files that are compiled, from the project's root."""
    return [f"cleantext/{folder}/{name}.py" for folder, names in COMPILED.items() for name in names]


def build(root: Path) -> list[Path]:
    """Compile what there is to compile, each beside its source; give the built files.

    Raises whatever the compilers raise where they cannot.
    """
    from setuptools import Distribution
    from setuptools.command.build_ext import build_ext

    here = Path.cwd()
    os.chdir(root)  # so that the sources go by their short names
    try:
        with tempfile.TemporaryDirectory() as folder:
            modules = [*_from_cython(folder), *_from_python(folder)]
            for module in modules:
                module.extra_compile_args = [*module.extra_compile_args, *_ARGUMENTS]  # the list is shared
            command = build_ext(Distribution({"name": "cleantext-rules", "ext_modules": modules}))
            built = Path(folder) / "built"
            command.build_lib, command.build_temp, command.inplace = str(built), folder, False
            command.ensure_finalized()
            command.run()
            placed = [
                _placed(Path(name), root / Path(name).relative_to(built)) for name in command.get_outputs()
            ]
    finally:
        os.chdir(here)
    remove_built(root, but=placed)
    return placed


def remove_built(root: Path, but: Sequence[Path] = ()) -> None:
    """Take away what was built before: it would be found before its source, whatever that says now."""
    for left in (root / "cleantext").rglob(f"*{sysconfig.get_config_var('EXT_SUFFIX')}"):
        if left not in but:
            left.unlink()


def _placed(file: Path, place: Path) -> Path:
    """Put a file in its place at once: a process that runs the old one keeps it."""
    fresh = place.with_name(place.name + ".new")
    shutil.copyfile(file, fresh)
    fresh.replace(place)
    return place


def _from_cython(folder: str) -> list[Extension]:
    from Cython.Build import cythonize
    from setuptools import Extension

    extensions = [
        Extension(".".join(source.with_suffix("").parts), [str(source)])
        for source in sorted(Path("cleantext").rglob("*.pyx"))
    ]
    modules: list[Extension] = cythonize(extensions, build_dir=folder, quiet=True)
    return modules


def _from_python(folder: str) -> list[Extension]:
    """Give all of them in one library, so that calls between them are calls in C."""
    from mypyc.build import mypycify

    # The project's own check is strict, and not this; here nobody should be kept from building by a new mypy.
    flags = ["--config-file=", "--ignore-missing-imports"]
    return mypycify(
        [*flags, *compiled_sources()], opt_level="3", group_name="cleantext._compiled", target_dir=folder
    )


def work_out(root: Path, file: Path) -> None:
    """Write what the prefilters of the shipped rules look for; raises CalledProcessError."""
    code = [sys.executable, "-m", "cleantext.prepare", str(file)]
    subprocess.run(code, cwd=root, check=True, capture_output=True)


class NativeBuildHook(BuildHookInterface):  # type: ignore[type-arg]
    """Puts the built modules into the wheel, or beside their sources for an editable installation."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Build, or say in one line why not."""
        if self.target_name != "wheel":
            return
        self._compile(build_data)
        if version == "editable":  # rules change there: worked out when first asked for
            return
        self._folder = tempfile.TemporaryDirectory()
        file = Path(self._folder.name) / "prefilters.json"
        try:
            work_out(Path(self.root), file)
        except (OSError, subprocess.CalledProcessError) as error:
            self.app.display_warning(f"prefilters are worked out at first use: {error}")
        else:
            build_data["force_include"][str(file)] = "cleantext/_rules/prefilters.json"

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:
        """Take away what is in the wheel now."""
        if hasattr(self, "_folder"):
            self._folder.cleanup()

    def _compile(self, build_data: dict[str, Any]) -> None:
        if os.environ.get("CLEANTEXT_PURE"):
            remove_built(Path(self.root))
            return
        try:
            built = build(Path(self.root))
        except (Exception, SystemExit) as error:  # noqa: BLE001 (no compiler, no headers, a broken one: all the same)
            remove_built(Path(self.root))
            self.app.display_warning(f"no C modules, the pure Python ones will do: {error}")
            return
        build_data["pure_python"] = False
        build_data["infer_tag"] = True
        build_data["artifacts"] += [str(path.relative_to(self.root)) for path in built]


if __name__ == "__main__":
    for path in build(ROOT):
        print(path.relative_to(ROOT))
