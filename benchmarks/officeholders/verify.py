"""Check the table of office holders by itself and against a list of leaders.

    python -m benchmarks.officeholders.verify [--data DIR] [--agreed FILE]

By itself: columns, dates, order, no two people in one seat at one time, one
name and one date of death a person. ``offices.toml`` beside the table lists
the offices of several holders and the overlaps that are true, with reasons.

Against ``DIR/reference/leaders_to_2021-03.csv`` (REIGN's leader list): every
leader since 1990 of a state that the table covers must hold some office of
it in that term, and have taken it within 31 days of the reference's date.
What differs is printed unless ``[notes]`` of ``meta.toml`` settles it, under the
key ``STATE LEADER START``. The exit status is 1 while a fault or an unsettled
disagreement is left. ``--agreed`` writes the rows that the reference confirms.
"""

from __future__ import annotations

import argparse
import csv
import sys
import tomllib
import unicodedata
from calendar import monthrange
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date
from difflib import SequenceMatcher
from pathlib import Path

from benchmarks.officeholders.states import HEADS, ISO_OF_STATE

TABLE = Path(__file__).parents[2] / "rules" / "attribution"
COLUMNS = (
    "office_id", "country", "titles", "person_id", "given", "family",
    "aliases", "start", "end", "acting", "died", "source",
)  # fmt: skip
REQUIRED = frozenset(("office_id", "country", "titles", "person_id", "family", "start", "source"))
LETTERS = str.maketrans({"ł": "l", "ı": "i", "ø": "o", "đ": "d", "þ": "th", "ð": "d", "ß": "ss", "æ": "ae"})
DAYS_APART = 31
PARTICLES = frozenset(
    ("al", "el", "as", "bin", "ibn", "ben", "da", "de", "del", "do", "la", "van", "von", "acting")
)
LAST_OF_REFERENCE = date(2021, 3, 31)


@dataclass(frozen=True, slots=True)
class Term:
    """One row: a person in an office. Days are the bounds of what the written date allows."""

    line: int
    office: str
    country: str
    person: str
    names: tuple[str, ...]
    start: str
    end: str
    acting: bool
    died: str

    def starts(self) -> tuple[date, date]:
        return bounds(self.start)

    def ends(self) -> tuple[date, date]:
        return bounds(self.end) if self.end else (date.max, date.max)


@dataclass(frozen=True, slots=True)
class Spell:
    """One row of the reference: a leader's time in power; the end is known to the month."""

    state: str
    leader: str
    start: date
    end: date

    @property
    def key(self) -> str:
        return f"{self.state} {self.leader} {self.start.isoformat()}"


def bounds(written: str) -> tuple[date, date]:
    """First and last day that ``YYYY[-MM[-DD]]`` can mean. Raises ValueError for anything else."""
    parts = written.split("-")
    if len(parts) > 3 or [len(part) for part in parts] != [4, 2, 2][: len(parts)]:
        raise ValueError(written)
    year, month, day = (*map(int, parts), 0, 0)[:3]
    if len(parts) == 3:
        return date(year, month, day), date(year, month, day)
    if len(parts) == 2:
        return date(year, month, 1), date(year, month, monthrange(year, month)[1])
    return date(year, 1, 1), date(year, 12, 31)


def read_table(path: Path) -> tuple[list[Term], list[str]]:
    """The terms of a table, and the faults of single rows, each with its line."""
    terms: list[Term] = []
    faults: list[str] = []
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file)
        if tuple(reader.fieldnames or ()) != COLUMNS:
            return [], [f"line 1: the columns must be {','.join(COLUMNS)}"]
        for line, row in enumerate(reader, start=2):
            if None in row or None in row.values():
                faults.append(f"line {line}: {len(COLUMNS)} columns wanted")
                continue
            problem = row_fault(row)
            if problem:
                faults.append(f"line {line}: {problem}")
                continue
            full = f"{row['given']} {row['family']}".strip()
            names = (full, row["family"], *filter(None, row["aliases"].split("|")))
            ids = (line, row["office_id"], row["country"], row["person_id"])
            terms.append(Term(*ids, names, row["start"], row["end"], row["acting"] == "yes", row["died"]))
    return terms, faults


