"""A real service in a process of its own, asked by a real client."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from tests.service.starting import Service, started


@pytest.fixture(scope="package")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    """`cleantext serve` as anybody starts it."""
    words = [sys.executable, "-m", "cleantext", "serve", "--isolated", "--port", "0", "--workers", "1"]
    yield from started(words, tmp_path_factory.mktemp("service"))


@pytest.fixture
def client(service: Service) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=service.address, timeout=60) as opened:
        yield opened


@pytest.fixture
def command(tmp_path: Path):  # type: ignore[no-untyped-def]
    """What the command line prints for the same input."""

    def printed(*words: str, given: bytes) -> bytes:
        done = subprocess.run(
            [sys.executable, "-m", "cleantext", *words, "--isolated", "-"],
            input=given,
            capture_output=True,
            cwd=tmp_path,
            check=False,
        )
        assert done.returncode in (0, 1, 2), done.stderr
        return done.stdout

    return printed
