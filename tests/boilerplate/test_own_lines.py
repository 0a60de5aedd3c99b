"""Short lines that only their neighbours show to be the author's."""

from __future__ import annotations

import pytest
from timing import assert_growth, cpu_seconds

from cleantext.checks.boilerplate.abstain import abstains
from cleantext.checks.boilerplate.forms import authored
from cleantext.checks.boilerplate.own_lines import lines_of, lines_that_stay, own_lines
from cleantext.checks.boilerplate.page import page_of
from cleantext.cleaner import Cleaner

PROSE = "The council voted on Monday to close the old bridge, which lorries have used since the motorway was flooded."
WRAPPED = [
    "Whoever keeps the minutes on a disk of",
    "their own will find the move an easy",
    "one, for nothing of it has to be copied.",
]
OWN = {
    "commands that begin alike": ["ferry add boat red 4", "ferry add boat blue 12"],
    "a path": ["300 /var/lib/ferry/boats"],
    "values that are set": ['BOAT{colour}=="red"'],
    "a prompt": ["$ ferry list"],
    "a chat": ["10:04 <ann> is it open", "10:05 <bea> no", "10:05 <ann> pity"],
    "an answered letter": [
        "On 3 May 2001 at 10:04 AM ann@example.org",
        "wrote:",
        "> Hello,",
        "> is it open?",
        "> Ann",
    ],
    "headers of a letter": ["From: Ann Walker", "Date: Thu, 3 May 2001 10:04:00"],
    "a saying and whose it is": ["Rivers forget", "-- Ann Walker"],
    "a directive and its option": [".. ferry:: red", ":crew: 4"],
    "a name of a program": ["harbour.open_gate"],
    "a header among others": ["Return-Path: <ann@example.org>", "Replied: Thu, 3 May 2001 10:04:00"],
    "an address to somebody": ["Citizens of the harbour,"],
    "a list torn at its commas": ["Ann Walker", ",", "Bea Young", ",", "Carl Zorn", ",", "Dora"],
}


@pytest.mark.parametrize("lines", OWN.values(), ids=OWN)
def test_stays_whatever_becomes_of_the_rest(lines: list[str]) -> None:
    page = page_of([PROSE, *lines])
    assert set(own_lines(lines_of(page.facts))) >= set(range(1, len(lines) + 1))


HOSTILE = {
    "answers to one line each": ["On 3 May 2001 ann@example.org wrote:", "> yes"],
    "short tables": ["| Boat | Crew |", "Ferry"],
    "halves of sentences": ["Whoever keeps the minutes on a disk of", "their own"],
    "torn lists": ["Ann Walker", ","],
}


@pytest.mark.parametrize("lines", HOSTILE.values(), ids=HOSTILE)
def test_the_work_of_a_text_grows_no_faster_than_its_lines(lines: list[str]) -> None:
    def cost(times: int) -> float:
        facts = page_of(lines * times).facts
        likely = range(0, len(facts), 2)
        return cpu_seconds(lambda: [*own_lines(lines_of(facts)), *lines_that_stay(lines_of(facts), likely)])

    assert_growth(cost, 1_000, 8_000, times=8 * 2, floor=0.01)


NOT_OWN = {
    "labels that begin alike": ["kitchen garden", "kitchen garden model"],
    "an embedded post": ["Rivers forget", "— Ann Walker (@annwalker) May 3, 2019"],
    "arrows before links": [">> See our guide to bridges", ">> See our guide to ferries"],
    "an icon": ["arrow_forward"],
    "a byline": ["By Ann Walker,"],
    "one header": ["Date: Thu, 3 May 2001"],
    "a date in a headline": ["On 3 May the bridge closes"],
}


@pytest.mark.parametrize("lines", NOT_OWN.values(), ids=NOT_OWN)
def test_is_not_known_by_its_neighbours(lines: list[str]) -> None:
    assert not set(own_lines(lines_of(page_of([PROSE, *lines]).facts)))


def test_a_piece_of_a_sentence_stays_with_the_rest() -> None:
    facts = page_of([PROSE, *WRAPPED]).facts
    assert list(lines_that_stay(lines_of(facts), {2})) == [1, 2, 3]
    assert list(lines_that_stay(lines_of(facts), {1, 2, 3})) == [1, 2, 3]


def test_a_wrapped_notice_that_would_go_whole_goes() -> None:
    lines = [
        "Copyright 2012 the harbour, all rights reserved; no",
        "part of this may be copied or sent to others by any",
        "means without the written permission of the editors",
    ]
    facts = page_of([PROSE, *lines]).facts
    assert not list(lines_that_stay(lines_of(facts), {1, 2, 3}))
    assert list(lines_that_stay(lines_of(facts), {1, 2}))


def test_terms_stay_with_what_explains_them() -> None:
    lines = [
        PROSE,
        "- Save",
        "- This writes the list of boats down.",
        "- Edit",
        "- This opens the list of boats again.",
    ]
    assert set(lines_that_stay(lines_of(page_of(lines).facts), {1, 3})) == {1, 2, 3, 4}
    assert not set(lines_that_stay(lines_of(page_of(["- Facebook", "- Save", "- Email"]).facts), {0, 1, 2}))


def test_a_row_stays_with_its_table_and_a_menu_goes() -> None:
    table = ["| Boat | Crew |", "|---|---|", "| Red | 4 |", "| Blue | 12 |"]
    assert set(lines_that_stay(lines_of(page_of(table).facts), {0, 1})) == {0, 1, 2, 3}
    assert not set(
        lines_that_stay(lines_of(page_of(["| Home | News |", "| Login | Search |"]).facts), {0, 1})
    )
    note = ["|  | Note |", "|---|---|", "|  | Boats are counted at night. |"]
    assert set(lines_that_stay(lines_of(page_of(note).facts), {0, 1, 2})) == {0, 1, 2}


