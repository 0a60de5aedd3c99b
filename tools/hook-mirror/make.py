"""Write the mirror of the hooks: a repository whose one dependency is a release of cleantext-rules.

    python tools/hook-mirror/make.py FOLDER [VERSION]

pre-commit builds a hook's repository from source; this one builds nothing and takes a wheel instead, as the mirrors of
ruff and black do. FOLDER is a checkout of the mirror, or an empty folder; what stands in it under the same names is
written anew. VERSION is this tree's where none is given.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
HOOKS = ".pre-commit-hooks.yaml"

PROJECT = """\
# Written by tools/hook-mirror/make.py of cleantext-rules.
[build-system]
requires = ["hatchling>=1.27"]
build-backend = "hatchling.build"

[project]
name = "cleantext-pre-commit"
version = "0.0.0"
requires-python = ">=3.11"
dependencies = ["cleantext-rules=={version}"]

[tool.hatch.build.targets.wheel]
bypass-selection = true
"""


def version_of_the_tree() -> str:
    """Return the version that this tree would be released as."""
    found = re.search(
        r'__version__\s*(?::\s*\w+\s*)?=\s*"([^"]+)"', (ROOT / "cleantext/version.py").read_text("utf-8")
    )
    if found is None:
        raise SystemExit("cleantext/version.py holds no version.")
    return found[1]


def make(folder: Path, version: str) -> list[Path]:
    """Write the mirror's three files for a version, and return them."""
    files = {
        HOOKS: (ROOT / HOOKS).read_text("utf-8"),
        "pyproject.toml": PROJECT.format(version=version),
        "README.md": (HERE / "README.md").read_text("utf-8").replace("VERSION", version),
    }
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in files.items():
        (folder / name).write_text(text, "utf-8")
    return [folder / name for name in files]


def main() -> None:
    """Write it where the first argument says."""
    match sys.argv[1:]:
        case [folder]:
            version = version_of_the_tree()
        case [folder, version]:
            pass
        case _:
            raise SystemExit(__doc__)
    for path in make(Path(folder), version):
        print(path)


if __name__ == "__main__":
    main()
