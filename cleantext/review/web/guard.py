"""Who may speak to the page: the person who started it, from this machine, from the page itself.

A page on a local port can be reached by every site that the person's browser shows
(forms, images, names that resolve to 127.0.0.1). So each request must carry the
token, name this host, and, where it changes something, come from this page.
"""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from http.cookies import CookieError, SimpleCookie
from urllib.parse import parse_qsl, urlencode

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "cache-control": "no-store",
}
SAFE_METHODS = ("GET", "HEAD")


class Guard:
    """ASGI middleware that refuses what is not the person's own doing."""

    def __init__(self, app: ASGIApp, *, token: str, hosts: Sequence[str]) -> None:
        """``hosts`` are the names, port included, that the page answers to."""
        self.app = app
        self.token = token
        self.hosts = frozenset(hosts)
        self.cookie = "cleantext-" + next(iter(hosts)).rsplit(":", 1)[-1]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a refused request, pass a good one on; every answer gets the headers."""
        if scope["type"] != "http":
            if scope["type"] == "lifespan":
                await self.app(scope, receive, send)
            return

        async def send_guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(HEADERS)
            await send(message)

        answer = self._answer(scope)
        await (answer or self.app)(scope, receive, send_guarded)

    def _answer(self, scope: Scope) -> Response | None:
        headers = Headers(scope=scope)
        if headers.get("host", "").lower() not in self.hosts:
            return _refused("This page answers only to the address that was printed when it was started.")
        origin = headers.get("origin")
        own = {f"http://{host}" for host in self.hosts}
        if origin is not None and origin not in own:
            return _refused("This request comes from another site.")
        changes = scope["method"] not in SAFE_METHODS
        if changes and origin is None:
            return _refused("A change must say where it comes from (no Origin header).")
        if headers.get("sec-fetch-site") == "cross-site" and (
            changes or headers.get("sec-fetch-mode") != "navigate"
        ):
            return _refused("This request comes from another site.")
        query = parse_qsl(scope["query_string"].decode("latin-1"), keep_blank_values=True)
        given = dict(query).get("token")
        if given is not None and not changes and self._is_token(given):
            rest = urlencode([(key, value) for key, value in query if key != "token"])
            answer = RedirectResponse(scope["path"] + (f"?{rest}" if rest else ""), status_code=303)
            answer.set_cookie(self.cookie, self.token, httponly=True, samesite="strict", path="/")
            return answer
        if not self._is_token(self._cookie_of(headers)):
            return _refused(
                "The token is missing. Open the whole address that `cleantext review` printed, token included."
            )
        return None

    def _is_token(self, given: str) -> bool:
        return secrets.compare_digest(given.encode("utf-8", "replace"), self.token.encode())

    def _cookie_of(self, headers: Headers) -> str:
        try:
            morsel = SimpleCookie(headers.get("cookie", "")).get(self.cookie)
        except CookieError:
            return ""
        return morsel.value if morsel else ""


def _refused(reason: str) -> Response:
    return PlainTextResponse(f"Refused. {reason}\n", status_code=403)
