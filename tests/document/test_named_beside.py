"""Who alone is named beside words in marks that no tag has, and what is no speech at all."""

from __future__ import annotations

import pytest

from cleantext.document.speakers import attribute
from tests.document.test_loose_tags import only_direct


@pytest.mark.parametrize(
    ("text", "who"),
    [
        # broken tags, as raw translations have them
        ('"The wall will not hold until spring", recalls of the harbour Ann Low.', "Ann Low"),
        ('"The wall will not hold until spring" wrote in her report to members, Ann Low of the council.', "Ann Low"),
        ('"The wall will not hold until spring", foresees the head of the harbour board.', "the head of the harbour board"),
        # a verb that no list has, and more names behind the one who speaks
        (
            '"We mended the wall in nine days," assessed Lund coach Ann Low after the defeat by Erik Berg and his crew.',
            "Ann Low",
        ),
        # the verb stands far from its subject
        ("Ann Low, who came with Erik Berg and wore a cap with the words “Go Lund,” shouted, “We will win again!”",
         "Ann Low"),
        ("Ann Low is known to have said “The sea forgives nobody who is late.”", "Ann Low"),
        ("Ann Low died in May, leaving behind the message “Mend the wall before the winter comes.”", "Ann Low"),
        # what leads to the words says nothing of speech
        ("Late in the evening the impertinent Ann Low ended her talk with the words: “Dear town of Lund!”", "Ann Low"),
        ("Ann Low reacted coolly to the plan, “We were promised a wall and not a fence.”", "Ann Low"),
        ("Before Erik Berg’s talk Ann Low is shown on a screen: “We were promised a wall.”", "Ann Low"),
        ("And perhaps Berg's grey-haired brother is right: “The old are happy in this town.”", "Berg's grey-haired brother"),
        # a sentence behind the words, or the words behind their tag
        ("“Nobody mends a wall in winter.” That quote from the harbour master Ann Low stood on a page.", "Ann Low"),
        ("“I feel good about it,” Ann Low said. “Very good.”", "Ann Low"),
        ('"The wall will not hold until spring", is explained Low.', "Low"),
        # not the sentence's first word
        ("After the war, Ann Low moved to Lund. “We had nothing to eat for nine days.”", "Ann Low"),
        ("But after leaving school, she moved to Lund. “I had nothing to eat for nine days.”", "she"),
        # bylines and signatures
        ("From Subira Oyelaran, harbour officer of Lund\n“The wall broke because nobody looked at it.”", "Subira Oyelaran"),
        ("“The wall broke because nobody looked at it. - Subira Oyelaran\nThe sea was calm.", "Subira Oyelaran"),
        ('"The wall broke and nobody looked at it, Low comments on the harbour"', "Low"),
        ("“The wall broke and nobody looked at it, said coach Ann Low.\nThe sea was calm.", "Ann Low"),
    ],
)  # fmt: skip
def test_the_only_one_named_says_it(text: str, who: str):
    found = [quotation for quotation in attribute(text) if quotation.kind == "direct"][-1]
    assert found.speaker is not None
    assert text[found.speaker.start : found.speaker.end] == who


def test_and_before_a_colon_goes_on_with_who_spoke():
    text = "“We lost nine boats,” said Ann Low. And: “Nobody helped us in the night.”"
    assert [quotation.speaker_name for quotation in attribute(text)] == ["Ann Low", "Ann Low"]


@pytest.mark.parametrize(
    "text",
    [
        "Ann Low and Erik Berg came to the quay at noon: “The wall will not hold until spring.”",
        '"The wall will not hold until spring", said to Ann Low in Lund.',  # she is spoken to
        "He was met with cries of “Go home, all of you!” and Ann Low left.",
        "As for Ann Low, “everybody on the quay likes her work”.",
    ],
)
def test_where_two_may_be_meant_nobody_is_named(text: str):
    assert all(quotation.speaker is None for quotation in attribute(text) if quotation.kind == "direct")


@pytest.mark.parametrize(
    "text",
    [
        '"The wall will not hold until spring", recalled in the harbour museum.',
        "Last night a visitor to Lund was told: “The wall will not hold until spring.”",
    ],
)
def test_a_tag_that_cannot_be_read_is_said_to_be_one(text: str):
    assert only_direct(text)[1:] == (None, "unclear-tag")


@pytest.mark.parametrize(
    "text",
    [
        "Questions to ask include:\n“How deep is the harbour?”\n“Who mends the wall here in winter?”\n“What does a berth cost?”",
        "Findings like:\n“Nine boats in ten lie in the harbour”\n“Nobody mends the wall in winter”\n“Half of the berths are let”",
        "The guide defines a berth as “a place for one boat, with a ring and a rope.”",
        "She changed the line from “the wall that sings” to “The wall that never sings.”",
        "There is this new headline, which hits home: “Nine boats lost as the harbour wall breaks.”",
        "The club (its name means, in their tongue, “we shall come again in spring”) met in Lund.",
        "“When it rains in Lund, it rains everywhere,” is one common saying here.",
        "The page of the day: “The wall that nobody mended” by Ann Low, who lives in Lund.",
        "In the “Search for boats every member of the club can help the harbour master.",
        "He saw in 1861, “a likeness between the sea and the sky” for the first time.",
    ],
)
def test_printed_words_glosses_and_lists_of_examples_are_no_speech(text: str):
    assert [quotation for quotation in attribute(text) if quotation.kind == "direct"] == []
