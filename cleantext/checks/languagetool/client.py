"""LanguageTool's HTTP interface, over one connection that is kept, within our own time limits."""

from __future__ import annotations

import http.client
import io
import socket
import time
from typing import Any, Literal
from urllib.parse import SplitResult, urlencode, urlsplit

import msgspec
import regex

Mode = Literal["allButTextLevelOnly", "textLevelOnly"]
"""LanguageTool's rules that look at one sentence, or those that look across sentences."""

LANGUAGE = "en-US"
SPELLING = "TYPOS"
"""The category of LanguageTool's spell checker: half of its time, and wrong about names."""
_FORM = {"Content-Type": "application/x-www-form-urlencoded", "Accept": "application/json"}
_LONE_SURROGATE = regex.compile("[\ud800-\udfff]")
_LARGEST = 64 * 1024 * 1024  # bytes of an answer that are read


class Match(msgspec.Struct, frozen=True, array_like=True):
    """One place that LanguageTool reports; ``start:end`` in UTF-16 units of the text it was sent."""

    rule: str
    start: int
    end: int
    message: str
    replacements: tuple[str, ...]


class GoneError(Exception):
    """Nobody answers at the address any more."""


class FailedError(Exception):
    """The server is there and did not answer this request: too slow, an error, or nonsense."""


class _Replacement(msgspec.Struct):
    value: str = ""


class _Rule(msgspec.Struct):
    id: str


class _Match(msgspec.Struct):
    offset: int
    length: int
    rule: _Rule
    message: str = ""
    replacements: list[_Replacement] = []


class _Warnings(msgspec.Struct, rename="camel"):
    incomplete_results: bool = False


class _Answer(msgspec.Struct):
    matches: list[_Match]
    warnings: _Warnings = msgspec.field(default_factory=_Warnings)


_ANSWER = msgspec.json.Decoder(_Answer)


def parse_address(address: str) -> SplitResult:
    """Take a server's address apart; ValueError says what one looks like."""
    parts = urlsplit(address if "://" in address else f"http://{address}")
    try:
        usable = parts.scheme in ("http", "https") and parts.hostname and (parts.port or True)
    except ValueError:
        usable = False
    if not usable:
        raise ValueError(f'"{address}" is no address of a LanguageTool server, such as http://localhost:8081')
    return parts


class Client:
    """One connection to one server; not for two threads at once."""

    def __init__(self, address: str, timeout: float) -> None:
        """Connect when first asked. ``timeout`` is in seconds, for a whole request with its answer."""
        parts = parse_address(address)
        self._tls = parts.scheme == "https"
        self._host = parts.hostname or "localhost"
        self._port = parts.port
        path = parts.path.rstrip("/")
        self._path = path if path.endswith("/v2") else f"{path}/v2"
        self._timeout = timeout
        self._connection: http.client.HTTPConnection | None = None

    def check(
        self, text: str, *, mode: Mode, spelling: bool, timeout: float | None = None
    ) -> tuple[Match, ...]:
        """Return what LanguageTool finds, in order of start. Raises GoneError and FailedError.

        A lone surrogate, which UTF-8 cannot hold, is sent as U+FFFD: both are one unit long.
        """
        form = {"language": LANGUAGE, "mode": mode, "text": _LONE_SURROGATE.sub("\ufffd", text)}
        if not spelling:
            form["disabledCategories"] = SPELLING
        raw = self._request("POST", "/check", urlencode(form).encode("ascii"), timeout)
        try:
            answer = _ANSWER.decode(raw)
        except (msgspec.DecodeError, ValueError, RecursionError) as error:
            raise FailedError(f"an answer that is not LanguageTool's ({error})") from None
        if answer.warnings.incomplete_results:
            raise FailedError("an incomplete answer")
        found = [
            Match(
                match.rule.id,
                match.offset,
                match.offset + match.length,
                match.message,
                tuple(replacement.value for replacement in match.replacements[:5]),
            )
            for match in answer.matches
        ]
        return tuple(sorted(found, key=lambda match: (match.start, match.end, match.rule)))

    def version(self, timeout: float | None = None) -> str:
        """Return the server's version. Raises GoneError and FailedError."""
        raw = self._request("GET", "/info", None, timeout)
        try:
            told: Any = msgspec.json.decode(raw)
            return str(told["software"]["version"])
        except (msgspec.DecodeError, ValueError, RecursionError, KeyError, TypeError):
            raise FailedError("an answer that is not LanguageTool's") from None

    def close(self) -> None:
        """Let the connection go."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def _request(self, method: str, path: str, body: bytes | None, timeout: float | None) -> bytes:
        deadline = time.monotonic() + (timeout or self._timeout)
        kept = self._connection is not None
        try:
            try:
                return self._exchange(method, path, body, deadline)
            except (http.client.RemoteDisconnected, ConnectionResetError, BrokenPipeError):
                self.close()
                if not kept:
                    raise
                # The server lets an idle connection go without a word; a fresh one tells whether it lives.
                return self._exchange(method, path, body, deadline)
        except TimeoutError:
            self.close()
            raise FailedError(f"no answer within {timeout or self._timeout:g} s") from None
        except (OSError, http.client.RemoteDisconnected) as error:
            self.close()
            reason = getattr(error, "strerror", None) or str(error) or type(error).__name__
            raise GoneError(reason) from None
        except (http.client.HTTPException, ValueError) as error:  # a length or a status that is no number
            self.close()
            raise FailedError(f"no HTTP ({type(error).__name__})") from None
        except BaseException:
            self.close()
            raise

    def _exchange(self, method: str, path: str, body: bytes | None, deadline: float) -> bytes:
        connection = self._connection
        # After an answer that says "Connection: close" the connection is there, and its socket is not.
        if connection is None or connection.sock is None:
            kind = http.client.HTTPSConnection if self._tls else http.client.HTTPConnection
            connection = self._connection = kind(self._host, self._port, timeout=_left(deadline))
            connection.connect()
        connection.response_class = lambda sock, **more: http.client.HTTPResponse(  # type: ignore[assignment]
            _Timed(sock, deadline),  # type: ignore[arg-type]
            **more,
        )
        connection.sock.settimeout(_left(deadline))
        connection.request(method, self._path + path, body, _FORM if body else {})
        response = connection.getresponse()
        parts = []
        size = 0
        while True:
            part = response.read1(1 << 16)
            if not part:
                break
            parts.append(part)
            size += len(part)
            if size > _LARGEST:
                self.close()
                raise FailedError("an answer without end")
        response.close()  # read1 leaves it open at its end, and the connection would refuse the next request
        raw = b"".join(parts)
        if response.status != 200:
            said = raw.decode("utf-8", "replace").strip().split("\n", 1)[0][:200]
            raise FailedError(f"HTTP {response.status} {said}".rstrip())
        return raw


class _Timed(io.RawIOBase):
    """What a socket receives, until a time.

    A time limit of the socket starts anew with every byte, and a server that sends one now and
    then, in its headers or ever new "100 Continue", would hold us for ever; this one does not.
    """

    def __init__(self, sock: socket.socket, deadline: float) -> None:
        self._sock, self._deadline = sock, deadline
        self._received = sock.makefile("rb", buffering=0)  # it keeps the socket until the answer is read

    def makefile(self, *_: object) -> io.BufferedReader:
        return io.BufferedReader(self)

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int | None:
        self._sock.settimeout(_left(self._deadline))
        return self._received.readinto(buffer)

    def close(self) -> None:
        self._received.close()
        super().close()


def _left(deadline: float) -> float:
    left = deadline - time.monotonic()
    if left <= 0:
        raise TimeoutError
    return left
