"""``python -m benchmarks.throughput``: speed as ratios to ftfy.fix_text and to the naive loop.

``--data DIR`` takes real articles from DIR/phrasing_human.jsonl.gz (records with
``text`` and ``source``) and DIR/boilerplate.jsonl.gz (records with ``text``);
without it articles are made here. ``--gate`` exits with 1 where a ratio falls under
its floor, with room for a noisy machine; floors are of real articles, so it needs
``--data``. ``--write FILE`` keeps the figures as JSON.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from benchmarks.throughput import articles, contestants, growth
from benchmarks.throughput.measure import Timing, in_turns, megabytes, ratio
from cleantext import Cleaner

# What CI holds on real articles, a tenth under what is measured there on a busy machine (0.76 and 0.76; 57 and 56).
GATES = {"whole check / ftfy.fix_text": 0.7, "pattern stage / naive loop": 48.0}


def _table(timings: dict[str, Timing]) -> list[str]:
    rows = [f"{'':34} {'MB/s':>8} {'to ftfy':>8}   range"]
    for name, timing in timings.items():
        rows.append(
            f"{name:34} {timing.median:8.2f} {ratio(timings, name, 'ftfy.fix_text'):8.2f}"
            f"   {timing.low:.2f} to {timing.high:.2f}"
        )
    return rows


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, help="folder with real articles")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--quick", action="store_true", help="fewer articles, and no growth table")
    parser.add_argument("--gate", action="store_true", help="exit with 1 where a ratio falls under its floor")
    parser.add_argument("--write", type=Path, help="keep the figures as JSON")
    given = parser.parse_args()
    if given.gate and not given.data:
        parser.error("--gate needs --data: the floors are those of real articles")
    figures: dict[str, object] = {}
    fallen = []
    cleaner = Cleaner()
    for label, residue in (("clean articles", False), ("articles with residue", True)):
        texts = (
            articles.real(given.data, residue=residue) if given.data else articles.made(300, residue=residue)
        )
        if given.quick:
            texts = texts[:120]
        wrong = contestants.disagreements(cleaner, texts[:60])
        print(
            f"\n{label}: {len(texts)} of {megabytes(texts):.2f} MB; {wrong} disagreements with the slow paths"
        )
        timings = in_turns(
            {
                "ftfy.fix_text": contestants.fix_text,
                "whole check": contestants.whole(cleaner),
                "pattern stage": contestants.patterns(cleaner),
                **contestants.families(),
                **contestants.views(),
            },
            texts,
            together={"whole check, check_many": contestants.side_by_side(cleaner)},
            rounds=given.rounds,
        )
        part = texts[:40]
        naive = in_turns(
            {
                "pattern stage": contestants.patterns(cleaner),
                "naive loop": contestants.patterns(cleaner, naive=True),
            },
            part,
            rounds=3,
        )
        print("\n".join(_table(timings)))
        ratios = {
            "whole check / ftfy.fix_text": ratio(timings, "whole check", "ftfy.fix_text"),
            "check_many / ftfy.fix_text": ratio(timings, "whole check, check_many", "ftfy.fix_text"),
            "pattern stage / naive loop": ratio(naive, "pattern stage", "naive loop"),
        }
        for name, value in ratios.items():
            print(f"{name:34} {value:8.2f}x")
            if given.data and value < GATES.get(name, 0.0):
                fallen.append(f"{label}: {name} is {value:.2f}, under {GATES[name]:g}")
        if wrong:
            fallen.append(f"{label}: {wrong} disagreements")
        figures[label] = {"MB/s": {name: timing.median for name, timing in timings.items()}, "ratios": ratios}
    if not given.quick:
        table = growth.measure(cleaner)
        print("\n".join(growth.lines(table)))
        figures["growth"] = table
    if given.write:
        given.write.write_text(json.dumps(figures, indent=1) + "\n", "utf-8")
    for what in fallen:
        print(f"FELL {what}")
    sys.exit(1 if fallen and given.gate else 0)


if __name__ == "__main__":
    main()
