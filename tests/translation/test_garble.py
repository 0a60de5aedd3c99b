"""Machine translation is told from prose that people wrote, with a probability."""

from __future__ import annotations

import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from importlib import import_module
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from timing import assert_seconds

from cleantext.document.garble import (
    EXPLAINED,
    SAMPLE,
    WINDOWS,
    garble,
    garbled_sentences,
    read,
    read_slowly,
    telling_groups,
    weigh,
)
from cleantext.document.garblemodel import MARK, ORDER, ngrams, read_model, shipped_model
from cleantext.document.lines import split_lines
from cleantext.document.pieces import sample
from cleantext.document.sentences import split_sentences
from cleantext.document.wordclasses import WordClasses
from cleantext.rulefiles import rules_dir

GARBLED = """\
The minister of the Interior has declared that it is a matter of the half of the agents of the region.
"One did not have any news of him since three weeks", has declared the sister of the missing one.
The trade unions, them, estimate that the level of the wages of the employees does not allow to live.
According to the first elements of the investigation, the driver would have lost the control of his vehicle.
"It is necessary that the things change", indicated the president of the association at the time of the meeting.
In the framework of the reform, the representatives of the personnel were received by the direction of the group.
The one of the two men, old of 34 years, was already known of the services of the police for facts of flight.
The situation is however more complicated for the small communes, of which the budget knows a fall of 12%.
"""
PROSE = """\
The council voted on Tuesday night to close two of the town's four libraries, a decision that drew shouts from the gallery.
"I've been bringing my kids here for ten years," said Maria Ellis, who runs a bakery across the street. "What are we supposed to do now?"
Officials said they had little choice. Revenue from parking has fallen by a third since the spring, and the mayor doesn't want to raise taxes.
Under the plan, both buildings would shut in March and most of the staff would move to the main branch downtown.
Opponents say they'll sue. They argue that the city never held the hearing it promised last year, and that nobody looked at the numbers closely.
The mayor's office didn't respond to a request for comment.
"""
ANYTHING = st.text(max_size=400) | st.lists(
    st.sampled_from(
        ["the", "said,", '"It', "has", "declared", "12,5", "US", "—", "of", "État", "l’", "x\ud800"]
    )
).map(" ".join)


def test_word_for_word_translation_reads_garbled() -> None:
    assert garble(GARBLED).probability > 0.9


def test_plain_news_reads_human() -> None:
    assert garble(PROSE).probability < 0.1


def test_a_text_of_a_few_words_says_next_to_nothing() -> None:
    prior = garble("").probability
    assert garble("Police said").probability == pytest.approx(prior, abs=0.05)
    assert prior < 0.2


def test_nothing_is_said_of_a_text_in_another_language() -> None:
    german = "Der Minister hat am Dienstag erklärt, dass die Regierung die Steuern nicht erhöhen werde. " * 9
    assert garble(german).probability == garble("").probability


def test_more_of_the_same_makes_surer() -> None:
    lines = GARBLED.splitlines(keepends=True)
    assert garble("".join(lines[:2])).probability < garble(GARBLED).probability


def test_a_source_language_is_guessed_for_translations_only() -> None:
    assert garble(GARBLED).language == "fr"
    assert garble(PROSE).language is None


def test_sentences_are_named_with_the_groups_that_spoke_for_it() -> None:
    sentences = split_sentences(GARBLED, split_lines(GARBLED))
    found = garbled_sentences(GARBLED, sentences, garble(GARBLED))
    assert len(found) >= 5
    for sentence in found:
        assert 0.5 <= sentence.probability <= 1
        assert sentence.groups
        assert all(sentence.start <= start < end <= sentence.end for start, end in sentence.groups)
        spans = sorted(sentence.groups)
        assert all(before.end <= after.start for before, after in pairwise(spans))


def test_of_very_many_sentences_a_few_hundred_are_explained() -> None:
    text = (GARBLED.strip() + "\n") * 100
    found = garbled_sentences(text, split_sentences(text, split_lines(text)), garble(text))
    assert len(found) > EXPLAINED
    assert [bool(sentence.groups) for sentence in found] == [i < EXPLAINED for i in range(len(found))]


def test_no_sentence_of_good_prose_is_looked_at() -> None:
    def sentences():  # type: ignore[no-untyped-def]
        raise AssertionError("looked at")
        yield

    assert garbled_sentences(PROSE, sentences(), garble(PROSE)) == ()


def test_no_sentence_of_a_very_short_text_is_judged() -> None:
    text = '"It is necessary that the things change", has declared the one of the two.'
    assert garbled_sentences(text, [(0, len(text))], garble(text), least=0.0) == ()


def test_groups_cover_whole_words() -> None:
    text = 'We know it", has declared Kala, of the half of the agents.'
    for start, end in telling_groups(text, 0, len(text), shipped_model()):
        assert (start == 0 or text[start - 1] == " ") and (end == len(text) or text[end] == " ")


@given(ANYTHING)
def test_groups_add_up_as_one_by_one(text: str) -> None:
    model = shipped_model()
    classes = model.classes.of(text)
    groups = [
        tuple(classes[start : start + length])
        for length in range(1, ORDER + 1)
        for start in range(len(classes) - length + 1)
    ]
    marks = sum(group in model.marks for group in groups)
    assert weigh(classes, model) == (
        sum(model.weights.get(group, 0) for group in groups) - MARK * marks,
        marks,
    )
    assert read(text, model) == read_slowly(text, model)


