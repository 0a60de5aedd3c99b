"""Who held which office when: ``rules/attribution/officeholders.csv`` and tables that users add."""

from __future__ import annotations

import csv
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from functools import cache, cached_property, lru_cache
from pathlib import Path
from typing import NamedTuple

from cleantext.checks.attribution.world import World
from cleantext.document.names import fold
from cleantext.files import read_plain
from cleantext.rulefiles import rules_dir

COLUMNS = (
    "office_id",
    "country",
    "titles",
    "person_id",
    "given",
    "family",
    "aliases",
    "start",
    "end",
    "acting",
    "died",
    "source",
)
_REMEMBERED = 4096
"""Words of which it is kept which offices their bearers hold: articles have most of their capitalised words in common."""
_REQUIRED = ("office_id", "titles", "family", "start")

# Letters that transliterations write as two: Schröder is Schroder and Schroeder.
_SPELLED_OUT = str.maketrans({"ö": "oe", "ü": "ue", "ä": "ae", "ø": "oe", "å": "aa", "æ": "ae", "ß": "ss"})
_SMALL = (
    "de ",
    "van ",
    "von ",
    "der ",
    "den ",
    "bin ",
    "al-",
    "al ",
    "el-",
    "el ",
    "da ",
    "di ",
    "du ",
    "dos ",
    "la ",
)


class Term(NamedTuple):
    """One person's term in one office.

    ``titles`` are lower-case; ``start`` and ``end`` are ISO days, months or years
    as the table writes them, ``end`` and ``died`` empty where it knows of none.
    ``seen`` is the last day on which a term without an end is known to have run,
    "" where it is taken to go on, as in a user's own table. ``several``: more people than one sit in the office at a time.
    """

    office: str
    country: str
    titles: tuple[str, ...]
    person: str
    given: str
    family: str
    aliases: tuple[str, ...]
    start: str
    end: str
    acting: bool
    died: str
    seen: str = ""
    several: bool = False

    @property
    def name(self) -> str:
        """The name as people write it."""
        return f"{self.given} {self.family}".strip()

    @property
    def title(self) -> str:
        """The office, named so that it needs no country beside it."""
        best = next((title for title in self.titles if " of " in title), self.titles[0])
        return " ".join(
            word if word in ("of", "the", "and", "for") else word.capitalize() for word in best.split()
        )

    def holds(self, first: str, last: str) -> bool:
        """Whether the term and the days ``first..last`` (ISO, or prefixes of it) have a day in common."""
        return (
            self.start <= _late(last)
            and (not self.end or _late(self.end) >= first)
            and not self.open_before(first)
        )

    def open_before(self, day: str) -> bool:
        """Whether nothing is known of the term on a day: it had no end when it was last heard of, before that day."""
        return bool(self.seen) and self.seen < day

    def over(self, day: str) -> bool:
        """Whether the term had ended before a day."""
        return bool(self.end) and _late(self.end) < day

    def ahead(self, day: str) -> bool:
        """Whether the term begins after a day."""
        return self.start > _late(day)


def _late(day: str) -> str:
    """Return the last day that a date of lesser precision may mean, comparable as a string."""
    return day + "-12-31"[len(day) - 4 :] if 4 <= len(day) < 10 else day


class OfficeTableError(ValueError):
    """A broken table of office holders; the message says file, line and what to write."""


