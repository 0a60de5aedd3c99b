"""What no test noticed when one thing in `edits` or `finding` was changed (see benchmarks/torture/mutation.py)."""

from __future__ import annotations

import random
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleantext import edits as edits_module
from cleantext.edits import (
    Applied,
    Choice,
    Loser,
    Passes,
    Piece,
    applied,
    apply,
    choose,
    conflict,
    shared_beginning,
)
from cleantext.finding import Applicability, Edit, Evidence, Finding, Fix, replace, severities

SAFE, REVIEW, DISPLAY = Applicability.SAFE, Applicability.REVIEW, Applicability.DISPLAY


def finding(
    start: int,
    end: int,
    *,
    rule: str = "XX001",
    applicability: Applicability = REVIEW,
    confidence: float = 0.5,
    edits: Sequence[Edit] | None = None,
) -> Finding:
    fixes = (Fix(tuple(edits)),) if edits is not None else (replace(start, end, "*"),)
    return Finding(rule, "x", "typography", start, end, "", "", applicability, confidence, fixes)


def winner(*findings: Finding) -> Finding:
    choice = choose(findings, length=20)
    assert len(choice.chosen) == 1
    assert [loser.finding for loser in choice.losers] == [f for f in findings if f != choice.chosen[0]]
    return choice.chosen[0]


def test_a_safe_fix_goes_before_a_surer_and_longer_one_under_review() -> None:
    safe, other = finding(2, 3, applicability=SAFE), finding(0, 9, confidence=0.99)
    assert winner(other, safe) == safe


def test_the_surer_goes_before_the_longer() -> None:
    sure, other = finding(2, 3, confidence=0.9), finding(0, 9)
    assert winner(other, sure) == sure


def test_the_longer_goes_before_the_lower_id() -> None:
    long, other = finding(10, 19, rule="XX009"), finding(17, 20, rule="XX001")
    assert winner(other, long) == long


def test_length_is_that_of_what_is_replaced_not_of_where_it_stands() -> None:
    early, late = finding(1, 6, rule="XX009"), finding(5, 8, rule="XX001")
    assert winner(late, early) == early


def test_the_lower_id_goes_first_among_equals_then_the_earlier() -> None:
    low, high = finding(3, 6, rule="XX001"), finding(2, 5, rule="XX002")
    assert winner(high, low) == low
    first, second = finding(2, 5), finding(3, 6)
    assert winner(second, first) == first


def test_a_loser_names_the_one_that_stands_in_its_way() -> None:
    left, right = finding(0, 4, confidence=0.9), finding(10, 14, confidence=0.9)
    across = finding(0, 20, edits=[Edit(6, 7, ""), Edit(13, 15, "")])
    choice = choose([across, left, right], length=20)
    assert choice.chosen == (left, right)
    assert choice.losers == (Loser(across, right),)


@pytest.mark.parametrize(
    "edits",
    [
        [Edit(5, 8, ""), Edit(0, 2, "")],
        [Edit(0, 4, ""), Edit(3, 6, "")],
        [Edit(3, 3, "a"), Edit(3, 3, "b")],
        [],
        [Edit(-1, 2, "")],
        [Edit(3, 2, "")],
        [Edit(3, 21, "")],
    ],
)
def test_a_fix_of_edits_that_cannot_be_made_together_is_the_rules_fault(edits: list[Edit]) -> None:
    with pytest.raises(ValueError, match="rule XX001"):
        choose([finding(0, 1, edits=edits)], length=20)


def test_a_fix_of_edits_that_touch_is_made() -> None:
    both = finding(0, 6, edits=[Edit(0, 3, "a"), Edit(3, 6, "b"), Edit(6, 6, "c"), Edit(20, 20, "d")])
    assert choose([both], length=20).chosen == (both,)


@pytest.mark.parametrize("edit", [Edit(0, 4, ""), Edit(2, 1, ""), Edit(-1, 1, "")])
def test_an_edit_outside_the_text_is_refused(edit: Edit) -> None:
    with pytest.raises(ValueError, match="outside the text"):
        apply("abc", [edit])


