"""The page of a session, spoken to over HTTP."""

from __future__ import annotations

from starlette.testclient import TestClient

from cleantext.review.session import Session
from cleantext.review.web.pages import make_app

PORT = 8765
TOKEN = "a-token-of-its-own"
OWN = {"origin": f"http://127.0.0.1:{PORT}"}


def stranger(session: Session) -> TestClient:
    return TestClient(make_app(session, token=TOKEN, port=PORT), base_url=f"http://127.0.0.1:{PORT}")
