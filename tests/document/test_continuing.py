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


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("“The sea was calm,” states Weiss.", "Weiss"),
        ('"The sea was calm," the paper was told by Ada Weiss, a rower.', "Ada Weiss"),
        ('"The sea was calm," she is quoted as saying by the paper.', "she"),
        ('"The sea was calm," Ada Weiss, a rower and trader in Lund, Utah, said.', "Ada Weiss"),
        ('"The sea was calm," Ada Weiss, a trader at Berg told the paper.', "Ada Weiss, a trader at Berg"),
        ('Harbour controller Roly Kerr: "The sea was calm."', "Roly Kerr"),
        ('"The sea was calm," Ada Weiss and her crew wrote in the log.', "Ada Weiss and her crew"),
        ('"The sea was calm," tells Ada Weiss.', "Ada Weiss"),
        ('"The sea was calm," points out former rower Ada Weiss.', "former rower Ada Weiss"),
        ('"Is the sea calm?" she is seen asking.', "she"),
        ('"The sea was calm," Weiss shot back.', "Weiss"),
        ('In the words of Ada Weiss, "the sea was calm and the crew slept".', "Ada Weiss"),
        ('In Weiss\'s words: "The sea was calm and the crew slept."', "Weiss's"),
        ('Ada Weiss sent a letter saying "the sea was calm and the crew slept".', "Ada Weiss"),
    ],
)
def test_rarer_tags_are_read(text: str, who: str):
    assert speakers_of(text)[0][1] == who


def test_a_cry_without_a_particle_is_no_tag():
    assert speakers_of('"The sea was calm," the sign read. Weiss went "home" early.')[0][1] == "the sign"


@pytest.mark.parametrize(
    "text",
    [
        "The plan is known as a “sea for everybody” plan in the town of Lund.",
        'The program prints format!("{}: sea") and stops.',
        'A 3.5"1/4 drive and a 5" bay fit the machine.',
    ],
)
def test_words_within_a_sentence_that_nothing_ascribes_are_no_speech(text: str):
    assert speakers_of(text) == []


def test_what_a_body_told_leads_to_its_words_some_sentences_later():
    text = (
        "The company told the Lund Post that the boats were old. The crews had left. "
        '"The harbour will have new boats in spring."'
    )
    assert speakers_of(text) == [("The harbour will have new boats in spring.", "The company")]


def test_a_speech_may_stand_in_a_paragraph_of_its_own_behind_a_colon():
    text = 'Ada Weiss rowed. Weiss made the following comment:\n\n"The sea was calm and the crew slept."'
    assert speakers_of(text) == [("The sea was calm and the crew slept.", "Weiss")]


def test_who_only_told_somebody_has_said_nothing_but_what_follows():
    text = 'Ada Weiss told the Lund Post. "We have rowed for nine days and we are tired."'
    assert [q.kind for q in attribute(text)] == ["direct"]
    assert speakers_of(text) == [("We have rowed for nine days and we are tired.", "Ada Weiss")]


def test_what_others_say_ends_where_the_tag_of_their_sentence_begins():
    text = "The town can expect rain on Monday, the weather office said."
    assert all(text[q.start : q.end].endswith("on Monday") for q in attribute(text))


def test_a_pronoun_means_who_opens_its_sentence():
    text = (
        "Tom Kerr said the boats were old.\n\n"
        "In his speech, Paul Weiss spoke of a new harbour, which he said would cost nothing."
    )
    assert [q.speaker_name for q in attribute(text)][-1] == "Paul Weiss"