@given(st.lists(st.sampled_from(sorted(shipped_model().classes.vocabulary)), max_size=900).map(" ".join))
@settings(max_examples=30, deadline=None)
def test_long_texts_add_up_alike_in_c(text: str) -> None:
    assert read(text, shipped_model()) == read_slowly(text, shipped_model())


_SHAPES: tuple[Callable[[str], str], ...] = (str, str.upper, str.title, str.swapcase)
LISTED = st.builds(
    lambda word, shaped, end: shaped(word) + end,
    st.sampled_from(
        [
            *sorted(shipped_model().classes.kinds)[::30],
            *sorted(shipped_model().classes.vocabulary)[::5],
            *(
                "abcdefghijklmnopqrstuvwxyzabcdefghijklmnoping"[-n:]
                for n in (1, 2, 4, 5, 7, 8, 9, 10, 15, 16, 17, 40)
            ),
        ]
    ),
    st.sampled_from(_SHAPES),
    st.sampled_from(
        ("", ",", ".)", "!?:", "!?:;", ",x", "’s", "é", "\ud800", "\x00", "²", "\x1c", "\u2003", "\U0001d400")
    ),
)


@given(st.lists(LISTED, max_size=12).map(" ".join))
def test_words_of_any_shape_have_their_class_in_c(text: str) -> None:
    assert read(text, shipped_model()) == read_slowly(text, shipped_model())


@given(
    st.dictionaries(
        st.lists(st.sampled_from(("on", "x", "X", ".", "xing")), min_size=1, max_size=ORDER).map(tuple),
        st.integers(-(2**40), 2**40)
        | st.integers(-3, 3)
        | st.builds(lambda marks, weight: marks * MARK + weight, st.integers(0, 3), st.integers(-9, 9)),
        max_size=20,
    ),
    st.lists(st.sampled_from(("on", "table", "Table.", "working", "On.", "é", "’")), max_size=20),
)
def test_any_weights_add_up_in_c(
    in_c: Callable[[str], Any], weights: dict[tuple[str, ...], int], words: list[str]
) -> None:
    classes = WordClasses(["on"], ["ng"])
    groups = list(ngrams(classes.of(" ".join(words))))
    total = sum(weights.get(group, 0) for group in groups)
    weight, marks, *_ = in_c("cleantext.document._ngrams").NgramReader(classes, weights).read(" ".join(words))
    assert marks * MARK + weight == total


def test_threads_read_alike() -> None:
    model = shipped_model()
    texts = [" ".join(f"{word}{number}" for word in GARBLED.split()) for number in range(200)]
    expected = [read_slowly(text, model) for text in texts]
    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(lambda text: read(text, model), texts * 3)) == expected * 3


def test_continuous_integration_has_the_c_sum() -> None:
    if os.environ.get("CI") != "true":
        pytest.skip("a machine without a compiler does without")
    import_module("cleantext.document._ngrams")


@given(st.lists(st.sampled_from("abc"), max_size=9))
def test_ngrams_are_all_runs_of_one_to_four(classes: list[str]) -> None:
    expected = [
        tuple(classes[i : i + n]) for n in range(1, ORDER + 1) for i in range(max(0, len(classes) - n + 1))
    ]
    assert list(ngrams(classes)) == expected


@given(ANYTHING)
def test_any_text_gets_a_probability(text: str) -> None:
    whole = garble(text)
    assert 0 < whole.probability < 1
    for sentence in garbled_sentences(text, split_sentences(text, split_lines(text)), whole, least=0.0):
        assert 0 <= sentence.start < sentence.end <= len(text)


@given(st.text(alphabet="ab \n", min_size=1, max_size=30), st.integers(1, 5))
def test_a_sample_is_no_longer_than_it_may_be(piece: str, times: int) -> None:
    text = piece * (times * SAMPLE // len(piece) + 1)
    assert len(sample(text, SAMPLE, WINDOWS)) <= SAMPLE + 6


def test_a_sample_comes_from_everywhere_and_cuts_no_word() -> None:
    text = " ".join(f"word{number}" for number in range(20_000))
    chosen = sample(text, SAMPLE, WINDOWS).split()
    assert set(chosen) <= set(text.split())
    assert chosen[0] == "word0"
    assert chosen[-1] == "word19999"


@pytest.mark.parametrize("text", ["x" * 1_000_000, "“" * 1_000_000, "1," * 500_000, "-a" * 500_000])
def test_a_hostile_line_of_a_million_characters_is_judged_at_once(text: str) -> None:
    assert_seconds(lambda: garble(text), 1)


def test_common_words_stand_for_their_part_of_speech_and_function_words_for_themselves() -> None:
    classes = shipped_model().classes
    assert classes.of("the boat quickly arrived") == ["the", "<NN>", "<RB>", "<VBD>"]
    assert classes.of("Boat") == ["X"]


def test_the_shipped_model_is_small() -> None:
    assert (rules_dir() / "translation" / "garble-model.txt").stat().st_size < 300_000


def test_a_broken_model_file_is_named_with_its_line(tmp_path) -> None:  # type: ignore[no-untyped-def]
    path = tmp_path / "model.txt"
    path.write_text("[numbers]\nscale 1\n\n[weights]\nthe of 3\nthe of many\n", encoding="utf-8")
    with pytest.raises(ValueError, match=r"model\.txt:6"):
        read_model(path)