class Offices:
    """Terms of office by surname and by office. Rows are read into terms only where they are asked for."""

    def __init__(
        self,
        rows: Iterable[Sequence[str] | str],
        world: World | None = None,
        own: Iterable[Sequence[str]] = (),
        as_of: str = "",
    ) -> None:
        """Take rows in the order of :data:`COLUMNS`, or lines with a comma between fields; ``world`` follows them.

        ``rows`` are known up to the day ``as_of``; ``own`` come after them and are a user's, who keeps them up to date.
        """
        self._rows = list(rows)
        self._shipped = len(self._rows)
        self._rows += own
        self._as_of = as_of
        self._world = world
        by_surname: dict[str, int | list[int]] = {}  # nearly every surname is one row's
        for number, row in enumerate(self._rows):
            fields = row.split(",", 7) if isinstance(row, str) else row
            family, aliases = fields[5], fields[6]
            plain = not aliases and family.isascii() and " " not in family and "-" not in family
            for key in (family.lower(),) if plain else keys_of(family, aliases.split("|")):
                known = by_surname.get(key)
                if known is None:
                    by_surname[key] = number
                elif isinstance(known, int):
                    by_surname[key] = [known, number]
                else:
                    known.append(number)
        self._by_surname = by_surname
        self._terms: dict[int, Term] = {}
        self._held = lru_cache(maxsize=_REMEMBERED)(self._read_held)
        self._first_keys: dict[int, tuple[str, ...]] = {}

    @cached_property
    def _by_office(self) -> Mapping[str, list[int]]:
        offices: dict[str, list[int]] = {}
        for number, row in enumerate(self._rows):
            office = row.partition(",")[0] if isinstance(row, str) else row[0]
            offices.setdefault(office, []).append(number)
        return offices

    def __contains__(self, surname: str) -> bool:
        """Whether anybody in the table bears a surname."""
        return bool(self._numbers(surname))

    def _numbers(self, surname: str) -> Sequence[int]:
        """Return the numbers of a surname's rows, the world's after the others."""
        key = surname_key(surname)
        known = self._by_surname.get(key, ())
        found = (known,) if isinstance(known, int) else known
        if self._world is None:
            return found
        base = len(self._rows)
        return [*found, *(base + number for number in self._world.numbers(key))]

    def _row(self, number: int) -> Sequence[str]:
        base = len(self._rows)
        if number >= base and self._world is not None:
            return self._world.row(number - base)
        row = self._rows[number]
        return row.split(",") if isinstance(row, str) else row

    def __len__(self) -> int:
        """The number of terms."""
        world = self._world
        return len(self._rows) + (sum(map(len, world.by_office.values())) if world is not None else 0)

    @property
    def kept(self) -> tuple[Term, ...]:
        """The shipped terms that are kept by hand."""
        return tuple(self._term(number) for number in range(self._shipped))

    def __iter__(self) -> Iterator[Term]:
        """Yield every term, office by office."""
        for office in [*self._by_office, *(self._world.by_office if self._world is not None else ())]:
            yield from self.terms(office)

    def bearers(self, surname: str) -> tuple[Term, ...]:
        """Return the terms of everybody who bears a surname, whatever its accents."""
        return tuple(self._term(number) for number in self._numbers(surname))

    def held_by(self, surname: str) -> frozenset[str]:
        """Return the offices of everybody who bears a surname, without reading a whole term."""
        return self._held(surname)

    def _read_held(self, surname: str) -> frozenset[str]:
        return frozenset(self._row(number)[0] for number in self._numbers(surname))

    def terms(self, office: str) -> tuple[Term, ...]:
        """Return all terms of one office."""
        numbers = self._by_office.get(office, ())
        if not numbers and self._world is not None:
            numbers = [len(self._rows) + number for number in self._world.by_office.get(office, ())]
        return tuple(self._term(number) for number in numbers)

    def person(self, name: str) -> tuple[Term, ...]:
        """Return the terms of whoever bears a full name; surname first, then the given name decides."""
        given, _, surname = name.rpartition(" ")
        return self.borne(surname, given)

    def borne(self, surname: str, given: str) -> tuple[Term, ...]:
        """Return the terms of everybody who bears a surname, and whose given name this is; see :func:`is_given`."""
        wanted = _first_key(given)
        if not wanted:
            return ()
        numbers = self._numbers(surname)
        return tuple(self._term(number) for number in numbers if _fits(wanted, self._firsts(number)))

    def _firsts(self, number: int) -> tuple[str, ...]:
        firsts = self._first_keys.get(number)
        if firsts is None:
            firsts = self._first_keys[number] = _first_keys(self._term(number))
        return firsts

    def _term(self, number: int) -> Term:
        term = self._terms.get(number)
        if term is None:
            row = self._row(number)
            seen = row[8][1:] if row[8].startswith(">") else ""
            if not row[8] and number < self._shipped:
                seen = max(self._as_of, row[7]) if self._as_of else ""
            term = Term(
                office=row[0],
                country=row[1],
                titles=tuple(row[2].split("|")),
                person=row[3] or f"{row[4]} {row[5]}",
                given=row[4],
                family=row[5],
                aliases=tuple(alias for alias in row[6].split("|") if alias),
                start=row[7],
                end="" if seen else row[8],
                acting=row[9] == "yes",
                died=row[10],
                seen=seen,
                several=len(row) > len(COLUMNS) and row[len(COLUMNS)] == "several",
            )
            self._terms[number] = term
        return term


