"""Worker processes: each has one request at a time, and one that takes too long is ended and replaced.

A check cannot be stopped from within, whatever the text; so it runs where it can be stopped from without.
"""

from __future__ import annotations

import asyncio
import contextlib
import multiprocessing
from concurrent.futures import ThreadPoolExecutor
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess

from cleantext.service.request import Asked
from cleantext.service.worker import Answer, Kit, refusal, run

STARTING = 120.0
"""Seconds in which a worker must be ready; it compiles the rules first."""


class WorkerFailedError(Exception):
    """A worker did not come up; the message says why."""


class _Process:
    """One worker and the pipe to it."""

    def __init__(self, kit: Kit) -> None:
        # Spawned, never forked: this process has threads.
        context = multiprocessing.get_context("spawn")
        here, there = context.Pipe()
        self.pipe: Connection = here
        self.process: BaseProcess = context.Process(target=run, args=(there, kit), daemon=True)
        self.process.start()
        there.close()

    def wait_until_ready(self) -> None:
        try:
            if self.pipe.poll(STARTING):
                self.pipe.recv_bytes()
                return
        except (EOFError, OSError):
            pass
        self.end()
        raise WorkerFailedError("a worker ended before it was ready; `cleantext doctor` says what is missing")

    def ask(self, asked: Asked, seconds: float) -> Answer | None:
        """Return the answer, None where none came in time; raises EOFError or OSError where the worker ended."""
        self.pipe.send(asked)
        if not self.pipe.poll(seconds):
            return None
        answer: Answer = self.pipe.recv()
        return answer

    def end(self) -> None:
        self.process.kill()
        self.process.join()
        self.pipe.close()


class Pool:
    """Workers, as many as there are; a request waits for the next one that is free."""

    def __init__(self, kit: Kit, *, workers: int, seconds: float) -> None:
        """Start them, and wait until they are ready. ``seconds`` is the most that one request may take.

        Raises WorkerFailedError.
        """
        self._kit, self._seconds = kit, seconds
        self._threads = ThreadPoolExecutor(workers, thread_name_prefix="cleantext-worker")
        self._all = [_Process(kit) for _ in range(workers)]
        self._free: asyncio.Queue[_Process] = asyncio.Queue()
        self._renewing: set[asyncio.Task[None]] = set()
        self.replaced = 0
        try:
            for process in self._all:
                process.wait_until_ready()
                self._free.put_nowait(process)
        except WorkerFailedError:
            self.close()
            raise

    @property
    def alive(self) -> int:
        """How many workers run."""
        return sum(process.process.is_alive() for process in self._all)

    async def answer(self, asked: Asked) -> Answer:
        """Have a request answered; one that fails its worker costs that worker, and nobody else's request."""
        process = await self._free.get()
        loop = asyncio.get_running_loop()
        asking = loop.run_in_executor(self._threads, process.ask, asked, self._seconds)
        try:
            # A client that goes away must not free a worker that still works.
            answer = await asyncio.shield(asking)
        except asyncio.CancelledError:
            asking.add_done_callback(lambda done: self._after(process, done))
            raise
        except (EOFError, OSError):
            self._renew(process)
            return refusal(
                500, "the worker ended while it worked on this request; the next one gets a new worker"
            )
        if answer is None:
            self._renew(process)
            return refusal(
                503,
                f"this took longer than {self._seconds:g} seconds and was stopped; send fewer or shorter articles",
            )
        self._free.put_nowait(process)
        return answer

    def _after(self, process: _Process, done: asyncio.Future[Answer | None]) -> None:
        if done.cancelled() or done.exception() is not None or done.result() is None:
            self._renew(process)
        else:
            self._free.put_nowait(process)

    def _renew(self, process: _Process) -> None:
        task = asyncio.get_running_loop().create_task(self._replaced(process))
        self._renewing.add(task)
        task.add_done_callback(self._renewing.discard)

    async def _replaced(self, old: _Process) -> None:
        self.replaced += 1
        self._all.remove(old)
        loop = asyncio.get_running_loop()
        await loop.run_in_executor(self._threads, old.end)
        while True:
            new = await loop.run_in_executor(self._threads, _Process, self._kit)
            self._all.append(new)
            with contextlib.suppress(WorkerFailedError):
                await loop.run_in_executor(self._threads, new.wait_until_ready)
                self._free.put_nowait(new)
                return
            self._all.remove(new)
            await asyncio.sleep(1)

    def close(self) -> None:
        """End all workers."""
        for process in self._all:
            process.end()
        self._threads.shutdown(wait=False, cancel_futures=True)
