"""The types that come with the package, as two checkers see them from outside."""

from __future__ import annotations

import importlib.util
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

CONSUMER = Path(__file__).with_name("consumer.py")


def need(module: str) -> None:
    """Skip where a checker is missing; on CI, where it belongs, fail."""
    if importlib.util.find_spec(module) is None:
        if os.environ.get("CI"):
            pytest.fail(f"missing on CI: {module}")
        pytest.skip(f"not installed: {module}")


def test_a_consumer_runs() -> None:
    lines = [line for line in CONSUMER.read_text("utf-8").splitlines() if "# type: ignore" not in line]
    exec(compile("\n".join(lines), str(CONSUMER), "exec"), {"__name__": "consumer"})


def test_mypy_finds_nothing_but_the_wrong_uses(tmp_path: Path) -> None:
    need("mypy")
    shutil.copy(CONSUMER, tmp_path)
    (tmp_path / "mypy.ini").write_text("[mypy]\nstrict = True\nwarn_unused_ignores = True\n")
    done = subprocess.run(
        [sys.executable, "-m", "mypy", "consumer.py"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_pyright_finds_nothing_but_the_wrong_uses(tmp_path: Path) -> None:
    need("pyright")
    shutil.copy(CONSUMER, tmp_path)
    (tmp_path / "pyrightconfig.json").write_text(
        '{"typeCheckingMode": "strict", "reportUnnecessaryTypeIgnoreComment": "error", "enableTypeIgnoreComments": true}'
    )
    done = subprocess.run(
        [sys.executable, "-m", "pyright", "--pythonpath", sys.executable, "consumer.py"],
        cwd=tmp_path, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
