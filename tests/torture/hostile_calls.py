"""The command line as a list of words, and whether there is time for all cases."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from typing import TypeVar

T = TypeVar("T")

TORTURE = os.environ.get("HYPOTHESIS_PROFILE") == "torture"
"""All cases (`make torture`); otherwise every test has a few."""


def some(cases: Sequence[T], *, few: int) -> Sequence[T]:
    """All cases, or a few of them spread over all."""
    step = max(1, len(cases) // few)
    return cases if TORTURE else cases[::step][:few]


def command(*arguments: object) -> list[str]:
    """A call of the command line by this very Python."""
    return [sys.executable, "-c", "from cleantext.cli import main; main()", *map(str, arguments)]
