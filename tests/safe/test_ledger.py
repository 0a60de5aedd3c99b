"""A rule changes a text unasked only with a row in the safe ledger that holds."""

from __future__ import annotations

import math
import tomllib

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from safe_planting import PROSE

from benchmarks.safe import lines, page, planted, read
from benchmarks.safe.evidence import Judged, bound_by_article, exact_bound, rows
from cleantext import Cleaner
from cleantext.checks.boilerplate import check
from cleantext.finding import Applicability
from cleantext.rulebook import shipped
from cleantext.rulebook.ledger import (
    HELD,
    LEAST_BOUND,
    LEAST_CASES,
    LINE_KINDS,
    Row,
    earned,
    ledger,
    line_row,
    rows_of,
)

SAFE = [card for card in shipped() if card.applicability is Applicability.SAFE]
GOOD = Row(kind="k", cases=40, wrong=1, articles=40, bound=0.97, text="t", judge="j")


@pytest.mark.parametrize("card", [c for c in SAFE if c.category in HELD], ids=lambda card: card.id)
def test_a_safe_rule_has_a_row_or_waits_in_review(card):
    holds = any(row.holds for row in rows_of(card).values())
    assert (Cleaner()._allowed(card) is Applicability.SAFE) == holds


@pytest.mark.parametrize("card", SAFE, ids=lambda card: card.id)
def test_a_card_that_wishes_to_be_safe_was_judged(card):
    assert rows_of(card)


def test_no_category_is_outside_the_ledger():
    assert {card.category for card in SAFE} <= HELD


def test_every_kind_of_line_was_judged_in_articles_and_in_whole_pages():
    names = {line_row(kind, whole_page=whole) for kind in LINE_KINDS for whole in (False, True)}
    assert names == set(lines.rows_of_lines())
    assert lines.rows_of_lines() == {name: ledger()[name] for name in names}


def test_a_kind_of_line_without_a_row_that_holds_waits_in_review(monkeypatch):
    text = "\n\n".join([*PROSE[:2], "Advertisement", *PROSE[2:], "Share this article"])
    assert [f.applicability for f in Cleaner().check(text).findings] == ["safe", "safe"]
    monkeypatch.setattr(check, "safe_lines", lambda: ((False,) * 4, (True,) * 4))
    assert [f.applicability for f in Cleaner().check(text).findings] == ["review", "review"]


@pytest.mark.parametrize(
    ("change", "lacking"),
    [
        ({}, ""),
        ({"cases": 39}, "39 cases judged of 40 that it takes"),
        ({"wrong": 2}, "2 of 40 cases wrong"),
        ({"bound": 0.969}, "bound 0.969 under 0.97"),
        ({"cases": 12_000, "wrong": 12}, ""),
        ({"cases": 12_000, "wrong": 13}, "13 of 12000 cases wrong"),
        ({"kind": "lines of articles", "cases": 400, "wrong": 10}, ""),
        ({"kind": "lines of articles", "cases": 400, "wrong": 11}, "11 of 400 cases wrong"),
    ],
)
def test_what_a_row_must_show(change, lacking):
    row = msgspec.structs.replace(GOOD, **change)
    assert (row.holds, row.lacking) == (lacking == "", lacking)


def test_the_page_says_what_the_ledger_holds():
    assert page.PAGE.read_text("utf-8") == page.page(ledger())
    assert page.LEDGER.read_text("utf-8") == page.toml(ledger())
    assert tomllib.loads(page.LEDGER.read_text("utf-8")).keys() == ledger().keys()


def test_rows_by_reading_are_those_of_the_verdicts():
    by_reading = rows(read.judged())
    told = {name: row for name, row in ledger().items() if name.startswith(("MT", "TY", "EN"))}
    assert {n: r for n, r in told.items() if n not in planted.DAMAGES} == {
        n: r for n, r in by_reading.items() if n not in planted.DAMAGES
    }


def test_every_safe_card_of_these_families_has_a_kind():
    assert {card.id for card in SAFE if card.category != "boilerplate"} <= set(read.KINDS)


def test_the_exact_bound_is_that_of_clopper_and_pearson():
    assert exact_bound(99, 0) == pytest.approx(0.05 ** (1 / 99))
    assert exact_bound(0, 5) == 0.0
    n, right = 60, 58
    share = exact_bound(right, n - right)
    tail = sum(math.comb(n, k) * share**k * (1 - share) ** (n - k) for k in range(right, n + 1))
    assert tail == pytest.approx(0.05, abs=1e-6)


@given(
    groups=st.lists(st.lists(st.booleans(), min_size=1, max_size=5), min_size=1, max_size=30),
)
def test_a_bound_by_article_is_no_higher_than_the_share_nor_than_the_bound_by_case(groups):
    cases = [Judged("R", "k", str(i), right, "t", "j") for i, group in enumerate(groups) for right in group]
    share = sum(case.right for case in cases) / len(cases)
    bound = bound_by_article(cases)
    assert 0 <= bound <= share + 1e-9
    if share == 1:
        assert bound <= exact_bound(len(cases), 0) + 1e-9


def test_edits_of_one_article_are_no_crowd_of_witnesses():
    crowd = [Judged("R", "k", "one article", True, "t", "j")] * 500
    assert bound_by_article(crowd) < LEAST_BOUND
    spread = [Judged("R", "k", str(i), True, "t", "j") for i in range(500)]
    assert bound_by_article(spread) > LEAST_BOUND
    assert rows(spread)["R"].cases >= LEAST_CASES


def test_a_rule_of_the_shipped_ones_that_waits_is_shown_in_review():
    waiting = [card for card in SAFE if earned(card) is Applicability.REVIEW]
    cleaner = Cleaner(min_confidence=0.0)
    for card in waiting:
        for finding in cleaner.check(card.examples[0].bad).findings:
            if finding.rule == card.id:
                assert finding.applicability is not Applicability.SAFE
