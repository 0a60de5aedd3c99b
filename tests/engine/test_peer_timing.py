"""The program that times other tools measures what it is given."""

from __future__ import annotations

import sys
from pathlib import Path
from xml.etree import ElementTree

import pytest

from benchmarks.throughput.articles import made
from benchmarks.throughput.peers import Figure, run, table


def test_what_does_nothing_is_faster_than_ftfy(tmp_path: Path) -> None:
    figure = run(Path(sys.executable), "def work(text): return text", made(20), tmp_path, rounds=1)
    assert figure.ratio > 1
    assert figure.low <= figure.ratio <= figure.high
    assert figure.memory > 1


def test_the_table_has_the_fastest_first() -> None:
    slow, fast = (Figure(ratio, ratio, ratio, ratio, 0.1, 20.0) for ratio in (0.5, 2.0))
    rows = table({"slow": slow, "fast": fast})[2:]
    assert [row.split("|")[1].strip() for row in rows] == ["fast", "slow"]


def test_the_plot_is_a_picture_and_the_same_each_time(tmp_path: Path) -> None:
    pytest.importorskip("matplotlib")
    from benchmarks.throughput.peers import plot

    figures = {
        "cleantext": Figure(2.0, 2.0, 2.0, 2.0, 0.1, 20.0),
        "other": Figure(0.5, 0.5, 0.5, 0.5, 0.1, 20.0),
    }
    for name in ("a.svg", "b.svg"):
        plot(figures, tmp_path / name)
    assert (tmp_path / "a.svg").read_bytes() == (tmp_path / "b.svg").read_bytes()
    assert ElementTree.parse(tmp_path / "a.svg").getroot().tag.endswith("svg")
