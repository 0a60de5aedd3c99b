"""A rule file of these tests' own, and the command line on it, in a process of its own or in this one."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hostile_calls import BAD as BAD
from hostile_calls import GOOD as GOOD
from hostile_calls import RULES as RULES
from hostile_calls import command

Run = Callable[..., subprocess.CompletedProcess[bytes]]


@pytest.fixture
def rules(tmp_path: Path) -> Path:
    path = tmp_path / "zz.toml"
    path.write_text(RULES, "utf-8")
    return path


@pytest.fixture
def run(tmp_path: Path, rules: Path) -> Run:
    """Run the command line in the test's folder, ``check`` and ``fix`` with the tests' rules alone."""

    def call(name: str, *arguments: object, **more: object) -> subprocess.CompletedProcess[bytes]:
        chosen: list[object] = []
        if name in ("check", "fix") and "--config" not in arguments:
            chosen = ["--isolated", "--rules", rules, "--select", "ZZ"]
        return subprocess.run(
            command(name, *arguments, *chosen),
            cwd=tmp_path, capture_output=True, timeout=300, check=False, env={**os.environ, "NO_COLOR": "1"},
            **more,  # type: ignore[call-overload]
        )  # fmt: skip

    return call


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 1 MB."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", folder], capture_output=True, check=False
    )
    if mounted.returncode:
        pytest.skip("mounting a small disk needs root")
    yield folder
    subprocess.run(["umount", folder], check=True)
