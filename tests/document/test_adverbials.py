"""Who speaks where words of time, numbers or others stand beside the verb."""

from __future__ import annotations

import pytest

from cleantext.document.adverbials import before_time
from cleantext.document.speakers import attribute
from cleantext.document.tokens import Tokens


def told(text: str) -> list[tuple[str, str]]:
    """Return the speaker and the words of each attribution."""
    return [
        (text[q.speaker.start : q.speaker.end], text[q.start : q.end])
        for q in attribute(text)
        if q.speaker is not None
    ]


@pytest.mark.parametrize(
    "time",
    [
        "on Monday", "Monday", "last week", "this month", "in June", "in early June", "in 2014", "in June 2014", "in the past",
        "in recent months", "earlier in the day", "earlier this week", "on Monday night", "has since", "at the time",
        "until recently",
    ],
)  # fmt: skip
def test_words_of_time_may_stand_between_a_speaker_and_the_verb(time: str) -> None:
    text = f"The ferry company {time} said that the boats were old."
    assert told(text) == [("The ferry company", "that the boats were old.")]


@pytest.mark.parametrize(
    ("words", "first"),
    [
        ("the mayor last week", "mayor"),
        ("a survey released in May", "survey"),
        ("Theresa May", "May"),
        ("the Sun", "Sun"),
        ("room 2014", "2014"),
        ("five years", "years"),
        ("for the first time", "time"),
    ],
)
def test_only_words_of_time_are_passed_over(words: str, first: str) -> None:
    tokens = Tokens(words)
    at = before_time(tokens.words, tokens.lower, len(tokens.words) - 1, 0)
    assert tokens.words[at] == first


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("Six in 10 say they would take the ferry again.", "Six in 10"),
        ("About 42% say they would take the ferry again.", "42%"),
        ("Those over 60 say they would take the ferry again.", "Those over 60"),
        ("Two in three said they would take the ferry again.", "Two in three"),
        ("A majority of her guests say they would take the ferry again.", "A majority of her guests"),
        ("Doris Day said the ferry was old.", "Doris Day"),
        ("USA Today reported that the ferry was old.", "USA Today"),
        ("He's said he would take the ferry again.", "He's"),
        ("The club legend said people take the ferry for granted.", "The club legend"),
        ("Research done by the port authority found that the ferry was old.", "Research done by the port authority"),
        ("A survey released last week showed that the ferry was old.", "A survey"),
        ("Ann Low, who lost a sister in Aurora, Colorado, in July 2012, said that the ferry was old.", "Ann Low"),
        ("The ferry was old and slow, said Low and others, who sold it in May.", "Low and others"),
        ("In rejecting the offer, the council argued that the ferry was old.", "the council"),
        ("He only hinted at the ferry's age, adding that nobody had asked.", "He"),
        ("Ann Low went so far as to say that the ferry was old.", "Ann Low"),
        ("The US said the ferry was old.", "The US"),
        ("The ferry was old, the head of the US Ferry Department said.", "the head of the US Ferry Department"),
        ("According to US officials, the ferry was old.", "US officials"),
        ("“The ferry was old,” tourist Ann Low, 18, from Aurora, Utah, told the paper.", "tourist Ann Low"),
        ("As Ann Low points out, the ferry was old.", "Ann Low"),
        ("The ferry was old, according to a report by the port authority.", "a report by the port authority"),
    ],
)  # fmt: skip
def test_speakers_of_rarer_forms_are_read(text: str, who: str) -> None:
    assert who in [speaker for speaker, _ in told(text)]


def test_a_participle_that_is_part_of_a_name_is_no_cue() -> None:
    assert told("The law cut the money of Planned Parenthood clinics.") == []
