"""Builds the C twins of the slow modules (``*.pyx``) where a C compiler is at hand; without one the wheel is pure Python.

``CLEANTEXT_PURE=1`` asks for the pure wheel. ``python hatch_build.py`` builds in place.
"""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

ROOT = Path(__file__).resolve().parent


def build(root: Path) -> list[Path]:
    """Compile every ``*.pyx`` under ``cleantext`` beside its source; give the built files, none where it cannot be done."""
    from Cython.Build import cythonize
    from setuptools import Distribution, Extension
    from setuptools.command.build_ext import build_ext

    sources = sorted((root / "cleantext").rglob("*.pyx"))
    here = Path.cwd()
    os.chdir(root)  # so that no path of this machine gets into the files
    try:
        with tempfile.TemporaryDirectory() as folder:
            extensions = [
                Extension(
                    ".".join(source.relative_to(root).with_suffix("").parts),
                    [str(source.relative_to(root))],
                    extra_compile_args=[] if sys.platform == "win32" else ["-O3"],
                )
                for source in sources
            ]
            modules = cythonize(extensions, build_dir=folder, quiet=True)
            command = build_ext(Distribution({"name": "cleantext-rules", "ext_modules": modules}))
            command.build_lib, command.build_temp, command.inplace = str(root), folder, False
            command.ensure_finalized()
            command.run()
            return [Path(name) for name in command.get_outputs()]
    finally:
        os.chdir(here)


class NativeBuildHook(BuildHookInterface):  # type: ignore[type-arg]
    """Puts the built modules into the wheel, or beside their sources for an editable installation."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Build, or say in one line why not."""
        if self.target_name != "wheel" or os.environ.get("CLEANTEXT_PURE"):
            return
        try:
            built = build(Path(self.root))
        except (Exception, SystemExit) as error:  # noqa: BLE001 (no compiler, no headers, a broken one: all the same)
            self.app.display_warning(f"no C modules, the pure Python ones will do: {error}")
            return
        build_data["pure_python"] = False
        build_data["infer_tag"] = True
        build_data["artifacts"] += [str(path.relative_to(self.root)) for path in built]


if __name__ == "__main__":
    for path in build(ROOT):
        print(path.relative_to(ROOT))