@pytest.mark.parametrize(
    ("text", "who"),
    [
        (
            'Ada Weiss rowed.\n\nOn Monday, Weiss made a promise: "The harbour will be open in spring."',
            "Weiss",
        ),
        ('A footnote in the report makes it clear: "The harbour will be open in spring."', "A footnote"),
        ('Weiss\'s answer was short: "The harbour will be open in spring."', "Weiss's"),
        ('The mayor\'s words hurt. As Weiss puts it:\n\n"The harbour will be open in spring."', "Weiss"),
        ('Their verdict:\n"The harbour will be open in spring."', "Their"),
        ('The storm was described by harbour chief Ada: "The waves came over the wall."', "Ada"),
        ('Anna Weiss, mayor of Lund\n"The harbour will be open in spring."\nThe sea was calm.', "Anna Weiss"),
        ('"The harbour will be open in spring." (Anna Weiss, mayor of Lund).', "Anna Weiss, mayor of Lund"),
        ('"The best harbour on this coast." — annaw on Reddit\n\nThe sea was calm.', "annaw on Reddit"),
        ('"The harbour will be open."\n"We will mend the wall first," Ada Weiss said.', "Ada Weiss"),
        ('"We all miss the harbour," Weiss weighed in.', "Weiss"),
        (
            '"The harbour will be open in spring."\nAnna Weiss, mayor of Lund (on Monday)\nThe sea was calm.',
            "Anna Weiss",
        ),
        (
            '"The harbour will be open in spring." -- a pilot of nine years\nThe sea was calm.',
            "a pilot of nine years",
        ),
        ('According to Weiss,\n"The harbour will be open in spring."', "Weiss"),
        ("«The harbour will be open in spring», considers the trader Anna Weiss.", "the trader Anna Weiss"),
        ('Boats need a "safe harbour," as one trader told me.', "one trader"),
        ('When she came back, she showed her hands. "I rowed for nine days without a stop."', "she"),
        (
            '"We lost nine boats.\nThe wall broke in the night.\nWe will mend it," said Anna Weiss.',
            "Anna Weiss",
        ),
        ('"The harbour will be open in spring," Will Doyle, a trader, told the paper.', "Will Doyle"),
        (
            'Anna Weiss came back to the wall later in the day. "The harbour will be open in spring."',
            "Anna Weiss",
        ),
    ],
)
def test_speakers_beside_words_without_a_tag_are_read(text: str, who: str):
    assert speakers_of(text)[0][1] == who


def test_a_headline_in_marks_is_said_by_whoever_says_it_below():
    text = '"We lost nine boats in one night"\n\nThe storm was bad. "We lost nine boats in one night, and the wall," Ada Weiss said. Tom Kerr said: "So did I."'
    assert speakers_of(text)[0] == ("We lost nine boats in one night", "Ada Weiss")


def test_the_only_one_who_speaks_says_the_rest():
    text = (
        '"The harbour is shut," Ada Weiss said. "We lost two days," Weiss said.\n\nThe average age of the boats rose to nine in the year before, and that of the crews to forty-eight.\n\n'
        "Nobody has counted the nets since then, and nobody will before the next summer comes to the coast.\n\n"
        '"The crews will not sail before the wall is mended."'
    )
    assert speakers_of(text)[-1] == ("The crews will not sail before the wall is mended.", "Ada Weiss")
    with_another = text.replace("Weiss said.\n", "Tom Kerr said.\n")
    assert speakers_of(with_another)[-1][1] is None


@pytest.mark.parametrize(
    "text",
    [
        'If you ever thought, "I wish there was a harbour here," read on.',
        'Questions such as: "What did the harbour earn last year?"',
        'I put a short prompt in front of it: "If you are unsure about a boat, say so."',
        'A template:\n"Our [boats] help [people] to cross the sea."',
        'They sell boats that are "easy," "cheap," and new.',
        'The step is called: "gathering news," "analysis" and "printing".',
        'The page is from the office. "Estate and harbour tax," October 2025.',
        'let name = String::from("The harbour is powerful."); print(name)',
        '{"author": "Ada Weiss", "body": "The harbour is great and fits well."}',
        'It is a hard choice. First, "Is the harbour the future of the town?" Possibly.',
        'Ask, "Where is the harbour?" or "When does the boat leave?"',
    ],
)
def test_examples_and_what_a_reader_may_say_are_no_speech(text: str):
    assert speakers_of(text) == []
