"""A large store: 200,000 findings."""

from __future__ import annotations

from pathlib import Path

import pytest

speed = pytest.importorskip("benchmarks.review.speed")


@pytest.mark.slow
def test_a_queue_of_200_000_findings_opens_within_a_second_and_decides_within_50_ms(tmp_path: Path) -> None:
    times = speed.measure(200_000, tmp_path)
    assert times.queue < 1.0
    assert times.filtered < 1.0
    assert times.decide < 0.05
    assert times.answer < 0.2, "the decision and the page after it"
