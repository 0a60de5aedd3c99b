"""Asking a server: the cache first, then so many requests at once, within the limits of one run.

What fails is said once. A request that fails leaves its passage as it is; a server that is gone, or that
fails three times in a row, is not asked again.

A request is noted in the cache before it goes out, and a reply stands there before anybody else sees it. So a
run that is killed leaves behind what it had asked and not heard, at most as many requests as went at once:
they have been paid for, and are asked again only on demand. What another run waits for is waited for.
"""

from __future__ import annotations

import queue
import threading
import time
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple, TypeAlias

import msgspec

from cleantext.checks import CheckUnavailableError
from cleantext.checks.answercache import Cache, key
from cleantext.configuration import Editor
from cleantext.editor import prompt
from cleantext.editor.answers import Answer, Answered, Request
from cleantext.editor.budget import Budget
from cleantext.editor.client import RETRIES, Client, FailedError, GoneError
from cleantext.editor.replay import Recorder
from cleantext.printable import visible

FAILURES = 3
"""Requests that may fail in a row."""
_GRACE = 10.0
"""Seconds beyond the time limits of all tries after which a thread is given up."""
_LOOK = 0.1
"""Seconds between two looks whether another run has heard."""
_REST = "the passages after it are not asked about"


class LostError(Exception):
    """Another run asked and ended before it heard the reply."""


class _Overheard(NamedTuple):
    """An answer that another run has asked for and paid for."""

    answer: Answer


_Pending: TypeAlias = "queue.SimpleQueue[Answer | _Overheard | Exception]"


class _Item(NamedTuple):
    """A request on its way: its key in the cache, and where its answer is waited for."""

    key: bytes
    request: Request
    result: _Pending


class Kept(msgspec.Struct, frozen=True):
    """An answer as the cache keeps it."""

    text: str
    model: str
    tokens_in: int = 0
    tokens_out: int = 0

    @property
    def answer(self) -> Answer:
        """What it says."""
        return Answer(self.text, self.model, self.tokens_in, self.tokens_out)


class Unasked(NamedTuple):
    """What the cache holds no answer to: the requests to ask, by key, and the keys of those that are lost.

    Lost is what an earlier run asked and was killed before it heard.
    """

    requests: list[tuple[bytes, Request]]
    lost: frozenset[bytes]


def said_lost(count: int) -> str:
    """Say that so many passages were asked about by a run that was killed."""
    what = "passage was" if count == 1 else "passages were"
    return (
        f"{count} {what} asked about by a run that was killed before it heard the replies; "
        "--editor-again asks about them once more"
    )


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
        self.budget = Budget(settings)
        """What this run may ask for, and what it has spent."""
        self._lock = threading.RLock()
        self._cache: Cache[Kept] | None = None
        self._recorder: Recorder | None = None
        self._workers: _Workers | None = None
        self._failures = 0
        self._gone = False
        self._barred = False

    def answers(self, requests: Sequence[Request]) -> Answered:
        """Return an answer to each request, in order; None where it was not asked, or got none."""
        with self._lock:
            keys = [self.key_of(request) for request in requests]
            cache = self._opened()
            kept, lost = cache.get(keys), self._lost(cache, keys)
            waiting: list[tuple[Request, _Pending | Answer | None]] = []
            for key_, request in zip(keys, requests, strict=True):
                held = kept.get(key_)
                if held is None:
                    waiting.append((request, None if key_ in lost else self._send(key_, request)))
                    continue
                self._note(request, held.answer)
                waiting.append((request, held.answer))
            answers: list[Answer | None] = []
            trouble: list[str] = []
            gone = 0 if self.settings.only_cached else len(lost)
            for request, pending in waiting:
                if pending is None or isinstance(pending, Answer):
                    answers.append(pending)
                    continue
                try:
                    answers.append(self._received(request, pending))
                except LostError:
                    answers.append(None)
                    gone += 1
                except (FailedError, GoneError, CheckUnavailableError) as error:
                    answers.append(None)
                    trouble += self._failed(error)
            return Answered(tuple(answers), "; ".join([*([said_lost(gone)] if gone else []), *trouble]))

    def unasked(self, requests: Sequence[Request]) -> Unasked:
        """Return the requests that the cache does not hold, each with its key in it, and which of them are lost."""
        with self._lock:
            by = {self.key_of(request): request for request in requests}
            cache = self._opened()
            kept = cache.get(list(by))
            lost = self._lost(cache, list(by))
            return Unasked([(k, r) for k, r in by.items() if k not in kept and k not in lost], lost)

    @property
    def ended(self) -> bool:
        """Whether nobody will be asked any more: the server is gone, or a limit is reached."""
        return self._gone or self._barred

    def close(self) -> None:
        """Let the server, the cache and the record go; what is on its way is waited for, what waits is not sent."""
        workers = self._workers
        ended = workers is None or workers.finish(self._deadline)
        with self._lock:
            self._workers = None
            if self._cache is not None and ended:
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
        return key(f"{whose}\0{self.settings.model}\0{prompt.name_of(request)}", told[-1]["content"])

    @property
    def _deadline(self) -> float:
        """Seconds to wait for a reply; who is gone keeps nobody waiting, but what it has said already counts."""
        return _GRACE / 10 if self._gone else _patience(self.settings)

    def _opened(self) -> Cache[Kept]:
        if self._cache is None:
            self._cache = Cache(self.settings.cache, Kept, name="editor")
        return self._cache

    def _lost(self, cache: Cache[Kept], keys: Sequence[bytes]) -> frozenset[bytes]:
        """Return what an earlier run asked and did not hear; nothing where it is to be asked again."""
        return frozenset() if self.settings.ask_again else cache.lost(keys)

    def _send(self, key_: bytes, request: Request) -> _Pending | None:
        """Put a request to the server, within the limits; None where it is not asked."""
        if self._gone or self.settings.only_cached:
            return None
        told, heard = prompt.estimated(request)
        self._barred = self._barred or bool(self.budget.barred(told, heard))
        if self._barred:
            return None
        if self._workers is None:
            self._workers = _Workers(self.settings, self._opened())
        self.budget.spend(told, heard)
        return self._workers.send(key_, request)

    def _received(self, request: Request, pending: _Pending) -> Answer:
        limit = self._deadline
        try:
            got = pending.get(timeout=limit)
        except queue.Empty:
            raise GoneError(f"holds a connection open for {limit:g} s and says nothing") from None
        told, heard = prompt.estimated(request)
        if isinstance(got, LostError | _Overheard):
            self.budget.unspend(told, heard)
        if isinstance(got, Exception):
            raise got
        if isinstance(got, _Overheard):
            got = got.answer
        else:
            self._failures = 0
            if got.tokens_in:
                self.budget.correct(got.tokens_in - told, got.tokens_out - heard)
        self._note(request, got)
        return got

    def _note(self, request: Request, answer: Answer) -> None:
        """Add an answer to the record, where one is kept, whether it was asked for now or before."""
        if self.settings.record is None:
            return
        if self._recorder is None:
            self._recorder = Recorder(Path(self.settings.record))
        self._recorder.add(request, answer, prompt.name_of(request))

    def _failed(self, error: Exception) -> list[str]:
        """Count a failure; return what is to be said of it, nothing once the server is gone."""
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


