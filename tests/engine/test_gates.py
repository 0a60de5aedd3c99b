"""A check whose gate is silent has nothing to say: nothing is lost by not calling it."""

from __future__ import annotations

import pytest
import re2
from hypothesis import example, given
from hypothesis import strategies as st

from cleantext import Cleaner
from cleantext.article import Article
from cleantext.checks import GATES, gate, load
from cleantext.document import Document
from cleantext.matching import PatternEngine
from cleantext.matching.literals import USUAL, folded, is_usual, is_usual_slowly
from cleantext.rulebook import shipped

CLEANER = Cleaner(min_confidence=0)
EXAMPLES = [
    text for card in shipped() if card.check in GATES for e in card.examples for text in (e.bad, e.good or "")
]
PIECES = st.one_of(
    st.sampled_from(EXAMPLES),
    st.sampled_from(["&amp;", "â€™", "\ufeff", "\x85", "é", "Ельцин", "année ", " avec ", "AVEC ", "“a»", "„", " -,", "– .", "I\u0307"]),
    st.text(max_size=12),
)  # fmt: skip


@pytest.mark.parametrize("name", sorted(GATES))
def test_a_silent_check_has_nothing_to_say(name: str) -> None:
    found = gate(name)
    assert found is not None
    engine = PatternEngine([], gates={name: found})
    check, cards = load(name), CLEANER.checks[name]

    @given(st.lists(PIECES, max_size=5))
    @example(["a plain article, of nothing but this."])
    def holds(pieces: list[str]) -> None:
        text = " ".join(pieces)
        if name in engine.scan(text).silent:
            document = Document(Article(text=text))
            document.__dict__["band"] = "garbled"
            assert list(check(document, cards, CLEANER.configuration)) == []

    holds()
    assert name in engine.scan("a plain article, of nothing but this.").silent


def test_a_gate_opens_where_it_should_and_where_nothing_is_known() -> None:
    engine = PatternEngine([], gates={"x": (("\bab\b",), ()), "y": ((), ("[À-Þ]{2}",))})
    assert engine.scan("an ab").silent == {"y"}
    assert engine.scan("cab ÀB AB ÀÄ").silent == set()
    assert engine.scan("cab Àb “AB”").silent == {"y"}
    assert engine.scan("cabs").silent == {"x", "y"}
    assert engine.scan("\ud800").silent == set()
    assert engine.scan("ς").silent == set()


@pytest.mark.parametrize("name", sorted(GATES))
def test_no_pattern_of_a_gate_matches_among_usual_letters(name: str) -> None:
    found = gate(name)
    assert found is not None
    patterns = [re2.compile(pattern) for pattern in found.patterns]

    @given(st.text(st.sampled_from(USUAL)))
    @example(USUAL)
    def holds(text: str) -> None:
        assert not any(pattern.search(text) for pattern in patterns)

    holds()


@given(st.text(), st.text(st.sampled_from(USUAL)))
@example("\0", "a")
@example("\x7f", "")
@example("\N{BOX DRAWINGS LIGHT UP AND RIGHT}", "“…”")
@example("", 63 * "a" + "“" + 200 * "b" + "\n")
@example("\x1f", 127 * "a" + "“")
def test_a_text_is_usual_where_all_its_letters_are(more: str, text: str) -> None:
    assert is_usual(text.encode("utf-8"))
    text += "".join(letter for letter in more if not "\ud800" <= letter <= "\udfff")
    data = text.encode("utf-8")
    assert is_usual(data) == is_usual_slowly(data) == (set(text) <= set(USUAL))
    if is_usual(data):
        assert folded(text, data, usual=True) == folded(text, data)


def test_the_fast_way_finds_what_the_naive_one_does() -> None:
    for text in EXAMPLES:
        document = Document(Article(text=text))
        fast, naive = (CLEANER._findings(document, 0.0, naive=naive) for naive in (False, True))
        assert fast == naive


def test_a_check_without_a_gate_is_always_called() -> None:
    assert gate("repeated-words") is None
