"""Positions as the protocol counts them, against the plainest way to count."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleantext.lsp.positions import Position, Positions
from cleantext.offsets import UNITS

PIECES = [
    "a",
    "é",
    "e\u0301",
    "😀",
    "👩‍👩‍👧",
    "\u2028",
    "\x0c",
    "\x85",
    "\n",
    "\r\n",
    "\r",
    "  ",
    "שלום",
    "\u200f",
    "中",
    "\ud800",
]
TEXTS = st.lists(st.sampled_from(PIECES)).map("".join)
ENCODING = {"utf-16": ("utf-16-le", 2), "utf-8": ("utf-8", 1), "utf-32": ("utf-32-le", 4)}


def slowly(text: str, offset: int, unit: str) -> Position:
    """Split at the protocol's line ends, and count the bytes of what stands before."""
    encoding, width = ENCODING[unit]
    line, start = 0, 0
    for end in re.finditer("\r\n|\r|\n", text):
        if end.end() <= offset:
            line, start = line + 1, end.end()
    return Position(line, len(text[start:offset].encode(encoding, "surrogatepass")) // width)


@given(text=TEXTS, unit=st.sampled_from(sorted(UNITS)), data=st.data())
def test_a_position_is_where_the_protocol_counts_it(text: str, unit: str, data: st.DataObject) -> None:
    offset = data.draw(st.integers(0, len(text)))
    assert Positions(text, unit).of(offset) == slowly(text, offset, unit)


@given(text=TEXTS, unit=st.sampled_from(sorted(UNITS)))
def test_every_code_point_comes_back(text: str, unit: str) -> None:
    lines = Positions(text, unit)
    for offset in range(len(text) + 1):
        if text[offset - 1 : offset + 1] != "\r\n":  # between the two is no place
            assert lines.offset(lines.of(offset)) == offset


@given(text=TEXTS, line=st.integers(0, 40), character=st.integers(0, 40), unit=st.sampled_from(sorted(UNITS)))
def test_any_position_is_a_place_in_the_text(text: str, line: int, character: int, unit: str) -> None:
    assert 0 <= Positions(text, unit).offset(Position(line, character)) <= len(text)


def test_a_position_beyond_the_line_is_its_end() -> None:
    assert Positions("ab\r\ncd").offset(Position(0, 99)) == 2
    assert Positions("ab\r\ncd").offset(Position(9, 0)) == 6


def test_a_unit_that_there_is_none_of_is_refused() -> None:
    with pytest.raises(KeyError):
        Positions("a", "utf-7")