def _patience(settings: Editor) -> float:
    """Return for how many seconds a reply is waited for at most, all tries together."""
    return settings.timeout * (RETRIES + 1) + _GRACE


_EXAMPLES = {"server": "http://localhost:8080/v1", "model": "qwen2.5-7b-instruct"}


class _Workers:
    """Threads that each hold a client. They are daemons: a server that never ends its reply must not hold up the end."""

    def __init__(self, settings: Editor, cache: Cache[Kept]) -> None:
        self._settings = settings
        self._cache = cache
        self._todo: queue.SimpleQueue[_Item | None] = queue.SimpleQueue()
        self._threads: list[threading.Thread] = []
        self._idle = threading.Semaphore(0)
        self._ending = False
        self._lock = threading.Lock()
        self._running = 0
        self._left = False

    def send(self, key_: bytes, request: Request) -> _Pending:
        """Hand a request on; its answer, or what went wrong, comes by the queue."""
        result: _Pending = queue.SimpleQueue()
        if len(self._threads) < max(1, self._settings.concurrency) and not self._idle.acquire(blocking=False):
            name = f"editor-{len(self._threads) + 1}"
            self._threads.append(threading.Thread(target=self._work, name=name, daemon=True))
            with self._lock:
                self._running += 1
            self._threads[-1].start()
        self._todo.put(_Item(key_, request, result))
        return result

    def finish(self, seconds: float) -> bool:
        """End every thread after what it does now, wait for them, so long at most, and return whether all have ended.

        Where some have not, the last of them closes the cache: what they still hear has been paid for.
        """
        self._ending = True
        for _ in self._threads:
            self._todo.put(None)
        deadline = time.monotonic() + seconds
        for thread in self._threads:
            thread.join(max(0.0, deadline - time.monotonic()))
        with self._lock:
            self._left = True
            return self._running == 0

    def _work(self) -> None:
        client: Client | None = None
        while (item := self._todo.get()) is not None and not self._ending:
            try:
                client = client or Client(self._settings)
                item.result.put(self._asked(client, item))
            except Exception as error:  # noqa: BLE001 - it is raised where the answer is waited for
                item.result.put(error)
            self._idle.release()
        if client is not None:
            client.close()
        with self._lock:
            self._running -= 1
            last = self._left and self._running == 0
        if last:
            self._cache.close()

    def _asked(self, client: Client, item: _Item) -> Answer | _Overheard:
        """Ask, and keep the answer before anybody sees it; only a failure that is known takes the note back.

        Where another run waits for the same answer, wait for it beside that. Raises LostError where that ends.
        """
        request = item.request
        told = prompt.messages(request)
        while not self._cache.claim(item.key, _patience(self._settings), anew=self._settings.ask_again):
            if kept := self._cache.get([item.key]).get(item.key):
                return _Overheard(kept.answer)
            if self._ending or self._cache.lost([item.key]):
                raise LostError
            time.sleep(_LOOK)
        try:
            reply = client.ask(told, most_tokens=3 * prompt.tokens(request.sentence) + 64)
        except Exception:
            self._cache.release(item.key)
            raise
        model = self._settings.model or ""
        answer = Answer(prompt.corrected(reply.text), model, reply.tokens_in, reply.tokens_out)
        self._cache.put([(item.key, Kept(*answer))])
        return answer
