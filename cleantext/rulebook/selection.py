"""Which rules run: a category, an id or an id prefix selects or ignores."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Sequence

from cleantext.finding import Finding
from cleantext.rulebook.card import CATEGORIES, OPT_IN, Card
from cleantext.rulebook.retired import retired


def matches(card: Card, selector: str) -> bool:
    """Say whether a category, an id, a name or a prefix of the id means this card."""
    return card.category == selector or card.name == selector or card.id.startswith(selector)


def picks(selectors: Sequence[str], finding: Finding) -> bool:
    """Say whether a finding's rule is meant by one of some selectors; by no selector at all every rule is."""
    return not selectors or any(
        selector in (finding.category, finding.name) or finding.rule.startswith(selector)
        for selector in selectors
    )


def names(card: Card, selector: str) -> bool:
    """Say whether a selector names this card: by its category, its id or its name, not by a prefix."""
    return selector in (card.category, card.id, card.name)


def check_selectors(selectors: Iterable[str], cards: Sequence[Card]) -> None:
    """Raise ValueError, with the nearest known name, for a selector that means no rule.

    The id of a retired rule passes: a configuration may go on ignoring it.
    """
    for selector in selectors:
        if (
            selector in CATEGORIES.values()
            or selector in CATEGORIES
            or any(matches(c, selector) for c in cards)
            or selector.startswith("LT:")
            or selector in retired()
        ):
            continue
        known = [*CATEGORIES.values(), *(c.id for c in cards), *(c.name for c in cards)]
        near = difflib.get_close_matches(selector, known, n=2) or difflib.get_close_matches(
            selector.upper(), known, n=2
        )
        hint = f" Did you mean {' or '.join(near)}?" if near else ""
        raise ValueError(
            f'unknown rule or category "{selector}".{hint} `cleantext rules list` names them all.'
        )


def check_chosen(selectors: Iterable[str], cards: Sequence[Card]) -> None:
    """Raise ValueError for a selector that means no rule, or one that is no more."""
    selectors = tuple(selectors)
    check_selectors(selectors, cards)
    for selector in selectors:
        if selector in retired():
            raise ValueError(f"rule {selector} was taken out: {retired()[selector]}")


def select(
    cards: Sequence[Card], chosen: Sequence[str], ignored: Sequence[str], further: Sequence[str] = ()
) -> tuple[Card, ...]:
    """Return the cards that run; the longer selector wins where one selects and another ignores.

    Without ``chosen`` every rule runs but those that are a matter of taste; ``further`` adds to either.
    """
    wanted = (*chosen, *further)

    def weight(card: Card, selectors: Sequence[str]) -> int:
        # A category is weaker than any id.
        return max((0 if s == card.category else len(s) for s in selectors if matches(card, s)), default=-1)

    def runs(card: Card) -> bool:
        if card.category in OPT_IN and not any(names(card, s) for s in wanted):
            return False
        taken, refused = weight(card, wanted), weight(card, ignored)
        return (taken >= 0 or not chosen) and (refused < 0 or refused < taken)

    return tuple(card for card in cards if card.status != "deprecated" and runs(card))
