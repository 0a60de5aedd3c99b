"""What was changed in place, so that it can be put back byte for byte."""

from __future__ import annotations

import base64
import hashlib
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import msgspec

FOLDER = ".cleantext"
NAME = "changes.jsonl"


class Change(msgspec.Struct, frozen=True):
    """One file that was rewritten.

    ``start``, ``end``: the bytes of the new file that differ; ``old``: what stood
    there (base64). ``before`` and ``after`` are SHA-256 sums of the whole file.
    """

    path: str
    when: float
    before: str
    after: str
    start: int
    end: int
    old: str
    rules: tuple[str, ...] = ()
    undone: bool = False


def folder_for(path: Path) -> Path:
    """Give the folder that keeps records of a file: the nearest ``.cleantext`` above it, else one beside it."""
    for parent in path.resolve().parents:
        if (parent / FOLDER).is_dir():
            return parent / FOLDER
    return path.resolve().parent / FOLDER


def sum_of(data: bytes) -> str:
    """SHA-256, hexadecimal."""
    return hashlib.sha256(data).hexdigest()


def record(path: Path, before: bytes, after: bytes, rules: Sequence[str]) -> None:
    """Append a change; on disk before the file itself changes."""
    start = _common(before, after)
    tail = _common(before[start:][::-1], after[start:][::-1])
    folder = folder_for(path)
    folder.mkdir(exist_ok=True)
    change = Change(
        path=str(path.resolve()),
        when=time.time(),
        before=sum_of(before),
        after=sum_of(after),
        start=start,
        end=len(after) - tail,
        old=base64.b64encode(before[start : len(before) - tail]).decode("ascii"),
        rules=tuple(sorted(set(rules))),
    )
    with (folder / NAME).open("ab") as out:
        out.write(msgspec.json.encode(change) + b"\n")
        out.flush()


def _common(a: bytes, b: bytes) -> int:
    low, high = 0, min(len(a), len(b))
    while low < high:
        middle = (low + high + 1) // 2
        if a[:middle] == b[:middle]:
            low = middle
        else:
            high = middle - 1
    return low


def changes(path: Path) -> Iterator[Change]:
    """Give the changes of a file, the latest first."""
    store = folder_for(path) / NAME
    if not store.is_file():
        return
    wanted = str(path.resolve())
    for raw in reversed(store.read_bytes().splitlines()):
        change = msgspec.json.decode(raw, type=Change)
        if change.path == wanted:
            yield change


def restored(change: Change, data: bytes) -> bytes:
    """Give the bytes before a change; raises ValueError where they are not those that it left."""
    if sum_of(data) != change.after:
        raise ValueError("the file was changed after the fix, so it cannot be put back as a whole")
    old = data[: change.start] + base64.b64decode(change.old) + data[change.end :]
    if sum_of(old) != change.before:
        raise ValueError("the record of the change is damaged")
    return old
