"""Offices of the world: thousands of terms that are read only where somebody asks for a surname.

``officeholders-world.csv`` is sorted by its first column, the key of the holder's surname (a term stands under each of
several keys; ``office`` is the line of ``offices-world.csv``), so that a surname is looked up by halving and nothing else is read. Fields hold neither commas nor
quotation marks. ``benchmarks/officeholders/world.py`` writes both files.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from pathlib import Path

from cleantext.document.once import once

HOLDERS = ("key", "family", "given", "aliases", "office", "person_id", "start", "end", "died")
OFFICES = ("office_id", "country", "titles", "seats")


class World:
    """The terms by number: that of their line."""

    def __init__(self, holders: Path, offices: Path) -> None:
        """Read the lines and nothing in them; raises OSError where the first file is missing."""
        self._lines = holders.read_bytes().split(b"\n")
        self._offices_path = offices

    def __len__(self) -> int:
        return len(self._lines)

    def numbers(self, key: str) -> Iterator[int]:
        """Yield the numbers of the terms under a surname's key."""
        lines = self._lines
        start = key.encode("utf-8", "surrogatepass") + b","  # bytes stand in the order of their code points
        at = bisect_left(lines, start, 1)
        while at < len(lines) and lines[at].startswith(start):
            yield at
            at += 1

    def row(self, number: int) -> tuple[str, ...]:
        """Return a term in the order of the hand-kept table's columns, with "several" behind where an office has seats."""
        _, family, given, aliases, office, person, start, end, died = (
            self._lines[number].decode("utf-8").split(",")
        )
        name, country, titles, seats = self.offices[int(office)]
        return (
            name,
            country,
            titles,
            person,
            given,
            family,
            aliases,
            start,
            end,
            "",
            died,
            "wikidata",
            seats,
        )

    @once
    def offices(self) -> list[tuple[str, ...]]:
        """Id, country, titles and seats of the offices, each at the number of its line."""
        return [tuple(line.split(",")) for line in self._offices_path.read_text("utf-8").split("\n") if line]

    @once
    def by_office(self) -> dict[str, list[int]]:
        """The numbers of an office's terms, each term once; reads every line."""
        found: dict[str, list[int]] = {}
        seen = set()
        for number, line in enumerate(self._lines[1:], 1):
            if line:
                _, rest = line.split(b",", 1)
                if rest not in seen:
                    seen.add(rest)
                    found.setdefault(self.offices[int(rest.split(b",")[3])][0], []).append(number)
        return found
