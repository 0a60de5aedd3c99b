"""What a token is, and that C cuts as the expression does."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from cleantext.document.tokens import Tokens, cut_slowly

PIECES = [
    "a", "z", "A", "É", "ß", "ǅ", "Ⅷ", "7", "²", "٣", "_", "__", "\u0301", " ", "  ", "\u00a0", "\u2009", "\n", "\x1c", "\x85", ".", ",",
    "..", "-", "'", "''", "'''", "`", "``", "’", "@", "%", "\ud800", "😀", "İ", "Mr", "Mr.", "Mrs.", "Sens.", "Gov. ", "xMr.", "mr.",
    "J.", "U.S.", "U.S. a", "a.", "a. b", "e.g.", "it's", "don’t", "a-b", "a--b", "1.5", "a@b.c", "x.", "Jean-Claude ", "word ", "Word ",
]  # fmt: skip


@settings(max_examples=1_500)
@given(st.lists(st.sampled_from(PIECES) | st.characters(), max_size=30).map("".join))
@example(" U.S., U.S. x A.B.C.D a. b A. b A.\u00a0b A. _b")
@example("Mr.X Sens. Sen. Rep's St.John Hon")
@example("a  b a,b a.b a. ")
@example("İstanbul ß ǅ")
def test_both_cut_alike(in_c, text):
    in_c("cleantext.document._segmentation")
    tokens = Tokens(text)
    assert (tokens.words, tokens.lower, tokens.starts) == cut_slowly(text)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Mr. Low doesn't know the U.S. President.", ["Mr.", "Low", "doesn't", "know", "the", "U.S.", "President", "."]),
        ("''Yes,'' she said -- 1,300 e-mails", ["''", "Yes", ",", "''", "she", "said", "-", "-", "1", ",", "300", "e-mails"]),
    ],
)  # fmt: skip
def test_abbreviations_keep_their_stop_and_words_their_apostrophe(text, words):
    assert Tokens(text).words == words