def surname_key(surname: str) -> str:
    """Return the key that surnames are compared by: no accents, no case, no hyphenated article."""
    return surname.lower() if surname.isascii() else fold(surname).lower()


def keys_of(family: str, aliases: Iterable[str] = ()) -> set[str]:
    """Return all keys that a holder's surname and aliases may be looked up by."""
    keys = {surname_key(family)}
    if " " in family or not family.isascii():
        keys |= _keys(family)
    for alias in aliases:
        last = alias.rpartition(" ")[2]
        if last:
            keys.add(surname_key(last))
            if not alias.isascii():
                keys |= _keys(last)
    return keys


def _keys(family: str) -> set[str]:
    keys = {
        surname_key(family),
        surname_key(family.translate(_SPELLED_OUT)),
        surname_key(family.rpartition(" ")[2]),
    }
    for small in _SMALL:
        if family.lower().startswith(small):
            keys.add(surname_key(family[len(small) :]))
    return keys


def is_given(term: Term, given: str) -> bool:
    """Whether a given name is that of a term's holder: the name itself, an initial, a short form or another spelling."""
    wanted = _first_key(given)
    return bool(wanted) and _fits(wanted, _first_keys(term))


def _first_key(given: str) -> str:
    return surname_key(given.split(" ", 1)[0].rstrip(".")) if given else ""


def _first_keys(term: Term) -> tuple[str, ...]:
    return tuple(surname_key(full.split(" ", 1)[0]) for full in (term.name, *term.aliases))


def _fits(wanted: str, firsts: Iterable[str]) -> bool:
    for known in firsts:
        if known == wanted or (len(wanted) == 1 and known[:1] == wanted):
            return True
        if known[:1] == wanted[:1] and len(known) > 3 and len(wanted) > 3:
            if known.startswith(wanted) or wanted.startswith(known):
                return True
            # The shorter one has too few letters to share.
            if 3 * min(len(known), len(wanted)) < 2 * max(len(known), len(wanted)):
                continue
            if SequenceMatcher(None, known, wanted).ratio() >= 0.8:
                return True
    return False


def _lines(path: Path) -> Iterator[str]:
    """Yield the shipped table's lines, whose fields hold neither commas nor quotation marks (a test says so)."""
    return filter(None, read_plain(path).decode("utf-8").split("\n")[1:])


def read_rows(path: Path) -> Iterator[Sequence[str]]:
    """Yield a table's rows, in the order of :data:`COLUMNS`.

    Every row is looked at; columns may stand in any order, and those that are not required may be left out.
    Raises OfficeTableError, which names file, line and column.
    """
    try:
        text = read_plain(path).decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
    except OSError as error:
        raise OfficeTableError(f"{path}: cannot be read: {error.strerror or error}.") from None
    except UnicodeDecodeError as error:
        raise OfficeTableError(f"{path}: is not UTF-8 (byte {error.start}). Save it as UTF-8.") from None
    rows = csv.reader(text.split("\n"))
    head = [name.strip() for name in next(rows, [])]
    unknown = [name for name in head if name not in COLUMNS]
    missing = [name for name in _REQUIRED if name not in head]
    if unknown or missing:
        what = f"has no column {missing[0]!r}" if missing else f"has an unknown column {unknown[0]!r}"
        raise OfficeTableError(f"{path}:1: {what}. Write the columns {', '.join(COLUMNS)}.")
    order = [head.index(name) if name in head else -1 for name in COLUMNS]
    for row in rows:
        if not "".join(row).strip():
            continue
        line = rows.line_num
        if len(row) != len(head):
            raise OfficeTableError(
                f"{path}:{line}: has {len(row)} fields where the head has {len(head)}. "
                'Put a field that holds a comma in "…".'
            )
        fields = [row[at].strip() if at >= 0 else "" for at in order]
        fields[2] = fields[2].lower()
        check_row(path, line, dict(zip(COLUMNS, fields, strict=True)))
        yield fields


