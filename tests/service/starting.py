"""Starting a service, and ending it, in tests."""

from __future__ import annotations

import signal
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple


class Service(NamedTuple):
    """A service that runs: its address, its port and its process."""

    address: str
    port: int
    process: subprocess.Popen[str]


def started(words: Sequence[str], folder: Path) -> Iterator[Service]:
    """Start a service and wait for its address; end it as an operator would, and see that it ends."""
    process = subprocess.Popen(words, stdout=subprocess.PIPE, text=True, cwd=folder)
    assert process.stdout is not None
    address = process.stdout.readline().strip()
    assert address.startswith("http://"), address
    try:
        yield Service(address, int(address.rstrip("/").rpartition(":")[2]), process)
    finally:
        process.send_signal(signal.SIGTERM)
        assert process.wait(30) in (0, -signal.SIGTERM)
        process.stdout.close()


def with_limits(limits: str, *, workers: int = 1) -> list[str]:
    """The words that start a service with other limits than an operator can set."""
    program = f"""
from functools import partial
from cleantext import Cleaner
from cleantext.batch.fields import Fields
from cleantext.cli.formats.cleaned import Cleaned, CleanedObject
from cleantext.cli.formats.records import JsonLines, OneObject
from cleantext.service.limits import Limits
from cleantext.service.server import serve
from cleantext.service.worker import Kit

def kit():
    fields = Fields()
    forms = {{
        ("check", False): OneObject, ("check", True): JsonLines,
        ("fix", False): partial(CleanedObject, fields), ("fix", True): partial(Cleaned, fields, records=True, errors=True),
    }}
    return Kit(Cleaner(), forms, fields)

if __name__ == "__main__":
    serve(kit(), host="127.0.0.1", port=0, workers={workers}, limits=Limits({limits}), allowed_hosts=(),
          origins=("https://desk.example",), announce=lambda address: print(address, flush=True))
"""
    return [sys.executable, "-c", program]
