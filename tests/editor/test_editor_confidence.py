"""The confidences of the editor's classes are what readers said, and nothing else."""

from __future__ import annotations

import pytest

from benchmarks.editor.confidence import confidences, verdicts
from cleantext.editor.classes import CLASSES
from cleantext.rulebook import shipped


@pytest.mark.parametrize("rule", CLASSES)
def test_a_class_has_the_confidence_that_its_verdicts_give(rule: str) -> None:
    (card,) = [card for card in shipped() if card.id == rule]
    assert card.confidence == pytest.approx(confidences()[rule])


def test_nine_readings_of_150_edits_were_counted() -> None:
    assert sum(counts.total() for counts in verdicts().values()) == 9 * 150
