"""Kinds of line that never go unasked, and the wording that tells which prose is looked at."""

from __future__ import annotations

import pytest

from cleantext.checks.boilerplate.abstain import abstains, is_quoted, is_spared
from cleantext.checks.boilerplate.facts import tokens_of, words_in
from cleantext.checks.boilerplate.features import COLUMNS, FEATURES, GLANCE, LOOKS
from cleantext.checks.boilerplate.forms import authored
from cleantext.checks.boilerplate.line_model import (
    AMID,
    AMID_WORDS,
    TOO_MUCH,
    Reader,
    Reading,
    is_thin,
    takes_too_much,
)
from cleantext.checks.boilerplate.page import page_of
from cleantext.checks.boilerplate.shapes import entry_form, is_code, is_entry
from cleantext.checks.boilerplate.tables import entries_that_stay
from cleantext.checks.boilerplate.trees import Trees
from cleantext.checks.boilerplate.wording import SLOTS, slots_of, word_hash
from cleantext.cleaner import Cleaner

PROSE = (
    "The council voted on Monday to close the old bridge, which lorries have used since the motorway was flooded.",
    "A ferry will carry cars and people until the engineers have found out what a new bridge would cost the town.",
    "Nobody in the harbour believes that it will be ready by the summer, and the mayor would not say so either.",
)
KINDS = {
    "running prose": ([*PROSE, PROSE[0].replace("Monday", "Tuesday")], 3),
    "a line in quotation marks": ([*PROSE, "“We read it in the paper”"], 3),
    "a deck": (["Old bridge closes", "Town looks for a ferry before the summer", "By Ann Walker", *PROSE], 1),
    "a heading of a section": ([PROSE[0], PROSE[1], "What happens now", PROSE[2]], 2),
    "a sign-off": ([*PROSE, "yours, Ann"], 3),
    "the last item of a list": ([PROSE[0], "• two eggs", "• one lemon", "• some flour"], 3),
    "a comment's header": ([*PROSE, "Dora Lind says"], 3),
    "a comment's first line": ([*PROSE, "Dora Lind says", "so good for you all 👍", PROSE[0]], 4),
    "what a reader wrote": ([*PROSE, "Reply", "so good for you all 👍", "Reply"], 4),
    "who wrote it": (["Old bridge closes", "• By Dora Lind and Carl Zorn", *PROSE], 1),
    "a byline's label": (["Old bridge closes", "By", "Dora Lind", *PROSE], 1),
    "a telephone number": ([*PROSE, "0409-333-4820 (harbour)"], 3),
    "an address of mail": ([*PROSE, "Tips: harbour@example.org"], 3),
    "a refrain": ([PROSE[0], "Roll on, old river,", PROSE[1], "Roll on, old river,", PROSE[2]], 1),
}


@pytest.mark.parametrize(("lines", "place"), KINDS.values(), ids=KINDS)
def test_is_held_back(lines: list[str], place: int) -> None:
    assert abstains(page_of(lines), place, lambda _: False)


def test_a_section_of_a_digest_is_a_heading_whatever_the_lists_say() -> None:
    lines = [PROSE[0], "Health", PROSE[1], "Comments", PROSE[2]]
    page = page_of(lines)
    assert abstains(page, 1, lambda _: False) and abstains(page, 3, lambda _: False)
    short = [*PROSE, "Health", "The clinic opens on Saturdays from May."]
    assert abstains(page_of(short), 3, lambda _: False)
    assert not abstains(page_of([PROSE[0], "Advertisement", *PROSE[1:]]), 1, lambda _: False)


def test_a_widgets_label_that_stands_like_other_headings_is_one() -> None:
    answers = ("Use the form below.", "We take any card.", "It comes by post.")
    asked = [line for pair in zip(("Login", "Payment", "Newsletter"), answers, strict=True) for line in pair]
    page = page_of([PROSE[0], *asked])
    assert all(abstains(page, i, lambda _: False) for i in (1, 3, 5))
    alone = page_of([PROSE[0], "Login", "Register", PROSE[1], PROSE[2]])
    assert not abstains(alone, 1, {1, 2}.__contains__)
    advertised = page_of([PROSE[0], "Advertisement", PROSE[1], "What happens now", PROSE[2]])
    assert not abstains(advertised, 1, lambda _: False)


