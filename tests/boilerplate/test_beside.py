"""Short lines that stay with the line that they belong to, and headlines that the text takes up."""

from __future__ import annotations

import pytest
from timing import assert_growth, cpu_seconds

import cleantext
from cleantext.checks.boilerplate.beside import belonging
from cleantext.checks.boilerplate.facts import LIST_PLACE
from cleantext.checks.boilerplate.headlines import headline_taken_up
from cleantext.checks.boilerplate.own_lines import lines_of
from cleantext.checks.boilerplate.page import page_of

PROSE = "The council voted on Monday to close the old bridge, which lorries have used since the motorway was flooded."
SAID = "We took the ferry instead and the children loved it."
STAYING = {
    "a comment's header": ["Dora Lind says", SAID],
    "a numbered one with its moment": ["12. Dora wrote on May 4th, 2021 at 02:57:", SAID],
    "one in German": ["Dora schreibt:", SAID],
    "names over moments": ["Dora", "May 4, 2021 at 1:34 am", SAID, "Carl", "May 5, 2021 at 2:10 pm", SAID],
    "names beside moments": [
        "dora May 4, 2021 at 1:34 am",
        SAID,
        "Carl (Harbour) May 5, 2021 at 2:10 pm",
        SAID,
    ],
    "labels and values": ["Crossing", "40 min", "Waiting", "1 hr 10 min", "Crew", "4 people"],
    "values and labels": ["40 min", "Crossing", "1 hr", "Waiting"],
    "measures": ["Salt 3 g", "Iron 1mg 3%", "Protein 12g", "Energy 320 kcal"],
    "an index": list("VWXYZ"),
}


@pytest.mark.parametrize("lines", STAYING.values(), ids=STAYING)
def test_stays_with_what_it_belongs_to(lines: list[str]) -> None:
    page = page_of([PROSE, *lines])
    short = {i for i, line in enumerate([PROSE, *lines]) if line not in (PROSE, SAID)}
    assert set(belonging(lines_of(page.facts), ())) >= short


@pytest.mark.parametrize(
    ("label", "value"),
    [
        ("By", "Dora Lind"),
        ("Photo by:", "Carl Zorn"),
        ("E-mail:", "harbour@example.org"),
        ("Phone", "0409 333 4820"),
    ],
)
def test_a_label_stays_with_what_it_names(label: str, value: str) -> None:
    facts = page_of([PROSE, label, value]).facts
    assert set(belonging(lines_of(facts), ())) == {1}
    assert set(belonging(lines_of(facts), (2,))) == set()


GOING = {
    "the header of a comment that goes": ["Dora Lind says", "Pinned for later"],
    "one name over a moment, as a byline": ["Dora Lind", "May 4, 2021 at 1:34 am", SAID],
    "counters": ["3 comments", "Ferries", "12 shares", "Bridges", "4 comments"],
    "rates": ["Harbour shares +0.2%", "Ferry shares -1.4%", "Bridge shares +3%", "Dock shares -2%"],
    "a label of a widget": ["Email", "Print", "By", "4 May 2021"],
    "a share button": ["Tweet", "X", "Share"],
}


@pytest.mark.parametrize("lines", GOING.values(), ids=GOING)
def test_what_only_looks_like_it_is_judged_by_itself(lines: list[str]) -> None:
    page = page_of([PROSE, *lines])
    assert set(belonging(lines_of(page.facts), range(2, 3))) == set()


def test_what_says_who_wrote_the_article_is_no_comment() -> None:
    page = page_of(["Dora Lind", "May 4, 2021 at 1:34 am", "Carl Zorn", "May 5, 2021 at 1:34 am", PROSE])
    assert set(belonging(lines_of(page.facts), ())) == set()


@pytest.mark.parametrize(
    ("line", "kept"),
    [
        ("Old Bridge", True),
        ("Bridges", True),
        ("Closing the Bridge", True),
        ("The Harbour", False),
        ("News | Bridge", False),
        ("Share", False),
    ],
)
def test_a_headline_is_what_the_article_takes_up(line: str, kept: bool) -> None:
    page = page_of([line, PROSE.replace("close", "go on closing")])
    assert (headline_taken_up(page.facts[:1], {0}, page.facts) == 0) is kept


def test_a_short_headline_is_taken_by_nobody() -> None:
    text = f"Old Bridge\n\n{PROSE}\n\nThe old bridge will be open again in May, when the motorway has been mended.\n"
    assert [f.text for f in cleantext.check(text).findings if f.start == 0] == []


@pytest.mark.parametrize(
    ("line", "known"),
    [
        ("Review of the book «Rivers forget»", False),
        ("«Rivers forget»", False),
        ("All boats »", True),
        ("« Older entries", True),
        ("« Previous page Next page »", True),
        ("03/05/2021", False),
        ("the ferry/bridge in 2020/2021", False),
        ("News / Harbour / Ferries", True),
        ("News/Harbour/Ferries", True),
        ("News > Harbour > Ferries", True),
    ],
)
def test_marks_of_a_menu_are_no_quotation_marks_and_no_strokes(line: str, known: bool) -> None:
    place, how = page_of([line]).fact(0).listed
    assert (how > 0 and place == LIST_PLACE["navigation"]) is known


@pytest.mark.parametrize("lines", STAYING.values(), ids=STAYING)
def test_the_work_of_a_text_grows_no_faster_than_its_lines(lines: list[str]) -> None:
    def cost(times: int) -> float:
        facts = page_of([PROSE, *lines * times]).facts
        return cpu_seconds(lambda: list(belonging(lines_of(facts), ())))

    assert_growth(cost, 500, 4_000, times=8 * 2, floor=0.01)


@pytest.mark.parametrize(
    "line",
    [
        "4.8 from 12 votes",
        "3.5 stars out of 5 stars based on 84 reviews",
        "4,7 von 31 Bewertungen",
        "(86 ratings)",
        "86 people rated this recipe",
        "Did you make this recipe?",
        "All times are GMT +2. The time now is 04:32 PM.",
    ],
)
def test_counters_of_ratings_and_a_forums_clock_are_known(line: str) -> None:
    assert page_of([line]).fact(0).listed[0] == LIST_PLACE["comments"]


def test_a_question_to_subscribers_and_a_trackers_call_are_known() -> None:
    facts = page_of(["Already a harbour.example user?", "window.dataLayer = window.dataLayer || [];"]).facts
    assert [fact.listed[0] for fact in facts] == [LIST_PLACE["newsletter"], LIST_PLACE["advertising"]]


def test_of_a_text_without_prose_only_labels_are_shown() -> None:
    offers = [
        f"{colour} {boat}" for colour in ("Red", "Old", "Blue", "Small") for boat in ("ferry", "raft", "punt")
    ]
    text = "\n".join(
        ["Read more", *offers, "Add to the basket", "Our boats", PROSE.split(",")[0] + ".", "Tweet"]
    )
    found = {
        f.text: f.rule for f in cleantext.check(text).findings if f.category == "boilerplate" and f.fixes
    }
    assert "Tweet" in found and not {"Red ferry", "Our boats"} & found.keys()