def test_the_empty_rows_of_a_layout_table_keep_no_menu() -> None:
    layout = ["| Home | Boats | Ferries | Tides |", "|  |", "|  |  |", "|  |", "| Log in | Register |"]
    page = page_of([PROSE, *layout])
    assert not set(lines_that_stay(lines_of(page.facts), {1, 5})) & {1, 5}
    assert {1, 5} <= set(
        lines_that_stay(
            lines_of(page_of([PROSE, *layout, "| Whalers | Oak |", "| Rope | Hemp |"]).facts), {1, 5}
        )
    )


def test_a_box_of_facts_stays_though_every_row_looks_like_a_label() -> None:
    box = [
        "| Boat |  |",
        "| Built by | Walker & Sons |",
        "| Crew | 12 |",
        "| Owner | The town |",
        "| Mast | Oak |",
    ]
    page = page_of([PROSE, *box])
    assert set(lines_that_stay(lines_of(page.facts), set(range(1, 6)))) == set(range(1, 6))
    assert abstains(page, 2, lambda _: True)


def test_counts_of_comments_and_pointers_are_residue_amid_the_prose_in_many_languages() -> None:
    lines = [
        "De raad stemde maandag voor de sluiting van de oude brug, die vrachtwagens gebruiken sinds de weg onder water staat.",
        "Lees ook: Wat de gemeente met de kade wil",
        "Niemand in de haven gelooft dat hij voor de zomer klaar is, en ook de burgemeester wil dat niet beloven.",
        "12 reacties",
        "Een pont zet auto's over tot de ingenieurs weten wat een nieuwe brug de stad gaat kosten, zei hij.",
    ]
    found = {f.text for f in Cleaner().check("\n".join(lines)).findings if f.confidence >= 0.5}
    assert found == {lines[1], lines[3]}


def test_one_doubtful_item_stays_with_its_list() -> None:
    lines = ["- Ctrl", "- The tool below", "- X", "- Changes the colours", "- D", "- Takes them back"]
    assert set(lines_that_stay(lines_of(page_of(lines).facts), {2})) == set(range(6))
    assert not set(lines_that_stay(lines_of(page_of(lines).facts), {0, 2, 4}))


def test_nothing_of_a_wrapped_sentence_goes_unasked() -> None:
    page = page_of([PROSE, *WRAPPED])
    assert all(abstains(page, i, lambda _: True) for i in (1, 2))


def test_in_a_wrapped_text_only_what_names_residue_is_judged() -> None:
    lines = [line for _ in range(4) for line in (*WRAPPED, "So it went, and nobody minded the old ones")]
    facts = page_of([*lines, "Subscribe to our newsletter"]).facts
    stay = set(lines_that_stay(lines_of(facts), {3, len(lines)}))
    assert 3 in stay and len(lines) not in stay


def test_a_list_in_small_letters_is_no_menu() -> None:
    lines = [
        PROSE,
        "- bell (flag)",
        "- Ring the bell",
        "- nobell (flag)",
        "- Ring no bell",
        "- horn (flag)",
        "- Blow the horn",
    ]
    assert set(lines_that_stay(lines_of(page_of(lines).facts), set(range(1, 7)))) == set(range(1, 7))
    headlines = [
        PROSE,
        "- Ferry sinks",
        "- Mayor resigns",
        "- Harbour opens",
        "- Town wins",
        "- Bridge closes",
    ]
    assert not set(lines_that_stay(lines_of(page_of(headlines).facts), set(range(1, 6))))


def test_what_is_below_a_signature_belongs_to_it() -> None:
    letter = ["Yours sincerely,", "Ann Walker", "Director", "Harbour Trust"]
    assert authored(page_of([PROSE, *letter])) >= {1, 2, 3, 4}


def test_a_field_beside_another_that_stays_is_the_authors() -> None:
    page = page_of([PROSE, "Please send us the following:", "Name:", "Boat:", "Harbour:"])
    assert abstains(page, 2, {2}.__contains__)
    assert not abstains(
        page_of([PROSE, "Leave a reply", "Name", "Email", "Website"]), 2, {1, 2, 3, 4}.__contains__
    )


def test_a_label_of_one_word_needs_residue_beside_it() -> None:
    page = page_of([PROSE, "Print", PROSE.replace("Monday", "Tuesday"), "Advertisement", PROSE])
    assert abstains(page, 1, {1, 3}.__contains__)
    assert not abstains(page, 3, {1, 3}.__contains__)
    assert not abstains(page_of([PROSE, "Print", "Share"]), 1, {1, 2}.__contains__)


def test_what_introduces_a_line_goes_with_it_only() -> None:
    page = page_of(["Harbour project:", "Better ferries", PROSE])
    assert abstains(page, 0, lambda _: False)
    assert not abstains(page, 0, {1}.__contains__)


def test_sayings_of_one_author_are_no_copies_of_a_headline() -> None:
    sayings = [
        f"The river {what}.\n-- Ann Walker of the Northern Ferry"
        for what in ("sleeps", "runs", "waits", "sings")
    ]
    text = PROSE + "\n\n" + "\n\n".join(sayings)
    assert not [f for f in Cleaner().check(text).findings if f.rule == "BP100"]


def test_a_heading_over_every_section_is_no_headline() -> None:
    parts = [f"A LAW OF THE NORTHERN HARBOUR\nWhat {what} will do so at night." for what in "abcdefgh"]
    found = [f for f in Cleaner().check("\n\n".join([*parts, PROSE])).findings if f.rule == "BP100"]
    assert all(f.confidence < 0.5 for f in found)
