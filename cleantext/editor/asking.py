"""Asking a server: the cache first, then so many requests at once, within the limits of one run.

What fails is said once. A request that fails leaves its passage as it is; a server that is gone, or that
fails three times in a row, is not asked again.
"""

from __future__ import annotations

import queue
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import TypeAlias

import msgspec

from cleantext.checks import CheckUnavailableError
from cleantext.checks.answercache import Cache, key
from cleantext.configuration import Editor
from cleantext.editor import prompt
from cleantext.editor.answers import Answer, Answered, Request
from cleantext.editor.client import RETRIES, Client, FailedError, GoneError
from cleantext.editor.replay import Recorder
from cleantext.printable import visible

FAILURES = 3
"""Requests that may fail in a row."""
_GRACE = 10.0
"""Seconds beyond the time limits of all tries after which a thread is given up."""
_REST = "the passages after it are not asked about"


_Pending: TypeAlias = "queue.SimpleQueue[Answer | Exception]"


class Kept(msgspec.Struct, frozen=True):
    """An answer as the cache keeps it."""

    text: str
    model: str
    tokens_in: int = 0
    tokens_out: int = 0


class Asking:
    """Who asks a server, for one configuration. Threads may share it; nothing is opened before it is needed."""

    def __init__(self, settings: Editor) -> None:
        """Keep the settings. Raises ValueError that says what is missing."""
        if not settings.server or not settings.model:
            missing = "server" if not settings.server else "model"
            raise ValueError(
                f"The model editor has no {missing}. Write it under [editor] in your own configuration, "
                f'as {missing} = "{_EXAMPLES[missing]}", or give --editor-{missing}.'
            )
        self.settings = settings
        self._lock = threading.RLock()
        self._cache: Cache[Kept] | None = None
        self._recorder: Recorder | None = None
        self._workers: _Workers | None = None
        self._failures = 0
        self._gone = False
        self.asked = 0
        """Requests sent in this run, answered or not."""
        self.tokens = 0
        """Tokens of this run, as the server counts them, or as estimated where it does not."""

    def answers(self, requests: Sequence[Request]) -> Answered:
        """Return an answer to each request, in order; None where it was not asked, or got none."""
        with self._lock:
            kept = self._kept(requests)
            waiting: list[tuple[Request, _Pending | Answer | None]] = []
            for request in requests:
                held = kept.get(self.key_of(request))
                if held is None:
                    waiting.append((request, self._send(request)))
                    continue
                answer = Answer(held.text, held.model, held.tokens_in, held.tokens_out)
                self._note(request, answer)
                waiting.append((request, answer))
            answers: list[Answer | None] = []
            trouble: list[str] = []
            for request, pending in waiting:
                if pending is None or isinstance(pending, Answer):
                    answers.append(pending)
                    continue
                try:
                    answers.append(self._received(request, pending))
                except (FailedError, GoneError, CheckUnavailableError) as error:
                    answers.append(None)
                    trouble += self._failed(error)
            return Answered(tuple(answers), "; ".join(trouble))

    def unasked(self, requests: Sequence[Request]) -> list[tuple[bytes, Request]]:
        """Return the requests that the cache does not hold, each with its key in it."""
        with self._lock:
            kept = self._kept(requests)
            return [(k, request) for request in requests if (k := self.key_of(request)) not in kept]

    @property
    def ended(self) -> bool:
        """Whether nobody will be asked any more: the server is gone, or a limit is reached."""
        s = self.settings
        return (
            self._gone
            or (s.limit is not None and self.asked >= s.limit)
            or (s.token_limit is not None and self.tokens >= s.token_limit)
        )

    def close(self) -> None:
        """Let the server, the cache and the record go."""
        with self._lock:
            if self._workers is not None:
                self._workers.stop()
                self._workers = None
            if self._cache is not None:
                self._cache.close()
                self._cache = None
            if self._recorder is not None:
                self._recorder.close()
                self._recorder = None

    def key_of(self, request: Request) -> bytes:
        """Return the key under which the cache holds the answer."""
        told = prompt.messages(request)
        # Two servers may call different models by one name: none answers for another.
        whose = (self.settings.server or "").rstrip("/")
        return key(f"{whose}\0{self.settings.model}\0{prompt.NAME}", told[-1]["content"])

    def _kept(self, requests: Sequence[Request]) -> dict[bytes, Kept]:
        if self._cache is None:
            self._cache = Cache(self.settings.cache, Kept, name="editor")
        return self._cache.get([self.key_of(request) for request in requests])

    def _send(self, request: Request) -> _Pending | None:
        """Put a request to the server, within the limits; None where it is not asked."""
        s = self.settings
        cost = sum(prompt.estimated(request))
        if self._gone or s.only_cached or (s.limit is not None and self.asked >= s.limit):
            return None
        if s.token_limit is not None and self.tokens + cost > s.token_limit:
            return None
        if self._workers is None:
            self._workers = _Workers(s)
        self.asked += 1
        self.tokens += cost
        return self._workers.send(request)

    def _received(self, request: Request, pending: _Pending) -> Answer:
        # Whoever is gone is not waited for, but what it has said already counts.
        limit = _GRACE / 10 if self._gone else self.settings.timeout * (RETRIES + 1) + _GRACE
        try:
            got = pending.get(timeout=limit)
        except queue.Empty:
            raise GoneError(f"holds a connection open for {limit:g} s and says nothing") from None
        if isinstance(got, Exception):
            raise got
        self._failures = 0
        if got.tokens_in:
            self.tokens += got.tokens_in + got.tokens_out - sum(prompt.estimated(request))
        if self._cache is not None:
            self._cache.put(
                [(self.key_of(request), Kept(got.text, got.model, got.tokens_in, got.tokens_out))]
            )
        self._note(request, got)
        return got

    def _note(self, request: Request, answer: Answer) -> None:
        """Add an answer to the record, where one is kept, whether it was asked for now or before."""
        if self.settings.record is None:
            return
        if self._recorder is None:
            self._recorder = Recorder(Path(self.settings.record))
        self._recorder.add(request, answer, prompt.NAME)

    def _failed(self, error: Exception) -> list[str]:
        """Count a failure; give what is to be said of it, nothing once the server is gone."""
        if self._gone:
            return []
        if not isinstance(error, FailedError):
            self._gone = True
            who = f"{visible(self.settings.server or '')} " if isinstance(error, GoneError) else ""
            return [f"the model editor stops here, {_REST}: {who}{error}"]
        self._failures += 1
        if self._failures >= FAILURES:
            self._gone = True
            return [f"the model editor failed {FAILURES} times in a row, {_REST}: {error}"]
        return [f"the model editor got no reply for a passage, which stays as it is: {error}"]


