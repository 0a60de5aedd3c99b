"""The page in C and the page in Python are the same page."""

from __future__ import annotations

import math
import os
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cleantext.checks.boilerplate.cues import cues
from cleantext.checks.boilerplate.features import NAMES
from cleantext.checks.boilerplate.headlines import RUNNING, find_headline
from cleantext.checks.boilerplate.known_lines import known_lines
from cleantext.checks.boilerplate.line_model import model
from cleantext.checks.boilerplate.page import native, strongest, verdicts
from cleantext.checks.boilerplate.plain_page import PlainPage
from cleantext.checks.boilerplate.trees import HOPELESS, Trees
from cleantext.document.repeats import normal_line
from cleantext.native import compiled

if native is None and os.environ.get("CI") != "true":
    pytest.skip("the C modules are not built: python hatch_build.py", allow_module_level=True)

SENTENCES = (
    "The council voted on Monday to close the old bridge, which lorries have used since the motorway was flooded.",
    "“Nobody told us,” said Ann Walker. “We read it in the paper on 3 May 2014.” The town’s engineer was not there!",
    "A ferry, she said, would do. It will not.",
    "The ferry for the summer is expected to be there before the first of June, they said.",
    "Es ist nicht die Aufgabe der Stadt, sagte der Ingenieur, und ging nach Hause.",
    "Photo: Ann Walker / Harbour Press",
    "• 12) Follow us on Twitter @harbour - more at www.harbour.example/news | 10:45 pm",
    "JOHN O’Neill-Smith Ł. Åse Öst",
    "Call (0)20 7946-0958 now",
    "on Sept. 3, 2014 or 3 marzo 2014, 2013-14, 1.5.2019 and 7:5 days ago",
    "“Décidé,” dit-il.” Élise partit… « Oui ! » Çà\u2003et là. ‘Non.’ “Ici.”\x1cÀ",
    "The Old Bridge Closes – Straße µ",
    "\U00010400nn and \U0001d401ob © \U0001d7d7 of the \U00010428ridge’s 1.234 Rights Reserved: 3",
    "市政府星期一决定关闭旧桥，自高速公路被淹以来卡车一直使用这座桥。2014年5月3日，ボブはabc橋と言った！",
    "สะพานเก่าปิดแล้ว ฿ 5 ကျွန် 々〇⺀ 「橋」は、閉鎖。क्या पुल बंद है। هل أُغلق الجسر؟",
    "ΤΕΛΟΣ ΟΔΟΣ İstanbul ǅungla ⅷ Ⓐ ² x̂y \u200d ０１ ﬁn",
)
WORDS = (
    sorted(cues().words)[:80] + sorted(cues().phrases)[:40] + ["the", "of", "and", "is", "you", "Bridge", "5"]
)
PIECES = st.one_of(
    st.sampled_from(SENTENCES),
    st.sampled_from(sorted(known_lines().exact)[::17]),
    st.lists(st.sampled_from(WORDS), min_size=1, max_size=22).map(" ".join),
    st.text(st.sampled_from("ab AÉé’'.-\x1c\xa0"), max_size=20),
    st.text(st.sampled_from("0123456789 ().-/:maydecagoſ,"), max_size=30),
    st.sampled_from(
        ("All Rights Reserved", "copyrights reservedly", "rİghts reserved", "© 2014", "rights reserve")
    ),
    st.text(st.sampled_from(" .!?,:;-–—|»›→•·*/'\"“”’)(&#@0123456789abcXYZ\x1c\x85\u2028ßÄ"), max_size=40),
    st.text(max_size=30),
)
LINES = (
    st.lists(PIECES, min_size=1, max_size=4)
    .map(lambda pieces: " ".join(pieces).strip())
    .filter(lambda line: line and not line.isspace())
)
META = (
    st.none()
    | st.sampled_from(("The old bridge closes", "Ann Walker | Daily Post", "²"))
    | st.text(max_size=20)
)


