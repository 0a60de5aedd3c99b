"""From an empty machine with Python alone: how long until a first commit is checked, and until a first corpus is.

    python -m benchmarks.install [--wheel FILE] [--runner pre-commit --runner prek]

Builds the wheel of this tree where none is named, outside of what is timed, and then, with empty caches each time:

- has the hook installed from the mirror (`tools/hook-mirror`) by pre-commit and by prek, downloads included;
- commits two articles, which the hook checks;
- installs the wheel by pip in an empty environment, and checks `seeds/` with it.

Prints seconds of the clock and of the processor (of all children together); exit code 1 where the clock's are over
their limit. What is downloaded counts, so a slow network shows; the processor's seconds do not hold it.
"""

from __future__ import annotations

import argparse
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from cleantext.version import __version__

ROOT = Path(__file__).resolve().parents[1]
BIN = Path(sys.executable).parent
RUNNERS = ("pre-commit", "prek")
INSTALLED, COMMITTED, CHECKED = 20.0, 2.0, 15.0
"""Limits in seconds: the hook installed, a first commit checked, the wheel installed by pip and `seeds/` checked."""


class Timed(NamedTuple):
    """What was done, how long it took by the clock and by the processor, and how long it may take by the clock; seconds."""

    what: str
    wall: float
    cpu: float
    limit: float


def run(*words: str | Path, cwd: Path, **environment: str) -> None:
    """Run a command; raises SystemExit with what it printed where it fails."""
    done = subprocess.run(
        list(map(str, words)), cwd=cwd, env=os.environ | environment, capture_output=True, text=True
    )
    if done.returncode:
        raise SystemExit(f"{' '.join(map(str, words))}\n{done.stdout}{done.stderr}")


def timed(
    what: str,
    limit: float,
    *commands: tuple[str | Path, ...],
    cwd: Path,
    **environment: str,
) -> Timed:
    """Run commands one after the other, and return what they took together."""
    start, before = time.monotonic(), resource.getrusage(resource.RUSAGE_CHILDREN)
    for command in commands:
        run(*command, cwd=cwd, **environment)
    wall, after = time.monotonic() - start, resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Timed(what, wall, cpu, limit)


def built(folder: Path) -> Path:
    """Build the wheel of this tree."""
    run(sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", folder, ROOT, cwd=ROOT)
    return next(folder.glob("*.whl"))


def mirrored(folder: Path) -> Path:
    """Make the hooks' repository with its tag, as a release does."""
    run(sys.executable, ROOT / "tools/hook-mirror/make.py", folder, cwd=ROOT)
    for words in (
        ["init", "-q"],
        ["add", "-A"],
        ["commit", "-qm", "Take a release"],
        ["tag", f"v{__version__}"],
    ):
        run("git", *words, cwd=folder, **SOMEBODY)
    return folder


SOMEBODY: Mapping[str, str] = {
    f"GIT_{role}_{part}": value
    for role in ("AUTHOR", "COMMITTER")
    for part, value in (("NAME", "A"), ("EMAIL", "a@example.org"))
}
CONFIGURATION = """\
repos:
  - repo: {mirror}
    rev: v{version}
    hooks:
      - id: cleantext
        args: [--exit-zero]
        verbose: true
"""


def hook(runner: str, wheel: Path, mirror: Path, folder: Path) -> Iterator[Timed]:
    """Yield what a hook takes to be installed, and a first commit to be checked by it."""
    corpus = folder / "corpus"
    shutil.copytree(ROOT / "seeds", corpus, ignore=shutil.ignore_patterns(".cleantext"))
    (corpus / ".pre-commit-config.yaml").write_text(CONFIGURATION.format(mirror=mirror, version=__version__))
    empty = {
        **SOMEBODY,
        "PIP_FIND_LINKS": str(wheel.parent),
        "UV_FIND_LINKS": str(wheel.parent),
        "PIP_ONLY_BINARY": "cleantext-rules",
        "UV_NO_BUILD_PACKAGE": "cleantext-rules",
        "PIP_NO_CACHE_DIR": "1",
        "PRE_COMMIT_HOME": str(folder / "pre-commit"),
        "PREK_HOME": str(folder / "prek"),
        "UV_CACHE_DIR": str(folder / "uv"),
    }
    program = shutil.which(runner, path=f"{BIN}{os.pathsep}{os.environ['PATH']}")
    if program is None:
        raise SystemExit(f"{runner} is not installed:  pip install {runner}")
    run("git", "init", "-q", cwd=corpus)
    run("git", "add", "-A", cwd=corpus)
    yield timed(
        f"hook installed by {runner}", INSTALLED, (program, "install", "--install-hooks"), cwd=corpus, **empty
    )
    yield timed(
        f"first commit checked by {runner}",
        COMMITTED,
        ("git", "commit", "-qm", "Two articles"),
        cwd=corpus,
        **empty,
    )


def installed(wheel: Path, folder: Path) -> Timed:
    """Return what pip and a first check take in an empty environment, which was made before."""
    home = folder / "environment"
    run(sys.executable, "-m", "venv", home, cwd=folder)
    python = home / "bin" / "python"
    pip = (python, "-m", "pip", "install", "-q", "--no-cache-dir", "--disable-pip-version-check", wheel)
    check = (home / "bin" / "cleantext", "check", "--exit-zero", ROOT / "seeds")
    return timed("pip install and check seeds/", CHECKED, pip, check, cwd=folder)


def main() -> int:
    """Measure, and print a row each."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--wheel", type=Path, help="take this one instead of building it")
    parser.add_argument(
        "--runner", action="append", choices=RUNNERS, help="may be given again; both unless given"
    )
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        wheel = given.wheel.resolve() if given.wheel else built(folder / "dist")
        mirror = mirrored(folder / "mirror")
        rows = [installed(wheel, folder)]
        for runner in given.runner or RUNNERS:
            (folder / runner).mkdir()
            rows += hook(runner, wheel, mirror, folder / runner)
    width = max(len(row.what) for row in rows)
    print(f"{'':{width}}  clock   limit  processor")
    for row in rows:
        over = "  OVER" if row.wall > row.limit else ""
        print(f"{row.what:{width}}  {row.wall:5.1f} s {row.limit:4.0f} s {row.cpu:7.1f} s{over}")
    return int(any(row.wall > row.limit for row in rows))


if __name__ == "__main__":
    raise SystemExit(main())
