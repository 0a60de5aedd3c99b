"""A sentence that runs into another one, which its partner does not say."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from cleantext.fidelity.align import align
from cleantext.fidelity.gaps import judged, settled
from cleantext.fidelity.strangers import GAIN, LEAST, best_place, places

GERMAN = (
    "Neue Mole für den Hafen von Torvik. Der Bau kostete 40 Millionen Euro. "
    "Die Fischer waren zufrieden, und die Kinder bekamen Eis. Danach sprach der Bürgermeister von Kasparek."
)
ENGLISH = (
    "New pier for the harbour of Torvik. The work cost 40 million euros. "
    "The fishermen were pleased, and the children got ice cream. Then the mayor of Kasparek spoke."
)


def test_a_heading_put_before_a_sentence_is_parted_from_it() -> None:
    strange = "Museum of Lindby shows paintings by Marta Ellery until the end of May"
    text = ENGLISH.replace("The work", f"{strange} The work")
    found = judged(align(GERMAN, "de", text, "en"))
    gap = max(found, key=lambda one: one.probability).gap
    assert text[gap.start : gap.end] == strange


def test_what_is_believed_before_doubted_ones_are_put_away_stands_alone_afterwards() -> None:
    lost = "Olivia Hartwell hatte die Mole am Montag vor dreihundert Gästen aus Lindby und Aalby eröffnet."
    original = GERMAN.replace("Die Fischer", f"{lost} Die Fischer")
    alignment = align(original, "de", ENGLISH, "en")
    found = judged(alignment)
    after = settled(alignment, found)
    believed = {(gap.side, gap.start) for gap, probability in found if probability >= 0.5}
    alone = {("missing", after.source[b.first].start) for b in after.beads if b.low == b.high}
    alone |= {("added", after.target[b.low].start) for b in after.beads if b.first == b.last}
    assert believed and believed <= alone


@given(text=st.text(alphabet='Ab cD.「」かキ 。"', max_size=120), start=st.integers(0, 20))
def test_places_leave_enough_on_either_side(text: str, start: int) -> None:
    found = places(text, min(start, len(text)), len(text))
    assert found == sorted(set(found))
    for at in found:
        assert start < at < len(text) and not text[at].isspace() and text[at - 1].isspace()
        if text.isascii():
            assert at - start >= LEAST and len(text) - at >= LEAST


@settings(max_examples=100)
@given(
    words=st.lists(st.sampled_from(["a", "b", "c", "d"]), min_size=2, max_size=8),
    partner=st.frozensets(st.sampled_from(["a", "b", "c", "d"])),
    long=st.integers(1, 10),
)
def test_the_best_place_is_that_of_trying_all(words: list[str], partner: frozenset[str], long: int) -> None:
    def keys(start: int, end: int) -> frozenset[object]:
        return frozenset(words[start:end])

    def cost(length: int, held: frozenset[object]) -> float:
        return abs(length - long) - 2.0 * len(held & partner) + len(held - partner)

    alone, begins = 0.5, list(range(1, len(words)))
    whole = cost(len(words), keys(0, len(words)))
    gains = {
        at: whole - alone - min(cost(at, keys(0, at)), cost(len(words) - at, keys(at, len(words))))
        for at in begins
    }
    place = best_place(begins, 0, len(words), keys, cost, alone)
    best = max(gains.values())
    assert (place is None) == (best <= GAIN) if best != GAIN else True
    if place is not None:
        assert gains[place] == best