def twins(lines: list[str], title: str | None, url: str | None, source: str | None) -> None:
    """Hold everything that the two give to each other, to the last bit."""
    assert native is not None, "continuous integration builds the C modules"
    fast, slow = native.Page(lines, title, url, source), PlainPage(lines, title, url, source)
    assert list(fast.facts) == list(slow.facts)
    assert (fast.core, fast.site, fast.words, fast.lines) == (slow.core, slow.site, slow.words, slow.lines)
    assert fast.shares() == slow.shares()
    assert fast.dump_features() == slow.dump_features()
    assert fast.likely_copies() == slow.likely_copies()
    for i in range(len(lines)):
        assert fast.is_prose(i) == slow.is_prose(i)
        assert (fast.fact(i), fast.is_known(i)) == (slow.fact(i), slow.is_known(i))
        assert fast.stands_again(i) == slow.stands_again(i)
        unlike = [
            (name, one, other)
            for name, one, other in zip(NAMES, fast.row(i), slow.row(i), strict=True)
            if one != other
        ]
        assert not unlike, lines[i]
    for reader in (model().residue, model().dump):
        for sound in (-math.inf, model().sound, math.inf):
            assert verdicts(fast, reader.trees, sound) == verdicts(slow, reader.trees, sound)
        for i in range(min(3, len(lines))):
            every = (reader.trees, i, -math.inf, len(NAMES))
            assert strongest(fast, *every) == strongest(slow, *every)
            for most in (1, 4):
                found = [strongest(page, reader.trees, i, 0.05, most) for page in (fast, slow)]
                assert found[0] == found[1]

    # What spares a title-less article the search for its headline.
    facts = slow.facts
    prose = [fact.sentence > RUNNING for fact in facts]
    words, likely = [fact.words for fact in facts], slow.likely_copies()
    found = find_headline(lines, words, prose, title=None, site=slow.site)
    assert found == find_headline(lines, words, prose, title=None, site=slow.site, likely=likely)
    assert likely != {} or found is None


@settings(max_examples=150, deadline=None)
@given(
    st.lists(LINES, min_size=1, max_size=14).flatmap(
        lambda lines: st.lists(st.sampled_from(lines), max_size=2).map(lambda again: lines + again)
    ),
    META,
    st.none() | st.just("https://www.daily-post.example/news/ferry"),
    META,
)
def test_the_twins_agree(lines: list[str], title: str | None, url: str | None, source: str | None) -> None:
    twins(lines, title, url, source)


def test_long_and_many_lines() -> None:
    twins(["x" * 5_000, "a b " * 2_000, " ".join(map(str, range(3_000))), *SENTENCES * 60], None, None, None)
    twins([f"word{i} again" for i in range(700)], "word5 again", None, "word7")


def test_every_letter_is_a_word_or_is_not_for_both() -> None:
    points = [chr(point) for point in range(1, 0x110000) if not chr(point).isspace()]
    lines = ["a" + "b".join(points[at : at + 2_000]) for at in range(0, len(points), 2_000)]
    assert native is not None
    assert [fact.words for fact in native.Page(lines).facts] == [
        fact.words for fact in PlainPage(lines).facts
    ]


def test_every_letter_has_the_same_normal_form_for_both() -> None:
    points = [chr(point) for point in range(1, 0x3100) if not chr(point).isspace()]
    lines = ["a" + "b".join(points[at : at + 100]) for at in range(0, len(points), 100)]
    twins(lines, None, None, None)
    ends = [f"{point}a3{point}4 {point}" for point in points]
    assert native is not None
    assert [fact.key for fact in native.Page(ends).facts] == [normal_line(line) for line in ends]


def test_a_headline_that_stands_again_is_looked_for() -> None:
    again = ["The Old Bridge Closes Today", *SENTENCES[:2], "the old bridge closes", *SENTENCES[:2]]
    sharp = ["The Weiße Bridge Closes", *SENTENCES[:2], "The Weisse Bridge Closes", *SENTENCES[:2]]
    once = ["The Old Bridge Closes Today", *SENTENCES[:2], "A ferry for the summer, they say", *SENTENCES[:2]]
    for lines, copies in ((again, {0: [3]}), (sharp, None), (once, {}), (once[:1], {}), ([], {})):
        assert PlainPage(lines).likely_copies() == copies
        twins(lines, None, None, None)


