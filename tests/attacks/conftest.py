"""A machine that several users share."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest


@pytest.fixture
def machine() -> Iterator[Path]:
    """A folder in which every user of the machine may look."""
    with tempfile.TemporaryDirectory(prefix="machine-") as name:
        folder = Path(name)
        folder.chmod(0o755)
        (folder / "temporary").mkdir()
        (folder / "temporary").chmod(0o1777)
        (folder / "corpus").mkdir()
        (folder / "corpus" / "a.txt").write_text("The cafÃ© is open.\n\nThey left teh town.\n", "utf-8")
        yield folder
