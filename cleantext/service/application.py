"""The routes: read a request within the limits, hand it to a worker, send what comes back."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from functools import partial
from typing import Literal, Protocol

import msgspec
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import ClientDisconnect, Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from cleantext.service import openapi
from cleantext.service.answers import Health
from cleantext.service.door import Door, response
from cleantext.service.limits import Limits
from cleantext.service.request import LINES, Asked, RequestError, choices_of, media_of
from cleantext.service.worker import Answer, refusal
from cleantext.version import __version__


class Answers(Protocol):
    """Who answers requests; :class:`cleantext.service.pool.Pool` does."""

    replaced: int

    @property
    def alive(self) -> int:
        """How many workers run."""

    async def answer(self, asked: Asked) -> Answer:
        """Answer one request."""


def make_app(
    answers: Callable[[], Answers],
    limits: Limits,
    *,
    hosts: Sequence[str],
    origins: Sequence[str] = (),
    lifespan: Callable[[], contextlib.AbstractAsyncContextManager[None]] | None = None,
) -> Starlette:
    """Make the application; ``answers`` is asked for once it runs, ``lifespan`` is entered around that."""
    room = asyncio.Semaphore(limits.waiting)

    async def work(task: Literal["check", "fix"], request: Request) -> Response:
        if request.headers.get("content-encoding", "identity") != "identity":
            raise RequestError(415, "send the body as it is, not packed")
        media = media_of(request.headers.get("content-type", ""))
        choices = choices_of(request.scope["query_string"].decode("latin-1"), task)
        if room.locked():
            raise RequestError(503, "too many requests at once; try again in a second")
        async with room:
            try:
                async with asyncio.timeout(limits.reading):
                    body = await _body(request, limits.size)
            except TimeoutError:
                raise RequestError(408, f"the body did not come within {limits.reading:g} seconds") from None
            lines = LINES in request.headers.get("accept", "")
            return response(await answers().answer(Asked(task, body, media, choices, lines)))

    async def health(_: Request) -> Response:
        pool = answers()
        told = Health("ok" if pool.alive else "starting", __version__, pool.alive, pool.replaced)
        return Response(msgspec.json.encode(told), 200 if pool.alive else 503, media_type="application/json")

    async def described(_: Request) -> Response:
        return Response(msgspec.json.encode(openapi.description(limits)), media_type="application/json")

    async def page(_: Request) -> Response:
        return HTMLResponse(openapi.page(limits))

    @contextlib.asynccontextmanager
    async def around(_: Starlette) -> AsyncIterator[None]:
        async with lifespan() if lifespan else contextlib.nullcontext():
            yield

    return Starlette(
        routes=[
            Route("/check", _told(partial(work, "check")), methods=["POST"]),
            Route("/fix", _told(partial(work, "fix")), methods=["POST"]),
            Route("/health", health),
            Route("/openapi.json", described),
            Route("/", page),
        ],
        middleware=[Middleware(Door, hosts=hosts, origins=origins)],
        exception_handlers={HTTPException: _not_there},
        lifespan=around,
    )


def _told(endpoint: Callable[[Request], Awaitable[Response]]) -> Callable[[Request], Awaitable[Response]]:
    """Make a refusal of what an endpoint raises."""

    async def answered(request: Request) -> Response:
        try:
            return await endpoint(request)
        except RequestError as error:
            # What is left of the body is read and dropped, for the time that a body has: a client that still
            # sends would not see the answer of a connection that was closed on it.
            more = (
                {"retry-after": "1"}
                if error.status == 503
                else {"connection": "close"}
                if error.status == 408
                else {}
            )
            return response(refusal(error.status, str(error)), **more)
        except ClientDisconnect:
            return response(refusal(400, "the request broke off"), connection="close")

    return answered


async def _body(request: Request, most: int) -> bytes:
    """Read a body; raises RequestError for one that is too large, before it is read where it says so itself."""
    length = request.headers.get("content-length", "0")
    too_large = RequestError(413, f"the body is larger than {most:,} bytes; send fewer articles at once")
    if length.isdecimal() and int(length) > most:
        raise too_large
    parts, size = [], 0
    async for part in request.stream():
        size += len(part)
        if size > most:
            raise too_large
        parts.append(part)
    return b"".join(parts)


async def _not_there(_: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    what = "POST articles to /check or /fix; / describes the service"
    sent = response(refusal(error.status_code, what))
    sent.headers.update(error.headers or {})
    return sent
