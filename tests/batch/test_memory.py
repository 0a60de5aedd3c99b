"""A run takes no more memory for more articles."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "benchmarks" / "batch"))


@pytest.mark.skipif(not Path("/proc/self/smaps_rollup").exists(), reason="reads memory from /proc")
def test_five_times_the_articles_take_the_same_memory() -> None:
    from memory import measure

    done = measure(1_500, 7_500, more=("--select", "encoding"))
    assert done["ratio"] <= 1.3, done
