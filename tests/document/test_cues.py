"""Cues that hold only in some places: of several people, inside a tagged sentence, in a name."""

from __future__ import annotations

import pytest

from cleantext.document.speakers import attribute


def told(text: str) -> list[tuple[str, str, str]]:
    """Return speaker, cue and words of each attribution."""
    return [
        (text[q.speaker.start : q.speaker.end], text[q.cue.start : q.cue.end], text[q.start : q.end])
        for q in attribute(text)
        if q.speaker is not None and q.cue is not None
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Most strategists think that the wall will hold.",
            ("Most strategists", "think", "that the wall will hold."),
        ),
        (
            "They also want the harbour to open in May.",
            ("They", "want", "the harbour to open in May."),
        ),
        (
            "The wall would hold for nine years, experts told me this week.",
            ("experts", "told", "The wall would hold for nine years"),
        ),
        (
            "Anna Weiss claimed the wall would hold for nine years.",
            ("Anna Weiss", "claimed", "the wall would hold for nine years."),
        ),
        (
            "It says the campaign broke the law of the town.",
            ("It", "says", "the campaign broke the law of the town."),
        ),
        (
            "Anna Weiss pointed to the wall of the harbour as a warning.",
            ("Anna Weiss", "pointed", "to the wall of the harbour as a warning."),
        ),
    ],
)
def test_a_cue_of_some_places_is_read_there(text: str, expected: tuple[str, str, str]):
    assert told(text) == [expected]


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("Berg plans to leave the harbour on Monday, an aide said.", "an aide"),
        ("Berg believes the wall will hold, according to an aide.", "an aide"),
    ],
)
def test_what_somebody_plans_is_a_part_of_what_the_tag_behind_it_reports(text: str, who: str):
    assert [speaker for speaker, _, _ in told(text)] == [who]


@pytest.mark.parametrize(
    "text",
    [
        "The crews went home to think of the wall.",
        "The support of the town was great.",
        "The prize went to the album of the year, Genius Loves Company by Weiss.",
        "The companies questioned had no idea of the wall.",
        "Lund offered nine boats for sale in the north.",
        "Anna Weiss added a second title in the harbour race.",
        "The asking price in the harbour rose.",
        "Anna Weiss claimed the title of the harbour race in Lund.",
        "Anna Weiss responded to a question of the crew.",
        "The wall is one of Lund's most celebrated sights and the oldest.",
        "Anna Weiss sought a delay of nine days.",
        "Lund appoints Anna Weiss as head of the harbour.",
        "Anna Weiss posted several new photos of the harbour in spring.",
        "Anna Weiss Published: May 3",
    ],
)
def test_elsewhere_it_is_none(text: str):
    assert told(text) == []
