"""Serving the page on this machine only, and opening a browser on it."""

from __future__ import annotations

import secrets
import socket
import sys
import threading
from collections.abc import Callable

from cleantext.review.session import Session


def serve(
    session: Session,
    *,
    port: int,
    browser: bool,
    announce: Callable[[str], None],
) -> None:
    """Serve until the person stops it (Ctrl+C).

    ``announce`` gets the whole address, token included, once the port is open.
    Raises ImportError where the ``review`` extra is not installed, and OSError where
    the port is taken.
    """
    import uvicorn

    from cleantext.review.web.pages import address, make_app

    listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    # SO_REUSEADDR lets a restarted page have its port back, except where another listens (Windows).
    if sys.platform != "win32":
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listening.bind(("127.0.0.1", port))
    port = listening.getsockname()[1]
    token = secrets.token_urlsafe(24)
    app = make_app(session, token=token, port=port)
    config = uvicorn.Config(app, log_level="error", access_log=False, server_header=False, lifespan="off")
    listening.listen(64)
    announce(address(port, token))
    if browser:
        import webbrowser

        threading.Thread(target=webbrowser.open, args=(address(port, token),), daemon=True).start()
    uvicorn.Server(config).run(sockets=[listening])
