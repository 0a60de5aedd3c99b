"""The page for several people: each has their own address, on this machine or, over TLS, on the network."""

from __future__ import annotations

import secrets
import socket
import ssl
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import urlencode

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.routing import BaseRoute, Mount
from starlette.types import ASGIApp, Receive, Scope, Send

from cleantext.review import team
from cleantext.review.session import Session
from cleantext.review.store import Store
from cleantext.review.team import Reviewer
from cleantext.review.web.attempts import Attempts
from cleantext.review.web.guard import Guard, client_of, refused, too_many
from cleantext.review.web.pages import Pages, routes_of
from cleantext.review.web.together import Team


class Place(NamedTuple):
    """Somebody and where they sit: at a desk, at the adjudicator's bench, or both."""

    reviewer: Reviewer
    desk: Session | None
    bench: Session | None


class Certificate(NamedTuple):
    """Files in PEM: a certificate with its chain, and its key, None where both stand in one file."""

    chain: Path
    key: Path | None = None

    def check(self) -> None:
        """Raise ValueError for files that nobody could serve with."""
        try:
            # A key that asks for a password would wait for one at a terminal.
            ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER).load_cert_chain(
                self.chain, self.key, password=_no_password
            )
        except (OSError, ValueError) as error:
            files = f"{self.chain}" + (f" with {self.key}" if self.key else "")
            why = getattr(error, "strerror", None) or error
            raise ValueError(
                f"{files} cannot be used as a certificate with its key: {why}. Both are wanted in PEM, the key "
                "without a password:  --certificate FILE --key FILE"
            ) from None


def _no_password() -> str:
    raise ValueError("the key is kept under a password")


class Building:
    """ASGI application: each person's pages behind a door of their own, found by the first part of the path."""

    def __init__(self, store: Store, attempts: Attempts) -> None:
        """Start without a page; ``store`` says who was revoked, ``attempts`` who was wrong too often."""
        self._store = store
        self._attempts = attempts
        self._homes: dict[str, tuple[Reviewer, ASGIApp]] = {}

    def add(self, root: str, reviewer: Reviewer, app: ASGIApp) -> None:
        """Let a person's pages stand below a root."""
        self._homes[root] = reviewer, app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Lead a request to the pages that it asks for."""
        if scope["type"] == "http":
            await self._found(scope)(scope, receive, send)

    def _found(self, scope: Scope) -> ASGIApp:
        root = "/" + scope["path"].split("/", 2)[1] if "/" in scope["path"] else ""
        home = self._homes.get(root)
        if home is None:
            if late := too_many(self._attempts, scope):
                return late
            self._attempts.note(client_of(scope))
            return refused("Open the whole address that you were given.")
        reviewer, app = home
        found = team.find(self._store, reviewer.name)
        if found is None or found.since != reviewer.since:
            return refused("This address was revoked. Whoever started the page can give you a new one.")
        return app


def build(
    store: Store,
    places: Sequence[Place],
    *,
    hosts: Sequence[str],
    secure: bool = False,
    attempts: Attempts | None = None,
) -> tuple[Building, Mapping[str, str]]:
    """Return the application, and for each person the path of the address, token included."""
    attempts = attempts or Attempts()
    building, people = Building(store, attempts), Team(store)
    paths = {}
    for reviewer, desk, bench in places:
        root, token = f"/{secrets.token_hex(8)}", secrets.token_urlsafe(24)
        routes: list[BaseRoute] = []
        if bench is not None:
            there = f"{root}/adjudicate" if desk else root
            people.benches[reviewer.name] = there
            pages = Pages(bench, there, people)
            routes = [Mount("/adjudicate", routes=routes_of(pages))] if desk else routes_of(pages)
        if desk is not None:
            people.desks[reviewer.name] = root
            pages = Pages(desk, root, people)
            routes += routes_of(pages)
        guard = Middleware(Guard, token=token, hosts=hosts, root=root, secure=secure, attempts=attempts)
        app = Starlette(
            routes=[Mount(root, routes=routes)], middleware=[guard], exception_handlers={404: pages.missing}
        )
        building.add(root, reviewer, app)
        paths[reviewer.name] = f"{root}/?{urlencode({'token': token})}"
    return building, paths


def share(
    store: Store,
    places: Sequence[Place],
    *,
    host: str,
    port: int,
    hosts: Callable[[int], Sequence[str]],
    certificate: Certificate | None,
    protocol: type[Any],
    announce: Callable[[Mapping[str, str]], None],
) -> None:
    """Serve people's pages until they are stopped (Ctrl+C).

    ``hosts`` returns, for the port that was had, the names with their port that the
    pages answer to, the first as people are to write it. ``protocol`` is uvicorn's, bounded in
    what a connection may cost. ``announce`` gets each person's address once the port
    is open. Raises ImportError where the ``review`` extra is not installed, and OSError
    where the port is taken.
    """
    import uvicorn

    listening = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET, socket.SOCK_STREAM)
    if sys.platform != "win32":  # there it would let another program take the port as well
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    with listening:
        listening.bind((host, port))
        names = hosts(listening.getsockname()[1])
        building, paths = build(store, places, hosts=names, secure=certificate is not None)
        config = uvicorn.Config(
            building,
            http=protocol,
            ws="none",
            lifespan="off",
            log_level="error",
            access_log=False,
            server_header=False,
            # Who sits behind a proxy does not get to say so: the door counts by address.
            proxy_headers=False,
            ssl_certfile=certificate.chain if certificate else None,
            ssl_keyfile=certificate.key if certificate else None,
        )
        listening.listen(128)
        scheme = "https" if certificate else "http"
        announce({name: f"{scheme}://{names[0]}{path}" for name, path in paths.items()})
        uvicorn.Server(config).run(sockets=[listening])