def test_edits_that_overlap_are_refused() -> None:
    with pytest.raises(ValueError, match="overlaps"):
        apply("abcdef", [Edit(0, 3, ""), Edit(2, 4, "")])


def test_what_flows_is_frozen() -> None:
    edit = Edit(0, 1, "x")
    made = finding(0, 1)
    for value, field in (
        (edit, "start"),
        (Fix((edit,)), "edits"),
        (Evidence(0, 1, "", ""), "start"),
        (made, "start"),
        (Loser(made, made), "winner"),
        (Choice((made,), ()), "chosen"),
        (Applied("", ()), "text"),
        (Piece(edit, frozenset()), "edit"),
    ):
        with pytest.raises(AttributeError):
            setattr(value, field, None)


def test_a_finding_without_fixes_has_none_and_one_with_them_has_the_first() -> None:
    bare = Finding("XX001", "x", "typography", 0, 1, "", "", DISPLAY, 0.5)
    assert bare.fix is None
    many = Finding("XX001", "x", "typography", 0, 9, "", "", REVIEW, 0.5, (Fix((Edit(2, 3, ""), Edit(5, 7, ""))), replace(0, 1, "")))  # fmt: skip
    assert many.fix is many.fixes[0]
    assert (many.fix.start, many.fix.end) == (2, 7)
    assert choose([bare], length=9) == Choice((), ())


def test_edits_are_in_order_of_place() -> None:
    assert sorted([Edit(3, 4, ""), Edit(1, 9, "b"), Edit(1, 9, "a")]) == [Edit(1, 9, "a"), Edit(1, 9, "b"), Edit(3, 4, "")]  # fmt: skip


@given(st.text("ab", max_size=12), st.text("ab", max_size=12))
def test_a_shared_beginning_is_what_counting_gives(a: str, b: str) -> None:
    count = 0
    while count < min(len(a), len(b)) and a[count] == b[count]:
        count += 1
    assert shared_beginning(a, b) == count


@given(st.data())
def test_what_many_passes_left_alone_maps_back_to_where_it_stood(data: st.DataObject) -> None:
    """Each code point remembers where it came from; those that were written since came from nowhere."""
    text = data.draw(st.text("abcdef", min_size=1, max_size=16))
    passes = Passes(text)
    origins: list[int | None] = list(range(len(text)))
    for number in range(data.draw(st.integers(1, 4))):
        edits: list[Edit] = []
        for _ in range(data.draw(st.integers(0, 3))):
            start = data.draw(st.integers(0, len(passes.text)))
            end = min(len(passes.text), start + data.draw(st.integers(0, 3)))
            edit = Edit(start, end, data.draw(st.text("XYZ", max_size=3)))
            if not any(conflict(edit, other) for other in edits):
                edits.append(edit)
        passes.add(edits, lambda _, number=number: number)
        for edit in sorted(edits, reverse=True):
            origins[edit.start : edit.end] = [None] * len(edit.replacement)
    assert len(origins) == len(passes.text)
    swallowed = {at for piece in passes.pieces for at in range(piece.edit.start, piece.edit.end)}
    for at, origin in enumerate(origins):
        low, high = passes.to_original(at, at + 1)
        assert 0 <= low <= high <= len(text)
        if origin is not None and origin not in swallowed:
            assert (low, high) == (origin, origin + 1)
    low, high = passes.to_original(0, len(passes.text))
    kept = [origin for origin in origins if origin is not None and origin not in swallowed]
    assert all(low <= origin < high for origin in kept)


def test_a_span_that_cuts_through_what_was_written_gets_all_that_stood_there() -> None:
    passes = Passes("one two three")
    passes.add([Edit(4, 7, "TWOTWO")], lambda _: 0)
    assert passes.to_original(6, 8) == (4, 7)
    assert passes.to_original(2, 6) == (2, 7)
    assert passes.to_original(8, 12) == (4, 9)
    assert passes.to_original(4, 10) == (4, 7)
    assert passes.to_original(0, 4) == (0, 4)
    assert passes.to_original(10, 16) == (7, 13)


