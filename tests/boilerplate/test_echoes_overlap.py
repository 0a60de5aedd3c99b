"""Findings that share no place are no echoes, and whether an article is a whole page is found once."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from cleantext.article import Article
from cleantext.checks import load
from cleantext.checks.boilerplate.echoes import _overlap
from cleantext.checks.boilerplate.line_model import is_whole_page
from cleantext.cleaner import Cleaner
from cleantext.document import Document
from cleantext.finding import Applicability, Edit, Finding, Fix

SPANS = st.lists(st.tuples(st.integers(0, 12), st.integers(0, 4)), max_size=5)
CLEANER = Cleaner(select=["boilerplate"])


def finding(start: int, end: int) -> Finding:
    fix = Fix((Edit(start, end, ""),))
    return Finding("BP001", "", "boilerplate", start, end, "", "", Applicability.REVIEW, 0.9, (fix,))


@given(SPANS)
def test_whether_any_two_overlap(spans: list[tuple[int, int]]) -> None:
    found = [finding(start, start + length) for start, length in spans]
    pairs = [(a, b) for n, a in enumerate(found) for b in found[n + 1 :]]
    plainly = any(max(a.start, b.start) < min(a.end, b.end) for a, b in pairs)
    # A finding without width lies inside of another: counted, and nothing comes of it.
    assert _overlap(found) or not plainly


def test_the_check_notes_whether_it_read_a_whole_page() -> None:
    menu = "\n".join(
        ["Home", "Contact us", "Privacy policy", "Terms of use", "Log in", "Share", "Cookie policy"] * 6
    )
    for text in (menu, "The council voted on Monday to close the old bridge over the river.\n" * 9):
        document = Document(Article(text=text))
        alone = is_whole_page(document)
        list(load("boilerplate")(document, CLEANER.checks["boilerplate"], CLEANER.configuration))
        assert document.notes[is_whole_page] == alone
