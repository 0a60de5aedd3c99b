"""LanguageTool servers that misbehave: each costs the second opinion at most, and none speaks for another."""

from __future__ import annotations

import json
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from cleantext.checks.languagetool import service as services
from cleantext.checks.languagetool.client import Client, FailedError, GoneError
from cleantext.cleaner import Cleaner
from cleantext.configuration import Configuration, LanguageTool

INFO = json.dumps({"software": {"version": "6.8"}}).encode()


def found(rule: str) -> bytes:
    return json.dumps(
        {"matches": [{"offset": 7, "length": 2, "rule": {"id": rule}, "message": "x", "replacements": [{"value": "a"}]}]}
    ).encode()  # fmt: skip


def answer(body: bytes, *, more: bytes = b"") -> bytes:
    return b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n%s\r\n" % (len(body), more) + body


@contextmanager
def serving(say: Callable[[socket.socket, bytes], None]) -> Iterator[str]:
    """Answer each connection once by ``say``, then close it."""
    listening = socket.create_server(("127.0.0.1", 0))

    def work() -> None:
        while True:
            try:
                connection, _ = listening.accept()
            except OSError:
                return
            with connection:
                try:
                    say(connection, connection.recv(1 << 20))
                except OSError:
                    continue

    threading.Thread(target=work, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"
    finally:
        listening.close()


def closing(rule: str, asked: list[bytes] | None = None) -> Callable[[socket.socket, bytes], None]:
    """A server that answers well and says that it closes the connection."""

    def say(connection: socket.socket, request: bytes) -> None:
        if asked is not None:
            asked.append(request)
        body = INFO if request.startswith(b"GET") else found(rule)
        connection.sendall(answer(body, more=b"Connection: close\r\n"))

    return say


def cleaner(server: str, cache: str = "off") -> Cleaner:
    settings = LanguageTool(enabled=True, server=server, cache=cache, timeout=2)
    return Cleaner(
        Configuration(languagetool=settings), select=["typography", "LT:EN_A_VS_AN"], min_confidence=0.0
    )


def test_a_server_that_closes_its_connections_is_asked_again() -> None:
    with serving(closing("EN_A_VS_AN")) as address:
        for _ in range(3):
            report = cleaner(address).check("It was an good idea that the parlia\u00adment met.")
            assert report.trouble == ()
            assert {finding.rule[:2] for finding in report.findings} == {"TY", "LT"}


@pytest.mark.parametrize(
    "said",
    [
        b"",
        b"\0" * 100,
        b"HTTP/1.1 banana OK\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: banana\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n-5\r\nabc",
        b"HTTP/1.1 200 OK\r\n" + b"a: b\r\n" * 1000,
        b"HTTP/1.1 200 OK\r\n" + b"a" * 100_000,
        b"HTTP/1.1 301 Moved\r\nLocation: http://127.0.0.1:1/\r\n\r\n",
        answer(b"[" * 100_000),
        answer(b'{"matches":' + b"[" * 100_000),
        answer(b'{"matches": [{"offset": 99999999999999999999, "length": 1, "rule": {"id": "A"}}]}'),
        answer(b'{"matches": "\xff"}'),
    ],
)
def test_whatever_a_server_says_the_other_findings_stand(said: bytes) -> None:
    with serving(lambda connection, _: connection.sendall(said)) as address:
        report = cleaner(address).check("It was an good idea that the parlia\u00adment met.")
    assert [finding.rule[:2] for finding in report.findings] == ["TY"]
    assert len(report.trouble) == 1


@pytest.mark.parametrize("first", [b"HTTP/1.1 200 OK\r\n", b""], ids=["headers", "continue"])
def test_a_server_that_drips_its_headers_costs_the_time_limit_and_no_more(first: bytes) -> None:
    def drip(connection: socket.socket, _: bytes) -> None:
        connection.sendall(first)
        for number in range(60):
            connection.sendall(b"a%d: b\r\n" % number if first else b"HTTP/1.1 100 Continue\r\n\r\n")
            time.sleep(0.1)

    with serving(drip) as address:
        start = time.monotonic()
        with pytest.raises((FailedError, GoneError)):
            Client(address, timeout=0.5).check("Text.", mode="allButTextLevelOnly", spelling=False)
        assert time.monotonic() - start < 2


def test_one_servers_answers_are_not_served_for_anothers(tmp_path: Path) -> None:
    text, cache = "It was an good idea.", str(tmp_path / "cache.sqlite")
    asked: list[bytes] = []
    with serving(closing("EN_A_VS_AN")) as first, serving(closing("NOTHING", asked)) as second:
        assert len(cleaner(first, cache).check(text).findings) == 1
        assert len(cleaner(second, cache).check(text).findings) == 0
        assert any(request.startswith(b"POST") for request in asked)
        del asked[:]
        services.close()
        assert len(cleaner(second, cache).check(text).findings) == 0
        assert not any(request.startswith(b"POST") for request in asked)  # what it said itself is kept
