"""LanguageTool for one run: the cache, the server where one must be started, and what to do when it fails.

What fails is said once. A request that fails costs its article the second
opinion; a server that is gone, or that fails three times in a row, costs it
all articles that follow, in silence: the first one's report says so.
"""

from __future__ import annotations

import atexit
import threading
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor, wait

from cleantext.checks import CheckUnavailableError
from cleantext.checks.answercache import Cache, key
from cleantext.checks.languagetool import installation
from cleantext.checks.languagetool.client import LANGUAGE, Client, FailedError, GoneError, Match, Mode
from cleantext.checks.languagetool.pieces import GAP, requests
from cleantext.checks.languagetool.server import THREADS, Server, start
from cleantext.configuration import LanguageTool
from cleantext.offsets import Offsets

SILENT = "silent:"
"""In place of a server's address: there is none, and that was said already."""
OWN = "own:"
"""Before a server's address: cleantext started it itself, at a port that says nothing about it."""
FAILURES = 3
"""Requests that may fail in a row."""
_REST = "this article and those after it are checked without it"


class Service:
    """What answers for one configuration. Threads may share it."""

    def __init__(self, settings: LanguageTool) -> None:
        """Keep the settings; nothing is started, opened or connected yet."""
        self._settings = settings
        self._lock = threading.RLock()
        self._cache: Cache[tuple[Match, ...]] | None = None
        self._server: Server | None = None
        named = settings.server
        self._address: str | None = named.removeprefix(OWN) if named else None
        self._whose = OWN if named is None or named.startswith(OWN) else named.rstrip("/")
        """Whose answers are kept: one server's are never taken for another's."""
        self._version = ""
        self._clients: list[Client] = []
        self._pool: ThreadPoolExecutor | None = None
        self._failures = 0
        self._installation: installation.Installation | None = None
        self.gone = settings.server == SILENT

    def found(self, texts: Sequence[str], *, mode: Mode, spelling: bool) -> list[tuple[Match, ...]] | None:
        """Return what stands in each text, by its own UTF-16 units; None once the service is gone.

        Texts are answered for one by one: what is found in one does not depend on
        the others. Raises CheckUnavailableError, once for each trouble.
        """
        if self.gone:
            return None
        with self._lock:
            try:
                return self._found(texts, mode, spelling)
            except FailedError as error:
                self._failures += 1
                if self._failures < FAILURES:
                    raise CheckUnavailableError(
                        f"LanguageTool failed on this article, which is checked without it: {error}"
                    ) from None
                self._give_up()
                raise CheckUnavailableError(
                    f"LanguageTool failed {FAILURES} times in a row, {_REST}: {error}"
                ) from None
            except GoneError as error:
                self._give_up()
                raise CheckUnavailableError(f"LanguageTool does not answer, {_REST}: {error}") from None
            except CheckUnavailableError as error:
                self._give_up()
                raise CheckUnavailableError(f"{error}; {_REST}") from None

    def address(self) -> str:
        """Return the server's address; a local one is started for it. Raises CheckUnavailableError."""
        with self._lock:
            if self._address is None:
                self._server = start(self._local(), timeout=self._settings.timeout)
                self._address = self._server.address
            return self._address

    def close(self) -> None:
        """Stop the server that was started here, and let everything go."""
        with self._lock:
            self.gone = True
            self._stop()
            if self._cache is not None:
                self._cache.close()

    def _local(self) -> installation.Installation:
        if self._installation is None:
            found = installation.find()
            if found is None and not self._settings.download:
                raise CheckUnavailableError(
                    "no LanguageTool found, and what a repository's own file turns on downloads none; "
                    "run once with --languagetool, which does"
                )
            self._installation = found or installation.download()
            installation.check_version(self._installation.version)
        return self._installation

    def _give_up(self) -> None:
        self.gone = True
        self._stop()

    def _stop(self) -> None:
        for client in self._clients:
            client.close()
        self._clients = []
        if self._pool is not None:
            self._pool.shutdown(wait=False, cancel_futures=True)
            self._pool = None
        if self._server is not None:
            self._server.stop()
            self._server = None

    def version(self) -> str:
        """Return LanguageTool's version, from disk where it is ours to start. Raises as :meth:`found` does."""
        if not self._version:
            if self._address is None:
                self._version = self._local().version
            else:
                told = self._connections()[0].version()
                installation.check_version(told)
                self._version = told
        return self._version

    def _connections(self) -> list[Client]:
        if not self._clients:
            address = self.address()
            self._clients = [Client(address, self._settings.timeout) for _ in range(THREADS)]
        return self._clients

    def _found(self, texts: Sequence[str], mode: Mode, spelling: bool) -> list[tuple[Match, ...]]:
        if self._cache is None:
            self._cache = Cache(self._settings.cache, tuple[Match, ...], name="languagetool")
        kind = (
            f"{self._whose} {self.version()} {LANGUAGE} {mode} {'with' if spelling else 'without'} spelling"
        )
        keys = [key(kind, text) for text in texts]
        known = self._cache.get(keys)
        wanted = {k: text for k, text in zip(keys, texts, strict=True) if k not in known}
        if wanted:
            new = list(wanted.values())
            groups = list(requests(new))
            answers = self._ask(groups, new, mode, spelling)
            fresh = dict(zip(wanted, answers, strict=True))
            self._cache.put(fresh.items())
            known |= fresh
            self._failures = 0
        return [known[k] for k in keys]

    def _ask(
        self, groups: Sequence[range], texts: Sequence[str], mode: Mode, spelling: bool
    ) -> list[tuple[Match, ...]]:
        clients = self._connections()
        if len(groups) == 1:
            return _answers(clients[0], texts, mode, spelling)
        if self._pool is None:
            self._pool = ThreadPoolExecutor(THREADS, thread_name_prefix="languagetool")
        # Each thread works off its own share, over its own connection.
        shares = [
            self._pool.submit(
                lambda client, share: [
                    _answers(client, texts[group.start : group.stop], mode, spelling) for group in share
                ],
                client,
                groups[number :: len(clients)],
            )
            for number, client in enumerate(clients)
        ]
        wait(shares)  # all of them, before one may raise: a connection is never left in the middle
        by_share = [share.result() for share in shares]
        return [
            answer
            for number in range(len(groups))
            for answer in by_share[number % len(clients)][number // len(clients)]
        ]


def _answers(client: Client, texts: Sequence[str], mode: Mode, spelling: bool) -> list[tuple[Match, ...]]:
    """Ask about several texts at once and deal the matches out to them."""
    found: list[list[Match]] = [[] for _ in texts]
    matches = iter(client.check(GAP.join(texts), mode=mode, spelling=spelling))
    match = next(matches, None)
    start = 0
    for own, text in zip(found, texts, strict=True):
        end = start + Offsets(text, "utf-16").length
        while match is not None and match.start < end:
            if match.start >= start and match.end <= end:
                own.append(Match(match.rule, match.start - start, match.end - start, *_told(match)))
            match = next(matches, None)
        start = end + len(GAP)
    return [tuple(own) for own in found]


def _told(match: Match) -> tuple[str, tuple[str, ...]]:
    return match.message, match.replacements


_services: dict[LanguageTool, Service] = {}
_services_lock = threading.Lock()


def service(settings: LanguageTool) -> Service:
    """Return this process's service for the settings: one server a run, however many cleaners ask."""
    with _services_lock:
        if settings not in _services:
            _services[settings] = Service(settings)
        return _services[settings]


@atexit.register
def close() -> None:
    """Stop every server that this process started; what asks afterwards starts anew."""
    with _services_lock:
        for each in _services.values():
            each.close()
        _services.clear()
