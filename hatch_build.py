"""Builds the hot modules in C where a C compiler is at hand; without one the wheel is pure Python and does the same work.

They are the ``*.pyx`` files, in Cython. ``CLEANTEXT_PURE=1`` asks for the pure wheel. A wheel also carries what the
prefilters of its rules look for. ``python hatch_build.py`` builds in place.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
import sys
import sysconfig
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface
from setuptools import Distribution, Extension
from setuptools.command.build_ext import build_ext

ROOT = Path(__file__).resolve().parent
PROBE = "#include <Python.h>\nPyMODINIT_FUNC PyInit_probe(void) { return NULL; }\n"
# No path of this machine, and no warning that ends it all. Compiled modules call each other directly, for nobody may
# put another function in a hidden one's place; on Linux Python's own, too: together two per cent of a check.
FLAGS = [] if sys.platform == "win32" else ["-g0", "-w", "-fvisibility=hidden"]
if sys.platform == "linux":
    # What of gcc's -O3 a check gains by: half the time to compile, for 1 % more instructions a check. To clang,
    # which has few of these names, it is -O1.
    FLAGS += ["-O1", "-finline-small-functions", "-foptimize-sibling-calls", "-fstrict-aliasing"]
    FLAGS += ["-ftree-vectorize", "-fno-plt"]
elif FLAGS:
    FLAGS += ["-O2"]
# What our modules do without: functions that can be bound and pickled objects of C cost a fifth of the build.
DIRECTIVES = {"auto_pickle": False, "binding": False, "emit_code_comments": False}


def build(root: Path) -> list[Path]:
    """Compile what there is to compile, each beside its source, and return the built files.

    Raises whatever the compilers raise where they cannot; a compiler that is missing or broken is found at once.
    """
    from Cython.Build import cythonize

    # The sources go by their short names, from the root.
    with contextlib.chdir(root), tempfile.TemporaryDirectory() as folder:
        Path(folder, "probe.c").write_text(PROBE)
        _compile([Extension("probe", [f"{folder}/probe.c"])], Path(folder) / "probed")
        sources = sorted(Path("cleantext").rglob("*.pyx"))
        modules = [Extension(".".join(path.with_suffix("").parts), [str(path)]) for path in sources]
        modules = cythonize(modules, build_dir=folder, quiet=True, compiler_directives=DIRECTIVES)
        into = Path(folder) / "built"
        built = _compile(modules, into)
        remove_built(root)  # a process that runs one keeps it
        return [Path(shutil.copyfile(file, root / file.relative_to(into))) for file in built]


def _compile(modules: list[Extension], into: Path) -> list[Path]:
    for module in modules:
        module.extra_compile_args = FLAGS
    command = build_ext(Distribution({"name": "cleantext-rules", "ext_modules": modules}))
    command.build_lib, command.build_temp, command.parallel = str(into), str(into.parent), True
    command.ensure_finalized()
    command.run()
    return [Path(name) for name in command.get_outputs()]


def remove_built(root: Path) -> None:
    """Remove what was built before: it would be found before its source, whatever that says now."""
    for left in (root / "cleantext").rglob(f"*{sysconfig.get_config_var('EXT_SUFFIX')}"):
        left.unlink()


class NativeBuildHook(BuildHookInterface):  # type: ignore[type-arg]
    """Puts the built modules into the wheel, or beside their sources for an editable installation."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Build, or say in one line why not; the package says so, too, when it is first used."""
        if self.target_name != "wheel":
            return
        root = Path(self.root)
        try:
            built = [] if os.environ.get("CLEANTEXT_PURE") else build(root)
        except (Exception, SystemExit) as error:  # noqa: BLE001 (no compiler, no headers, a broken one: all the same)
            built = []
            self.app.display_error(f"NO C MODULES, so that everything takes several times as long: {error}")
        if built:
            build_data["pure_python"], build_data["infer_tag"] = False, True
            build_data["artifacts"] += [str(path.relative_to(root)) for path in built]
        else:
            remove_built(root)
        if version != "editable":  # rules change there: it is worked out when first asked for
            self.folder = tempfile.TemporaryDirectory()  # goes when the wheel is built
            file = Path(self.folder.name) / "prefilters.json"
            subprocess.run([sys.executable, "-m", "cleantext.prepare", str(file)], cwd=root, check=True)
            build_data["force_include"][str(file)] = "cleantext/_rules/prefilters.json"


if __name__ == "__main__":
    for path in build(ROOT):
        print(path.relative_to(ROOT))
