"""The one pass of RE2 keeps nothing from the families: what they find with its answer, they find with none."""

from __future__ import annotations

import re
import textwrap

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cleantext import Cleaner
from cleantext.article import Article
from cleantext.checks import SIGNS as NEEDED
from cleantext.checks import load
from cleantext.checks.damage import characters, glued, markdown, tokenised, torn
from cleantext.checks.damage.signs import SIGNS, signs
from cleantext.document import Document

CLEANER = Cleaner()
FAMILIES = ("beginnings", "damaged-characters", "glued-text", "tokenised-text", "torn-words")
PIECES = (
    "The", "town", "council", "T", "he", "A", "B", "movies", "did n't", "it 's", "U.S .", "$ 5", "( see", "now", "From then on",
    "ended.The", "yes,”She", "said.“No", "mark)and", "first,second", "nowThe ", "MacBook", "MondayWhen ", "(he said so)and ", "USA.The ", "café.In",
    "5%.In ", "12.Go ", "”A", "\"The", "x" * 119, "- ", "of\x0ccial", "fnd", "frm", "From", "ofcial", "ﬁnd",
    "coun-", "cil", "pre-", "\u00ad", "\u00a0", "  ", "\t", " ", " ", " ", " ", ".", ". ", " . ", " , ", "\n", "\n", "\n\n", "\r\n",
    "•", "-", "“", "\"", "'", "’", "\ud800", "é", "я", "one that runs on until a printer has no room left for",
)  # fmt: skip
EXACT = frozenset(["blanks", "control", "ligature", "tokens"])
TEXTS = st.lists(st.sampled_from(PIECES), max_size=60).map("".join)


def found(document: Document) -> list[object]:
    return [
        hit
        for name in FAMILIES
        if not signs(document).isdisjoint(NEEDED[name])
        for hit in load(name)(document, CLEANER.checks[name], CLEANER.configuration)
    ]


@given(TEXTS)
@settings(max_examples=300, deadline=None)
def test_signs_keep_nothing_back(text: str) -> None:
    asked, told = Document(Article(text=text)), Document(Article(text=text))
    # These say by themselves what was done to a text; the others only where to look.
    plain = {name for name in EXACT if re.search(SIGNS[name], text, re.ASCII)}
    told.notes[signs] = frozenset(SIGNS) - EXACT | plain
    assert found(asked) == found(told)


WRAPPED = (
    "The council met on Monday and spoke for",
    "long",
    "x" * 130,
    "    code = {}",
    "",
    "",
    "- a list",
    "and went on.",
)


SPOKEN = "The council met on Monday and spoke for the whole of the afternoon about a pier that nobody wants."
BLOCKS = st.builds(
    lambda chosen, width: textwrap.fill(" ".join(chosen), width),
    st.lists(st.sampled_from(SPOKEN.split(" ")), min_size=1, max_size=60),
    st.sampled_from([30, 60, 60, 60, 130]),
)


@given(st.lists(BLOCKS | st.sampled_from(WRAPPED), max_size=8))
@settings(max_examples=300, deadline=None)
def test_a_look_at_the_lines_keeps_no_wrapped_paragraph_back(blocks: list[str]) -> None:
    document = Document(Article(text="\n".join(blocks)))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(torn, "_may_be_wrapped", lambda _: True)
        plain = list(torn._wrapped(document))
    assert list(torn._wrapped(document)) == plain


def test_a_name_with_a_capital_inside_is_no_sign() -> None:
    for text in (
        "The MacBook Pro (new) came.",
        "See t.co/hopPjqaB now.",
        "Ask U.S. senators, e.g. these.",
        "It’s a) cheap, b) new.",
    ):
        assert "glued" not in signs(Document(Article(text=text)))


def test_no_sentence_ends_where_the_look_does() -> None:
    for length in range(100, 124):
        text = f"It ran to the dogHe{'x' * length}dog.The{'y' * 200} and on."
        document = Document(Article(text=text))
        document.notes[signs] = frozenset(["glued"])
        assert not list(glued.check(document, CLEANER.checks["glued-text"], CLEANER.configuration))