_EXAMPLES = {"server": "http://localhost:8080/v1", "model": "qwen2.5-7b-instruct"}


class _Workers:
    """Threads that each hold a client. They are daemons: a server that never ends its reply must not hold up the end."""

    def __init__(self, settings: Editor) -> None:
        self._settings = settings
        self._todo: queue.SimpleQueue[tuple[Request, queue.SimpleQueue[Answer | Exception]] | None] = (
            queue.SimpleQueue()
        )
        self._count = 0
        self._idle = threading.Semaphore(0)

    def send(self, request: Request) -> queue.SimpleQueue[Answer | Exception]:
        """Hand a request on; its answer, or what went wrong, comes by the queue."""
        result: queue.SimpleQueue[Answer | Exception] = queue.SimpleQueue()
        if self._count < max(1, self._settings.concurrency) and not self._idle.acquire(blocking=False):
            self._count += 1
            threading.Thread(target=self._work, name=f"editor-{self._count}", daemon=True).start()
        self._todo.put((request, result))
        return result

    def stop(self) -> None:
        """Tell every thread to end after what it does now."""
        for _ in range(self._count):
            self._todo.put(None)

    def _work(self) -> None:
        client: Client | None = None
        while (item := self._todo.get()) is not None:
            request, result = item
            try:
                client = client or Client(self._settings)
                told = prompt.messages(request)
                reply = client.ask(told, most_tokens=3 * prompt.tokens(request.passage.text) + 64)
                result.put(
                    Answer(
                        prompt.corrected(reply.text),
                        self._settings.model or "",
                        reply.tokens_in,
                        reply.tokens_out,
                    )
                )
            except Exception as error:  # noqa: BLE001 - it is raised where the answer is waited for
                result.put(error)
            self._idle.release()
        if client is not None:
            client.close()
