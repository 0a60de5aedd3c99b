"""What is passed over costs itself alone: a silenced match, a rule that is not worth it."""

from __future__ import annotations

import pytest

from cleantext.article import Article
from cleantext.document import Document
from cleantext.finding import Applicability
from cleantext.matching import PatternEngine
from cleantext.rulebook import Card


def card(number: int, pattern: str, **more: object) -> Card:
    fields: dict[str, object] = {
        "id": f"TY90{number}", "name": f"n{number}", "summary": "s", "why": "w", "category": "typography",
        "applicability": Applicability.DISPLAY, "pattern": pattern,
    }  # fmt: skip
    return Card(**{**fields, **more})  # type: ignore[arg-type]


def places(text: str, *cards: Card, worth_it: bool = True, naive: bool = False) -> list[tuple[str, int]]:
    engine = PatternEngine(cards)
    found = engine.findings(
        Document(Article(text=text)),
        lambda _: 0.5,
        naive=naive,
        worth_it=None if worth_it else lambda one: one.id != "TY901",
    )
    return sorted((finding.rule, finding.start) for finding in found)


@pytest.mark.parametrize("naive", [False, True])
def test_after_a_silenced_match_the_search_goes_on(naive: bool) -> None:
    made = card(1, "harbour", unless=("old harbour",))
    assert places("old harbour, new harbour", made, naive=naive) == [("TY901", 17)]


@pytest.mark.parametrize("naive", [False, True])
def test_after_a_match_in_the_wrong_place_the_search_goes_on(naive: bool) -> None:
    made = card(1, "Harbour", scope="line", position="bottom")
    text = "Harbour\n" + "The ferries stayed away on Monday.\n" * 12 + "Harbour"
    assert places(text, made, naive=naive) == [("TY901", len(text) - 7)]


def test_after_an_empty_match_the_search_goes_on() -> None:
    assert places("ab harbour", card(1, "(?:harbour)?")) == [("TY901", 3)]


@pytest.mark.parametrize("naive", [False, True])
def test_a_rule_that_is_not_worth_it_leaves_the_others_alone(naive: bool) -> None:
    cards = (card(1, "harbour"), card(2, "ferries"))
    assert places("harbour and ferries", *cards, naive=naive) == [("TY901", 0), ("TY902", 12)]
    assert places("harbour and ferries", *cards, naive=naive, worth_it=False) == [("TY902", 12)]


def test_a_literal_with_digits_is_looked_for_in_every_line_where_other_digits_stand() -> None:
    made = card(1, r"other \d+ countries")
    text = "They met in other 5 towns.\nThey met in other \u0663\u0664 countries.\n"
    assert places(text, made) == places(text, made, naive=True) == [("TY901", 39)]