def test_a_line_outside_the_page_is_refused() -> None:
    assert native is not None
    page = native.Page(["Share"])
    for i in (-1, 1):
        with pytest.raises(IndexError):
            page.row(i)
        with pytest.raises(IndexError):
            page.is_prose(i)
        with pytest.raises(IndexError):
            page.fact(i)
        with pytest.raises(IndexError):
            page.is_known(i)


def _trees(trees: Trees) -> Any:
    native = compiled("cleantext.checks.boilerplate._page")
    assert native is not None
    return native.Forest(trees)


def grown(draw: st.DrawFn, pages: list[PlainPage]) -> Trees:
    """Draw trees whose thresholds are what the lines' features are, or next to it."""
    feature: list[int] = []
    threshold: list[float] = []
    left: list[int] = []
    right: list[int] = []
    leaf: list[float] = []
    rows = [page.row(i) for page in pages for i in range(len(page.facts))]
    numbers = st.floats(-2, 2, allow_nan=False)

    def grow(depth: int) -> int:
        if depth == 0 or draw(st.integers(0, 4)) == 0:
            leaf.append(draw(numbers))
            return ~(len(leaf) - 1)
        node, asked = len(feature), draw(st.integers(0, len(NAMES) - 1))
        value = draw(st.sampled_from(rows))[asked]
        near = (
            value,
            math.nextafter(value, -9e9),
            math.nextafter(value, 9e9),
            value + 1e-9,
            1e-320,
            -math.inf,
        )
        feature.append(asked)
        threshold.append(draw(st.sampled_from(near)))
        left.append(0)
        right.append(0)
        left[node], right[node] = grow(depth - 1), grow(depth - 1)
        return node

    roots = tuple([grow(4) for _ in range(draw(st.integers(0, 11)))])
    value = tuple([draw(numbers) for _ in feature])
    stops = tuple(
        [(at, draw(numbers)) for at in sorted(draw(st.sets(st.integers(0, len(roots)), max_size=2)))]
    )
    return Trees(
        roots, tuple(feature), tuple(threshold), tuple(left), tuple(right), value, tuple(leaf), stops
    )


@settings(max_examples=150, deadline=None)
@given(st.data(), st.lists(LINES, min_size=1, max_size=20))
def test_the_twins_walk_any_trees_alike(data: st.DataObject, lines: list[str]) -> None:
    assert native is not None
    fast, slow = native.Page(lines, None, None, None), PlainPage(lines, None, None, None)
    trees = data.draw(st.composite(grown)([slow]))
    forest = _trees(trees)
    for sound in (-math.inf, 0.0, math.inf):
        assert fast.verdicts(forest, HOPELESS, sound) == slow.verdicts(trees, sound)
    for i in range(len(lines)):
        assert fast.contributions(forest, i) == slow.contributions(trees, i)


@pytest.mark.parametrize(
    ("roots", "left", "feature"),
    [
        ((1,), -1, 0),
        ((-3,), -1, 0),
        ((0,), 1, 0),
        ((0,), -3, 0),
        ((0,), 0, 0),
        ((0,), -1, -1),
        ((0,), -1, len(NAMES)),
    ],
)
def test_trees_that_are_none_are_refused(roots: tuple[int, ...], left: int, feature: int) -> None:
    with pytest.raises(ValueError, match="tree"):
        _trees(Trees(roots, (feature,), (0.5,), (left,), (-2,), (0.0,), (0.1, 0.2)))
    with pytest.raises(ValueError, match="stop"):
        _trees(Trees((0,), (0,), (0.5,), (-1,), (-2,), (0.0,), (0.1, 0.2), ((2, 0.0),)))
