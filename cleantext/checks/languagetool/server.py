"""One local LanguageTool: started when asked for, found dead or slow in time, always stopped."""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import IO

from cleantext.checks import CheckUnavailableError
from cleantext.checks.languagetool import keeper
from cleantext.checks.languagetool.client import Client, FailedError, GoneError
from cleantext.checks.languagetool.installation import OLDEST_JAVA, Installation, check_version, java
from cleantext.files import Folder, create, real

START_LIMIT = 60.0
"""Seconds until the server must answer."""
WARM_LIMIT = 120.0
"""Seconds until its first check must be done: it reads all its rules then."""
MEMORY = "1g"
THREADS = 2
_PAUSE = 0.05
_WARM_UP = "A first sentence makes the server read its rules."
_SETTINGS = """maxCheckThreads={threads}
pipelineCaching=true
maxPipelinePoolSize={pipelines}
pipelineExpireTimeInSeconds=3600
maxCheckTimeMillis={milliseconds}
"""


class PortTakenError(CheckUnavailableError):
    """Somebody took the port between our look and the server's start."""


def start(place: Installation, *, timeout: float) -> Server:
    """Start a server, on another port where the first was taken. Raises as :class:`Server` does."""
    try:
        return Server(place, timeout=timeout)
    except PortTakenError:
        return Server(place, timeout=timeout)


class Server:
    """A running LanguageTool on a free port of this machine, for this process alone to stop."""

    def __init__(
        self, installation: Installation, *, timeout: float, start_limit: float = START_LIMIT
    ) -> None:
        """Start it and wait until it has checked a sentence.

        ``timeout`` (seconds) bounds each later check on the server's side too, if
        not below the first one's limit, so that a text that we gave up ends. Raises
        CheckUnavailableError: at once where the process ends by itself (a broken
        jar, no memory), after ``start_limit`` seconds where it stays silent.
        """
        check_version(installation.version)
        runtime = java()
        if runtime is None:
            raise CheckUnavailableError(f"LanguageTool needs Java {OLDEST_JAVA} or newer, and there is none")
        if runtime.major < OLDEST_JAVA:
            raise CheckUnavailableError(
                f"LanguageTool needs Java {OLDEST_JAVA} or newer; {runtime.program} is {runtime.major or 'no Java'}"
            )
        self._folder = tempfile.TemporaryDirectory(
            prefix="cleantext-languagetool-", ignore_cleanup_errors=True
        )
        place = Path(self._folder.name)
        settings = place / "server.properties"
        text = _SETTINGS.format(
            threads=THREADS, pipelines=2 * THREADS, milliseconds=int(1000 * max(timeout, WARM_LIMIT))
        )
        create(settings, text.encode("utf-8"))
        with Folder(real(place)) as folder:
            self._said: IO[bytes] = folder.create("said")
        port = _free_port()
        self.address = f"http://127.0.0.1:{port}"
        self._owner = os.getpid()
        self._process = subprocess.Popen(
            [
                *(sys.executable, "-I", "-S", str(keeper.__file__)),
                *(runtime.program, f"-Xmx{MEMORY}", "-cp", installation.classpath),
                "org.languagetool.server.HTTPServer",
                *("--port", str(port), "--config", str(settings)),
            ],
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=self._said,
            start_new_session=True,  # Ctrl-C is ours to hear first
        )
        try:
            self._wait(start_limit)
        except BaseException:
            self.stop()
            raise

    def _wait(self, start_limit: float) -> None:
        deadline = time.monotonic() + start_limit
        client = Client(self.address, timeout=1.0)
        try:
            while True:
                if self._process.poll() is not None:
                    words = self._last_words()
                    kind = PortTakenError if "PortBinding" in words else CheckUnavailableError
                    raise kind(f"LanguageTool did not start: {words}")
                try:
                    check_version(client.version(min(1.0, start_limit)))
                    break
                except (GoneError, FailedError):
                    if time.monotonic() > deadline:
                        raise CheckUnavailableError(
                            f"LanguageTool did not start within {start_limit:g} s"
                        ) from None
                    time.sleep(_PAUSE)
            client.check(_WARM_UP, mode="allButTextLevelOnly", spelling=False, timeout=WARM_LIMIT)
        except (GoneError, FailedError) as error:
            raise CheckUnavailableError(
                f"LanguageTool started and could not check a sentence: {error}"
            ) from None
        finally:
            client.close()

    def _last_words(self) -> str:
        self._said.flush()
        self._said.seek(0)
        lines = self._said.read(65536).decode("utf-8", "replace").splitlines()
        # The first line of a Java trace names the trouble, the others where.
        told = [line.strip() for line in lines if line.strip() and not line.startswith(("\t", "Picked up"))]
        return told[0][:300] if told else f"the process ended with exit code {self._process.returncode}"

    @property
    def alive(self) -> bool:
        """Whether the process runs."""
        return self._process.poll() is None

    def stop(self) -> None:
        """Stop it and wait for its end, a few seconds at most; a second call does nothing.

        In a process forked from the one that started it this does nothing either.
        """
        if os.getpid() != self._owner:
            return
        process = self._process
        if process.stdin and not process.stdin.closed:
            with contextlib.suppress(OSError):
                process.stdin.close()
        try:
            process.wait(keeper.PATIENCE + 2)
        except subprocess.TimeoutExpired:
            _kill(process)
        self._said.close()
        self._folder.cleanup()


def _kill(process: subprocess.Popen[bytes]) -> None:
    """End the keeper and what it keeps."""
    if hasattr(os, "killpg"):
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
    process.kill()
    process.wait()


def _free_port() -> int:
    """Return a port that was free a moment ago."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
