"""The command line: one module a command; it talks, the rooms below think."""

from __future__ import annotations

import gc
import sys

PACKAGE = "cleantext-rules"


def main() -> None:
    """Run the command line; the exit code is 0, 1 (findings) or 2 (wrong use, bad input)."""
    import cleantext

    if getattr(cleantext, "__dist__", None) != PACKAGE:
        from cleantext import clash

        sys.stderr.write(f"cleantext: {clash.advice(clash.rivals() or ['cleantext'])}\n")
        raise SystemExit(2)
    if sys.argv[1:] == ["--version"]:  # answered before anything heavy is imported
        from cleantext.version import __version__

        sys.stdout.write(f"{PACKAGE} {__version__}\n")
        return
    # What is imported stays to the end: collecting among it costs a hook a fifth of its time.
    gc.disable()
    from cleantext.cli.app import run

    run()
