"""Residue written as sentences: what goes whole, what goes out of a line, what stays because somebody says it."""

from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from timing import assert_seconds

from cleantext import Cleaner
from cleantext.checks.boilerplate.families import (
    FILE,
    Row,
    bare,
    likely,
    matching,
    rows,
)
from cleantext.document.lines import split_lines
from cleantext.document.sentences import split_sentences
from cleantext.matching.prefilters import literals_of
from cleantext.rulebook import shipped

CLEANER = Cleaner(select=["BP31", "BP320"])
PARAGRAPHS = (
    "The council voted on Monday to close the old bridge, which lorries have used since the motorway was flooded.",
    "Repairs are expected to take until the autumn, the town's engineer told residents at a meeting in the school.",
    "Shop owners on the far bank said that they had been given no warning and that the detour would cost them trade.",
    "The county has promised a ferry for pedestrians, but nobody could say when the first boat would run.",
)
ARTICLE = "\n\n".join(PARAGRAPHS)


def with_line(line: str, *, last: bool = False) -> str:
    at = len(PARAGRAPHS) if last else 2
    return "\n\n".join([*PARAGRAPHS[:at], line, *PARAGRAPHS[at:]]) + "\n"


def fixed(text: str) -> str:
    return CLEANER.fix(text, apply="review", min_confidence=0.5).text


@pytest.mark.parametrize(
    "line",
    [
        "Fond of bridges? Join our free evening newsletter and have every span sent to your inbox.",
        "Melden Sie sich jetzt für unseren Newsletter an",
        "Inscrivez-vous à notre newsletter pour recevoir chaque matin les nouvelles de la vallée",
        "Suscríbase a nuestro boletín y reciba las noticias del valle en su correo",
        "Подпишитесь на нашу рассылку и получайте новости долины",
        "Register now to keep reading, or log in if you have an account.",
        "This story is only available to subscribers of the Valley Times.",
        "Please consider making a donation. Our newsroom depends on readers like you.",
        "Got a story about the bridge? Tell us at desk@valley.example",
        "Follow us on X and Bluesky for more from the valley.",
        "Download our free app for alerts from the valley",
        "Should you invest $500 today? Our experts just named the five shares they prefer. See the five shares »",
        "When you buy through links on our site, we may earn a commission at no cost to you.",
        "This map could not be loaded. Please accept our cookies and try again.",
        "Um diesen Beitrag zu sehen: Bitte akzeptieren Sie die Cookies von YouTube",
        "Recommended: 7 Walks on the Old Ferry Road",
        "SEE ALSO: Who pays for the ferry?",
        "Lesen Sie auch: Wer zahlt die Fähre?",
        "Lire aussi : Qui paiera le bac ?",
        "Leggi anche: Chi paga il traghetto?",
        "Czytaj także: Kto zapłaci za prom?",
        "相关阅读:谁来付渡轮的钱",
        "This article was first published by the Valley Times.",
        "Image caption, The old bridge on Monday",
        "(Graphic: Ferries and bridges since 1950 - here)",
        "Copyright 2021 Valley Times",
        "Copyright Valley Media Ltd. All rights reserved.",
        "Do you value what the Valley Times writes? Click here to support it.",
        "Get access to the Valley Times digital edition for as little as Rs 99 a month.",
        "A post shared by Valley Times (@valleytimes)",
        "— Valley Council (@valleycouncil) 3 May 2022",
    ],
)
def test_a_line_of_residue_goes_with_its_gap(line: str) -> None:
    assert fixed(with_line(line)) == ARTICLE + "\n"


@pytest.mark.parametrize(
    "line",
    [
        "Nora Feld is a staff writer who covers the valley. She lives in Ashford and has three cats.",
        "Additional reporting by Tom Reed in Ashford; editing by Ann Walker",
        "(Reporting by Tom Reed; Editing by Ann Walker)",
        "Nora Feld can be reached at nora.feld@valley.example",
    ],
)
def test_what_stands_below_an_article_goes_only_there(line: str) -> None:
    assert fixed(with_line(line, last=True)) == ARTICLE + "\n"
    far = "\n\n".join([*PARAGRAPHS, line, *(PARAGRAPHS * 3)])
    assert fixed(far) == far


