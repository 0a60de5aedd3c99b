"""The algebra of edits, as properties."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleantext.edits import Passes, applied, apply, choose, conflict
from cleantext.finding import Applicability, Edit, Finding, Fix

TEXTS = st.text(max_size=40)


@st.composite
def edits_of(draw: st.DrawFn, text: str, most: int = 6) -> list[Edit]:
    """Edits of a text that do not conflict."""
    chosen: list[Edit] = []
    for _ in range(draw(st.integers(0, most))):
        start = draw(st.integers(0, len(text)))
        end = draw(st.integers(start, min(len(text), start + 6)))
        edit = Edit(start, end, draw(st.text(max_size=4)))
        if not any(conflict(edit, other) for other in chosen):
            chosen.append(edit)
    return chosen


@st.composite
def text_and_edits(draw: st.DrawFn) -> tuple[str, list[Edit]]:
    text = draw(TEXTS)
    return text, draw(edits_of(text))


@st.composite
def text_and_findings(draw: st.DrawFn) -> tuple[str, list[Finding]]:
    text = draw(TEXTS)
    findings = []
    for number in range(draw(st.integers(0, 8))):
        edits = sorted(draw(edits_of(text, 3)))
        if edits:
            findings.append(
                Finding(
                    rule=f"XX{draw(st.integers(1, 4)):03}",
                    name="x",
                    category="typography",
                    start=edits[0].start,
                    end=edits[-1].end,
                    text=text[edits[0].start : edits[-1].end],
                    message=str(number),
                    applicability=draw(st.sampled_from([Applicability.SAFE, Applicability.REVIEW])),
                    confidence=draw(st.sampled_from([0.5, 0.9])),
                    fixes=(Fix(tuple(edits)),),
                )
            )
    return text, findings


@given(text_and_edits())
def test_the_text_alone_is_that_of_the_whole(case: tuple[str, list[Edit]]) -> None:
    text, edits = case
    assert applied(text, edits) == apply(text, edits).text


@given(text_and_edits())
def test_the_inverse_brings_every_character_back(case: tuple[str, list[Edit]]) -> None:
    text, edits = case
    applied = apply(text, edits)
    assert apply(applied.text, applied.inverse).text == text


@given(text_and_edits(), st.integers())
def test_the_order_in_which_edits_are_given_does_not_matter(case: tuple[str, list[Edit]], seed: int) -> None:
    text, edits = case
    shuffled = random.Random(seed).sample(edits, len(edits))
    assert apply(text, shuffled) == apply(text, edits)


@given(text_and_findings(), st.integers())
def test_the_choice_does_not_depend_on_the_order_of_rules(case: tuple[str, list[Finding]], seed: int) -> None:
    text, findings = case
    shuffled = random.Random(seed).sample(findings, len(findings))
    first, second = choose(findings, length=len(text)), choose(shuffled, length=len(text))
    assert first.edits == second.edits
    assert {f.rule for f in first.chosen} == {f.rule for f in second.chosen}


@given(text_and_findings())
def test_every_finding_is_chosen_or_reported_as_a_loser_with_its_winner(
    case: tuple[str, list[Finding]],
) -> None:
    text, findings = case
    choice = choose(findings, length=len(text))
    assert len(choice.chosen) + len(choice.losers) == len(findings)
    for loser in choice.losers:
        assert loser.winner in choice.chosen
        assert any(conflict(a, b) for a in loser.finding.fixes[0].edits for b in loser.winner.fixes[0].edits)


@given(text_and_findings())
def test_chosen_edits_never_conflict(case: tuple[str, list[Finding]]) -> None:
    text, findings = case
    edits = choose(findings, length=len(text)).edits
    assert not any(conflict(a, b) for i, a in enumerate(edits) for b in edits[i + 1 :])


@given(st.data())
def test_passes_over_passes_are_edits_of_the_original(data: st.DataObject) -> None:
    text = data.draw(TEXTS)
    passes = Passes(text)
    current = text
    for number in range(data.draw(st.integers(1, 4))):
        edits = data.draw(edits_of(current))
        passes.add(edits, lambda _, number=number: number)
        current = apply(current, edits).text
    assert passes.text == current
    assert apply(text, [piece.edit for piece in passes.pieces]).text == current


@given(st.data())
def test_a_span_of_untouched_text_maps_back_to_itself(data: st.DataObject) -> None:
    text = data.draw(TEXTS)
    edits = data.draw(edits_of(text))
    passes = Passes(text)
    passes.add(edits, lambda _: 0)
    for start in range(len(passes.text)):
        low, high = passes.to_original(start, start + 1)
        assert 0 <= low <= high <= len(text)
        if not any(p.edit.start < high and low < p.edit.end for p in passes.pieces) and high - low == 1:
            assert text[low:high] == passes.text[start : start + 1]


def test_an_edit_of_what_an_earlier_pass_wrote_belongs_to_both() -> None:
    passes = Passes("an the end")
    passes.add([Edit(0, 3, "")], lambda _: 0)
    passes.add([Edit(0, 3, "an")], lambda _: 1)
    assert passes.text == "an end"
    assert passes.edits_of(0) == passes.edits_of(1) == (Edit(0, 6, "an"),)


def test_a_fix_outside_the_text_is_the_rules_fault() -> None:
    finding = Finding(
        "XX001", "x", "typography", 0, 9, "", "", Applicability.SAFE, 1.0, (Fix((Edit(0, 9, ""),)),)
    )
    with pytest.raises(ValueError, match=r"rule XX001: span 0:9 is outside the text"):
        choose([finding], length=3)


def test_two_insertions_at_one_point_conflict() -> None:
    assert conflict(Edit(3, 3, "a"), Edit(3, 3, "b"))
    assert not conflict(Edit(3, 3, "a"), Edit(3, 5, "b"))
    assert not conflict(Edit(1, 3, "a"), Edit(3, 5, "b"))
    assert conflict(Edit(2, 2, "a"), Edit(1, 3, "b"))
