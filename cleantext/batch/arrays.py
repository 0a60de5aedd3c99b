"""JSON arrays of records: where each element stands."""

from __future__ import annotations

import re

import msgspec

_BETWEEN = re.compile(rb"[ \t\r\n,]*+")
_OPENING = re.compile(rb"(?:\xef\xbb\xbf)?[ \t\r\n]*+\[")


def ends_of(data: bytes) -> tuple[int, tuple[int, ...]]:
    """Return where the first element of an array may begin, and where each element ends. Linear in the data.

    Raises ValueError for bytes that are no JSON array.
    """
    opening = _OPENING.match(data)
    if opening is None:
        raise ValueError("it holds no array of records; --as jsonl says where it is JSON lines")
    body = memoryview(data)[3:] if data.startswith(b"\xef\xbb\xbf") else data
    try:
        elements = msgspec.json.decode(body, type=list[msgspec.Raw])
    except RecursionError:
        raise ValueError("nested too deeply") from None
    at = opening.end()
    ends = []
    for element in elements:
        between = _BETWEEN.match(data, at)
        at = (between.end() if between else at) + len(bytes(element))
        ends.append(at)
    return opening.end(), tuple(ends)


def element_of(piece: bytes) -> tuple[bytes, bytes]:
    """Return what stands before an element, and the element."""
    between = _BETWEEN.match(piece)
    at = between.end() if between else 0
    return piece[:at], piece[at:]
