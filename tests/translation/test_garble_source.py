"""The source language is guessed from n-grams and from words that were left standing."""

from __future__ import annotations

import pytest

from cleantext.document.garblesource import LANGUAGES, choose, language_votes


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("The fighters of the EIIL, the EEUU said, and según the agency Efe", "es"),
        ("The president of the ONU spoke più than the ANSA reported", "it"),
        ("The ministry has not jusqu' here paid two milliards", "fr"),
        ("He spoke nicht about the 5 Prozent für the workers", "de"),
        ("Lusa reports that the senhor Silva não came", "pt"),
    ],
)
def test_words_left_standing_vote_for_their_language(text: str, language: str) -> None:
    votes = language_votes(text)
    assert max(votes, key=lambda name: votes[name]) == language


def test_a_word_of_several_languages_is_shared_among_them() -> None:
    assert language_votes("the EIIL") == pytest.approx({"es": 1 / 3, "fr": 1 / 3, "pt": 1 / 3})


def test_plain_english_has_no_votes() -> None:
    assert language_votes("The council voted on Tuesday to close two of its libraries.") == {}


def test_votes_can_name_a_language_that_no_ngram_knows() -> None:
    odds = {"de": 0.1, "fr": 0.4, "ru": -0.2}
    assert choose(odds, {"es": 3}, least=0.7)[0] == "es"


def test_without_evidence_there_is_no_guess() -> None:
    assert choose({"de": 0.1, "fr": 0.2, "ru": 0.0}, {}, least=0.7) == (None, 0.0)


def test_the_guess_is_a_probability() -> None:
    language, probability = choose({"de": 9.0, "fr": 0.0, "ru": 0.0}, {"de": 1}, least=0.7)
    assert language == "de"
    assert 0.9 < probability <= 1
    assert "de" in LANGUAGES
