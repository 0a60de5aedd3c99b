"""What the counts in rules/calibration.toml must say before a rule may offer a fix."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping

import pytest

from benchmarks.translation import table
from cleantext.finding import Applicability
from cleantext.matching import PatternEngine
from cleantext.rulebook import Band, Card, shipped
from cleantext.rulebook.calibration import Record, confidences, load_records, pooled
from cleantext.rulebook.reading import read_of
from cleantext.rulefiles import rules_dir

CALIBRATION = rules_dir() / "calibration.toml"
RECORDS = load_records(CALIBRATION)
WORDS = tomllib.loads(CALIBRATION.read_text("utf-8"))["words"]
CARDS = {card.id: card for card in shipped()}
TRANSLATION = [card for card in CARDS.values() if card.category == "translation"]
ENOUGH, MOST_HARM, SHOWN = 20, 0.1, 0.5

# Spelling is right or wrong whatever the translator chose: where he wrote "may not" for "can not", or
# "30 thousand" for "30 000" and "4 percent" for "4 %", mending the spelling moves the sentence away from the reference.
SPELLING = {"MT112", "MT188", "MT370"}


def shown(card: Card) -> Mapping[Band, Record]:
    """Return the counts in articles that read so that the rule speaks unasked."""
    bands = RECORDS.get(card.id, {})
    sure = confidences(card, bands, read_of(card))
    return {band: record for band, record in bands.items() if sure[band] >= SHOWN}


def test_every_record_belongs_to_a_rule():
    assert not set(RECORDS) - set(CARDS)


@pytest.mark.parametrize("card", TRANSLATION, ids=lambda card: card.id)
def test_a_rule_that_harms_offers_no_fix(card):
    record = pooled(shown(card))
    judged = record.improved + record.harmed
    if judged >= ENOUGH and record.harmed > MOST_HARM * judged and card.id not in SPELLING:
        assert card.applicability is Applicability.DISPLAY


@pytest.mark.parametrize("card", TRANSLATION, ids=lambda card: card.id)
def test_a_rule_speaks_far_less_in_human_news(card):
    record = pooled(shown(card))
    human = record.human / WORDS["human"]
    translated = (record.improved + record.neutral + record.harmed) / WORDS["translated"]
    # A single fire says nothing about a rate.
    if record.human > 1:
        assert human < translated / 3


def test_every_pattern_has_a_linear_superset():
    assert not PatternEngine(TRANSLATION).unfiltered


def test_the_page_has_a_row_for_every_rule():
    assert len(TRANSLATION) >= 150
    assert table.page().count("\n| MT") == sum(card.id.startswith("MT") for card in CARDS.values())