def test_what_was_deleted_belongs_to_neither_neighbour() -> None:
    passes = Passes("one two three")
    passes.add([Edit(3, 7, "")], lambda _: 0)
    assert passes.text == "one three"
    assert passes.to_original(0, 3) == (0, 3)
    assert passes.to_original(3, 9) == (7, 13)
    assert passes.to_original(2, 4) == (2, 8)


def test_the_map_follows_every_pass() -> None:
    passes = Passes("abcdef")
    passes.add([Edit(0, 1, "")], lambda _: 0)
    assert passes.to_original(0, 1) == (1, 2)
    assert passes.edits_of(0) == (Edit(0, 1, ""),)
    passes.add([Edit(0, 1, "")], lambda _: 1)
    assert passes.to_original(0, 1) == (2, 3)
    assert passes.edits_of(1) == passes.edits_of(0) == (Edit(0, 2, ""),)
    assert passes.edits_of(2) == ()


def test_edits_that_touch_nothing_of_an_earlier_pass_are_only_moved() -> None:
    passes = Passes("one two three four")
    passes.add([Edit(4, 7, "2"), Edit(8, 13, "threeee")], lambda _: 0)
    assert passes.text == "one 2 threeee four"
    passes.add([Edit(0, 2, "ON"), Edit(14, 15, "F")], lambda _: 1)
    assert passes.text == "ONe 2 threeee Four"
    assert [piece.edit for piece in passes.pieces] == [
        Edit(0, 2, "ON"),
        Edit(4, 7, "2"),
        Edit(8, 13, "threeee"),
        Edit(14, 15, "F"),
    ]
    assert passes.edits_of(1) == (Edit(0, 2, "ON"), Edit(14, 15, "F"))


def test_deleted_neighbours_come_back_by_one_edit() -> None:
    applied = apply("bay", [Edit(0, 1, ""), Edit(1, 2, "")])
    assert applied.inverse == (Edit(0, 0, "ba"),)
    assert apply("bay", [Edit(0, 1, ""), Edit(1, 2, "x")]).inverse == (Edit(0, 0, "b"), Edit(0, 1, "a"))


@pytest.mark.parametrize(
    "edits", [[Edit(0, 2, ""), Edit(1, 3, "")], [Edit(2, 4, "")], [Edit(2, 1, "")], [Edit(-1, 1, "")]]
)
def test_the_text_alone_is_refused_where_the_edits_are(edits: list[Edit]) -> None:
    for function in (apply, applied):
        with pytest.raises(ValueError, match="overlaps"):
            function("abc", edits)


def test_what_the_original_says_is_counted_by_how_bad_it_is() -> None:
    def against(name: str, confidence: float, category: str = "fidelity") -> Finding:
        return Finding("FI001", name, category, 0, 1, "", "", DISPLAY, confidence, ())

    found = [
        against("number-wrong", 0.8),
        against("name-spelt-twice", 0.5),
        against("detached", 0.9),
        against("what-nobody-named", 1.0),
        against("number-wrong", 1.0, "translation"),
    ]
    assert severities(found, 500) == {
        "critical": 1.8,
        "major": 1.6,
        "minor": 3.0,
        "score": 25 * 1.8 + 5 * 1.6 + 3.0,
        "confidence": 0.8,
    }
    assert severities(found[:2], 3)["confidence"] == 0.65
    assert severities([against("number-wrong", 1 / 3)], 7)["confidence"] == 0.333
    assert severities([], 0) == {"critical": 0, "major": 0, "minor": 0, "score": 0, "confidence": 1.0}


@given(seed=st.integers(), count=st.integers(0, 60), row=st.integers(1, 4))
def test_rows_of_any_length_hold_the_same(seed: int, count: int, row: int) -> None:
    chance = random.Random(seed)
    found = []
    for number in range(count):
        start = chance.randrange(61)
        end = min(60, start + chance.choice([0, 0, 1, 2, 9]))
        made = [Edit(start, end, chance.choice(["", "x"]))]
        found.append(
            finding(start, end, rule=f"XX{number:03}", confidence=chance.choice([0.5, 0.9]), edits=made)
        )
    whole = choose(found, length=60)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(edits_module, "_ROW", row)
        assert choose(found, length=60) == whole
