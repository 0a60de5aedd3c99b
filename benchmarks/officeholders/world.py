"""Make the world's part of the office table from extracts of Wikidata and of openstates.

    python -m benchmarks.officeholders.world --data DIR [--write] [--sample N]

DIR holds ``reference/offices``: ``wikidata_holders21_*.csv.gz`` (holders of positions in 80 countries and bodies, CC0)
and ``us_executives.csv`` (openstates/people, CC0). What stands in ``officeholders.csv`` is left out: whole positions
where two holders or more are the same people, and every term of one person that the table knows. Rows that cannot be
true are left out and counted: dates out of order, holders under eighteen, terms after death. A term without an end ends
with the successor's start; the last one is known up to the day of the extract and no longer (``end`` is ``>`` and that
day). Offices in which several people sit at one time are marked as such. Written are ``offices-world.csv`` and
``officeholders-world.csv`` beside the table.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import random
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

from benchmarks.officeholders.countries import COUNTRIES, FAMILY_FIRST, TWO_SURNAMES
from cleantext.checks.attribution.offices import keys_of, surname_key
from cleantext.checks.attribution.world import HOLDERS, OFFICES
from cleantext.document.words import given_names

TABLE = Path(__file__).parents[2] / "rules" / "attribution"
LATE = "2026-06-15"
"""The day of the extract of openstates."""
_WANTED = re.compile(
    r"(?!.*\b(?:first lady|district executive committee|minister of state|justice of|junior|acting|without portfolio|private secretary|aide|advisor|assistant|archivist|intendant|special|counselor"
    r"|plenipotentiary|deputy (?:minister|head|marshal|secretary|governor|leader|speaker|mayor|chief|chairman)"
    r"|under-?secretary|parliamentary secretary|judge|prefect|member|counsel|undersecretary)\b)"
    r"(?:.*\b(?:minister|ministers?-president|governors?|governor-general|president|chairperson|chairman|chair|speaker|mayor"
    r"|premier|chancellor|secretary|chief|justice|attorney|attorney-general|prosecutor|solicitor|treasurer|head|leader"
    r"|commissioner|commander|taoiseach|tánaiste|monarch|king|queen|spokesperson|representative|director)\b)",
    re.IGNORECASE,
)
_PLACED = re.compile(
    r"\b(?:governor|mayor|premier|chief minister|president of (?:the )?(?:junta|xunta|generalitat|government of|region)"
    r"|head of the republic|head of|minister-president|administrator|lord mayor|lieutenant governor)\b",
    re.IGNORECASE,
)
_INVERTED = re.compile(
    r"^(minister|secretary|state secretary|federal minister|secretary of state) (?:of|for)(?: the)? (.+)$"
)
_PLACE = re.compile(
    r"^(governor|mayor|lord mayor|premier|chief minister|lieutenant governor|minister-president) of(?: the)? (.+)$"
)
_PARTICLES = frozenset(
    ["de", "del", "della", "da", "di", "du", "dos", "van", "von", "der", "den", "bin", "ibn", "al", "el", "ten", "ter", "la", "le", "zu"]
)  # fmt: skip
_SUFFIXES = frozenset(["Jr.", "Jr", "Sr.", "Sr", "II", "III", "IV"])
_OVERLAP = 45  # days for which two holders of one seat may stand beside each other
_SEVERAL = 0.25  # share of terms beside another one from which an office has several seats
_OLDEST = 92


class Row(NamedTuple):
    """A term as it is written: ``end`` is a day, or ``>`` and the last day on which it is known to have run."""

    family: str
    given: str
    aliases: str
    office: str
    person: str
    start: str
    end: str
    died: str


class Made(NamedTuple):
    """Offices (id, country, titles, seats), their terms, and how many rows were left out for which reason."""

    offices: list[tuple[str, str, str, str]]
    rows: list[Row]
    left_out: Counter[str]


def day_of(written: str, *, late: bool) -> date:
    """Return the first, or the last, day that a date may mean."""
    year, month, day = ([int(part) for part in written.split("-")] + [0, 0])[:3]
    if not month:
        return date(year, 12, 31) if late else date(year, 1, 1)
    if not day:
        following = date(year + month // 12, month % 12 + 1, 1)
        return following - timedelta(days=1) if late else date(year, month, 1)
    return date(year, month, day)


def split_name(name: str, country: str) -> tuple[str, str]:
    """Return given and family name; the family's name stands first where the country writes it so."""
    name = name.partition(", ")[0]  # "Quentin Davies, Baron Davies of Stamford"
    words = re.sub(r" *\(.*?\)| *[\"“].*?[\"”]", "", name).replace(",", " ").replace('"', "").split()
    while len(words) > 1 and words[-1] in _SUFFIXES:
        words.pop()
    if len(words) < 2:
        return "", " ".join(words)
    if country in FAMILY_FIRST and len(words) == 2 and ("-" in words[1] or country == "CN"):
        return words[1], words[0]
    if country in FAMILY_FIRST and len(words) == 3 and "-" not in name:
        return " ".join(words[1:]), words[0]
    at = len(words) - 1
    while at > 1 and words[at - 1].lower() in _PARTICLES:
        at -= 1
    return " ".join(words[:at]), " ".join(words[at:])


