"""What the prefilters look for, worked out from patterns once and kept: reading patterns takes longer than most articles.

A wheel carries what its own rules need, written when it was built. Elsewhere, in a checkout whose rules
change, it is worked out at first use and kept in a file of the user's cache folder. Both name the code that
wrote them, and what is kept is found by the pattern itself, so neither can be out of date: a pattern or a word list that
changes is worked out anew, and a change of this package begins a new file. A file that belongs to somebody else,
that others may write, or that a folder being checked holds, is never read.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from contextlib import suppress
from functools import cache
from hashlib import blake2b
from pathlib import Path

import msgspec

from cleantext.files import Folder, make_folder, write
from cleantext.matching.sieves import Sieve, derive, key_of, needed
from cleantext.ownership import cache_folder, is_stranger
from cleantext.rulebook import Card
from cleantext.rulebook.reading import SHIPPED
from cleantext.rulefiles import installed_rules
from cleantext.version import __version__

NAME = "prefilters.json"
"""The file in a wheel's folder of rules; in the cache folder it also carries the first digits of :func:`code`."""
_LARGEST = 8 * 1024 * 1024
"""Bytes of the largest file that is read: many times what the shipped rules need."""


class Prefilters(msgspec.Struct, frozen=True):
    """``sieves`` by :func:`cleantext.matching.sieves.key_of`, ``literals`` by pattern, and the code that found them."""

    code: str
    sieves: dict[str, Sieve] = {}
    literals: dict[str, tuple[str, ...]] = {}


def sieves_of(cards: Sequence[Card]) -> tuple[Sieve, ...]:
    """Return the sieve of each card that has a pattern; those of shipped cards are kept."""
    known = kept().sieves
    fresh: dict[str, Sieve] = {}
    found = []
    for card in cards:
        key = key_of(card)
        sieve = known.get(key) or fresh.get(key)
        if sieve is None:
            sieve = derive(card)
            if card.origin.startswith(SHIPPED):
                fresh[key] = sieve
        found.append(sieve)
    known.update(fresh)
    if fresh:
        _keep()
    return tuple(found)


def literals_of_each(patterns: Sequence[str]) -> tuple[tuple[str, ...], ...]:
    """Return for each shipped pattern the literals of which a match must hold one, none where nothing is known."""
    known = kept().literals
    fresh = {pattern: literals_of(pattern) for pattern in patterns if pattern not in known}
    known.update(fresh)
    if fresh:
        _keep()
    return tuple(known[pattern] for pattern in patterns)


def literals_of(pattern: str) -> tuple[str, ...]:
    """Work out what :func:`literals_of_each` keeps."""
    return tuple(sorted(needed(pattern)))


@cache
def kept() -> Prefilters:
    """Return what is known in this process: what the wheel brought, or else what an earlier process kept."""
    shipped, own = installed_rules(), cached()
    found = _decoded(shipped / NAME) if shipped is not None else None
    if found is None and own is not None:
        found = _kept_by_user(own)
    return found or Prefilters(code())


def cached() -> Path | None:
    """Return the file in the user's cache folder; None where the user has none."""
    folder = cache_folder()
    return None if folder is None else folder / f"{code()[:12]}-{NAME}"


@cache
def code() -> str:
    """Hash the modules that read patterns, so that what an older version found is not taken for what this one would."""
    digest = blake2b(__version__.encode(), digest_size=16)
    for path in sorted(Path(__file__).parent.glob("*.py")):
        digest.update(path.read_bytes())
    return digest.hexdigest()


def write_to(path: Path) -> None:
    """Write all that this process knows; raises OSError."""
    known = kept()
    ordered = Prefilters(known.code, dict(sorted(known.sieves.items())), dict(sorted(known.literals.items())))
    write(path, msgspec.json.encode(ordered), private=True)


def _kept_by_user(path: Path) -> Prefilters | None:
    """Read a file that nobody else can have written; None where there is none such."""
    with (
        suppress(OSError),
        Folder(Path(os.path.realpath(path.parent))) as folder,
        folder.read(path.name) as file,
    ):
        status = os.fstat(file.fileno())
        writable = sys.platform != "win32" and status.st_mode & 0o022
        if not is_stranger(status) and not writable and status.st_size <= _LARGEST:
            return _decoded(path, file.read())
    return None


def _decoded(path: Path, data: bytes | None = None) -> Prefilters | None:
    """Read what this very code wrote; None where it did not."""
    with suppress(OSError, ValueError, RecursionError):
        found = msgspec.json.decode(path.read_bytes() if data is None else data, type=Prefilters)
        return found if found.code == code() else None
    return None


def _keep() -> None:
    """Keep what is known for the next process, with what others kept meanwhile; where that cannot be, it works all out again."""
    path = cached()
    if path is None:
        return
    with suppress(OSError):
        make_folder(path.parent)
        other = _kept_by_user(path)
        if other is not None:
            kept().sieves.update(other.sieves)
            kept().literals.update(other.literals)
        write_to(path)