def test_signs_are_named() -> None:
    assert signs(Document(Article(text="It ended.The rest"))) == {"glued"}
    assert signs(Document(Article(text="it goes on\nand on"))) == {"joined", "small"}
    assert signs(Document(Article(text="All is well here, and nothing else."))) == frozenset()


def test_a_lone_surrogate_is_no_obstacle() -> None:
    text = "A \ud800 stood here, and then the town council ended its meeting.The mayor left early."
    places = [text[f.start : f.end] for f in CLEANER.check(text).findings if f.rule == "TY009"]
    assert places == ["meeting.The"]


def test_a_capital_apart_may_stand_in_quotation_marks() -> None:
    findings = CLEANER.check(
        "“T he council met on Monday,” she said, and nobody answered her for an hour."
    ).findings
    assert "TY106" in {f.rule for f in findings}


LINES = st.lists(
    st.sampled_from([p for p in PIECES if "\n" not in p and "\r" not in p]), min_size=1, max_size=20
)


@given(LINES.map("".join))
@settings(deadline=None)
def test_a_look_for_marks_keeps_no_line_back(text: str) -> None:
    document = Document(Article(text=text))
    for line in document.filled:
        if not tokenised._holds(text, line, tokenised._of(tokenised._CUT, text)):
            assert not list(tokenised._clitics(text, line, clitics=True))
        if not tokenised._holds(text, line, tokenised._of(tokenised._ENCLOSED, text)):
            assert not tokenised._INSIDE.search(text, line.start, line.end)
        if not characters._may_hold_runs(text, line):
            assert not characters._RUN.search(text, line.start, line.end)


F_WORDS = (
    "Afghan",
    "frst",
    "the",
    "ofce",
    "café",
    "first",
    "fnd",
    "éfnd",
    "offhand",
    "of",
    "Frm",
    "fow",
    "Ifnot",
    "f",
    "xfbc",
)


@given(st.lists(st.sampled_from(F_WORDS), max_size=12).map(" ".join))
@settings(deadline=None)
def test_a_look_at_the_words_keeps_no_lost_ligature_back(text: str) -> None:
    document = Document(Article(text=text))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(characters, "_words_with_f", lambda _: frozenset(["frst"]))
        plain = list(characters._lost(document))
    assert list(characters._lost(document)) == plain


@given(st.lists(st.sampled_from([*PIECES, "[", "]", "(", ")", "£", "€", "n't", "n’t", "d", " '", "5"]), max_size=20).map("".join))  # fmt: skip
@settings(max_examples=300, deadline=None)
def test_what_a_pattern_of_cut_text_needs_stands_where_it_matches(text: str) -> None:
    for pattern, signs_of_it in (
        (tokenised._CLITIC, tokenised._CUT),
        (tokenised._INSIDE, tokenised._ENCLOSED),
    ):
        for match in pattern.finditer(text):
            around = text[max(0, match.start() - 1) : match.end() + 2]
            assert any(mark in text and sign in around for mark, sign in signs_of_it)


@given(st.text(st.sampled_from("a *_\n\r.é**__"), max_size=40))
@settings(max_examples=500, deadline=None)
def test_strong_words_are_looked_for_in_lines_that_hold_their_marks(text: str) -> None:
    everywhere = [match.span() for match in markdown._STRONG.finditer(text)]
    assert [match.span() for match in markdown._strong(Document(Article(text=text)))] == everywhere


@given(st.lists(st.sampled_from(PIECES), max_size=12).map("".join))
@settings(max_examples=300, deadline=None)
def test_patterns_of_glued_text_hold_a_mark(text: str) -> None:
    patterns = (glued._SENTENCE, glued._OPENING, glued._CLOSING, glued._STRAIGHT, glued._COMMA)
    marks = (glued._STOPS, glued._QUOTES, glued._QUOTES, glued._QUOTES, glued._JOINTS)
    for pattern, some in zip(patterns, marks, strict=True):
        assert all(not some.isdisjoint(match.group()) for match in pattern.finditer(text))
    assert all(")" in match.group() for match in glued._BRACKET.finditer(text))