def test_a_call_below_a_letter_is_no_signature() -> None:
    lines = ["To the Editor:", *PROSE, "Ann Walker", "View Comments"]
    assert authored(page_of(lines)) >= {0, 4}
    assert 5 not in authored(page_of(lines))


def test_an_article_in_one_row_of_a_table_is_no_residue() -> None:
    row = f"| 5 January 2012 | {' '.join(PROSE * 2)} |"
    page = page_of(["Bridge closes", row])
    assert is_spared(page, page.fact(1))
    longer = page_of([*PROSE * 12, row])
    assert not is_spared(longer, longer.fact(longer.lines - 1))


@pytest.mark.parametrize(
    ("line", "quoted"), [("« Previous Post Next Post »", False), ("« On verra bien »", True)]
)
def test_guillemets_around_a_known_label_are_arrows(line: str, quoted: bool) -> None:
    assert is_quoted(page_of([*PROSE, line]).fact(3)) is quoted


@pytest.mark.parametrize(
    "text",
    [
        "The reading room in spring\n\nMon 9:00 AM - 5:00 PM\n\nTue Closed\n\nWed 9:00 AM - 5:00 PM\n\nThu Closed",
        "“Shut it.”\n\n“Why?”\n\n“Share.”\n\n“No.”\n\nHe shut it.\n\n“Print.”\n\nShe waited by the press.",
        "Results of the harbour race\n\nMen\n\n1. A. Walker 31:04\n\nSport\n\n2. B. Stone 31:40\n\nWomen\n\n1. C. Reed 33:12",
    ],
    ids=["opening hours", "dialogue", "results"],
)
def test_a_short_text_of_short_lines_is_its_authors(text: str) -> None:
    found = Cleaner(select=["boilerplate"], min_confidence=0.5).check(text).findings
    assert [
        finding.rule for finding in found if finding.rule.startswith("BP0") or finding.rule == "BP900"
    ] == []


def test_known_labels_and_lines_beside_residue_are_not_held_back() -> None:
    page = page_of([*PROSE, "Share on Facebook", "More from the harbour desk"])
    assert not abstains(page, 3, lambda _: False)
    assert not abstains(page, 4, lambda line: line == 3)


def test_pairs_of_letters_stand_for_half_a_word() -> None:
    assert tokens_of("The 旧桥关闭 in 2014") == ["the", "旧桥", "桥关", "关闭", "in", "2014"]
    assert words_in(tokens_of("旧桥关闭")) == 2
    assert tokens_of("桥") == ["桥"]
    assert words_in([]) == 0


def test_numbers_sound_alike_and_words_do_not() -> None:
    assert word_hash("2014") == word_hash("1999") != word_hash("201")
    assert slots_of(["page", "2", "of", "7"]) == slots_of(["page", "5", "of", "9"])
    assert slots_of(["a", "b"]) != slots_of(["b", "a"])
    assert all(0 <= slot < SLOTS for slot in slots_of(["ферма", "旧桥", "x" * 300]))
    assert len(slots_of([])) == 1


def test_features_ask_only_for_what_is_known_of_other_lines() -> None:
    for number, feature in enumerate(FEATURES):
        assert feature.words
        if number >= len(COLUMNS):
            known = GLANCE if feature.low != feature.high else GLANCE + LOOKS
            assert feature.column < len(known) and known[feature.column].near


@pytest.mark.parametrize(
    "label", ["Anzeige", "Publicidad", "PUBLICITÉ", "- Advertentie -", "Реклама", "広告"]
)
def test_the_mark_of_an_advertisement_is_known_in_any_language(label: str) -> None:
    text = "\n\n".join([PROSE[0], label, PROSE[1], PROSE[2]])
    assert Cleaner(select=["BP008"]).fix(text, apply="review", min_confidence=0.5).text == "\n\n".join(PROSE)


