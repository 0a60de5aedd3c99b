"""A pattern that stays in its line is run on the lines that may match, and finds what it finds in the whole text."""

from __future__ import annotations

import pytest
import regex
from hypothesis import example, given
from hypothesis import strategies as st

from cleantext.article import Article
from cleantext.document import Document
from cleantext.finding import Applicability
from cleantext.matching import PatternEngine
from cleantext.matching.reach import reach
from cleantext.matching.syntax import UnsupportedError
from cleantext.rulebook import Card, Example, NearMiss

REACH: list[tuple[str, int | None]] = [
    ("ab", 2),
    ("a$", 2),
    (r"a\n", None),
    (r"a\s", None),
    (r"a\S\w\d", 2),
    (r"a\W", None),
    (r"a\D", None),
    (r"a[^b]", None),
    (r"a[^b\n]", 2),
    (r"a[^\s]", 2),
    (r"a[^\W]", 2),
    (r"a[^\D]", 2),
    (r"a[^\S\n]", 2),
    (r"a[^\S\r]", None),
    (r"a[\t-\r]", None),
    (r"a[^\t-\r]", 2),
    (r"a[ -~]", 2),
    ("a.", 2),
    (r"\p{L}\p{Lu}\p{Ll}\p{N}\p{Nd}", 2),
    (r"\p{Z}", None),
    (r"\P{L}", None),
    (r"(a)\1", None),
    (r"\Ga", None),
    ("a(?=b+)", 2),
    ("a(?!b*c)", 2),
    (r"a(?=\sb)", 8),
    (r"a(?=\sb{2,5})", 57),
    (r"a(?=\s+)", None),
    (r"a(?=\s{2,})", None),
    (r"a(?!\s*b)", None),
    (r"(?<=\s+)a", 2),
    (r"(?<!\s*(?!b)c)a", 2),
    (r"(?<!\s*(?!\n+b)c)a", None),
    (r"(?<=c+(?=\nb))a", 8),
    (r"a(?=b(?=\nc))", 8),
    (r"a(?=b(?=\n*c))", None),
    (r"a(?=[*+]\s)", 8),
    (r"a(?=\s{3000})", None),
    ("(?:a|b\n)", None),
    ("(?:a|b)*", 2),
]

PATTERNS = [
    r"a\b",
    r"\ba(?=\s|$)",
    r"a(?!\n)",
    r"a(?!\nb)",
    r"a(?=\nb)",
    r"a(?=\n?b\n?c)",
    "a$",
    "^a",
    r"(?<=\n)a",
    r"(?<=b\n)a",
    r"(?<!b\n)a",
    r"[^\S\r\n]+(?![^\r\n])",
    r"a.*?b",
    r"a[^b\n]*(?=b|$)",
    r"(?<![^\S\n])a+(?=(?:b|\n)c)",
    r"a(?=b(?!c\n))",
    r"É(?= ?a)",
    r"a*b?(?=c\Z)",
    "(?=a)a(?=b)",
    "a(?=b)|b(?=\na)",
    r"a[ bc]{0,3}\r?",
]
TEXTS = st.text(alphabet="aabbcÉß \n\n\r\u2028", max_size=60)


def _card(pattern: str) -> Card:
    return Card(
        id="ZZ001", name="zz", summary="s", why="w", category="typography", applicability=Applicability.REVIEW,
        examples=(Example("x", "y"),), near_misses=(NearMiss("z"),), pattern=pattern, delete=True, origin="zz.toml:1",
    )  # fmt: skip


@pytest.mark.parametrize(("pattern", "far"), REACH)
def test_how_far_a_pattern_looks_beyond_its_line(pattern: str, far: int | None) -> None:
    assert reach(pattern) == far


def test_a_pattern_that_cannot_be_read_has_no_reach() -> None:
    with pytest.raises(UnsupportedError):
        reach("(?i)a")


@pytest.mark.parametrize("pattern", PATTERNS)
def test_lines_give_what_the_whole_text_gives(pattern: str) -> None:
    engine = PatternEngine([_card(pattern)], trusted=frozenset(["ZZ001"]))
    assert reach(pattern) is not None

    @given(TEXTS)
    @example("b\na\nb a\nÉ a\n\na")
    @example("a\nb\nc")
    @example("a\n")
    def holds(text: str) -> None:
        document = Document(Article(text=text))
        fast, naive = (
            [(f.start, f.end) for f in engine.findings(document, lambda _: 1.0, naive=naive)]
            for naive in (False, True)
        )
        assert fast == naive
        assert len(naive) == sum(m.end() > m.start() for m in regex.finditer(pattern, text))

    holds()
