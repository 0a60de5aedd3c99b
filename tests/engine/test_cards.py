"""Each card proves itself: its examples, its near-misses, silence on good texts."""

from __future__ import annotations

import pytest

from cleantext import Cleaner
from cleantext.rulebook import Card, shipped
from cleantext.trial import try_cards

CLEANER = Cleaner(min_confidence=0.0)


@pytest.mark.parametrize("card", shipped(), ids=lambda card: card.id)
def test_a_card_holds_what_it_promises(card: Card) -> None:
    assert [str(fault) for fault in try_cards([card], CLEANER)] == []


def test_names_are_unique() -> None:
    names = [card.name for card in shipped()]
    assert len(names) == len(set(names))
