"""Each card proves itself: its examples, its near-misses, silence on good texts."""

from __future__ import annotations

import msgspec
import pytest

from cleantext import Cleaner
from cleantext.configuration import Configuration
from cleantext.rulebook import Card, shipped
from cleantext.rulebook.card import OPT_IN
from cleantext.rulebook.retired import retired
from cleantext.trial import try_cards

CLEANER = Cleaner(Configuration(extend_select=tuple(OPT_IN)), min_confidence=0.0)


@pytest.mark.parametrize("card", shipped(), ids=lambda card: card.id)
def test_a_card_holds_what_it_promises(card: Card) -> None:
    assert [str(fault) for fault in try_cards([card], CLEANER)] == []


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ({"mqm": ""}, "names no type of error: add  mqm = …  with one of accuracy/addition, "),
        (
            {"category": "boilerplate"},
            'names a type of error, which a rule of the category "boilerplate" has none of',
        ),
        ({"name": "space-before-punctuation"}, 'has the name "space-before-punctuation" of TY'),
        ({"id": next(iter(retired())), "name": "unheard-of"}, "has the id of a rule that was retired"),
    ],
    ids=lambda value: next(iter(value)) if isinstance(value, dict) else "",
)
def test_what_a_card_of_the_project_lacks_is_said(change: dict[str, str], problem: str) -> None:
    card = next(card for card in shipped() if card.id == "MT021")
    changed = msgspec.structs.replace(card, examples=(), near_misses=(), **change)
    told = [fault.problem for fault in try_cards([changed], CLEANER)]
    assert len(told) == 1
    assert told[0].startswith(problem)
    own = msgspec.structs.replace(changed, origin="my-rules.toml")
    assert try_cards([own], CLEANER) == []
