"""A second fix changes nothing, however residue that shows late is held to what went before it."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from cleantext import Cleaner, fixing, safe
from cleantext.article import Article
from cleantext.document import Document
from cleantext.finding import Applicability, Finding, replace
from cleantext.fixing import Apply, Looked, Wishes, fix
from cleantext.report import Fixed, Report

CLEANER = Cleaner(min_confidence=0.0)
PROSE = (
    "The ferry company said on Monday that it would sell two of its four ships before the winter.",
    "Passengers to the islands will have one crossing a day from November, and none on Sundays.",
    "The council had asked for a subsidy of nine months , which the the ministry turned down last week.",
    "A fisherman who was waiting at the pier said that nobody had told the people who live thereâ€¦",
    "“We waited for eleven years,” Keller said. “Nobody believed in it any more.”",
    "Short days came.",
)
RESIDUE = (
    "Share", "Share this article", "More news", "Advertisement", "RELATED: Bakers on strike", "Read more",
    "Click here to read more.", "Subscribe to our newsletter", "By Nadia Okafor", "Photo: M. Berg", "3 comments",
    "Home | News | Sport | Weather", "Harbour bridge opens", "© 2019 Brenn Courier. All rights reserved.", "Print",
    "Follow us on Twitter", "Sign up", "Log in", "Menu", "Most read", "Tags: bridge, harbour", "Updated 3 May 2022",
    "Facebook", "Terms of use", "Privacy policy", "Contact us", "5 min read", "Skip to content", "",
)  # fmt: skip
_A, _B, _C, _D, _E, _F = PROSE
LATE = (
    [_E, "Share this article", "Read more", _B, _B, _B, _C, "Contact us", "Terms of use", _D,
     "Updated 3 May 2022", "Click here to read more.", _D],
    [_C, _F, _F, "Read more", "Photo: M. Berg", _E, _C, "Photo: M. Berg", _B, "© 2019 Brenn Courier. All rights reserved.",
     "Skip to content", "Follow us on Twitter", _E, _F, _E, "© 2019 Brenn Courier. All rights reserved.", _C],
)  # fmt: skip
"""A line of each is safe once others are gone, and with those too much of the text."""


@pytest.mark.parametrize("how", ["safe", "review"])
@given(lines=st.lists(st.one_of(st.sampled_from(PROSE), st.sampled_from(RESIDUE)), max_size=40))
@example(lines=LATE[0])
@example(lines=LATE[1])
def test_to_fix_a_fixed_text_changes_nothing(how: Apply, lines: list[str]) -> None:
    fixed = CLEANER.fix("\n".join(lines), apply=how)
    assert fixed.trouble or CLEANER.fix(fixed.text, apply=how).text == fixed.text


@given(
    before=st.lists(st.sampled_from(RESIDUE), max_size=60),
    inside=st.lists(st.one_of(st.sampled_from(PROSE), st.sampled_from(RESIDUE)), min_size=6, max_size=30),
    after=st.lists(st.sampled_from(RESIDUE), max_size=60),
)
def test_to_fix_a_page_s_dump_again_changes_nothing(
    before: list[str], inside: list[str], after: list[str]
) -> None:
    fixed = CLEANER.fix("\n".join([*before, *PROSE, *inside, *PROSE, *after]))
    assert fixed.trouble or CLEANER.fix(fixed.text).text == fixed.text


TEXT = "\n".join(
    [
        "Menu",
        _A,
        "teh",
        _B,
        "Share",
        _E,
        "Follow this story every single day",
        _A,
        _B,
        _C,
        "More news today",
        _D,
        "Print",
    ]
)
SHOWN_LATE = {
    "Share": "",
    "Print": "",
    "Follow this story every single day": "Share",
    "More news today": "Menu",
}
"""Residue, and the line that has to go before it shows."""


def found_in(text: str) -> list[Finding]:
    """Find the residue that shows, and a word that is misspelt."""
    lines = text.split("\n")
    found = []
    for line, first in SHOWN_LATE.items():
        if line in lines and first not in lines:
            start = text.index(line)
            found.append(_finding("boilerplate", start, start + len(line) + (line != "Print"), ""))
    if "teh" in lines:
        start = text.index("teh")
        found.append(_finding("typography", start, start + 3, "the"))
    return found


def _finding(category: str, start: int, end: int, new: str) -> Finding:
    rule = "BP001" if category == "boilerplate" else "TY001"
    return Finding(
        rule, "x", category, start, end, "", "", Applicability.SAFE, 0.9, (replace(start, end, new),)
    )


def fixed_of(text: str, wishes: Wishes | None = None) -> Fixed:
    def look(text: str) -> Looked:
        return Looked(Document(Article(text=text)), found_in(text), ())

    report = Report(Article(text=text), tuple(found_in(text)), None, (), CLEANER)
    return fix(report, Document(report.article), wishes or Wishes(), look, frozenset(["BP001"]))


def without(*lines: str) -> str:
    return "\n".join(line for line in TEXT.replace("teh", "the").split("\n") if line not in lines)


def test_residue_of_two_passes_that_is_too_much_together_waits_as_one_lot() -> None:
    """Seven words of the main text in 129 are more than a twentieth; what stands below it goes all the same."""
    fixed = fixed_of(TEXT)
    assert fixed.text == without("Print") + "\n"
    assert [(f.text, f.held) for f in fixed.left] == [("", safe.TOO_MUCH)]
    assert {f.category for f in fixed.applied} == {"boilerplate", "typography"}
    assert fixed_of(fixed.text).text == fixed.text


def test_residue_of_two_passes_that_is_little_together_goes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(safe, "MOST", 15)
    fixed = fixed_of(TEXT)
    assert fixed.text == without("Print", "Share", "Follow this story every single day") + "\n"
    assert fixed.passes == 2


def test_what_a_person_accepts_is_not_held_to_a_measure() -> None:
    accepted = fixed_of(
        TEXT, Wishes(accept=lambda finding: finding if finding.category == "boilerplate" else None)
    )
    assert accepted.text == without("Print", "Share", "Follow this story every single day") + "\n"


def test_what_would_go_for_review_as_well_holds_nothing_back() -> None:
    assert (
        fixed_of(TEXT, Wishes("review")).text
        == without("Print", "Share", "Follow this story every single day") + "\n"
    )
    assert fixed_of(TEXT, Wishes("review", min_confidence=0.95)).text == without("Print") + "\n"


def test_what_is_left_of_a_page_is_measured_as_the_article_that_it_is(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """What went while the text was a page does not count against the article."""
    monkeypatch.setattr(fixing, "_is_whole_page", lambda document: "Share" in document.text)
    assert fixed_of(TEXT).text == without("Print", "Share", "Follow this story every single day") + "\n"
