"""Time grows with the size and no faster, and memory with it, whatever the shape of the article."""

from __future__ import annotations

from collections.abc import Callable

import pytest
import regex
from growth import measured
from hostile_calls import TORTURE, some
from shapes import SHAPES
from timing import assert_growth, assert_seconds, cpu_seconds

from cleantext import Cleaner, Configuration
from cleantext.article import Article
from cleantext.document import Document
from cleantext.matching.pattern import PatternRule, TimedOutError
from cleantext.rulebook import Card, shipped

ALL = Cleaner(min_confidence=0.0)
SMALL = 40_000 if TORTURE else 6_000
TIMES = 8
SLACK = 3.0
"""How much longer a code point of the larger text may take: caches, garbage collection, a busy machine."""


SLOWEST = ("lines of one letter", "one short line over and over", "widget lines", "marks in lines")
SHAPES_HERE = (
    [*SLOWEST[:2], *some([name for name in SHAPES if name not in SLOWEST], few=10)]
    if not TORTURE
    else list(SHAPES)
)


@pytest.mark.parametrize("task", ["check", "fix"])
@pytest.mark.parametrize("shape", SHAPES_HERE)
def test_time_grows_as_the_text_does(shape: str, task: str) -> None:
    def cost(size: int) -> float:
        text = SHAPES[shape](size)
        return cpu_seconds(lambda: ALL.check(text) if task == "check" else ALL.fix(text, apply="review"))

    cost(500)
    try:
        assert_growth(cost, SMALL, SMALL * TIMES, times=TIMES * SLACK, floor=0.01, tries=2)
    except AssertionError:
        # Findings that come from some length on are a step: what truly grows shows again beyond it.
        assert_growth(cost, SMALL * TIMES, SMALL * TIMES * 4, times=4 * SLACK)


PATTERNS = [card for card in shipped() if card.pattern]


def pumped(card: Card, times: int) -> list[str]:
    """The card's texts repeated, on one line and on many, and stretched at every kind of character."""
    texts = [e.bad for e in card.examples] + [miss.text for miss in card.near_misses]
    made = []
    for text in texts[:4]:
        made += [
            text * times,
            (text + "\n") * times,
            text + text[-1:] * 30 * times,
            text[:1] * 30 * times + text,
        ]
        middle = len(text) // 2
        made.append(text[:middle] + text[middle : middle + 1] * 30 * times + text[middle:])
        made += [regex.sub(r"\s", lambda space: space.group() * 10 * times, text, count=3)]
        made += [regex.sub(r"\p{L}+", lambda word: word.group() * times, text, count=2)]
    return made


@pytest.mark.parametrize("card", some(PATTERNS, few=40), ids=lambda card: card.id)
def test_a_pattern_pumped_by_its_own_examples_takes_linear_time(
    card: Card, record_property: Callable[[str, object], None]
) -> None:
    """`regex` backtracks: what RE2 would do in one pass must not take a square of it there."""
    rule = PatternRule(card)
    _ = rule.compiled, rule.templates
    record_property("cases", len(pumped(card, 1)))
    for ten, hundred in zip(pumped(card, 10), pumped(card, 100), strict=True):

        def cost(times: int) -> float:
            document = Document(Article(text={10: ten, 100: hundred}[times]))  # noqa: B023 - called at once
            return cpu_seconds(lambda: list(rule.findings(document, 1.0, 20.0)))

        try:
            if cost(100) > 0.05:
                assert_growth(cost, 10, 100, times=len(hundred) / len(ten) * SLACK, floor=0.002)
        except AssertionError as error:
            error.add_note(repr(hundred[:80]))
            raise
        except TimedOutError:
            pytest.fail(f"{card.id} takes over 20 s on {hundred[:80]!r}… ({len(hundred)} code points)")


HOSTILE_RULES = [
    r"(?:a|aa)+$",
    r"(a+)+$",
    r"(?:.*a){20}x",
    r"(\w+\s?)*!",
    r"(?=(a+))\1+b$",
    r"(?:a?){40}a{40}x",
    r"((a*)*)*b",
]


@pytest.mark.parametrize("pattern", HOSTILE_RULES)
def test_a_hostile_rule_of_a_user_is_stopped_and_said(tmp_path, pattern: str) -> None:  # type: ignore[no-untyped-def]
    path = tmp_path / "r.toml"
    path.write_text(
        f"""category = "typography"
[[rule]]
id = "ZZ009"
name = "hostile"
summary = "s"
why = "w"
pattern = '{pattern}'
delete = true
applicability = "review"
[[rule.examples]]
bad = "aab"
good = ""
[[rule.near-misses]]
text = "c"
""",
        "utf-8",
    )
    cleaner = Cleaner(Configuration(rules=(str(path),), rule_time_limit=0.2), min_confidence=0.0)
    text = "He left. The the end.\n" + "a" * 5000 + " " + "aaaa " * 200 + "c\n"
    assert_seconds(lambda: cleaner.check(text, lang="en"), 5)
    report = cleaner.check(text, lang="en")
    assert any("TY" in f.rule or "MT" in f.rule for f in report.findings)
    if "ZZ009" not in {f.rule for f in report.findings}:
        assert all("ZZ009" in trouble and "time limit" in trouble for trouble in report.trouble)


LARGE = [
    ("prose in lines", 100_000_000),
    ("prose in one line", 100_000_000),
    ("prose in ASCII", 100_000_000),
    ("lines of one letter", 2_000_000),  # 1,000,000 lines
    ("straight marks", 100_000),
    ("curly pairs", 400_000),  # 200,000 marks
    ("nested quotations", 5_000_000),
    ("nested brackets", 5_000_000),
    ("mojibake in lines", 5_000_000),
] if TORTURE else [("prose in lines", 5_000_000), ("prose in ASCII", 10_000_000), ("prose in one line", 2_000_000)]  # fmt: skip


FINDING = 1_500
"""Bytes of a finding, with its fix and its fingerprint."""


@pytest.mark.slow
@pytest.mark.parametrize(("shape", "size"), LARGE, ids=lambda value: str(value))
def test_a_huge_article_stays_within_its_time_and_memory(shape: str, size: int) -> None:
    """Memory is counted over what Python and the rules need anyway, in bytes of the text as Python holds it."""
    small = measured(shape, size // 10)
    large = measured(shape, size, limit=1500)
    assert small is not None
    assert large is not None, "it took longer than 25 minutes"
    assert large.seconds <= max(small.seconds, 0.05) * 10 * SLACK
    # A line or a mark of one letter is an object of its own, and so is a finding.
    most = (12 if "prose" in shape else 120) * large.held + FINDING * large.findings
    assert large.memory <= max(most, 64_000_000), f"{large.memory / large.held:.1f} bytes a byte"