def test_a_refrain_is_no_headline_that_stands_twice() -> None:
    verse = "\n".join(
        ["Row to the harbour and row to the sea", "slowly,", "row for the herring", "and row for the tea"]
    )
    assert not Cleaner(select=["BP100"]).check("\n\n".join([verse, verse, *PROSE])).findings


def test_a_long_list_of_one_form_is_the_texts_own_where_there_is_hardly_any_prose() -> None:
    posts = [line for i in range(9) for line in (f"Which glue for slate {i}", f"- {1000 + i * 37:,} views")]
    page = page_of(["What the members asked this week, and how often it was read.", *posts])
    assert authored(page) >= set(range(1, page.lines))
    with_article = page_of([*PROSE, *PROSE, *PROSE, *posts])
    assert not authored(with_article)
    few = page_of(["What the members asked this week, and how often it was read.", *posts[:12]])
    assert not authored(few)


def test_times_and_dashes_alone_are_no_list() -> None:
    page = page_of(["What the members asked this week, and how often it was read.", *["10:11", "–"] * 9])
    assert not authored(page)


@pytest.mark.parametrize(
    "rows",
    [
        ["Monday – Friday 9:30 am – 6:00 pm", "Saturday 10 am to 4 pm", "Sunday closed"],
        ["• Mon-Thu: 9.00-17.00", "• Fri: 9.00-13.00"],
    ],
    ids=["long", "short"],
)
def test_opening_hours_are_the_authors(rows: list[str]) -> None:
    assert set(range(3, 3 + len(rows))) <= authored(page_of([*PROSE, *rows]))
    assert not authored(page_of([*PROSE, rows[0]]))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("- Top speed: 12 knots", "- Hull: oak"),
        ("3 May -- Town Hall, Ashford", "17 June -- The Old Pier, Redcliff"),
        ("Ashford (second league): third place", "Redcliff (first league): eleventh place"),
    ],
)
def test_entries_of_one_list_have_one_form(one: str, other: str) -> None:
    assert entry_form(one) == entry_form(other) is not None


@pytest.mark.parametrize(
    "line",
    ["Ann Walker, well-known in Ashford", "“We read it,” she said.", "Updated at 10:15 on 3 May", "—", ""],
)
def test_a_line_that_no_mark_parts_is_no_entry(line: str) -> None:
    assert entry_form(line) is None


def test_an_entry_of_a_list_stays_where_most_of_it_does() -> None:
    entries = ["Length: 14 metres", "Hull: oak", "Engine: none", "Crew: 6"]
    page = page_of([*PROSE, *entries, "Tags: ferries, Ashford"])
    assert set(entries_that_stay(page, {4: 0.6, 5: 0.8})) == {4, 5}
    assert not set(entries_that_stay(page, {4: 0.6, 5: 0.8, 6: 0.6}))
    assert set(entries_that_stay(page, {4: 0.6, 7: 0.97})) == {4}
    assert not set(entries_that_stay(page_of([*PROSE, *entries[:2]]), {4: 0.6}))
    assert not set(entries_that_stay(page_of([*PROSE, "Crew: 6", PROSE[0], *entries[:2]]), {3: 0.6}))


def test_entries_in_a_language_that_no_list_knows_have_fates_of_their_own() -> None:
    entries = ["Μήκος: 14 μέτρα", "Σκαρί: δρυς", "Μηχανή: καμία", "Πλήρωμα: 6"]
    prose = "Το συμβούλιο αποφάσισε τη Δευτέρα να κλείσει την παλιά γέφυρα και να ψάξει ένα πλοίο πριν το καλοκαίρι."
    assert not set(entries_that_stay(page_of([prose, *entries, prose]), {1: 0.6}))