def other_surname(given: str, family: str, country: str) -> str:
    """Return the name under the first of two surnames, by which newspapers know a Spaniard or a Mexican; else ""."""
    words_ = given.split()
    if country not in TWO_SURNAMES or len(words_) < 2 or " " in family:
        return ""
    first = words_[-1]
    usual = given_names()
    return "" if first in usual or "." in first else f"{words_[0]} {first}"


def titles_of(position: str, country: str) -> str:
    """Return how an office is written, the fullest way first: "minister of finance of poland|finance minister"."""
    low = re.sub(r"[|,\"]", " ", position.lower().replace("federal minister", "minister"))
    low = " ".join(low.split())
    name = COUNTRIES.get(country, ("", "", ""))[1].lower()
    titles = []
    placed = _PLACED.search(low) is not None or (name and name in low) or _of_a_state(low)
    titles.append(low if placed or not name else f"{low} of {name}")
    if titles[0] != low:
        titles.append(low)
    if (match := _INVERTED.match(low)) is not None and len(match.group(2).split()) <= 2:
        titles.append(f"{match.group(2)} {match.group(1)}")
    if (match := _PLACE.match(low)) is not None:
        titles += [f"{match.group(2)} {match.group(1)}", match.group(1)]
    if low in ("minister of foreign affairs", "minister for foreign affairs"):
        titles.append("foreign minister")
    if low in ("minister of defence", "minister of national defence", "minister of defense"):
        titles += ["defence minister", "defense minister"]
    return "|".join(dict.fromkeys(titles))


def _of_a_state(position: str) -> bool:
    place = position.rpartition(" of ")[2]
    return any(place == name.lower() for name in STATES.values())


def slug(country: str, position: str) -> str:
    """Return the id of an office."""
    words = re.sub(r"[^a-z0-9]+", "-", surname_key(position)).strip("-")
    words = re.sub(r"\b(?:of|for|the|and|to|in)-", "", words)
    return f"{country.lower()}-w-{words}"[:60].rstrip("-")


def read_extracts(data: Path) -> Iterator[dict[str, str]]:
    """Yield the rows of the extracts, with the country's code, and the day up to which each is known."""
    folder = data / "reference" / "offices"
    for path in sorted(folder.glob("wikidata_holders21_*.csv.gz")):
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            for row in csv.DictReader(lines):
                code = next((code for code, (key, _, _) in COUNTRIES.items() if key == row["country"]), "")
                if code:
                    yield {**row, "country": code}
    with (folder / "us_executives.csv").open(encoding="utf-8") as lines:
        for row in csv.DictReader(lines):
            place = row["jurisdiction"].split(":")[-1].replace("_", " ")
            office = {"lt_governor": "lieutenant governor"}.get(row["office"], row["office"])
            if office == "governor" or office not in _STATE_OFFICES:
                continue
            place = STATES.get(place, place.title())
            yield {
                "country": "US",
                "position": f"{office.capitalize()} of {place}",
                "person": f"{row['given']} {row['family']}".strip() or row["name"],
                "wikidata": re.sub(r"[^a-z]+", "-", surname_key(row["name"])),
                "start": row["start"],
                "end": "" if row["current"] == "yes" else row["end"],
                "born": row["birth"],
                "died": row["death"],
                "as_of": LATE,
            }