def row_fault(row: Mapping[str, str]) -> str:
    """What is wrong with one row, or nothing."""
    missing = [name for name in COLUMNS if name in REQUIRED and not row[name]]
    if missing:
        return f"no {', '.join(missing)}"
    if row["acting"] not in ("", "yes"):
        return f"acting is {row['acting']!r}, not 'yes' or empty"
    if any(row[name] != row[name].strip() for name in COLUMNS):
        return "white space around a value"
    if any(not part for name in ("titles", "aliases") if row[name] for part in row[name].split("|")):
        return "an empty title or alias"
    for name in ("start", "end", "died"):
        try:
            if row[name]:
                bounds(row[name])
        except ValueError:
            return f"{name} {row[name]!r} is no date"
    if row["end"] and bounds(row["start"])[0] > bounds(row["end"])[1]:
        return f"{row['start']} comes after {row['end']}"
    return ""


def table_faults(terms: Sequence[Term], exceptions: Mapping[str, Collection[str]]) -> Iterator[str]:
    """What is wrong between rows.

    ``exceptions`` holds ``several-holders`` (office ids), ``overlaps``
    (``office person person``) and ``died-in-term`` (``office person``), as ``offices.toml`` does.
    """
    by_office: dict[str, list[Term]] = defaultdict(list)
    by_person: dict[str, list[Term]] = defaultdict(list)
    for term in terms:
        by_office[term.office].append(term)
        by_person[term.person].append(term)
    if [(t.office, t.start) for t in terms] != sorted((t.office, t.start) for t in terms):
        yield "the rows are not in order of office_id and start"
    for office, held in by_office.items():
        if len({term.country for term in held}) > 1:
            yield f"{office}: more than one country"
        yield from overlaps(office, held, exceptions)
    for person, held in by_person.items():
        if len({(term.names, term.died) for term in held}) > 1:
            yield f"{person}: names, aliases or death differ between rows {[term.line for term in held]}"
        for term in held:
            if not term.died or f"{term.office} {person}" in exceptions.get("died-in-term", ()):
                continue
            if not term.end or term.ends()[0] > bounds(term.died)[1]:
                yield f"line {term.line}: {person} died {term.died}, before the end of the term"


def overlaps(office: str, held: Sequence[Term], exceptions: Mapping[str, Collection[str]]) -> Iterator[str]:
    """Pairs of terms that cannot both be true of one seat: the same person twice, or two people at once.

    An acting holder may share the seat with its holder (ill, suspended, not yet sworn in).
    """
    several = office in exceptions.get("several-holders", ())
    for index, first in enumerate(held):
        for second in held[index + 1 :]:
            if min(first.ends()[0], second.ends()[0]) <= max(first.starts()[1], second.starts()[1]):
                continue
            if first.person != second.person and (several or first.acting or second.acting):
                continue
            pair = " ".join((office, *sorted((first.person, second.person))))
            if pair not in exceptions.get("overlaps", ()):
                yield f"lines {first.line}, {second.line}: {pair} overlap"


def read_reference(path: Path, since: date) -> list[Spell]:
    """The reference's spells that end after ``since``, the parts of one leader's time in one state joined."""
    joined: list[Spell] = []
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            start = date.fromisoformat(row["start"])
            end = max(start, bounds(row["end_month"])[1]) if row["end_month"] else LAST_OF_REFERENCE
            previous = joined[-1] if joined else None
            spell = Spell(row["country"], row["leader"], start, end)
            same = previous and (previous.state, previous.leader) == (spell.state, spell.leader)
            if previous and same and (start - previous.end).days <= DAYS_APART:
                spell = replace(spell, start=previous.start)
                joined.pop()
            joined.append(spell)
    return [spell for spell in joined if spell.end >= since]


