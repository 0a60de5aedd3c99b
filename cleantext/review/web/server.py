"""Serving the page on this machine only, and opening a browser on it."""

from __future__ import annotations

import secrets
import socket
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from html import escape
from pathlib import Path

from cleantext.files import create
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
    token, root = secrets.token_urlsafe(24), f"/{secrets.token_hex(8)}"
    app = make_app(session, token=token, port=port, root=root)
    config = uvicorn.Config(app, log_level="error", access_log=False, server_header=False, lifespan="off")
    listening.listen(64)
    whole = address(port, root, token)
    announce(whole)
    with _leading_to(whole) if browser else nullcontext() as file:
        if file is not None:
            import webbrowser

            threading.Thread(target=webbrowser.open, args=(file.as_uri(),), daemon=True).start()
        uvicorn.Server(config).run(sockets=[listening])


@contextmanager
def _leading_to(address: str) -> Iterator[Path]:
    """Make a page that only the user can read and that leads on to an address, for as long as it is needed.

    A browser is started with what it opens in its arguments, which every user of the machine can read.
    """
    shown = escape(address)
    with tempfile.TemporaryDirectory(prefix="cleantext-review-") as folder:  # mode 0700
        page = Path(folder, "review.html")
        create(
            page,
            '<!doctype html><meta charset="utf-8"><meta name="referrer" content="no-referrer">'
            f'<meta http-equiv="refresh" content="0; url={shown}"><title>cleantext review</title>'
            f'<p><a href="{shown}">Go on to the page</a></p>\n'.encode(),
            private=True,
        )
        yield page
