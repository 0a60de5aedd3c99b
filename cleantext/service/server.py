"""Listening: one process with the sockets and the HTTP, workers beside it."""

from __future__ import annotations

import contextlib
import socket
import sys
from collections.abc import AsyncIterator, Callable, Sequence

from cleantext.service.limits import Limits
from cleantext.service.worker import Kit

LOOPBACK = ("127.0.0.1", "localhost", "::1")


def hosts_for(host: str, port: int, allowed: Sequence[str]) -> tuple[str, ...]:
    """Return the names, with their port, that the service answers to.

    The address it listens at, the names of loopback where that is one, and what the operator allows: a
    name without a port means the service's own.
    """
    names = LOOPBACK if host in LOOPBACK else (host,)
    own = [f"[{name}]:{port}" if ":" in name else f"{name}:{port}" for name in names]
    return (*own, *(name if name == "*" or _has_port(name) else f"{name}:{port}" for name in allowed))


def _has_port(name: str) -> bool:
    return name.rpartition(":")[2].isdecimal() and not name.endswith("]")


def serve(
    kit: Kit,
    *,
    host: str,
    port: int,
    workers: int,
    limits: Limits,
    allowed_hosts: Sequence[str],
    origins: Sequence[str],
    announce: Callable[[str], None],
) -> None:
    """Serve until the operator stops it (SIGINT, SIGTERM).

    ``announce`` is told the address once requests can come. Raises ImportError where the ``review`` extra is not
    installed, OSError where the port cannot be had, and WorkerFailedError.
    """
    import uvicorn

    from cleantext.service.application import make_app
    from cleantext.service.connections import bounded
    from cleantext.service.pool import Pool

    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as listening:
        if sys.platform != "win32":  # there it would let another program take the port as well
            listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind((host, port))
        port = listening.getsockname()[1]
        pools: list[Pool] = []

        @contextlib.asynccontextmanager
        async def lifespan() -> AsyncIterator[None]:
            pools.append(Pool(kit, workers=workers, seconds=limits.time))
            listening.listen(128)
            shown = f"[{host}]" if ":" in host else host
            announce(f"http://{shown}:{port}/")
            try:
                yield
            finally:
                pools[0].close()

        app = make_app(
            lambda: pools[0],
            limits,
            hosts=hosts_for(host, port, allowed_hosts),
            origins=origins,
            lifespan=lifespan,
        )
        config = uvicorn.Config(
            app,
            http=bounded(limits),
            ws="none",
            lifespan="on",
            log_level="error",
            access_log=False,
            server_header=False,
            timeout_keep_alive=30,
            timeout_graceful_shutdown=int(limits.time) + 1,
        )
        uvicorn.Server(config).run(sockets=[listening])