_STATE_OFFICES = frozenset(
    ["mayor", "attorney general", "lieutenant governor", "lt_governor", "secretary of state", "treasurer"]
)
STATES = {
    "al": "Alabama", "ak": "Alaska", "az": "Arizona", "ar": "Arkansas", "ca": "California", "co": "Colorado", "ct": "Connecticut",
    "de": "Delaware", "fl": "Florida", "ga": "Georgia", "hi": "Hawaii", "id": "Idaho", "il": "Illinois", "in": "Indiana", "ia": "Iowa",
    "ks": "Kansas", "ky": "Kentucky", "la": "Louisiana", "me": "Maine", "md": "Maryland", "ma": "Massachusetts", "mi": "Michigan",
    "mn": "Minnesota", "ms": "Mississippi", "mo": "Missouri", "mt": "Montana", "ne": "Nebraska", "nv": "Nevada", "nh": "New Hampshire",
    "nj": "New Jersey", "nm": "New Mexico", "ny": "New York", "nc": "North Carolina", "nd": "North Dakota", "oh": "Ohio", "ok": "Oklahoma",
    "or": "Oregon", "pa": "Pennsylvania", "ri": "Rhode Island", "sc": "South Carolina", "sd": "South Dakota", "tn": "Tennessee",
    "tx": "Texas", "ut": "Utah", "vt": "Vermont", "va": "Virginia", "wa": "Washington", "wv": "West Virginia", "wi": "Wisconsin",
    "wy": "Wyoming", "dc": "Washington D.C.", "pr": "Puerto Rico",
}  # fmt: skip


def person_key(country: str, given: str, family: str) -> tuple[str, str, str]:
    """Return what one person's rows share: country, first given name, family's name."""
    return country, surname_key(given.partition(" ")[0]), surname_key(family.rpartition(" ")[2])


def known_people(table: Path) -> dict[tuple[str, str, str], list[dict[str, str]]]:
    """Return the rows of the hand-kept table by person."""
    people = defaultdict(list)
    with table.open(encoding="utf-8") as lines:
        for row in csv.DictReader(lines):
            people[person_key(row["country"], row["given"], row["family"])].append(row)
    return people


def sound(row: dict[str, str]) -> str:
    """Return why a row cannot be true, or ""."""
    if not re.fullmatch(r"\d{4}(-\d\d){0,2}", row["start"] or ""):
        return "no start"
    if row["end"] and not re.fullmatch(r"\d{4}(-\d\d){0,2}", row["end"]):
        return "no date of end"
    start = day_of(row["start"], late=False)
    if row["end"] and day_of(row["end"], late=True) < start:
        return "ends before it starts"
    if len(row["end"]) == 10 and row["end"] == row["start"]:
        return "a term of one day"
    if start > day_of(row["as_of"], late=True):
        return "starts after the extract"
    for name, least in (("born", 18), ("died", 0)):
        if row[name] and re.match(r"\d{4}", row[name]):
            year = int(row[name][:4])
            if name == "born" and start.year - year < least:
                return "younger than eighteen"
            if name == "born" and (int(row["end"][:4]) if row["end"] else start.year) - year > _OLDEST:
                return "older than ninety-two"
            if name == "died" and start.year > year:
                return "starts after death"
    if not row["end"] and not row["died"] and start < date(2008, 1, 1):
        return "open since before 2008"
    if re.match(r"Q\d+$", row["person"]) or not re.search(r"[A-Za-z]", row["person"]):
        return "no name in Latin letters"
    return ""


def make(data: Path) -> Made:
    """Read, sift and join."""
    left_out: Counter[str] = Counter()
    people = known_people(TABLE / "officeholders.csv")
    by_position = defaultdict(list)
    for row in read_extracts(data):
        position = row["position"].lower()
        of_nobody = row["country"] == "INT" and position.startswith("permanent representative")
        if of_nobody or "ambassador" in position or _WANTED.match(position) is None:
            left_out["position not wanted"] += 1
            continue
        fault = sound(row)
        if fault:
            left_out[fault] += 1
            continue
        by_position[row["country"], row["position"]].append(row)
    offices, rows = [], []
    ids: set[str] = set()
    for (country, position), holders in sorted(by_position.items()):
        matched = [row for row in holders if _is_known(row, people, country)]
        distinct = {row["person"] for row in matched}
        if len(distinct) > 1 or (len(distinct) == 1 and len({row["person"] for row in holders}) < 3):
            left_out["position of the table"] += len(holders)
            continue
        office = slug(country, position)
        while office in ids:
            office += "2"
        terms, several = _terms(office, country, holders, left_out)
        terms = [term for term in terms if not _is_known_term(term, people, country)]
        if not terms:
            continue
        ids.add(office)
        offices.append((office, country, titles_of(position, country), "several" if several else ""))
        rows += terms
    return Made(offices, rows, left_out)


