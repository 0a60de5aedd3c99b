"""The wheel of this tree, and an environment that holds nothing else: each is made once."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
UV = Path(sys.executable).parent / "uv"


@pytest.fixture(scope="session")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built."""
    folder = tmp_path_factory.mktemp("dist")
    command = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder), str(ROOT)]
    subprocess.run(command, check=True, capture_output=True)
    return next(folder.glob("*.whl"))


@pytest.fixture(scope="session")
def install(tmp_path_factory: pytest.TempPathFactory) -> Callable[[Path], Path]:
    """Installs a wheel in an empty environment, and returns the folder of its programs."""

    def install(wheel: Path) -> Path:
        home = tmp_path_factory.mktemp("empty")
        subprocess.run([str(UV), "venv", "-q", "--python", sys.executable, str(home / "venv")], check=True)
        python = home / "venv" / "bin" / "python"
        pinned = ["-c", str(ROOT / "constraints.txt")]
        subprocess.run(
            [str(UV), "pip", "install", "-q", "--python", str(python), *pinned, str(wheel)], check=True
        )
        return python.parent

    return install


@pytest.fixture(scope="session")
def installed(install: Callable[[Path], Path], wheel: Path) -> Path:
    """The folder of programs of an environment in which the wheel is installed alone."""
    return install(wheel)
