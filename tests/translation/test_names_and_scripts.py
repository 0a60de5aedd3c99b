from __future__ import annotations

import re

import pytest

from cleantext import Cleaner
from cleantext.checks.translation.foreign import romanised
from cleantext.checks.translation.names import Name, Spelling, case_variants, sound_of, spelling_variants


def test_an_acronym_in_two_cases_is_one_name_with_each_place_of_the_small_form():
    text = "The ILDA met. Members of Ilda stayed, and Ilda voted."
    (name,) = case_variants(text)
    assert name == Name(Spelling("ILDA", (4,)), (Spelling("Ilda", (25, 42)),))


@pytest.mark.parametrize(
    "text",
    ["WHO experts met. Who paid is unknown, and who knows.", "STOP THIEF, he cried. Stop is a word."],
)
def test_words_and_headlines_are_no_acronyms(text):
    assert not list(case_variants(text))


@pytest.mark.parametrize(
    "pair", [("Mohammed", "Mohamed"), ("Dmitry", "Dmitri"), ("Khodorkovsky", "Hodorkovski")]
)
def test_romanisations_of_one_name_sound_alike(pair):
    assert sound_of(pair[0]) == sound_of(pair[1])


def test_the_rarer_of_two_spellings_stands_beside_the_one_that_the_article_uses_most():
    text = "Mr Kudjarov came. Mrs Kudjarov left. Nobody saw Kujdarov."
    (name,) = spelling_variants(text)
    assert (name.own.form, [other.form for other in name.others]) == ("Kudjarov", ["Kujdarov"])


def test_a_name_in_three_spellings_is_one_finding_with_all_places():
    text = "Mr Khodorkovsky spoke. Hodorkovsky, he said. Khodorkovski left, and Hodorkovsky stayed; Khodorkovsky saw it."
    (finding,) = (f for f in Cleaner(select=["MT177"], min_confidence=0).check(text).findings)
    places = sorted([finding.start, *(one.start for one in finding.evidence)])
    assert places == [found.start() for found in re.finditer("Kh?odorkovsk|Hodorkovsk", text)]
    assert finding.text == "Hodorkovsky"


def test_two_words_of_english_at_the_beginning_of_sentences_are_no_name():
    assert not list(spelling_variants("Three boats came home. There was no wind. Three did not."))


def test_different_names_of_the_same_length_are_left_alone():
    assert not list(spelling_variants("Mr Martin met Mr Marton and Mrs Morton."))


@pytest.mark.parametrize(
    ("word", "latin"),
    [("Ельцин", "Yeltsin"), ("Достоевский", "Dostoyevsky"), ("Щукин", "Shchukin"), ("Нью-Йорк", "Nyu-York")],
)
def test_cyrillic_names_are_written_as_newspapers_do(word, latin):
    assert romanised(word) == latin
