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


def test_a_line_that_is_safe_once_its_neighbours_are_gone_does_not_wait_for_a_second_fix() -> None:
    article = Article(
        text="Olivia Hartwell, the head of the harbour trust, opened the new pier on Monday. Hartwell said the work had "
        "taken six years.\n“The builders have earned their holiday,” Hartwell added. Her deputy, Tom Ellery, was at the "
        'ceremony too.Q: Will you stay?\n"Nobody else will do it," said Marta Lindqvist, 54, who heads the Union of '
        "Bakers (UB).\nRELATED: Bakers on strike\nHarbour bridge opens\nBy Nadia Okafor\nMore news\nShare this article\n"
        "The mayor of Brenn, Jonas Keller, opened the bridge on Monday, Efe he reported. “We waited for eleven years,” "
        "Keller said. “Nobody believed in it any more.”\nAccording to the builder Ilse Moreau, “the the harbour” is safe ."
        " Click here to read more."
    )
    fixed = Cleaner(min_confidence=0.0).fix(article).text
    assert Cleaner(min_confidence=0.0).fix(Article(text=fixed)).text == fixed
