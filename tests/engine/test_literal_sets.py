"""Literals are found in C as RE2 finds them."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from cleantext.article import Article
from cleantext.document import Document
from cleantext.finding import Applicability
from cleantext.matching import PatternEngine
from cleantext.matching.literals import (
    BOUNDARY,
    DIGIT,
    RESIZED_LETTERS,
    UNFOLDABLE_LETTERS,
    as_bytes,
    as_pattern,
    ascii_folded_slowly,
    folded,
    frequency,
    required,
)
from cleantext.matching.sets import SlowLiteralSet, literal_set
from cleantext.rulebook import Card, Example, NearMiss

ALPHABET = "aab_ b1é“.,+ " + BOUNDARY + DIGIT
LITERALS = st.text(alphabet=ALPHABET, min_size=1, max_size=9).filter(lambda s: s.strip(BOUNDARY) != "")
TEXTS = st.text(alphabet="AaBb_ b19éÉ“”.,+\u0663 ", max_size=60)


def _folded(text: str) -> bytes:
    return folded(text, text.encode("utf-8"))


@given(st.lists(st.tuples(st.integers(0, 6), LITERALS), max_size=8), TEXTS)
@example([(0, "ab")], "xab")
@example([(0, "+")], "a+")
@example([(0, "é")], "é")
@example([(0, "\ba"), (1, "+\b"), (2, "\b_\b")], "1a+_")
@example([(0, "\ba")], "a")
@example([(0, "\bab\b"), (1, "ab"), (1, "ba")], "cab ab")
@example([(0, "a" * 9), (1, "abab"), (2, "a b")], "a" * 9 + "babab a b")
@example([(0, DIGIT + "," + DIGIT)], "in 3,5")
@example([], "")
def test_both_sets_find_the_same(literals: list[tuple[int, str]], text: str) -> None:
    data = _folded(text)
    fast, slow = literal_set(literals).matching(data), SlowLiteralSet(literals).matching(data)
    assert slow is not None and (fast or {}).keys() == slow.keys()


WORDS = st.lists(
    st.sampled_from(["ab", "abba", "abbabab", "", ",", "“", "\b", "\bb"]), min_size=1, max_size=5
)
PHRASES = WORDS.map(" ".join).filter(lambda s: s.strip(BOUNDARY) != "")


@given(st.lists(st.tuples(st.integers(0, 6), PHRASES), max_size=8), WORDS.map(" ".join), st.integers(0, 600))
@example([(0, "abba ab"), (0, "ab"), (1, "abba abba")], "abba abba ab", 0)
@example([(0, "a\b"), (1, "\b \bb")], "ab b", 254)
@example([(0, "\babba"), (1, "abba\b\b")], "abbaabba", 255)
def test_words_are_found_wherever_they_begin(literals: list[tuple[int, str]], text: str, before: int) -> None:
    data = b"." * before + _folded(text)
    fast, slow = literal_set(literals).matching(data), SlowLiteralSet(literals).matching(data)
    assert slow is not None and (fast or {}).keys() == slow.keys()


IN_LINES = st.tuples(st.sampled_from(["", "\n"]), LITERALS, st.sampled_from(["", "\n"])).map("".join)


@given(st.lists(st.tuples(st.integers(0, 6), IN_LINES), max_size=8), st.lists(TEXTS, max_size=6))
@example([(0, "\na"), (0, "b\n"), (1, "\nab\n")], ["a", "", "b", "ab", "ba"])
@example([(0, "\n" + BOUNDARY + "1"), (1, "1" + BOUNDARY + "\n"), (2, "+")], ["1 +", "+1", "", "+"])
@example([], [])
def test_both_sets_find_the_same_in_lines(literals: list[tuple[int, str]], texts: list[str]) -> None:
    data = _folded("\n".join(["", *texts, ""]))
    fast, slow = literal_set(literals).matching_lines(data), SlowLiteralSet(literals).matching_lines(data)
    assert fast is not None and slow is not None
    assert {line: set(numbers) for line, numbers in fast.items()} == slow


@given(st.lists(st.tuples(st.integers(0, 6), LITERALS), max_size=8), st.lists(TEXTS, max_size=6))
@example([(0, "ab"), (0, "b1")], ["", "ab", "x", "b1", ""])
@example([(0, "+")], ["x", "a+", "+b", "c"])
@example([(0, "ab")], ["ab", "x"] * 12 + ["x", "ab"])
@example([(0, "ab"), (0, "+")], ["ab", "x", "ab", "+", "x"])
def test_every_line_that_holds_a_literal_holds_one_of_its_places(
    in_c: Callable[[str], Any], literals: list[tuple[int, str]], texts: list[str]
) -> None:
    in_c("cleantext.matching._literals")  # others tell no places
    lines = [_folded(text) for text in texts]
    found = literal_set(literals).matching(b"\n".join(lines)) or {}
    slow = SlowLiteralSet(literals)
    start = 0
    for line in lines:
        for number in slow.matching(line) or ():
            places = found[number]
            assert places is not None
            assert any(first <= start + len(line) and start <= last for first, last in places)
        start += len(line) + 1


def test_places_in_a_few_lines_are_told_apart(in_c: Callable[[str], Any]) -> None:
    in_c("cleantext.matching._literals")
    literals = literal_set([(0, "ab cd"), (0, "+"), (1, "efgh")])

    def lines(data: bytes) -> dict[int, list[tuple[int, int]]]:
        """Number the lines in which stretches begin and end."""
        found = literals.matching(data) or {}
        return {
            number: [
                (data.count(b"\n", 0, first), data.count(b"\n", 0, last)) for first, last in places or ()
            ]
            for number, places in found.items()
        }

    assert lines(b"ab cd ab cd\nx\n\nab cd\nefgh") == {0: [(0, 0), (3, 3)], 1: [(4, 4)]}
    assert lines(b"efgh efgh\n" * 1000) == {1: [(line, line) for line in range(7)] + [(7, 999)]}
    assert lines(b"ab cd\n+ab cd\n" * 1000) == {0: [(line, line) for line in range(7)] + [(7, 1999)]}


@given(st.binary(max_size=200))
@example(bytes(range(256)))
@example(b"")
def test_both_ways_to_fold_ascii_are_one(in_c: Callable[[str], Any], data: bytes) -> None:
    assert in_c("cleantext.matching._letters").folded(data) == ascii_folded_slowly(data)


def test_letters_that_change_their_size_are_known() -> None:
    sized = {ch for ch in map(chr, range(0x110000)) if not 0xD800 <= ord(ch) <= 0xDFFF}
    sized = {ch for ch in sized if len(ch.encode()) != len(ch.lower().encode())}
    assert sized <= set(RESIZED_LETTERS + UNFOLDABLE_LETTERS)


def test_thousands_of_literals_are_found_each_in_its_place() -> None:
    literals = [(number, f"w{number:05d}x{number % 7}") for number in range(20_000)]
    literals = [
        (number, literal.translate(str.maketrans("0123456789", "ghijklmnop"))) for number, literal in literals
    ]
    fast = literal_set(literals)
    for number in (0, 1, 777, 19_999):
        assert fast.matching(f"some {literals[number][1]} here".encode()).keys() == {number}
    assert not fast.matching(b"nothing of them")


@given(
    st.text(st.one_of(st.sampled_from("aB1É é’—ΣςİſЯ\U0001d400𐐀"), st.characters(exclude_categories=["Cs"])))
)
def test_a_text_folds_as_its_small_letters_do(text: str) -> None:
    small = text.lower().encode("utf-8")
    assert _folded(text) == re.sub(rb"[1-9]", b"0", small)


def test_a_folded_text_has_small_letters_and_no_digit_but_nought() -> None:
    assert _folded("AB 1905 É") == "ab 0000 é".encode()
    assert _folded("AB 1905") == b"ab 0000"
    assert as_bytes("a" + DIGIT + "7\bé") == "a00\bé".encode()


@pytest.mark.parametrize(
    ("literal", "pattern"), [("a" + DIGIT, "a0"), (DIGIT + "\b.", r"0\b\x{2E}"), ("_\ba", r"\x{5F}\ba"), (".\b,", r"\x{2E}\x{2C}")]
)  # fmt: skip
def test_a_digit_as_re2_is_given_it(literal: str, pattern: str) -> None:
    assert as_pattern(literal) == pattern


D = DIGIT
DERIVED: list[tuple[str, set[str] | None]] = [
    (r"on \d", {f"on {D}"}),
    (r"on [1-3]?\d,", {f"on {D},", f"on {D}{D},"}),
    (r"on \d{1,3}(?= days)", {f"on {D} days", f"on {D}{D} days", f"on {D}{D}{D} days"}),
    (r"on \d{1,9} days", {f"{D} days"}),
    (r"\d+ days", {f"{D} days"}),
    (r"[12]x", {"1x", "2x"}),
    (r"\d\d", None),
    (r"\p{N}x", None),
    (r"\p{Nd}x", {f"{D}x"}),
    (r"[ \u00a0]+[.,]", {" .", " ,", "\u00a0.", "\u00a0,"}),
    (r"\p{L}[ ]+[.]", {" ."}),
    (r"(?P<x>\p{L}+[.!])(?P<y>The|But) \p{L}", {".the ", "!the ", ".but ", "!but "}),
    (r"(?:\p{L}+[#!]|\d+x)(?:the)", {"#the", "!the", f"{D}xthe"}),
    (r"[\u2000-\u2003]", {"\u2000", "\u2001", "\u2002", "\u2003"}),
    (r"[\u2000-\u20ff]", None),
    (r"[à-ä]x", None),
    ("(?:ab|abc|xab)", {"ab"}),
    ("\uffff", None),
    (r"#+ab", {"#ab"}),
    (r"(?:#\p{L})+ab", {"#"}),
    (r"(?:\p{L}#)+ab", {"#ab"}),
    (r"\n(?:(?:by|of)\W+(?:a|the))\n", {"\nby", "\nof"}),
    (r"a(?:b(?:c\w+))", {"abc"}),
    (r"\n\p{L}*", None),
    (r"\nx\p{L}*", {"\nx"}),
    (r"(?<=[;:])x\p{L}*", {";x", ":x"}),
    (r"(?:(?<=[;:])x|ab)(?=cd)", {";xcd", ":xcd", "abcd"}),
    (r"(?<=^|ab )cd", {"cd"}),
    (r"(?<!ab)cd", {"cd"}),
    (r"\p{L}(?<=ab)cd", {"ab"}),
]  # fmt: skip


@pytest.mark.parametrize(("pattern", "literals"), DERIVED)
def test_literals_hold_digits_and_what_stands_beside_loops(pattern: str, literals: set[str] | None) -> None:
    assert required(pattern) == literals


def test_strings_that_are_too_many_are_cut_where_they_meet() -> None:
    left = "|".join(f"lef{a}{b}t" for a in "abcdef" for b in "ghijkl")
    right = "|".join(f"righ{a}{b}t" for a in "abcdef" for b in "ghijkl")
    found = required(rf"(?:{left}) (?:{right})")
    assert found is not None
    assert found == {f"lef{a}{b}t rig" for a in "abcdef" for b in "ghijkl"}


def test_how_often_literals_are_thought_to_occur() -> None:
    def of(word: str) -> float:
        return frequency(frozenset([word]))

    assert of(f"{D}{D}") > of(f"{D} {D}")
    assert of("government") > of("quagga") * of("x")
    assert of("that is of ") < of("army")
    assert of("\u2003") < of("«")
    assert of("\nby\n") < of("\nby") < of("by")
    # Among short lines many begin with a date or a number, few with any one word.
    assert of("\nshares") + of("views\n") < of(f"\n{D}") < of(D)


def _card(pattern: str) -> Card:
    return Card(
        id="ZZ001", name="zz", summary="s", why="w", category="typography", applicability=Applicability.REVIEW,
        examples=(Example("x", "y"),), near_misses=(NearMiss("z"),), pattern=pattern, delete=True, origin="zz.toml:1",
    )  # fmt: skip


@pytest.mark.parametrize("text", ["on ٣ days", "on 3 days", "ON 33 days on ７ days", "on 𝟗 days", "on 🯹 days", "on a days"])  # fmt: skip
def test_digits_of_any_script_are_found(text: str) -> None:
    engine = PatternEngine([_card(r"(?:on|ON) \d{1,2} days")])
    document = Document(Article(text=text))
    fast, naive = (list(engine.findings(document, lambda _: 1.0, naive=naive)) for naive in (False, True))
    assert fast == naive
    assert bool(fast) == ("a days" not in text)