@pytest.mark.parametrize(
    "correction",
    [
        ["Correction: 4 May 2021", "The bridge is 240 metres long, not 420, as we wrote."],
        ["An earlier version of this article misstated the length of the old bridge by half."],
        ["Berichtigung", "Die Brücke ist 240 Meter lang, nicht 420, wie es hier zuerst hieß."],
    ],
)
def test_what_the_article_had_wrong_is_its_own(correction: list[str]) -> None:
    assert 3 in authored(page_of([*PROSE, *correction]))


@pytest.mark.parametrize(
    "rows",
    [
        [
            "3 May – Ashford, Town Hall @ 8 pm",
            "17 June – Redcliff, The Old Pier",
            "4 July – Upton, Market Square",
        ],
        [
            "May 3 -- Town Hall, Ashford",
            "June 17 -- The Old Pier, Redcliff",
            "July 4 -- Market Square, Upton",
        ],
        ["3 maja 2021: koncert", "17 czerwca 2021: wykład", "4 lipca 2021: spacer"],
    ],
)
def test_what_is_on_at_which_date_is_the_texts_own(rows: list[str]) -> None:
    assert set(range(3, 6)) <= authored(page_of([*PROSE, *rows]))
    assert not authored(page_of([*PROSE, *rows[:2]]))


def test_a_log_of_changes_is_no_programme() -> None:
    log = ["3 May 2022 – Added the ferry", "17 June 2021 – Prices updated", "4 July 2020 – Map redrawn"]
    assert not authored(page_of([*PROSE, *log]))
    assert authored(page_of([*PROSE, *log[::-1]])) == {3, 4, 5}


@pytest.mark.parametrize(
    "source",
    [
        'Ann Walker, "Ferries of the northern coast" — Ashford Courier, May 3, 2021',
        "3 Harbour Board. “How the old bridge was lost to the flood,” October 2024.",
    ],
)
def test_sources_are_the_texts_own(source: str) -> None:
    assert authored(page_of([*PROSE, "Sources", source])) == {4}
    assert not authored(page_of([*PROSE, "“Ferries” is a podcast by the Ashford Courier", "© 2021"]))


def test_a_farewell_and_its_name_are_the_authors() -> None:
    assert authored(page_of([*PROSE, "Best wishes,", "Ann", "Share"])) == {3, 4}
    assert not authored(page_of([*PROSE, "Love, death and ferries", "Ann"]))
    assert not authored(page_of([*PROSE, "Cheers,", "Sign up for more below"]))


def test_a_link_to_corrections_is_none() -> None:
    assert not authored(page_of([*PROSE, "Corrections", "Contact us"]))


def test_a_sentence_above_the_article_is_its_deck_unless_it_sounds_like_residue() -> None:
    page = page_of(["Old bridge closes", "The town looks for a ferry.", "By Ann Walker", *PROSE])
    assert authored(page) == {1}
    call = page_of(
        ["Old bridge closes", "Sign up for our free weekly newsletter today.", "By Ann Walker", *PROSE]
    )
    assert not authored(call)


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("store.add ('Hello')", True),
        ("let numbers = new Store < number > ()", True),
        ("}", True),
        ("items.map (item => item.name)", True),
        ("{{title}}", False),
        ("Share this (opens in new window)", False),
        ("$35 at the shop · View offer", False),
        ("Let us know what you think", False),
        ("Visit example.org (in Welsh)", False),
    ],
)
def test_code_is_told_from_labels(line: str, expected: bool) -> None:
    assert is_code(line) is expected


def test_a_timetable_stays_unless_somebody_asks() -> None:
    rows = [f"October {day} 12pm - 1pm Room 217 A. Walker" for day in (1, 8, 15, 22)]
    page = page_of([*PROSE, "Schedule", *rows])
    assert all(abstains(page, i, lambda _: True) for i in range(4, 8))
    assert not is_entry(page_of([*PROSE, *rows[:3]]), 4)
    assert not is_entry(page_of([*PROSE, *["3 min read", "4 min read", "5 min read", "6 min read"]]), 4)


