"""Comments in Markdown that switch rules off."""

from __future__ import annotations

import pytest

import cleantext

BAD = "The cafÃ© stays open."
PAGE = f"{{}}\n\n{BAD}\n\n{BAD}\n"


def places(text: str, **more: str) -> list[int]:
    found = cleantext.check(text, markup="markdown").findings
    return [text.count("\n", 0, finding.start) + 1 for finding in found if finding.rule == "EN001"]


@pytest.mark.parametrize(
    ("comment", "left"),
    [
        ("Words.", [3, 5]),
        ("<!-- cleantext: ignore EN001 -->", [5]),
        ("<!--cleantext:ignore EN-->", [5]),
        ("<!-- cleantext: ignore encoding, BP001 -->", [5]),
        ("<!-- cleantext: ignore mojibake -->", [5]),
        ("<!-- cleantext: ignore -->", [5]),
        ("<!-- cleantext: ignore BP001 -->", [3, 5]),
        ("<!-- cleantext: ignore-file EN001 -->", []),
        ("<!-- cleantext: ignore-files EN001 -->", [3, 5]),
        ("```\n<!-- cleantext: ignore-file -->\n```", [5, 7]),
        ("`<!-- cleantext: ignore-file -->` switches all off.", [3, 5]),
        ("Words <!-- cleantext: ignore EN001 -->", [3, 5]),
    ],
)
def test_a_comment_speaks_for_the_paragraph_after_it_or_the_file(comment: str, left: list[int]) -> None:
    assert places(PAGE.format(comment)) == left


def test_a_comment_behind_words_speaks_for_its_line() -> None:
    text = f"{BAD} <!-- cleantext: ignore EN001 -->\n{BAD}\n"
    assert places(text) == [2]
    assert cleantext.fix(text, markup="markdown") == text.replace(f"\n{BAD}", "\nThe café stays open.")


def test_what_is_switched_off_is_protected_from_rules_that_would_do_the_same() -> None:
    prose = "The council of the town has met on Monday and voted for a new bridge over the river. " * 4
    page = f"{prose}\n\n<!-- cleantext: ignore BP001 -->\nShare\n"
    assert any(
        f.rule == "BP001" for f in cleantext.check(page.replace(": ignore", ": say"), markup="markdown")
    )
    assert "Share" in cleantext.fix(page, markup="markdown")
    assert not any(f.text == "Share" for f in cleantext.check(page, markup="markdown"))


def test_plain_text_knows_no_comments() -> None:
    report = cleantext.check(PAGE.format("<!-- cleantext: ignore-file -->"))
    assert sum(finding.rule == "EN001" for finding in report) == 2


@pytest.mark.parametrize(
    ("comment", "said"),
    [
        ("<!-- cleantext: ignore MT9999 -->", ("<!-- cleantext: ignore MT9999 -->", '"MT9999"')),
        ("<!-- cleantext: ignore-file EN001, mojibaka -->", ("ignore-file EN001", "mojibake")),
        ("<!-- cleantext ignore EN001 -->", ("switches nothing off", "<!-- cleantext ignore EN001 -->")),
        ("<!-- cleantext: ignore-files EN001 -->", ("ignore-files EN001 -->", "ignore-file RULE")),
        (
            "Words <!--cleantext: disable --> and words",
            ("switches nothing off", "<!--cleantext: disable -->"),
        ),
    ],
)
def test_a_comment_that_switches_nothing_off_says_so(comment: str, said: tuple[str, ...]) -> None:
    (trouble,) = cleantext.check(PAGE.format(f"Words.\n\n{comment}"), markup="markdown").trouble
    assert all(part in trouble for part in said)


@pytest.mark.parametrize(
    "text",
    [
        PAGE.format("<!-- cleantext: ignore EN001, translation -->"),
        PAGE.format("<!-- cleantext: ignore -->"),
        PAGE.format("`<!-- cleantext ignore -->`"),
        PAGE.format("<!-- made for cleantext -->"),
        PAGE.format("cleantext ignores it."),
    ],
)
def test_other_comments_say_nothing(text: str) -> None:
    assert cleantext.check(text, markup="markdown").trouble == ()


def test_it_is_said_once_where_a_fix_takes_lines_before_it() -> None:
    text = f"{BAD}\n\n{BAD}\n\n<!-- cleantext ignore EN001 -->\n\n{BAD}\n"
    assert len(cleantext.Cleaner().fix(cleantext.Article(text=text, markup="markdown")).trouble) == 1


def test_plain_text_says_nothing_of_comments() -> None:
    assert cleantext.check(PAGE.format("<!-- cleantext ignore -->")).trouble == ()
