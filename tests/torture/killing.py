"""The command line in a forked process that is killed at a step of its choice: before, in or after a call that writes.

A step is a call by which a file is opened, written, brought to the disk, moved or removed. Calls are counted by
standing in for those of ``os`` and for the files that it opens, so no privilege is needed.
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

STEPS = ("open", "replace", "unlink", "mkdir", "chmod", "fchmod", "fchown", "fsync", "write", "utime")


class Ended(NamedTuple):
    """How a command ended: its exit code (None where it was killed), what it said."""

    code: int | None
    said: bytes


class _Counter:
    """Counts steps and kills the process at one of them."""

    def __init__(self, last: int) -> None:
        self.left = last

    def step(self, before: Callable[[], object] = lambda: None) -> None:
        self.left -= 1
        if self.left == 0:
            before()
            os.kill(os.getpid(), signal.SIGKILL)


class _File:
    """An open file whose writes are steps; the one that kills writes half."""

    def __init__(self, file: Any, counter: _Counter) -> None:
        self._file, self._counter = file, counter

    def write(self, data: bytes) -> int:
        def half() -> None:
            self._file.write(data[: len(data) // 2])
            self._file.flush()

        self._counter.step(half)
        return self._file.write(data)

    def truncate(self, size: int | None = None) -> int:
        self._counter.step()
        return self._file.truncate(size)

    def __enter__(self) -> _File:
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()

    def __getattr__(self, name: str) -> Any:
        return getattr(self._file, name)


def _stand_in(counter: _Counter) -> None:
    def counted(function: Callable[..., Any]) -> Callable[..., Any]:
        def call(*given: Any, **named: Any) -> Any:
            counter.step()
            done = function(*given, **named)
            counter.step()
            return done

        return call

    fdopen = os.fdopen

    def opened(handle: int, mode: str = "r", *more: Any, **named: Any) -> Any:
        file = fdopen(handle, mode, *more, **named)
        return file if mode == "rb" else _File(file, counter)

    for name in STEPS:
        setattr(os, name, counted(getattr(os, name)))
    os.fdopen = opened  # type: ignore[assignment]


def begun(arguments: list[str], folder: Path, said: Path, *, last: int = 0) -> int:
    """Begin a command in a folder, killed at the step ``last`` where that is not 0; return its process."""
    process = os.fork()
    if process:
        return process
    code = 1
    try:
        os.chdir(folder)
        out = os.open(said, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        os.dup2(out, 1)
        os.dup2(out, 2)
        sys.stdout, sys.stderr = open(1, "w", closefd=False), open(2, "w", closefd=False)  # noqa: SIM115
        sys.argv = ["cleantext", *arguments]
        from cleantext.cli import main

        if last:
            _stand_in(_Counter(last))
        main()
        code = 0
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else 0 if end.code is None else 1
    except BaseException:  # noqa: BLE001 - it is the child's whole life
        import traceback

        traceback.print_exc()
        code = 70
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


def ended(process: int, said: Path) -> Ended:
    """Wait for a command."""
    _, status = os.waitpid(process, 0)
    code = None if os.WIFSIGNALED(status) else os.waitstatus_to_exitcode(status)
    return Ended(code, said.read_bytes())


def run(arguments: list[str], folder: Path, said: Path, *, last: int = 0) -> Ended:
    """Run a command to its end, or to its step ``last``."""
    return ended(begun(arguments, folder, said, last=last), said)
