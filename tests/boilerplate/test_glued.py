"""What is glued to a line, or listed beside the article: cut out, and the sentence stays."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from timing import assert_seconds

from cleantext import Cleaner
from cleantext.article import Article
from cleantext.checks.boilerplate.glued import (
    _BEGINS_HALF,
    _BEGINS_RELATED,
    _HALF,
    _HINT,
    _RATE,
    _RELATED,
    _may_hold_rates,
    hints_at_metadata,
    metadata_end,
)
from cleantext.checks.damage.signs import RATED as NAMED
from cleantext.checks.damage.signs import signs
from cleantext.document import Document

CLEANER = Cleaner(select=["BP321", "BP322", "BP323", "BP324", "BP325"])
FIRST = "The council voted on Monday to close the old bridge, which lorries have used since the motorway was flooded."
REST = (
    "Repairs are expected to take until the autumn, the town's engineer told residents at a meeting in the school.",
    "Shop owners on the far bank said that they had been given no warning and that the detour would cost them trade.",
)
ARTICLE = "\n\n".join([FIRST, *REST])


def fixed(text: str) -> str:
    return CLEANER.fix(text, apply="review", min_confidence=0.5).text


@pytest.mark.parametrize(
    "glued",
    [
        "By Nora Feld Published 3 May 2022 08:15 BST Updated 4 May 2022 ",
        "3 May 2022by Nora Feld4 min readLeave a comment ",
        "Posted on May 3, 2022 by Nora Feld ",
        "5 min read | May 3, 2022 | ",
        "Von Nora Feld | Veröffentlicht am 3. Mai 2022 | ",
        "Publié le 3 mai 2022 à 10h15 Mis à jour le 4 mai 2022 ",
        "Por Nora Feld 3 de mayo de 2022 2 min de lectura ",
        "2 hours ago Share 12 comments ",
    ],
)
def test_metadata_before_the_first_sentence_go_and_it_stays(glued: str) -> None:
    assert fixed(f"{glued}{ARTICLE}\n") == f"{ARTICLE}\n"


@pytest.mark.parametrize(
    "start",
    [
        "By 3 May 2022 the council had voted twice on the bridge and on the ferry that was to take its place.",
        "By Nora Feld's account of 3 May 2022, the council had not even read the report about the old bridge.",
        "Updated figures of 3 May 2022 show that fewer lorries cross the bridge than the council had believed.",
        "Published in 1911, the plan of the bridge hangs in the council's hall, where nobody has read it since.",
        "May 3, 2022 The council votes on the bridge for the second time, and the mayor leaves before the end.",
        "Share prices of the bridge's builders fell on 3 May 2022 when the council's vote on it became known.",
        "ASHFORD, 3 May 2022 (Reuters) - The council voted to close the old bridge, which lorries have used.",
    ],
)
def test_a_sentence_with_a_date_stays(start: str) -> None:
    text = "\n\n".join([start, *REST])
    assert fixed(text) == text


@pytest.mark.parametrize("mark", ["CNN) ", "AP) — ", "(AP ", "(EFE "])
def test_half_of_an_agency_s_mark_goes(mark: str) -> None:
    assert fixed(mark + ARTICLE) == ARTICLE


@pytest.mark.parametrize("mark", ["(CNN) ", "(AP) — ", "(AP writers were kept out) ", "CNN "])
def test_a_whole_mark_stays(mark: str) -> None:
    assert fixed(mark + ARTICLE) == mark + ARTICLE


@pytest.mark.parametrize(
    "heading", ["Most read", "Das könnte Sie auch interessieren", "Les plus lus", "Lo más leído"]
)
def test_a_menu_below_the_end_goes(heading: str) -> None:
    menu = (
        f"{heading}\n\n1. The bridge in pictures\n\n2. Who pays for the ferry?\n\nA lamp that never goes out"
    )
    assert fixed(f"{ARTICLE}\n\n{menu}\n") == f"{ARTICLE}\n"
    within = f"{FIRST}\n\n{heading}\n\n" + "\n\n".join(REST)
    assert fixed(within) == within


@pytest.mark.parametrize("begins", ["2 comments", "Dora Lind says", "Reply"])
def test_a_menu_ends_where_readers_comments_begin(begins: str) -> None:
    menu = "Most read\n\nThe bridge in pictures\n\nWho pays for the ferry?"
    comments = f"{begins}\n\nWe took the ferry and it was lovely, so far"
    assert fixed(f"{ARTICLE}\n\n{menu}\n\n{comments}\n") == f"{ARTICLE}\n\n{comments}\n"


def test_rates_at_the_head_go_and_a_table_in_the_midst_stays() -> None:
    rates = "USD 1.0921 +0.3%\nEUR 0.8812 -0.1%\nGBP 1.2644 +0.2%"
    assert fixed(f"{rates}\n\n{ARTICLE}") == ARTICLE
    far = "\n\n".join([ARTICLE] * 5)
    assert fixed(f"{far}\n\n{rates}\n\n{far}") == f"{far}\n\n{rates}\n\n{far}"


def test_a_picture_s_address_goes_out_of_its_line() -> None:
    assert (
        fixed(f"{ARTICLE}\n\nBring your card! pic.twitter.com/Xy1Za2Bc3D") == f"{ARTICLE}\n\nBring your card!"
    )


@given(st.text(alphabet=st.sampled_from("By Nora Feld 3May2022|min read,Share.\u00a0\n"), max_size=200))
def test_the_end_of_metadata_lies_in_the_line(text: str) -> None:
    assert 0 <= metadata_end(text, 0, len(text)) <= len(text)


@pytest.mark.parametrize("unit", ["By Nora Feld ", "3 May 2022 ", "Share ", "USD 1.0 ", "A" * 50 + " "])
def test_hostile_beginnings_take_no_long_time(unit: str) -> None:
    assert_seconds(lambda: CLEANER.check("\n".join([unit * 400] * 50)), 5)


RATED = (
    "EUR",
    "Gold",
    "Dólar blue",
    "S&P 500",
    "Доллар",
    "/",
    "USD",
    " ",
    "\u00a0",
    "\u2009",
    ":",
    "=",
    "(",
    "$",
    "+",
    "-",
    "5",
    "٣",
    "²",
    "1,08",
    "%",
    "a",
    "\ud800",
)


@given(st.lists(st.sampled_from(RATED), max_size=8).map("".join))
def test_a_look_ahead_keeps_no_rate_back(line: str) -> None:
    assert _may_hold_rates(["Title", line]) or not _RATE.search(line)


TITLES = ("The ferry of 1962 sails again", "A bridge that nobody wanted", "What lorries weigh today")
TEASERS = (
    "A retired captain has kept her engine running in a shed for sixty years.",
    "When it opened, the town's people went on taking the boat for another ten years.",
)


def test_related_articles_with_a_sentence_each_go() -> None:
    below = ["Related Stories", TITLES[0], TEASERS[0], TITLES[1], TEASERS[1], TITLES[2]]
    assert fixed("\n\n".join([ARTICLE, *below]) + "\n") == f"{ARTICLE}\n"


@pytest.mark.parametrize(
    "below",
    [
        ["Related", *REST, TITLES[0], TEASERS[0]],
        ["Related stories", TITLES[0], TEASERS[0], REST[0], TITLES[1], TEASERS[1]],
        ["Latest news", TITLES[0], TEASERS[0], TITLES[1], TEASERS[1]],
    ],
)
def test_a_section_with_prose_under_such_a_heading_stays(below: list[str]) -> None:
    text = "\n\n".join([ARTICLE, *below])
    assert fixed(text) == text


@given(st.text(st.sampled_from("0٣７min ago2½’é"), max_size=12))
def test_metadata_are_hinted_at_by_figures_alone(text: str) -> None:
    assert hints_at_metadata(text, 0, len(text)) == (_HINT.search(text) is not None)


@given(
    st.sampled_from(["related", "SIMILAR", "ſimilar", "ReaD next", "You may", "Up next", "Don’t miss", "DONT miss", "Mehr zum", "Weitere", "Auch interessant", "Das könnte", "À lire", "Sur le", "noticias rel", "Te puede", "potrebbe", "Articoli corr", "leia", "notícias rel", "Читайте", "czytaj", "Polecamy", "Lees ook", "Διαβάστε", "(AP – The", "Efe) Two", "ANSA) Two", "dpa) Two", "CNN) The"])
    | st.text(max_size=12),
)  # fmt: skip
def test_headings_and_half_marks_begin_with_few_letters(line: str) -> None:
    if _HALF.match(line):
        assert line.startswith(_BEGINS_HALF)
    if _RELATED.match(line):
        assert line[:2].lower() in _BEGINS_RELATED or not line[:2].isascii()


@given(
    st.sampled_from([name.replace("[oó]", "ó").replace("[ií]", "í") for name in NAMED]),
    st.text(st.sampled_from(" :|=$€+-/USDEURx019,.%\n500 Jones Oil"), max_size=9),
)
def test_a_rate_has_its_sign(name: str, rest: str) -> None:
    if _RATE.search(name + rest):
        assert "rates" in signs(Document(Article(text=name + rest)))
