"""Each card proves itself: its examples, its near-misses, silence on good texts."""

from __future__ import annotations

import pytest

from cleantext import Cleaner
from cleantext.configuration import Configuration
from cleantext.rulebook import Card, shipped
from cleantext.rulebook.card import MQM, OPT_IN
from cleantext.rulebook.retired import retired
from cleantext.trial import try_cards

CLEANER = Cleaner(Configuration(extend_select=tuple(OPT_IN)), min_confidence=0.0)


@pytest.mark.parametrize("card", shipped(), ids=lambda card: card.id)
def test_a_card_holds_what_it_promises(card: Card) -> None:
    assert [str(fault) for fault in try_cards([card], CLEANER)] == []


def test_names_are_unique() -> None:
    names = [card.name for card in shipped()]
    assert len(names) == len(set(names))


def test_no_id_of_a_retired_rule_is_used_again() -> None:
    assert not {card.id for card in shipped()} & set(retired())


@pytest.mark.parametrize("card", shipped(), ids=lambda card: card.id)
def test_a_card_on_language_carries_its_type_of_error(card: Card) -> None:
    spoken = card.category in ("translation", "style", "typography", "encoding")
    assert (card.mqm in MQM) if spoken else not card.mqm
