"""Confidence rests on what readers said, and the store of it holds no text."""

from __future__ import annotations

import msgspec
import pytest

from benchmarks.verdicts import count
from benchmarks.verdicts.again import GONE, looked_up
from benchmarks.verdicts.store import SAID, digest, load, standing, version
from benchmarks.verdicts.take_in import own_words
from cleantext.rulebook import shipped
from cleantext.rulebook.calibration import Record, confidences
from cleantext.rulebook.reading import FAMILY_WEIGHT, Read, read_of
from cleantext.rulefiles import rules_dir

CARDS = {card.id: card for card in shipped()}


def test_the_shipped_counts_are_those_of_the_store():
    verdicts = [
        v for v in count.unseen(standing(load(), CARDS.values())) if CARDS[v.rule].category in count.FAMILIES
    ]
    assert (rules_dir() / "verdicts.toml").read_text("utf-8") == count.render(*count.counted(verdicts, CARDS))


def test_the_store_holds_hashes_and_reasons_in_few_own_words():
    for verdict in load():
        assert len(verdict.place) == len(verdict.article) == 12
        assert verdict.verdict in SAID
        assert '"' not in verdict.reason
        assert len(verdict.reason) <= 120


def test_a_verdict_counts_only_while_the_rule_does_what_it_did():
    card = CARDS["MT110"]
    changed = msgspec.structs.replace(card, fix="other")
    assert version(card) != version(changed)
    verdict = msgspec.structs.replace(load()[0], rule=card.id, card=version(card))
    assert standing([verdict], [card]) == (verdict,)
    assert standing([verdict], [changed]) == ()


def test_a_verdict_on_what_code_finds_no_more_is_set_aside_until_it_is_found_again():
    card = CARDS["MT041"]
    verdict = msgspec.structs.replace(load()[0], rule=card.id, card=version(card))
    read, place = {verdict.article}, verdict.place
    (gone,) = looked_up([verdict], CARDS, read, set())
    assert gone.card == GONE
    assert standing([gone], [card]) == ()
    assert looked_up([gone], CARDS, read, {place}) == [verdict]
    assert looked_up([verdict], CARDS, read, {place}) == [verdict]
    assert looked_up([verdict], CARDS, set(), set()) == [verdict]


def test_a_reason_is_kept_without_what_it_quotes():
    assert own_words('"the own words" of a text, (and these); he is meant') == "… of a text, …; he is meant"


@pytest.mark.parametrize(
    ("read", "prior", "share"),
    [
        (Read(0.9), None, 0.9),
        (Read(0.9), 0.99, 0.9),
        (Read(0.9), 0.6, 0.6),
        (Read(0.9, 8, 0), None, (8 * 0.9 + 8) / 16),
        (Read(0.9, 0, 8), None, 8 * 0.9 / 16),
    ],
)
def test_few_verdicts_are_shrunk_towards_the_family(read, prior, share):
    assert FAMILY_WEIGHT == 8
    assert read.share(prior) == pytest.approx(share)


def test_nearness_to_a_reference_says_nothing_where_readers_judged():
    card = CARDS["MT097"]
    read = read_of(card)
    assert read is not None
    near, far = {"garbled": Record(improved=900)}, {"garbled": Record(harmed=900)}
    assert confidences(card, near, read) == confidences(card, far, read)
    assert confidences(card, near) != confidences(card, far)


def test_a_users_own_rule_is_not_believed_for_the_family():
    assert read_of(msgspec.structs.replace(CARDS["MT097"], origin="my-rules.toml:3")) is None


def test_a_digest_tells_its_parts_apart():
    assert digest("a", "bc") != digest("ab", "c")
