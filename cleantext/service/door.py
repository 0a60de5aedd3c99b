"""Who may ask: programs that name the service's own host, and pages of origins that the operator named.

A service on a local port can be reached by every site that a browser on this machine shows: by forms and
scripts that send and cannot read, and by names that come to resolve to 127.0.0.1 (DNS rebinding). So a
request must name a host that the service answers to, and one that a page sent must come from a named origin.
"""

from __future__ import annotations

from collections.abc import Iterable

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from cleantext.service.worker import Answer, refusal

ANY = "*"
"""In place of a host's name: the service answers to every name, for instance behind a proxy that looks at it."""
HEADERS = {
    "content-security-policy": "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; frame-ancestors 'none'",
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cache-control": "no-store",
}
_PREFLIGHT = {
    "access-control-allow-methods": "GET, POST",
    "access-control-allow-headers": "content-type, accept",
    "access-control-max-age": "600",
}


def response(answer: Answer, **headers: str) -> Response:
    """Make a response of a worker's answer, or of a refusal."""
    return Response(answer.body, answer.status, headers, media_type=answer.media)


class Door:
    """ASGI middleware that refuses other hosts and other origins, before anything is read."""

    def __init__(self, app: ASGIApp, *, hosts: Iterable[str], origins: Iterable[str] = ()) -> None:
        """``hosts`` are names with their port, or :data:`ANY`; ``origins`` are other sites whose pages may ask."""
        self.app = app
        self.hosts = frozenset(host.lower() for host in hosts)
        self.origins = frozenset(origin.lower().rstrip("/") for origin in origins)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer what is refused, pass on what is not."""
        if scope["type"] != "http":
            if scope["type"] == "lifespan":
                await self.app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        origin = headers.get("origin")
        foreign = origin is not None and origin.lower() in self.origins

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                sent = MutableHeaders(scope=message)
                sent.update(HEADERS)
                sent["cross-origin-resource-policy"] = "cross-origin" if foreign else "same-origin"
                if foreign and origin is not None:
                    sent["access-control-allow-origin"] = origin
                    sent["vary"] = "Origin"
            await send(message)

        app: ASGIApp = self.app
        if refused := self._refused(headers):
            app = response(refused)
        elif foreign and scope["method"] == "OPTIONS":
            app = Response(None, 204, _PREFLIGHT)
        await app(scope, receive, send_with_headers)

    def _refused(self, headers: Headers) -> Answer | None:
        host = headers.get("host", "").lower()
        if ANY not in self.hosts and host not in self.hosts:
            return refusal(
                421, "this service does not answer to that host; `cleantext serve --allow-host NAME` adds one"
            )
        origin = headers.get("origin")
        if origin is None or origin.lower() in self.origins:
            return None
        if ANY not in self.hosts and origin.lower() in {f"http://{name}" for name in self.hosts}:
            return None
        return refusal(
            403, "pages of that origin may not ask; `cleantext serve --allow-origin ORIGIN` lets one in"
        )
