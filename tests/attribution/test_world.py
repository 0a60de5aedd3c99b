"""The world's offices: read by halving, and nothing that a plain reading would not find."""

import csv
import re
from collections import defaultdict
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from timing import assert_cost, cpu_seconds

from cleantext.checks.attribution.context import Day
from cleantext.checks.attribution.offices import keys_of, offices, several_holders
from cleantext.checks.attribution.shared_offices import standing
from cleantext.checks.attribution.world import HOLDERS, OFFICES, World

TABLE = Path(__file__).parents[2] / "rules" / "attribution"
LINES = (TABLE / "officeholders-world.csv").read_text("utf-8").split("\n")
PLACES = (TABLE / "offices-world.csv").read_text("utf-8").split("\n")
DATE = re.compile(r">?\d{4}(-\d\d){0,2}\Z")


@pytest.fixture(scope="module")
def world() -> World:
    return World(TABLE / "officeholders-world.csv", TABLE / "offices-world.csv")


@pytest.fixture(scope="module")
def by_key() -> dict[str, list[int]]:
    """The plain reference: every line looked at."""
    found = defaultdict(list)
    for number, line in enumerate(LINES[1:], 1):
        if line:
            found[line.split(",")[0]].append(number)
    return found


def test_the_table_holds_twenty_thousand_terms_each_with_its_source():
    table = offices()
    assert len(table) >= 20_000
    with (TABLE / "officeholders.csv").open(encoding="utf-8") as lines:
        assert all(row["source"] for row in csv.DictReader(lines))
    assert all(re.match(r"Q\d+|[a-z-]+", line.split(",")[5]) for line in LINES[1:] if line)


def test_the_lines_stand_in_the_order_of_their_keys_and_hold_no_marks():
    assert LINES[0] == ",".join(HOLDERS)
    assert PLACES[0] == ",".join(OFFICES)
    assert LINES[1:-1] == sorted(set(LINES[1:-1]))
    for lines, head in ((LINES, HOLDERS), (PLACES, OFFICES)):
        assert not any('"' in line for line in lines)
        assert all(line.count(",") == len(head) - 1 for line in lines if line)
    assert sum('"' in line for line in (TABLE / "officeholders.csv").read_text("utf-8").split("\n")) == 0


def test_dates_are_dates_and_no_term_ends_before_it_starts():
    for line in LINES[1:-1]:
        start, end = line.split(",")[6:8]
        assert DATE.match(start), line
        assert DATE.match(end), line
        if end[0] != ">":
            assert end[:4] >= start[:4], line
        assert "1950" <= start[:4] <= "2026", line


def test_a_term_stands_under_every_key_of_its_holder():
    under = defaultdict(set)
    for line in LINES[1:-1]:
        key, rest = line.split(",", 1)
        under[rest].add(key)
    for rest, keys in under.items():
        family, _, aliases = rest.split(",")[:3]
        assert keys == keys_of(family, aliases.split("|")), rest


@settings(max_examples=300)
@given(data=st.data())
def test_a_surname_is_found_by_halving_as_by_reading_every_line(data, world, by_key):
    key = data.draw(st.sampled_from(sorted(by_key)) | st.text(max_size=8))
    key = data.draw(st.sampled_from([key, key[:-1], key + "a", key.upper()]))
    assert list(world.numbers(key)) == by_key.get(key, [])


def test_one_seat_has_one_holder_at_a_time(world):
    for office, numbers in world.by_office.items():
        rows = sorted((world.row(number) for number in numbers), key=lambda row: row[7])
        if rows[0][12] == "several" or office in several_holders():
            continue
        beside = 0
        for one, other in pairwise(rows):
            end, start = one[8].lstrip(">"), other[7]
            shorter = min(len(end), len(start))
            beside += one[3] != other[3] and end[:shorter] > start[:shorter] and end[:7] != start[:7]
        assert beside <= max(2, 0.34 * len(rows)), office


def test_nothing_is_known_of_an_open_term_after_the_day_of_the_extract():
    term = next(term for term in offices().bearers("Bozdağ") if term.seen)
    assert term.holds("2022-06-01", "2022-06-01")
    assert not term.holds("2025-06-01", "2025-06-01")
    assert not term.over("2025-06-01")
    assert standing(term, Day("2022-06-01", "2022-06-01", given=True)) == "in"
    assert standing(term, Day("2025-06-01", "2025-06-01", given=True)) == "unknown"


@pytest.mark.parametrize(
    ("surname", "office", "day"),
    [
        ("Mikser", "minister of foreign affairs", "2018-05-01"),
        ("Pröll", "finance minister", "2010-01-15"),
        ("Proell", "finance minister", "2010-01-15"),
        ("van Aartsen", "foreign minister", "2000-03-01"),
        ("Aartsen", "foreign minister", "2000-03-01"),
        ("Tharman", "", "2015-01-01"),
        ("Feijoo", "president of the xunta of galicia", "2015-01-01"),
    ],
)
def test_holders_known_to_everybody_are_there(surname, office, day):
    held = [term for term in offices().bearers(surname) if term.holds(day, day)]
    if office:
        assert any(office in term.titles for term in held)


def test_loading_takes_no_time_worth_speaking_of():
    def plainly() -> list[list[str]]:
        return [
            line.split(",") for line in (TABLE / "officeholders-world.csv").read_text("utf-8").split("\n")
        ]

    def load() -> None:
        offices.cache_clear()
        offices().bearers("Smith")

    assert len(plainly()) > 10_000
    # 30 ms where reading every field of the world's file alone takes 20
    assert_cost(lambda: cpu_seconds(load), lambda: 4 * cpu_seconds(plainly))
