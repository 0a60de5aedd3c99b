"""The command line as a list of words."""

from __future__ import annotations

import sys


def command(*arguments: object) -> list[str]:
    """A call of the command line by this very Python."""
    return [sys.executable, "-c", "from cleantext.cli import main; main()", *map(str, arguments)]