def fold(name: str) -> str:
    """Lower case, letters without their marks; mojibake of the reference is undone."""
    with suppress(UnicodeError):
        name = name.encode("latin-1").decode("utf-8")
    name = unicodedata.normalize("NFKD", name.lower().translate(LETTERS))
    return "".join(char if char.isalnum() else " " for char in name if not unicodedata.combining(char))


def is_named(leader: str, names: Iterable[str]) -> bool:
    """Whether the reference's name, mostly a bare surname, is a spelling of one of the names."""
    wanted = {word for word in fold(leader).split() if len(word) > 1} - PARTICLES
    known = {word for name in names for word in fold(name).split()}
    return not wanted.isdisjoint(known) or any(
        len(word) > 3 and SequenceMatcher(None, word, other).ratio() >= 0.75
        for word in wanted
        for other in known
    )


def compare(terms: Sequence[Term], spells: Sequence[Spell]) -> tuple[dict[str, str], set[Term], int]:
    """Disagreements by key, the leading terms that the reference confirms, and the number of spells compared."""
    by_country: dict[str, list[Term]] = defaultdict(list)
    for term in terms:
        by_country[term.country].append(term)
    differ: dict[str, str] = {}
    agreed: set[Term] = set()
    compared = 0
    for spell in spells:
        ours = [term for iso in ISO_OF_STATE.get(spell.state, ()) for term in by_country[iso]]
        if not ours:
            continue
        compared += 1
        during = [t for t in ours if t.starts()[0] <= spell.end and t.ends()[1] >= spell.start]
        named = [term for term in during if is_named(spell.leader, term.names)]
        close = [t for t in named if min(abs((day - spell.start).days) for day in t.starts()) <= DAYS_APART]
        agreed.update(term for term in close if is_leading(term))
        if not named:
            found = ", ".join(sorted({f"{t.person} ({t.office} {t.start})" for t in during if is_leading(t)}))
            differ[spell.key] = f"no row to {spell.end:%Y-%m}; ours: {found or 'nobody'}"
        elif not close:
            found = ", ".join(f"{t.office} {t.person} {t.start}" for t in named)
            differ[spell.key] = f"starts differ; ours: {found}"
    return differ, agreed, compared


def is_leading(term: Term) -> bool:
    """Whether the office is one that the reference counts: a head of state, of government or of a ruling party."""
    return term.office.partition("-")[2] in HEADS


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, help="folder that holds reference/leaders_to_2021-03.csv")
    parser.add_argument("--table", type=Path, default=TABLE, help="folder of officeholders.csv")
    parser.add_argument(
        "--agreed", type=Path, help="write office, person and start of the confirmed rows here"
    )
    options = parser.parse_args()
    terms, faults = read_table(options.table / "officeholders.csv")
    exceptions = tomllib.loads((options.table / "offices.toml").read_text("utf-8"))
    notes = tomllib.loads((options.table / "meta.toml").read_text("utf-8")).get("notes", {})
    faults += table_faults(terms, exceptions)
    for fault in faults:
        print(fault)
    counts = [len({getattr(term, name) for term in terms}) for name in ("office", "person", "country")]
    print("{} terms, {} offices, {} people, {} countries and bodies".format(len(terms), *counts))
    unsettled = 0
    if options.data:
        reference = read_reference(options.data / "reference" / "leaders_to_2021-03.csv", date(1990, 1, 1))
        differ, agreed, compared = compare(terms, reference)
        for key, what in differ.items():
            print(f"{'settled ' if key in notes else 'OPEN    '}{key}: {notes.get(key, what)}")
        for key in notes.keys() - differ.keys():
            print(f"STALE   {key}: no such disagreement")
        unsettled = len(differ.keys() ^ notes.keys())
        agree = compared - len(differ)
        print(f"{compared} spells compared, {agree} agree, {len(differ)} differ, {unsettled} unsettled")
        if options.agreed:
            lines = (f"{t.office}\t{t.person}\t{t.start}\n" for t in sorted(agreed, key=lambda t: t.line))
            options.agreed.write_text("".join(lines), "utf-8")
    return 1 if faults or unsettled else 0


if __name__ == "__main__":
    sys.exit(main())
