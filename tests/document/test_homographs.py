"""Nouns, participles and things that look like somebody who says something, and verbs that are verbs."""

from __future__ import annotations

import pytest

from cleantext.document.speakers import attribute


def told(text: str) -> list[tuple[str, str]]:
    """Return speaker and cue of each attribution."""
    return [
        (text[q.speaker.start : q.speaker.end], text[q.cue.start : q.cue.end])
        for q in attribute(text)
        if q.speaker is not None and q.cue is not None
    ]


@pytest.mark.parametrize(
    "text",
    [
        "The firm has six local plants to meet demand for buses in the north.",
        "Web designers and their artistic urges have almost disappeared from the town.",
        "He was treated for post-traumatic stress disorder and left the army in May.",
        "Two residents suspected of theft could face a year in prison under the plan.",
        "Talks aimed at averting a strike on the ferries will take place this weekend.",
        "The town bought a boat called the Grey Heron and sold it again.",
        "A late penalty put Lund nine points ahead with five minutes to go.",
        "The style encourages a life of calm, where each thing has its place.",
        "Boat Safety: Bring a coat and a torch for every passenger.",
        "Ada Weiss spoke to the crews and the harbour staff on Monday.",
    ],
)
def test_nouns_participles_and_things_say_nothing(text: str):
    assert told(text) == []


@pytest.mark.parametrize(
    ("text", "who", "cue"),
    [
        ("Lund demands that the ferries run on Sundays.", "Lund", "demands"),
        ("The minister claims the ferries are safe and on time.", "The minister", "claims"),
        ("The report notes that the ferries were late for a year.", "The report", "notes"),
        ("Officials suspected that the ferries had been sold twice.", "Officials", "suspected"),
        (
            "Supporters of changes to the plan say the ferries will run.",
            "Supporters of changes to the plan",
            "say",
        ),
        ("The Sunday Times alleged that the ferries had been sold twice.", "The Sunday Times", "alleged"),
        ("Citizens Against Noise said the ferries were too loud.", "Citizens Against Noise", "said"),
        (
            "The Lund Academy of Film and Music said the ferries were sold.",
            "The Lund Academy of Film and Music",
            "said",
        ),
        ("Theresa May said the ferries would run on Sundays.", "Theresa May", "said"),
        ("Anna Weiss: The ferries are safe and on time", "Anna Weiss", ":"),
        ("Ada Weiss spoke about the ferries for nine minutes.", "Ada Weiss", "spoke"),
    ],
)
def test_verbs_stay_verbs_and_names_stay_whole(text: str, who: str, cue: str):
    assert (who, cue) in told(text)
