"""The prefilter never loses a match: the fast engine equals the naive loop over all rules."""

from __future__ import annotations

import pytest
import re2
import regex
from hypothesis import example, given
from hypothesis import strategies as st

from cleantext.article import Article
from cleantext.document import Document
from cleantext.matching import PatternEngine
from cleantext.matching.superset import UnsupportedError, superset
from cleantext.rulebook import shipped

ENGINE = PatternEngine(shipped(), trusted=frozenset(card.id for card in shipped()))
EXAMPLES = [text for card in shipped() for e in card.examples for text in (e.bad, e.good or "")]
EXAMPLES += [miss.text for card in shipped() for miss in card.near_misses]

PATTERNS = [
    r"\b[Aa]n? (the|this)\b(?= [a-z])",
    r"(?<!\w)É\b\w+'s",
    r"(?<=[a-z]) (?=[éß](?:\p{Ll}*\.|\s))(?!éa)",
    r"\b(\w+) \1\b",
    r"[\p{L}'’-]+ [^\w\s]\.",
    r"(?:a|b){2,3}+x?",
    r"«\s*([^«»]{1,300}?)\s*»",
    r"\p{Lu}\p{Ll}+ (?:of|de) \d{1,3}",
    r"(?P<a>x+)(?P=a)",
    r"a\b",
    r"\bé",
    r"[^\p{L}]ß",
    r"[^\S\r\n]*\u00a0(?!\w)",
    r"[^\W\d]x",
    r"\$\d+(?:[.,]\d+)?\b",
    r"(?:[ ,]+(?:aa|bb)){2}x",
    r"(?:(?:x|aa)(?: |X)){2}",
    r"(?:i[ab]){2}|(?:ia)+s",
    r"of the(?=[,.]\s\p{Ll}|'(?=\n|\Z| \p{Lu}))",
    r"the(?=\n|,| of)",
]
LETTERS = st.text(alphabet="aAbBxXÉéßiİıIkKſs the this an de of 12.,«»'’$\n \u00a0-", max_size=40)


@st.composite
def articles(draw: st.DrawFn) -> str:
    """Texts made of the cards' own examples, cut and mixed with any Unicode."""
    parts = draw(st.lists(st.one_of(st.sampled_from(EXAMPLES), st.text(max_size=15)), max_size=6))
    text = draw(st.sampled_from([" ", "\n", "\r\n", ""])).join(parts)
    cut = draw(st.integers(0, max(0, len(text))))
    return text[cut:] if draw(st.booleans()) else text


def _spans(text: str, *, naive: bool) -> list[tuple[str, int, int, object]]:
    document = Document(Article(text=text))
    found = ENGINE.findings(document, lambda card: 1.0, naive=naive)
    return [(f.rule, f.start, f.end, f.fixes) for f in found]


@given(articles())
def test_the_prefilter_loses_no_finding(text: str) -> None:
    assert _spans(text, naive=False) == _spans(text, naive=True)


ODD = [
    ("s", "ſ"),
    ("k", "\u212a"),
    ("i", "ı"),
    ("I", "İ"),
    ("e", "\ud800"),
    ("a", "\ufffd"),
    (" ", "\udfff "),
    ("ß", "ẞ"),
]


@given(articles(), st.lists(st.sampled_from(ODD), min_size=1, max_size=3), st.integers(1, 4))
def test_letters_that_fold_oddly_and_lone_surrogates_lose_none(
    text: str, swaps: list[tuple[str, str]], count: int
) -> None:
    for letter, odd in swaps:
        text = text.replace(letter, odd, count)
    assert _spans(text, naive=False) == _spans(text, naive=True)


@pytest.mark.parametrize("ignore_case", [False, True])
@pytest.mark.parametrize("pattern", PATTERNS)
def test_a_superset_matches_wherever_the_pattern_does(pattern: str, ignore_case: bool) -> None:
    wide = re2.compile(superset(pattern, ignore_case=ignore_case))
    narrow = regex.compile(pattern, regex.IGNORECASE if ignore_case else 0)

    @given(LETTERS)
    @example("xX aa bbx")
    def holds(text: str) -> None:
        if narrow.search(text):
            assert wide.search(text)

    holds()


def test_each_branch_of_a_lookahead_counts_up_to_where_it_may_leave_the_line() -> None:
    wide = re2.compile(superset(r"of the(?=[,;]\s\p{Ll}|\.(?=\n|\Z))"))
    assert wide.search("of the, and") and wide.search("of the.")
    assert not wide.search("of the boat")


@pytest.mark.parametrize("pattern", [r"(?i:a)b", r"[a-z&&[aeiou]]", r"(?R)", r"[^\P{L}]"])
def test_what_cannot_be_widened_is_refused(pattern: str) -> None:
    with pytest.raises(UnsupportedError):
        superset(pattern)


def test_every_shipped_pattern_passes_the_prefilter() -> None:
    assert [card.id for card in ENGINE.unfiltered] == []
