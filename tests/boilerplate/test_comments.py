"""Readers' comments go with their heading, and only where the article has ended."""

from __future__ import annotations

import pytest
from timing import assert_growth, cpu_seconds

from cleantext import Applicability, Cleaner
from cleantext.checks.boilerplate.comments import find_section

CLEANER = Cleaner(select=["BP326"])
ARTICLE = (
    "The council voted on Monday to close the old bridge, which lorries have used since the motorway was flooded.",
    "Repairs are expected to take until the autumn, the town's engineer told residents at a meeting in the school.",
    "Shop owners on the far bank said that they had been given no warning and that the detour would cost them trade.",
    "The ferry that ran until 1962 may come back for a summer, if somebody can be found who still knows the river.",
)
TALK = (
    "I crossed that bridge every day for forty years and never once saw a man with a hammer on it.",
    "They could have asked the people on the far bank before they voted, but that would have been too easy.",
)


def text_of(*lines: str) -> str:
    return "\n\n".join(lines) + "\n"


def fixed(*lines: str) -> str:
    return CLEANER.fix(text_of(*lines), apply="review", min_confidence=0.5).text


@pytest.mark.parametrize(
    "section",
    [
        ("2 Comments", "Nora Feld says:", TALK[0], "Otto says:", TALK[1]),
        ("2 thoughts on “The old bridge”", "Nora Feld", "May 3, 2022 at 8:15 pm", TALK[0], "Reply", TALK[1], "Reply"),
        ("Comments (2)", f"1. {TALK[0]}", "ReplyDelete", f"2. {TALK[1]}", "ReplyDelete"),
        ("12 comments:", "Nora Feld said...", TALK[0], "Otto said...", TALK[1], "Post a Comment"),
        ("Comments", "• Nora Feld says", TALK[0], "• Otto says", TALK[1], "• Nora Feld says", "Quite so."),
        ("2 Kommentare", "Nora Feld", "3. Mai 2022 um 8:15", TALK[0], "Antworten", "Otto", TALK[1], "Antworten"),
        ("3 commentaires", "Nora Feld a écrit :", TALK[0], "Répondre", "Otto a écrit :", TALK[1], "Répondre"),
        ("Комментарии (2)", "Нора Фельд пишет:", TALK[0], "Ответить"),
        ("57 Comments", "Nora Feld | May 3, 2022", TALK[0], "Otto | May 4, 2022", TALK[1]),
        ("2 comments", "Nora Feld", "3 hours ago", TALK[0], "Otto", "2 days ago", TALK[1]),
    ],
)  # fmt: skip
def test_a_section_goes_to_the_end(section: tuple[str, ...]) -> None:
    assert fixed(*ARTICLE, *section) == text_of(*ARTICLE)


@pytest.mark.parametrize(
    "lines",
    [
        # A count beside the byline, with its date; the article follows.
        ("The old bridge is closed", "By Nora Feld", "12 comments", "May 3, 2022", *ARTICLE),
        (ARTICLE[0], "12 comments", "May 3, 2022", *ARTICLE[1:]),
        (*ARTICLE[:2], "12 Comments", "May 3, 2022", *(ARTICLE[2:] * 4)),
        # A list of posts, each with its count.
        (*ARTICLE[:2], "2 comments", "May 3, 2022", *ARTICLE[2:], *TALK, "5 comments", "May 1, 2022"),
        # A heading in the article.
        (*ARTICLE[:2], "Comments", *ARTICLE[2:]),
        (*ARTICLE[:2], "Three responses to the closure", *ARTICLE[2:]),
        (*ARTICLE[:2], "One response caught my attention:", *ARTICLE[2:]),
        # Speakers without a heading.
        (*ARTICLE, "Nora Feld says:", TALK[0], "Otto says:", TALK[1]),
        # Nothing but a heading.
        (*ARTICLE, "Comments"),
    ],
)
def test_an_article_stays(lines: tuple[str, ...]) -> None:
    assert fixed(*lines) == text_of(*lines)


def test_it_is_for_review() -> None:
    text = text_of(*ARTICLE, "2 Comments", "Nora Feld says:", TALK[0], "Otto says:", TALK[1])
    findings = CLEANER.check(text).findings
    assert [finding.text for finding in findings] == text.strip().split("\n\n")[len(ARTICLE) :]
    assert {finding.applicability for finding in findings} == {Applicability.REVIEW}


@pytest.mark.parametrize(
    "pattern",
    [("2 comments",), ("2 comments", TALK[0]), ("Comments", "Reply"), ("2 comments", "Reply", TALK[0])],
)
@pytest.mark.parametrize("above", [(), ARTICLE])
def test_many_headings_take_no_square_of_their_number(
    pattern: tuple[str, ...], above: tuple[str, ...]
) -> None:
    def cost(count: int) -> float:
        lines = [*above, *pattern * count]
        return cpu_seconds(lambda: find_section(lines))

    cost(500)
    assert_growth(cost, 1_000, 8_000, times=40, floor=0.02)
