"""One request to an OpenAI-compatible server, through the ``openai`` package.

Redirects are not followed, what a server says is never printed where it may hold the key, and no reply
is read longer than the time limit or beyond `LARGEST` bytes.
"""

from __future__ import annotations

import json
import os
import time
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from cleantext.checks import CheckUnavailableError
from cleantext.configuration import Editor
from cleantext.editor.prompt import SCHEMA
from cleantext.printable import visible

LARGEST = 4 * 1024 * 1024
"""Bytes of a reply beyond which nothing is read: no correction is that long."""
RETRIES = 2
"""Further tries of a request that failed on the way, with growing pauses."""
_INSTALL = "the model editor needs the package openai: pip install 'cleantext-rules[editor]'"
_NO_KEY = "none"
"""Sent where no key is named, since the client wants one; a local server does not look at it."""


class FailedError(Exception):
    """The server did not answer this request; it may answer the next one."""


class GoneError(Exception):
    """No request can be answered: nobody listens, or the server refuses us."""


class Reply(NamedTuple):
    """What the server said, and how many tokens it counted; 0 where it did not."""

    text: str
    tokens_in: int
    tokens_out: int


_FORMS: tuple[dict[str, Any], ...] = (
    {"temperature": 0, "response_format": SCHEMA},
    {"temperature": 0},
    {},
)
"""How a request is put, from the strictest: not every server knows schemas, and not every model a temperature."""


class Client:
    """A connection to one server. One thread uses it at a time."""

    def __init__(self, settings: Editor) -> None:
        """Make the client; nothing is sent yet. Raises CheckUnavailableError where it cannot be made."""
        try:
            import openai
        except ImportError:
            raise CheckUnavailableError(_INSTALL) from None
        self._openai = openai
        self._model = settings.model or ""
        self._timeout = settings.timeout
        self._key = key_of(settings)
        self._form = 0
        self._client = openai.OpenAI(
            base_url=settings.server,
            api_key=self._key or _NO_KEY,
            # Else they are read from the environment and sent to whatever server is named here.
            organization="",
            project="",
            timeout=settings.timeout,
            max_retries=RETRIES,
            http_client=openai.DefaultHttpxClient(follow_redirects=False),
        )

    def ask(self, messages: list[dict[str, str]], most_tokens: int) -> Reply:
        """Put one request, in the strictest form that the server knows. Raises FailedError, GoneError."""
        for form in range(self._form, len(_FORMS)):
            try:
                reply = self._asked(messages, most_tokens, _FORMS[form])
            except self._openai.BadRequestError as error:
                if "context" in str(error.message).lower():
                    raise FailedError("the passage is longer than the model's context") from None
                if form + 1 == len(_FORMS):
                    raise FailedError(self._status(error)) from None
            except self._openai.APITimeoutError:
                raise FailedError(f"no reply within {self._timeout:g} s") from None
            except self._openai.APIConnectionError as error:
                raise GoneError(f"cannot be reached ({self._shown(str(error.__cause__ or error))})") from None
            except (self._openai.AuthenticationError, self._openai.PermissionDeniedError) as error:
                # Servers repeat the key here, or parts of it, so nothing of what they say is shown.
                raise GoneError(f"refuses the key (HTTP {error.status_code}); see key-env") from None
            except self._openai.NotFoundError as error:
                raise GoneError(
                    f"{self._status(error)}; is the address right, and the model's name?"
                ) from None
            except self._openai.APIStatusError as error:
                if 300 <= error.status_code < 400:
                    raise GoneError(
                        f"redirects to another address (HTTP {error.status_code}), which is not followed; "
                        "write the last address into [editor] server"
                    ) from None
                raise FailedError(self._status(error)) from None
            except self._openai.OpenAIError as error:
                raise FailedError(self._shown(str(error))) from None
            else:
                self._form = form
                return reply
        raise FailedError("no form of the request was taken")

    def close(self) -> None:
        """Let the connection go."""
        self._client.close()

    def _asked(self, messages: list[dict[str, str]], most_tokens: int, form: dict[str, Any]) -> Reply:
        deadline = time.monotonic() + self._timeout
        create: Callable[..., Any] = self._client.chat.completions.with_streaming_response.create
        limit = {"max_tokens": most_tokens} if form else {}
        with create(model=self._model, messages=messages, **form, **limit) as response:
            return _read(b"".join(self._parts(response, deadline)))

    def _parts(self, response: Any, deadline: float) -> Iterator[bytes]:
        """Yield the parts of a reply as they come; raises FailedError where it never ends or breaks off."""
        size = 0
        parts = response.iter_bytes()
        while True:
            try:
                part = next(parts, None)
            except Exception as error:  # noqa: BLE001 - whatever its HTTP library raises, unmapped here
                raise FailedError(f"the reply broke off ({type(error).__name__})") from None
            if part is None:
                return
            size += len(part)
            if size > LARGEST:
                raise FailedError("a reply without end")
            # The client's own limit starts anew with every byte; ours does not.
            if time.monotonic() > deadline:
                raise FailedError(f"no whole reply within {self._timeout:g} s")
            yield part

    def _status(self, error: Any) -> str:
        return f"HTTP {error.status_code} {self._shown(str(error.message))}".rstrip()

    def _shown(self, said: str) -> str:
        """Return what a server or the network said, short and printable; nothing of it where the key may be in it."""
        if self._key and any(self._key[k : k + 6] in said for k in range(max(1, len(self._key) - 5))):
            return "(what it said holds the key, and is not shown)"
        return visible(" ".join(said.split()))[:200]


def key_of(settings: Editor) -> str:
    """Return the key out of the environment, "" where none is named. Raises CheckUnavailableError where it is not set."""
    if not settings.key_env:
        return ""
    key = os.environ.get(settings.key_env, "").strip()
    if not key:
        raise CheckUnavailableError(
            f"the environment variable {settings.key_env}, which key-env names, is not set"
        )
    return key


def _read(data: bytes) -> Reply:
    """Read a chat completion; raises FailedError for anything else."""
    try:
        said = json.loads(data)
        choice = said["choices"][0]
        text = choice["message"]["content"]
        usage = said.get("usage") or {}
        counted = [usage.get(name) for name in ("prompt_tokens", "completion_tokens")]
    except (ValueError, KeyError, IndexError, TypeError, AttributeError, RecursionError):
        raise FailedError("what it answered is no chat completion") from None
    if choice.get("finish_reason") == "length":
        raise FailedError("the reply was cut off at its limit of tokens")
    if not isinstance(text, str):
        raise FailedError("the reply holds no text")
    tokens = [count if isinstance(count, int) and count >= 0 else 0 for count in counted]
    return Reply(text, tokens[0], tokens[1])
