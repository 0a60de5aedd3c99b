"""Long texts piece by piece: nothing lost, and what `str.lower` gives."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from cleantext.document import pieces as module
from cleantext.document.pieces import beyond_ascii, lowered, pieces

TEXTS = st.text(st.sampled_from("aBΣς İß\n\t”"), max_size=60)


@pytest.fixture(autouse=True)
def _short_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_LONGEST", 7)


@given(TEXTS)
def test_pieces_are_short_and_add_up(text: str) -> None:
    found = list(pieces(text))
    assert "".join(found) == text
    assert all(0 < len(piece) <= 7 for piece in found)


@given(
    st.lists(st.text(st.sampled_from("aBİß"), min_size=1, max_size=6), max_size=9),
    st.sampled_from(" \n\t\r\xa0\u2028"),
)
def test_no_short_word_is_cut(words: list[str], gap: str) -> None:
    assert [word for piece in pieces(gap.join(words)) for word in piece.split()] == words


@given(st.lists(st.text(st.sampled_from("aBΣİß”."), min_size=1, max_size=6), max_size=9))
def test_small_letters_are_those_of_the_whole(words: list[str]) -> None:
    text = " ".join(words)
    assert lowered(text) == text.lower()


@given(st.text())
@example("\ud800")
def test_what_is_beyond_ascii(text: str) -> None:
    assert beyond_ascii(text) == "".join(ch for ch in text if not ch.isascii())
