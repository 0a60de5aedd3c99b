"""Who may speak to a page: the person whose it is, by the address that it was given, from the page itself.

A page on a local port can be reached by every site that the person's browser shows
(forms, images, names that resolve to 127.0.0.1). So each request must carry the
token, name this host, and, where it changes something, come from this page.

The token opens the door once; from then on a cookie does. A browser sends cookies to
every port of a host, and on this machine another user may listen at the next one. So
the cookie is another secret than the token, and bound to a path that nobody can
guess: only requests for this page carry it, wherever they go.
"""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from html import escape
from http.cookies import CookieError, SimpleCookie
from urllib.parse import parse_qsl, quote, urlencode

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import HTMLResponse, PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from cleantext.review.web.attempts import Attempts

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
_SLASHES = "/\\"


class Guard:
    """ASGI middleware that refuses what is not the person's own doing."""

    def __init__(
        self,
        app: ASGIApp,
        *,
        token: str,
        hosts: Sequence[str],
        root: str = "",
        secure: bool = False,
        attempts: Attempts | None = None,
    ) -> None:
        """``hosts`` are the names, port included, that the page answers to; ``root`` begins every path of it.

        ``secure``: it is served over TLS. ``attempts`` count who is wrong about the token.
        """
        self.app = app
        self.secure = secure
        self.attempts = attempts
        self.token = token
        self.secret = secrets.token_urlsafe(24)
        self.hosts = frozenset(hosts)
        self.root = root
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
            return refused("This page answers only to the address that was printed when it was started.")
        origin = headers.get("origin")
        scheme = "https" if self.secure else "http"
        own = {f"{scheme}://{host}" for host in self.hosts}
        if origin is not None and origin not in own:
            return refused("This request comes from another site.")
        changes = scope["method"] not in SAFE_METHODS
        if changes and origin is None:
            return refused("A change must say where it comes from (no Origin header).")
        if headers.get("sec-fetch-site") == "cross-site" and (
            changes or headers.get("sec-fetch-mode") != "navigate"
        ):
            return refused("This request comes from another site.")
        query = parse_qsl(scope["query_string"].decode("latin-1"), keep_blank_values=True)
        given = dict(query).get("token")
        cookie = self._cookie_of(headers)
        is_in = _are_equal(cookie, self.secret)
        if not is_in and (late := too_many(self.attempts, scope)):
            return late
        if given is not None and not changes and _are_equal(given, self.token):
            return self._let_in(scope["path"], query, headers)
        if is_in:
            return None
        if self.attempts and (given is not None or cookie):
            self.attempts.note(client_of(scope))
        return refused(
            "The token is missing. Open the whole address that `cleantext review` printed, token included."
        )

    def _let_in(self, path: str, query: Sequence[tuple[str, str]], headers: Headers) -> Response:
        """Hand out the cookie and lead on to the same address without the token."""
        inside = path.removeprefix(self.root) if path.startswith(f"{self.root}/") else path
        rest = urlencode([(key, value) for key, value in query if key != "token"])
        # `//host` would be another machine's address.
        place = f"{self.root}/{quote(inside.lstrip(_SLASHES))}" + (f"?{rest}" if rest else "")
        answer: Response = RedirectResponse(place, status_code=303)
        if headers.get("sec-fetch-site") == "cross-site":
            # From the file that opened the browser. A strict cookie does not go along with a redirect of
            # another site's request; with one of our own page it does.
            answer = HTMLResponse(
                f'<!doctype html><meta http-equiv="refresh" content="0; url={escape(place)}"><title>cleantext</title>'
            )
        answer.set_cookie(
            self.cookie,
            self.secret,
            httponly=True,
            samesite="strict",
            secure=self.secure,
            path=f"{self.root}/",
        )
        return answer

    def _cookie_of(self, headers: Headers) -> str:
        try:
            morsel = SimpleCookie(headers.get("cookie", "")).get(self.cookie)
        except CookieError:
            return ""
        return morsel.value if morsel else ""


def _are_equal(given: str, wanted: str) -> bool:
    return secrets.compare_digest(given.encode("utf-8", "replace"), wanted.encode())


def refused(reason: str, status: int = 403, **headers: str) -> Response:
    """Return a refusal, with the headers of every answer."""
    return PlainTextResponse(f"Refused. {reason}\n", status, {**HEADERS, **headers})


def too_many(attempts: Attempts | None, scope: Scope) -> Response | None:
    """Refuse a client that was wrong too often; None for every other."""
    wait = attempts.wait(client_of(scope)) if attempts else 0
    if not wait:
        return None
    reason = f"Too many wrong addresses came from there. Try again in {wait} seconds."
    return refused(reason, 429, **{"retry-after": str(wait)})


def client_of(scope: Scope) -> str:
    """Return the address that a request comes from."""
    return str((scope.get("client") or ("",))[0])
