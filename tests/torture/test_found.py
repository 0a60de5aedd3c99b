"""What fuzzing and property tests found, each kept as the smallest case that shows it."""

from __future__ import annotations

from cleantext import Cleaner
from cleantext.article import Article
from cleantext.document import Document
from cleantext.edits import apply
from cleantext.finding import Edit


def test_neighbours_that_were_both_deleted_come_back_in_their_order() -> None:
    applied = apply("ba", [Edit(0, 1, ""), Edit(1, 2, "")])
    assert apply(applied.text, applied.inverse).text == "ba"
    assert apply(applied.text, applied.inverse[::-1]).text == "ba"


def test_nobody_is_said_to_have_said_nothing() -> None:
    assert [found for found in Document(Article(text="S:::")).attributions if found.start == found.end] == []


def test_a_repair_leaves_the_words_beside_it_alone() -> None:
    found = Cleaner(select=["encoding"]).check("\x9b \x00 Did he have lunch? \x00").findings
    assert [finding.text for finding in found if "lunch" in finding.text or "he" in finding.text] == []
