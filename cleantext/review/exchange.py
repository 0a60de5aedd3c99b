"""Decisions as sorted JSON lines: the copy that people commit, that git merges, that machines exchange."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import msgspec

from cleantext import files
from cleantext.files import is_there, make_folder, open_plain, real
from cleantext.provenance import led_away
from cleantext.review import places
from cleantext.review.events import Event

LARGEST = 256_000_000
"""Bytes of a file of decisions, at most: a repository may hold one, and it is read at once."""
_DECODER = msgspec.json.Decoder(Event)


def read_all(store: Path) -> list[Event]:
    """Return the events of a store and of the copy beside it, each once, in no order.

    Both are read, because a colleague's decisions arrive in the copy. Raises
    ValueError, with place and remedy, for a damaged file.
    """
    by_uid: dict[str, Event] = {}
    copy = places.copy_of(store)
    if is_there(copy):
        by_uid.update((event.uid, event) for event in read(copy))
    if is_there(store):
        from cleantext.review.database import read_events

        by_uid.update((event.uid, event) for event in read_events(store))
    return list(by_uid.values())


def read(path: Path) -> list[Event]:
    """Read decisions from JSON lines; raises ValueError that names the line."""
    events = []
    try:
        data = _bytes(path)
    except OSError as error:
        raise ValueError(f"{path}: cannot be read: {error.strerror or error}.") from None
    for number, raw in enumerate(data.split(b"\n"), 1):
        if not raw.strip():
            continue
        if raw.startswith((b"<<<<<<<", b"=======", b">>>>>>>")):
            raise ValueError(
                f"{path}:{number}: git left a conflict here. Keep the lines of both sides and take the "
                "markers out: decisions are only ever added, and the later one on a finding stands."
            )
        try:
            events.append(_DECODER.decode(raw))
        except (msgspec.DecodeError, UnicodeDecodeError) as error:
            raise ValueError(f"{path}:{number}: no decision: {error}") from None
    return events


def _bytes(path: Path) -> bytes:
    if path.parent.name != places.FOLDER:
        with open_plain(path) as file:
            data = file.read(LARGEST + 1)
    else:
        with files.Folder(real(path.parent)) as folder, folder.read(path.name) as file:  # through no link
            data = file.read(LARGEST + 1)
    if len(data) > LARGEST:
        raise ValueError(f"{path}: more than {LARGEST // 1_000_000} MB are no decisions that people made.")
    return data


def lines(events: Iterable[Event]) -> bytes:
    """Write decisions one a line: by article, rule and finding, then by time, so that git diffs are small."""
    ordered = sorted(events, key=lambda e: (e.document, e.rule, e.group, e.key, e.order))
    return b"".join(msgspec.json.encode(event) + b"\n" for event in ordered)


def write(path: Path, events: Iterable[Event]) -> int:
    """Write a copy beside its place and rename it; return the number of decisions. Raises ValueError where a link leads elsewhere, OSError."""
    if trouble := led_away(path):
        raise ValueError(trouble)
    every = list(events)
    inside = path.parent.name == places.FOLDER
    make_folder(path.parent, private=inside)
    files.write(path, lines(every), private=inside)
    return len(every)


def renew_copy(store: Path) -> None:
    """Write the copy beside a store anew where there is one: somebody commits it. Raises as :func:`write`."""
    copy = places.copy_of(store)
    if is_there(copy):
        write(copy, read_all(store))


def disagreements(mine: Iterable[Event], theirs: Iterable[Event]) -> list[tuple[Event, Event]]:
    """Return pairs of decisions that hold on the two sides and contradict each other; the later one will stand."""
    from cleantext.review.events import standing

    here = {event.target: event for event in standing(mine)}
    pairs = []
    for event in standing(theirs):
        own = here.get(event.target)
        if own and own.uid != event.uid and own.answer != event.answer:
            pairs.append((own, event))
    return pairs