@pytest.mark.parametrize(
    "line",
    [
        '"Sign up for our newsletter and get it in your inbox," the poster at the bridge said.',
        "Residents can sign up for text alerts at the town hall, the council said.",
        "The council's newsletter asks residents to register for the ferry before Friday.",
        "She told the meeting to follow the money on Facebook and elsewhere, and got a laugh.",
        "The story was first published in the year of the flood and has been printed eleven times since.",
        "Support for the bridge is strongest among those who can see it, a poll found.",
        "Copyright Lawyers Meet in the Valley",
        "Recommended: the upper path for families, the lower one for whoever likes to swim",
        "This video is not the first to show the bridge moving, and will not be the last.",
    ],
)
def test_sentences_about_such_things_stay(line: str) -> None:
    text = with_line(line)
    assert fixed(text) == text


def test_out_of_a_line_with_other_sentences_only_the_residue_goes() -> None:
    kept = "The ferry would cost two million, the council says."
    text = with_line(f"{kept} Follow us on Facebook.")
    assert fixed(text) == with_line(kept)
    (finding,) = CLEANER.check(text).findings
    assert finding.text == "Follow us on Facebook."
    assert finding.confidence < 0.8
    assert finding.applicability == "review"


@pytest.mark.parametrize(
    "line",
    [
        "Which of the four crossings would you close? Let us know in the comments below.",
        "For more on the ferry's timetable, see the council's list of crossings.",
        "If you liked this piece, you might try our walk along the old towpath.",
    ],
)
def test_what_authors_say_as_often_as_sites_is_shown_and_stays(line: str) -> None:
    text = with_line(line, last=True)
    assert fixed(text) == text
    (finding,) = Cleaner(select=["BP31"], min_confidence=0).check(text).findings
    assert 0.1 < finding.confidence < 0.5


def test_an_unsure_sentence_beside_a_sure_one_goes_with_it() -> None:
    line = "Which crossing would you close? Let us know in the comments below. Follow us on Facebook."
    assert fixed(with_line(line, last=True)) == ARTICLE + "\n"


def test_a_counter_is_residue_only_beside_residue() -> None:
    assert fixed(with_line("2 of 14\n\nHide caption")) == ARTICLE + "\n"
    text = with_line("2 of 14")
    assert fixed(text) == text


def test_nothing_of_it_is_ever_safe() -> None:
    assert {card.applicability for card in shipped() if card.check == "prose-residue"} == {"review"}


def test_the_line_model_and_a_family_say_it_once() -> None:
    text = with_line("Sign up for our newsletter to get the latest in your inbox", last=True)
    findings = [f for f in Cleaner(select=["boilerplate"]).check(text).findings if f.fixes]
    assert len({f.start for f in findings}) == len(findings)


@pytest.mark.parametrize("row", rows(), ids=lambda row: f"{row.rule} {row.pattern[:40]}")
def test_every_pattern_names_literals(row: Row) -> None:
    assert literals_of(f"(?:{row.pattern})"), f"{FILE}: nothing rare stands in {row.pattern}"


def test_every_section_is_a_card() -> None:
    cards = {card.id for card in shipped() if card.check == "prose-residue"}
    assert {row.rule for row in rows()} == cards


PIECES = st.sampled_from(
    ["Sign up for our newsletter", "Follow us on X", "© 2020 Valley Times", "Read also: more", " ", "\u00a0", "\t", ". ", "? ",
     "»", "(", "\ud800", "ſign up for our newsletter", "K", "İ", "— ", "He said so.", "2 of 14", "Subscribe to read on", "’",
     "Please consider donating to us", "SUPPORT our work today", "“If you like this, read on", "•", "a", "Читайте также: ещё",
     "Лира. Подпишитесь на нашу рассылку", "views expressed are mine", "The opinions expressed here are his own"]
)  # fmt: skip


@given(st.lists(PIECES | st.text(max_size=8), max_size=8).map("".join))
@example("Follow us on Xİ")
@settings(max_examples=300)
def test_the_first_look_finds_no_less_than_all_patterns(text: str) -> None:
    line = text.strip()
    if not line or "\n" in line or "\r" in line:
        return
    found = dict(likely([line])).get(0, ())
    for start, end in split_sentences(line, split_lines(line)):
        sentence = bare(line[start:end])
        whole = sentence == bare(line)
        asked = [n for n, row in enumerate(rows()) if whole or "line" not in row.flags]
        assert matching(sentence, asked) == matching(sentence, sorted(set(asked) & set(found)))


@pytest.mark.parametrize(
    "unit", ["please ", "sign up for ", "read more ", "© ", "follow us on ", "a@", "If you like "]
)
def test_hostile_lines_take_linear_time(unit: str) -> None:
    assert_seconds(lambda: CLEANER.check("\n".join([unit * (690 // len(unit))] * 200)), 5)
