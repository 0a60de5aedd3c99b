"""Words in quotation marks that no cue tags: who goes on speaking, and what is no speech."""

from __future__ import annotations

import pytest

from cleantext.document.speakers import attribute


def speakers_of(text: str) -> list[tuple[str, str | None]]:
    """Return the words in marks with their speakers, without marks."""
    return [
        (
            text[q.start : q.end].strip("\"“” '"),
            None if q.speaker is None else text[q.speaker.start : q.speaker.end],
        )
        for q in attribute(text)
        if q.kind == "direct"
    ]


def test_a_speech_opened_anew_in_each_sentence_goes_on_to_its_end():
    text = '"The harbour is shut," Ada Weiss said.\n\n"However, the boats will sail, as they must. "We lost two days."'
    assert speakers_of(text)[1:] == [
        ("However, the boats will sail, as they must.", "Ada Weiss"),
        ("We lost two days.", "Ada Weiss"),
    ]


def test_a_tag_inside_shows_where_the_lost_mark_stood():
    text = 'The harbour is shut. "The boats will sail, Ada Weiss said, as they must. "We lost two days," she said.'
    assert ("The boats will sail,", "Ada Weiss") in speakers_of(text)


@pytest.mark.parametrize(
    "before",
    [
        "The harbour would stay shut, Ada Weiss said.",
        "Ada Weiss believes that the harbour should stay shut.",
        "Ada Weiss wants the harbour shut but conceded that it was late.",
        "Ada Weiss issued a statement about the harbour.",
        "For Ada Weiss, this is the end:",
        "Harbour chief Ada Weiss:",
    ],
)
def test_what_follows_a_statement_is_said_by_the_same_person(before: str):
    text = before + ' "We have waited for nine days and we are tired."\n\nThe sea was calm.'
    assert ("We have waited for nine days and we are tired.", "Ada Weiss") in speakers_of(text)


@pytest.mark.parametrize(
    "text",
    [
        'The sea was calm. "We have waited for nine days and we are tired."',
        'The ship left Lund on Monday. "The boats are old and the crews are tired."',
        '"Who will pay for all of this?" Ada Weiss asked.\n\n"The town will pay for all of it."',
    ],
)
def test_nobody_is_made_to_speak_where_nothing_tells(text: str):
    assert speakers_of(text)[-1][1] is None


@pytest.mark.parametrize(
    "text",
    [
        "There is no “end,” because the game goes on.",
        'They make "garlic pork" and sell "local pigs," which won a prize.',
    ],
)
def test_a_label_is_no_speech_though_its_marks_hold_the_comma(text: str):
    assert speakers_of(text) == []
