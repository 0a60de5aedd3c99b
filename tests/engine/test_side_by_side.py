"""Articles that go through the rooms side by side: each is told what it is told alone, and an error is its own."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleantext import Article, Cleaner, checks
from cleantext.inspection import MOST, TOGETHER, windows
from cleantext.report import Report

CLEANER = Cleaner()
BAD = "An article that a rule cannot take."


@pytest.fixture
def failing(monkeypatch: pytest.MonkeyPatch) -> Cleaner:
    """A cleaner of which one check makes an error of one article."""
    real = checks.load

    def load(name: str) -> checks.Check:
        check = real(name)

        def failed(document, cards, configuration):  # type: ignore[no-untyped-def]
            if name == "said-twice" and document.text == BAD:
                raise ZeroDivisionError("by nought")
            return check(document, cards, configuration)

        return failed

    monkeypatch.setattr(checks, "load", load)
    return Cleaner()


@given(st.lists(st.integers(0, MOST + 2), max_size=40), st.integers(1, TOGETHER))
def test_windows_keep_the_order_and_hold_no_more_than_they_may(lengths: list[int], together: int) -> None:
    made = list(windows(lengths, together, lambda length: length))
    assert [length for window in made for length in window] == lengths
    assert all(0 < len(window) <= together and (len(window) == 1 or sum(window) <= MOST) for window in made)
    # None could have taken the first of the next one, too.
    assert all(len(one) == together or sum(one) + other[0] > MOST for one, other in pairwise(made))


def test_what_goes_wrong_while_reading_is_raised_after_what_was_read() -> None:
    def texts() -> Iterator[str]:
        yield "Share"
        yield "One. Two."
        raise OSError("the disk is gone")

    reports = CLEANER.check_many(texts())
    assert [next(reports).article.text for _ in range(2)] == ["Share", "One. Two."]
    with pytest.raises(OSError, match="the disk is gone"):
        next(reports)


def test_what_is_no_article_is_refused_when_its_turn_comes() -> None:
    reports = CLEANER.check_many(["Share", 3])  # type: ignore[list-item]
    assert next(reports).article.text == "Share"
    with pytest.raises(TypeError, match="not int"):
        next(reports)


def test_an_error_is_that_of_its_article_alone(failing: Cleaner) -> None:
    texts = ["Share\n\nThe the end.", BAD, "The the beginning.\n\nShare"]
    found = [report for _, report in failing.check_beside((None, Article(text=text)) for text in texts)]
    assert [type(report) for report in found] == [Report, ZeroDivisionError, Report]
    for text, report in zip(texts, found, strict=True):
        if isinstance(report, Report):
            assert report.findings == CLEANER.check(text).findings != ()
    reports = failing.check_many(texts)
    assert next(reports).article.text == texts[0]
    with pytest.raises(ZeroDivisionError):
        next(reports)


def test_what_has_no_article_keeps_its_place() -> None:
    things = [("a", None), ("b", Article(text="Share")), ("c", None), ("d", Article(text="Sharing is fine."))]
    found = [(thing, report and report.article.text) for thing, report in CLEANER.check_beside(things)]  # type: ignore[union-attr]
    assert found == [("a", None), ("b", "Share"), ("c", None), ("d", "Sharing is fine.")]
