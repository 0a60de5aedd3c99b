"""What a request asks: the articles of its body and the few choices in its query, as a chunk that a worker takes.

The body becomes what the command line reads from standard input, so both find and print the same. Nothing that
reaches the network, reads a file or lasts longer than the request can be chosen here.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Literal
from urllib.parse import parse_qsl

import msgspec

from cleantext.batch.chunks import Chunk
from cleantext.batch.reading import object_of
from cleantext.batch.records import encode
from cleantext.fixing import Apply

MEDIA = {
    "application/json": "json",
    "application/x-ndjson": "lines",
    "application/jsonl": "lines",
    "text/plain": "text",
    "text/markdown": "markdown",
}
"""Content type -> how the body is read."""
LINES = "application/x-ndjson"
JSON = "application/json"
SELECTORS = 64
"""Rules, prefixes and categories that one request may name."""


class RequestError(Exception):
    """A request that cannot be answered: the HTTP status, and what to do instead."""

    def __init__(self, status: int, message: str) -> None:
        """Hold both."""
        super().__init__(message)
        self.status = status


class Choices(msgspec.Struct, frozen=True):
    """What the query chooses; what is None is as the operator said."""

    select: tuple[str, ...] | None = None
    ignore: tuple[str, ...] | None = None
    min_confidence: float | None = None
    apply: Apply = "safe"


class Asked(msgspec.Struct, frozen=True):
    """One request on its way to a worker."""

    task: Literal["check", "fix"]
    body: bytes
    media: str = "json"
    choices: Choices = Choices()
    lines: bool = False
    """Whether the answer comes as JSON lines."""


def media_of(content_type: str) -> str:
    """Say how a body is read; raises RequestError for a type that is not known, or not UTF-8."""
    named, _, rest = content_type.partition(";")
    kind = MEDIA.get(named.strip().lower())
    if kind is None:
        raise RequestError(
            415, f"send one of {', '.join(MEDIA)} as Content-Type, not {named.strip() or 'none'!r}"
        )
    charset = rest.partition("charset=")[2].partition(";")[0].strip().strip("\"'").lower()
    if charset not in ("", "utf-8", "utf8", "us-ascii"):
        raise RequestError(415, f"send UTF-8, not {charset!r}")
    return kind


def choices_of(query: str, task: Literal["check", "fix"]) -> Choices:
    """Read a query; raises RequestError for what is unknown, said twice or no value of its kind."""
    given: dict[str, str] = {}
    try:
        pairs = parse_qsl(query, keep_blank_values=True, strict_parsing=bool(query), max_num_fields=8)
    except ValueError:
        raise RequestError(
            400, "the query cannot be read: write it as select=boilerplate&min-confidence=0.8"
        ) from None
    known = ("select", "ignore", "min-confidence", *(("apply",) if task == "fix" else ()))
    for name, value in pairs:
        if name not in known:
            raise RequestError(400, f"unknown choice {name!r}; /{task} knows {', '.join(known)}")
        if name in given:
            raise RequestError(400, f"{name!r} is said twice; several rules go with commas")
        given[name] = value
    apply = given.get("apply", "safe")
    if apply not in ("safe", "review"):
        raise RequestError(400, f"apply is safe or review, not {apply!r}")
    return Choices(
        select=_selectors(given, "select"),
        ignore=_selectors(given, "ignore"),
        min_confidence=_probability(given.get("min-confidence")),
        apply="review" if apply == "review" else "safe",
    )


def _selectors(given: Mapping[str, str], name: str) -> tuple[str, ...] | None:
    if name not in given:
        return None
    # The order decides nothing, and so shall not decide which compiled rules are found again.
    found = tuple(sorted({part.strip() for part in given[name].split(",") if part.strip()}))
    if not found or len(found) > SELECTORS:
        raise RequestError(
            400, f"{name} names 1 to {SELECTORS} rules, prefixes or categories, with commas between"
        )
    return found


def _probability(value: str | None) -> float | None:
    if value is None:
        return None
    try:
        number = float(value)
    except ValueError:
        number = -1.0
    if not 0 <= number <= 1:
        raise RequestError(400, f"min-confidence is a number from 0 to 1, not {value!r}")
    return number


def chunk_of(asked: Asked) -> Chunk:
    """Make what a worker takes of a body; raises RequestError for JSON that is none, or holds no articles."""
    if asked.media in ("text", "markdown"):
        return Chunk("text", 0, names=("-",), data=asked.body)
    if asked.media == "lines":
        return Chunk("lines", 0, names=("-",), data=asked.body)
    records = _records(asked.body)
    return Chunk("lines", 0, names=("-",), data=b"".join(encode(record) + b"\n" for record in records))


def _records(body: bytes) -> Sequence[Any]:
    try:
        value = object_of(body)
    except UnicodeDecodeError as error:
        raise RequestError(400, f"the body is not UTF-8: byte 0x{error.object[error.start]:02x}") from None
    except (ValueError, RecursionError) as error:
        raise RequestError(400, f"the body is no JSON: {error}") from None
    if isinstance(value, dict) and "articles" in value and "text" not in value:
        value = value["articles"]
        if not isinstance(value, list):
            raise RequestError(400, '"articles" must be a list of objects with a "text"')
    if isinstance(value, dict):
        return [value]
    if isinstance(value, list):
        return value
    raise RequestError(400, 'send an object with a "text", a list of such, or {"articles": [...]}')
