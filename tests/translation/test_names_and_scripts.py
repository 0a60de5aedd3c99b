from __future__ import annotations

import pytest

from cleantext.checks.translation.foreign import romanised
from cleantext.checks.translation.names import case_variants, sound_of, spelling_variants


def test_an_acronym_in_two_cases_is_found_at_each_place_of_the_small_form():
    text = "The ILDA met. Members of Ilda stayed, and Ilda voted."
    assert [(text[v.start : v.end], v.other) for v in case_variants(text)] == [("Ilda", "ILDA")] * 2


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


def test_the_rarer_of_two_spellings_is_reported_with_the_other():
    text = "Mr Kudjarov came. Mrs Kudjarov left. Nobody saw Kujdarov."
    (one,) = spelling_variants(text)
    assert (text[one.start : one.end], one.other) == ("Kujdarov", "Kudjarov")


def test_different_names_of_the_same_length_are_left_alone():
    assert not list(spelling_variants("Mr Martin met Mr Marton and Mrs Morton."))


@pytest.mark.parametrize(
    ("word", "latin"),
    [("Ельцин", "Yeltsin"), ("Достоевский", "Dostoyevsky"), ("Щукин", "Shchukin"), ("Нью-Йорк", "Nyu-York")],
)
def test_cyrillic_names_are_written_as_newspapers_do(word, latin):
    assert romanised(word) == latin