def _is_known(row: dict[str, str], people: dict, country: str) -> bool:
    given, family = split_name(row["person"], country)
    start = day_of(row["start"], late=False)
    return any(
        abs((day_of(known["start"], late=False) - start).days) < 92
        for known in people.get(person_key(country, given, family), ())
    )


def _is_known_term(term: Row, people: dict, country: str) -> bool:
    return any(
        known["start"][:7] == term.start[:7]
        for known in people.get(person_key(country, term.given, term.family), ())
    )


def _terms(
    office: str, country: str, holders: list[dict[str, str]], left_out: Counter[str]
) -> tuple[list[Row], bool]:
    """Order an office's terms, join a person's that touch, close open ones; say whether several people sit in it."""
    holders = sorted(holders, key=lambda row: (row["start"], row["end"] or "9"))
    joined: list[dict[str, str]] = []
    last: dict[str, dict[str, str]] = {}
    for row in holders:
        before = last.get(row["wikidata"])
        if before is not None and (
            not before["end"]
            or (day_of(row["start"], late=False) - day_of(before["end"], late=True)).days < 32
        ):
            left_out["joined with the term before"] += 1
            if before["end"] and (
                not row["end"] or day_of(row["end"], late=True) > day_of(before["end"], late=True)
            ):
                before["end"] = row["end"]
            continue
        row = dict(row)
        joined.append(row)
        last[row["wikidata"]] = row
    several = _beside(joined) > _SEVERAL
    found = []
    for number, row in enumerate(joined):
        end = row["end"]
        following = next(
            (other for other in joined[number + 1 :] if other["wikidata"] != row["wikidata"]), None
        )
        if not end and row["died"] and row["died"] >= row["start"]:
            end = row["died"]
        if not several and following is not None and (not end or end > following["start"]):
            if end and (day_of(end, late=True) - day_of(following["start"], late=False)).days > _OVERLAP:
                left_out["beside the next holder"] += 1
                continue
            end = following["start"] if following["start"] >= row["start"] else end
        given, family = split_name(row["person"], country)
        if not end and several and day_of(row["start"], late=False) < date(2014, 1, 1):
            left_out["open since before 2014, of several"] += 1
            continue
        end = end or ">" + row["as_of"][:10]
        aliases = other_surname(given, family, country)
        found.append(Row(family, given, aliases, office, row["wikidata"], row["start"], end, row["died"]))
    return found, several


def _beside(holders: list[dict[str, str]]) -> float:
    """Return the share of terms that run beside the following one for longer than a handover takes."""
    count = 0
    for one, other in pairwise(holders):
        end = day_of(one["end"], late=True) if one["end"] else day_of(other["start"], late=False)
        count += (end - day_of(other["start"], late=False)).days > _OVERLAP
    return count / max(1, len(holders) - 1)


def write(made: Made) -> None:
    """Write the two files; a term stands under every key of its holder's surname, in the order of keys."""
    number = {office: str(line) for line, (office, *_) in enumerate(made.offices, 1)}
    lines = {
        ",".join((key, *row._replace(office=number[row.office])))
        for row in made.rows
        for key in keys_of(row.family, row.aliases.split("|"))
    }
    _write(TABLE / "officeholders-world.csv", HOLDERS, sorted(lines))
    _write(TABLE / "offices-world.csv", OFFICES, [",".join(office) for office in made.offices])


def _write(path: Path, head: tuple[str, ...], lines: Iterable[str]) -> None:
    text = "\n".join([",".join(head), *lines]) + "\n"
    if '"' in text or any(line.count(",") != len(head) - 1 for line in text.split("\n")[:-1]):
        raise ValueError(f"{path.name}: a comma or a quotation mark in a field")
    path.write_text(text, "utf-8", newline="\n")


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--write", action="store_true")
    parser.add_argument(
        "--sample", type=int, default=0, metavar="N", help="print N terms to be checked by hand"
    )
    parser.add_argument("--seed", type=int, default=27)
    options = parser.parse_args()
    made = make(options.data)
    print(
        f"{len(made.offices)} offices, {len(made.rows)} terms, {len({row.person for row in made.rows})} people"
    )
    print(", ".join(f"{reason} {count}" for reason, count in made.left_out.most_common()))
    names = {office: titles for office, _, titles, _ in made.offices}
    for row in random.Random(options.seed).sample(made.rows, options.sample):
        print(f"  {row.given} | {row.family} | {names[row.office]} | {row.start} {row.end}")
    if options.write:
        write(made)


if __name__ == "__main__":
    main()
