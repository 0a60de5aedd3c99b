"""Runs a command for as long as the process that started it lives.

    python keeper.py COMMAND…

The starter holds the other end of standard input. However it dies, even by
SIGKILL, that end closes, and the command is stopped. Standard library only, and
nothing of ours is imported: it starts in a few hundredths of a second.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading

PATIENCE = 3.0  # seconds between asking and killing


def main() -> int:
    """Run the command; return its exit code, 127 where it cannot be run."""
    try:
        child = subprocess.Popen(sys.argv[1:], stdin=subprocess.DEVNULL)
    except OSError as error:
        sys.stderr.write(f"{sys.argv[1]}: {error.strerror or error}\n")
        return 127

    def watch() -> None:
        while os.read(0, 1024):
            pass
        child.terminate()
        try:
            child.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            child.kill()

    signal.signal(signal.SIGTERM, lambda *_: child.terminate())
    threading.Thread(target=watch, daemon=True).start()
    return child.wait()


if __name__ == "__main__":
    raise SystemExit(main())
