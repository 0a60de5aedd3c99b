"""Faults of the kinds that read well (who, when, whether), planted in sentences of our own, and what is no fault."""

from __future__ import annotations

import pytest

from benchmarks.editor.guards import checked, edits_of, gets_through
from cleantext.edits import apply
from tests.editor.planted import PLANTED

BEFORE, AFTER = "The weather was fine on that day.", "More is to follow."
Case = tuple[str, str, str]


def made(text: str, reply: str) -> str:
    """Return the passage after all edits of a reply that the guards let through."""
    row = {"id": "planted", "before": BEFORE, "text": text, "after": AFTER}
    return apply(text, edits_of(checked(row, reply).findings, len(BEFORE) + 1)).text


def refused(text: str, reply: str) -> set[str]:
    """Return the ids of the guards that refused something."""
    row = {"id": "planted", "before": BEFORE, "text": text, "after": AFTER}
    return {finding.rule for finding in checked(row, reply).findings if not finding.fix}


@pytest.mark.parametrize("kind", PLANTED)
def test_of_twenty_faults_of_a_kind_at_most_two_get_through(kind: str) -> None:
    through = [
        faulty
        for text, sound, faulty in PLANTED[kind]
        if gets_through({"text": text, "minimal": sound, "faulty": faulty}, made(text, faulty))
    ]
    assert len(PLANTED[kind]) == 20
    assert len(through) <= 2, through


@pytest.mark.parametrize("kind", PLANTED)
def test_of_twenty_sound_corrections_at_least_sixteen_are_proposed_whole(kind: str) -> None:
    cut = [sound for text, sound, _ in PLANTED[kind] if made(text, sound).split() != sound.split()]
    assert len(cut) <= 4, cut


@pytest.mark.parametrize(
    ("text", "reply"),
    [
        (
            "The firm has at the end 4.4 Md$ offered for the patents.",
            "In the end the firm offered $4.4 billion for the patents.",
        ),
        (
            "The rope goes 20 leads metre into the depth of the cave.",
            "The rope leads 20 metres into the depth of the cave.",
        ),
        (
            "Some roads in the valley can be icy after the rain of the night.",
            "Some roads in the valley may be icy after the rain of the night.",
        ),
        (
            "The card allows a payment by telephone without contact in every shop.",
            "The card allows a contactless payment by telephone in every shop.",
        ),
        (
            "The minister opened the archive in the Russian Gosarkhive on the hill.",
            "The minister opened the archive in the Russian Gosarkhiv on the hill.",
        ),
        (
            "The industry of the TI has grown in the valley since the spring.",
            "The IT industry has grown in the valley since the spring.",
        ),
        (
            "The harbour is safe, a speaker of the town said on the pier.",
            "The harbour is safe, a spokesman of the town said on the pier.",
        ),
        (
            "The spread of HIV is slight here, but the HIVS infections of the young rise.",
            "The spread of HIV is slight here, but the HIV infections of the young rise.",
        ),
        (
            "The mayor supported also the plan of the council for the bridge.",
            "The mayor also supported the plan of the council for the bridge.",
        ),
        (
            "She says that the village with mining never did not agree.",
            "She says that the village never agreed with mining.",
        ),
        (
            "The guard listens without to say nothing of the matter.",
            "The guard listens without saying anything of the matter.",
        ),
        (
            "The meeting is planned for Tuesday next, before the vote of the Wednesday.",
            "The meeting is planned for next Tuesday, before Wednesday's vote.",
        ),
        (
            "The testament of the founder, it forbids a parking in the garden.",
            "The will of the founder forbids a car park in the garden.",
        ),
        (
            "These children they will can to see the comet again as grandparents.",
            "These children will be able to see the comet again as grandparents.",
        ),
        (
            "Two billions of euros are needed for the bridge over the bay.",
            "Two billion euros are needed for the bridge over the bay.",
        ),
    ],
)
def test_what_only_looks_like_a_change_is_proposed_whole(text: str, reply: str) -> None:
    assert made(text, reply) == reply


@pytest.mark.parametrize(
    ("text", "reply", "guard"),
    [
        (
            "The pump lifts 5 kilometres of water and costs 3 euros a day.",
            "The pump lifts 3 kilometres of water and costs 5 euros a day.",
            "ED101",
        ),
        ("The jury heard Christiane from the old mill.", "The jury heard Christian from the old mill.", "ED102"),
        ("The treaty was signed and nothing was changed in it.", "The treaty was not signed and nothing was changed in it.", "ED103"),
        ("The comet passed near the village eighty years ago.", "The comet passed near the village in eighty years.", "ED101"),
        ("The harbour is watched by the men of the EADS.", "The harbour is watched by the men of the EAD.", "ED102"),
        ("He sold the harbour of the town to Anna Humphreys.", "He sold the harbour of the town to Anna Humphrey.", "ED102"),
        ("The IT industry of the valley grows since the spring.", "The AI industry of the valley grows since the spring.", "ED102"),
        ("The plan was correctly counted by the office on the hill.", "The plan was incorrectly counted by the office on the hill.", "ED103"),
        ("The harbour master said that the gate is shut in winter.", "The harbour master that the gate is shut in winter.", "ED106"),
        ("The mill was closed in March last year by the council.", "The mill was closed in March this year by the council.", "ED101"),
        ("The police fear that the dam is broken by the flood.", "The police know that the dam is broken by the flood.", "ED104"),
    ],
)  # fmt: skip
def test_what_looks_like_a_correction_and_is_none_is_refused(text: str, reply: str, guard: str) -> None:
    assert made(text, reply) == text
    assert guard in refused(text, reply)


def test_a_word_that_moves_is_one_edit_and_never_stands_twice() -> None:
    text = "The mayor supported also the plan and holds again the office."
    row = {"id": "moved", "before": BEFORE, "text": text, "after": AFTER}
    findings = checked(row, "The mayor also supported the plan and still holds the office.").findings
    assert sorted(len(f.fix.edits) for f in findings if f.fix) == [2, 2]


def test_a_verb_is_not_left_out_where_the_one_that_would_come_is_refused() -> None:
    text = "The site is simply a large number of queries in the night."
    assert made(text, "The site simply received a large number of queries in the night.") == text


def test_the_two_sides_of_a_number_go_together() -> None:
    text = "Before eighty years the comet passed near the village of the miners."
    assert made(text, "Eighty years ago the comet passed near the village of the miners.") == (
        "Eighty years ago the comet passed near the village of the miners."
    )
    assert made("The comet passed eighty years ago.", "The comet passed in eighty years.") == (
        "The comet passed eighty years ago."
    )


def cuts(text: str, reply: str) -> list[list[str]]:
    """Return what each proposal writes, by proposal."""
    row = {"id": "cuts", "before": BEFORE, "text": text, "after": AFTER}
    return [[e.replacement.strip() for e in f.fix.edits] for f in checked(row, reply).findings if f.fix]


def test_what_only_works_together_is_one_proposal() -> None:
    text = "The old commander field marshal Otto Lund were in the harbour."
    reply = "The old commander, Field Marshal Otto Lund, was in the harbour."
    assert all(len(one) > 1 for one in cuts(text, reply) if ", Field Marshal" in one or "," in one)
    text = "It recommends equally to the harbours a wall of stone."
    assert all(
        "also" not in one or len(one) > 1
        for one in cuts(text, "It also recommends a wall of stone to the harbours.")
    )


def test_a_preposition_goes_with_the_verb_that_wanted_it() -> None:
    text = "The guards show the miller, to have sold the flour in the night."
    assert (
        "of" not in made(text, "The guards accuse the miller, of having sold the flour in the night.").split()
    )