def test_calls_between_sections_are_no_headings() -> None:
    calls = ("View cart", "Read more", "Sign up")
    sections = [line for pair in zip(calls, PROSE, strict=True) for line in pair]
    assert not authored(page_of(sections))


def _shop(count: int) -> list[str]:
    goods = ("Oak bench", "Brass lamp", "Rope ladder", "Tide clock", "Sea chest", "Deck broom")
    return [
        line
        for i in range(count)
        for line in (
            f"{goods[i % 6]} No. {i}",
            f"{40 + i} kg, {12 + i} × {30 + i} cm",
            "Add to basket",
            f"${19 + i}.90",
        )
    ]


def test_a_text_is_thin_by_what_stays_of_it() -> None:
    labels = [f"More from Ashford No. {i}" for i in range(20)]
    page = page_of([*PROSE, *labels])
    assert is_thin(page, ())
    assert not is_thin(page, range(3, page.lines))
    assert is_thin(page_of([*PROSE[:1], *labels]), range(2))
    assert not is_thin(page_of(PROSE), ())


def _stays(_: int) -> bool:
    return False


def test_what_no_list_knows_in_another_language_needs_the_odds_of_an_english_line() -> None:
    unsure, sure = ((0.0, 0.6),), ((0.0, 0.95),)
    reader = Reader(Trees((), (), (), (), (), (), ()), (unsure, sure, sure), (0.9,) * 4)
    reading = Reading(page_of(PROSE), reader, [], english=False, whole=False, article={}, dump=False)
    listed, unlisted = (0, 2), (-1, 0)
    assert reading.may_be_safe(0, 0.95, listed, 0.0, lambda: True, _stays)
    assert not reading.may_be_safe(0, 0.95, unlisted, 0.0, lambda: False, _stays)
    assert reading.may_be_safe(0, 0.95, unlisted, None, lambda: False, _stays)
    assert not reading.may_be_safe(0, 0.95, unlisted, None, lambda: True, _stays)
    english = reading._replace(english=True)
    assert english.may_be_safe(0, 0.95, unlisted, 0.0, lambda: False, _stays)


def test_what_no_list_knows_in_another_language_goes_amid_residue_below_the_article() -> None:
    unsure, sure = ((0.0, 0.6),), ((0.0, AMID),)
    reader = Reader(Trees((), (), (), (), (), (), ()), (unsure, sure, sure), (0.99,) * 4)
    page = page_of([*PROSE, "Oak benches", "Brass lamps", " ".join(["rope"] * AMID_WORDS)])
    reading = Reading(page, reader, [], english=False, whole=False, article={}, dump=False)
    first, second, long = range(len(PROSE), page.lines)

    def sure_enough(i: int, *gone: int) -> bool:
        return reading.may_be_safe(i, AMID, (-1, 0), 0.0, lambda: False, set(gone).__contains__)

    assert sure_enough(second, first)
    assert not sure_enough(second)
    assert not sure_enough(long, second)
    assert not sure_enough(1, 0)
    assert not reading.may_be_safe(second, AMID, (-1, 0), 0.0, lambda: True, {first}.__contains__)


def test_a_text_that_would_lose_most_of_itself_keeps_it() -> None:
    page = page_of(_shop(12))
    assert takes_too_much(page, range(page.lines), whole=False)
    assert not takes_too_much(page, [2, 6], whole=False)
    with_article = page_of([*PROSE, *PROSE, *_shop(12)])
    assert not takes_too_much(with_article, range(6, with_article.lines), whole=False)
    assert takes_too_much(with_article, range(with_article.lines), whole=True)
    assert not takes_too_much(with_article, range(6, with_article.lines), whole=True)


@pytest.mark.parametrize("count", [3, 6, 12, 40, 120])
def test_a_page_of_goods_keeps_most_of_them(count: int) -> None:
    text = "\n\n".join(_shop(count))
    found = Cleaner(select=["BP900"], min_confidence=0.5).check(text).findings
    assert sum(len(finding.text.split()) for finding in found) <= TOO_MUCH * len(text.split())