def check_row(path: Path, line: int, row: Mapping[str, str]) -> None:
    """Raise OfficeTableError where a row, by column, lacks what every term needs or has a wrong date."""
    for name in _REQUIRED:
        if not row[name]:
            raise OfficeTableError(f"{path}:{line}: {name} is empty. Every term needs one.")
    for name in ("start", "end", "died"):
        if row[name] and not _is_date(row[name]):
            raise OfficeTableError(
                f"{path}:{line}: {name} is {row[name]!r}. Write a date as YYYY, YYYY-MM or YYYY-MM-DD."
            )
    if row["end"] and _late(row["end"]) < row["start"]:
        raise OfficeTableError(
            f"{path}:{line}: the term ends ({row['end']}) before it starts ({row['start']})."
        )


def _is_date(day: str) -> bool:
    parts = day.split("-")
    if len(parts) > 3 or not all(part.isascii() and part.isdigit() for part in parts):
        return False
    limits = ((4, 1, 9999), (2, 1, 12), (2, 1, 31))
    return all(
        len(part) == size and low <= int(part) <= high
        for part, (size, low, high) in zip(parts, limits, strict=False)
    )


@cache
def offices(added: tuple[str, ...] = ()) -> Offices:
    """Return the shipped table with users' own tables after it, read once.

    Raises OfficeTableError for a broken table of a user's.
    """
    folder = rules_dir() / "attribution"
    own = [row for path in added for row in read_rows(Path(path))]
    world = World(folder / "officeholders-world.csv", folder / "offices-world.csv")
    return Offices(_lines(folder / "officeholders.csv"), world, own, looked_up_to())


class Freshness(NamedTuple):
    """Up to which days the shipped terms are known, as ISO days, and how many there are.

    ``kept`` and ``kept_open`` count the terms kept by hand and those of them without an end, looked at up to ``as_of``;
    ``world`` those taken from extracts, ``world_open`` those of them that were open on the day of their extract,
    which is between ``first`` and ``last``.
    """

    as_of: str
    kept: int
    kept_open: int
    world: int
    world_open: int
    first: str
    last: str


def freshness() -> Freshness:
    """Return up to when the shipped table is true; reads all of it."""
    shipped = offices()
    kept = shipped.kept
    known = set(kept)
    seen = sorted(term.seen for term in shipped if term.seen and term not in known)
    still = sum(bool(term.seen) for term in kept)
    return Freshness(looked_up_to(), len(kept), still, len(shipped) - len(kept), len(seen), seen[0], seen[-1])


@cache
def looked_up_to() -> str:
    """Return the ISO day up to which the terms kept by hand were looked at: one without an end was held on it."""
    with (rules_dir() / "attribution" / "meta.toml").open(encoding="utf-8") as lines:
        for line in lines:
            if line.startswith("as_of"):  # the notes behind it are long, and nobody else's here
                return str(tomllib.loads(line)["as_of"])
    raise ValueError("meta.toml has no as_of")


@cache
def several_holders() -> frozenset[str]:
    """Return the offices of the shipped table that several people hold at one time: candidates, spokesmen, …"""
    return _listed("several-holders")


@cache
def long_remembered() -> frozenset[str]:
    """Return the offices whose former holders newspapers go on naming for years without a word of introduction."""
    return _listed("long-remembered")


def _listed(name: str) -> frozenset[str]:
    raw = tomllib.loads((rules_dir() / "attribution" / "offices.toml").read_text("utf-8"))
    return frozenset(raw[name])
