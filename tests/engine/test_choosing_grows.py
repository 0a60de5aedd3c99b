"""Choosing among many edits takes a time in proportion to them, and the same choice as the plain way of looking at all."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from timing import assert_growth, cpu_seconds

from cleantext import edits
from cleantext.edits import choose, conflict
from cleantext.finding import Applicability, Edit, Finding, Fix


def finding(start: int, end: int, replacement: str, confidence: float) -> Finding:
    return Finding(
        rule="XX001",
        name="x",
        category="typography",
        start=start,
        end=end,
        text="",
        message="",
        applicability=Applicability.SAFE,
        confidence=confidence,
        fixes=(Fix((Edit(start, end, replacement),)),),
    )


def chosen_slowly(findings: list[Finding], length: int) -> list[Finding]:
    """Look at every edit taken for each new one; the priorities are those of ``choose`` itself, one by one."""
    taken: list[Finding] = []
    for one in sorted(findings, key=edits.priority):
        if not any(conflict(one.fixes[0].edits[0], other.fixes[0].edits[0]) for other in taken):
            taken.append(one)
    return sorted(taken, key=lambda f: (f.start, f.end, f.rule))


@given(seed=st.integers(), count=st.integers(0, 120), row=st.integers(1, 4))
def test_rows_of_any_length_choose_as_the_plain_way_does(seed: int, count: int, row: int) -> None:
    chance = random.Random(seed)
    length = chance.choice([10, 60, 400])
    findings = []
    for _ in range(count):
        start = chance.randrange(length + 1)
        end = min(length, start + chance.choice([0, 0, 1, 2, 9]))
        findings.append(finding(start, end, chance.choice(["", "x"]), chance.choice([0.5, 0.9, 1.0])))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(edits, "_ROW", row)
        choice = choose(findings, length=length)
    plain = chosen_slowly(findings, length)
    assert [f.fixes[0].edits for f in choice.chosen] == [f.fixes[0].edits for f in plain]
    assert len(choice.chosen) + len(choice.losers) == len(findings)
    for loser in choice.losers:
        assert conflict(loser.finding.fixes[0].edits[0], loser.winner.fixes[0].edits[0])


def _seconds(count: int) -> float:
    chance = random.Random(count)
    findings = [finding(2 * n, 2 * n + 1, "", chance.random()) for n in range(count)]
    return cpu_seconds(lambda: choose(findings, length=2 * count))


def test_sixteen_times_the_edits_take_sixteen_times_as_long() -> None:
    _seconds(1_000)
    # A square of them would be 16 * 16 times as long.
    assert_growth(_seconds, 10_000, 160_000, times=16 * 2.5)
