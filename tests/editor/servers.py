"""A server that speaks the OpenAI protocol as far as the client asks, and misbehaves on request."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Reply = Callable[["Handler", dict[str, Any]], None]


class Server(ThreadingHTTPServer):
    """Keeps what was asked; ``reply`` answers."""

    daemon_threads = True

    def __init__(self, reply: Reply) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.reply = reply
        self.asked: list[dict[str, Any]] = []
        self.headers: list[dict[str, str]] = []
        self.lock = threading.Lock()

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/v1"

    def passages(self) -> list[str]:
        """The passages of all requests, in the order in which they came."""
        return [json.loads(body["messages"][-1]["content"])["passage"] for body in self.asked]

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that went away is no trouble here."""


class Handler(BaseHTTPRequestHandler):
    server: Server
    protocol_version = "HTTP/1.1"

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        with self.server.lock:
            self.server.asked.append(body)
            self.server.headers.append({name.lower(): value for name, value in self.headers.items()})
        self.server.reply(self, body)

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""

    def send(self, status: int, data: bytes, **headers: str) -> None:
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(data)))
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(data)

    def complete(self, text: str, finish: str = "stop") -> None:
        said = {
            "id": "x",
            "object": "chat.completion",
            "created": 0,
            "model": "toy",
            "choices": [
                {"index": 0, "finish_reason": finish, "message": {"role": "assistant", "content": text}}
            ],
            "usage": {"prompt_tokens": 100, "completion_tokens": 20, "total_tokens": 120},
        }
        self.send(200, json.dumps(said).encode())


@contextmanager
def serving(reply: Reply) -> Iterator[Server]:
    server = Server(reply)
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()


def correcting(corrections: dict[str, str]) -> Reply:
    """Answer with the correction of a passage, the passage itself where there is none."""

    def reply(handler: Handler, body: dict[str, Any]) -> None:
        passage = json.loads(body["messages"][-1]["content"])["passage"]
        handler.complete(json.dumps({"corrected": corrections.get(passage, passage)}))

    return reply


def failing(status: int, text: str, **headers: str) -> Reply:
    def reply(handler: Handler, body: dict[str, Any]) -> None:
        handler.send(status, json.dumps({"error": {"message": text}}).encode(), **headers)

    return reply


def nonsense(data: bytes) -> Reply:
    return lambda handler, body: handler.send(200, data)


def in_parts(corrections: dict[str, str]) -> Reply:
    """Stream the correction in chunks of a few bytes, as servers do that begin to answer before they have an answer."""

    def reply(handler: Handler, body: dict[str, Any]) -> None:
        passage = json.loads(body["messages"][-1]["content"])["passage"]
        text = json.dumps({"corrected": corrections.get(passage, passage)})
        said = json.dumps({"choices": [{"finish_reason": "stop", "message": {"content": text}}]}).encode()
        handler.send_response(200)
        handler.send_header("Content-Type", "application/json")
        handler.send_header("Transfer-Encoding", "chunked")
        handler.end_headers()
        for start in range(0, len(said), 7):
            part = said[start : start + 7]
            handler.wfile.write(f"{len(part):x}\r\n".encode() + part + b"\r\n")
            handler.wfile.flush()
        handler.wfile.write(b"0\r\n\r\n")

    return reply


def stalling(seconds: float) -> Reply:
    """Send the head of a reply, then a byte now and then."""

    def reply(handler: Handler, body: dict[str, Any]) -> None:
        handler.send_response(200)
        handler.send_header("Content-Type", "application/json")
        handler.send_header("Content-Length", "100000")
        handler.end_headers()
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            handler.wfile.write(b" ")
            handler.wfile.flush()
            time.sleep(0.05)

    return reply


def dying(handler: Handler, body: dict[str, Any]) -> None:
    """Promise a reply and close the connection in the middle of it."""
    handler.send_response(200)
    handler.send_header("Content-Length", "1000")
    handler.end_headers()
    handler.wfile.write(b'{"choices": [{"mess')
    handler.wfile.flush()
    handler.connection.close()
